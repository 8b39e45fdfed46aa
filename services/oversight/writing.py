"""Rows of a projection, written many at a time: as the database keeps them, in the order of the columns; and names of
cases that are asked for many at a time."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Connection

FEW = 20            # rows that go by INSERT, as those of one event do
Row = tuple[Any, ...]


def some(tx: Connection, names: Iterable[str]) -> Iterator[list[str]]:
    """The names, as many at a time as one statement asks `among`."""
    rest, most = sorted(names), 500 if tx.dialect.name == "sqlite" else 10_000
    for first in range(0, len(rest), most):
        yield rest[first:first + most]


def put(tx: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Writes rows, as the database keeps them and in the order of the columns, over those of the same key. On
    PostgreSQL many come by COPY."""
    if not rows:
        return
    if tx.dialect.name == "postgresql" and len(rows) > FEW:
        _copied(tx, table, rows)
    else:
        mark = "%s" if tx.dialect.name == "postgresql" else "?"
        tx.exec_driver_sql(_upsert(table, f"VALUES ({', '.join([mark] * len(table.c))})"), list(rows))


def put_new(tx: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """The same where none of the rows is likely to be there: into the table itself, in half the time. Where one is,
    all are put as `put` does."""
    if len(rows) <= FEW or tx.dialect.name != "postgresql":
        return put(tx, table, rows)
    savepoint = tx.begin_nested()
    try:
        _copy(tx, table.name, rows)
    except psycopg.errors.UniqueViolation:
        savepoint.rollback()
        return put(tx, table, rows)
    return savepoint.commit()


def _copied(tx: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    incoming = f"incoming_{table.name}"
    tx.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {incoming} (LIKE {table.name}) ON COMMIT DELETE ROWS")
    _copy(tx, incoming, rows)
    tx.exec_driver_sql(_upsert(table, f"SELECT * FROM {incoming} WHERE true"))
    tx.exec_driver_sql(f"DELETE FROM {incoming}")


def _copy(tx: Connection, name: str, rows: Sequence[Row]) -> None:
    driver: Any = tx.connection.driver_connection
    with driver.cursor().copy(f"COPY {name} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _upsert(table: sa.Table, rows: str) -> str:
    names = [f'"{column.name}"' for column in table.c]
    key = ", ".join(f'"{column.name}"' for column in table.primary_key)
    rest = [name for name in names if name.strip('"') not in table.primary_key.columns]
    do = f"UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in rest)}" if rest else "NOTHING"
    return f"INSERT INTO {table.name} ({', '.join(names)}) {rows} ON CONFLICT ({key}) DO {do}"

