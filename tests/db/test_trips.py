"""Few round trips: what is asked together, goes out at once, or is done by one statement alone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from shared.db.database import Database, UtcInstant
from shared.db.pipelining import Trip, at_once, fetched, ran, utf8

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


def test_values_that_a_statement_was_made_with_go_along(asked: Database) -> None:
    made = sa.select(_asked.c.says).where(_asked.c.id == 1)
    with asked.glance() as tx:
        trip = Trip(tx, binary=True)
        told, beside = trip.ask(made), trip.beside(sa.select(_asked.c.says).where(_asked.c.says == "100% :id"))
        assert ([tuple(row) for row in told()], [row[0] for row in beside()]) == ([("甲",)], ["100% :id"])


def test_a_value_that_a_statement_was_made_with_is_bound_as_its_column_keeps_it(asked: Database) -> None:
    at, late = datetime(2025, 3, 3, 1, tzinfo=UTC), datetime(2025, 3, 4, tzinfo=UTC)
    instants = sa.table("instants", sa.column("id"), sa.column("at", UtcInstant))
    with asked.write() as tx:
        tx.exec_driver_sql("CREATE TABLE instants (id integer, at bigint)")
        tx.execute(instants.insert(), [{"id": 1, "at": at}, {"id": 2, "at": late}])
    made = sa.select(instants.c.id).where(instants.c.at == at)
    later = sa.select(instants.c.id).where(instants.c.at == sa.bindparam("late", late, UtcInstant))
    with asked.glance() as tx:
        assert [tuple(row) for row in Trip(tx).ask(made)()] == [(1,)] == [tuple(row) for row in tx.execute(made)]
        trip = Trip(tx, binary=True)
        told, beside = trip.ask(made), trip.beside(later)
        assert ([tuple(row) for row in told()], [row[0] for row in beside()]) == ([(1,)], [2])


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_two_statements_in_one_whose_values_have_one_name_are_refused(asked: Database) -> None:
    first, second = (sa.select(_asked.c.says).where(_asked.c.id == id) for id in (1, 2))
    with asked.glance() as tx:
        trip = Trip(tx, binary=True)
        trip.beside(second)
        told = trip.ask(first)
        with pytest.raises(ValueError, match="two values of one name: id_1"):
            told()


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


def test_what_comes_beside_is_asked_with_values_of_its_own(asked: Database) -> None:
    beside = sa.select(_asked.c.says == sa.bindparam("known")).where(_asked.c.id == sa.literal_column("1"))
    for known, expected in (("甲", True), ("乙", False)):
        with asked.glance() as tx:
            trip = Trip(tx, binary=True)
            told = trip.beside(beside, known=known)
            assert [tuple(row) for row in trip.ask(_SAYS, id=2)()] == [("100% :id",)]
            assert [row[0] for row in told()] == [expected]
            told = trip.beside(beside, known=known)
            assert [row[0] for row in told()] == [expected], "and by itself"


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
    with asked.glance() as reading:
        assert reading.execute(sa.select(sa.func.count()).select_from(_asked)).scalar_one() == 2
        with asked.alone(reading) as tx:
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
