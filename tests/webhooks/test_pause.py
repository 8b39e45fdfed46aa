"""How long a webhook is left alone: as its failures grow, and as its receiver asks."""

from datetime import UTC, datetime, timedelta

import pytest

from services.sharing.webhooks.backoff import DELAYS, JITTER, asked, pause
from tests.webhooks.agencies import City, System
from tests.webhooks.receivers import Receiver

NOW = datetime(2025, 10, 15, 1, 0, tzinfo=UTC)
MIDDLE = 0.5                        # of chance: neither more nor less
LONGEST = DELAYS[-1]


@pytest.mark.parametrize(("status", "said", "seconds"), [
    (429, "90", 90), (503, "90", 90), (503, " 7 ", 7), (503, "0", 0),
    (503, "Wed, 15 Oct 2025 01:02:00 GMT", 120), (429, "Wed, 15 Oct 2025 01:02:00 -0000", 120),
    (503, "Wed, 15 Oct 2025 00:00:00 GMT", 0),
    (500, "90", 0), (404, "90", 0), (200, "90", 0),
    (429, "", 0), (429, "-5", 0), (429, "1.5", 0), (429, "soon", 0), (429, "９０", 0), (429, "9" * 40, 0),
    (429, "Wed, 99 Oct 2025 01:02:00 GMT", 0),
])
def test_a_receiver_asks_in_seconds_or_by_a_date_and_with_429_or_503_alone(
        status: int, said: str, seconds: float) -> None:
    assert asked(status, said, NOW) == seconds


@pytest.mark.parametrize(("failures", "asks", "seconds"), [
    (0, 0, DELAYS[0]), (3, 0, DELAYS[3]), (99, 0, LONGEST),
    (0, 90, 90), (3, 90, DELAYS[3]), (0, 10 * LONGEST, LONGEST), (99, 10 * LONGEST, LONGEST),
])
def test_what_is_asked_is_heeded_between_the_growing_pause_and_its_longest(
        failures: int, asks: float, seconds: float) -> None:
    assert pause(failures, MIDDLE, asks) == seconds


def test_chance_spreads_the_pauses_and_never_calls_before_the_time_that_was_asked_for() -> None:
    assert [pause(0, chance) for chance in (0.0, 0.5)] == [DELAYS[0] * (1 - JITTER), DELAYS[0]]
    assert min(pause(0, chance / 10, 90) for chance in range(10)) == 90


@pytest.mark.parametrize("status", [429, 503])
def test_a_receiver_that_says_when_to_come_again_is_not_called_before(
        city: City, system: System, receiver: Receiver, status: int) -> None:
    case = city.opened(system, receiver)
    system.status, system.retry_after = status, "900"
    ids = city.tell("announced", "accepted")
    city.work(lambda: len(system.tries) == 1)
    city.idle()
    assert city.delivery(case)["failures"] == 1
    city.clock.advance(seconds=2 * DELAYS[0])
    city.idle()
    assert len(system.tries) == 1, "the growing pause is over, what was asked for is not"
    system.status = 200
    assert city.later(case) == timedelta(seconds=900 - 2 * DELAYS[0])
    city.work(lambda: len(system.taken) == 2)
    assert system.ids == ids


def test_a_receiver_that_asks_for_a_year_is_called_within_the_longest_pause(
        city: City, system: System, receiver: Receiver) -> None:
    case = city.opened(system, receiver)
    system.status, system.retry_after = 503, str(365 * 86400)
    city.tell("announced")
    city.work(lambda: len(system.tries) == 1)
    city.idle()
    assert city.later(case).total_seconds() <= LONGEST * (1 + JITTER)
    system.status = 200
    city.work(lambda: system.taken)
