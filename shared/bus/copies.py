"""What a service's relay sends to agencies' queues: of which entries copies, with which `prev`; what is sent again.

`prev` is the position before it among what this queue is sent of this source: told to the agency, of the types
chosen. So an agency's system that has handled `position` p has lost something exactly where `prev` > p, and reads the
feed after p; what was filtered out never looks like a loss.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import Database
from shared.journal.log import Journal
from shared.journal.model import ForRelay
from shared.journal.tables import journal_audience
from shared.law import queues, subscriptions
from shared.law.queues import Queue
from shared.law.subscriptions import ACTIVE, PAUSED, QUEUE, Subscribed

BATCH = 500             # entries sent again at once, between two looks at what is new


@dataclass(frozen=True, slots=True)
class Copy:
    """A message to an agency's queue."""

    agency: str
    prev: int
    subscription: str
    replayed: bool = False

    def headers(self) -> dict[str, Any]:
        """What the message says besides epoch and position."""
        again = {"replayed": True} if self.replayed else {}
        return {"prev": self.prev, "subscription": self.subscription, **again}


@dataclass(frozen=True, slots=True)
class Again:
    """A batch that is sent again; with `to` everything up to there was."""

    asked: Queue
    messages: tuple[tuple[ForRelay, Copy], ...]
    to: int


class Copies:
    """The copies of one service. It remembers each queue's last position from one chunk to the next."""

    def __init__(self, db: Database, journal: Journal) -> None:
        self._db, self._journal = db, journal
        self._service = journal.service
        self._known: dict[str, tuple[tuple[str, ...], str, int, int]] = {}   # id -> types, epoch, up to, last of these

    def of(self, tx: Connection, after: int, chunk: Sequence[ForRelay]) -> dict[int, list[Copy]]:
        """Position -> the copies of each entry of a chunk that begins after a position."""
        found: dict[int, list[Copy]] = {}
        for wanted in subscriptions.there(tx, QUEUE) if chunk else ():
            prev = self._prev(tx, wanted, chunk[0].epoch, after)
            for entry in chunk:
                if self._goes_to(entry, wanted):
                    found.setdefault(entry.position, []).append(Copy(wanted.agency, prev, wanted.id))
                    prev = entry.position
            self._known[wanted.id] = (wanted.types, chunk[0].epoch, chunk[-1].position, prev)
        return found

    def heed(self, position: int) -> None:
        """Notes where a pause began, and on resuming asks for what came since. `position`: the relay's cursor, up to
        where all was sent that was to be."""
        with self._db.read() as tx:
            rows = queues.every(tx)
            now = {each.agency: each for state in (ACTIVE, PAUSED) for each in subscriptions.there(tx, QUEUE, state)}
        changed = [row for agency in {*rows, *now}
                   for row in self._turned(rows.get(agency), now.get(agency), agency, position)]
        if changed:
            with self._db.write() as tx:
                for row in changed:
                    queues.put(tx, row)
        if gone := rows.keys() - now.keys():
            with self._db.write() as tx:
                for agency in gone:
                    queues.drop(tx, agency)

    def _turned(self, row: Queue | None, wanted: Subscribed | None, agency: str, position: int) -> list[Queue]:
        held = row.held_at if row else None
        if wanted is None:
            return []
        if wanted.state == PAUSED and held is None:
            return [replace(row or Queue(agency), held_at=position)]
        if wanted.state == ACTIVE and held is not None and row is not None:
            with self._db.read() as tx:
                many = queues.count(tx, self._service, wanted, held, position) > queues.LENGTH
            if many or held >= position:
                return [replace(row, held_at=None)]
            after = held if row.replay_after is None else min(held, row.replay_after)
            return [replace(row, held_at=None, replay_after=after, replay_until=position)]
        return []

    def due(self, tx: Connection) -> Again | None:
        """The next batch of what was asked for again; None: nothing was."""
        for row in queues.every(tx).values():
            if row.replay_after is None or row.replay_until is None:
                continue
            own = subscriptions.of_agency(tx, row.agency, QUEUE)
            wanted = next((each for each in own if each.state == ACTIVE), None)
            if wanted is not None:
                return self._batch(tx, row, wanted, row.replay_after, row.replay_until)
        return None

    def _batch(self, tx: Connection, row: Queue, wanted: Subscribed, after: int, until: int) -> Again:
        chosen = queues.told_of(self._service, wanted, after, until)
        positions = list(tx.execute(chosen.order_by(journal_audience.c.position).limit(BATCH)).scalars())
        messages, prev = [], self._last(tx, wanted, after)
        for position in positions:
            (entry,) = self._journal.for_relay(tx, position - 1, 1)
            messages.append((entry, Copy(row.agency, prev, wanted.id, replayed=True)))
            prev = position
        return Again(row, tuple(messages), positions[-1] if len(positions) == BATCH else until)

    def _goes_to(self, entry: ForRelay, wanted: Subscribed) -> bool:
        return wanted.wants(f"{self._service}.{entry.type}") and any(
            agency == wanted.agency for agency, _ in entry.told)

    def _prev(self, tx: Connection, wanted: Subscribed, epoch: str, after: int) -> int:
        known = self._known.get(wanted.id)
        if known and known[:3] == (wanted.types, epoch, after):
            return known[3]
        return self._last(tx, wanted, after)

    def _last(self, tx: Connection, wanted: Subscribed, until: int) -> int:
        """The last position up to `until` that the queue is sent; 0 if none."""
        if wanted.types and not queues.own_types(self._service, wanted):
            return 0
        chosen = queues.told_of(self._service, wanted, 0, until)
        return tx.scalar(chosen.order_by(sa.desc(journal_audience.c.position)).limit(1)) or 0
