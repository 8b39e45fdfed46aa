"""`liandong rebuild`: a service's projections made anew from the feeds while the old ones serve.

1. Fresh tables beside the old: all news of each source up to where the follower is now, as `take` keeps it.
2. The follower's rows are locked: it handles nothing more. What came in the meantime is taken too.
3. The fresh tables take the old ones' place in that transaction: nobody reads anything between.

What is done once because of news (filings, task reports, acts that the suite owes) is none of a projection's business:
it is not done again, and the follower's rows stay where they are. What waits parked is left out, as the follower has
left it out: its turn comes with its next try. Cut off at any point, it has changed nothing.
"""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts.office import Office
from shared.bus import scratch
from shared.bus.deliveries import event_from
from shared.bus.feeds import Feed
from shared.bus.lease import Lease
from shared.bus.projecting import Projection
from shared.bus.tables import follower_cursor, parked
from shared.contracts.envelope import Event
from shared.db.database import Database

RUN = 10_000             # entries asked of a feed, and written, at once
TRIES, PATIENCE = 20, 3.0

LEASE = "rebuild"


class CannotRebuild(Exception):
    """The tables can't be made anew from the feeds; the old ones serve as they did. The message says why."""


class _Changed(Exception):
    """What was built on is no longer so: it is begun anew."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How far the follower is with each source, and which positions up to there it has left parked."""

    upto: Mapping[str, int]
    parked: Mapping[str, frozenset[int]]

    def left_out(self, upto: Mapping[str, int]) -> set[tuple[str, int]]:
        """What is parked of the news up to there."""
        return {(source, at) for source, positions in self.parked.items() for at in positions
                if at <= upto.get(source, 0)}


def rebuild(office: Office, projections: Sequence[Projection], feeds: Mapping[str, Feed],
            echo: Callable[[str], None] = lambda _: None) -> None:
    """Makes the projections' tables anew. `feeds`: of each source that tells of them. Raises CannotRebuild,
    FeedUnreachable, and the databases' errors."""
    lease = Lease(office.db, LEASE)
    if not lease.held():
        raise CannotRebuild(f"{office.name} is being rebuilt by another process")
    try:
        for _ in range(TRIES):
            try:
                with uncollected():
                    return _once(office, projections, feeds, echo)
            except _Changed as changed:
                echo(f"begun anew: {changed}")
        raise CannotRebuild(f"{TRIES} times something came between: try when less is going on")
    finally:
        lease.release()


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looks for garbage in circles: events and rows make none, and each look goes through all of a run."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _once(office: Office, projections: Sequence[Projection], feeds: Mapping[str, Feed],
          echo: Callable[[str], None]) -> None:
    tables = [table for each in projections for table in each.tables]
    with scratch.fresh(office.db, tables) as made:
        building = _Building(made, projections, feeds)
        with office.db.read() as tx:
            first = heard_by(tx, office.name, feeds)
        for source, count in building.take(first):
            echo(f"{source}: {count} entries")
        scratch.index(made, tables)
        with scratch.owning(office.db) as tx:
            last = heard_by(tx, office.name, feeds, lock=True)
            if last.left_out(first.upto) != first.left_out(first.upto):
                raise _Changed("parked news was tried again")
            caught_up = sum(count for _, count in building.take(last))
            if not scratch.nobody_reads_older(tx, office.db, PATIENCE):
                raise _Changed("somebody has been reading for long")
            if not scratch.locked(tx, office.db, tables, PATIENCE):
                raise _Changed("somebody has been reading for long")
            scratch.put_in_place(tx, office.db, made, tables)
        echo(f"in place, with {caught_up} that came meanwhile")


def heard_by(tx: Connection, consumer: str, sources: Collection[str], lock: bool = False) -> Heard:
    """Where the follower is with these sources; locked, it stays there until the transaction ends."""
    cursor = follower_cursor.c
    chosen = sa.select(cursor.source, cursor.position).where(
        cursor.consumer == consumer, cursor.source.in_(sources)).order_by(cursor.source)
    upto = {row.source: row.position for row in tx.execute(chosen.with_for_update() if lock else chosen)}
    held: dict[str, set[int]] = {}
    for row in tx.execute(sa.select(parked.c.source, parked.c.position).where(
            parked.c.consumer == consumer, parked.c.source.in_(sources))):
        held.setdefault(row.source, set()).add(row.position)
    return Heard(upto, {source: frozenset(positions) for source, positions in held.items()})


class _Writing:
    """What was read is written in a thread while the next is read; one run at a time, in order."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._pending: list[Future[None]] = []

    def next(self, write: Callable[[], None]) -> None:
        """Writes it when the one before is written. Raises what that one raised."""
        self._wait()
        self._pending.append(self._pool.submit(write))

    def __enter__(self) -> "_Writing":
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        """Waits for the last. Raises what it raised, where nothing else was."""
        try:
            if failed is None:
                self._wait()
        finally:
            self._pool.shutdown()

    def _wait(self) -> None:
        while self._pending:
            self._pending.pop().result()


class _Building:
    """Fresh tables, and how far they are with each source."""

    def __init__(self, made: Database, projections: Sequence[Projection], feeds: Mapping[str, Feed]) -> None:
        self._made, self._projections, self._feeds = made, projections, feeds
        self._at: dict[str, int] = {}

    def take(self, heard: Heard) -> Iterable[tuple[str, int]]:
        """Takes all news up to there; how many entries of each source. Raises CannotRebuild for a source whose feed
        ends before: its journal began anew, and nobody has said yet where the follower goes on."""
        return [(source, self._source(source, upto, heard.parked.get(source, frozenset())))
                for source, upto in heard.upto.items()]

    def _source(self, source: str, upto: int, left_out: frozenset[int]) -> int:
        began = at = self._at.get(source, 0)
        with _Writing() as writing:
            while at < upto:
                page = self._feeds[source].page(at, RUN)
                if not page.items or page.items[0].position != at + 1:
                    raise CannotRebuild(f"the feed of {source} ends at {at}; its news was handled up to {upto}")
                items = [item for item in page.items if item.position <= upto]
                at = items[-1].position
                writing.next(partial(self._write, source, [
                    event_from(item.body, page.epoch, item.position) for item in items
                    if item.position not in left_out]))
        self._at[source] = at
        return at - began

    def _write(self, source: str, run: Sequence[Event]) -> None:
        if not run:
            return
        try:
            with self._made.write() as tx:
                if not self._made.sqlite:       # what takes the place of the old waits for the disk, and this with it
                    tx.exec_driver_sql("SET LOCAL synchronous_commit = off")
                    tx.exec_driver_sql("SET LOCAL enable_seqscan = off")    # nobody has counted the fresh rows yet
                for projection in self._projections:
                    projection.take(tx, source, run)
        except (LookupError, TypeError, ValueError) as failed:
            raise CannotRebuild(f"{source}, from {run[0].position} to {run[-1].position}: {failed!r}") from failed
