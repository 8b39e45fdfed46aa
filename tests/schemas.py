"""Schemas of the run's PostgreSQL database, used again: making one takes half a second, emptying one twenty
milliseconds.

A schema is used again only while it has exactly the tables, indexes and triggers it was made with.
"""

import itertools
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from shared.db import Database

Fill = Callable[[Database], None]
_SHAPE = sa.text("""
    SELECT c.relname, c.relkind::text, coalesce(t.tgname::text, ''), coalesce(t.tgenabled::text, '')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
    WHERE n.nspname = :schema AND c.relkind IN ('r', 'i') ORDER BY 1, 3""")


class Schemas:
    """Ready schemas by what they hold. One a test run."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._admin = sa.create_engine(url, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
        self._ready: dict[tuple[object, ...], list[str]] = {}
        self._shapes: dict[str, list[tuple[str, ...]]] = {}
        self._number = itertools.count(1)

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

    def drop(self, database: Database) -> None:
        """Takes away a schema that `empty` made."""
        database.dispose()
        with self._admin.connect() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {database.schema} CASCADE")

    def _shape(self, schema: str) -> list[tuple[str, ...]]:
        with self._admin.connect() as connection:
            return [tuple(row) for row in connection.execute(_SHAPE, {"schema": schema})]

    def _empty(self, schema: str) -> None:
        tables = sorted({name for name, kind, *_ in self._shapes[schema] if kind == "r"})
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
