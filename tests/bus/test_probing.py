"""A probe a minute goes the way of every entry, and each leg of it tells when it last came through, and how long it
took; it is in nobody's way, and in nobody's but the canary's feed."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from shared.acts.office import Office
from shared.bus import parking
from shared.bus.agency_feeds import AgencyFeed, LocalAgencyFeed, Told
from shared.bus.feeds import FeedUnreachable, LocalFeed
from shared.bus.follower import Follower
from shared.bus.probing import ProbeLacks, Prober
from shared.contracts.feed import Mark
from shared.db.database import Database
from shared.journal.model import PROBE
from shared.kernel.clock import HandClock
from shared.kernel.settings import Settings
from shared.telemetry.metrics import PROBE_REACHED, PROBE_SECONDS
from tests.bus.conftest import Broker
from tests.bus.newsroom import Consumer, Source
from tests.figures import figure


class Feed:
    """The canary's feed, that can be cut off or can lack what it should have."""

    def __init__(self, source: Source) -> None:
        self._feed, self.cut, self.lacks = LocalAgencyFeed(source), False, False

    def head(self) -> Mark:
        return self._feed.head()

    def read(self, agency: str, types: tuple[str, ...], after: Mark, limit: int) -> Told:
        if self.cut:
            raise FeedUnreachable("cut off")
        return self._feed.read("another" if self.lacks else agency, types, after, limit)


@pytest.fixture(autouse=True)
def untold() -> Iterator[None]:
    """No figure of another test."""
    yield
    for told in (PROBE_REACHED, PROBE_SECONDS):
        told.clear()


@pytest.fixture
def feed(source: Source) -> Feed:
    return Feed(source)


def probing(source: Source, feed: AgencyFeed) -> Prober:
    """What the worker of a service begins with."""
    wake = SimpleNamespace(ring=lambda: None)
    return Prober(cast(Office, SimpleNamespace(name="transfer", db=source.db, journal=source.journal, wake=wake,
                                               clock=source.clock, settings=Settings())), feed)


def probes(source: Source, agency: str | None = None) -> list[int]:
    """Where probes stand, for siblings or an agency."""
    with source.db.read() as tx:
        return [each.position for each in source.journal.feed(tx, 0, 1000, agency) if each.type == PROBE]


def reached(leg: str, consumer: str = "") -> float:
    return figure("liandong_probe_success_timestamp_seconds", service="transfer", leg=leg, consumer=consumer)


def seconds(leg: str, consumer: str = "") -> float:
    return figure("liandong_probe_seconds", service="transfer", leg=leg, consumer=consumer)


def test_a_probe_is_written_each_minute_whichever_process_wrote_the_last(source: Source, feed: Feed,
                                                                         clock: HandClock) -> None:
    assert probing(source, feed).step() == 60 and len(probes(source)) == 1
    clock.advance(seconds=20)
    another = probing(source, feed)
    assert another.step() == 40 and len(probes(source)) == 1
    clock.advance(seconds=40)
    assert another.step() == 60 and len(probes(source)) == 2


def test_a_night_without_a_worker_is_not_made_up_for(source: Source, feed: Feed, clock: HandClock) -> None:
    prober = probing(source, feed)
    prober.step()
    clock.advance(hours=9)
    assert prober.step() == prober.step() == 60 and len(probes(source)) == 2


def test_a_clock_set_back_holds_no_probe_up(source: Source, feed: Feed, clock: HandClock) -> None:
    probing(source, feed).step()
    source.clock = source.journal.clock = HandClock(clock.now() - timedelta(hours=2))
    probing(source, feed).step()
    assert len(probes(source)) == 2


def test_siblings_and_the_canary_are_told_and_nobody_else(source: Source, feed: Feed) -> None:
    probing(source, feed).step()
    with source.db.read() as tx:
        entry, = (each for each in source.journal.for_relay(tx, 0, 100) if each.type == PROBE)
    assert (entry.subject, entry.told) == ("", (("canary", 0),))
    assert probes(source, "canary") == probes(source) == [source.head()]


def test_it_is_seen_in_the_canarys_feed_and_what_keeps_it_from_there_keeps_none_from_being_written(
        source: Source, feed: Feed, clock: HandClock) -> None:
    prober, feed.cut = probing(source, feed), True
    assert reached("written") == reached("canary") == 0, "told from the start"
    for _ in range(2):
        with pytest.raises(FeedUnreachable):
            prober.step()
        clock.advance(seconds=60)
    assert len(probes(source)) == 2 and reached("written") == clock.now().timestamp() - 60 and not reached("canary")
    feed.cut, feed.lacks = False, True
    with pytest.raises(ProbeLacks):
        prober.step()
    clock.advance(seconds=5)
    feed.lacks = False
    assert prober.step() == 55
    assert (reached("canary"), seconds("canary"), seconds("written")) == (clock.now().timestamp(), 5, 0)
    clock.advance(seconds=5)
    assert prober.step() == 50 and seconds("canary") == 5, "it is looked for until it is seen"


def test_each_follower_tells_when_it_has_handled_it_and_how_long_that_took(
        source: Source, consumer: Consumer, feed: Feed, follower: Follower, clock: HandClock) -> None:
    source.tell("announced")
    probing(source, feed).step()
    assert reached("handled", "oversight") == 0
    clock.advance(seconds=7)
    follower.step()
    assert (reached("handled", "oversight"), seconds("handled", "oversight")) == (clock.now().timestamp(), 7)
    assert consumer.heard() == source.told, "no handler is troubled with it"


def test_it_waits_behind_nothing_and_is_never_parked(
        source: Source, consumer: Consumer, feed: Feed, follower: Follower, clock: HandClock) -> None:
    consumer.failing = {"calendar_loaded"}
    source.tell("calendar_loaded", stream="")
    follower.step()
    for _ in range(3):
        probing(source, feed).step()
        clock.advance(minutes=1)
        follower.step()
    with consumer.db.read() as tx:
        assert [each.event for each in parking.listed(tx)] == ["calendar_loaded"]
    assert reached("handled", "oversight") == clock.now().timestamp()


def test_the_relay_tells_when_the_broker_has_it_and_not_before(
        source: Source, feed: Feed, broker: Broker, clock: HandClock) -> None:
    relay = broker.relay(source, "oversight")
    source.tell("announced")
    relay.step()
    assert reached("published") == 0
    probing(source, feed).step()
    clock.advance(seconds=3)
    relay.step()
    assert (reached("published"), seconds("published")) == (clock.now().timestamp(), 3)
    clock.advance(seconds=3)
    relay.step()
    assert reached("published") == clock.now().timestamp() - 3


def test_a_follower_that_stands_by_tells_that_it_handled_none(source: Source, consumer: Consumer) -> None:
    consumer.name = "spare"
    consumer.follower(LocalFeed(source))
    assert PROBE_REACHED.labels("transfer", "handled", "spare")._value.get() == 0


def test_of_workers_that_find_one_due_at_the_same_moment_one_writes_it(
        source: Source, feed: Feed, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that is overtaken finds what the other wrote a moment after it had looked at the clock."""
    first, second = probing(source, feed), probing(source, feed)
    write = Database.write

    def overtaken(db: Database) -> Any:
        monkeypatch.setattr(Database, "write", write)
        clock.advance(milliseconds=5)
        assert first.step() == 60
        return write(db)

    monkeypatch.setattr(Database, "write", overtaken)
    assert second.step() == 60
    assert len(probes(source)) == 1
