"""What comes in of holds, and of what is asked about persons."""

from collections.abc import Mapping

from services.sharing.personal_data.holds import ConfirmHold, LiftHold, Person, PlaceHold
from shared.forms.parts import IdentityField, coded, personal, said
from shared.forms.schemas import ActSchema, Day, One, ValueSchema
from shared.forms.succession import AssignSuccessorSchema


class PersonSchema(ValueSchema):
    makes = Person
    name = personal("姓名")
    number = IdentityField("公民身份号码")


class HoldSchema(ActSchema):
    """保全。"""

    makes = PlaceHold
    document = said("决定或者通知的文号")
    issued_by = coded("决定保全的机关", "hold_issuers")
    issued_on = Day("决定日期", required=True)
    reason = said("保全的理由", 2000)
    case = said("案件（服务/编号）", 80)
    person = One("被保全的人", PersonSchema)


class ConfirmHoldSchema(ActSchema):
    """续行保全。"""

    makes = ConfirmHold
    reason = said("续行的理由", 2000)


class LiftHoldSchema(ActSchema):
    """解除保全。"""

    makes = LiftHold
    reason = said("解除的理由", 2000)
    document = said("解除文件的文号")


HOLDS: Mapping[str, type[ActSchema]] = {
    "hold": HoldSchema, "confirm-hold": ConfirmHoldSchema, "lift-hold": LiftHoldSchema,
    "assign-successor": AssignSuccessorSchema}
