"""The board in figures: how many deadlines there are of each kind, and what became of those that were due, by period.

All of it from the rows of the board and the time, in one grouped query each: never from a count that is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.board import deadlines
from services.oversight.board.excuses import excused
from services.oversight.store import BOARD
from shared.acts.codes import in_words
from shared.acts.model import Viewer
from shared.contracts.register import Register
from shared.deadlines.model import CANCELLED, MET, OPEN, PAUSED
from shared.kernel.clock import end_of, start_of
from shared.kernel.errors import Refusal, Refused
from shared.law.store import Snapshot

# by what deadlines may be counted
AGENCY, CLOCK, LIGHT, SOURCE, SERVICE = "agency", "clock", "light", "source", "service"
DIMENSIONS = {AGENCY: "责任机关", CLOCK: "时限编号", LIGHT: "灯色", SOURCE: "依据", SERVICE: "服务"}
# what became of a deadline that is due: each is one of these
MET_IN_TIME, LATE, BREACHED, UNCONFIRMED, STILL_OPEN = "met", "met_late", "breached", "unconfirmed", "open"
OUTCOMES = {MET_IN_TIME: "按期完成", LATE: "逾期完成", BREACHED: "逾期未完成", UNCONFIRMED: "待确认", STILL_OPEN: "尚未到期"}
EXCUSED = "excused"                       # of those late or breached: with an excuse that was accepted
SPANS = {"day": 92, "week": 53 * 7, "month": 5 * 366}       # the longest time a trend is asked for, in days
UNITS = {"day": "日", "week": "周", "month": "月"}

DAY = 86_400_000_000                      # microseconds
AHEAD = 8 * 3_600_000_000                 # of UTC: the city knows no summer time
FIRST = date(1970, 1, 1)

UNKNOWN_DIMENSION = Refusal("UNKNOWN_DIMENSION", "不能按「{by}」统计；可以按：{known}。",
                            "Nothing is counted by {by}, but by {codes}.", "internal", 400, "by")
ASKED_TWICE = Refusal("DIMENSION_TWICE", "「{by}」写了不止一次。", "{by} stands there more than once.", "internal", 400, "by")
BAD_SPAN = Refusal("BAD_SPAN", "统计的时段应当写作 from、to 两个日期，to 不早于 from，按{unit}统计的不超过 {most} 日。",
                   "from and to are two dates in this order, by {by} no more than {most} days apart.", "internal", 400,
                   "from")


@dataclass(frozen=True, slots=True)
class Counted:
    """Figures by what was asked for, in its order, and their sum."""

    items: tuple[dict[str, Any], ...]
    total: int


def counts(tx: Connection, viewer: Viewer, law: Snapshot, now: datetime, by: Sequence[str],
           filters: Mapping[str, str]) -> Counted:
    """How many deadlines the viewer may see, by these dimensions. Raises Refused (400) for a dimension that there is
    not or that stands twice, and for a filter as a page of the board does."""
    for name in by:
        if name not in DIMENSIONS:
            raise Refused(UNKNOWN_DIMENSION.filled(by=name[:100], **in_words(DIMENSIONS)))
        if list(by).count(name) > 1:
            raise Refused(ASKED_TWICE.filled(by=name))
    columns = {AGENCY: BOARD.c.bound, CLOCK: BOARD.c.clock, LIGHT: deadlines.light_at(now), SERVICE: BOARD.c.service,
               SOURCE: deadlines.source_of(law.rulebooks.values())}
    rows = sa.select(*(columns[name].label(name) for name in by)).where(
        *deadlines.asked(viewer, law, now, filters)).subquery()
    chosen = sa.select(*rows.c, sa.func.count().label("number")).group_by(*rows.c)
    found = sorted(tx.execute(chosen), key=lambda row: tuple(row)[:-1])
    items = tuple({**_named(row._asdict(), law.register), "number": row.number} for row in found)
    return Counted(items, sum(row.number for row in found))


def _named(row: Mapping[str, Any], register: Register) -> dict[str, Any]:
    """The dimensions' values of a row, with the words for those that are codes."""
    told = {name: row[name] for name in DIMENSIONS if name in row}
    if AGENCY in told:
        found = register.get(told[AGENCY])
        told["agency_name"] = found.name if found else ""
    if LIGHT in told:
        told["light_title"] = deadlines.TITLES[told[LIGHT]]
    if SOURCE in told:
        told["source_title"] = deadlines.SOURCES[told[SOURCE]]
    return told


# what became of them

def outcome_at(now: datetime) -> sa.Case[str]:
    """What became of a row at `now`, as SQL; NULL: it was called off in time, and is no figure. A breach that stands is
    one also where the deadline ended or was paused after it."""
    row = BOARD.c
    over = row.due_at <= now
    return sa.case(
        (sa.and_(row.state == MET, row.late.is_(None)), UNCONFIRMED), (sa.and_(row.state == MET, row.late), LATE),
        (row.state == MET, MET_IN_TIME), (sa.and_(row.state == OPEN, over, row.provisional), UNCONFIRMED),
        (sa.and_(row.state == OPEN, over), BREACHED),
        (sa.and_(row.state.in_((PAUSED, CANCELLED)), row.breached), BREACHED),
        (row.state.in_((OPEN, PAUSED)), STILL_OPEN))


def sums(outcome: sa.ColumnElement[str], excuse: sa.ColumnElement[bool]) -> list[sa.Label[int]]:
    """A column for how many were due, for each outcome, and for those of them whose delay is excused."""
    def number(condition: sa.ColumnElement[bool], name: str) -> sa.Label[int]:
        return sa.func.sum(sa.case((condition, 1), else_=0)).label(name)

    late = sa.and_(outcome.in_((LATE, BREACHED)), excuse)
    return [number(outcome.is_not(None), "due"), *(number(outcome == name, name) for name in OUTCOMES),
            number(late, EXCUSED)]


def due_within(first: date, last: date) -> sa.ColumnElement[bool]:
    """Whether a row's last day is one of these, both included: the instant at which it is over ends its last day."""
    return sa.and_(BOARD.c.due_at > start_of(first), BOARD.c.due_at <= end_of(last))


def trends(tx: Connection, viewer: Viewer, law: Snapshot, now: datetime, by: str, span: tuple[date, date],
           filters: Mapping[str, str]) -> list[dict[str, Any]]:
    """Of each day, week (from its Monday) or month in the span, in order: how many were due and what became of them.
    Raises Refused (400) for another period, a span that is none or too long, and for a filter as a page does."""
    first, last = span
    if not timedelta(0) <= last - first < timedelta(days=SPANS[known_span(by)]):
        raise Refused(bad_span(by))
    day = (sa.type_coerce(BOARD.c.due_at, sa.BigInteger) - 1 + AHEAD) // DAY
    rows = sa.select(day.label("day"), outcome_at(now).label("outcome"), excused().label("excuse")).where(
        due_within(first, last), *deadlines.asked(viewer, law, now, filters)).subquery()
    chosen = sa.select(rows.c.day, *sums(rows.c.outcome, rows.c.excuse)).group_by(rows.c.day)
    return _periods(by, first, last, tx.execute(chosen).all())


def known_span(by: str) -> str:
    """By what a trend is told. Raises Refused (400) for another word."""
    if by not in SPANS:
        raise Refused(UNKNOWN_DIMENSION.filled(by=by[:100], **in_words(
            {name: f"按{unit}" for name, unit in UNITS.items()})))
    return by


def bad_span(by: str) -> Refusal:
    """That the days asked for are none, or too many by this."""
    return BAD_SPAN.filled(by=by, unit=UNITS[by], most=SPANS[by])


def _periods(by: str, first: date, last: date, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Every period of the span, those without any too."""
    told: dict[str, dict[str, Any]] = {}
    for number in range((last - first).days + 1):
        name = period_of(first + timedelta(days=number), by)
        told.setdefault(name, {"period": name, **dict.fromkeys(("due", *OUTCOMES, EXCUSED), 0)})
    for row in rows:
        period = told[period_of(FIRST + timedelta(days=row.day), by)]
        for name in ("due", *OUTCOMES, EXCUSED):
            period[name] += row._mapping[name]
    return list(told.values())


def period_of(day: date, by: str) -> str:
    """2025-09-29; of a week its Monday; of a month 2025-09."""
    if by == "week":
        day -= timedelta(days=day.weekday())
    return day.isoformat()[:7] if by == "month" else day.isoformat()
