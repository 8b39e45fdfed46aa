"""Ends at the worst moments: nothing is lost, nothing done twice."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from shared.bus import parking
from shared.bus.feeds import LocalFeed
from shared.bus.follower import CRASHES
from tests.bus.conftest import Broker, position_of
from tests.bus.doomed import Deaths
from tests.bus.newsroom import BrokenFeed, Consumer, Source, until
from tests.bus.test_rabbitmq import relayed_to, waiting_in


def test_a_database_that_was_away_parks_nothing(broker: Broker, source: Source, consumer: Consumer) -> None:
    tries: list[int] = []

    def away(tx: Any, event: Any) -> None:
        tries.append(event.position)
        if len(tries) <= 2 * CRASHES:
            raise sa.exc.InterfaceError("", {}, ConnectionError("away"))
        consumer.note(tx, event)

    source.tell("announced")
    broker.relay(source, "oversight").step()
    with broker.consuming(consumer.follower(LocalFeed(source), {"announced": away})):
        until(lambda: position_of(consumer) == source.head())
    assert consumer.heard() == source.told
    assert len(tries) == 2 * CRASHES + 1


# kill -9

@pytest.fixture(scope="module")
def deaths() -> Iterator[Deaths]:
    deaths = Deaths()
    yield deaths
    deaths.close()


def test_killed_between_commit_and_publish_nothing_is_lost(
        broker: Broker, source: Source, consumer: Consumer, deaths: Deaths) -> None:
    deaths.run("committed", source, consumer, broker.url, broker.names.prefix)
    with broker.consuming(consumer.follower(LocalFeed(source))):
        broker.relay(source, "oversight").step()
        until(lambda: position_of(consumer) == source.head() == 3)
    assert len(consumer.heard()) == 2


def test_killed_between_confirm_and_cursor_the_duplicates_have_no_effect(
        broker: Broker, source: Source, consumer: Consumer, deaths: Deaths) -> None:
    source.tell("announced", "accepted")
    deaths.run("published", source, consumer, broker.url, broker.names.prefix)
    assert relayed_to(source) == 0
    assert broker.relay(source, "oversight").step() == 3
    assert waiting_in(broker, broker.names.queue("oversight", "transfer")) == 6
    with broker.consuming(consumer.follower(BrokenFeed(LocalFeed(source)))):
        until(lambda: consumer.heard() == source.told)
    assert waiting_in(broker, broker.names.queue("oversight", "transfer")) == 0


def test_killed_between_handler_commit_and_acknowledgement_nothing_is_done_twice(
        broker: Broker, source: Source, consumer: Consumer, deaths: Deaths) -> None:
    queue = broker.names.queue("oversight", "transfer")
    relay = broker.relay(source, "oversight")
    relay.step()
    with broker.consuming(consumer.follower(LocalFeed(source))):
        until(lambda: position_of(consumer) == 1)
    source.tell("announced", "accepted")
    relay.step()
    deaths.run("handled", source, consumer, broker.url, broker.names.prefix)
    assert consumer.heard()
    with broker.consuming(consumer.follower(LocalFeed(source))):
        until(lambda: consumer.heard() == source.told and waiting_in(broker, queue) == 0)


def test_an_event_that_kills_its_consumer_is_parked_after_a_few_deaths(
        broker: Broker, source: Source, consumer: Consumer, deaths: Deaths) -> None:
    source.tell("announced", stream="1")
    relay = broker.relay(source, "oversight")
    relay.step()
    with broker.consuming(consumer.follower(LocalFeed(source))):
        until(lambda: consumer.heard() == source.told)
    source.tell("refused", stream="2")
    others = source.tell("announced", "accepted", stream="3")
    relay.step()
    for _ in range(6):
        deaths.run("handling", source, consumer, broker.url, broker.names.prefix)
    with broker.consuming(consumer.follower(LocalFeed(source))):
        until(lambda: position_of(consumer) == source.head())
    assert consumer.heard("3") == others
    with consumer.db.read() as tx:
        (row,) = parking.listed(tx)
    assert (row.stream, row.tries) == ("2", 1)
    assert "it is not run" in row.cause
