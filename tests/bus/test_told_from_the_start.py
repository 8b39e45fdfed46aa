"""Counters that alerts look at are told with 0 before anything happened: from nothing to 1 is no rise to Prometheus."""

import pytest

from shared.acts.trying import Trying
from shared.bus.feeds import LocalFeed
from shared.bus.loops import Loop
from shared.telemetry.metrics import REGISTRY
from tests.bus.conftest import Broker
from tests.bus.newsroom import Consumer, Source


def told(name: str, **labels: str) -> float | None:
    """The value of a series; None where it is not told."""
    return REGISTRY.get_sample_value(f"liandong_{name}", labels)


def test_a_follower_tells_every_result_gaps_and_that_it_goes_on(source: Source, consumer: Consumer) -> None:
    consumer.name = "fresh"
    names = {"consumer": "fresh", "source": "transfer"}
    consumer.follower(LocalFeed(source))
    assert [told("followed_total", **names, result=result) for result in (
        "handled", "passed", "duplicate", "parked", "held", "retried")] == [0] * 6
    assert (told("follower_gaps_total", **names), told("follower_stopped", **names)) == (0, 0)


def test_a_relay_tells_every_result(broker: Broker, source: Source) -> None:
    source.journal.service = "fresh"
    broker.relay(source).step()
    assert [told("published_total", service="fresh", result=result) for result in (
        "refused", "returned", "unconfirmed")] == [0] * 3


@pytest.mark.parametrize("made", [lambda: Loop("fresh", "loop", lambda: None), lambda: Trying("fresh", "loop")],
                         ids=["a loop", "what is owed"])
def test_what_may_fail_tells_that_it_has_not(made) -> None:
    made()
    assert told("step_failures_total", service="fresh", loop="loop") == 0
