"""A process tells how late its hub wakes a green thread: what blocks it shows."""

import time

import eventlet
import pytest

from shared.bus import hub
from tests.figures import figure, within

NAME = "liandong_hub_delay_seconds"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "BEAT", 0.02)


def beats(more: int) -> None:
    """Lets the hub run until so many more beats were told."""
    until = figure(f"{NAME}_count") + more
    while figure(f"{NAME}_count") < until:
        eventlet.sleep(0.01)


def test_a_call_that_blocks_the_hub_is_told_with_its_length(quick: None) -> None:
    beating = eventlet.spawn(hub.beat)
    try:
        beats(1)
        late = figure(f"{NAME}_count") - within(NAME, 0.25)
        time.sleep(0.4)             # what must not be: nothing yields
        beats(1)
        assert figure(f"{NAME}_count") - within(NAME, 0.25) > late, "a machine that stood still itself adds to it"
    finally:
        beating.kill()
