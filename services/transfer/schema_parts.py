"""第四章 案件移送: the fields and values that the acts' schemas share."""

from typing import Any

from marshmallow import ValidationError
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NotANumber

from services.transfer import commands
from shared.contracts.personal import Personal
from shared.errors import Refusal
from shared.forms.schemas import (
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


def said(title: str, most: int = 200) -> Text:
    """A text that may be left out or empty: the domain says what that means."""
    return Text(title, least=0, most=most, load_default="")


def personal(title: str) -> PersonalField:
    return PersonalField(title, least=0, most=200, load_default=commands.NOTHING)


def coded(title: str, codes: str) -> Code:
    """A code of one of the rulebook's lists, which `x-codes` names."""
    return Code(title, load_default="", metadata={"x-codes": codes})


def materials(title: str) -> Many:
    return Many(title, Whole("材料序号", least=1), load_default=())


class OfficerSchema(ValueSchema):
    makes = commands.Officer
    name = said("承办人")
    licence = said("执法证号", 40)
    phone = said("联系电话", 40)


class OutwardSchema(ActSchema):
    """An outward document: who handles it, and who signs."""

    officer = One("承办人", OfficerSchema, load_default=commands.Officer("", "", ""))
    leader = said("签发的机关负责人", 100)


class RespondentSchema(ValueSchema):
    makes = commands.Respondent
    kind = coded("当事人类别", "respondent_kinds")
    name = personal("姓名或者名称")
    number = personal("公民身份号码或者统一社会信用代码")
    address = personal("住址或者住所")
    phone = personal("联系电话")
    head = personal("法定代表人或者负责人")

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
    cause = coded("案由", "causes")
    accepted_on = Day("受理日期", required=True)
    respondent = One("当事人", RespondentSchema, required=True)
    facts = said("涉嫌违法事实", 4000)
    provisions = Many("违反的规定", said("违反的规定", 400), most=20, load_default=())
    ground = OneOf("移送事由", GROUNDS, load_default="")
    basis = said("移送依据", 400)
    document = said("划转文件文号")
    powers_separated = Flag("监管权和处罚权分离", load_default=False)


class NoticeSchema(ValueSchema):
    makes = commands.Notice
    receiver = Code("接收案件机关", load_default="")
    way = coded("通报方式", "notice_ways")
    told_to = said("被通报人及其职务")
