"""A date that an entry told was wrong (更正): every deadline that rests on it is judged again. Pure.

What the entry started counts from the right day, what it met was met on it, what it paused or resumed stood still from
or until it; a pause that came too late by the wrong date is made up. What fired stays readable; a breach that stands no
more is withdrawn by the change's own event.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from shared.calendar.model import Calendar
from shared.deadlines.computing import correct, last_day, zh
from shared.deadlines.model import CANCELLED, MET, NOTED, OPEN, PAUSED, Change, Deadline, Pause
from shared.kernel.clock import aware, start_of
from shared.rulebook.model import Clock, Rulebook


@dataclass(frozen=True, slots=True)
class Redated:
    """An entry with the dates it should have told. `facts`: those dates of its facts that become others."""

    entry: str                        # id of the entry that told the wrong date
    event: str                        # "transfer.announced"
    on: date                          # the true date as it is now, whether or not it is what changed
    at: datetime
    was_on: date
    was_at: datetime
    facts: Mapping[str, date] = field(default_factory=dict, hash=False)
    met: frozenset[str] = frozenset()    # ids of the deadlines that it met
    # dates that rest on it and that its event or those of other entries told: entry -> facts, as they should be
    others: Mapping[str, Mapping[str, date]] = field(default_factory=dict, hash=False)

    @property
    def moved(self) -> bool:
        """Whether its own true date or time is another."""
        return (self.on, self.at) != (self.was_on, self.was_at)


def redate(rulebook: Rulebook, calendar: Calendar, deadlines: Iterable[Deadline], redated: Redated,
           today: date) -> tuple[Change, ...]:
    """The changes, one a deadline, in the order of their starts; `deadlines`: all that the case has had. `today`:
    of the entry.

    Nothing is judged by a deadline that was cancelled: only a breach that never was one is withdrawn.
    """
    in_order = sorted(deadlines, key=lambda each: (each.started_at, each.clock, each.id))
    changes = (_redated(rulebook, calendar, each, redated, today) for each in in_order)
    return tuple(change for change in changes if change is not None)


def _redated(
    rulebook: Rulebook, calendar: Calendar, deadline: Deadline, redated: Redated, today: date
) -> Change | None:
    clock = rulebook.clocks.get(deadline.clock)
    if clock is None:
        return None
    right: dict[str, Any] = {}
    if deadline.started_by == redated.entry:
        right |= _start(clock, redated)
    if deadline.started_by in redated.others:
        right |= _dates(clock, redated.others[deadline.started_by])
    if redated.moved and deadline.state == MET and deadline.id in redated.met:
        right |= {"met_on": redated.on, "met_at": aware(redated.at)}
    pauses = tuple(_pauses(clock, deadline, redated)) if redated.moved else deadline.pauses
    if pauses != deadline.pauses:
        right["pauses"] = pauses
    if not right:
        return None
    if deadline.state == CANCELLED:
        running = replace(deadline, state=OPEN)
        return _of_cancelled(deadline, correct(running, rulebook, calendar, "", on=today, **right))
    change = correct(deadline, rulebook, calendar, "", on=today, **right)
    return _explained(deadline, change) if change else None


def _of_cancelled(before: Deadline, change: Change | None) -> Change | None:
    """Its dates become right, and it stays cancelled. That is news only where it stood still from before its end on, so
    that its breach never was one."""
    if change is None:
        return None
    ended = replace(change.deadline, state=CANCELLED)
    if change.deadline.state == PAUSED and change.data["withdrawn"]:
        explained = _explained(before, change)
        return replace(explained, deadline=ended, data={**explained.data, "state": CANCELLED})
    same = {name: getattr(before, name) for name in ("generation", "warned_generation", "breached_generation")}
    return replace(change, kind=NOTED, deadline=replace(ended, **same))


def _start(clock: Clock, redated: Redated) -> dict[str, Any]:
    """The start as it should have been: the true date, or the date of the facts that the clock counts from."""
    right = _dates(clock, redated.facts)
    if not clock.counts_from and redated.moved:
        right |= {"started_on": redated.on, "started_at": aware(redated.at)}
    return right


def _dates(clock: Clock, facts: Mapping[str, date]) -> dict[str, Any]:
    """What the clock takes from dates of the facts: its start, and the day it runs to."""
    right: dict[str, Any] = {}
    if clock.counts_from in facts:
        right = {"started_on": facts[clock.counts_from], "started_at": start_of(facts[clock.counts_from])}
    if clock.amount.until in facts:
        right["until_on"] = facts[clock.amount.until]
    return right


def _pauses(clock: Clock, deadline: Deadline, redated: Redated) -> Iterator[Pause]:
    """The spans in which it stood still, those that the entry began or ended moved to its right date."""
    for pause in deadline.pauses:
        if redated.event in clock.pauses and pause.since_on == redated.was_on:
            pause = replace(pause, since_on=redated.on, since=aware(redated.at))
        if redated.event in clock.resumes and pause.until_on == redated.was_on:
            pause = replace(pause, until_on=redated.on, until=aware(redated.at))
        yield pause


def _explained(before: Deadline, change: Change) -> Change:
    """The change with its reason in Chinese: which date became which, and what that changes."""
    after, said = change.deadline, []
    if after.started_on != before.started_on:
        said.append(f"起算日由{zh(before.started_on)}改为{zh(after.started_on)}")
    if after.met_on and before.met_on and after.met_on != before.met_on:
        said.append(f"办理日期由{zh(before.met_on)}改为{zh(after.met_on)}")
    if after.state == PAUSED and before.state != PAUSED:
        said.append(f"时限自{zh(after.pauses[-1].since_on)}起暂停")
    if before.state == PAUSED and after.state == OPEN:
        said.append("暂停之前期限已经届满，不再暂停")
    if last_day(after) != last_day(before):
        said.append(f"期限由{zh(last_day(before))}改为{zh(last_day(after))}")
    if after.late is not None and after.late != before.late:
        said.append("逾期办理" if after.late else "未逾期")
    if change.data["withdrawn"]:
        said.append("撤回原逾期记录")
    why = f"更正：{'，'.join(said) or '所依据的时间已更正'}。"
    return replace(change, why=why, data={**change.data, "why": why})
