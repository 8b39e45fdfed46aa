"""Parked events: what a handler failed on, and what waits behind it.

A failing event is written here with the cursor, so that news goes on. Later events of its stream queue behind it;
events without a stream (calendars, rulebooks, agencies) queue behind each other. An event whose text can't be read
holds nobody. The first of a stream is tried again after growing pauses; ops may retry it now, or drop it with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.bus.tables import parked
from shared.telemetry.metrics import PARKED

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
UNREADABLE = ""          # the event name of a text that can't be read
CAUSE_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Parked:
    """A parked event as ops see it."""

    consumer: str
    source: str
    position: int
    epoch: str
    stream: str
    event: str
    cause: str
    tries: int
    next_try: datetime | None
    parked_at: datetime
    body: str
    dropped_at: datetime | None = None
    dropped_by: str = ""
    reason: str = ""


class NotParked(LookupError):
    """No event is parked there, or it was dropped already."""


def pause(tries: int) -> timedelta:
    """How long after the `tries`-th failed try the next one comes: 5 s, 15 s, 45 s … one hour."""
    return min(FIRST_PAUSE * 3 ** min(tries - 1, 12), LONGEST_PAUSE) if tries else timedelta(0)


def park(tx: Connection, row: Parked) -> None:
    """Writes it. A position that is parked already stays as it is: its event came a second time. One of an epoch that
    is over was given up, or the consumer could not have been settled before it: it gives way."""
    known = tx.execute(sa.select(parked.c.epoch).where(*_at(row.consumer, row.source, row.position))).first()
    if known and known.epoch != row.epoch:
        tx.execute(parked.delete().where(*_at(row.consumer, row.source, row.position)))
    if known is None or known.epoch != row.epoch:
        tx.execute(parked.insert().values(
            consumer=row.consumer, source=row.source, position=row.position, epoch=row.epoch, stream=row.stream,
            event=row.event, cause=row.cause[:CAUSE_LENGTH], tries=row.tries, next_try=row.next_try,
            parked_at=row.parked_at, body=row.body))


# asked by every follower at every step, so built once
_WAITING = (parked.c.consumer == sa.bindparam("consumer"), parked.c.source == sa.bindparam("source"),
            parked.c.dropped_at.is_(None))
_HOLDING = sa.select(parked.c.stream).distinct().where(*_WAITING, parked.c.event != UNREADABLE)
_COUNT = sa.select(sa.func.count()).select_from(parked).where(*_WAITING)
_FIRSTS = sa.select(parked).where(*_WAITING, sa.or_(parked.c.event == UNREADABLE, parked.c.position.in_(
    sa.select(sa.func.min(parked.c.position)).where(*_WAITING, parked.c.event != UNREADABLE).group_by(parked.c.stream)
))).order_by(parked.c.position)


def holding(tx: Connection, consumer: str, source: str) -> set[str]:
    """The streams that have a parked event, so that later ones must queue behind it."""
    return set(tx.scalars(_HOLDING, {"consumer": consumer, "source": source}))


def due(tx: Connection, consumer: str, source: str, now: datetime) -> list[Parked]:
    """The first of each stream, where its next try has come."""
    return [row for row in _firsts(tx, consumer, source) if row.next_try is None or row.next_try <= now]


def next_due(tx: Connection, consumer: str, source: str) -> datetime | None:
    """When the next try comes; None: nothing waits."""
    return min((row.next_try or row.parked_at for row in _firsts(tx, consumer, source)), default=None)


def _firsts(tx: Connection, consumer: str, source: str) -> list[Parked]:
    """The first of each stream, by position; an unreadable one stands for itself. What waits behind is not read."""
    return [_parked(row) for row in tx.execute(_FIRSTS, {"consumer": consumer, "source": source})]


def claim(tx: Connection, row: Parked, now: datetime) -> bool:
    """Counts a try before it is made, so that one that kills the process is counted too. False: another claimed it."""
    claimed = tx.execute(parked.update().where(
        *_at(row.consumer, row.source, row.position), parked.c.tries == row.tries, parked.c.dropped_at.is_(None),
    ).values(tries=row.tries + 1, next_try=now + pause(row.tries + 1)))
    return claimed.rowcount == 1


def failed(tx: Connection, row: Parked, cause: str) -> None:
    """Writes why the last try failed."""
    tx.execute(parked.update().where(*_at(row.consumer, row.source, row.position)).values(cause=cause[:CAUSE_LENGTH]))


def solved(tx: Connection, row: Parked) -> None:
    """Takes it away, in the transaction of the handler that succeeded."""
    tx.execute(parked.delete().where(*_at(row.consumer, row.source, row.position)))


# what `liandong parked` does

def listed(tx: Connection, *, dropped: bool = False) -> Sequence[Parked]:
    """Every parked event of this database, by consumer, source and position; with `dropped` those given up too."""
    query = sa.select(parked).order_by(parked.c.consumer, parked.c.source, parked.c.position)
    return [_parked(row) for row in tx.execute(query if dropped else query.where(parked.c.dropped_at.is_(None)))]


def shown(tx: Connection, consumer: str, source: str, position: int) -> Parked:
    """One parked event, dropped or not. Raises NotParked."""
    row = tx.execute(sa.select(parked).where(*_at(consumer, source, position))).first()
    if row is None:
        raise NotParked(f"{consumer} has nothing parked of {source} at {position}")
    return _parked(row)


def retry(tx: Connection, consumer: str, source: str, position: int, now: datetime) -> None:
    """Lets the worker try it at once, when it is the first of its stream. Raises NotParked."""
    _change(tx, consumer, source, position, next_try=now)


def drop(tx: Connection, consumer: str, source: str, position: int, *, now: datetime, by: str, reason: str) -> None:
    """Gives an event up: the next of its stream goes on without it. `by` is the appointment that answers for it.
    Raises NotParked; ValueError without a reason."""
    if not reason.strip() or not by.strip():
        raise ValueError("a parked event is dropped by an appointment and with a reason")
    _change(tx, consumer, source, position, dropped_at=now, dropped_by=by, reason=reason)


def count(tx: Connection, consumer: str, source: str) -> None:
    """Sets the gauge."""
    waiting = tx.scalar(_COUNT, {"consumer": consumer, "source": source})
    PARKED.labels(consumer, source).set(waiting or 0)


def _change(tx: Connection, consumer: str, source: str, position: int, **values: Any) -> None:
    changed = tx.execute(parked.update().where(
        *_at(consumer, source, position), parked.c.dropped_at.is_(None)).values(**values))
    if not changed.rowcount:
        raise NotParked(f"{consumer} has nothing waiting of {source} at {position}")


def _at(consumer: str, source: str, position: int) -> tuple[sa.ColumnElement[bool], ...]:
    return parked.c.consumer == consumer, parked.c.source == source, parked.c.position == position


def _parked(row: Any) -> Parked:
    return Parked(**row._mapping)
