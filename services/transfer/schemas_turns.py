"""第四章 案件移送: what comes in with the acts of the turns a case may take. Shapes only, as in schemas.py."""

from services.transfer import turns
from shared.forms.parts import (
    NOBODY,
    OfficerSchema,
    OutwardSchema,
    RespondentSchema,
    coded,
    document_number,
    materials,
    said,
)
from shared.forms.schemas import ActSchema, Code, Day, Flag, Many, One, ValueSchema


class PhoneSchema(ActSchema):
    makes = turns.Phone
    called = Code("被告知机关", load_default="")
    called_person = said("接听人及其职务")
    ordered = said("已责令事项", 2000)
    evidence = said("固定证据情况", 2000)
    refusal = said("拒不改正情况", 2000)
    officer = One("告知人", OfficerSchema, load_default=NOBODY)
    cause = coded("案由", "causes")
    respondent = One("当事人", RespondentSchema, load_default=turns.NOBODY_YET)
    facts = said("正在发生的违法行为", 4000)


class RespondSchema(ActSchema):
    makes = turns.Respond
    came = coded("到场情况", "responses")
    says = said("处置情况", 2000)


class EndSchema(OutwardSchema):
    makes = turns.End
    reason = said("不再移送的理由", 2000)
    instead = said("代之以何种处理", 2000)


class CannotSupplementSchema(OutwardSchema):
    makes = turns.CannotSupplement
    reasons = said("无法补正的理由", 2000)


class ConsentWithdrawalSchema(ActSchema):
    makes = turns.ConsentWithdrawal
    officer = One("承办人", OfficerSchema, load_default=NOBODY)
    says = said("说明", 1000)


class AttemptSchema(ValueSchema):
    makes = turns.Attempt
    on = Day("协商日期", required=True)
    says = said("协商情况", 1000)


class DisputeSchema(OutwardSchema):
    makes = turns.Dispute
    own_view = said("本机关意见和依据", 4000)
    attempts = Many("协商", AttemptSchema, most=20, load_default=())
    refused_by = said("拒绝接收的机关和人员")
    refused_on = Day("拒绝接收的日期")
    refused_why = said("拒绝接收的理由", 2000)


class StateViewSchema(ActSchema):
    makes = turns.StateView
    view = said("意见", 4000)
    officer = One("承办人", OfficerSchema, load_default=NOBODY)


class UnacceptSchema(OutwardSchema):
    makes = turns.Unaccept
    new_facts = said("管辖方面的新事实", 4000)
    own_view = said("本机关意见和依据", 4000)


class RuleSchema(OutwardSchema):
    makes = turns.Rule
    number = document_number("明确意见文号")
    outcome = coded("明确结果", "ruling_outcomes")
    reasons = said("理由", 4000)
    receiver = Code("第三机关")
    joint_action = Flag("建议联合执法", load_default=False)
    to_staffing = Flag("提请机构编制部门研究", load_default=False)


class ReferCriminalSchema(ActSchema):
    makes = turns.ReferCriminal
    police = Code("公安机关", load_default="")
    offence = said("涉嫌罪名")
    reasons = said("涉嫌犯罪的事实和理由", 4000)
    team = Many("专案人员", OfficerSchema, most=20, load_default=())
    materials = materials("移送书及所附材料")
    leader = said("批准的正职负责人", 100)


class DeliverCriminalSchema(ActSchema):
    makes = turns.DeliverCriminal
    signed_by = said("回执签字人", 100)


class ReturnCriminalSchema(ActSchema):
    makes = turns.ReturnCriminal
    number = said("不予立案通知书文号", 80)
    reasons = said("不予立案的理由", 2000)


class CloseCriminalSchema(ActSchema):
    makes = turns.CloseCriminal
    number = said("立案通知书文号", 80)


class HandOverCriminalSchema(ActSchema):
    makes = turns.HandOverCriminal
    says = said("移交的物品和材料", 4000)
    taken_by = said("接收人", 100)


class AskProgressSchema(ActSchema):
    makes = turns.AskProgress
    says = said("询问内容", 1000)


class ProgressSchema(ActSchema):
    makes = turns.Progress
    says = said("办理进展", 2000)


class ReopenSchema(OutwardSchema):
    makes = turns.Reopen
    ground = coded("恢复办理的依据", "reopen_grounds")
    reasons = said("恢复办理的理由", 2000)
    document = said("复议决定或者判决文号")


SCHEMAS: dict[str, type[ActSchema]] = {
    "phone": PhoneSchema, "respond": RespondSchema, "keep": EndSchema, "end": EndSchema,
    "cannot-supplement": CannotSupplementSchema, "consent-withdrawal": ConsentWithdrawalSchema,
    "dispute": DisputeSchema, "state-view": StateViewSchema, "rule": RuleSchema, "unaccept": UnacceptSchema,
    "refer-criminal": ReferCriminalSchema, "deliver-criminal": DeliverCriminalSchema,
    "return-criminal": ReturnCriminalSchema, "close-criminal": CloseCriminalSchema,
    "hand-over-criminal": HandOverCriminalSchema,
    "ask-progress": AskProgressSchema, "progress": ProgressSchema, "reopen": ReopenSchema,
}
