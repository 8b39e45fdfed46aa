"""更正 as an act: what its author says, what the case keeps of it and what its event tells. Pure."""

from dataclasses import dataclass
from typing import Any

from shared.acts.corrections import Corrected, Correction
from shared.acts.model import Context, Righted
from shared.acts.persons import Officer


@dataclass(frozen=True, slots=True)
class Correct:
    """更正 of an act; of an outward document by a 更正函, which has a number and is signed."""

    said: Correction
    officer: Officer
    leader: str = ""
    number: str = ""                    # 文号 of the 更正函


def kept(command: Correct, context: Context, leg: int = 0) -> Corrected:
    """The correction as the case keeps it. `leg`: the part of the case it belongs to, where the chapter has several."""
    said, original = command.said, command.said.original
    assert original is not None
    return Corrected(said.entry, original.act, said.field, said.old, said.new, said.reason, context.viewer.agency,
                     context.happened_on, command.number, command.leader, leg)


def facts_of(command: Correct, righted: Righted) -> dict[str, Any]:
    """What its event tells: which field of which act, and a true date that moved; never what stood or stands there."""
    said, original = command.said, command.said.original
    assert original is not None
    facts: dict[str, Any] = {"corrected": said.entry, "corrected_act": original.act, "field": said.field,
                             "number": command.number}
    if righted.redated and righted.redated.moved:
        facts |= {"was_on": original.on, "right_on": righted.redated.on}
    return facts
