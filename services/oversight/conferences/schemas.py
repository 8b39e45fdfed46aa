"""What comes in over HTTP of conferences."""

from collections.abc import Mapping

from services.oversight.conferences.domain.case import (
    AgendaItem,
    Attend,
    Attendee,
    CallConference,
    HoldConference,
    RecordAbsence,
    RecordMinutes,
    ReportResolution,
    Resolution,
    SetAgenda,
)
from shared.acts.succession import ASSIGN
from shared.forms.parts import coded, said
from shared.forms.schemas import ActSchema, Code, Day, Flag, Many, One, ValueSchema, Whole
from shared.forms.succession import AssignSuccessorSchema

REF = r"[a-z]+/[0-9a-f-]{36}(?:/[0-9]{1,6})?"


class CallSchema(ActSchema):
    """召集联席会议。"""

    makes = CallConference
    meets_on = Day("会议日期", required=True)
    place = said("会议地点")
    also = Many("另行通知的机关", Code("机关", most=40), most=100, load_default=())


class AgendaItemSchema(ValueSchema):
    """议题。"""

    makes = AgendaItem
    kind = coded("议题类别", "agenda_kinds")
    title = said("题目")
    ref = Code("所涉案件", pattern=REF, most=80, load_default="")
    agencies = Many("所涉机关", Code("机关", most=40), most=100, load_default=())
    says = said("情况", 2000)
    refs = Many("所涉案件（多件）", Code("所涉案件", pattern=REF, most=80), most=100, load_default=())


class SetAgendaSchema(ActSchema):
    """设置议题。"""

    makes = SetAgenda
    items = Many("议题", AgendaItemSchema, most=300, load_default=())


class AttendeeSchema(ValueSchema):
    """参会的负责人，或者代为参会的人。"""

    makes = Attendee
    name = said("姓名", 100)
    post = said("职务")
    deputy = Flag("代为参会", load_default=False)
    reason = said("代为参会的理由", 1000)


class AttendSchema(ActSchema):
    """参会回执。"""

    makes = Attend
    legal_head = One("法治机构负责人", AttendeeSchema, load_default=Attendee())
    enforcement_head = One("执法机构负责人", AttendeeSchema, load_default=Attendee())


class RecordAbsenceSchema(ActSchema):
    """登记缺席。"""

    makes = RecordAbsence
    agency = Code("缺席机关", most=40, required=True)
    reason = said("缺席情况", 1000)


class HoldSchema(ActSchema):
    """召开联席会议。"""

    makes = HoldConference
    chair = said("主持人", 100)


class ResolutionSchema(ValueSchema):
    """议定事项。"""

    makes = Resolution
    says = said("议定内容", 1000)
    owner = Code("责任机关", most=40, required=True)
    due_on = Day("办结日期", required=True)


class RecordMinutesSchema(ActSchema):
    """登记纪要和议定事项；没有议定事项的，报空的列表。"""

    makes = RecordMinutes
    number = said("纪要文号")
    resolutions = Many("议定事项", ResolutionSchema, most=200)


class ReportResolutionSchema(ActSchema):
    """报告议定事项的落实情况。"""

    makes = ReportResolution
    resolution = Whole("议定事项序号", least=1, most=1000, required=True)
    says = said("落实情况", 4000)


SCHEMAS: Mapping[str, type[ActSchema]] = {
    "call": CallSchema, "set-agenda": SetAgendaSchema, "attend": AttendSchema, "record-absence": RecordAbsenceSchema,
    "hold": HoldSchema, "record-minutes": RecordMinutesSchema, "report-resolution": ReportResolutionSchema,
    "complete-resolution": ReportResolutionSchema, ASSIGN: AssignSuccessorSchema,
}
