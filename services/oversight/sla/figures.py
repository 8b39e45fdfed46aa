"""The SLA's figures at one moment, for Prometheus: counted on the board in two grouped reads, however large it is.

What became of a deadline is said as everywhere else (`figures`): by its true dates, so one that was met in time is met
in time, also where it was entered after its breach had fired.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.board.deadlines import light_at, told_to_overseers
from services.oversight.board.excuses import EXCUSED, WITHDRAWN, excused, withdrawn
from services.oversight.board.figures import BREACHED, LATE, MET_IN_TIME, UNCONFIRMED, outcome_at
from services.oversight.store import BOARD
from shared.calendar.model import Calendar
from shared.deadlines.counting import WORKING_DAYS
from shared.deadlines.model import CANCELLED, LIVE, OPEN, PAUSED
from shared.deadlines.rules import GREEN, OVERDUE_UNCONFIRMED, RED, YELLOW
from shared.kernel.clock import day_of
from shared.law.store import Snapshot

WINDOWS = {"7d": 7, "30d": 30, "90d": 90}       # days back from now, by the instant at which it was due
LONGEST = timedelta(days=max(WINDOWS.values()))
YEAR = timedelta(days=366)                      # no clock allows more working days than a year has
LIGHTS = {GREEN: GREEN, YELLOW: YELLOW, RED: RED, OVERDUE_UNCONFIRMED: UNCONFIRMED, PAUSED: PAUSED}
OUTCOMES = (MET_IN_TIME, LATE, BREACHED, EXCUSED, WITHDRAWN, CANCELLED)
JUDGED = (MET_IN_TIME, LATE, BREACHED)          # of which compliance is counted
OTHER = "other"                                 # what is neither in the register nor in a rulebook, or was folded

AGENCY, CLOCK, STATUTORY = 0, 1, 2              # where these stand in the keys below

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """How many deadlines there are of each kind; each key begins with an agency and a clock."""

    running: Counter[Key] = field(default_factory=Counter)             # …, statutory, light
    settled: Counter[Key] = field(default_factory=Counter)             # …, statutory, window, outcome
    used: dict[Key, Counter[float]] = field(default_factory=dict)      # …, window -> by the ratio used


def figures(tx: Connection, law: Snapshot, now: datetime) -> Figures:
    """What the board holds at `now`, but for plans that are drafted still."""
    known, found = _Known(law), Figures()
    for row in tx.execute(_running(now)):
        found.running[*known.labels(row), LIGHTS[row.light]] += row.number
    for row in tx.execute(_settled(now, law.calendar)):
        agency, clock, statutory = known.labels(row)
        for window in WINDOWS:
            if number := int(row._mapping[window]):
                found.settled[agency, clock, statutory, window, row.outcome] += number
                if row.left is not None:
                    ratios = found.used.setdefault((agency, clock, window), Counter())
                    ratios[max(0, row.amount - row.left) / row.amount] += number
    return found


def names(found: Figures, law: Snapshot, today: date) -> tuple[dict[str, str], dict[str, str]]:
    """What people call the agencies and the clocks that the figures name: the register's name, and what the clock
    demands by the rulebook of today, else by one that still has it."""
    keys = {*found.running, *found.settled}
    agencies, clocks = {key[AGENCY] for key in keys} - {OTHER}, {key[CLOCK] for key in keys} - {OTHER}
    rulebooks = (law.current(today), *law.rulebooks.values())
    return ({agency: law.register.name_of(agency) for agency in agencies},
            {clock: next(each.clocks[clock].says for each in rulebooks if clock in each.clocks) for clock in clocks})


class _Known:
    """The values that labels may have."""

    def __init__(self, law: Snapshot) -> None:
        self._agencies = law.register.agencies
        self._clocks = {clock for rulebook in law.rulebooks.values() for clock in rulebook.clocks}

    def labels(self, row: sa.Row[Any]) -> tuple[str, str, str]:
        """agency, clock, statutory of a row."""
        return (row.bound if row.bound in self._agencies else OTHER, row.clock if row.clock in self._clocks else OTHER,
                "true" if row.statutory else "false")


def _running(now: datetime) -> sa.Select[Any]:
    row = BOARD.c
    lit = sa.select(row.bound, row.clock, row.statutory, light_at(now).label("light")).where(
        row.state.in_(LIVE), told_to_overseers()).subquery()
    return sa.select(*lit.c, sa.func.count().label("number")).group_by(*lit.c)


def _settled(now: datetime, calendar: Calendar) -> sa.Select[Any]:
    """Rows of bound, clock, statutory, outcome and how many of each window; where working days are told, apart for each
    number of days allowed (`amount`) and `left` when it was met, or today; `left` None: they are not."""
    row, days = BOARD.c, _days(calendar, day_of(now))
    rows = sa.select(
        row.bound, row.clock, row.statutory, row.due_at, row.amount, _outcome(now).label("outcome"),
        _counted_to().label("last_day"), _used_to(day_of(now)).label("used_to"), row.paused_on).where(
            row.due_at > now - LONGEST, row.due_at <= now, told_to_overseers()).cte("due_row")
    rows = rows.prefix_with("MATERIALIZED")       # else what became of a row is worked out wherever that is named below
    due, last, used = rows.c, days.alias("last"), days.alias("used")
    spent = sa.case((due.paused_on.is_(None), used.c.worked), else_=used.c.before)
    left = sa.case((due.outcome.in_(JUDGED), last.c.worked - spent)).label("left")
    counts = [sa.func.sum(sa.case((due.due_at > now - timedelta(days=number), 1), else_=0)).label(window)
              for window, number in WINDOWS.items()]
    kind = (due.bound, due.clock, due.statutory, due.outcome, due.amount, left)
    joined = rows.outerjoin(last, last.c.day == due.last_day).outerjoin(used, used.c.day == due.used_to)
    return sa.select(*kind, *counts).select_from(joined).where(due.outcome.in_(OUTCOMES)).group_by(*kind)


def _outcome(now: datetime) -> sa.Case[str]:
    """What became of a row that is due. One whose day is not confirmed, or that stands still, is none of OUTCOMES."""
    became = outcome_at(now)
    return sa.case((sa.and_(became.in_((LATE, BREACHED)), excused()), EXCUSED),
                   (sa.and_(became.is_(None), withdrawn()), WITHDRAWN), (became.is_(None), CANCELLED), else_=became)


def _counted_to() -> sa.Case[date]:
    """The last day of a row that counts in working days. None: it does not, or it was met while it stood still and was
    kept before the board knew since when."""
    row = BOARD.c
    unknown = sa.and_(row.late.is_(False), row.met_on > row.due_on, row.paused_on.is_(None))
    return sa.case((sa.and_(row.unit == WORKING_DAYS, row.amount > 0, sa.not_(sa.func.coalesce(unknown, False))),
                    row.due_on))


def _used_to(today: date) -> sa.Case[date]:
    """The day up to which a row has used days: that on which it was met, or since which it had stood still by then
    (that day itself is not used), today while it runs; None: it was called off."""
    row, first = BOARD.c, sa.literal(_first_day(today), sa.Date)
    ended = sa.func.coalesce(row.paused_on, row.met_on)
    return sa.case((row.state == OPEN, sa.literal(today, sa.Date)), (ended < first, first), else_=ended)


def _first_day(today: date) -> date:
    """What was met before had used nothing of its days, whichever window it is in."""
    return today - LONGEST - YEAR


def _days(calendar: Calendar, today: date) -> sa.CTE:
    """Each day with the number of days worked up to it, and before it. Two of a deadline's days lie as many working
    days apart as their numbers: no pause lies between the last day and that on which it was met or stopped, so what is
    left of the amount is the same whatever stood still before."""
    worked, rows, day = 0, [], _first_day(today)
    while day <= today:
        before, worked = worked, worked + calendar.day(day).working
        rows.append((day, worked, before))
        day += timedelta(days=1)
    columns = (sa.column("day", sa.Date), sa.column("worked", sa.Integer), sa.column("before", sa.Integer))
    return sa.values(*columns, name="days").data(rows).cte()
