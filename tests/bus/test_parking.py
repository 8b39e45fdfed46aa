"""What can't be handled is parked, and holds up only its own stream."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.bus import cursors, parking
from shared.bus.deliveries import Delivery, from_feed
from shared.bus.feeds import LocalFeed
from shared.bus.follower import CRASHES, Follower, UnknownEpoch
from shared.contracts.envelope import Event
from shared.journal.epochs import new_epoch
from shared.kernel.clock import HandClock
from shared.telemetry.metrics import REGISTRY
from tests.bus.newsroom import BrokenFeed, Consumer, Source, heard


def deliveries(source: Source) -> list[Delivery]:
    """Everything told so far, as a carrier would bring it; the epoch's own entry is the first."""
    page = LocalFeed(source).page(0, 1000)
    return from_feed(page.epoch, page.items)


def parked_rows(consumer: Consumer, *, dropped: bool = False) -> Sequence[parking.Parked]:
    with consumer.db.read() as tx:
        return parking.listed(tx, dropped=dropped)


def test_what_a_failing_handler_wrote_is_undone_and_the_rest_of_its_batch_stands(
        source: Source, consumer: Consumer, follower: Follower) -> None:
    consumer.failing = {"refused"}
    source.tell("announced", stream="1")
    source.tell("refused", stream="2")
    source.tell("accepted", stream="3")
    follower.step()
    assert consumer.heard() == [source.told[0], source.told[2]]


def test_a_statement_that_the_database_refuses_parks_its_event_only(source: Source, consumer: Consumer) -> None:
    def refused_by_database(tx: Connection, event: Event) -> None:
        tx.execute(heard.insert().values(id=source.told[0]))     # there already
        raise AssertionError("not reached")

    source.tell("announced", stream="1")
    source.tell("accepted", stream="2")
    source.tell("announced", stream="3")
    consumer.follower(LocalFeed(source), {"announced": consumer.note, "accepted": refused_by_database}).step()
    assert consumer.heard() == [source.told[0], source.told[2]]
    assert [row.event for row in parked_rows(consumer)] == ["accepted"]


def test_something_may_be_parked_until_a_transaction_has_seen_that_nothing_is_and_nobody_else_says_so(
        source: Source, consumer: Consumer, follower: Follower, clock: HandClock) -> None:
    def told(name: str) -> bool:
        source.tell(name, stream=name)
        follower.step()
        return follower.may_park

    assert follower.may_park, "what was parked before it began it does not know"
    assert not told("announced")
    consumer.failing = {"refused"}
    assert told("refused") and told("announced"), "one waits"
    consumer.failing = set()
    clock.advance(hours=1)
    assert follower.retry() == 1
    assert not told("announced")
    with pytest.raises(AttributeError):
        follower.may_park = False       # type: ignore[misc]


def test_parked_events_of_a_stream_are_done_in_order_once_the_handler_works(
        source: Source, consumer: Consumer, follower: Follower, clock: HandClock) -> None:
    consumer.failing = {"refused"}
    source.tell("announced", "refused", "rerouted", "announced")
    follower.step()
    consumer.failing = set()
    assert follower.retry() == 0, "not due yet"
    clock.advance(seconds=5)
    assert follower.retry() == 3
    assert consumer.heard() == source.told
    assert not parked_rows(consumer)


def test_pauses_between_tries_grow_to_an_hour(
        source: Source, consumer: Consumer, follower: Follower, clock: HandClock) -> None:
    consumer.failing = {"refused"}
    source.tell("refused")
    follower.step()
    waits = []
    for _ in range(9):
        wait = follower.next_retry()
        assert wait is not None
        waits.append(wait)
        clock.advance(seconds=wait)
        follower.retry()
    assert waits == [5, 15, 45, 135, 405, 1215, 3600, 3600, 3600]
    assert parked_rows(consumer)[0].tries == 10


def test_ops_may_retry_at_once(source: Source, consumer: Consumer, follower: Follower, clock: HandClock) -> None:
    consumer.failing = {"refused"}
    source.tell("refused")
    follower.step()
    consumer.failing = set()
    with consumer.db.write() as tx:
        parking.retry(tx, "oversight", "transfer", 2, clock.now())
    assert follower.retry() == 1
    assert consumer.heard() == source.told


def test_a_dropped_event_stays_readable_and_lets_its_stream_go_on(
        source: Source, consumer: Consumer, follower: Follower, clock: HandClock) -> None:
    consumer.failing = {"refused"}
    source.tell("refused", "rerouted")
    follower.step()
    with consumer.db.write() as tx, pytest.raises(ValueError):
        parking.drop(tx, "oversight", "transfer", 2, now=clock.now(), by="apt-1", reason=" ")
    with consumer.db.write() as tx:
        parking.drop(tx, "oversight", "transfer", 2, now=clock.now(), by="apt-1", reason="entered twice")
    assert follower.retry() == 1
    later = source.tell("announced")
    follower.step()
    assert consumer.heard() == [source.told[1], *later]
    assert not parked_rows(consumer)
    (row,) = parked_rows(consumer, dropped=True)
    assert (row.dropped_by, row.reason, row.dropped_at) == ("apt-1", "entered twice", clock.now())
    with consumer.db.write() as tx, pytest.raises(parking.NotParked):
        parking.retry(tx, "oversight", "transfer", 2, clock.now())


def test_the_alarm_ends_when_the_last_parked_event_is_dropped_elsewhere(
        source: Source, consumer: Consumer, follower: Follower, clock: HandClock) -> None:
    consumer.failing = {"refused"}
    source.tell("refused")
    follower.step()
    labels = {"consumer": "oversight", "source": "transfer"}
    assert REGISTRY.get_sample_value("liandong_parked", labels) == 1
    with consumer.db.write() as tx:
        parking.drop(tx, "oversight", "transfer", 2, now=clock.now(), by="apt-1", reason="entered twice")
    follower.step()
    assert REGISTRY.get_sample_value("liandong_parked", labels) == 0


def test_what_waits_behind_a_parked_event_is_not_read_at_every_look(
        source: Source, consumer: Consumer, follower: Follower, clock: HandClock,
        monkeypatch: pytest.MonkeyPatch) -> None:
    consumer.failing = {"refused"}
    source.tell("refused", *["announced"] * 30)
    source.tell("refused", stream="case-2")
    follower.step()
    clock.advance(seconds=5)
    read, parked = [], parking._parked
    monkeypatch.setattr(parking, "_parked", lambda row: read.append(row.position) or parked(row))
    with consumer.db.read() as tx:
        assert [row.position for row in parking.due(tx, "oversight", "transfer", clock.now())] == read == [2, 33]
    assert len(parked_rows(consumer)) == 32


def test_a_text_that_cannot_be_read_is_read_from_the_feed(
        source: Source, consumer: Consumer, follower: Follower) -> None:
    source.tell("announced", "accepted")
    opened, announced, accepted = deliveries(source)
    follower.handle([opened, replace(announced, body="{"), accepted])
    assert consumer.heard() == source.told
    assert not parked_rows(consumer)


def test_a_text_that_nobody_can_read_is_parked_and_holds_nobody(source: Source, consumer: Consumer) -> None:
    source.tell("announced", "accepted")
    feed = BrokenFeed(LocalFeed(source))
    follower = consumer.follower(feed)
    opened, announced, accepted = deliveries(source)
    follower.handle([opened])
    feed.cut = True
    follower.handle([replace(announced, body="{"), accepted])
    assert consumer.heard() == source.told[1:]
    (row,) = parked_rows(consumer)
    assert (row.position, row.stream, row.body) == (announced.position, "", "{")


def test_an_event_that_ended_its_consumer_too_often_is_parked_without_running(
        source: Source, consumer: Consumer, follower: Follower) -> None:
    consumer.failing = {"nothing"}
    source.tell("announced", stream="1")
    source.tell("accepted", stream="2")
    follower.handle([replace(delivery, crashes=CRASHES + 1) for delivery in deliveries(source)[1:]]
                    + deliveries(source)[:1])
    # the first of the batch is the one that may have ended it; those behind it get their chance
    assert consumer.heard() == source.told
    source.tell("announced", stream="3")
    source.tell("accepted", stream="4")
    follower.handle([replace(delivery, crashes=CRASHES + 1) for delivery in deliveries(source)[3:]])
    assert consumer.heard() == [*source.told[:2], source.told[3]]
    assert [row.stream for row in parked_rows(consumer)] == ["3"]


# epochs

def test_a_new_epoch_that_holds_what_was_handled_is_gone_over_to(
        source: Source, consumer: Consumer, follower: Follower) -> None:
    source.tell("announced")
    follower.step()
    new_epoch(source.db, source.journal, "restored")
    source.tell("accepted")
    follower.step()
    assert consumer.heard() == source.told


def test_old_copies_of_an_epoch_that_is_over_are_nothing(
        source: Source, consumer: Consumer, follower: Follower) -> None:
    source.tell("announced", "accepted")
    old = deliveries(source)
    follower.handle(old[:2])
    new_epoch(source.db, source.journal, "restored")
    follower.handle(old)
    follower.step()
    assert consumer.heard() == source.told


def test_a_consumer_stops_where_the_new_epoch_lacks_what_it_handled(source: Source, consumer: Consumer) -> None:
    source.tell("announced", "accepted")
    consumer.follower(LocalFeed(source)).step()
    with source.db.write() as tx:           # as a restore of yesterday's backup does
        for trigger in _triggers(tx):
            tx.execute(sa.text(trigger))
        tx.execute(sa.text("UPDATE journal_head SET position = 2"))
        tx.execute(sa.text("DELETE FROM journal_audience WHERE position > 2"))
        tx.execute(sa.text("DELETE FROM journal WHERE position > 2"))
    new_epoch(source.db, source.journal, "restored")
    source.tell("refused")
    follower = consumer.follower(LocalFeed(source))
    for _ in range(2):
        with pytest.raises(UnknownEpoch, match="does not hold what was handled at 3"):
            follower.step()
    with pytest.raises(UnknownEpoch):
        follower.handle(deliveries(source))
    assert len(consumer.heard()) == 2

    _, _, opened, _ = deliveries(source)
    with consumer.db.write() as tx:         # a person has looked: what was heard of the old epoch is put right by hand
        cursors.settle(tx, "oversight", "transfer", opened.epoch, opened.position, opened.id)
    follower.step()
    assert consumer.heard()[-1] == source.told[-1]


def _triggers(tx: Connection) -> list[str]:
    """Statements that take the append-only guard away, as a superuser's restore goes around it."""
    if tx.dialect.name == "sqlite":
        names = tx.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        return [f"DROP TRIGGER {name}" for name in names]
    return [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in ("journal", "journal_head", "journal_audience")]


def test_the_consumer_waits_no_longer_than_the_next_try(source: Source, consumer: Consumer, follower: Follower) -> None:
    assert follower.next_retry() is None
    consumer.failing = {"refused"}
    source.tell("refused")
    follower.step()
    assert follower.next_retry() == timedelta(seconds=5).total_seconds()
