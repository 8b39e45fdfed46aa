"""A consumer follows a source: whatever the carrier, one row says how far it is, moved in the handlers' transaction.

1. lower than the row is a duplicate, next is handled, a hole is read from the source's feed;
2. a batch is one transaction; where a handler fails it is done again, each event behind a savepoint;
3. the event that fails is parked with the cursor, later ones of its stream queue behind it, the others go on;
4. an unknown epoch stops everything until the feed shows that the journals agree.

Carriers may lose, repeat and reorder what they bring.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from sqlalchemy.engine import Connection

from shared.bus import cursors, parking
from shared.bus.cursors import Cursor, CursorMoved
from shared.bus.deliveries import PAGE, Delivery, from_feed, in_order, suspects_alone
from shared.bus.feeds import Feed, FeedUnreachable
from shared.bus.legs import HANDLED, Leg
from shared.bus.trying import Handler, cause_of, tried
from shared.contracts.envelope import Event
from shared.db.database import Database, database_gone
from shared.journal.model import PROBE
from shared.kernel.clock import Clock
from shared.telemetry import tracing
from shared.telemetry.metrics import FOLLOWED, FOLLOWER_LAG, FOLLOWER_POSITION, GAPS, STOPPED

log = logging.getLogger(__name__)

Handlers = Mapping[str, Handler]      # event name -> handler; "*" takes every event without one of its own

RESULTS = ("handled", "passed", "duplicate", "parked", "held", "retried")       # each told from the start, with 0
CRASHES = 5                           # above it an event is parked without running


def _nothing() -> None:
    """Nobody waits for what a consumer commits."""


class GapOpen(Exception):
    """What lies between cursor and delivery can't be read now. Nothing is lost: it is asked for again."""


class UnknownEpoch(Exception):
    """The source's journal began anew and does not hold what was handled of it. A person decides how to go on."""


class Follower:
    """One consumer of one source. Its methods block and are called one at a time. `committed` is called after each
    transaction in which a handler ran: what it wrote may be news to others."""

    def __init__(self, db: Database, consumer: str, source: str, handlers: Handlers, clock: Clock, feed: Feed,
                 committed: Callable[[], None] = _nothing) -> None:
        self.db, self.consumer, self.source, self.handlers = db, consumer, source, handlers
        self.clock, self.feed, self.committed = clock, feed, committed
        self._names = (consumer, source)
        self._followed = {result: FOLLOWED.labels(*self._names, result) for result in RESULTS}
        self._gaps, self._stopped = GAPS.labels(*self._names), STOPPED.labels(*self._names)
        self._probed = Leg(source, HANDLED, consumer)
        self._known: Cursor | None = None
        self._may_park = True       # until a transaction has seen that nothing is parked
        self._head = ("", 0)        # the source's last position in that epoch, as far as feed and deliveries have told

    @property
    def may_park(self) -> bool:
        """Whether anything may be parked, as far as its last transaction has seen: False, and there is nothing to
        retry. What another process parks it does not see."""
        return self._may_park

    def step(self) -> int:
        """Takes a page of the feed and every parked event that is due; returns how many, 0 when level.

        Raises FeedUnreachable, UnknownEpoch, and the database's errors.
        """
        return self.catch_up() + self.retry()

    def catch_up(self) -> int:
        """Handles one page of the feed after the cursor; returns how many. Raises as `step`."""
        self._known = None          # a worker that stands by has not seen the active one's work
        cursor = self.cursor()
        page = self.feed.page(cursor.position, PAGE)
        self._behind(cursor, page.epoch, page.head)
        if page.epoch != cursor.epoch:
            cursor = self._agree(cursor, page.epoch)
        return self._take(cursor, from_feed(page.epoch, page.items))

    def handle(self, batch: Sequence[Delivery]) -> int:
        """Handles what a carrier brought; returns how many were news. After it, all of the batch may be acknowledged.

        Raises GapOpen, UnknownEpoch, and the database's errors; then nothing of the batch may be acknowledged.
        """
        waiting = sorted(batch, key=lambda delivery: delivery.position)
        taken = 0
        while waiting:
            cursor = self.cursor()
            if any(delivery.epoch != cursor.epoch for delivery in waiting):
                cursor, waiting = self._of_present_epoch(cursor, waiting)
            if waiting:
                self._behind(cursor, waiting[-1].epoch, waiting[-1].position)
            news = [delivery for delivery in waiting if delivery.position > cursor.position]
            self._followed["duplicate"].inc(len(waiting) - len(news))
            if not news:
                break
            run = in_order(cursor.position, news)
            if not run or run[0].event is None:
                run = self._from_feed(cursor, run)
            if done := self._take(cursor, run):
                taken += done
                # only the first of a batch can be the one that ended the process: the others get their chance
                news = [replace(delivery, crashes=min(delivery.crashes, CRASHES)) for delivery in news
                        if delivery.position > run[done - 1].position]
            waiting = news
        return taken

    def retry(self) -> int:
        """Tries every parked event that is due, and those behind it in its stream; returns how many succeeded."""
        done = 0
        while True:
            with self.db.read() as tx:
                due = parking.due(tx, *self._names, self.clock.now())
                parking.count(tx, *self._names)         # `liandong parked drop` runs elsewhere
            solved = sum([self._retry(row) for row in due])
            if not solved:
                return done
            done += solved

    def next_retry(self) -> float | None:
        """Seconds until a parked event is due; None: none waits."""
        with self.db.read() as tx:
            at = parking.next_due(tx, *self._names)
        return None if at is None else max(0.0, (at - self.clock.now()).total_seconds())

    def cursor(self) -> Cursor:
        """How far this consumer is, as far as this process knows; a transaction finds out if another one moved it."""
        if self._known is None:
            with self.db.read() as tx:
                self._known = cursors.read(tx, *self._names)
        return self._known

    def _behind(self, cursor: Cursor, epoch: str, head: int) -> None:
        """Tells the lag, with what was just heard of how far the source is in its epoch."""
        self._head = (epoch, max(head, self._head[1] if self._head[0] == epoch else 0))
        FOLLOWER_LAG.labels(*self._names).set(max(0, self._head[1] - cursor.position))

    # epochs and gaps

    def _of_present_epoch(self, cursor: Cursor, waiting: list[Delivery]) -> tuple[Cursor, list[Delivery]]:
        """Deliveries of an epoch that is over are old copies; those of a new one count once the journals agree."""
        try:
            present = self.feed.page(cursor.position, 1).epoch
        except FeedUnreachable as failed:
            if cursor.epoch:
                raise GapOpen(f"{self.consumer} asks {self.source} for its epoch: {failed}") from failed
            present = waiting[-1].epoch     # the very first contact
        if present != cursor.epoch:
            cursor = self._agree(cursor, present)
        return cursor, [delivery for delivery in waiting if delivery.epoch == present]

    def _agree(self, cursor: Cursor, present: str) -> Cursor:
        """Goes over to the source's new epoch where its journal holds the last entry handled. Raises UnknownEpoch."""
        if not holds(self.feed, cursor):
            self._stopped.set(1)
            self._known = None      # a person may settle it from another process
            raise UnknownEpoch(f"{self.consumer} stops following {self.source}: epoch {present} does not hold what "
                               f"was handled at {cursor.position} of epoch {cursor.epoch}")
        if cursor.position > 0:
            log.warning("%s: %s began epoch %s; its journal agrees up to %s, news goes on", *self._names, present,
                        cursor.position)
        self._stopped.set(0)
        try:
            with self.db.write() as tx:
                cursors.adopt(tx, cursor, present)
        except CursorMoved:
            log.info("%s: another worker went over to the epoch of %s", *self._names)
        self._known = None
        return self.cursor()

    def _from_feed(self, cursor: Cursor, run: list[Delivery]) -> list[Delivery]:
        """What comes next by the feed: the carrier lost it, or brought a text that can't be read."""
        self._gaps.inc()
        try:
            page = self.feed.page(cursor.position, PAGE)
        except FeedUnreachable as failed:
            if run:
                return run      # it can't be read, and no other copy is to be had: parked
            raise GapOpen(f"{self.consumer} lacks {self.source} {cursor.position + 1}: {failed}") from failed
        filled = in_order(cursor.position, from_feed(page.epoch, page.items))
        if not filled:
            raise GapOpen(f"{self.consumer} lacks {self.source} {cursor.position + 1}, and so does its feed")
        log.info("%s: filled a gap of %s from its feed, from %s on", *self._names, cursor.position + 1)
        return filled

    # one transaction

    def _take(self, cursor: Cursor, run: list[Delivery]) -> int:
        """Handles a run that begins right after the cursor, each once, with the cursor, in one transaction."""
        if not run:
            return 0
        run = suspects_alone(run)
        try:
            ran = self._transaction(cursor, run, careful=False)
        except CursorMoved:
            self._known = None      # another worker did it
            return 0
        except Exception as failed:
            self._known = None
            if database_gone(failed):
                raise
            log.warning("%s: a batch of %s failed and is done again one by one: %s", *self._names, cause_of(failed))
            ran = self._transaction(self.cursor(), run, careful=True) if self.cursor() == cursor else 0
        FOLLOWER_POSITION.labels(*self._names).set(run[-1].position)
        self._probed.reached_by((delivery.event for delivery in run), self.clock.now())
        self._behind(self.cursor(), run[-1].epoch, run[-1].position)
        if ran:
            self.committed()
        return len(run)

    def _transaction(self, cursor: Cursor, run: list[Delivery], *, careful: bool) -> int:
        """How many handlers ran. Raises CursorMoved, and what a handler raises unless `careful`."""
        with self.db.write() as tx:
            cursors.lock(tx, cursor)
            held = parking.holding(tx, *self._names)
            results = [self._one(tx, delivery, held, careful) for delivery in run]
            last = run[-1]
            moved = replace(cursor, position=last.position, last_id=last.id,
                            last_at=last.event.time if last.event else None)
            cursors.move(tx, moved)
            if held or "parked" in results:
                parking.count(tx, *self._names)
        self._known = moved
        self._may_park = bool(held) or "parked" in results
        counted = Counter(results)
        for result, number in counted.items():
            self._followed[result].inc(number)
        return counted["handled"]

    def _one(self, tx: Connection, delivery: Delivery, held: set[str], careful: bool) -> str:
        """Handles or parks one; `held` grows by the stream of one that is parked."""
        event = delivery.event
        if event is None:
            parking.park(tx, self._row(delivery, "its text can't be read", tries=1))
            return "parked"
        if event.name == PROBE:
            return "passed"         # it concerns nobody, and waits behind nothing that does
        if event.subject in held:
            parking.park(tx, self._row(delivery, "waits behind an earlier event of its stream", tries=0))
            return "held"
        handler = self.handlers.get(event.name) or self.handlers.get("*")
        if handler is None:
            return "passed"
        cause = ""
        if delivery.crashes > CRASHES:
            cause = f"its consumer ended {delivery.crashes} times while it was delivered; it is not run"
        else:
            with self._span(event) as span:
                if careful:
                    cause = tried(tx, handler, event)
                else:
                    handler(tx, event)
                span.failed = bool(cause)
        if not cause:
            return "handled"
        log.error("%s parks %s %s (%s): %s", *self._names, delivery.position, event.key, cause)
        parking.park(tx, self._row(delivery, cause, tries=1))
        held.add(event.subject)
        return "parked"

    def _row(self, delivery: Delivery, cause: str, *, tries: int) -> parking.Parked:
        now, event = self.clock.now(), delivery.event
        return parking.Parked(
            *self._names, delivery.position, delivery.epoch, event.subject if event else "",
            event.name if event else parking.UNREADABLE, cause, tries, now + parking.pause(tries) if tries else None,
            now, delivery.body)

    def _retry(self, row: parking.Parked) -> int:
        """One try of a parked event, counted before it is made. 1 when it is done with."""
        with self.db.write() as tx:
            if not parking.claim(tx, row, self.clock.now()):
                return 0
        try:
            with self.db.write() as tx:
                cursors.lock(tx, None, *self._names)
                self._run_parked(tx, row)
                parking.solved(tx, row)
        except Exception as failed:
            if database_gone(failed):
                raise
            with self.db.write() as tx:
                parking.failed(tx, row, cause_of(failed))
            return 0
        self._followed["retried"].inc()
        self.committed()
        return 1

    def _run_parked(self, tx: Connection, row: parking.Parked) -> None:
        event = Delivery(row.epoch, row.position, row.body).event
        if event is None:
            raise ValueError("its text can't be read")
        if handler := self.handlers.get(event.name) or self.handlers.get("*"):
            with self._span(event) as span:
                span.attributes["liandong.try"] = row.tries + 1
                handler(tx, event)

    def _span(self, event: Event) -> AbstractContextManager[tracing.Span]:
        return tracing.span(self.consumer, event.key, tracing.CONSUMER, tracing.trace_of(event.traceparent))


def holds(feed: Feed, cursor: Cursor) -> bool:
    """Whether the source's present journal holds the last entry that was handled: then its epochs agree up to there."""
    if not cursor.position:
        return True
    page = feed.page(cursor.position - 1, 1)
    found = from_feed(page.epoch, page.items)
    return bool(found) and found[0].id == cursor.last_id
