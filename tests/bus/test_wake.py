"""Wake-ups reach whoever waits, in whatever thread or process."""

import threading
import time
from collections.abc import Iterator

import pytest

from shared.db.database import Database
from shared.wake import Bell, Wake
from tests.bus.newsroom import DEADLINE


@pytest.fixture
def bell() -> Iterator[Bell]:
    bell = Bell()
    yield bell
    bell.close()


def test_a_ring_from_another_thread_ends_the_wait(database: Database, bell: Bell) -> None:
    wake = Wake(database, "transfer")
    wake.add(bell.ring)
    ringing = threading.Timer(0.05, wake.ring)
    ringing.start()
    assert bell.wait(DEADLINE)
    assert not bell.wait(0)
    ringing.join()


def test_rings_that_nobody_waited_for_are_kept_as_one(database: Database, bell: Bell) -> None:
    wake = Wake(database, "transfer")
    wake.add(bell.ring)
    for _ in range(100_000 if database.sqlite else 100):
        wake.ring()
    assert bell.wait(0)
    assert not bell.wait(0)


def test_every_waiter_is_woken(database: Database) -> None:
    wake, bells = Wake(database, "transfer"), [Bell() for _ in range(3)]
    for each in bells:
        wake.add(each.ring)
    wake.ring()
    assert all(each.wait(DEADLINE) for each in bells)
    for each in bells:
        each.close()
    wake.ring()         # nobody is there any more


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_a_ring_is_heard_in_another_process_which_ends_its_hearing_at_once(
        database: Database, bell: Bell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.wake.HEAR_SECONDS", 10 * DEADLINE)
    theirs = Database(database.url, database.schema)
    ringing, hearing = Wake(database, "transfer"), Wake(theirs, "transfer")
    hearing.add(bell.ring)
    hearing.hear()
    assert bell.wait(DEADLINE), "what was told before it listened is asked for"
    ringing.ring()
    assert bell.wait(DEADLINE)
    began = time.monotonic()
    hearing.close()
    assert time.monotonic() - began < DEADLINE
    theirs.dispose()


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_hearing_goes_on_after_its_connection_broke(database: Database, bell: Bell) -> None:
    wake = Wake(database, "transfer")
    wake.add(bell.ring)
    wake.hear()
    assert bell.wait(DEADLINE)
    with database.write() as tx:
        tx.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %%' "
                           f"AND application_name = 'liandong-{database.schema}'")
    assert bell.wait(DEADLINE), "it listens again and rings for what it may have missed"
    wake.close()


def test_a_ring_never_fails_what_is_committed(bell: Bell) -> None:
    gone = Database("postgresql+psycopg://nobody@127.0.0.1:1/none", "transfer")
    wake = Wake(gone, "transfer")
    wake.add(bell.ring)
    wake.ring()
    assert bell.wait(0)
