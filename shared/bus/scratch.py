"""Fresh tables beside those that serve, and how they take their place at once.

PostgreSQL: a schema of its own, made by the login that owns the service's tables; tables and indexes go over with their
names, which is a matter of the catalogue alone. SQLite: a file of its own beside the database, copied in one
transaction.
What a rebuild that was cut off left behind is thrown away by the next.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from psycopg.errors import LockNotAvailable
from sqlalchemy.engine import Connection

from shared.db.database import Database, sqlite_url

LOCKING = "200ms"        # below deadlock_timeout, a second by default
WHILE_FILLED = {"while_filled": True}     # `info` of an index by which rows are looked up while tables are filled
AT_ONCE, SORTING = 2, "128MB"             # tables that are indexed together, and the memory of each for it
POLL = 0.02              # seconds between two looks at who still reads


@contextmanager
def fresh(db: Database, tables: Sequence[sa.Table]) -> Iterator[Database]:
    """An empty database with these tables, without those of their indexes that can wait; gone again at the end."""
    made = _file(db) if db.sqlite else Database(db.url, f"{db.schema}_rebuild", pool=AT_ONCE)
    _throw_away(db, made)
    try:
        if not made.sqlite:
            with _as_owner(db) as tx:
                tx.exec_driver_sql(f'CREATE SCHEMA "{made.schema}"')
        with made.write() as tx:
            for table in tables:
                tx.execute(sa.schema.CreateTable(table))
                _indexed(tx, table, while_filled=True)
        yield made
    finally:
        made.dispose()
        _throw_away(db, made)


def index(made: Database, tables: Sequence[sa.Table]) -> None:
    """Makes the other indexes, when most of the rows are there: on PostgreSQL those of two tables at once."""
    with ThreadPoolExecutor(1 if made.sqlite else AT_ONCE) as pool:
        for done in [pool.submit(_finish, made, table) for table in tables]:
            done.result()


def _finish(made: Database, table: sa.Table) -> None:
    with made.write() as tx:
        if not made.sqlite:
            tx.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{SORTING}'")
        _indexed(tx, table, while_filled=False)
        if not made.sqlite:
            tx.exec_driver_sql(f"ANALYZE {table.name}")


def _indexed(tx: Connection, table: sa.Table, *, while_filled: bool) -> None:
    for each in sorted(table.indexes, key=lambda each: str(each.name)):
        if bool(each.info.get("while_filled")) is while_filled:
            each.create(tx)


@contextmanager
def owning(db: Database) -> Iterator[Connection]:
    """A transaction that may put tables in the place of others: on PostgreSQL that of the login, not of the service's
    role; SQLite knows no roles."""
    if db.sqlite:
        with db.write() as tx:
            tx.detach()         # not given back to the pool with another file attached to it
            yield tx
        return
    with _as_owner(db) as tx:
        tx.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '30s'")
        yield tx


def put_in_place(tx: Connection, db: Database, made: Database, tables: Sequence[sa.Table]) -> None:
    """The fresh tables are those that serve when the transaction commits, and not before."""
    if db.sqlite:
        tx.exec_driver_sql("ATTACH DATABASE ? AS rebuilt", (str(made.path),))
    for table in tables:
        if db.sqlite:
            tx.exec_driver_sql(f"DELETE FROM main.{table.name}")
            tx.exec_driver_sql(f"INSERT INTO main.{table.name} SELECT * FROM rebuilt.{table.name}")
            continue
        tx.exec_driver_sql(f'DROP TABLE "{db.schema}".{table.name}')
        tx.exec_driver_sql(f'ALTER TABLE "{made.schema}".{table.name} SET SCHEMA "{db.schema}"')
        if db.role:
            role = db.role.replace('"', '""')
            tx.exec_driver_sql(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{db.schema}".{table.name} TO "{role}"')


def locked(tx: Connection, db: Database, tables: Sequence[sa.Table], patience: float) -> bool:
    """PostgreSQL: whether the transaction has all of these tables for itself, trying so many seconds. It waits for no
    table for as long as it takes to look for a deadlock, and lets all go again before the next try: who reads one and
    waits for another is never the one that fails."""
    if db.sqlite:
        return True
    names = ", ".join(f'"{db.schema}".{table.name}' for table in tables)
    until = time.monotonic() + patience
    tx.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCKING}'")
    try:
        while True:
            try:
                with tx.begin_nested():
                    tx.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
                return True
            except sa.exc.OperationalError as failed:
                if not isinstance(failed.orig, LockNotAvailable):
                    raise
            if time.monotonic() > until:
                return False
            time.sleep(POLL)
    finally:
        tx.exec_driver_sql("SET LOCAL lock_timeout = DEFAULT")


def nobody_reads_older(tx: Connection, db: Database, patience: float) -> bool:
    """PostgreSQL: whether all who began to read before now have ended, waiting for them so many seconds. A snapshot
    taken before the last fresh row was written does not see it, and would read the new table without it."""
    if db.sqlite:
        return True
    now: datetime = tx.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    older = sa.text("SELECT count(*) FROM pg_stat_activity WHERE application_name = :name AND pid <> pg_backend_pid() "
                    "AND datname = current_database() AND backend_xmin IS NOT NULL AND xact_start < :now")
    until = time.monotonic() + patience
    while tx.execute(older, {"name": f"liandong-{db.schema}", "now": now}).scalar_one():
        if time.monotonic() > until:
            return False
        time.sleep(POLL)
        tx.exec_driver_sql("SELECT pg_stat_clear_snapshot()")
    return True


@contextmanager
def _as_owner(db: Database) -> Iterator[Connection]:
    owner = Database(db.url, db.schema, pool=1)
    try:
        with owner.write() as tx:
            yield tx
    finally:
        owner.dispose()


def _file(db: Database) -> Database:
    assert db.path is not None
    return Database(sqlite_url(_beside(db.path)), durable=False)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-rebuild{path.suffix}")


def _throw_away(db: Database, made: Database) -> None:
    if db.path is not None:
        for end in ("", "-wal", "-shm"):
            _beside(db.path).with_name(f"{_beside(db.path).name}{end}").unlink(missing_ok=True)
        return
    with _as_owner(db) as tx:
        tx.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{made.schema}" CASCADE')
