"""Entries for tests, and the ways a person with the database's password would change them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import SHARED, Database
from shared.journal.model import NewEntry
from shared.kernel.ids import new_id

NOW = datetime(2025, 9, 29, 1, 0, tzinfo=UTC)
TABLES = ("journal", "journal_detail", "journal_audience", "journal_erasure", "checkpoint", "journal_head")


def entry(case: str = "case-1", *told: str, **fields: Any) -> NewEntry:
    """An entry with a detail, told to the agencies named."""
    given: dict[str, Any] = {
        "id": new_id(NOW), "type": "announced", "stream": case, "occurred_on": date(2025, 9, 29),
        "data": {"receiver": "B"}, "actor": "apt-1", "on_behalf_of": "L", "agency": "A",
        "detail": {"respondent": "某公司"}, "audience": frozenset(told), "state_hash": f"sha256:{case}", "revision": 1}
    return NewEntry(**{**given, **fields})


@contextmanager
def tampering(db: Database) -> Iterator[Connection]:
    """A transaction of someone who owns the tables and has taken the triggers away."""
    with db.write() as tx:
        if db.sqlite:
            for (name,) in tx.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
                tx.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            for table in TABLES:
                tx.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        yield tx


def columns() -> list[tuple[str, str]]:
    """Every column of every table of the journal."""
    return [(table, column.name) for table in TABLES for column in SHARED.tables[table].columns]


def changed(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, str):
        return f"{value[:-1]}{'0' if value[-1:] != '0' else '1'}"
    if isinstance(value, datetime):
        return value.replace(microsecond=(value.microsecond + 1) % 1_000_000)
    if isinstance(value, date):
        return date.fromordinal(value.toordinal() + 1)
    return value + 1000


def change(tx: Connection, table: str, column: str, row: int = 0) -> None:
    """Changes one column of one row."""
    target = SHARED.tables[table]
    keys = list(target.primary_key.columns)
    old = tx.execute(sa.select(target).order_by(*keys).offset(row).limit(1)).one()._mapping
    here = [key == old[key.name] for key in keys]
    tx.execute(target.update().where(*here).values({column: changed(old[column])}))
