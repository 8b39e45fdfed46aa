"""How far a consumer is with a source: one row, moved in the transaction of its handlers."""

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.bus.tables import follower_cursor


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last position handled, of which epoch, the id of the entry there and when it was recorded. Position 0:
    nothing yet."""

    consumer: str
    source: str
    epoch: str = ""
    position: int = 0
    last_id: str = ""
    last_at: datetime | None = None


class CursorMoved(Exception):
    """Another worker handled the same news in the meantime."""


_READ = sa.select(follower_cursor).where(       # asked at every step, so built once
    follower_cursor.c.consumer == sa.bindparam("consumer"), follower_cursor.c.source == sa.bindparam("source"))


def read(tx: Connection, consumer: str, source: str) -> Cursor:
    """The cursor; a new one where there is none yet."""
    row = tx.execute(_READ, {"consumer": consumer, "source": source}).first()
    return Cursor(**row._mapping) if row else Cursor(consumer, source)


def listed(tx: Connection) -> list[Cursor]:
    """Every cursor of this database, for `liandong status`."""
    return [Cursor(**row._mapping) for row in tx.execute(
        sa.select(follower_cursor).order_by(follower_cursor.c.consumer, follower_cursor.c.source))]


def lock(tx: Connection, expected: Cursor | None, consumer: str = "", source: str = "") -> Cursor:
    """Locks the row, made where it lacks. Raises CursorMoved when it is not where `expected` says."""
    consumer, source = (expected.consumer, expected.source) if expected else (consumer, source)
    chosen = sa.select(follower_cursor).where(*_key(consumer, source)).with_for_update()
    row = tx.execute(chosen).first()
    if row is None:
        tx.execute(sa.text("INSERT INTO follower_cursor (consumer, source, epoch, position, last_id) "
                           "VALUES (:consumer, :source, '', 0, '') ON CONFLICT DO NOTHING"),
                   {"consumer": consumer, "source": source})
        row = tx.execute(chosen).one()
    cursor = Cursor(**row._mapping)
    if expected is not None and cursor != expected:
        raise CursorMoved(f"{consumer} is at {cursor.position} of {source}, not at {expected.position}")
    return cursor


def move(tx: Connection, cursor: Cursor) -> None:
    """Moves the locked row on to where `cursor` says."""
    tx.execute(follower_cursor.update().where(*_key(cursor.consumer, cursor.source))
               .values(position=cursor.position, last_id=cursor.last_id, last_at=cursor.last_at))


def adopt(tx: Connection, cursor: Cursor, epoch: str) -> Cursor:
    """Goes over to another epoch of the source at the same position. Raises CursorMoved."""
    lock(tx, cursor)
    tx.execute(follower_cursor.update().where(*_key(cursor.consumer, cursor.source)).values(epoch=epoch))
    return replace(cursor, epoch=epoch)


def settle(tx: Connection, consumer: str, source: str, epoch: str, position: int, last_id: str) -> None:
    """Puts a stopped consumer where a person decided that it goes on. Reactions to what came before are not undone."""
    lock(tx, None, consumer, source)
    tx.execute(follower_cursor.update().where(*_key(consumer, source)).values(
        epoch=epoch, position=position, last_id=last_id, last_at=None))


def _key(consumer: str, source: str) -> tuple[sa.ColumnElement[bool], ...]:
    return follower_cursor.c.consumer == consumer, follower_cursor.c.source == source
