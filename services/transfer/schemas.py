"""第四章 案件移送: what comes in with each act. Shapes only: what the law asks is refused by the domain, with its article.

So nearly everything may be left out here: the officer then hears at once all that lacks, and where it is written.
"""

from typing import Any

from marshmallow import ValidationError
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NotANumber

from services.transfer import commands
from shared.contracts.personal import Personal
from shared.errors import Refusal
from shared.http.schemas import (
    ActSchema,
    Code,
    Day,
    Flag,
    Many,
    One,
    OneOf,
    PersonalField,
    Text,
    ValueSchema,
    Whole,
)

NOT_AN_IDENTITY_NUMBER = Refusal("NOT_AN_IDENTITY_NUMBER", "公民身份号码校验未通过。", "This is no valid identity number.")
NOT_A_CREDIT_CODE = Refusal("NOT_A_CREDIT_CODE", "统一社会信用代码校验未通过。", "This is no valid 统一社会信用代码.")

GROUNDS = {commands.NOT_COMPETENT: "无管辖权", commands.PENALTY_MOVED: "处罚权已划转"}


def _said(title: str, most: int = 200) -> Text:
    """A text that may be left out or empty: the domain says what that means."""
    return Text(title, least=0, most=most, load_default="")


def _personal(title: str) -> PersonalField:
    return PersonalField(title, least=0, most=200, load_default=commands.NOTHING)


def _coded(title: str, codes: str) -> Code:
    """A code of one of the rulebook's lists, which `x-codes` names."""
    return Code(title, load_default="", metadata={"x-codes": codes})


def _materials(title: str) -> Many:
    return Many(title, Whole("材料序号", least=1), load_default=())


class OfficerSchema(ValueSchema):
    makes = commands.Officer
    name = _said("承办人")
    licence = _said("执法证号", 40)
    phone = _said("联系电话", 40)


class OutwardSchema(ActSchema):
    """An outward document: who handles it, and who signs."""

    officer = One("承办人", OfficerSchema, load_default=commands.Officer("", "", ""))
    leader = _said("签发的机关负责人", 100)


class RespondentSchema(ValueSchema):
    makes = commands.Respondent
    kind = _coded("当事人类别", "respondent_kinds")
    name = _personal("姓名或者名称")
    number = _personal("公民身份号码或者统一社会信用代码")
    address = _personal("住址或者住所")
    phone = _personal("联系电话")
    head = _personal("法定代表人或者负责人")

    def make(self, data: dict[str, Any]) -> commands.Respondent:
        """The number is checked by its own algorithm and kept in its compact form."""
        if data["number"]:
            person = data["kind"] == "person"
            try:
                number = (_identity_number if person else uscc.validate)(data["number"].value)
            except NotANumber:
                wrong = NOT_AN_IDENTITY_NUMBER if person else NOT_A_CREDIT_CODE
                raise ValidationError({"number": [wrong]}) from None
            data["number"] = Personal(number)
        return commands.Respondent(**data)


def _identity_number(text: str) -> str:
    """A 公民身份号码 of 18 characters by its date and check character, in compact form; raises what stdnum raises.

    Its first six digits are taken as they are: a number given late names a county of a later day than the birth, which
    `ric.validate` refuses.
    """
    number: str = ric.compact(text)
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        raise NotANumber
    ric.get_birth_date(number)
    if ric.calc_check_digit(number) != number[-1]:
        raise NotANumber
    return number


class MatterSchema(ValueSchema):
    makes = commands.Matter
    cause = _coded("案由", "causes")
    accepted_on = Day("受理日期", required=True)
    respondent = One("当事人", RespondentSchema, required=True)
    facts = _said("涉嫌违法事实", 4000)
    provisions = Many("违反的规定", _said("违反的规定", 400), most=20, load_default=())
    ground = OneOf("移送事由", GROUNDS, load_default="")
    basis = _said("移送依据", 400)
    document = _said("划转文件文号")
    powers_separated = Flag("监管权和处罚权分离", load_default=False)


class NoticeSchema(ValueSchema):
    makes = commands.Notice
    receiver = Code("接收案件机关", load_default="")
    way = _coded("通报方式", "notice_ways")
    told_to = _said("被通报人及其职务")


class AnnounceSchema(ActSchema):
    makes = commands.Announce
    matter = One("案件", MatterSchema, required=True)
    notice = One("事先通报", NoticeSchema, required=True)
    officer = One("承办人", OfficerSchema, load_default=commands.Officer("", "", ""))
    after = Code("所接续的已撤回案件")
    related = Many("关联案件", Code("案件"), most=50)


class RecordMeasureSchema(ActSchema):
    makes = commands.RecordMeasure
    kind = _coded("处置种类", "measure_kinds")
    taken_on = Day("处置日期", required=True)
    says = _said("处置内容", 2000)
    officers = Many("执法人员", OfficerSchema, most=20, load_default=())


class AddMaterialSchema(ActSchema):
    makes = commands.AddMaterial
    name = _said("材料名称")
    kind = _coded("材料种类", "material_kinds")
    copies = Whole("份数", most=10_000, load_default=0)
    pages = Whole("页数", most=100_000, load_default=0)
    original = Flag("原件", required=True)
    carrier = _coded("载体", "carriers")

    def __init__(self, *, digest: str = "") -> None:
        """`digest`: of the file uploaded with it. It is never taken from the body: whoever could name another's file
        by its digest could read it."""
        super().__init__()
        self._digest = digest

    def make(self, data: dict[str, Any]) -> commands.AddMaterial:
        return commands.AddMaterial(**data, digest=self._digest)


class IssueLetterSchema(OutwardSchema):
    makes = commands.IssueLetter
    number = _said("移送函文号（留空由系统编号）", 80)
    addressee = Code("受文机关", load_default="")
    case_name = _personal("案件名称")
    reason = _said("移送原因", 2000)
    basis = _said("移送依据", 400)
    materials = _materials("移送材料目录")
    basic_facts = _said("基本违法事实", 20_000)


class DeliverSchema(ActSchema):
    makes = commands.Deliver
    way = _coded("送达方式", "delivery_ways")
    delivered_by = _said("送达人", 100)
    ems_number = _said("邮件号码", 40)
    place = _said("送达地点")
    handed_to = _said("收件人", 100)


class SignReceiptSchema(ActSchema):
    makes = commands.SignReceipt
    letter_number = _said("移送函文号", 80)
    sender = Code("移送机关", load_default="")
    delivered_by = _said("送达人", 100)
    delivered_on = Day("送达日期", required=True)
    sealed = Flag("受移送机关签章", load_default=False)
    collector = _said("代收人", 100)
    collector_role = _said("代收人身份", 100)
    remarks = _said("备注", 1000)


class LackingSchema(ValueSchema):
    makes = commands.Lacking
    says = _said("需补正的内容", 1000)
    due_on = Day("补正期限", required=True)


class RequestSupplementSchema(OutwardSchema):
    makes = commands.RequestSupplement
    number = _said("补正告知书文号（留空由系统编号）", 80)
    items = Many("需补正的材料", LackingSchema, most=100, load_default=())
    faults = _said("补正材料本身的问题", 1000)


class AnswerSchema(ValueSchema):
    makes = commands.Answer
    item = Whole("项目序号", least=1, required=True)
    says = _said("说明", 2000)
    materials = _materials("补正的材料")


class SupplementSchema(OutwardSchema):
    makes = commands.Supplement
    answers = Many("逐项答复", AnswerSchema, most=100, load_default=())


class AcceptSchema(OutwardSchema):
    makes = commands.Accept
    number = _said("受理告知书文号（留空由系统编号）", 80)
    feedback = _said("书面反馈", 2000)


class RefuseSchema(OutwardSchema):
    makes = commands.Refuse
    number = _said("不予受理通知书文号（留空由系统编号）", 80)
    ground = _coded("不予受理的理由类别", "grounds:transfer.refuse.")
    reasons = _said("理由", 2000)
    legal_ground = _said("法律依据", 400)
    returned = _materials("退回的材料")


class SignReturnSchema(ActSchema):
    makes = commands.SignReturn
    signed_by = _said("签收人", 100)
    lacks = _materials("缺少的材料")


class RerouteSchema(ActSchema):
    makes = commands.Reroute
    notice = One("事先通报", NoticeSchema, required=True)
    reason = _said("重新确定的理由", 2000)
    officer = One("承办人", OfficerSchema, load_default=commands.Officer("", "", ""))


class WithdrawSchema(OutwardSchema):
    makes = commands.Withdraw
    reason = _said("撤回的理由", 2000)


class FileCaseSchema(ActSchema):
    makes = commands.FileCase
    number = _said("立案文号", 80)


class DeclineCaseSchema(OutwardSchema):
    makes = commands.DeclineCase
    reasons = _said("不予立案的理由", 2000)


class RecordDecisionSchema(ActSchema):
    makes = commands.RecordDecision
    number = _said("处理决定文号", 80)


class ServeDecisionSchema(ActSchema):
    makes = commands.ServeDecision
    way = _coded("送达方式", "service_ways")
    served_to = _personal("签收人或者送达凭证")


class RightSchema(ValueSchema):
    makes = commands.Right
    done = Flag("已保障", required=True)
    on = Day("日期")
    reason = _said("不适用的理由", 1000)


class RightsSchema(ValueSchema):
    makes = commands.Rights
    told = One("告知", RightSchema, load_default=commands.Right(False))
    heard = One("陈述、申辩", RightSchema, load_default=commands.Right(False))
    hearing = One("听证", RightSchema, load_default=commands.Right(False))
    remedies = One("复议、诉讼途径", RightSchema, load_default=commands.Right(False))


class CloseSchema(ActSchema):
    makes = commands.Close
    outcome = _coded("办结情形", "close_outcomes")
    decision_number = _said("处理决定文号", 80)
    decision_on = Day("处理决定日期", required=True)
    rights = One("当事人权利保障", RightsSchema, required=True)


class ReportClosureSchema(OutwardSchema):
    makes = commands.ReportClosure
    number = _said("结案报告文号（留空由系统编号）", 80)
    summary = _said("处理结果", 4000)
    materials = _materials("结案报告")


SCHEMAS: dict[str, type[ActSchema]] = {
    "announce": AnnounceSchema, "record-measure": RecordMeasureSchema, "add-material": AddMaterialSchema,
    "issue-letter": IssueLetterSchema, "deliver": DeliverSchema, "sign-receipt": SignReceiptSchema,
    "request-supplement": RequestSupplementSchema, "supplement": SupplementSchema, "accept": AcceptSchema,
    "refuse": RefuseSchema, "sign-return": SignReturnSchema, "reroute": RerouteSchema, "withdraw": WithdrawSchema,
    "file-case": FileCaseSchema, "decline-case": DeclineCaseSchema, "record-decision": RecordDecisionSchema,
    "serve-decision": ServeDecisionSchema, "close": CloseSchema, "report-closure": ReportClosureSchema,
}
