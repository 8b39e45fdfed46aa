"""Databases with tables and no rows, made once a run: SQLite files are copied, PostgreSQL schemas used again.

Making a schema takes half a second, emptying one twenty milliseconds; it is used again only while it has exactly the
tables, indexes and triggers it was made with.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from shared.db.database import Database, role_of, sqlite_url
from shared.migrate import lines_of, migrate

Fill = Callable[[Database], None]
_SHAPE = sa.text("""
    SELECT c.relname, c.relkind::text, coalesce(t.tgname::text, ''), coalesce(t.tgenabled::text, '')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
    WHERE n.nspname = :schema AND c.relkind IN ('r', 'i') ORDER BY 1, 3""")

_REFERS = sa.text("""
    SELECT c.relname, r.relname FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND k.contype = 'f' AND c.oid <> r.oid""")


class Files:
    """What an SQLite file with these tables is, by the tables. One a test run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ready: dict[tuple[object, ...], bytes] = {}

    def with_tables(self, metadata: Sequence[sa.MetaData], fill: Fill) -> bytes:
        """The content of a file that `fill` has filled, for a file of the caller's own."""
        key = tuple((tables, *tables.tables) for tables in metadata)      # a test's own may get more tables
        if key not in self._ready:
            file = self._folder / f"{len(self._ready)}.sqlite"
            database = Database(sqlite_url(file), durable=False)
            fill(database)
            database.dispose()          # the last connection brings all of the log into the file
            self._ready[key] = file.read_bytes()
        return self._ready[key]


class Schemas:
    """Ready schemas by what they hold. One a test run."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._admin = sa.create_engine(url, pool_size=1, max_overflow=0, isolation_level="AUTOCOMMIT")
        self._ready: dict[tuple[object, ...], list[str]] = {}
        self._shapes: dict[str, list[tuple[str, ...]]] = {}
        self._orders: dict[str, tuple[str, ...]] = {}
        self._number = itertools.count(1)

    def close(self) -> None:
        """Gives its connection back. The schemas go with the run's database."""
        self._admin.dispose()

    def empty(self, name: str) -> Database:
        """A new schema without tables."""
        schema = f"{name}_{next(self._number)}"
        with self._admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        return Database(self._url, schema)

    def take(self, name: str, metadata: Sequence[sa.MetaData], fill: Fill) -> Database:
        """A schema with these tables and no rows: one used before, or a new one that `fill` fills."""
        if ready := self._ready.get(_key(name, metadata)):
            return Database(self._url, ready.pop())
        database = self.empty(name)
        fill(database)
        self._shapes[database.schema] = self._shape(database.schema)
        return database

    def give_back(self, name: str, metadata: Sequence[sa.MetaData], database: Database) -> None:
        """Empties it for the next test; what cannot be emptied, or was changed, is left for the end of the run."""
        database.dispose()
        try:
            if self._shape(database.schema) == self._shapes[database.schema]:
                self._empty(database.schema)
                self._ready.setdefault(_key(name, metadata), []).append(database.schema)
        except DBAPIError:
            pass

    @contextmanager
    def migrated(self, *services: str) -> Iterator[str]:
        """The URL of the run's database, in which these services' own schemas stand migrated and without rows."""
        for name in services:
            if not (shape := self._shape(name)) or shape != self._shapes.get(name):
                self._migrate(name)
        yield self._url
        for name in services:
            try:
                if self._shape(name) == self._shapes[name]:
                    self._empty(name, kept=frozenset(lines_of(name)))
            except DBAPIError:          # who comes next begins anew
                del self._shapes[name]

    def drop(self, database: Database) -> None:
        """Takes away a schema that `empty` made."""
        database.dispose()
        self._drop(database.schema)

    def _drop(self, schema: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")

    def _migrate(self, service: str) -> None:
        self._drop(service)
        database = Database(self._url, service, role=role_of(self._url, service))
        migrate(database, service)
        database.dispose()
        self._shapes[service] = self._shape(service)

    def _shape(self, schema: str) -> list[tuple[str, ...]]:
        with self._admin.connect() as connection:
            return [tuple(row) for row in connection.execute(_SHAPE, {"schema": schema})]

    def _order(self, schema: str) -> tuple[str, ...]:
        """Its tables, each before those that it refers to."""
        if schema not in self._orders:
            referring: dict[str, set[str]] = {name: set() for name, kind, *_ in self._shapes[schema] if kind == "r"}
            with self._admin.connect() as connection:
                for table, other in connection.execute(_REFERS, {"schema": schema}):
                    referring[other].add(table)
            self._orders[schema] = tuple(TopologicalSorter(referring).static_order())
        return self._orders[schema]

    def _empty(self, schema: str, kept: frozenset[str] = frozenset()) -> None:
        tables = [table for table in self._order(schema) if table not in kept]
        triggers = [(table, trigger, enabled) for table, _, trigger, enabled in self._shapes[schema] if trigger]
        off = [f"ALTER TABLE {schema}.{table} DISABLE TRIGGER {trigger}" for table, trigger, _ in triggers]
        on = [f"ALTER TABLE {schema}.{table} ENABLE {'ALWAYS ' if enabled == 'A' else ''}TRIGGER {trigger}"
              for table, trigger, enabled in triggers]
        delete = [f"DELETE FROM {schema}.{table}" for table in tables]
        with self._admin.connect() as connection:
            connection.exec_driver_sql(
                "; ".join(("BEGIN", "SET LOCAL lock_timeout = '2s'", *off, *delete, *on, "COMMIT"))
            )


def _key(name: str, metadata: Sequence[sa.MetaData]) -> tuple[object, ...]:
    return (name, *map(id, metadata))
