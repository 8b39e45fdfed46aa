"""Files that were uploaded and that no case names yet: each appointment has room for so many of them, and no more.

Room is taken before the file is read, so that many uploads at once have no more of it than one after the other. A file
stops waiting when a case names it, and is forgotten when it is old enough for the sweeper.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import SHARED, Database, UtcInstant, one_at_a_time
from shared.files.store import Stored
from shared.files.uses import file_use
from shared.kernel.clock import Clock
from shared.kernel.errors import Refusal, Refused

file_waiting = sa.Table(
    "file_waiting", SHARED,
    sa.Column("appointment", sa.String(64), primary_key=True),
    sa.Column("digest", sa.String(80), primary_key=True),       # of an upload under way: a place of its own
    sa.Column("size", sa.BigInteger, nullable=False),           # bytes; of an upload under way: as announced
    sa.Column("at", UtcInstant, nullable=False, index=True),
)

AGAIN = 60        # seconds: room comes as soon as an act names one of them, or an upload under way ends
TOO_MANY = Refusal(
    "FILES_WAITING", "您已上传而尚未入卷的文件有 {count} 个、{size} 字节，已到上限；请先将其入卷，未入卷的一天后自动清除。",
    "{count} files of yours ({size} bytes) wait for an act that names them: that is the most. Use them first; what is "
    "not used goes after a day.", article="internal", status=429, where="file")


def too_many(count: int, size: int) -> Refusal:
    """The refusal, with when to try again."""
    return TOO_MANY.filled(count=count, size=size, seconds=AGAIN)


@dataclass(slots=True)
class Place:
    """The room of one upload: `stored` says what came into it."""

    stored: Stored | None = None


class Room:
    """How many files, and how many bytes, may wait for an appointment."""

    def __init__(self, db: Database, clock: Clock, files: int, size: int) -> None:
        self._db, self._clock, self._files, self._size = db, clock, files, size

    @contextmanager
    def place(self, appointment: str, size: int) -> Iterator[Place]:
        """Room for one upload of at most `size` bytes; given back where nothing was stored. Raises Refused (429)."""
        under_way, place = f"upload:{uuid.uuid4()}", Place()
        with self._db.write() as tx:
            one_at_a_time(tx, f"files:{appointment}")
            count, waiting = waiting_of(tx, appointment)
            if count >= self._files or (waiting and waiting + size > self._size):
                raise Refused(too_many(count, waiting))
            self._put(tx, appointment, under_way, size)
        try:
            yield place
        finally:
            with self._db.write() as tx:
                _forget(tx, appointment, under_way)
                if place.stored:
                    _forget(tx, appointment, place.stored.digest)
                    self._put(tx, appointment, place.stored.digest, place.stored.size)

    def _put(self, tx: Connection, appointment: str, digest: str, size: int) -> None:
        tx.execute(file_waiting.insert(), {"appointment": appointment, "digest": digest, "size": size,
                                           "at": self._clock.now()})


def waiting_of(tx: Connection, appointment: str) -> tuple[int, int]:
    """How many files of an appointment no case names, and their bytes."""
    named = sa.select(file_use.c.digest).where(file_use.c.digest == file_waiting.c.digest)
    row = tx.execute(sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(file_waiting.c.size), 0)).where(
        file_waiting.c.appointment == appointment, ~named.exists())).one()
    return int(row[0]), int(row[1])


def uploaded(tx: Connection, appointment: str, digest: str) -> bool:
    """Whether the appointment itself uploaded the file of that digest within the last day. An act that takes a file by
    its digest asks: whoever could name another's file so could read it."""
    found = sa.select(file_waiting.c.digest).where(
        file_waiting.c.appointment == appointment, file_waiting.c.digest == digest)
    return tx.execute(found).first() is not None


def sweep(tx: Connection, before: datetime) -> int:
    """Forgets what is so old that the files' sweeper has it; returns how many."""
    return tx.execute(file_waiting.delete().where(file_waiting.c.at < before)).rowcount


def _forget(tx: Connection, appointment: str, digest: str) -> None:
    tx.execute(file_waiting.delete().where(file_waiting.c.appointment == appointment, file_waiting.c.digest == digest))
