"""第四章 案件移送: what comes in with the acts of the turns a case may take. Shapes only, as in schemas.py."""

from services.transfer import commands, turns
from services.transfer.schema_parts import OfficerSchema, OutwardSchema, RespondentSchema, coded, said
from shared.http.schemas import ActSchema, Code, One

NOBODY = commands.Officer("", "", "")


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
    "ask-progress": AskProgressSchema, "progress": ProgressSchema, "reopen": ReopenSchema,
}
