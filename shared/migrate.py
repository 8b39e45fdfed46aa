"""Migrations: what brings a service's database to this release's schema, and what refuses one that it does not know.

Two lines of revisions run in each database, numbered 0001, 0002, …: `shared/migrations` for the tables that every
service has, `services/<name>/migrations` for its own. Each keeps its revision in a table of its own. Revisions
expand in
one release and contract in the next, so that a process of the release before still runs; there is no way down.
On PostgreSQL the schema and the roles are made too: the login that migrates owns the tables, the service's role does
not.
"""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import Database, role_of
from shared.journal import ddl
from shared.journal.tables import journal

ROOT = Path(__file__).resolve().parent.parent
WAIT = "60s"                 # for another process that migrates the same schema
LOCK = 0x4C44_4D49           # the advisory lock's class: "LDMI"


class UnknownSchema(RuntimeError):
    """The database has another schema than this release. The message says which, and what to do."""


def lines_of(service: str) -> dict[str, Path]:
    """The folders of the two lines of revisions, by the table that keeps how far each has come."""
    return {"schema_shared": ROOT / "shared" / "migrations",
            f"schema_{service}": ROOT / "services" / service / "migrations"}


def revisions(folder: Path) -> tuple[str, ...]:
    """The revisions of a line in order. A file is named <revision>_<what>.py; they follow one another."""
    return tuple(sorted(path.name.partition("_")[0] for path in folder.glob("[0-9]*_*.py")))


def migrate(db: Database, service: str) -> tuple[str, ...]:
    """Brings the service's database to this release's schema; says which revisions ran (`schema_transfer 0002`).

    Safe to run in several processes at once: one migrates, the others wait. Raises UnknownSchema for a database of a
    newer release.
    """
    owner = db if db.sqlite else Database(db.url, db.schema, pool=1)     # not in the service's role
    try:
        with owner.write() as tx:
            if not owner.sqlite:
                _take_lock(tx, owner.schema)
            steps = tuple(_steps(tx, service))
            if any(not revision for _, revision in steps):
                raise UnknownSchema(f"{service}: the database is of a newer release than this one: run that")
            if steps:
                _run(tx, service)
                ddl.install(tx)
                if not owner.sqlite:
                    _grant(tx, owner, service)
            return tuple(f"{table} {revision}" for table, revision in steps)
    finally:
        if owner is not db:
            owner.dispose()


def check(db: Database, service: str) -> None:
    """Every process asks at its start. Raises UnknownSchema unless the database has exactly this release's schema."""
    with db.read() as tx:
        steps = dict(_steps(tx, service))
    if "" in steps.values():
        raise UnknownSchema(f"{service}: the database is of a newer release than this one: run that")
    if steps:
        raise UnknownSchema(f"{service}: the database is not at this release's schema: run `liandong migrate`")


def _steps(tx: Connection, service: str) -> Iterator[tuple[str, str]]:
    """The (table, revision) pairs still to run; revision "" where the database is ahead of this release."""
    there = set(sa.inspect(tx).get_table_names())
    for table, folder in lines_of(service).items():
        known = revisions(folder)
        done = str(tx.exec_driver_sql(f"SELECT version_num FROM {table}").scalar() or "") if table in there else ""
        if done and done not in known:
            yield table, ""
        yield from ((table, revision) for revision in known if revision > done)


def _run(tx: Connection, service: str) -> None:
    from alembic.operations import Operations  # slow to import, and rarely needed
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    for table, folder in lines_of(service).items():
        if not revisions(folder):
            continue
        script = ScriptDirectory(str(folder), version_locations=[str(folder)])
        context = MigrationContext.configure(tx, opts={
            "version_table": table, "fn": lambda at, _, script=script: script._upgrade_revs("head", at)})
        with Operations.context(context):
            context.run_migrations()


# PostgreSQL

def _take_lock(tx: Connection, schema: str) -> None:
    """The schema, made where it is missing, under a lock that ends with the transaction."""
    tx.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT}'")
    tx.execute(sa.text("SELECT pg_advisory_xact_lock(:lock, hashtext(:schema))"), {"lock": LOCK, "schema": schema})
    if not tx.execute(sa.text("SELECT 1 FROM pg_namespace WHERE nspname = :schema"), {"schema": schema}).scalar():
        tx.exec_driver_sql(f"CREATE SCHEMA {_quoted(schema)}")


def _grant(tx: Connection, db: Database, service: str) -> None:
    """The service's role and its eraser: made where they are missing, with what they may do here and no more."""
    role = role_of(db.url, service)
    eraser = f"{role}_eraser"
    for name in (role, eraser):
        _make_role(tx, name)
    both, schema = f"{_quoted(role)}, {_quoted(eraser)}", _quoted(db.schema)
    read_only = ", ".join(lines_of(service))
    for statement in (
        f"GRANT USAGE ON SCHEMA {schema} TO {both}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {_quoted(role)}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {_quoted(role)}",
        f"REVOKE INSERT, UPDATE, DELETE ON {read_only} FROM {_quoted(role)}",
        *(ddl.grants(role, eraser) if sa.inspect(tx).has_table(journal.name) else ()),
    ):
        tx.exec_driver_sql(statement)


def _make_role(tx: Connection, name: str) -> None:
    """Roles belong to the whole cluster, so another schema's migration may make the same one meanwhile."""
    tx.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if not tx.execute(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": name}).scalar():
        tx.exec_driver_sql(f"CREATE ROLE {_quoted(name)} NOLOGIN")
    if not tx.execute(sa.text("SELECT pg_has_role(current_user, :name, 'MEMBER')"), {"name": name}).scalar():
        tx.exec_driver_sql(f"GRANT {_quoted(name)} TO CURRENT_USER")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
