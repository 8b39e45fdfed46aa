"""Metrics tell how late the ticker fires, and what it has not fired yet."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from shared.acts.office import Office
from shared.bus import watching
from shared.bus.watching import Watch
from shared.kernel.clock import HandClock
from tests.deadlines.builders import LETTER, at, happened, rulebook
from tests.deadlines.conftest import Making
from tests.figures import figure, within

NOTICE = date(2025, 9, 29)
YELLOW, RED = at(date(2025, 10, 10)), at(date(2025, 10, 11))


@pytest.fixture
def lettered(making: Making) -> Making:
    """A service whose clock of the letter runs from an announcement on: yellow on 10 October, red on the 11th."""
    making.learn(current=rulebook(LETTER))
    return making


def delays() -> tuple[float, float]:
    """How many deadlines were fired, and how many of them within a minute of their instant."""
    name = "liandong_ticker_delay_seconds"
    return figure(f"{name}_count", service="transfer"), within(name, 60, service="transfer")


def test_how_late_each_was_fired_is_told(lettered: Making, clock: HandClock) -> None:
    lettered.act(happened("transfer.announced", NOTICE))
    ticker, (fired_before, in_time) = lettered.ticker(), delays()
    ticker.step()
    clock.move_to(YELLOW + timedelta(seconds=59))
    ticker.step()
    assert delays() == (fired_before + 1, in_time + 1)
    clock.move_to(RED + timedelta(seconds=61))
    ticker.step()
    assert delays() == (fired_before + 2, in_time + 1)


def test_what_was_entered_late_was_not_fired_late(lettered: Making, clock: HandClock) -> None:
    ticker, (fired_before, in_time) = lettered.ticker(), delays()
    clock.move_to(RED + timedelta(days=9))
    ticker.step()
    lettered.act(happened("transfer.announced", NOTICE))
    clock.advance(seconds=1)
    ticker.step()
    assert delays() == (fired_before + 2, in_time + 2)


def test_what_is_overdue_and_not_fired_is_counted_until_it_is(
        lettered: Making, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MOST", 10)
    office = SimpleNamespace(name="transfer", db=lettered.db, journal=lettered.journal, clock=clock)
    watch = Watch(cast(Office, office), {}, relayed=False)

    def overdue() -> tuple[float, float]:
        """How many, and for how many seconds."""
        watch.step()
        return tuple(figure(f"liandong_deadlines_overdue{told}", service="transfer") for told in ("", "_seconds"))

    lettered.act(*(happened("transfer.announced", NOTICE, case=f"case-{number}") for number in range(12)))
    assert overdue() == (0, 0)
    clock.move_to(YELLOW + timedelta(seconds=3))
    assert overdue() == (10, 3), "counted no further than is of use"
    lettered.ticker().step()
    assert overdue() == (0, 0)
