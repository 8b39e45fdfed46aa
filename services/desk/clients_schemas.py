"""What comes in about the agencies' own systems."""

from services.desk.clients import Because, ChangeClient, Nothing, RegisterClient
from shared.forms.schemas import ActSchema, Code, Flag, Many, Text

ACT = r"[a-z]+\.[a-z-]+\.[a-z-]+"


def _acts() -> Many:
    return Many("可以作出的行为", Code("行为", pattern=ACT, most=100), most=300)


class RegisterClientSchema(ActSchema):
    makes = RegisterClient
    name = Text("业务系统名称", most=100, required=True)
    answers = Code("负责人的任职", most=36, required=True)
    acts = _acts()
    reads_only = Flag("只用于查阅")


class ChangeClientSchema(ActSchema):
    makes = ChangeClient
    name = Text("业务系统名称", most=100)
    answers = Code("负责人的任职", most=36)
    acts = _acts()
    reads_only = Flag("只用于查阅")


class BecauseSchema(ActSchema):
    makes = Because
    reason = Text("原因", most=1000, required=True)


class NothingMoreSchema(ActSchema):
    makes = Nothing


SCHEMAS = {
    "register": RegisterClientSchema, "change": ChangeClientSchema, "rotate-key": NothingMoreSchema,
    "finish-rotation": NothingMoreSchema, "suspend": BecauseSchema, "resume": NothingMoreSchema, "end": BecauseSchema,
}
