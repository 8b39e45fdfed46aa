"""第二章、第三章 方案: what comes in with article 5's acts and while the action is carried out. Shapes only, as in
schemas.py."""

from shared.acts.persons import NOTHING, Respondent
from shared.acts.rights import Right, Rights
from shared.acts.succession import ASSIGN
from shared.forms.parts import (
    NOBODY,
    OfficerSchema,
    OutwardSchema,
    RespondentSchema,
    RightsSchema,
    coded,
    materials,
    personal,
    said,
)
from shared.forms.schemas import ActSchema, Day, Flag, Instant, Many, One, ValueSchema, Whole
from shared.forms.succession import AssignSuccessorSchema
from shared.plans import commands, parts
from shared.plans.schemas import MOST_AGENCIES, MOST_AMOUNT, MOST_TASKS, agency_code, handler

NO_RIGHTS = Rights(Right(False), Right(False), Right(False), Right(False))
NO_RESPONDENT = Respondent("", NOTHING)


def several(title: str) -> Many:
    return Many(title, OfficerSchema, most=100, load_default=())


# article 5

class RecordMeasureSchema(ActSchema):
    makes = commands.RecordMeasure
    what = said("措施", 4000)
    where = said("地点", 400)
    taken_on = Day("采取措施的日期", required=True)
    officers = several("执法人员")
    effect = said("效果", 4000)


class RecordContinuationSchema(OutwardSchema):
    makes = commands.RecordContinuation
    how = said("此后如何履行职责", 4000)


class AddRelatedSchema(ActSchema):
    makes = commands.AddRelated
    agency = agency_code("相关部门")
    reason = said("增列的理由", 2000)


# carrying out

class StartSchema(ActSchema):
    makes = commands.Start
    says = said("启动情况", 4000)
    officer = handler()


class OrderedSchema(ValueSchema):
    makes = parts.Ordered
    agency = agency_code("被调度的部门")
    officers = several("指定的执法人员")
    says = said("对该部门的要求", 2000)


class PlaceSchema(ValueSchema):
    makes = parts.Place
    at = Instant("集合时间", required=True)
    place = said("集合地点", 400)
    commander = One("现场指挥", OfficerSchema, load_default=NOBODY)


class DispatchSchema(ActSchema):
    makes = commands.Dispatch
    order = said("调度指令", 4000)
    meeting = One("集合", PlaceSchema, required=True)
    agencies = Many("被调度的部门", OrderedSchema, most=MOST_AGENCIES, load_default=())
    officer = handler()


class ConfirmDispatchSchema(ActSchema):
    makes = commands.ConfirmDispatch
    dispatch = Whole("调度序号", least=1, required=True)
    comes = Flag("能够到场", required=True)
    officers = several("到场的执法人员")
    reason = said("不能到场的理由", 2000)


class TaskDoneSchema(ValueSchema):
    makes = commands.TaskDone
    task = Whole("任务序号", least=1, most=100_000, required=True)
    done = Flag("已完成", required=True)
    says = said("落实情况", 4000)


class ReportTaskSchema(ActSchema):
    makes = commands.ReportTask
    tasks = Many("任务", TaskDoneSchema, most=MOST_TASKS, load_default=())
    materials = materials("材料")
    officer = handler()


class RecordDecisionSchema(OutwardSchema):
    makes = commands.RecordDecision
    kind = coded("决定种类", "decision_kinds")
    number = said("处理决定文号", 80)
    cause = coded("案由", "causes")
    respondent = One("当事人", RespondentSchema, load_default=NO_RESPONDENT)
    fine = Whole("罚款金额（分）", most=MOST_AMOUNT, load_default=0)
    rights = One("当事人权利保障", RightsSchema, load_default=NO_RIGHTS)


class RecordFindingSchema(ActSchema):
    makes = commands.RecordFinding
    cause = coded("案由", "causes")
    facts = said("发现的情况", 4000)
    remit = coded("职责归属", "finding_remits")
    agency = agency_code("有管辖权的部门")
    own_case = said("本机关立案文号", 80)
    respondent = personal("当事人")
    officer = handler()


class SettleFindingSchema(ActSchema):
    makes = commands.SettleFinding
    finding = Whole("线索序号", least=1, most=100_000, required=True)
    own_case = said("本机关立案文号", 80)
    reason = said("不需要查处的理由", 2000)
    officer = handler()


class SuspendSchema(OutwardSchema):
    makes = commands.Suspend
    reason = said("中止的理由", 2000)


class ResumeSchema(OutwardSchema):
    makes = commands.Resume
    reason = said("恢复的理由", 2000)


class TerminateSchema(OutwardSchema):
    makes = commands.Terminate
    reason = said("终止的理由", 2000)


class EndSchema(ActSchema):
    makes = commands.End
    says = said("结束情况", 4000)
    officer = handler()
    ended_on = Day("推定结束的，实际结束日期")


SCHEMAS: dict[str, type[ActSchema]] = {
    "record-interim-measure": RecordMeasureSchema, "record-continuation": RecordContinuationSchema,
    "add-related": AddRelatedSchema, "start": StartSchema, "dispatch": DispatchSchema,
    "confirm-dispatch": ConfirmDispatchSchema, "report-task": ReportTaskSchema,
    "record-decision": RecordDecisionSchema, "record-finding": RecordFindingSchema,
    "settle-finding": SettleFindingSchema, "suspend": SuspendSchema, "resume": ResumeSchema,
    "terminate": TerminateSchema, "end": EndSchema,
    ASSIGN: AssignSuccessorSchema,
}
