"""The fields and values that the acts of several chapters share. Shapes only: what the law asks the domain refuses."""

from typing import Any

from marshmallow import ValidationError
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NotANumber

from shared.acts.persons import NOTHING, Officer, Respondent
from shared.acts.rights import Right, Rights
from shared.contracts.personal import Personal
from shared.forms.schemas import ActSchema, Code, Day, Flag, Many, One, PersonalField, Text, ValueSchema, Whole
from shared.kernel.errors import Refusal

NOT_AN_IDENTITY_NUMBER = Refusal("NOT_AN_IDENTITY_NUMBER", "公民身份号码校验未通过。", "This is no valid identity number.")
NOT_A_CREDIT_CODE = Refusal("NOT_A_CREDIT_CODE", "统一社会信用代码校验未通过。", "This is no valid 统一社会信用代码.")
NOBODY = Officer("", "", "")


def said(title: str, most: int = 200) -> Text:
    """A text that may be left out or empty: the domain says what that means."""
    return Text(title, least=0, most=most, load_default="")


def document_number(title: str) -> Text:
    """A 文号; left empty, the suite gives it."""
    return said(f"{title}（留空由系统编号）", 80)


def personal(title: str) -> PersonalField:
    return PersonalField(title, least=0, most=200, load_default=NOTHING)


class IdentityField(PersonalField):
    """A 公民身份号码, which may be left out; checked by its own algorithm, in its compact form. `or_code`: or the
    统一社会信用代码 under which a person trades."""

    def __init__(self, title: str, *, or_code: bool = False) -> None:
        super().__init__(title, least=0, most=40, load_default=NOTHING)
        self.or_code = or_code

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        said_: Personal = super()._deserialize(value, attr, data, **kwargs)
        if self.or_code and uscc.is_valid(said_.value):
            return Personal(uscc.compact(said_.value))
        try:
            return Personal(identity_number(said_.value)) if said_ else NOTHING
        except NotANumber:
            raise ValidationError([NOT_AN_IDENTITY_NUMBER]) from None


def coded(title: str, codes: str) -> Code:
    """A code of one of the rulebook's lists, which `x-codes` names."""
    return Code(title, load_default="", metadata={"x-codes": codes})


def materials(title: str) -> Many:
    return Many(title, Whole("材料序号", least=1), load_default=())


class OfficerSchema(ValueSchema):
    makes = Officer
    name = said("承办人")
    licence = said("执法证号", 40)
    phone = said("联系电话", 40)


class OutwardSchema(ActSchema):
    """An outward document: who handles it, and who signs."""

    officer = One("承办人", OfficerSchema, load_default=NOBODY)
    leader = said("签发的机关负责人", 100)


class RespondentSchema(ValueSchema):
    makes = Respondent
    kind = coded("当事人类别", "respondent_kinds")
    name = personal("姓名或者名称")
    number = personal("公民身份号码或者统一社会信用代码")
    address = personal("住址或者住所")
    phone = personal("联系电话")
    head = personal("法定代表人或者负责人")

    def make(self, data: dict[str, Any]) -> Respondent:
        """The number is checked by its own algorithm and kept in its compact form."""
        if data["number"]:
            person = data["kind"] == "person"
            try:
                number = (identity_number if person else uscc.validate)(data["number"].value)
            except NotANumber:
                wrong = NOT_AN_IDENTITY_NUMBER if person else NOT_A_CREDIT_CODE
                raise ValidationError({"number": [wrong]}) from None
            data["number"] = Personal(number)
        return Respondent(**data)


def identity_number(text: str) -> str:
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


class RightSchema(ValueSchema):
    makes = Right
    done = Flag("已保障", required=True)
    on = Day("日期")
    reason = said("不适用的理由", 1000)


class RightsSchema(ValueSchema):
    """第四条: what was done for the respondent's rights."""

    makes = Rights
    told = One("告知", RightSchema, load_default=Right(False))
    heard = One("陈述、申辩", RightSchema, load_default=Right(False))
    hearing = One("听证", RightSchema, load_default=Right(False))
    remedies = One("复议、诉讼途径", RightSchema, load_default=Right(False))
