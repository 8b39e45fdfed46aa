"""What holds whichever way the news comes: in process, over HTTP, over RabbitMQ."""

from collections.abc import Callable

from shared.bus import parking
from tests.bus.newsroom import Consumer, Source


def test_everything_told_is_heard_once_and_in_order(
        source: Source, consumer: Consumer, carried: Callable[[], None]) -> None:
    source.tell(*["announced", "letter_issued"] * 20)
    carried()
    source.tell("accepted")
    carried()
    assert consumer.heard() == source.told


def test_a_failing_handler_holds_up_only_its_own_stream(
        source: Source, consumer: Consumer, carried: Callable[[], None]) -> None:
    consumer.failing = {"letter_issued"}
    source.tell("announced", "letter_issued", "accepted", stream="case-1")
    others = source.tell("announced", "accepted", "closed", stream="case-2")
    carried()
    assert consumer.heard("case-2") == others
    assert consumer.heard("case-1") == source.told[:1]
    with consumer.db.read() as tx:
        rows = parking.listed(tx)
    assert [(row.event, row.tries) for row in rows] == [("letter_issued", 1), ("accepted", 0)]
    assert "no idea what to do with letter_issued" in rows[0].cause


def test_news_without_a_case_waits_behind_news_without_a_case(
        source: Source, consumer: Consumer, carried: Callable[[], None]) -> None:
    consumer.failing = {"agency_registered"}
    source.tell("agency_registered", "agency_changed", stream="")
    cases = source.tell("announced")
    carried()
    assert consumer.heard() == cases
