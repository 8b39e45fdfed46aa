"""Migrations: they make exactly the metadata's schema, once, under a lock; a schema that is not known is refused."""

import importlib
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext

from shared.db.database import Database, UtcInstant, role_of
from shared.journal import ddl
from shared.migrate import ROOT, UnknownSchema, check, lines_of, migrate, revisions
from shared.tables import ROOMS, SHARED
from tests.migrations.schema import described

SERVICES = ("collab", "joint", "transfer", "sharing", "oversight", "desk")


def tables_of(service: str) -> sa.MetaData:
    metadata: sa.MetaData = importlib.import_module(f"services.{service}.office").SPEC.tables
    return metadata


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_make_the_schema_of_the_metadata(service: str, make_empty_database) -> None:
    migrated, created = make_empty_database(f"{service}_migrated"), make_empty_database(f"{service}_created")
    migrate(migrated, service)
    with created.write() as tx:
        for metadata in (SHARED, tables_of(service)):
            metadata.create_all(tx)
        ddl.install(tx)
    is_, wanted = described(migrated, lines_of(service)), described(created, lines_of(service))
    assert is_ == wanted, lacking(migrated, service)


def lacking(db: Database, service: str) -> str:
    """The operations that a new revision needs, ready to be pasted."""
    says = []
    for folder, metadata in zip(lines_of(service).values(), (SHARED, tables_of(service)), strict=True):
        with db.read() as tx:
            context = MigrationContext.configure(tx, opts={
                "target_metadata": metadata, "compare_type": True,
                "include_name": lambda name, kind, _, known=metadata: kind != "table" or name in known.tables})
            operations = produce_migrations(context, metadata).upgrade_ops
        if operations and not operations.is_empty():
            rendered = render_python_code(operations, render_item=_plain, migration_context=context)
            says.append(f"{folder.relative_to(ROOT)}:\n{rendered}")
    return "the migrations lack:\n" + "\n".join(says)


def _plain(kind: str, item: object, _: object) -> str | bool:
    """A revision names SQLAlchemy's types only: what our own types are may change later."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, UtcInstant) else False


@pytest.mark.parametrize("service", SERVICES)
def test_revisions_are_numbered_without_gaps_and_follow_one_another(service: str) -> None:
    for folder in lines_of(service).values():
        known = revisions(folder)
        assert known == tuple(f"{number:04}" for number in range(1, len(known) + 1)) and known
        for before, file in zip((None, *known), sorted(folder.glob("[0-9]*_*.py")), strict=False):
            text = file.read_text(encoding="utf-8")
            assert f'revision = "{file.name[:4]}"' in text
            assert f"down_revision = {before!r}".replace("'", '"') in text


def every_revision(service: str) -> tuple[str, ...]:
    return tuple(f"{line} {number}" for line, folder in lines_of(service).items() for number in revisions(folder))


def test_a_second_migration_has_nothing_to_do(make_empty_database) -> None:
    db = make_empty_database("transfer")
    assert migrate(db, "transfer") == every_revision("transfer")
    assert migrate(db, "transfer") == ()
    check(db, "transfer")


def test_of_several_that_migrate_at_once_one_does_and_the_others_wait(make_empty_database) -> None:
    db = make_empty_database("transfer")
    ran: list[tuple[str, ...]] = []
    threads = [threading.Thread(target=lambda: ran.append(migrate(db, "transfer"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, ran)) == [0, 0, 0, len(every_revision("transfer"))]


def test_an_empty_database_is_refused_until_it_is_migrated(make_empty_database) -> None:
    db = make_empty_database("transfer")
    with pytest.raises(UnknownSchema, match="run `liandong migrate`"):
        check(db, "transfer")


def test_a_database_of_a_newer_release_is_refused(make_empty_database) -> None:
    db = make_empty_database("transfer")
    migrate(db, "transfer")
    with db.write() as tx:
        tx.exec_driver_sql("UPDATE schema_transfer SET version_num = '0999'")
    for enter in (check, migrate):
        with pytest.raises(UnknownSchema, match="newer release"):
            enter(db, "transfer")


# PostgreSQL: roles

ON_POSTGRESQL = pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)


@pytest.fixture
def in_its_role(make_empty_database, request: pytest.FixtureRequest) -> Database:
    """Transfer's migrated database as the service itself opens it."""
    owner = make_empty_database("transfer")
    migrate(owner, "transfer")
    service = Database(owner.url, owner.schema, role=role_of(owner.url, "transfer"), pool=1)
    request.addfinalizer(service.dispose)
    return service


@ON_POSTGRESQL
def test_a_service_works_in_a_role_of_its_own(in_its_role: Database) -> None:
    with in_its_role.read() as tx:
        assert tx.exec_driver_sql("SELECT current_user").scalar() == role_of(in_its_role.url, "transfer")
        assert not tx.exec_driver_sql(
            "SELECT rolcanlogin OR rolsuper FROM pg_roles WHERE rolname = current_user"
        ).scalar()
    check(in_its_role, "transfer")


FORBIDDEN = (
    "UPDATE journal SET body = ''", "DELETE FROM journal", "TRUNCATE journal", "DELETE FROM journal_detail",
    "DELETE FROM journal_audience", "UPDATE checkpoint SET signature = ''", "DELETE FROM journal_head",
    "INSERT INTO journal_erasure (position, entry) VALUES (1, 'x')", "ALTER TABLE journal DISABLE TRIGGER ALL",
    "DROP TABLE journal", "UPDATE schema_shared SET version_num = ''", "CREATE TABLE own (id integer)")


@ON_POSTGRESQL
def test_a_service_may_not_rewrite_its_journal_nor_its_schema(in_its_role: Database) -> None:
    for statement in FORBIDDEN:
        with (
            pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"),
            in_its_role.write() as tx,
        ):
            tx.exec_driver_sql(statement)


@ON_POSTGRESQL
def test_a_service_may_not_read_another_services_tables(in_its_role: Database, make_empty_database) -> None:
    other = make_empty_database("desk")
    migrate(other, "desk")
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"), in_its_role.read() as tx:
        tx.exec_driver_sql(f"SELECT * FROM {other.schema}.account")


@ON_POSTGRESQL
def test_the_eraser_may_delete_a_detail_and_nothing_else(make_empty_database) -> None:
    owner = make_empty_database("transfer")
    migrate(owner, "transfer")
    eraser = Database(owner.url, owner.schema, role=f"{role_of(owner.url, 'transfer')}_eraser", pool=1)
    with eraser.write() as tx:
        tx.exec_driver_sql("DELETE FROM journal_detail WHERE position = 1")
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"), eraser.write() as tx:
        tx.exec_driver_sql("DELETE FROM journal WHERE position = 1")
    eraser.dispose()


def test_migrations_name_no_code_of_ours() -> None:
    """What a revision did must not change with the code."""
    for file in Path(ROOT).glob("*/**/migrations/[0-9]*.py"):
        assert not [line for line in file.read_text(encoding="utf-8").splitlines()
                    if line.startswith(("from shared", "import shared", "from services", "import services"))]


def test_every_room_that_declares_shared_tables_is_gathered() -> None:
    """Else a service would lack them wherever nothing else happened to import the room."""
    declaring = {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for path in (ROOT / "shared").rglob("*.py")
        if "sa.Table(" in path.read_text(encoding="utf-8") and "SHARED" in path.read_text(encoding="utf-8")
    }
    assert declaring == {room.__name__ for room in ROOMS}
