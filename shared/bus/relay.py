"""The relay publishes a service's journal to the broker, in order, from where it stopped. One is active a service.

The cursor is moved by compare-and-set over what the broker has confirmed without a hole. A crash between publish and
cursor publishes again: followers know duplicates by their position.
"""

import logging
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.bus.amqp import Publisher
from shared.bus.lease import Lease
from shared.bus.tables import relay_cursor
from shared.db import Database
from shared.journal.log import Journal
from shared.journal.model import ForRelay
from shared.metrics import JOURNAL_HEAD, RELAY_ACTIVE, RELAY_POSITION

log = logging.getLogger(__name__)

CARRIER = "amqp"
CHUNK, WINDOW = 500, 1000       # entries read at once; messages sent ahead of their confirms
STEP = 10_000                   # entries a step, so that it ends however fast others commit


class Overtaken(Exception):
    """Another relay moved the cursor: this one lost its lease without noticing, and starts anew."""


class Relay:
    """The relay of one service. `publisher(after)` opens a channel that goes on after that position."""

    def __init__(self, db: Database, journal: Journal, publisher: Callable[[int], Publisher]) -> None:
        self._db, self._journal, self._open = db, journal, publisher
        self._service = journal.service
        self._lease = Lease(db, "relay")
        self._publisher: Publisher | None = None

    def step(self) -> int:
        """Publishes what there is now, at most STEP, where this is the active relay; returns how many were confirmed.

        Raises PublishFailed, Overtaken, the broker's and the database's errors; the next step begins on a new channel.
        """
        if not self._lease.held():
            RELAY_ACTIVE.labels(self._service).set(0)
            return 0
        RELAY_ACTIVE.labels(self._service).set(1)
        try:
            return self._publish()
        except BaseException:
            self._drop()
            raise

    def close(self) -> None:
        """Closes the channel and lets another relay go on."""
        self._drop()
        self._lease.release()

    def _publish(self) -> int:
        with self._db.read() as tx:
            start = position = _cursor(tx)
            head = self._journal.head(tx)
            until = min(head.position, position + STEP)
            chunk = self._journal.for_relay(tx, position, min(CHUNK, until - position)) if until > position else []
        JOURNAL_HEAD.labels(self._service).set(head.position)
        RELAY_POSITION.labels(self._service).set(position)
        if head.position == position:
            if self._publisher is not None:
                self._publisher.beat()
            return 0
        if self._publisher is None:
            self._publisher = self._open(position)
        sent = position
        while True:
            try:
                for entry in chunk:
                    self._publisher.publish(entry)
                    sent = entry.position
                self._publisher.settle(WINDOW if chunk else 0)
            finally:
                position = self._move(position, self._publisher.confirmed, head.epoch)
            if not chunk:
                return position - start
            chunk = self._chunk(sent, until)

    def _chunk(self, after: int, until: int) -> list[ForRelay]:
        if after >= until:
            return []
        with self._db.read() as tx:
            return self._journal.for_relay(tx, after, min(CHUNK, until - after))

    def _move(self, old: int, new: int, epoch: str) -> int:
        """Compare-and-set of the cursor. Raises Overtaken."""
        if new <= old:
            return old
        with self._db.write() as tx:
            moved = tx.execute(relay_cursor.update().where(
                relay_cursor.c.carrier == CARRIER, relay_cursor.c.position == old).values(position=new, epoch=epoch))
            if not moved.rowcount and (old or not _begin(tx, new, epoch)):
                raise Overtaken(f"the cursor of {self._service} is no longer at {old}")
        RELAY_POSITION.labels(self._service).set(new)
        return new

    def _drop(self) -> None:
        if self._publisher is not None:
            self._publisher.close()
            self._publisher = None


def _cursor(tx: Connection) -> int:
    return tx.scalar(sa.select(relay_cursor.c.position).where(relay_cursor.c.carrier == CARRIER)) or 0


def _begin(tx: Connection, position: int, epoch: str) -> bool:
    """The first row; False where another relay was quicker."""
    return tx.execute(sa.text("INSERT INTO relay_cursor (carrier, epoch, position) "
                              "VALUES (:carrier, :epoch, :position) ON CONFLICT DO NOTHING"),
                      {"carrier": CARRIER, "epoch": epoch, "position": position}).rowcount == 1


