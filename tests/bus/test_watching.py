"""A worker tells how old what waits is, whoever should have done it and hangs."""

from types import SimpleNamespace
from typing import cast

import pytest

from shared.acts.office import Office
from shared.bus.feeds import Feed, FeedUnreachable, LocalFeed
from shared.bus.follower import Follower
from shared.bus.tables import relay_cursor
from shared.bus.watching import Watch
from shared.kernel.clock import HandClock
from tests.bus.newsroom import BrokenFeed, Consumer, Source
from tests.figures import figure


def office_of(place: Source | Consumer, source: Source, name: str) -> Office:
    """What a watch needs of an office."""
    return cast(Office, SimpleNamespace(name=name, db=place.db, journal=source.journal, clock=place.clock))


def unhandled() -> float:
    return figure("liandong_unhandled_seconds", consumer="oversight", source="transfer")


def unpublished() -> float:
    return figure("liandong_unpublished_seconds", service="transfer")


@pytest.fixture
def feed(source: Source) -> BrokenFeed:
    return BrokenFeed(LocalFeed(source))


@pytest.fixture
def watch(source: Source, consumer: Consumer, feed: Feed) -> Watch:
    """The consumer's."""
    return Watch(office_of(consumer, source, "oversight"), {"transfer": feed}, relayed=False)


def test_the_oldest_entry_that_a_consumer_has_not_handled_grows_old_until_it_is(
        source: Source, follower: Follower, watch: Watch, clock: HandClock) -> None:
    source.tell("announced")
    clock.advance(seconds=40)
    source.tell("accepted")
    clock.advance(seconds=2)
    watch.step()
    assert unhandled() == 42
    clock.advance(seconds=60)
    watch.step()
    assert unhandled() == 102
    follower.step()
    watch.step()
    assert unhandled() == 0


def test_a_feed_that_is_away_is_told_and_holds_up_no_other_figure(
        source: Source, watch: Watch, feed: BrokenFeed, clock: HandClock) -> None:
    feed.cut = True
    clock.advance(seconds=1)
    with pytest.raises(FeedUnreachable):
        watch.step()
    assert figure("liandong_watched_timestamp_seconds", service="oversight") == clock.now().timestamp()


def test_the_oldest_entry_that_the_broker_has_not_confirmed_grows_old_until_it_has(
        source: Source, clock: HandClock) -> None:
    watch = Watch(office_of(source, source, "transfer"), {}, relayed=True)
    source.tell("announced")
    clock.advance(seconds=30)
    source.tell("accepted")
    clock.advance(seconds=1)
    watch.step()
    assert unpublished() == 31
    with source.db.write() as tx:
        tx.execute(relay_cursor.insert(), {"carrier": "amqp", "epoch": "1", "position": source.head() - 1})
    watch.step()
    assert unpublished() == 1
    with source.db.write() as tx:
        tx.execute(relay_cursor.update().values(position=source.head()))
    watch.step()
    assert unpublished() == 0
