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
from bench.bare import CONSUMER, PATIENCE, SOURCE, Bare, paced
from bench.crew import FORK
from bench.place import Place, schema, transfer
from bench.sizes import Sizes
from bench.table import Row, alternated
from shared.acts.office import Office
from shared.bus import amqp as bus
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower, Handler
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

NOTES = sa.MetaData()
heard = sa.Table("heard", NOTES, sa.Column("id", sa.Text, primary_key=True), sa.Column("position", sa.BigInteger))


# relay

def relay_rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """A journal that is there, published to its end."""
    with transfer(at, "relaying") as office:
        entries = _filled(office, sizes.entries)
        ours, bare = Bare(at.amqp, Names(f"{at.prefix}relay.")), Bare(at.amqp, Names(f"{at.prefix}bare."))

        def measured() -> float:
            with office.db.write() as tx:
                tx.execute(relay_cursor.delete())
            relay = _relay(at, office, ours.names)
            began = time.monotonic()
            published = relay.step()
            seconds = time.monotonic() - began
            relay.close()
            ours.empty()
            return published / seconds

        def baseline() -> float:
            seconds = bare.publish_all(entries)
            bare.empty()
            return len(entries) / seconds

        figures = alternated(measured, baseline, sizes.rounds)
        yield Row("relay", 1, *figures, "events/s", "py-amqp publishing, confirms in flight", 0.6)


def _relay(at: Place, office: Office, names: Names) -> Relay:
    def publisher(after: int) -> Publisher:
        return Publisher(at.amqp, names, SOURCE, (CONSUMER,), after)
    return Relay(office.db, office.journal, publisher)


def _filled(office: Office, count: int) -> list[ForRelay]:
    """A journal with so many more entries, of the bodies of a real act; as the relay reads them."""
    case = announce(office)
    with office.db.read() as tx:
        like = itertools.cycle(office.journal.of_stream(tx, case))
    for done in range(0, count, BATCH):
        with office.db.write() as tx:
            office.journal.append(tx, [again(office, next(like)) for _ in range(min(BATCH, count - done))])
    with office.db.read() as tx:
        return office.journal.for_relay(tx, 0, 2 * count)


def again(office: Office, entry: Entry) -> NewEntry:
    data = {key: value for key, value in entry.data.items() if key != "occurred_on"}
    return NewEntry(new_id(office.clock.now()), entry.type, entry.stream, date(2025, 9, 29), data, revision=1)


# from commit to follower

def latency_rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """From the return of a commit to the commit of its follower, in three processes: acts, relay, follower."""
    with ExitStack() as open_until_end:
        office = open_until_end.enter_context(transfer(at, "latency"))
        db = open_until_end.enter_context(schema(at, "latency_follower", NOTES))
        ours, bare = Names(f"{at.prefix}latency."), Bare(at.amqp, Names(f"{at.prefix}latency-bare."))
        entries = _filled(office, sizes.samples)
        pace = 1 / sizes.per_second
        open_until_end.enter_context(_apart(lambda pipe: _relaying(at, office, ours, pipe)))

        def measured() -> list[float]:
            with office.db.read() as tx:
                after = office.journal.head(tx).position
            with _apart(lambda pipe: _following(at, office, db, ours, after + sizes.samples, pipe)) as pipe:
                sent = _committed(office, entries[-1], sizes.samples, pace)
                return _between(sent, _answer(pipe))

        def baseline() -> list[float]:
            bare.empty()
            some = entries[:sizes.samples]
            with _apart(lambda pipe: pipe.send(bare.consume(len(some), lambda: pipe.send(None)))) as pipe:
                return _between(bare.publish_each(some, pace), _answer(pipe))

        rounds = [(measured(), baseline()) for _ in range(sizes.rounds)]
    for share in (50, 99):
        figures = ([_percentile(each[which], share) for each in rounds] for which in (0, 1))
        yield Row(f"commit to follower, p{share}", 1, *figures, "ms", "py-amqp, confirmed publish to arrival", 3.0,
                  less_is_better=True)


def _committed(office: Office, like: ForRelay, count: int, pace: float) -> Instants:
    with office.db.read() as tx:
        entry = office.journal.entry(tx, like.id)
    assert entry is not None
    sent = {}
    for _, _ in zip(range(count), paced(pace), strict=False):
        with office.db.write() as tx:
            position = office.journal.append(tx, [again(office, entry)]).last
        sent[position] = time.monotonic()
        office.wake.ring()
    return sent


def _relaying(at: Place, office: Office, names: Names, pipe: Any) -> None:
    """A relay that is rung by the commits of another process, as a worker's is."""
    office.db.engine.dispose(close=False)
    relay, bell = _relay(at, office, names), Bell()
    office.wake.add(bell.ring)
    office.wake.hear()
    relay.step()
    pipe.send(None)
    while not pipe.poll():
        bell.wait(1.0)
        relay.step()
    relay.close()


def _following(at: Place, office: Office, db: Database, names: Names, upto: int, pipe: Any) -> None:
    db.engine.dispose(close=False)
    office.db.engine.dispose(close=False)
    arrived: dict[int, float] = {}
    batch: list[int] = []

    def note(tx: Connection, event: Event) -> None:
        tx.execute(heard.insert(), {"id": event.id, "position": event.position})
        batch.append(event.position)

    def committed() -> None:
        arrived.update(dict.fromkeys(batch, time.monotonic()))
        batch.clear()

    follower = Follower(db, CONSUMER, SOURCE, {"*": note}, office.clock, LocalFeed(office), committed)
    worker = bus.Consumer(at.amqp, names, follower)
    told: list[bool] = []

    def stopping() -> bool:
        if worker.ready and not told:
            told.append(True)
            pipe.send(None)
        return follower.cursor().position >= upto

    worker.run(stopping, time.sleep)
    pipe.send(arrived)


@contextmanager
def _apart(work: Callable[[Any], None]) -> Iterator[Any]:
    """Work in a process of its own, from its first word to the end of the block; gives the pipe to it."""
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


def _between(sent: Instants, arrived: Instants) -> list[float]:
    """Milliseconds from the one to the other, of each that was sent."""
    return [(arrived[position] - at) * 1000 for position, at in sent.items()]


def _percentile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


# following in batches

class Level:
    """A feed that has nothing beyond what the queue brings: the queue is what is measured."""

    def __init__(self, epoch: str) -> None:
        self._epoch = epoch

    def page(self, after: int, limit: int) -> FeedPage:
        """Nothing."""
        return FeedPage(self._epoch, ())


def follower_rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """A queue that is full, followed to its end: by handlers that do nothing, and by some that write a row each."""
    with transfer(at, "followed") as office, schema(at, "following", NOTES) as db:
        entries = _filled(office, sizes.entries)
        queue, bare = Bare(at.amqp, Names(f"{at.prefix}full.")), Bare(at.amqp, Names(f"{at.prefix}full-bare."))

        def measured(handler: Handler) -> float:
            with db.write() as tx:
                tx.execute(follower_cursor.delete())
                tx.execute(heard.delete())
            queue.publish_all(entries)
            follower = Follower(db, CONSUMER, SOURCE, {"*": handler}, office.clock, Level(entries[0].epoch))
            worker = bus.Consumer(at.amqp, queue.names, follower)
            began = time.monotonic()
            worker.run(lambda: follower.cursor().position >= entries[-1].position, time.sleep)
            return len(entries) / (time.monotonic() - began)

        def baseline() -> float:
            bare.publish_all(entries)
            began = time.monotonic()
            bare.consume(len(entries))
            return len(entries) / (time.monotonic() - began)

        for what, handler in (("no handler's work", _passing), ("a row each", _noting)):
            figures = alternated(partial(measured, handler), baseline, sizes.rounds)
            yield Row(f"follower, {what}", 1, *figures, "events/s", "py-amqp consuming, a batch an ack", 0.4)


def _passing(tx: Connection, event: Event) -> None:
    pass


def _noting(tx: Connection, event: Event) -> None:
    tx.execute(heard.insert(), {"id": event.id, "position": event.position})
