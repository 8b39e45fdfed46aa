"""The relay and the consumer on a real broker."""

import json
import threading
from collections.abc import Callable
from typing import Any

import amqp
import pytest
import sqlalchemy as sa

from shared.bus.amqp import connect
from shared.bus.entrypoints import NotConsuming, Running
from shared.bus.feeds import LocalFeed
from shared.bus.publishing import PublishFailed
from shared.bus.relay import Relay
from shared.bus.tables import relay_cursor
from shared.contracts.envelope import CONTENT_TYPE
from shared.kernel.settings import Settings
from tests.bus.conftest import Broker
from tests.bus.newsroom import DEADLINE, BrokenFeed, Consumer, Source, until


def on_channel(broker: Broker, do: Callable[[amqp.Channel], Any]) -> Any:
    connection = connect(broker.url, "test")
    try:
        return do(connection.channel())
    finally:
        connection.close()


def waiting_in(broker: Broker, queue: str) -> int:
    """How many messages a queue holds that nobody was given."""
    return int(on_channel(broker, lambda channel: channel.queue_declare(queue, passive=True).message_count))


def taken_from(broker: Broker, queue: str) -> list[amqp.Message]:
    """Takes every message out of a queue. A single active consumer's queue refuses basic.get."""
    def take(channel: amqp.Channel) -> list[amqp.Message]:
        messages: list[amqp.Message] = []
        count = channel.queue_declare(queue, passive=True).message_count
        tag = channel.basic_consume(queue, no_ack=True, callback=messages.append)
        while len(messages) < count:
            channel.connection.drain_events(timeout=DEADLINE)
        channel.basic_cancel(tag)
        return messages
    return list(on_channel(broker, take))


def relayed_to(source: Source) -> int:
    with source.db.read() as tx:
        return tx.scalar(sa.select(relay_cursor.c.position)) or 0


# the relay

def test_a_message_says_where_it_stands_and_carries_the_text_as_journalled(broker: Broker, source: Source) -> None:
    source.tell("announced")
    assert broker.relay(source, "oversight").step() == 2
    _, message = taken_from(broker, broker.names.queue("oversight", "transfer"))
    (told,) = LocalFeed(source).page(1, 10).items
    properties = message.properties
    assert message.body == told.body
    assert message.delivery_info["routing_key"] == "transfer.announced"
    assert properties["message_id"] == json.loads(told.body)["id"] == source.told[0]
    assert (properties["type"], properties["content_type"]) == ("liandong.transfer.announced.v1", CONTENT_TYPE)
    assert properties["delivery_mode"] == 2
    assert properties["application_headers"] == {"epoch": LocalFeed(source).page(0, 1).epoch, "position": 2}


def test_the_relay_goes_on_where_it_stopped(broker: Broker, source: Source) -> None:
    queue = broker.names.queue("oversight", "transfer")
    source.tell(*["announced"] * 1200)
    first = broker.relay(source, "oversight")
    assert first.step() == 1201
    first.close()
    source.tell("accepted")
    second = broker.relay(source, "oversight")
    assert (second.step(), second.step()) == (1, 0)
    positions = [message.headers["position"] for message in taken_from(broker, queue)]
    assert positions == list(range(1, 1203))


def test_topology_stands_before_anything_is_published(broker: Broker, source: Source) -> None:
    source.tell("announced")
    broker.relay(source, "oversight", "desk").step()
    assert [waiting_in(broker, broker.names.queue(name, "transfer")) for name in ("oversight", "desk")] == [2, 2]


def test_a_service_that_nobody_follows_publishes_all_the_same(broker: Broker, source: Source) -> None:
    source.tell("announced")
    assert broker.relay(source).step() == 2


def test_an_entry_that_comes_back_is_published_again_once_its_queue_stands(broker: Broker, source: Source) -> None:
    queue = broker.names.queue("oversight", "transfer")
    relay = broker.relay(source, "oversight")
    relay.step()
    on_channel(broker, lambda channel: channel.queue_delete(queue))
    source.tell("announced", "accepted")
    with pytest.raises(PublishFailed, match="transfer 2 came back"):
        relay.step()
    assert relayed_to(source) == 1
    relay.step()
    assert relayed_to(source) == 3
    assert [message.headers["position"] for message in taken_from(broker, queue)] == [2, 3]


def test_the_relay_takes_a_new_channel_when_its_exchange_is_gone(broker: Broker, source: Source) -> None:
    relay = broker.relay(source, "oversight")
    relay.step()
    on_channel(broker, lambda channel: channel.exchange_delete(broker.names.exchange("transfer")))
    source.tell("announced")
    with pytest.raises(amqp.NotFound):
        relay.step()
    assert relay.step() == 1


def test_three_relays_race_and_one_publishes(broker: Broker, source: Source) -> None:
    source.tell(*["announced"] * 300)
    relays = [broker.relay(source, "oversight") for _ in range(3)]
    published: list[int] = []
    start = threading.Barrier(3)

    def race(relay: Relay) -> None:
        start.wait()
        published.append(relay.step())

    threads = [threading.Thread(target=race, args=(relay,)) for relay in relays]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(published) == [0, 0, 301]
    winner = relays[[relay._lease.held() for relay in relays].index(True)]
    winner.close()
    source.tell("accepted")
    assert sum(relay.step() for relay in relays if relay is not winner) == 1
    queue = broker.names.queue("oversight", "transfer")
    positions = [message.headers["position"] for message in taken_from(broker, queue)]
    assert positions == list(range(1, 303))


# the consumer

def test_a_queue_deleted_under_way_heals(broker: Broker, source: Source, consumer: Consumer) -> None:
    queue, relay = broker.names.queue("oversight", "transfer"), broker.relay(source, "oversight")
    with broker.consuming(consumer.follower(LocalFeed(source))) as worker:
        source.tell("announced")
        relay.step()
        until(lambda: consumer.heard() == source.told)
        on_channel(broker, lambda channel: channel.queue_delete(queue))
        source.tell("accepted", "closed")
        until(lambda: worker.ready and consumer.heard() == source.told, "the queue is back and the feed was asked")
        source.tell("closure_reported")
        until(lambda: _published(relay) and consumer.heard() == source.told)


def _published(relay: Relay) -> bool:
    """Steps the relay; a channel that failed is made anew by the next step."""
    try:
        relay.step()
    except PublishFailed:
        return False
    return True


def test_a_consumer_bound_late_gets_everything(broker: Broker, source: Source, consumer: Consumer) -> None:
    source.tell(*["announced"] * 450)
    broker.relay(source, "desk").step()             # nobody knows of oversight yet
    with broker.consuming(consumer.follower(LocalFeed(source))):
        until(lambda: consumer.heard() == source.told)


def test_a_lost_message_is_read_from_the_feed(broker: Broker, source: Source, consumer: Consumer) -> None:
    queue, relay = broker.names.queue("oversight", "transfer"), broker.relay(source, "oversight")
    with broker.consuming(consumer.follower(LocalFeed(source))):
        pass
    source.tell("announced")
    relay.step()
    assert len(taken_from(broker, queue)) == 2      # somebody else read them
    source.tell("accepted")
    relay.step()
    with broker.consuming(consumer.follower(LocalFeed(source))):
        until(lambda: consumer.heard() == source.told)


def test_a_message_without_position_is_put_away_and_the_feed_asked(
        broker: Broker, source: Source, consumer: Consumer) -> None:
    queue = broker.names.queue("oversight", "transfer")
    with broker.consuming(consumer.follower(LocalFeed(source))):
        source.tell("announced")
        on_channel(broker, lambda channel: channel.basic_publish(amqp.Message(b"\xff\x00"), "", queue))
        until(lambda: consumer.heard() == source.told)
    assert waiting_in(broker, queue) == 0


def test_news_goes_on_while_the_feed_is_cut_off(broker: Broker, source: Source, consumer: Consumer) -> None:
    feed = BrokenFeed(LocalFeed(source))
    feed.cut = True
    relay = broker.relay(source, "oversight")
    source.tell("announced")
    relay.step()
    with broker.consuming(consumer.follower(feed)):
        until(lambda: consumer.heard() == source.told)


def test_on_stop_what_was_delivered_is_done_and_acknowledged(
        broker: Broker, source: Source, consumer: Consumer) -> None:
    queue = broker.names.queue("oversight", "transfer")
    begun, go_on = threading.Event(), threading.Event()
    follower = consumer.follower(LocalFeed(source))

    def slow(tx: Any, event: Any) -> None:
        begun.set()
        go_on.wait(20)
        consumer.note(tx, event)

    follower.handlers = {"announced": slow}
    with broker.consuming(follower):
        source.tell("announced")
        broker.relay(source, "oversight").step()
        begun.wait(20)
        threading.Timer(0.1, go_on.set).start()     # the handler ends after the stop has begun
    assert consumer.heard() == source.told
    assert waiting_in(broker, queue) == 0


def test_only_one_worker_of_a_consumer_is_given_news(broker: Broker, source: Source, consumer: Consumer) -> None:
    relay = broker.relay(source, "oversight")
    with broker.consuming(consumer.follower(LocalFeed(source))), broker.consuming(consumer.follower(LocalFeed(source))):
        for _ in range(20):
            source.tell("announced", "accepted")
            relay.step()
        until(lambda: consumer.heard() == source.told)


def test_a_process_is_at_its_queues_while_each_consumer_consumes(
        broker: Broker, source: Source, consumer: Consumer) -> None:
    running = Running(Settings(), {})
    running.all_consume()
    queue = broker.names.queue("oversight", "transfer")
    with broker.consuming(consumer.follower(LocalFeed(source))) as worker:
        running.consuming.append(worker)
        running.all_consume()
    with pytest.raises(NotConsuming, match=queue):
        running.all_consume()
