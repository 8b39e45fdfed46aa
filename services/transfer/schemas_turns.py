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


SCHEMAS: dict[str, type[ActSchema]] = {
    "phone": PhoneSchema, "respond": RespondSchema, "keep": EndSchema, "end": EndSchema,
}
