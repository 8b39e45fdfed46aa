"""A token stops holding as soon as the desk's word about its account or appointment has come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.access import appointments
from shared.access.appointments import HANDLERS
from shared.access.tokens import DESK, Claims, service_claims
from shared.contracts.envelope import Event, stamp
from shared.db.database import Database
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refused


@pytest.fixture
def token(clock: HandClock) -> Claims:
    return Claims(DESK, "p-1", clock.now(), clock.now() + timedelta(minutes=10), "a-1", "zjj", 1)


def hear(database: Database, clock: HandClock, name: str, data: Mapping[str, Any], account: str = "p-1") -> None:
    with database.write() as tx:
        HANDLERS[name](tx, Event(f"e-{name}", "desk", name, account, clock.now(), data))


def holds(database: Database, token: Claims, now: datetime | None = None) -> bool:
    with database.read() as tx:
        try:
            appointments.check(tx, token, now or token.issued_at)
        except Refused as refused:
            assert refused.status == 401
            return False
    return True


def test_a_token_of_which_nothing_was_heard_holds(database: Database, token: Claims) -> None:
    assert holds(database, token)


def test_a_new_password_ends_every_older_token_and_no_younger_one(
        database: Database, clock: HandClock, token: Claims) -> None:
    clock.advance(seconds=1)
    hear(database, clock, "password_set", {"valid_after": stamp(clock.now())})
    assert not holds(database, token)
    assert holds(database, Claims(DESK, "p-1", clock.now(), clock.now(), "a-1"))
    assert holds(database, Claims(DESK, "p-2", token.issued_at, clock.now(), "a-2"))


def test_valid_after_never_moves_back(database: Database, clock: HandClock, token: Claims) -> None:
    later = clock.now() + timedelta(seconds=1)
    hear(database, clock, "password_set", {"valid_after": stamp(later)})
    hear(database, clock, "password_set", {"valid_after": stamp(clock.now() - timedelta(days=1))})
    assert not holds(database, token)


def test_an_ended_appointment_ends_its_tokens_only(database: Database, clock: HandClock, token: Claims) -> None:
    hear(database, clock, "appointment_made", {"appointment": "a-1", "until": None})
    assert holds(database, token)
    hear(
        database,
        clock,
        "appointment_ended",
        {"appointment": "a-1", "until": "2025-09-29", "valid_after": stamp(clock.now())},
    )
    assert not holds(database, token)
    assert holds(database, Claims(DESK, "p-1", clock.now(), clock.now(), "a-2"))


def test_an_appointment_holds_to_the_end_of_its_last_day(database: Database, clock: HandClock, token: Claims) -> None:
    hear(database, clock, "appointment_made", {"appointment": "a-1", "until": "2025-09-29"})
    assert holds(database, token)
    tomorrow = clock.now() + timedelta(days=1)
    assert not holds(database, Claims(DESK, "p-1", tomorrow, tomorrow, "a-1"), tomorrow)


def test_a_token_does_not_outlive_the_last_day_of_its_appointment(database: Database, clock: HandClock) -> None:
    hear(database, clock, "appointment_made", {"appointment": "a-1", "until": "2025-09-29"})
    late = datetime.fromisoformat("2025-09-29T23:55:00+08:00")
    token = Claims(DESK, "p-1", late, late + timedelta(minutes=10), "a-1")
    assert holds(database, token, late + timedelta(minutes=4))
    assert not holds(database, token, late + timedelta(minutes=5))


def test_a_closed_account_ends_everything_of_it(database: Database, clock: HandClock, token: Claims) -> None:
    hear(database, clock, "account_closed", {"valid_after": stamp(clock.now() - timedelta(days=1))})
    assert not holds(database, token)


def test_a_services_token_is_no_persons(database: Database, clock: HandClock) -> None:
    hear(database, clock, "account_closed", {"valid_after": stamp(clock.now())}, account="oversight")
    assert holds(database, service_claims("oversight", clock.now(), 60))


def test_the_same_news_twice_changes_nothing(database: Database, clock: HandClock, token: Claims) -> None:
    for _ in range(2):
        hear(database, clock, "appointment_made", {"appointment": "a-1", "until": "2025-10-31"})
        hear(database, clock, "account_opened", {"keeper": "zjj"})
    assert holds(database, token)
