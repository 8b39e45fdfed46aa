"""The database itself refuses to change the journal; on PostgreSQL a service's role may not even try."""

import itertools
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from shared.db.database import Database
from shared.journal import ddl
from shared.journal.erasure import erase
from shared.journal.sealer import Sealer
from tests.journal.conftest import Making
from tests.journal.entries import TABLES, entry

KEPT = ("journal", "journal_audience", "journal_detail", "checkpoint", "journal_erasure")


@pytest.fixture
def filled(making: Making) -> Making:
    with making.db.write() as tx:
        making.journal.append(tx, [entry("1", "A"), entry("2", "A", "B")])
    with making.db.write() as tx:
        erase(tx, making.journal, [2], reason="保存期限届满", actor="apt-9")
    Sealer(making.db, making.journal, making.vault).seal()
    return making


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("what", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_no_row_is_changed_or_deleted(filled: Making, table: str, what: str) -> None:
    column = "to_position" if table == "checkpoint" else "position"
    with filled.db.read() as tx:
        assert tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() > 0
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), filled.db.write() as tx:
        tx.exec_driver_sql(what.format(table=table, column=column))


def test_the_head_goes_forward_only(filled: Making) -> None:
    for statement in ("UPDATE journal_head SET position = position - 1", "DELETE FROM journal_head"):
        with pytest.raises(sa.exc.IntegrityError), filled.db.write() as tx:
            tx.exec_driver_sql(statement)


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", [*KEPT, "journal_head"])
def test_no_row_is_replaced_by_an_insert(filled: Making, table: str) -> None:
    """INSERT OR REPLACE fires no delete trigger."""
    if table == "journal_head":
        statement = "INSERT OR REPLACE INTO journal_head SELECT id, 0, epoch, binding FROM journal_head"
    else:
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    with pytest.raises(sa.exc.IntegrityError), filled.db.write() as tx:
        tx.exec_driver_sql(statement)


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_truncated_even_as_a_replica(filled: Making, table: str) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), filled.db.write() as tx:
        tx.exec_driver_sql("SET LOCAL session_replication_role = replica")
        tx.exec_driver_sql(f"TRUNCATE {table}")


def test_installing_twice_changes_nothing(filled: Making) -> None:
    with filled.db.write() as tx:
        ddl.install(tx)
    with pytest.raises(sa.exc.IntegrityError), filled.db.write() as tx:
        tx.exec_driver_sql("DELETE FROM journal")


def test_a_detail_is_erased_with_an_entry_that_tells(making: Making) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry("1"), entry("2")])
    with making.db.write() as tx:
        told = erase(tx, making.journal, [2], reason="保存期限届满", actor="apt-9", stream="1")
    with making.db.read() as tx:
        assert making.journal.detail(tx, 2) is None
        assert making.journal.detail(tx, 3) is not None
        assert making.journal.of_stream(tx, "1")[-1].position == told.first
        assert making.journal.of_stream(tx, "1")[-1].data["positions"] == [2]
    with pytest.raises(ValueError, match="no detail"), making.db.write() as tx:
        erase(tx, making.journal, [2, 3], reason="again", actor="apt-9")


_roles = itertools.count(1)


class Roles:
    """A service's role and its eraser, on a journal owned by someone else."""

    def __init__(self, db: Database) -> None:
        with db.read() as tx:
            run = tx.exec_driver_sql("SELECT current_database()").scalar_one()
        number = next(_roles)
        self.service, self.eraser = f"{run}_service{number}", f"{run}_eraser{number}"

    def statements(self, schema: str) -> tuple[str, ...]:
        both = (self.service, self.eraser)
        return (
            *(f"CREATE ROLE {role}" for role in both),
            *(f"GRANT USAGE ON SCHEMA {schema} TO {role}" for role in both),
            *ddl.grants(self.service, self.eraser),
        )


@pytest.fixture
def roles(making: Making) -> Iterator[Roles]:
    roles = Roles(making.db)
    with making.db.write() as tx:
        for statement in roles.statements(making.db.schema):
            tx.exec_driver_sql(statement)
    yield roles
    with making.db.write() as tx:
        for role in (roles.service, roles.eraser):
            tx.exec_driver_sql(f"DROP OWNED BY {role}")
            tx.exec_driver_sql(f"DROP ROLE {role}")


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_a_services_role_appends_reads_and_seals_and_no_more(making: Making, roles: Roles) -> None:
    with making.db.write() as tx:
        tx.exec_driver_sql(f"SET LOCAL ROLE {roles.service}")
        making.journal.append(tx, [entry("1", "A")])
        assert making.journal.detail(tx, 2)
    for statement in ("UPDATE journal SET body = ''", "DELETE FROM journal_detail", "DELETE FROM journal_head",
                      "INSERT INTO journal_erasure VALUES (2, 'x')", "TRUNCATE journal",
                      "ALTER TABLE journal DISABLE TRIGGER ALL", "DROP TRIGGER journal_append_only ON journal"):
        with pytest.raises(sa.exc.ProgrammingError), making.db.write() as tx:
            tx.exec_driver_sql(f"SET LOCAL ROLE {roles.service}")
            tx.exec_driver_sql(statement)


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_only_the_erasers_role_erases(making: Making, roles: Roles) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry("1", "A")])
    with pytest.raises(sa.exc.ProgrammingError), making.db.write() as tx:
        tx.exec_driver_sql(f"SET LOCAL ROLE {roles.service}")
        erase(tx, making.journal, [2], reason="r", actor="apt-9")
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), making.db.write() as tx:
        tx.exec_driver_sql(f"SET LOCAL ROLE {roles.eraser}")
        tx.exec_driver_sql("DELETE FROM journal_detail")
    with making.db.write() as tx:
        tx.exec_driver_sql(f"SET LOCAL ROLE {roles.eraser}")
        erase(tx, making.journal, [2], reason="r", actor="apt-9")
    with making.db.read() as tx:
        assert making.journal.detail(tx, 2) is None
