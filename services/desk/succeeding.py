"""People of a dissolved agency: who takes them over keeps their accounts, and each has the same place there. Pure.

The former appointment stays: in it a person reads what the agency had, and no more, for every act is refused to it.
"""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from services.desk.account import Account, Appointment
from shared.acts.model import Context, Outcome
from shared.acts.succession import NOTHING_LEFT, Succeed, handed, has
from shared.kernel.clock import day_of
from shared.kernel.errors import demand

_NAMES = uuid.UUID("0f7a3c52-5b0e-5d0a-8f5e-6a2f0e9c7d41")      # the namespace of carried appointments


def succeed(case: Account, command: Succeed, context: Context) -> Outcome[Account]:
    """Every appointment at the former agency that is not over is made at the heir of its people, at the same rank, from
    the day after the last. Where nobody takes the people over, justice appoints them one by one."""
    former, since = command.former, context.happened_on
    demand((any(has(each, former) for each in case.parties), NOTHING_LEFT))
    heir = next((each.agency for each in command.heirs if each.staff), "")
    heir = context.register.heir(heir, (), day_of(context.now)) if heir else ""
    carried = tuple(_carried(case, former, heir, context)) if heir else ()
    after = replace(case, parties=handed(case.parties, former, heir, since),
                    appointments=(*case.appointments, *(new for _, new in carried)))
    return Outcome(after, {
        "former": former, "successor": heir, "document": command.document, "last_day": command.last_day,
        "carried": [_told(was, new) for was, new in carried]})


def _carried(case: Account, former: str, heir: str, context: Context) -> Iterator[tuple[Appointment, Appointment]]:
    """The appointments that go over, each with the one it becomes; one that the person has at the heir already does."""
    since = context.happened_on
    there = {each.rank for each in case.appointments if each.agency == heir and each.open_on(since)}
    for each in case.appointments:
        if each.agency == former and each.open_on(since) and each.rank not in there:
            there.add(each.rank)
            new = str(uuid.uuid5(_NAMES, f"{each.id} {heir}"))
            yield each, replace(each, id=new, agency=heir, since=max(since, each.since))


def _told(was: "Appointment", new: "Appointment") -> dict[str, Any]:
    return {"was": was.id, "appointment": new.id, "employer": new.agency, "rank": new.rank, "since": new.since,
            "until": new.until}
