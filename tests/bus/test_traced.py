"""News goes on with the trace in which it was written, whatever carries it."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from shared.bus.feeds import LocalFeed
from shared.contracts.envelope import Event
from shared.telemetry import tracing
from shared.telemetry.tracing import SERVER, Span, Trace, span
from tests.bus.newsroom import Consumer, Source

GIVEN = Trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", True)


@pytest.fixture
def spans() -> Iterator[list[Span]]:
    told: list[Span] = []
    tracing.tell(told.append)
    yield told
    tracing.tell(None)


def test_a_follower_handles_each_event_in_its_own_trace(
        carried: Any, source: Source, consumer: Consumer, spans: list[Span]) -> None:
    with span("transfer", "POST", SERVER, GIVEN) as asked:
        source.tell("announced")
    source.tell("received")
    carried()
    handled = {each.name: each for each in spans if each.kind == tracing.CONSUMER}
    first, second = handled["transfer.announced"], handled["transfer.received"]
    assert (first.parent, first.service, first.failed) == (asked.trace, consumer.name, False)
    assert second.parent is None and second.trace.id != GIVEN.id
    assert tracing.here() is None


def test_what_a_handler_writes_is_part_of_the_trace_of_what_it_handled(source: Source, consumer: Consumer) -> None:
    heard: list[str] = []

    def hears(_: Connection, __: Event) -> None:
        heard.append(tracing.here_told())

    with span("transfer", "POST", SERVER, GIVEN):
        source.tell("announced")
    consumer.follower(LocalFeed(source), {"announced": hears}).step()
    assert heard == [str(GIVEN)]


def test_a_handler_that_fails_fails_its_span_and_each_try_is_one(
        source: Source, consumer: Consumer, spans: list[Span], clock: Any) -> None:
    follower = consumer.follower(LocalFeed(source))
    follower.step()
    spans.clear()
    consumer.failing.add("announced")
    source.tell("announced")
    follower.step()
    assert [each.failed for each in spans] == [True, True], "in the batch, and alone"
    consumer.failing.clear()
    clock.advance(seconds=follower.next_retry() or 0)
    follower.step()
    assert [(each.failed, each.attributes) for each in spans[2:]] == [(False, {"liandong.try": 2})]
    assert len({each.trace.span for each in spans}) == 3
