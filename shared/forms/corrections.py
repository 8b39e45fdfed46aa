"""更正: which field of which act, what stands there, what is right and why."""

from typing import Any

from shared.acts.correct import Correct
from shared.acts.corrections import Correction
from shared.acts.persons import NOTHING
from shared.forms.parts import OutwardSchema, document_number, said
from shared.forms.schemas import Code, PersonalField


class CorrectSchema(OutwardSchema):
    """Of an outward document the 更正函: its officer, leader and number."""

    makes = Correct
    entry = Code("被更正的记录", required=True)
    field = said("更正的栏目")
    old = PersonalField("原内容", least=0, most=20_000, load_default=NOTHING)
    new = PersonalField("更正后的内容", least=0, most=20_000, load_default=NOTHING)
    reason = said("更正的理由", 2000)
    number = document_number("更正函文号")

    def make(self, data: dict[str, Any]) -> Correct:
        wrong = Correction(**{name: data.pop(name) for name in ("entry", "field", "old", "new", "reason")})
        return Correct(wrong, **data)
