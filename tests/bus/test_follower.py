"""The consumer's rules, without a broker: duplicates, gaps, parking, epochs."""


import pytest
from sqlalchemy.engine import Connection

from shared.bus.deliveries import PAGE, Delivery, from_feed
from shared.bus.feeds import FeedUnreachable, LocalFeed
from shared.bus.follower import Follower, GapOpen
from shared.contracts.envelope import Event
from tests.bus.newsroom import BrokenFeed, Consumer, Source, served
from tests.figures import figure


def deliveries(source: Source) -> list[Delivery]:
    """Everything told so far, as a carrier would bring it; the epoch's own entry is the first."""
    page = LocalFeed(source).page(0, 1000)
    return from_feed(page.epoch, page.items)


def test_a_duplicate_has_no_effect(source: Source, consumer: Consumer, follower: Follower) -> None:
    source.tell("announced", "accepted")
    batch = deliveries(source)
    assert follower.handle(batch) == 3
    assert follower.handle(batch) == 0
    assert follower.handle([batch[1], batch[1]]) == 0
    assert consumer.heard() == source.told


def test_the_same_delivery_twice_in_a_batch_is_handled_once(
        source: Source, consumer: Consumer, follower: Follower) -> None:
    source.tell("announced", "accepted")
    follower.handle([*deliveries(source), *deliveries(source)])
    assert consumer.heard() == source.told


def test_what_a_carrier_lost_is_read_from_the_feed(source: Source, consumer: Consumer) -> None:
    source.tell(*["announced"] * 9)
    feed = BrokenFeed(LocalFeed(source))
    follower = consumer.follower(feed)
    first, *_, last = deliveries(source)
    follower.handle([first])
    pages = feed.pages
    follower.handle([last])
    assert feed.pages == pages + 1
    assert consumer.heard() == source.told


def test_a_reordered_batch_is_handled_in_order(source: Source, consumer: Consumer) -> None:
    source.tell(*["announced"] * 9)
    follower = consumer.follower(BrokenFeed(LocalFeed(source)))
    follower.handle(deliveries(source)[::-1])
    assert consumer.heard() == source.told


def test_a_long_gap_is_filled_page_by_page(source: Source, consumer: Consumer, follower: Follower) -> None:
    source.tell(*["announced"] * (PAGE + 50))
    follower.handle(deliveries(source)[-1:])
    assert consumer.heard() == source.told


def test_a_gap_stays_open_while_the_feed_is_cut_and_closes_after_it(source: Source, consumer: Consumer) -> None:
    source.tell(*["announced"] * 4)
    feed = BrokenFeed(LocalFeed(source))
    follower = consumer.follower(feed)
    follower.handle(deliveries(source)[:2])
    feed.cut = True
    with pytest.raises(GapOpen):
        follower.handle(deliveries(source)[3:])
    with pytest.raises(FeedUnreachable):
        follower.step()
    assert consumer.heard() == source.told[:1]
    feed.cut = False
    follower.handle(deliveries(source)[3:])
    assert consumer.heard() == source.told


def test_two_workers_of_one_consumer_never_do_the_same_twice(source: Source, consumer: Consumer) -> None:
    source.tell(*["announced"] * 5)
    one, other = consumer.follower(LocalFeed(source)), consumer.follower(LocalFeed(source))
    batch = deliveries(source)
    one.handle(batch[:2])
    other.handle(batch[:4])
    one.handle(batch)           # it still believes that it is at 2
    other.catch_up()
    assert consumer.heard() == source.told


def test_handlers_and_cursor_are_one_transaction(source: Source, consumer: Consumer) -> None:
    class PowerCut(BaseException):
        pass

    def cut(tx: Connection, event: Event) -> None:
        consumer.note(tx, event)
        raise PowerCut

    source.tell("announced")
    with pytest.raises(PowerCut):
        consumer.follower(LocalFeed(source), {"announced": cut}).step()
    assert consumer.heard() == []
    consumer.follower(LocalFeed(source)).step()
    assert consumer.heard() == source.told


# parking


def told(name: str, **labels: str) -> float:
    return figure(f"liandong_{name}", consumer="oversight", source="transfer", **labels)


def lag() -> float:
    return told("follower_lag")


def test_the_lag_is_what_the_feed_is_ahead_and_falls_to_nothing(
        source: Source, consumer: Consumer, follower: Follower) -> None:
    source.tell(*["announced"] * (PAGE + 49))
    follower.catch_up()
    assert lag() == 50
    follower.catch_up()
    assert lag() == 0
    source.tell("accepted")
    follower.handle(deliveries(source)[-1:])
    assert lag() == 0
    consumer.failing.add("refused")
    source.tell("refused", "accepted")
    follower.handle(deliveries(source)[-2:])
    assert lag() == 0, "what is parked is no lag: it has a figure of its own"


def test_the_lag_over_http_is_told_by_the_head(source: Source, consumer: Consumer) -> None:
    source.tell(*["announced"] * (PAGE + 9))
    with served(source) as feed:
        consumer.follower(feed).catch_up()
    assert lag() == 10


def test_a_consumer_that_cannot_handle_what_a_carrier_brings_shows_its_lag(source: Source, consumer: Consumer) -> None:
    feed = BrokenFeed(LocalFeed(source))
    follower = consumer.follower(feed)
    follower.catch_up()
    source.tell(*["announced"] * 5)
    feed.cut = True
    with pytest.raises(GapOpen):
        follower.handle(deliveries(source)[-1:])
    assert lag() == 5


def test_duplicates_and_gaps_are_counted_and_the_position_is_told(source: Source, follower: Follower) -> None:
    source.tell(*["announced"] * 5)
    first, *_, last = deliveries(source)
    repeated, gaps = told("followed_total", result="duplicate"), told("follower_gaps_total")
    follower.handle([first])
    follower.handle([first, last])
    assert told("followed_total", result="duplicate") == repeated + 1
    assert told("follower_gaps_total") == gaps + 1
    assert told("follower_position") == source.head()
