"""Transactions are whole or not at all, under many threads, on both back ends; instants come back as they went in."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shared.db.database import POOL, Database, UtcInstant, sqlite_url

TABLES = sa.MetaData()
counter = sa.Table("counter", TABLES, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Integer))
moment = sa.Table("moment", TABLES, sa.Column("n", sa.Integer, primary_key=True), sa.Column("at", UtcInstant))


@pytest.fixture
def db(make_empty_database: Callable[..., Database]) -> Database:
    database = make_empty_database()
    with database.write() as tx:
        TABLES.create_all(tx)
        tx.execute(counter.insert(), {"name": "n", "value": 0})
    return database


def value(db: Database) -> int:
    with db.read() as tx:
        return int(tx.execute(sa.select(counter.c.value)).scalar_one())


def raise_by_one(db: Database) -> None:
    """Reads, then writes what it read: wrong at once where two writers overlap."""
    with db.write() as tx:
        found = tx.execute(sa.select(counter.c.value).with_for_update()).scalar_one()
        tx.execute(counter.update().values(value=found + 1))


def test_many_threads_write_one_after_the_other_while_others_read(db: Database) -> None:
    threads, each = 32, 10
    assert threads < POOL

    def work(_: int) -> list[int]:
        seen = []
        for _ in range(each):
            raise_by_one(db)
            seen.append(value(db))
        return seen

    with ThreadPoolExecutor(threads) as pool:
        for seen in pool.map(work, range(threads)):
            assert seen == sorted(seen)
    assert value(db) == threads * each


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
def test_two_databases_on_one_file_share_its_lock(db: Database) -> None:
    other = Database(db.url)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: raise_by_one((db, other)[number % 2]), range(200)))
    other.dispose()
    assert value(db) == 200


@pytest.mark.parametrize(("durable", "synchronous"), [(True, 2), (False, 0)])
def test_a_new_file_is_opened_by_many_threads_at_once(tmp_path: Path, durable: bool, synchronous: int) -> None:
    """And waits for the disk at each commit, unless it need not."""
    fresh = Database(sqlite_url(tmp_path / "fresh.sqlite"), durable=durable)

    def mode(_: int) -> tuple[str, int, int]:
        with fresh.read() as tx:
            return tuple(tx.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                         for name in ("journal_mode", "synchronous", "foreign_keys"))

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(mode, range(32))) == {("wal", synchronous, 1)}
    fresh.dispose()


def test_an_exception_rolls_back_and_the_next_write_goes_on(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), db.write() as tx:
        tx.execute(counter.update().values(value=99))
        raise ZeroDivisionError
    raise_by_one(db)
    assert value(db) == 1


def test_a_failed_statement_rolls_back_all_of_its_transaction(db: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), db.write() as tx:
        tx.execute(counter.update().values(value=99))
        tx.execute(counter.insert(), {"name": "n", "value": 1})
    assert value(db) == 0
    raise_by_one(db)


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
def test_the_first_cause_is_told_where_sqlite_has_rolled_back_by_itself(db: Database) -> None:
    with db.write() as tx:
        tx.exec_driver_sql("CREATE TRIGGER t BEFORE DELETE ON counter BEGIN SELECT RAISE(ROLLBACK, 'never'); END")
    with pytest.raises(sa.exc.IntegrityError, match="never"), db.write() as tx:
        tx.execute(counter.delete())
    raise_by_one(db)


def test_a_write_inside_a_write_is_refused_and_harms_nothing(db: Database) -> None:
    with db.write() as tx:
        tx.execute(counter.update().values(value=5))
        with pytest.raises(RuntimeError, match="inside"), db.write():
            pass
    assert value(db) == 5
    raise_by_one(db)


def test_a_reader_is_not_held_up_by_a_writer_and_keeps_its_snapshot(db: Database) -> None:
    written, read = threading.Event(), threading.Event()

    def writer() -> None:
        with db.write() as tx:
            tx.execute(counter.update().values(value=7))
            written.set()
            assert read.wait(10)

    with db.read() as tx, ThreadPoolExecutor(1) as pool:
        before = tx.execute(sa.select(counter.c.value)).scalar_one()
        done = pool.submit(writer)
        assert written.wait(10)
        assert value(db) == before
        read.set()
        done.result(10)
        assert tx.execute(sa.select(counter.c.value)).scalar_one() == before
    assert value(db) == 7


def test_what_is_written_in_a_read_does_not_stay(db: Database) -> None:
    if db.sqlite:
        with db.read() as tx:
            tx.execute(counter.update().values(value=9))
    else:
        with pytest.raises(sa.exc.InternalError, match="read-only"), db.read() as tx:
            tx.execute(counter.update().values(value=9))
    assert value(db) == 0


def test_no_connection_is_lost_to_the_pool(db: Database) -> None:
    for number in range(POOL + 5):
        with pytest.raises(ZeroDivisionError), (db.write if number % 2 else db.read)():
            raise ZeroDivisionError
    assert db.engine.pool.checkedout() == 0


def test_an_sqlite_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="file"):
        Database("sqlite:///:memory:")
    with pytest.raises(ValueError, match="file"):
        Database("sqlite://")


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(instants=st.lists(INSTANTS, min_size=1, max_size=30))
@example(instants=[datetime(1969, 12, 31, 23, 59, 59, 999999, UTC), datetime(1970, 1, 1, tzinfo=UTC),
                   datetime(9997, 12, 31, 23, 59, 59, 999999, UTC)])
def test_instants_come_back_exact_aware_and_in_their_order(db: Database, instants: list[datetime]) -> None:
    with db.write() as tx:
        tx.execute(moment.delete())
        tx.execute(moment.insert(), [{"n": n, "at": at} for n, at in enumerate(instants)])
    with db.read() as tx:
        back = tx.execute(sa.select(moment.c.at).order_by(moment.c.n)).scalars().all()
        sorted_by_database = tx.execute(sa.select(moment.c.at).order_by(moment.c.at)).scalars().all()
    assert back == instants
    assert all(at.tzinfo is UTC for at in back)
    assert sorted_by_database == sorted(instants)


def test_a_naive_instant_is_refused_and_none_stays_none(db: Database) -> None:
    with pytest.raises(sa.exc.StatementError, match="zone"), db.write() as tx:
        tx.execute(moment.insert(), {"n": 1, "at": datetime(2026, 1, 1)})
    with db.write() as tx:
        tx.execute(moment.insert(), {"n": 1, "at": None})
        assert tx.execute(sa.select(moment.c.at)).scalar_one() is None


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_texts_come_as_utf8_whatever_the_environment_says(
        make_empty_database: Callable[..., Database], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "GBK")
    with make_empty_database().read() as tx:
        assert tx.execute(sa.text("SELECT textsend('甲')")).scalar_one() == "甲".encode()


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_what_is_read_again_and_again_is_planned_once(make_empty_database: Callable[..., Database]) -> None:
    database = make_empty_database()

    def prepared() -> list[str]:
        with database.read() as tx:
            return list(tx.execute(sa.text("SELECT statement FROM pg_prepared_statements")).scalars())

    for _ in range(10):
        told = prepared()
    assert told == ["SELECT statement FROM pg_prepared_statements"]
    with pytest.raises(sa.exc.ProgrammingError), database.read() as tx:
        tx.execute(sa.text("SELECT * FROM nowhere"))
    assert prepared() == [], "a read that failed rolls back"
