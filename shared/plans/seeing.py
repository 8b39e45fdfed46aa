"""Who hears of what happens to a plan, and what an agency may see of it. Pure.

A draft is known to its lead and to whom it consults. From its submission on its parties, justice and the government
office hear and see everything. An agency that declined or was replaced hears that it goes, and nothing after: it sees
the plan as it stood in its time, and its own records.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from shared.acts.model import Context, Party, Viewer
from shared.acts.succession import CUSTODIAN, leaving
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.plans.plan import (
    LEAD,
    PARTICIPANT,
    RELATED,
    Consultation,
    Dispatched,
    Left,
    Plan,
    Version,
)
from shared.plans.states import PRIVATE

P = TypeVar("P", bound=Plan)
OVERSEERS = frozenset({JUSTICE, GOVERNMENT_OFFICE})
IN_PLAN = frozenset({LEAD, PARTICIPANT, RELATED, CUSTODIAN})


def told(before: Plan | None, after: Plan, event: str, context: Context) -> frozenset[str]:
    """Who hears of an event: the parties of now and those that go by it; from the submission on the overseers too."""
    now = frozenset(after.parts_of(*IN_PLAN))
    going = frozenset(before.parts_of(*IN_PLAN)) if before else frozenset()
    overseers = frozenset() if after.state in PRIVATE else context.register.standing_agencies(*OVERSEERS)
    return now | going | overseers | leaving(before, after, event)


def sees_whole(plan: Plan, viewer: Viewer, register: Register) -> bool:
    """Whether nothing of the plan is kept from the viewer's agency because of the time it was in it."""
    overseer = register.standing(viewer.agency) & OVERSEERS and plan.state not in PRIVATE
    return viewer.suite or bool(overseer) or viewer.agency in plan.parts_of(*IN_PLAN)


def seen(plan: P, viewer: Viewer, register: Register, own: Callable[[P, str], Mapping[str, Any]]) -> P | None:
    """The plan as the viewer's agency may see it; None where it may not.

    `own`: of the fields that the chapter adds, those that a former party sees, for an agency.
    """
    if sees_whole(plan, viewer, register):
        return plan
    left = next((each for each in reversed(plan.left) if each.agency == viewer.agency), None)
    return _own_view(plan, left, own(plan, viewer.agency)) if left else None


@dataclass(frozen=True, slots=True)
class Time:
    """The days on which an agency was in the plan, and those on which it led it. The day on which it went is in
    neither."""

    agency: str
    parts: tuple[Party, ...]

    def inside(self, day: date | None) -> bool:
        return day is not None and any(each.on(day) for each in self.parts)

    def led(self, day: date) -> bool:
        return any(each.part == LEAD and each.on(day) for each in self.parts)

    def knew(self, version: Version) -> bool:
        """Whether the version was in force on a day of it."""
        first, last = version.effective_on, version.effective_until or date.max
        return first is not None and any(first <= (each.until or date.max) and each.since < last
                                         for each in self.parts)


def _own_view(plan: P, left: Left, own: Mapping[str, Any]) -> P:
    """The plan as it was when the agency left it, with what the agency did itself and what was addressed to it."""
    agency = left.agency
    time = Time(agency, tuple(each for each in plan.parties if each.agency == agency and each.part in IN_PLAN))
    started = time.inside(plan.started_on)
    earlier = (each for each in plan.versions if each.number < left.version.number and time.knew(each))
    return type(plan)(
        state=left.state, parties=tuple(_parties(plan.parties, left)), opened_on=plan.opened_on, route=plan.route,
        versions=(*earlier, left.version),
        consultations=tuple(_consultations(plan.consultations, time)),
        submissions=tuple(each for each in plan.submissions if each.by == agency),
        reviews=tuple(each for each in plan.reviews if time.led(each.on)),
        presentations=tuple(each for each in plan.presentations if each.by == agency),
        decided=tuple(each for each in plan.decided if time.led(each.on)),
        measures=tuple(each for each in plan.measures if each.agency == agency),
        started=plan.started if started else None, started_on=plan.started_on if started else None,
        dispatches=tuple(_dispatches(plan.dispatches, time)),
        task_reports=tuple(each for each in plan.task_reports if each.agency == agency),
        decisions=tuple(each for each in plan.decisions if each.agency == agency),
        findings=tuple(each for each in plan.findings if each.agency == agency),
        amendments=tuple(each for each in plan.amendments if each.by == agency),
        materials=tuple(each for each in plan.materials if each.added_by == agency),
        corrections=tuple(each for each in plan.corrections if each.by == agency),
        left=tuple(each for each in plan.left if each.agency == agency), **own)


def _parties(parties: Iterable[Party], left: Left) -> Iterator[Party]:
    """Who was in the plan before the agency left it; that another left later is not told."""
    known = {left.agency, left.version.content.lead, *left.version.content.agencies}
    for each in parties:
        if each.since < left.on or (each.since == left.on and each.agency in known):
            later = each.until is not None and each.until >= left.on and each.agency != left.agency
            yield replace(each, until=None) if later else each


def _consultations(consultations: Iterable[Consultation], time: Time) -> Iterator[Consultation]:
    """Those the agency was asked in, with its own answers; as lead, those it held, with all that it got."""
    for each in consultations:
        led = time.led(each.on)
        if led or time.agency in each.said.agencies:
            yield replace(each, answers=tuple(answer for answer in each.answers if answer.agency == time.agency
                                              or (led and time.led(answer.on))))


def _dispatches(dispatches: Iterable[Dispatched], time: Time) -> Iterator[Dispatched]:
    """Those that ordered the agency, with its own order and confirmation; as lead, those of its time."""
    for each in dispatches:
        if time.led(each.on):
            yield replace(each, confirmations=tuple(one for one in each.confirmations if time.led(one.on)))
        elif order := each.ordered(time.agency):
            yield replace(each, said=replace(each.said, agencies=(order,)),
                          confirmations=tuple(one for one in each.confirmations if one.agency == time.agency))
