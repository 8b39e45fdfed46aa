"""The rules of deadlines: what an event does to them, when they fire, what light they show. Pure.

Which events start, meet, pause, resume or cancel a clock stands in the rulebook; nothing here names one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from shared.calendar.model import Calendar
from shared.deadlines.computing import (
    computed,
    correct,
    counted_of,
    fresh,
    is_late,
    recounted,
    reproject,
    until,
    was,
    withdrawn,
    zh,
)
from shared.deadlines.counting import HOURS, UNTIL, Start, closing, count, used
from shared.deadlines.explain import Explanation, explain
from shared.deadlines.items import Item, named, touched, wanted
from shared.deadlines.model import (
    BREACHED,
    CANCELLED,
    CANCELS,
    CORRECTED,
    MET,
    METS,
    NOTED,
    OPEN,
    PAUSED,
    PAUSES,
    RESUMED,
    STARTED,
    WARNED,
    AlreadyRunning,
    Change,
    Deadline,
    Happened,
    LacksDate,
    Pause,
    change,
    data_of,
    id_of,
)
from shared.deadlines.succeeding import SUCCESSION, rebound
from shared.kernel.clock import aware, day_of, start_of
from shared.rulebook.model import Clock, Rulebook

__all__ = ["AlreadyRunning", "Change", "Deadline", "Explanation", "Happened", "LacksDate", "Pause", "apply", "correct",
           "data_of", "explain", "fire", "light", "next_look", "recounted", "reproject"]

GREEN, YELLOW, RED, OVERDUE_UNCONFIRMED = "green", "yellow", "red", "overdue_unconfirmed"
MET_LATE, MET_UNCONFIRMED = "met_late", "met_unconfirmed"
LIGHTS = (GREEN, YELLOW, RED, OVERDUE_UNCONFIRMED, PAUSED, MET, MET_LATE, MET_UNCONFIRMED, CANCELLED)
Heeding = Mapping[str, frozenset[str] | None]          # clock -> items; None: all of them


# What an event does

def apply(rulebook: Rulebook, calendar: Calendar, deadlines: Iterable[Deadline],
          happened: Happened) -> tuple[Change, ...]:
    """All that an event does to the clocks of its case, in order; `deadlines`: at least the live ones of the case that
    `heeding` names, by clock and item.

    Raises AlreadyRunning, LacksDate, and UnknownDay of the calendar.
    """
    live = {deadline.id: deadline for deadline in deadlines if deadline.live and deadline.case == happened.case}
    changes: list[Change] = []

    def took(done: Iterable[Change]) -> None:
        for each in done:
            changes.append(each)
            live[each.deadline.id] = each.deadline
            if not each.deadline.live:
                del live[each.deadline.id]

    heard = [clock for clock in rulebook.clocks.values() if clock.hears(happened.event)]
    for clock in heard:
        for deadline in _touched(clock, clock.meets, live, happened):
            took(_meet(deadline, happened))
    for clock in heard:
        for deadline in _touched(clock, clock.cancels, live, happened):
            took(_cancel(deadline, happened, "该时限因后续行为不再适用。"))
    if happened.final:
        for deadline in _ending(rulebook, live.values()):
            took(_cancel(deadline, happened, "案件程序终结，时限终止。"))
    for clock in heard:
        for deadline in _touched(clock, clock.pauses, live, happened):
            took(_pause(deadline, happened, clock, rulebook, calendar))
        for deadline in _touched(clock, clock.resumes, live, happened):
            took(_resume(deadline, happened, clock, rulebook, calendar))
    took(rebound(rulebook, tuple(live.values()), happened))
    for clock in rulebook.clocks.values() if happened.facts.get("replaces") else ():
        if happened.event not in clock.starts:
            took(_taken_over(clock, rulebook, calendar, tuple(live.values()), happened))
    for clock in heard:
        if happened.event in clock.starts:
            met = {(each.deadline.bound, each.deadline.item) for each in changes
                   if each.kind == METS and each.deadline.clock == clock.id}
            took(_starts(clock, rulebook, calendar, tuple(live.values()), met, happened))
    return tuple(changes)


def _ending(rulebook: Rulebook, live: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Those that end with the case: all but what outlives it, such as a duty of another than who ends it."""
    outliving = {clock.id for clock in rulebook.clocks.values() if clock.outlives}
    return tuple(each for each in live if each.clock not in outliving)


def heeding(rulebook: Rulebook, happened: Happened) -> Heeding | None:
    """The clocks whose deadlines the event may change, each with the items it names, None where it names none.

    None for all of it: any deadline may change, as when the case ends or a part of it is taken over.
    """
    if happened.final or happened.facts.get("replaces") or happened.facts.get(SUCCESSION):
        return None
    return {clock.id: None if (items := named(clock, happened)) is None else frozenset(item.name for item in items)
            for clock in rulebook.clocks.values() if clock.hears(happened.event)}


def _touched(clock: Clock, events: tuple[str, ...], live: Mapping[str, Deadline],
             happened: Happened) -> tuple[Deadline, ...]:
    """The live deadlines of the clock that an event of `events` is about: of the items it names, or of all."""
    if happened.event not in events:
        return ()
    return touched(named(clock, happened), (each for each in live.values() if each.clock == clock.id), happened.agency)


def _starts(clock: Clock, rulebook: Rulebook, calendar: Calendar, live: tuple[Deadline, ...],
            met: set[tuple[str, str]], happened: Happened) -> Iterator[Change]:
    """One deadline for each agency that is bound at this moment and each item; what it takes the place of ends first.

    A clock that counts from a date in the facts up to the very act that tells the date is started and met by it.
    """
    at_once = bool(clock.counts_from) and happened.event in clock.meets
    items, running = named(clock, happened), [each for each in live if each.clock == clock.id]
    starting = {(agency, item.name): _start_of(clock, happened, item) for agency, item in wanted(clock, items, happened)
                if not (at_once and (agency, item.name) in met)}
    names = {name for _, name in starting}
    for deadline in running:
        start = starting.get((deadline.bound, deadline.item))
        if start and clock.restarts and clock.amount.unit == UNTIL and start.until_on == deadline.until_on:
            del starting[deadline.bound, deadline.item]           # as it was: it goes on
        elif start and not clock.restarts:
            raise AlreadyRunning(deadline, happened.event)
        elif start:
            yield from _cancel(deadline, happened, "重新起算，原时限终止。")
        elif any(item.dropped and item.is_of(deadline) for item in items or ()):
            yield from _cancel(deadline, happened, "该事项已取消，时限终止。")
        elif clock.restarts and deadline.item in names:
            yield from _cancel(deadline, happened, "该事项改由其他机关承担，原时限终止。")
    for (agency, name), start in starting.items():
        started = _started(clock, rulebook, calendar, happened, start, agency, name)
        yield change(STARTED, started, happened.on)
        if at_once:
            yield from _meet(started, happened)


def _taken_over(clock: Clock, rulebook: Rulebook, calendar: Calendar, live: tuple[Deadline, ...],
                happened: Happened) -> Iterator[Change]:
    """Where the event replaces who has the clock's part (`replaces`: part -> the agency before), its successor is bound
    instead, with the whole time from then on; what the one before let pass stays its own."""
    former, heirs = happened.facts.get("replaces", {}).get(clock.bound), happened.bound.get(clock.bound, ())
    for deadline in live:
        if former and (deadline.clock, deadline.bound) == (clock.id, former) and former not in heirs:
            yield from _cancel(deadline, happened, "承担机关更换，原时限终止。")
            start = Start(happened.on, aware(happened.at), deadline.until_on)
            for heir in heirs:
                started = _started(clock, rulebook, calendar, happened, start, heir, deadline.item)
                yield change(STARTED, started, happened.on)


def _started(clock: Clock, rulebook: Rulebook, calendar: Calendar, happened: Happened, start: Start, agency: str,
             item: str) -> Deadline:
    counted = count(clock, start, (), calendar, closing(rulebook))
    return Deadline(
        id=id_of(happened.entry, clock.id, agency, item), case=happened.case, clock=clock.id, bound=agency, item=item,
        started_by=happened.entry, started_on=start.on, started_at=start.at, until_on=start.until_on,
        due_on=counted.due_on, due_at=counted.due_at, yellow_at=counted.yellow_at, provisional=counted.provisional,
        rulebook=rulebook.version, calendar=calendar.version, says=clock.says, article=clock.source.article,
        law=clock.source.law, statutory=clock.source.statutory, unit=clock.amount.unit, amount=clock.amount.value)


def _start_of(clock: Clock, happened: Happened, item: Item) -> Start:
    """From when it counts and, of an `until` clock, to which date: the item's own, or else that of the facts."""
    until_on = None
    if clock.amount.unit == UNTIL:
        told = happened.facts.get(clock.amount.until) if item.until is None else item.until
        until_on = _date(clock.id, happened, clock.amount.until, told)[0]
    if not clock.counts_from:
        return Start(happened.on, aware(happened.at), until_on)
    return Start(*_date(clock.id, happened, clock.counts_from, happened.facts.get(clock.counts_from)), until_on)


def _date(clock: str, happened: Happened, fact: str, value: Any) -> tuple[date, datetime]:
    """A date of the facts and its instant: a day's is its beginning. Raises LacksDate."""
    if isinstance(value, str) and value:
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return day_of(value), aware(value)
    if isinstance(value, date):
        return value, start_of(value)
    raise LacksDate(clock, happened.event, fact)


def _meet(deadline: Deadline, happened: Happened) -> Iterator[Change]:
    """Met on the true date. One within the limit, entered after the breach fired (补录), withdraws the breach first."""
    late = is_late(deadline, happened.on, aware(happened.at))
    if deadline.breached and late is False:
        yield (undone := _undo(deadline, happened, f"补录：{zh(happened.on)}已办理，未逾期，撤回原逾期记录。"))
        deadline = undone.deadline
    met = replace(deadline, state=MET, met_on=happened.on, met_at=aware(happened.at), late=late)
    yield change(METS, met, happened.on)


def _undo(deadline: Deadline, happened: Happened, why: str) -> Change:
    """The breach that stands is withdrawn: a new generation in which it has not fired."""
    return change(CORRECTED, fresh(deadline, deadline, withdraws=True), happened.on, why, by=happened.event,
                  was=was(deadline), withdrawn=withdrawn(deadline))


def _cancel(deadline: Deadline, happened: Happened, why: str) -> tuple[Change, ...]:
    return (change(CANCELS, replace(deadline, state=CANCELLED), happened.on, why, by=happened.event),)


def _pause(deadline: Deadline, happened: Happened, clock: Clock, rulebook: Rulebook,
           calendar: Calendar) -> Iterator[Change]:
    """The clock stands still from the day on; the days before it stay used.

    One past its day has none left to keep: its pause is noted, and counts where a date put right shows it was in time.
    """
    if deadline.pausing:
        kind = PAUSES if deadline.state == PAUSED else NOTED
        yield change(kind, _held(deadline, 1), happened.on, "又有暂停事由，时限继续暂停。", by=happened.event)
        return
    paused = replace(deadline, pauses=(*deadline.pauses, Pause(happened.on, aware(happened.at))))
    if is_late(deadline, happened.on, aware(happened.at)):
        yield change(NOTED, paused, happened.on, by=happened.event)
        return
    if deadline.breached:
        yield (undone := _undo(deadline, happened, f"补录：时限自{zh(happened.on)}起暂停，当时未逾期，撤回原逾期记录。"))
        deadline = undone.deadline
    paused = replace(deadline, state=PAUSED, pauses=paused.pauses)
    if deadline.unit in (HOURS, UNTIL):
        yield change(PAUSES, paused, happened.on, "时限暂停。", by=happened.event)
        return
    spent = used(counted_of(deadline, clock, rulebook, calendar).days, happened.on)
    why = f"时限暂停，已用{spent}日，余{deadline.amount - spent}日。"
    yield change(PAUSES, paused, happened.on, why, by=happened.event, used=spent, left=deadline.amount - spent)


def _resume(deadline: Deadline, happened: Happened, clock: Clock, rulebook: Rulebook,
            calendar: Calendar) -> Iterator[Change]:
    """Goes on with the rest, from the day after; a new generation where that moves it. Other causes hold it on."""
    if deadline.pausing is None:
        return
    noted = deadline.state != PAUSED
    if deadline.pausing.causes > 1:
        kind = NOTED if noted else PAUSES
        yield change(kind, _held(deadline, -1), happened.on, "一项暂停事由消除，时限仍暂停。", by=happened.event)
        return
    pause = replace(deadline.pausing, until_on=happened.on, until=aware(happened.at))
    running = replace(deadline, state=OPEN, pauses=(*deadline.pauses[:-1], pause))
    if noted:
        yield change(NOTED, running, happened.on, by=happened.event)
        return
    resumed = computed(running, clock, rulebook, calendar)
    yield change(RESUMED, resumed, happened.on, f"时限恢复，{until(resumed)}。", by=happened.event, was=was(deadline))


def _held(deadline: Deadline, more: int) -> Deadline:
    last = deadline.pauses[-1]
    return replace(deadline, pauses=(*deadline.pauses[:-1], replace(last, causes=last.causes + more)))


# When it fires, what it shows

def fire(deadline: Deadline, now: datetime) -> Change | None:
    """The first change that time alone has brought by `now` and that has not fired in this generation.

    Asked again with the change's deadline it gives the next: after a long stop first the warning, then the breach,
    each with the day it fell on. A provisional one warns, but never breaches.
    """
    if deadline.state != OPEN:
        return None
    if not deadline.warned and deadline.yellow_at < deadline.due_at and deadline.yellow_at <= now:
        warned = replace(deadline, warned_generation=deadline.generation)
        return change(WARNED, warned, day_of(deadline.yellow_at), f"临近期限：{until(deadline)}。")
    if not deadline.breached and not deadline.provisional and deadline.due_at <= now:
        breached = replace(deadline, breached_generation=deadline.generation)
        return change(BREACHED, breached, day_of(deadline.due_at), f"逾期：{until(deadline)}，未办理。")
    return None


def next_look(deadline: Deadline) -> datetime | None:
    """The instant at which time alone will next change something; None: never, as it stands."""
    if deadline.state != OPEN:
        return None
    if not deadline.warned and deadline.yellow_at < deadline.due_at:
        return deadline.yellow_at
    return None if deadline.breached or deadline.provisional else deadline.due_at


def light(deadline: Deadline, now: datetime) -> str:
    """What it shows at `now`, computed from its facts, whether or not anything has fired yet: one of LIGHTS."""
    if deadline.state == MET:
        return {None: MET_UNCONFIRMED, True: MET_LATE, False: MET}[deadline.late]
    if deadline.state != OPEN:
        return deadline.state
    if now >= deadline.due_at:
        return OVERDUE_UNCONFIRMED if deadline.provisional else RED
    return YELLOW if now >= deadline.yellow_at else GREEN
