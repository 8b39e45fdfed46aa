"""The relay publishes a service's journal to the broker, in order, from where it stopped. One is active a service.

The cursor is moved by compare-and-set over what the broker has confirmed without a hole. A crash between publish and
cursor publishes again: followers know duplicates by their position.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.bus.copies import Copies, Copy
from shared.bus.lease import Lease
from shared.bus.legs import PUBLISHED, Leg
from shared.bus.publishing import Publisher, Taken
from shared.bus.tables import relay_cursor
from shared.db.database import Database
from shared.journal import carrying, probe
from shared.journal.log import Journal
from shared.journal.model import PROBE, ForRelay, Head
from shared.journal.sent import QUEUE, Sent, note
from shared.law import queues
from shared.telemetry.metrics import JOURNAL_HEAD, RELAY_ACTIVE, RELAY_POSITION

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
        self._copies = Copies(db, journal)
        self._publisher: Publisher | None = None
        self._leg = Leg(self._service, PUBLISHED)
        self._probes: dict[int, datetime] = {}      # sent and not confirmed: position -> when it was recorded

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
        RELAY_ACTIVE.labels(self._service).set(0)

    def _publish(self) -> int:
        with self._db.read() as tx:
            position = published(tx)
            head = self._journal.head(tx)
        JOURNAL_HEAD.labels(self._service).set(head.position)
        RELAY_POSITION.labels(self._service).set(position)
        again = self._send_again(position)
        news = self._send_news(position, head) if head.position > position else 0
        if self._publisher is not None:
            if not (again or news):
                self._publisher.beat()
            self._publisher.look()
            self._tell(self._publisher)
        return again + news

    def _tell(self, publisher: Publisher) -> None:
        """An agency whose queue begins to fail, or takes messages again, hears so by its feed."""
        for agency, how in tuple(publisher.changed.items()):
            with self._db.write() as tx:
                carrying.tell(tx, self._journal, agency, QUEUE, "", carrying.FAILING if how else carrying.RESUMED, how)
            del publisher.changed[agency]

    def _send_news(self, position: int, head: Head) -> int:
        """What was journalled since the cursor, at most STEP."""
        publisher = self._opened(position)
        start = sent = position
        until = min(head.position, position + STEP)
        while True:
            try:
                for entry, copies in (chunk := self._chunk(sent, until)):
                    publisher.publish(entry, copies)
                    if entry.type == PROBE:
                        self._probes[entry.position] = probe.recorded_at(entry.body, entry.epoch, entry.position)
                    sent = entry.position
                publisher.settle(WINDOW if chunk else 0)
            finally:
                position = self._move(position, publisher, head.epoch)
            if not chunk:
                return position - start

    def _chunk(self, after: int, until: int) -> list[tuple[ForRelay, list[Copy]]]:
        """The next entries, each with its copies for agencies."""
        if after >= until:
            return []
        with self._db.read() as tx:
            entries = self._journal.for_relay(tx, after, min(CHUNK, until - after))
            copies = self._copies.of(tx, after, entries)
        return [(entry, copies.get(entry.position, [])) for entry in entries]

    def _send_again(self, position: int) -> int:
        """One batch of what agencies asked to be sent again; how many."""
        self._copies.heed(position)
        with self._db.read() as tx:
            again = self._copies.due(tx)
        if again is None:
            return 0
        if again.messages:
            publisher = self._opened(position)
            for entry, copy in again.messages:
                publisher.copy(entry, copy)
            publisher.settle(0)
        with self._db.write() as tx:
            queues.replayed(tx, again.asked, again.to)
        return len(again.messages)

    def _opened(self, position: int) -> Publisher:
        if self._publisher is None:
            self._publisher = self._open(position)
        return self._publisher

    def _move(self, old: int, publisher: Publisher, epoch: str) -> int:
        """Compare-and-set of the cursor; what agencies' queues took up to there is noted as sent. Raises Overtaken."""
        new = publisher.confirmed
        if new <= old:
            return old
        with self._db.write() as tx:
            moved = tx.execute(relay_cursor.update().where(
                relay_cursor.c.carrier == CARRIER, relay_cursor.c.position == old).values(position=new, epoch=epoch))
            if not moved.rowcount and (old or not _begin(tx, new, epoch)):
                raise Overtaken(f"the cursor of {self._service} is no longer at {old}")
            took = sorted((each for each in publisher.taken if each.position <= new), key=lambda each: each.position)
            queues.sent(tx, epoch, {each.agency: each.position for each in took})
            _note(tx, epoch, took, self._journal.clock.now())
        publisher.taken = [each for each in publisher.taken if each.position > new]
        RELAY_POSITION.labels(self._service).set(new)
        for position in sorted(each for each in self._probes if each <= new):
            self._leg.reached(self._probes.pop(position), self._journal.clock.now())
        return new

    def _drop(self) -> None:
        self._probes.clear()
        if self._publisher is not None:
            self._publisher.close()
            self._publisher = None


def _note(tx: Connection, epoch: str, took: Sequence[Taken], now: datetime) -> None:
    """What agencies' queues took, in its order, is told to them as sent, with the broker's answer."""
    positions: dict[tuple[str, str], list[int]] = {}
    for each in took:
        positions.setdefault((each.agency, each.subscription), []).append(each.position)
    note(tx, *(Sent(agency, QUEUE, subscription, epoch, them[0], them[-1], len(them), now, "confirmed", now)
               for (agency, subscription), them in sorted(positions.items())))


def published(tx: Connection) -> int:
    """The last position that the broker confirmed; 0: none yet."""
    return tx.scalar(sa.select(relay_cursor.c.position).where(relay_cursor.c.carrier == CARRIER)) or 0


def _begin(tx: Connection, position: int, epoch: str) -> bool:
    """The first row; False where another relay was quicker."""
    return tx.execute(sa.text("INSERT INTO relay_cursor (carrier, epoch, position) "
                              "VALUES (:carrier, :epoch, :position) ON CONFLICT DO NOTHING"),
                      {"carrier": CARRIER, "epoch": epoch, "position": position}).rowcount == 1
