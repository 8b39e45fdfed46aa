"""What comes in at the desk. Passwords come in here and go no further than their hash."""

from services.desk.domain import RANK_WORDS, Appoint, CloseAccount, EndAppointment, NoContent, OpenAccount
from shared.forms.schemas import ActSchema, Code, Day, OneOf, PersonalField, Text, ValueSchema

LOGIN = r"[a-z][a-z0-9._-]{2,39}"


class OpenAccountSchema(ActSchema):
    makes = OpenAccount
    login = Code("账号", pattern=LOGIN, most=40, required=True)
    name = PersonalField("姓名", most=100, required=True)
    agency = Code("管理机关", most=40)


class AppointSchema(ActSchema):
    makes = Appoint
    agency = Code("任职机关", most=40)
    rank = OneOf("职级", RANK_WORDS, required=True)
    since = Day("任职日期")
    until = Day("截止日期")
    post = Text("职务", most=100)


class EndAppointmentSchema(ActSchema):
    makes = EndAppointment
    appointment = Code("任职", most=36, required=True)
    reason = Text("原因", most=1000, required=True)


class UnlockSchema(ActSchema):
    makes = NoContent


class CloseAccountSchema(ActSchema):
    makes = CloseAccount
    reason = Text("原因", most=1000, required=True)


class SignInSchema(ValueSchema):
    """`appointment` is needed only where the person holds several."""

    login = Text("账号", most=100, required=True)
    password = Text("密码", most=200, required=True, metadata={"format": "password", "writeOnly": True})
    appointment = Code("任职", most=36)


class SignInByKeySchema(ValueSchema):
    """An agency's own system."""

    api_key = Text("接口密钥", most=100, required=True, metadata={"format": "password", "writeOnly": True})


class ChangePasswordSchema(ValueSchema):
    old = Text("原密码", most=200, required=True, metadata={"format": "password", "writeOnly": True})
    password = Text("新密码", most=200, required=True, metadata={"format": "password", "writeOnly": True})


class NothingSchema(ValueSchema):
    """An empty object."""


SCHEMAS = {
    "open-account": OpenAccountSchema, "appoint": AppointSchema, "end-appointment": EndAppointmentSchema,
    "unlock": UnlockSchema, "close-account": CloseAccountSchema,
}
BY_HAND = frozenset({"change-password", "reset-password"})     # their routes take a password, so they are no plain acts
