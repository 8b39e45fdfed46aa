"""Computing a deadline anew from the same start: another calendar, another rulebook, a date told wrong. Pure."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from shared.calendar.model import Calendar
from shared.deadlines.counting import Counted, Start, closing, count
from shared.deadlines.model import (
    BREACHED,
    CANCELLED,
    CORRECTED,
    LIVE,
    MET,
    MOVED,
    OPEN,
    PAUSED,
    Change,
    Deadline,
    Pause,
    change,
)
from shared.kernel.clock import CITY_ZONE, end_of, start_of
from shared.rulebook.model import Clock, Rulebook


def reproject(deadline: Deadline, rulebook: Rulebook, calendar: Calendar, on: date | None = None) -> Change | None:
    """The same start computed anew; None where nothing moves. `on`: the day of it, None for the day of entry.

    `corrected` where that undoes what was said (a breach that fired, met in time or late), else `moved`.
    """
    after = recounted(deadline, rulebook, calendar)
    if after.generation == deadline.generation:
        return None
    undone = withdrawn(deadline, after)
    said_otherwise = deadline.late is not None and after.late != deadline.late
    return change(CORRECTED if undone or said_otherwise else MOVED, after, on, _why(deadline, after),
                  was=was(deadline), withdrawn=undone)


def recounted(deadline: Deadline, rulebook: Rulebook, calendar: Calendar) -> Deadline:
    """The deadline as the versions given compute it, in a new generation where that moves it.

    One that is cancelled, or whose clock the rulebook does not have, stays as it is.
    """
    clock = rulebook.clocks.get(deadline.clock)
    if clock is None or deadline.state == CANCELLED:
        return deadline
    return computed(deadline, clock, rulebook, calendar)


def correct(
    deadline: Deadline,
    rulebook: Rulebook,
    calendar: Calendar,
    why: str,
    *,
    started_on: date | None = None,
    started_at: datetime | None = None,
    until_on: date | None = None,
    met_on: date | None = None,
    met_at: datetime | None = None,
    pauses: tuple[Pause, ...] | None = None,
    on: date | None = None,
) -> Change | None:
    """A date that the deadline rests on was told wrong (更正): computed anew; None where all stays as it was.

    Instants matter for hours only; a day given without one stands for its beginning.
    """
    right = deadline
    if started_on is not None:
        right = replace(right, started_on=started_on, started_at=started_at or start_of(started_on))
    if until_on is not None:
        right = replace(right, until_on=until_on)
    if pauses is not None:
        right = replace(right, pauses=pauses)
    if met_on is not None and deadline.state == MET:
        right = replace(right, met_on=met_on, met_at=met_at or start_of(met_on))
    if right == deadline:
        return None
    after = recounted(right, rulebook, calendar)
    if after.generation == deadline.generation:
        after = fresh(deadline, after)
    return change(CORRECTED, after, on, why, was=was(deadline), withdrawn=withdrawn(deadline, after))


def computed(deadline: Deadline, clock: Clock, rulebook: Rulebook, calendar: Calendar) -> Deadline:
    """The deadline counted anew, in a new generation where a date, its certainty or its lateness changes."""
    counted = counted_of(deadline, clock, rulebook, calendar)
    after = replace(
        deadline, due_on=counted.due_on, due_at=counted.due_at, yellow_at=counted.yellow_at,
        provisional=counted.provisional, rulebook=rulebook.version, calendar=calendar.version, says=clock.says,
        article=clock.source.article, law=clock.source.law, statutory=clock.source.statutory,
        unit=clock.amount.unit, amount=clock.amount.value)
    stands = after.pausing is not None and in_time(after, after.pausing)
    if after.state in LIVE:
        after = replace(after, state=PAUSED if stands else OPEN)
    elif after.state == MET and after.met_on is not None and after.met_at is not None:
        after = replace(after, late=False if stands else is_late(after, after.met_on, after.met_at))
    return after if _said(after) == _said(deadline) else fresh(deadline, after)


def in_time(deadline: Deadline, pause: Pause) -> bool:
    """Whether the deadline had not run out, for certain, when the pause began: then it stood still."""
    return not is_late(replace(deadline, state=OPEN), pause.since_on, pause.since)


def counted_of(deadline: Deadline, clock: Clock, rulebook: Rulebook, calendar: Calendar) -> Counted:
    """The deadline's count, day by day."""
    start = Start(deadline.started_on, deadline.started_at, deadline.until_on)
    return count(clock, start, deadline.pauses, calendar, closing(rulebook))


def fresh(before: Deadline, after: Deadline, withdraws: bool = False) -> Deadline:
    """`after` in the next generation. What fired stays true where its instant did not move, so it fires only once."""
    generation = before.generation + 1
    keeps_breach = before.breached and not (withdraws or withdrawn(before, after)) and after.due_at == before.due_at
    return replace(after, generation=generation,
                   warned_generation=generation if before.warned and after.yellow_at == before.yellow_at
                   else before.warned_generation,
                   breached_generation=generation if keeps_breach else before.breached_generation)


def is_late(deadline: Deadline, on: date, at: datetime) -> bool | None:
    """Whether met late, by the true date (hours, and the last day's end: the true time); None: past its day, but that
    is not certain yet.

    A paused clock stands still since before its end, so it is not late.
    """
    if deadline.state == PAUSED and not deadline.provisional:
        return False
    last = deadline.due_on or on
    past = on > last or (on == last and at >= deadline.due_at)
    return None if past and deadline.provisional else past


def _said(deadline: Deadline) -> tuple[object, ...]:
    """What a computation says: a change of any of these is a new generation."""
    return deadline.due_at, deadline.yellow_at, deadline.provisional, deadline.late, deadline.state == PAUSED


def was(deadline: Deadline) -> dict[str, Any]:
    """What the deadline said before, for the event that changes it."""
    return {"generation": deadline.generation, "due_on": deadline.due_on, "due_at": deadline.due_at,
            "yellow_at": deadline.yellow_at, "provisional": deadline.provisional, "late": deadline.late}


def withdrawn(deadline: Deadline, after: Deadline | None = None) -> dict[str, Any]:
    """The breach that stands no more: empty where none stood, or where it fell even earlier."""
    undone = deadline.breached and (
        after is None or after.due_at > deadline.due_at or after.late is False or after.state == PAUSED)
    return {"kind": BREACHED, "generation": deadline.generation} if undone else {}


def _why(before: Deadline, after: Deadline) -> str:
    """Which version changed and what that moves, in Chinese."""
    changed = [name for name, old, new in (("放假安排", before.calendar, after.calendar),
                                           ("规则", before.rulebook, after.rulebook)) if old != new]
    said = f"{'、'.join(changed) or '时限'}更新，重新计算："
    if after.due_at != before.due_at:
        said += f"由{until(before)}改为{until(after)}"
    elif after.provisional != before.provisional:
        said += f"{until(after)}，{'改为暂定' if after.provisional else '由暂定转为确定'}"
    else:
        said += f"{until(after)}，预警时间调整"
    if after.late is not None and after.late != before.late:
        said += f"，{'逾期办理' if after.late else '未逾期'}"
    return said + "。"


# Words

def until(deadline: Deadline) -> str:
    """应于2025年10月10日24时前办理."""
    return f"应于{zh(last_day(deadline))}{end_of_it(deadline)}前办理"


def last_day(deadline: Deadline) -> date:
    """The day on which it ends, of hours too."""
    return deadline.due_on or deadline.due_at.astimezone(CITY_ZONE).date()


def end_of_it(deadline: Deadline) -> str:
    """When it ends on that day: 24时, 16时00分."""
    if deadline.due_at == end_of(last_day(deadline)):
        return "24时"
    moment = deadline.due_at.astimezone(CITY_ZONE)
    return f"{moment.hour}时{moment.minute:02}分"


def zh(day: date) -> str:
    """2025年10月10日."""
    return f"{day.year}年{day.month}月{day.day}日"
