"""承继: a deadline that bound a dissolved agency binds who continues its duties, with every day counted. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from shared.deadlines.computing import until
from shared.deadlines.model import CANCELLED, CANCELS, MOVED, Change, Deadline, Happened, change
from shared.rulebook.model import Rulebook

SUCCESSION = "succession"         # the fact by which an event tells that an agency takes another's place


def rebound(rulebook: Rulebook, live: tuple[Deadline, ...], happened: Happened) -> Iterator[Change]:
    """Where the event tells a succession (`{"from", "to"}` and, of some parts only, "parts"), what bound the one binds
    the other, with every day that has counted."""
    told = happened.facts.get(SUCCESSION)
    if not told or not told["to"]:
        return
    parts = told.get("parts")
    for deadline in live:
        clock = rulebook.clocks.get(deadline.clock)
        meant = parts is None or (clock is not None and (clock.bound in parts or bool(clock.item)))
        if deadline.bound == told["from"] and meant:
            yield from succeeded(deadline, told["to"], live, happened.on, happened.event)


def succeeded(deadline: Deadline, heir: str, live: Iterable[Deadline], on: date, by: str) -> Iterator[Change]:
    """承继: the deadline binds the heir. Start, due day, generation, pauses and what has fired stay as they are.

    Where the heir has the same to do itself, one of the two is left: the one that ends first."""
    own = next((each for each in live if each.bound == heir
                and (each.clock, each.item) == (deadline.clock, deadline.item)), None)
    if own is not None:
        later = max((own, deadline), key=lambda each: (each.due_at, each.id))
        yield change(CANCELS, replace(later, state=CANCELLED), on, "承继机关有同一事项，以先到期的为准。", by=by)
        if later is deadline:
            return
    yield change(MOVED, replace(deadline, bound=heir), on, f"承继：由承继机关继续办理，已计的期限照计，{until(deadline)}。",
                 by=by, was_bound=deadline.bound)
