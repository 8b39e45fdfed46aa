"""The agency's queue on a real RabbitMQ: every event once and in order, whatever the broker lost or sent twice."""

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import amqp
import pytest
from liandong_client import Event, NewEpoch, Place, Reader, SqliteStore, Unreachable
from liandong_client.queues import QueueReader

from shared.bus.topology import Names, declare_agency
from tests.sdk.faking import Feeds, Rule, Server, text_of
from tests.servers import connected

CODE = "zonghe"


class Broker:
    """The agency's queue as the suite makes it, and messages as its relay publishes them."""

    def __init__(self, url: str, prefix: str) -> None:
        self.url, self.prefix, self.queue = url, prefix, Names(prefix).agency(CODE)
        self.connection = connected(url)
        self.connection.connect()
        self.channel = self.connection.channel()
        declare_agency(self.channel, Names(prefix), CODE)

    def publish(self, positions: Sequence[int], source: str = "transfer", epoch: str = "e1", before: int = 0) -> None:
        for prev, position in itertools.pairwise([before, *positions]):
            self.send(text_of(position, source), epoch=epoch, position=position, prev=prev)

    def send(self, body: str, **headers: Any) -> None:
        self.channel.basic_publish(amqp.Message(body, application_headers=headers, delivery_mode=2), "", self.queue)

    @property
    def left(self) -> int:
        """How many messages wait, and are not with a consumer."""
        return int(self.channel.queue_declare(self.queue, passive=True).message_count)

    def close(self) -> None:
        with contextlib.suppress(amqp.NotFound):
            self.channel.queue_delete(self.queue)
        self.connection.close()


@pytest.fixture
def broker(amqp_url: str, news_prefix: str) -> Iterator[Broker]:
    made = Broker(amqp_url, news_prefix)
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    kept = SqliteStore(tmp_path / "own.sqlite")
    yield kept
    kept.close()


def reader(broker: Broker, store: SqliteStore, feeds: Rule, **more: Any) -> QueueReader:
    return QueueReader(more.pop("url", broker.url), CODE, Reader(Server(feeds).client(), ["transfer"], store),
                       prefix=broker.prefix, **more)


def read(queue: QueueReader, last: int) -> list[int]:
    """What the handler got until the event at that position came."""
    got: list[int] = []
    queue.run(lambda event: got.append(event.position), stopping=lambda: last in got)
    return got


def test_messages_are_handled_in_order_and_acknowledged_after_their_effect(broker: Broker, store: SqliteStore) -> None:
    broker.publish(range(1, 251))
    assert read(reader(broker, store, Feeds(transfer=[])), 250) == [*range(1, 251)]
    assert (store.place("transfer").position, broker.left) == (250, 0)


def test_what_is_missing_is_read_from_the_feed_before_going_on(broker: Broker, store: SqliteStore) -> None:
    feeds = Feeds(transfer=[])
    queue, got = reader(broker, store, feeds), list[int]()
    broker.publish([2, 5])

    def handler(event: Event) -> None:
        got.append(event.position)
        if event.position == 5:
            feeds.positions["transfer"] = [2, 5, 6, 9, 11, 12]
            broker.publish([11, 12, 14], before=9)

    queue.run(handler, stopping=lambda: 14 in got)
    assert got == [2, 5, 6, 9, 11, 12, 14]


def test_a_queue_that_overflowed_or_was_made_too_late_loses_nothing(broker: Broker, store: SqliteStore) -> None:
    """Its oldest were dropped: at the start the feed is read, then the queue says nothing new."""
    feeds = Feeds(transfer=range(1, 2001))
    broker.publish(range(1900, 2002), before=1899)
    assert read(reader(broker, store, feeds), 2001) == [*range(1, 2002)]
    assert broker.left == 0


def test_duplicates_and_what_comes_late_have_no_effect(broker: Broker, store: SqliteStore) -> None:
    for positions in ([1, 2, 3], [2, 3], [1], [4]):
        broker.publish(positions, before=positions[0] - 1)
    assert read(reader(broker, store, Feeds(transfer=[])), 4) == [1, 2, 3, 4]


def test_what_a_handler_fails_at_stays_in_the_queue(broker: Broker, store: SqliteStore) -> None:
    broker.publish([1, 2, 3])

    def fails(event: Event) -> None:
        if event.position == 2:
            raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        reader(broker, store, Feeds(transfer=[])).run(fails)
    assert store.place("transfer").position == 1
    assert read(reader(broker, store, Feeds(transfer=[])), 3) == [2, 3]


def test_a_lost_connection_is_made_again_with_the_password_of_then(broker: Broker, store: SqliteStore,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    """The first address answers nobody; then a session breaks under way, after the effect and before its
    acknowledgement: what comes again has none."""
    urls = iter(["amqp://nobody:wrong@127.0.0.1:1/", *[broker.url] * 9])
    acknowledge, broken = amqp.Channel.basic_ack, list[int]()

    def breaks(channel: amqp.Channel, tag: int, **more: Any) -> Any:
        if not broken:
            broken.append(tag)
            raise ConnectionResetError("gone")
        return acknowledge(channel, tag, **more)

    monkeypatch.setattr(amqp.Channel, "basic_ack", breaks)
    broker.publish([1, 2])
    got: list[int] = []

    def handler(event: Event) -> None:
        got.append(event.position)
        if event.position == 2:
            broker.publish([3], before=2)

    queue = reader(broker, store, Feeds(transfer=[]), url=lambda: next(urls))
    queue.run(handler, stopping=lambda: 3 in got)
    assert got == [1, 2, 3] and broken


def test_a_new_epoch_stops_it_and_after_reconciling_messages_of_the_old_one_are_passed_over(
        broker: Broker, store: SqliteStore) -> None:
    feeds = Feeds(transfer=[1, 2])
    queue, got = reader(broker, store, feeds), list[int]()
    assert read(queue, 2) == [1, 2]
    feeds.epoch, feeds.positions["transfer"] = "e2", [1, 2, 3]
    with store.transaction():
        store.move("transfer", Place("e1", 2))
    broker.publish([3, 4], epoch="e1", before=2)
    broker.publish([4], epoch="e2", before=3)
    with pytest.raises(NewEpoch) as new:
        queue.run(lambda event: got.append(event.position))
    assert queue._feeds.reconcile(new.value.source, lambda event: got.append(event.position)).new == 1
    queue.run(lambda event: got.append(event.position), stopping=lambda: 4 in got)
    assert got == [3, 4] and store.place("transfer").epoch == "e2"


def test_a_message_that_can_not_be_read_is_passed_over_and_the_feed_has_it(broker: Broker, store: SqliteStore) -> None:
    at_first, feeds = iter([Feeds(transfer=[])]), Feeds(transfer=[1, 2])
    broker.send("{", epoch="e1", position=1, prev=0)
    broker.send(text_of(1))
    broker.publish([2], before=1)
    assert read(reader(broker, store, lambda asked: next(at_first, feeds)(asked)), 2) == [1, 2]
    assert broker.left == 0


def test_an_unknown_queue_and_a_wrong_password_are_told(broker: Broker, store: SqliteStore) -> None:
    wrong = broker.url.replace("://", "://nobody:wrong@", 1) if "@" not in broker.url else \
        f"amqp://nobody:wrong@{broker.url.rpartition('@')[2]}"
    with pytest.raises(Unreachable, match="agency.zonghe"):
        reader(broker, store, Feeds(transfer=[]), url=wrong).run(lambda event: None)
    broker.channel.queue_delete(broker.queue)
    with pytest.raises(Unreachable, match="no queue"):
        reader(broker, store, Feeds(transfer=[])).run(lambda event: None)
