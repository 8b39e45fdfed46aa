"""The circumstances of an act: its true day, in whose name, by which rulebook, and whom its clocks bind."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from shared.acts.model import Act, Chapter, Context, Outcome, Viewer
from shared.acts.request import (
    BEFORE_LAST,
    DESK,
    ENTRUSTMENT_ENDED,
    IN_FUTURE,
    LATER_THAN_NOW,
    NAME_NEEDED,
    NEEDS_BACK_ENTRY,
    NO_SUCH_SCAN,
    NOT_ENTRUSTED,
    PRINCIPAL_GONE,
    WRONG_DAY,
    Request,
)
from shared.acts.signed import PERSON_SIGNS
from shared.acts.store import Row
from shared.acts.succession import CUSTODIAN, TITLES, left_by
from shared.contracts.register import STANDING, STANDING_TITLES, Agency, Register
from shared.kernel.clock import CITY_ZONE, aware, day_of
from shared.kernel.errors import Refusal
from shared.law.store import Snapshot
from shared.rulebook.model import Rulebook


def context_of(now: datetime, viewer: Viewer, request: Request, snapshot: Snapshot, version: str,
               origin: Mapping[str, Any] | None = None, service: str = "") -> Context:
    """The context of an act: its true date and time, the rulebook that binds the case, the register. `origin`: where
    the case comes from; None: as the request says. `service`: whose parts are called by their titles."""
    today = day_of(now)
    happened_on = request.happened_on or (day_of(request.happened_at) if request.happened_at else today)
    noon = aware(datetime.combine(happened_on, time(12), CITY_ZONE))
    happened_at = aware(request.happened_at) if request.happened_at else (now if happened_on == today else noon)
    rulebook = snapshot.binding(version, happened_on) if version else snapshot.current(happened_on)
    come_from = request.origin if origin is None else origin
    return Context(now, happened_on, happened_at, rulebook, snapshot.register, viewer, come_from,
                   titles_of(rulebook, service))


def titles_of(rulebook: Rulebook, service: str) -> Mapping[str, str]:
    """What the parts in a service's cases are called, in the order of its chapter."""
    return {**rulebook.parties.get(service, {}), **STANDING_TITLES, **TITLES}


def origin_of(act: Act, row: Row | None, request: Request) -> Mapping[str, Any]:
    """Where a case comes from: as the act says that opens it. One that a call opened is told whole by its notice, which
    may say it better."""
    if row is None or (act.opens and not act.adds_only and request.origin.get("kind") != DESK):
        return request.origin
    return row.origin


def wrong(chapter: Chapter, act: Act, row: Row | None, request: Request, context: Context,
          has_file: Callable[[str], bool], last_at: Callable[[], datetime | None],
          follows: date | None = None) -> Iterator[Refusal]:
    """What is wrong with when and for whom the act says it was done. What the suite itself does is never entered late.

    `last_at`: the true time of the act it follows, where that is known; asked only where both are of one day.
    `follows`: the day of what it follows besides, where its row says so: what only adds moves no case, yet it follows
    something.
    """
    today = day_of(context.now)
    if context.viewer.suite:
        return
    if request.signed_by and not context.viewer.machine:
        yield PERSON_SIGNS
    if context.happened_on > today or context.happened_at > context.now:
        yield IN_FUTURE if context.happened_on > today else LATER_THAN_NOW
    if request.happened_at and day_of(request.happened_at) != context.happened_on:
        yield WRONG_DAY
    first = max(row.opened_on if act.adds_only else row.last_on, follows or date.min) if row else date.min
    if context.happened_on < first:
        yield BEFORE_LAST.filled(last=first)
    elif (row and request.happened_at and not act.adds_only and context.happened_on == row.last_on
          and (last := last_at()) and context.happened_at < last):
        yield BEFORE_LAST.filled(last=f"{last.astimezone(CITY_ZONE):%Y-%m-%d %H:%M}").at("happened_at")
    if context.happened_on < today and not (request.back_entry and request.back_entry.reason):
        yield NEEDS_BACK_ENTRY
    elif request.back_entry and not has_file(request.back_entry.scan):
        yield NO_SUCH_SCAN
    own = context.register.get(context.viewer.agency)
    entrusted_by = own.entrusted_by if own else ""
    if request.in_name_of and request.in_name_of != entrusted_by:
        yield NOT_ENTRUSTED.filled(name=request.in_name_of)
    if own and request.in_name_of and request.in_name_of == entrusted_by:
        yield from _entrusted(own, context)
    if entrusted_by and not request.in_name_of and not chapter.internal:
        yield NAME_NEEDED


def _entrusted(own: Agency, context: Context) -> Iterator[Refusal]:
    """Who acts in another's name does so within the term of its 委托书, and while the other exists."""
    until, day = own.entrusted_until, context.happened_on
    if until is not None and until < day:
        yield ENTRUSTMENT_ENDED.filled(until=until)
    if gone := context.register.dissolved(own.entrusted_by, day):
        yield PRINCIPAL_GONE.filled(name=gone.name, until=gone.until)


def bound(case: Any, day: date, register: Register) -> dict[str, tuple[str, ...]]:
    """Each part and the agencies that hold it on the day: whom a clock binds. A part that a dissolved agency left to
    nobody is with justice, which holds the case."""
    parts: dict[str, tuple[str, ...]] = {part: tuple(sorted(register.standing_agencies(part))) for part in STANDING}
    for party in case.parties:
        if party.on(day) and party.until != day:
            parts[party.part] = (*parts.get(party.part, ()), party.agency)
    for keeper in [party for party in case.parties if party.part == CUSTODIAN and party.on(day) and party.until != day]:
        for left in left_by(case.parties, keeper.after):
            parts.setdefault(left.part, (keeper.agency,))
    return parts


def days_of(row: Row | None, act: Act, outcome: Outcome[Any], context: Context) -> tuple[date, date]:
    """The days of the case's first act and of its latest that moved it; a correction is dated by what it corrects. An
    act that orders nothing and keeps the state, as a succession, holds up nothing that was done before and is entered
    later."""
    if row is None:
        return context.happened_on, context.happened_on
    if righted := outcome.righted:
        return righted.opened_on or row.opened_on, righted.last_on or row.last_on
    moves = not act.adds_only and (act.ordered or outcome.case.state != row.state)
    return row.opened_on, max(row.last_on, context.happened_on) if moves else row.last_on
