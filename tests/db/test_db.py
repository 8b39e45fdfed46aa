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

from shared.db import POOL, Database, UtcInstant, sqlite_url
from shared.trips import Trip, at_once, fetched, ran, utf8

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


# few round trips

_asked = sa.table("asked", sa.column("id"), sa.column("says"))
_SAYS = sa.select(_asked.c.says).where(_asked.c.id == sa.bindparam("id", type_=sa.Integer))
_ADD = sa.text("INSERT INTO asked (id, says) VALUES (:id, :says)")


@pytest.fixture
def asked(make_empty_database: Callable[..., Database]) -> Database:
    database = make_empty_database("asked")
    with database.write() as tx:
        tx.exec_driver_sql("CREATE TABLE asked (id integer PRIMARY KEY, says text NOT NULL)")
        tx.execute(_asked.insert(), [{"id": 1, "says": "甲"}, {"id": 2, "says": "100% :id"}])
    return database


def test_a_trip_brings_each_answer_in_its_order(asked: Database) -> None:
    with asked.write() as tx:
        trip = Trip(tx)
        first, none, second = (trip.ask(_SAYS, id=id) for id in (1, 9, 2))
        assert [row.says for row in second()] == ["100% :id"]
        assert [row.says for row in first()] == ["甲"] and not none()
        tx.execute(_asked.update().where(_asked.c.id == 1).values(says="乙"))
        assert [row.says for row in trip.ask(_SAYS, id=1)()] == ["乙"], "on the next one"
        assert [row.says for row in first()] == ["甲"]


@pytest.mark.parametrize("asked_first", [1, 9, None], ids=["found", "nothing found", "nothing asked"])
def test_a_value_comes_beside_what_is_asked_first_or_by_itself(asked: Database, asked_first: int | None) -> None:
    value, none = (sa.select(_asked.c.says).where(_asked.c.id == sa.literal_column(id)) for id in ("2", "9"))
    for beside, expected in ((value, ["100% :id"]), (none, [])):
        with asked.glance() as tx:
            trip = Trip(tx, binary=True)
            told = trip.beside(beside)
            if asked_first:
                first, second = (trip.ask(_SAYS, id=id) for id in (asked_first, 1))
                assert [tuple(row) for row in first()] == ([("甲",)] if asked_first == 1 else [])
                assert [tuple(row) for row in second()] == [("甲",)]
            assert [row[0] for row in told()] == expected == [row[0] for row in told()]
            assert [tuple(row) for row in trip.ask(_SAYS, id=1)()] == [("甲",)]


def test_what_goes_out_at_once_is_committed_with_what_follows_a_trip(asked: Database) -> None:
    with asked.write() as tx:
        trip = Trip(tx)
        assert trip.ask(_SAYS, id=1)()
        with at_once(tx):
            tx.execute(_asked.update().where(_asked.c.id == 1).values(says="乙"))
            tx.execute(_asked.insert(), [{"id": 3, "says": "丙"}, {"id": 4, "says": "丁"}])
    with asked.read() as tx:
        assert sorted(tx.execute(sa.select(_asked.c.says)).scalars()) == sorted(["100% :id", "乙", "丙", "丁"])


def test_an_error_of_what_goes_out_at_once_undoes_all_of_it(asked: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), asked.write() as tx, at_once(tx):
        tx.execute(_asked.update().where(_asked.c.id == 1).values(says="乙"))
        tx.execute(_asked.insert(), {"id": 2, "says": "again"})
        tx.execute(_asked.update().where(_asked.c.id == 2).values(says="丙"))
    with asked.read() as tx:
        assert sorted(tx.execute(sa.select(_asked.c.says)).scalars()) == ["100% :id", "甲"]


def test_what_ends_at_once_is_committed_there_or_undone_whole(asked: Database) -> None:
    def says() -> list[str]:
        with asked.glance() as tx:
            return sorted(tx.execute(sa.select(_asked.c.says)).scalars())

    with pytest.raises(sa.exc.IntegrityError), asked.write() as tx, at_once(tx, ending=True):
        tx.execute(_asked.update().where(_asked.c.id == 1).values(says="乙"))
        tx.execute(_asked.insert(), {"id": 2, "says": "again"})
    assert says() == ["100% :id", "甲"]
    with asked.write() as tx:
        with at_once(tx, ending=True):
            tx.execute(_asked.update().where(_asked.c.id == 1).values(says="乙"))
        there = says()
    assert says() == ["100% :id", "乙"]
    assert there == says() or asked.sqlite, "its commit went along"


def test_a_glance_sees_what_is_committed_meanwhile_and_leaves_no_connection_changed(asked: Database) -> None:
    one = sa.select(_asked.c.says).where(_asked.c.id == 1)
    with asked.glance() as tx:
        assert tx.execute(one).scalar_one() == "甲"
        with asked.write() as other:
            other.execute(_asked.update().where(_asked.c.id == 1).values(says="乙"))
        assert tx.execute(one).scalar_one() == "乙"
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), asked.write() as tx:
            tx.execute(_asked.update().values(says="丁"))
            raise ZeroDivisionError
    with asked.glance() as tx:
        assert tx.execute(one).scalar_one() == "乙"


def test_a_statement_alone_is_committed_when_it_returns_and_its_connection_then_begins_transactions_again(
        asked: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), asked.alone() as tx:
        tx.execute(_asked.insert(), {"id": 2, "says": "again"})
    with asked.alone() as tx:
        tx.execute(_asked.insert(), {"id": 3, "says": "丙"})
    with pytest.raises(ZeroDivisionError), asked.write() as tx:
        tx.execute(_asked.update().values(says="丁"))
        raise ZeroDivisionError
    with asked.read() as tx:
        assert sorted(tx.execute(sa.select(_asked.c.says)).scalars()) == ["100% :id", "丙", "甲"]


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_what_the_driver_ran_by_itself_is_committed_or_refused_as_ever(asked: Database) -> None:
    with asked.alone() as tx:
        ran(tx, _ADD, id=3, says="100% :x")
    with pytest.raises(sa.exc.IntegrityError), asked.alone() as tx:
        ran(tx, _ADD, id=3, says="again")
    with asked.read() as tx:
        assert tx.execute(sa.select(_asked.c.says).where(_asked.c.id == 3)).scalar_one() == "100% :x"


def test_a_text_is_read_as_its_bytes(asked: Database) -> None:
    bytes_of = sa.select(_asked.c.id, utf8(_asked.c.says)).order_by(_asked.c.id)
    with asked.read() as tx:
        expected = [(1, "甲".encode()), (2, b"100% :id")]
        assert [tuple(row) for row in Trip(tx, binary=True).ask(bytes_of)()] == expected
        assert [tuple(row) for row in tx.execute(bytes_of)] == expected


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_what_the_driver_alone_wrote_is_committed(asked: Database) -> None:
    with asked.write() as tx:
        assert fetched(tx, "INSERT INTO asked VALUES (%s, %s) RETURNING id", (5, "戊")) == (5,)
    with asked.read() as tx:
        assert [row.says for row in Trip(tx).ask(_SAYS, id=5)()] == ["戊"]
    with pytest.raises(sa.exc.IntegrityError), asked.write() as tx:
        fetched(tx, "INSERT INTO asked VALUES (%s, %s)", (5, "again"))


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_a_long_text_is_compressed_by_lz4_where_the_server_can(asked: Database) -> None:
    with asked.write() as tx:
        tx.execute(_asked.insert(), {"id": 6, "says": "清理占道经营" * 2000})
        able = tx.exec_driver_sql("SELECT 'lz4' = ANY(enumvals) FROM pg_settings "
                                  "WHERE name = 'default_toast_compression'").scalar()
        how = tx.exec_driver_sql("SELECT pg_column_compression(says) FROM asked WHERE id = 6").scalar()
    assert how == ("lz4" if able else "pglz")
