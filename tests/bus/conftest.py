"""A newsroom on each back end, and the three carriers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from shared.bus import cursors
from shared.bus.amqp import Consumer as AmqpConsumer
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower
from shared.bus.publishing import Publisher
from shared.bus.relay import Relay
from shared.bus.topology import Names
from shared.db.database import Database
from shared.kernel.clock import HandClock
from tests.bus.newsroom import Consumer, Source, at_work, served, until


@pytest.fixture
def source(make_database: Callable[..., Database], clock: HandClock) -> Source:
    return Source.opened(make_database("transfer"), clock)


@pytest.fixture
def consumer(make_database: Callable[..., Database], clock: HandClock) -> Consumer:
    return Consumer(make_database("oversight"), clock)


@pytest.fixture
def follower(source: Source, consumer: Consumer) -> Follower:
    """In process, by the source's journal."""
    return consumer.follower(LocalFeed(source))


class Broker:
    """The broker as one test uses it: names of its own, relays and consumers made on demand."""

    def __init__(self, url: str, prefix: str) -> None:
        self.url, self.names = url, Names(prefix)
        self._relays: list[Relay] = []

    def relay(self, source: Source, *consumers: str) -> Relay:
        def publisher(after: int) -> Publisher:
            return Publisher(self.url, self.names, source.journal.service, consumers, after)
        relay = Relay(source.db, source.journal, publisher)
        self._relays.append(relay)
        return relay

    @contextmanager
    def consuming(self, follower: Follower, prefetch: int = 200) -> Iterator[AmqpConsumer]:
        worker = AmqpConsumer(self.url, self.names, follower, prefetch)
        with at_work(worker.run):
            until(lambda: worker.ready, "the consumer is ready")
            yield worker

    def close(self) -> None:
        for relay in self._relays:
            relay.close()


@pytest.fixture
def broker(amqp_url: str, news_prefix: str) -> Iterator[Broker]:
    broker = Broker(amqp_url, news_prefix)
    yield broker
    broker.close()


Carry = Callable[..., Any]


@pytest.fixture(params=["in process", "over HTTP", "over RabbitMQ"])
def carried(request: pytest.FixtureRequest, source: Source, consumer: Consumer) -> Iterator[Callable[..., None]]:
    """`carried()`: brings all news of the source to the consumer by one of the three carriers, and returns when the
    consumer is level with the source. `carried.follower` may be looked at."""
    with ExitStack() as stack:
        if request.param == "over RabbitMQ":
            broker: Broker = request.getfixturevalue("broker")
            relay, follower = broker.relay(source, consumer.name), consumer.follower(LocalFeed(source))
            stack.enter_context(broker.consuming(follower))
            push: Callable[[], object] = relay.step
        else:
            feed = LocalFeed(source) if request.param == "in process" else stack.enter_context(served(source))
            follower = consumer.follower(feed)

            def push() -> object:
                while follower.step():
                    pass
                return None

        def carry() -> None:
            push()
            until(lambda: position_of(consumer) == source.head(), "the consumer is level with its source")

        yield carry


def position_of(consumer: Consumer, source: str = "transfer") -> int:
    """How far the consumer is by its own table."""
    with consumer.db.read() as tx:
        return cursors.read(tx, consumer.name, source).position
