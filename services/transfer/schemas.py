"""第四章 案件移送: what comes in with each act. Shapes only: what the law asks is refused by the domain, with its article.

So nearly everything may be left out here: the officer then hears at once all that lacks, and where it is written.
"""

from typing import Any, ClassVar

from services.transfer import commands
from services.transfer.schema_parts import MatterSchema, NoticeSchema
from services.transfer.schemas_turns import SCHEMAS as TURNS
from shared.acts.succession import ASSIGN
from shared.forms.corrections import CorrectSchema
from shared.forms.materials import AddMaterialSchema
from shared.forms.parts import (
    NOBODY,
    OfficerSchema,
    OutwardSchema,
    RightsSchema,
    coded,
    document_number,
    materials,
    personal,
    said,
)
from shared.forms.schemas import ActSchema, Code, Day, Flag, Many, One, ValueSchema, Whole
from shared.forms.succession import AssignSuccessorSchema


class AnnounceSchema(ActSchema):
    makes = commands.Announce
    matter = One("案件", MatterSchema, required=True)
    notice = One("事先通报", NoticeSchema, required=True)
    officer = One("承办人", OfficerSchema, load_default=NOBODY)
    after = Code("所接续的已撤回案件")
    related = Many("关联案件", Code("案件"), most=50)


class RecordMeasureSchema(ActSchema):
    makes = commands.RecordMeasure
    kind = coded("处置种类", "measure_kinds")
    taken_on = Day("处置日期", required=True)
    says = said("处置内容", 2000)
    officers = Many("执法人员", OfficerSchema, most=20, load_default=())


class IssueLetterSchema(OutwardSchema):
    makes: ClassVar[type] = commands.IssueLetter
    number = document_number("移送函文号")
    addressee = Code("受文机关", load_default="")
    case_name = personal("案件名称")
    reason = said("移送原因", 2000)
    basis = said("移送依据", 400)
    materials = materials("移送材料目录")
    basic_facts = said("基本违法事实", 20_000)


class ReissueLetterSchema(IssueLetterSchema):
    makes = commands.ReissueLetter
    void_reason = said("作废理由", 2000)

    def make(self, data: dict[str, Any]) -> commands.ReissueLetter:
        void_reason = data.pop("void_reason")
        return commands.ReissueLetter(commands.IssueLetter(**data), void_reason)


class DeliverSchema(ActSchema):
    makes = commands.Deliver
    way = coded("送达方式", "delivery_ways")
    delivered_by = said("送达人", 100)
    ems_number = said("邮件号码", 40)
    place = said("送达地点")
    handed_to = said("收件人", 100)


class SignReceiptSchema(ActSchema):
    makes = commands.SignReceipt
    letter_number = said("移送函文号", 80)
    sender = Code("移送机关", load_default="")
    delivered_by = said("送达人", 100)
    delivered_on = Day("送达日期", required=True)
    sealed = Flag("受移送机关签章", load_default=False)
    collector = said("代收人", 100)
    collector_role = said("代收人身份", 100)
    remarks = said("备注", 1000)


class LackingSchema(ValueSchema):
    makes = commands.Lacking
    says = said("需补正的内容", 1000)
    due_on = Day("补正期限", required=True)


class RequestSupplementSchema(OutwardSchema):
    makes = commands.RequestSupplement
    number = document_number("补正告知书文号")
    items = Many("需补正的材料", LackingSchema, most=100, load_default=())
    faults = said("补正材料本身的问题", 1000)


class AnswerSchema(ValueSchema):
    makes = commands.Answer
    item = Whole("项目序号", least=1, required=True)
    says = said("说明", 2000)
    materials = materials("补正的材料")


class SupplementSchema(OutwardSchema):
    makes = commands.Supplement
    answers = Many("逐项答复", AnswerSchema, most=100, load_default=())


class AcceptSchema(OutwardSchema):
    makes = commands.Accept
    number = document_number("受理告知书文号")
    feedback = said("书面反馈", 2000)


class RefuseSchema(OutwardSchema):
    makes = commands.Refuse
    number = document_number("不予受理通知书文号")
    ground = coded("不予受理的理由类别", "grounds:transfer.refuse.")
    reasons = said("理由", 2000)
    legal_ground = said("法律依据", 400)
    returned = materials("退回的材料")


class SignReturnSchema(ActSchema):
    makes = commands.SignReturn
    signed_by = said("签收人", 100)
    lacks = materials("缺少的材料")


class RerouteSchema(ActSchema):
    makes = commands.Reroute
    notice = One("事先通报", NoticeSchema, required=True)
    reason = said("重新确定的理由", 2000)
    officer = One("承办人", OfficerSchema, load_default=NOBODY)


class WithdrawSchema(OutwardSchema):
    makes = commands.Withdraw
    reason = said("撤回的理由", 2000)


class FileCaseSchema(ActSchema):
    makes = commands.FileCase
    number = said("立案文号", 80)


class DeclineCaseSchema(OutwardSchema):
    makes = commands.DeclineCase
    reasons = said("不予立案的理由", 2000)


class RecordDecisionSchema(ActSchema):
    makes = commands.RecordDecision
    number = said("处理决定文号", 80)


class ServeDecisionSchema(ActSchema):
    makes = commands.ServeDecision
    way = coded("送达方式", "service_ways")
    served_to = personal("签收人或者送达凭证")


class CloseSchema(ActSchema):
    makes = commands.Close
    outcome = coded("办结情形", "close_outcomes")
    decision_number = said("处理决定文号", 80)
    decision_on = Day("处理决定日期", required=True)
    rights = One("当事人权利保障", RightsSchema, required=True)


class ReportClosureSchema(OutwardSchema):
    makes = commands.ReportClosure
    number = document_number("结案报告文号")
    summary = said("处理结果", 4000)
    materials = materials("结案报告")


SCHEMAS: dict[str, type[ActSchema]] = {
    ASSIGN: AssignSuccessorSchema,
    "announce": AnnounceSchema, "record-measure": RecordMeasureSchema, "add-material": AddMaterialSchema,
    "issue-letter": IssueLetterSchema, "deliver": DeliverSchema, "sign-receipt": SignReceiptSchema,
    "request-supplement": RequestSupplementSchema, "supplement": SupplementSchema, "accept": AcceptSchema,
    "refuse": RefuseSchema, "sign-return": SignReturnSchema, "reroute": RerouteSchema, "withdraw": WithdrawSchema,
    "file-case": FileCaseSchema, "decline-case": DeclineCaseSchema, "record-decision": RecordDecisionSchema,
    "serve-decision": ServeDecisionSchema, "close": CloseSchema, "report-closure": ReportClosureSchema,
    "reissue-letter": ReissueLetterSchema, "correct": CorrectSchema, **TURNS,
}
