"""Counting: from a start, a clock and a calendar to the last day, the instant of breach and that of yellow. Pure.

The day of an event does not count; the last day runs to its midnight in the city's zone, or to the close of business
where the rulebook says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shared.calendar.model import Calendar
from shared.deadlines.model import Pause
from shared.kernel.clock import CITY_ZONE, aware, day_of, end_of, start_of
from shared.rulebook.model import Clock, Rulebook

WORKING_DAYS, CALENDAR_DAYS, HOURS, UNTIL = "working_days", "calendar_days", "hours", "until"
ONE_DAY = timedelta(days=1)
PAUSED_DAY = "时限暂停"


@dataclass(frozen=True, slots=True)
class Start:
    """Where a clock counts from: the day that does not count, its instant, and the date an `until` clock runs to."""

    on: date
    at: datetime
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day after the start: whether it counts and why. `known`: whether the calendar was sure where it mattered."""

    day: date
    counts: bool
    why: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """A computation: the last day (None for hours), when it is breached and yellow, and each day looked at."""

    due_on: date | None
    due_at: datetime
    yellow_at: datetime
    provisional: bool
    days: tuple[CountedDay, ...] = ()


def closing(rulebook: Rulebook) -> time | None:
    """When the last day ends by the rulebook's counting: the close of business, or None for its midnight."""
    if rulebook.counting.get("last_day") != "until_close_of_business":
        return None
    return time.fromisoformat(rulebook.counting["close_of_business"])


def count(clock: Clock, start: Start, pauses: Sequence[Pause], calendar: Calendar,
          closes: time | None = None) -> Counted:
    """Counts a clock whose last day ends when it `closes`, or at midnight. An open pause takes no day away.

    Raises UnknownDay where working days before the calendar's first year are asked for.
    """
    if clock.amount.unit == HOURS:
        due_at = _end_of_hours(clock, start, pauses)
        return Counted(None, due_at, _yellow(clock, start, due_at, (), calendar), False)
    days = () if clock.amount.unit == UNTIL else tuple(_days(clock, start.on, pauses, calendar))
    due_on = start.until_on if clock.amount.unit == UNTIL else days[-1].day if days else start.on
    assert due_on is not None, f"{clock.id} runs until a date and has none"
    if clock.rolls:
        days = (*days[:-1], *_rolled(due_on, calendar))
        due_on = days[-1].day
    due_at = aware(datetime.combine(due_on, closes, CITY_ZONE)) if closes else end_of(due_on)
    provisional = any(not day.known for day in days)
    return Counted(due_on, due_at, _yellow(clock, start, due_at, days, calendar), provisional, days)


def used(days: Sequence[CountedDay], before: date) -> int:
    """How many of the days counted lie before the day: what is used up when a clock is paused on it."""
    return sum(day.counts for day in days if day.day < before)


def _days(clock: Clock, start: date, pauses: Sequence[Pause], calendar: Calendar) -> Iterator[CountedDay]:
    left, day = clock.amount.value, start
    while left > 0:
        day += ONE_DAY
        counted = _day(clock, day, pauses, calendar)
        yield counted
        left -= counted.counts


def _day(clock: Clock, day: date, pauses: Sequence[Pause], calendar: Calendar) -> CountedDay:
    if any(pause.holds(day) for pause in pauses):
        return CountedDay(day, False, PAUSED_DAY)
    if clock.amount.unit == CALENDAR_DAYS:
        return CountedDay(day, True, "自然日")
    known = calendar.day(day)
    return CountedDay(day, known.working, known.why, known.known)


def _rolled(due_on: date, calendar: Calendar) -> Iterator[CountedDay]:
    """The last day, and where it is no working day those after it up to the first that is."""
    known = calendar.day(due_on)
    yield CountedDay(due_on, True, known.why, known.known)
    while not known.working:
        known = calendar.day(known.day + ONE_DAY)
        yield CountedDay(known.day, False, f"{known.why}，{'顺延至此' if known.working else '顺延'}", known.known)


def _end_of_hours(clock: Clock, start: Start, pauses: Sequence[Pause]) -> datetime:
    due_at = aware(start.at) + timedelta(hours=clock.amount.value)
    for pause in pauses:
        if pause.until is not None and pause.since < due_at:      # a later one began when the hours had run out
            due_at += pause.until - pause.since
    return due_at


def _yellow(clock: Clock, start: Start, due_at: datetime, days: Sequence[CountedDay], calendar: Calendar) -> datetime:
    """When so much is left: never before the start, never after the breach. An amount of none: never yellow."""
    value = clock.yellow.value
    if value <= 0:
        return due_at
    if clock.yellow.unit == HOURS:
        yellow_at = due_at - timedelta(hours=value)
    elif clock.yellow.unit == WORKING_DAYS and clock.amount.unit == WORKING_DAYS:
        counted = [day.day for day in days if day.counts]
        yellow_at = start_of(counted[-value:][0]) if counted else due_at
    elif clock.yellow.unit == WORKING_DAYS:
        yellow_at = start_of(_working_day_back(day_of(due_at - timedelta(microseconds=1)), value, start.on, calendar))
    else:
        yellow_at = start_of(day_of(due_at - timedelta(microseconds=1)) - (value - 1) * ONE_DAY)
    return min(max(yellow_at, aware(start.at)), due_at)


def _working_day_back(day: date, number: int, not_before: date, calendar: Calendar) -> date:
    """The `number`th last working day up to and with `day`, but not before the start."""
    while day > not_before:
        number -= calendar.day(day).working
        if number <= 0:
            break
        day -= ONE_DAY
    return day
