"""News over RabbitMQ beside bare py-amqp: the relay, the way from a commit to its follower, following in batches."""

import itertools
import multiprocessing.connection
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bench.acts import announce
from bench.bare import CONSUMER, PATIENCE, SOURCE, BareClient, ticks
from bench.crew import FORK
from bench.place import Environment, schema, transfer_office
from bench.sizes import Sizes
from bench.table import Row, alternate
from shared.acts.office import Office
from shared.bus import amqp as bus
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower
from shared.bus.publishing import Publisher
from shared.bus.relay import Relay
from shared.bus.tables import follower_cursor, relay_cursor
from shared.bus.topology import Names
from shared.contracts.envelope import Event
from shared.contracts.feed import FeedPage
from shared.db.database import Database
from shared.journal.model import Entry, ForRelay, NewEntry
from shared.kernel.ids import new_id
from shared.wake import Bell

BATCH = 500
Instants = Mapping[int, float]        # position -> monotonic seconds, the same for every process of the machine

TABLES = sa.MetaData()
handled = sa.Table("handled", TABLES, sa.Column("id", sa.Text, primary_key=True), sa.Column("position", sa.BigInteger))


# relay

def relay_rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """An existing journal, published to its end."""
    with transfer_office(env, "relay") as office:
        entries = _fill_journal(office, sizes.entries)
        ours, bare = (BareClient(env.amqp, Names(f"{env.prefix}{name}.")) for name in ("relay", "bare"))

        def measured() -> float:
            with office.db.write() as tx:
                tx.execute(relay_cursor.delete())
            relay = _relay(env, office, ours.names)
            began = time.monotonic()
            published = relay.step()
            seconds = time.monotonic() - began
            relay.close()
            ours.purge()
            return published / seconds

        def baseline() -> float:
            seconds = bare.publish_all(entries)
            bare.purge()
            return len(entries) / seconds

        figures = alternate(measured, baseline, sizes.rounds)
        yield Row("relay", 1, *figures, "events/s", "py-amqp publishing, confirms in flight", 0.6)


def _relay(env: Environment, office: Office, names: Names) -> Relay:
    def publisher(after: int) -> Publisher:
        return Publisher(env.amqp, names, SOURCE, (CONSUMER,), after)
    return Relay(office.db, office.journal, publisher)


def _fill_journal(office: Office, count: int) -> list[ForRelay]:
    """Appends `count` entries with the bodies of a real act; the whole journal as the relay reads it."""
    case = announce(office)
    with office.db.read() as tx:
        models = itertools.cycle(office.journal.of_stream(tx, case))
    for done in range(0, count, BATCH):
        with office.db.write() as tx:
            office.journal.append(tx, [like(office, next(models)) for _ in range(min(BATCH, count - done))])
    with office.db.read() as tx:
        return office.journal.for_relay(tx, 0, 2 * count)


def like(office: Office, entry: Entry) -> NewEntry:
    """A new entry with the content of this one."""
    data = {key: value for key, value in entry.data.items() if key != "occurred_on"}
    return NewEntry(new_id(office.clock.now()), entry.type, entry.stream, date(2025, 9, 29), data, revision=1)


# from commit to follower

def latency_rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """From the return of a commit to the commit of its follower, in three processes: acts, relay, follower."""
    with ExitStack() as stack:
        office = stack.enter_context(transfer_office(env, "latency"))
        db = stack.enter_context(schema(env, "latency_follower", TABLES))
        names, bare = Names(f"{env.prefix}latency."), BareClient(env.amqp, Names(f"{env.prefix}latency-bare."))
        entries = _fill_journal(office, sizes.samples)
        interval = 1 / sizes.commits_per_second
        stack.enter_context(_process(lambda pipe: _run_relay(env, office, names, pipe)))

        def measured() -> list[float]:
            with office.db.read() as tx:
                last = office.journal.head(tx).position + sizes.samples
            with _process(lambda pipe: _run_follower(env, office, db, names, last, pipe)) as pipe:
                sent = _commit_each(office, entries[-1], sizes.samples, interval)
                return _latencies(sent, _answer(pipe))

        def baseline() -> list[float]:
            bare.purge()
            some = entries[:sizes.samples]
            with _process(lambda pipe: pipe.send(bare.consume(len(some), lambda: pipe.send(None)))) as pipe:
                return _latencies(bare.publish_each(some, interval), _answer(pipe))

        rounds = [(measured(), baseline()) for _ in range(sizes.rounds)]
    for share in (50, 99):
        ours, theirs = ([_percentile(latencies[side], share) for latencies in rounds] for side in (0, 1))
        yield Row(f"commit to follower, p{share}", 1, ours, theirs, "ms", "py-amqp, confirmed publish to arrival", 3.0,
                  less_is_better=True)


def _commit_each(office: Office, model: ForRelay, count: int, interval: float) -> Instants:
    """Commits an entry every `interval` seconds; when each commit returned."""
    with office.db.read() as tx:
        entry = office.journal.entry(tx, model.id)
    assert entry is not None
    sent = {}
    for _, _ in zip(range(count), ticks(interval), strict=False):
        with office.db.write() as tx:
            position = office.journal.append(tx, [like(office, entry)]).last
        sent[position] = time.monotonic()
        office.wake.ring()
    return sent


def _run_relay(env: Environment, office: Office, names: Names, pipe: Any) -> None:
    """A relay that the commits of another process wake, as a worker's is."""
    office.db.engine.dispose(close=False)
    relay, bell = _relay(env, office, names), Bell()
    office.wake.add(bell.ring)
    office.wake.hear()
    relay.step()
    pipe.send(None)
    while not pipe.poll():
        bell.wait(1.0)
        relay.step()
    relay.close()


def _run_follower(env: Environment, office: Office, db: Database, names: Names, last: int, pipe: Any) -> None:
    """Follows to the position `last`; sends None when it consumes, at the end when each position was committed."""
    db.engine.dispose(close=False)
    office.db.engine.dispose(close=False)
    arrived: dict[int, float] = {}
    batch: list[int] = []

    def handle(tx: Connection, event: Event) -> None:
        _insert(tx, event)
        batch.append(event.position)

    def committed() -> None:
        arrived.update(dict.fromkeys(batch, time.monotonic()))
        batch.clear()

    follower = Follower(db, CONSUMER, SOURCE, {"*": handle}, office.clock, LocalFeed(office), committed)
    consumer = bus.Consumer(env.amqp, names, follower)
    announced = False

    def stopping() -> bool:
        nonlocal announced
        if consumer.ready and not announced:
            announced = True
            pipe.send(None)
        return follower.cursor().position >= last

    consumer.run(stopping, time.sleep)
    pipe.send(arrived)


@contextmanager
def _process(work: Callable[[Any], None]) -> Iterator[Any]:
    """Runs `work` in a forked process until the end of the block, which begins with its first message; gives the
    pipe to it."""
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=work, args=(theirs,), daemon=True)
    process.start()
    try:
        _answer(ours)
        yield ours
        ours.send(None)
        process.join(PATIENCE)
    finally:
        process.kill()
        process.join()


def _answer(pipe: multiprocessing.connection.Connection) -> Any:
    if not pipe.poll(PATIENCE):
        raise RuntimeError("a process of the bench does not answer")
    return pipe.recv()


def _latencies(sent: Instants, arrived: Instants) -> list[float]:
    """Milliseconds from the one to the other, of each position that was sent."""
    return [(arrived[position] - at) * 1000 for position, at in sent.items()]


def _percentile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


# following in batches

class EmptyFeed:
    """A feed with nothing beyond what the queue brings: only the queue is measured."""

    def __init__(self, epoch: str) -> None:
        self._epoch = epoch

    def page(self, after: int, limit: int) -> FeedPage:
        """An empty page."""
        return FeedPage(self._epoch, ())


def follower_rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """A full queue, followed to its end by a handler that does nothing and by one that inserts a row an event."""
    with transfer_office(env, "followed") as office, schema(env, "following", TABLES) as db:
        entries = _fill_journal(office, sizes.entries)
        queue, bare = (BareClient(env.amqp, Names(f"{env.prefix}{name}.")) for name in ("full", "full-bare"))

        def measured(handler: Callable[[Connection, Event], None]) -> float:
            with db.write() as tx:
                tx.execute(follower_cursor.delete())
                tx.execute(handled.delete())
            queue.publish_all(entries)
            follower = Follower(db, CONSUMER, SOURCE, {"*": handler}, office.clock, EmptyFeed(entries[0].epoch))
            consumer = bus.Consumer(env.amqp, queue.names, follower)
            began = time.monotonic()
            consumer.run(lambda: follower.cursor().position >= entries[-1].position, time.sleep)
            return len(entries) / (time.monotonic() - began)

        def baseline() -> float:
            bare.publish_all(entries)
            began = time.monotonic()
            bare.consume(len(entries))
            return len(entries) / (time.monotonic() - began)

        for name, handler in (("handler does nothing", _ignore), ("handler inserts a row", _insert)):
            figures = alternate(partial(measured, handler), baseline, sizes.rounds)
            yield Row(f"follower, {name}", 1, *figures, "events/s", "py-amqp consuming, a batch an ack", 0.4)


def _ignore(tx: Connection, event: Event) -> None:
    pass


def _insert(tx: Connection, event: Event) -> None:
    tx.execute(handled.insert(), {"id": event.id, "position": event.position})
