"""What a worker looks at now and then and tells in metrics: how old what waits is, and what is overdue.

Nobody who does the work tells it: where a relay, a follower or a ticker hangs, its own figures stand still. Each worker
of a service looks for itself; they tell the same.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.engine import Connection

from shared.acts.office import Office
from shared.bus import cursors
from shared.bus.cursors import Cursor
from shared.bus.deliveries import from_feed
from shared.bus.feeds import Feed, FeedUnreachable
from shared.bus.relay import published
from shared.deadlines import store
from shared.telemetry.metrics import (
    DEADLINES_OVERDUE,
    DEADLINES_OVERDUE_SECONDS,
    UNHANDLED_SECONDS,
    UNPUBLISHED_SECONDS,
    WATCHED,
)

EVERY = 15.0            # seconds between two looks
MOST = 10_000           # so far overdue deadlines are counted


class Watch:
    """The watch of one service: its feeds by source, and whether a relay publishes its journal."""

    def __init__(self, office: Office, feeds: Mapping[str, Feed], relayed: bool) -> None:
        self._office, self._feeds, self._relayed = office, feeds, relayed

    def step(self) -> None:
        """One look at all. Raises FeedUnreachable, when the rest is told, and the database's errors."""
        office = self._office
        with office.db.read() as tx:
            handled = {source: cursors.read(tx, office.name, source) for source in self._feeds}
            self._overdue(tx)
            if self._relayed:
                waits = office.journal.recorded_at(tx, published(tx) + 1)
                UNPUBLISHED_SECONDS.labels(office.name).set(self._age(waits))
        failed = [failure for source, cursor in handled.items() if (failure := self._unhandled(source, cursor))]
        WATCHED.labels(office.name).set(office.clock.now().timestamp())
        if failed:
            raise failed[0]

    def _overdue(self, tx: Connection) -> None:
        name, now = self._office.name, self._office.clock.now()
        DEADLINES_OVERDUE.labels(name).set(store.overdue(tx, now, MOST))
        DEADLINES_OVERDUE_SECONDS.labels(name).set(self._age(store.next_look(tx)))

    def _unhandled(self, source: str, cursor: Cursor) -> FeedUnreachable | None:
        """By the source's own feed: what has not come yet waits too. An epoch that is not the cursor's is the
        follower's to judge."""
        try:
            page = self._feeds[source].page(cursor.position, 1)
        except FeedUnreachable as failed:
            return failed
        if cursor.epoch in ("", page.epoch):
            first = next((each.event for each in from_feed(page.epoch, page.items)), None)
            UNHANDLED_SECONDS.labels(self._office.name, source).set(self._age(first.time if first else None))
        return None

    def _age(self, since: datetime | None) -> float:
        """Seconds since then; 0 where nothing waits or its time is yet to come."""
        return max(0.0, (self._office.clock.now() - since).total_seconds()) if since else 0.0
