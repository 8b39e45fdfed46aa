"""A machine client's quota holds over all processes of a service, and opens again with the next minute and day."""

import pytest
import sqlalchemy as sa

from shared.access.quota import FLUSH, Quota, machine_quota, sweep
from shared.db.database import Database
from shared.kernel.clock import HandClock
from shared.kernel.errors import Refused


def taken(quota: Quota, client: str = "c-1") -> str:
    """The code with which a request is refused; empty: it was not."""
    try:
        quota.take(client)
    except Refused as refused:
        assert refused.status == 429 and 0 < refused.refusals[0].values["seconds"] <= 86401
        assert str(refused.refusals[0].values["seconds"]) in refused.refusals[0].zh
        return refused.refusals[0].code
    return ""


def test_two_processes_have_no_more_than_one_together(database: Database, clock: HandClock) -> None:
    one, other = (Quota(database, clock, 7, 10 ** 9) for _ in range(2))
    given = sum(taken(quota) == "" for _ in range(7) for quota in (one, other))
    assert given == 7
    assert (taken(one), taken(other)) == ("QUOTA_REQUESTS", "QUOTA_REQUESTS")
    assert taken(one, "c-2") == "", "another client has its own"
    clock.advance(seconds=60)
    assert taken(one) == ""


def test_a_large_quota_is_taken_in_blocks_and_is_never_passed(database: Database, clock: HandClock) -> None:
    quotas = [Quota(database, clock, 200, 10 ** 9) for _ in range(3)]
    given = sum(taken(quota) == "" for _ in range(150) for quota in quotas)
    assert given == 200
    with database.read() as tx:
        assert tx.execute(sa.select(machine_quota.c.used).where(machine_quota.c.span == "minute")).scalar() == 200


def test_bytes_of_a_day_are_counted_over_processes_and_come_back_at_midnight(
        database: Database, clock: HandClock) -> None:
    one, other = (Quota(database, clock, 1000, FLUSH * 2) for _ in range(2))
    for quota in (one, other):
        assert taken(quota) == ""
        quota.carried("c-1", FLUSH)
    assert taken(one) == "", "a half is used"
    assert taken(other) == "QUOTA_BYTES"
    clock.advance(days=1)
    assert taken(other) == ""


def test_what_is_over_is_forgotten(database: Database, clock: HandClock) -> None:
    assert taken(Quota(database, clock, 10, 1000)) == ""
    clock.advance(days=3)
    with database.write() as tx:
        sweep(tx, clock.now())
        assert tx.execute(sa.select(machine_quota)).all() == []


def test_a_quota_refuses_without_a_write_once_it_is_used(
        database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    quota = Quota(database, clock, 1, 1000)
    assert [taken(quota), taken(quota)] == ["", "QUOTA_REQUESTS"]
    monkeypatch.setattr(database, "write", lambda: pytest.fail("a write"))
    assert taken(quota) == "QUOTA_REQUESTS"
