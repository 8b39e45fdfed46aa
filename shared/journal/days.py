"""A day's entries as one reader was told them: how many of each type, the first and the last, and a digest over their
ids, so that two sides can compare a day without sending it again (对账).

The digest is of the UTF-8 text in which each id, in the order of positions, is followed by a line feed. Whoever has the
events makes it anew: of the day are those whose `time` falls on it in Asia/Shanghai.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.crypto.digests import tagged
from shared.journal.reading import CHUNK, Wanted
from shared.journal.tables import journal, journal_audience
from shared.kernel.clock import CITY_ZONE, day_of

_OF_DAY = journal.c.recorded_at >= sa.bindparam("since"), journal.c.recorded_at < sa.bindparam("until")
# `+ 0`: else the planner walks the positions from the first one on, instead of asking the index of times
_REACH = sa.select(sa.func.min(journal.c.position + 0), sa.func.max(journal.c.position + 0)).where(*_OF_DAY)
_ENTRIES = sa.select(journal.c.position, journal.c.id, journal.c.type, journal.c.stream).where(
    *_OF_DAY, journal.c.position >= sa.bindparam("first"), journal.c.position <= sa.bindparam("last"))
_ALL = _ENTRIES.order_by(journal.c.position)
_TOLD = _ENTRIES.select_from(
    journal_audience.join(journal, journal.c.position == journal_audience.c.position)).where(
    journal_audience.c.agency == sa.bindparam("agency"), journal_audience.c.position >= sa.bindparam("first"),
    journal_audience.c.position <= sa.bindparam("last")).order_by(journal_audience.c.position)


@dataclass(frozen=True, slots=True)
class Day:
    """What a reader was told on a day. `types`: how many by the event's name. No entries: no first and no last."""

    count: int
    types: Mapping[str, int]
    first: int | None
    last: int | None
    digest: str


def bounds(day: date) -> tuple[datetime, datetime]:
    """The instants in which the day begins and the next one does, in the city."""
    begins = datetime.combine(day, time(), CITY_ZONE)
    return begins, begins + timedelta(days=1)


def first_day(tx: Connection) -> date | None:
    """The day of the journal's first entry."""
    first = tx.execute(sa.select(journal.c.recorded_at).order_by(journal.c.position).limit(1)).scalar()
    return None if first is None else day_of(first)


def first_since(tx: Connection, day: date) -> int:
    """The first position recorded on that day or later; one after the head where there is none."""
    found = tx.execute(sa.select(sa.func.min(journal.c.position + 0)).where(
        journal.c.recorded_at >= bounds(day)[0])).scalar()
    return found or (tx.execute(sa.select(sa.func.max(journal.c.position))).scalar() or 0) + 1


def told_on(tx: Connection, wanted: Wanted, day: date) -> Day:
    """What the reader was told on the day."""
    types: dict[str, int] = {}
    positions: list[int] = []
    ids: list[str] = []
    for position, id, type in _entries(tx, wanted, day):
        types[type] = types.get(type, 0) + 1
        positions[1:] = [position]
        ids.append(f"{id}\n")
    return Day(len(ids), dict(sorted(types.items())), positions[0] if positions else None,
               positions[-1] if positions else None, tagged("".join(ids)))


def _entries(tx: Connection, wanted: Wanted, day: date) -> Iterator[tuple[int, str, str]]:
    since, until = bounds(day)
    within = {"since": since, "until": until}
    first, last = tx.execute(_REACH, within).one()
    if first is None:
        return
    asked: dict[str, Any] = {**within, "first": first, "last": last}
    if wanted.agency is not None:
        asked["agency"] = wanted.agency
    found = tx.execute(_ALL if wanted.agency is None else _TOLD, asked)
    for rows in found.partitions(CHUNK):
        its = None if wanted.chosen is None else set(wanted.chosen(tx, {row.stream for row in rows}))
        yield from ((row.position, row.id, row.type) for row in rows if its is None or row.stream in its)
