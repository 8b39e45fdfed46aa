"""A database's schema as plain data, so that two can be compared."""

import re
from collections.abc import Container
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import Database

Schema = dict[str, Any]


def described(db: Database, without: Container[str]) -> Schema:
    """Tables with columns, keys, checks and indexes, and the triggers; but the tables of `without`."""
    with db.read() as tx:
        inspector = sa.inspect(tx)
        return {
            "tables": {
                table: _table(inspector, table) for table in inspector.get_table_names() if table not in without
            },
            "more": _sqlite(tx, without) if db.sqlite else _postgresql(tx, db.schema, without),
        }


def _table(inspector: sa.Inspector, table: str) -> Schema:
    columns = [{key: str(column[key]) for key in ("name", "type", "nullable", "default")}
               for column in inspector.get_columns(table)]
    return {"columns": columns, "primary": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(map(str, inspector.get_foreign_keys(table))),
            "unique": sorted(str(each["column_names"]) for each in inspector.get_unique_constraints(table)),
            "checks": sorted(each["sqltext"] for each in inspector.get_check_constraints(table)),
            "indexes": sorted(f"{each['name']} {each['column_names']} {each['unique']}"
                              for each in inspector.get_indexes(table))}


def _sqlite(tx: Connection, without: Container[str]) -> list[str]:
    """Indexes and triggers as SQL, and whether a table has row ids."""
    rows = tx.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    return sorted(f"{kind} {name} {'WITHOUT ROWID' in sql if kind == 'table' else _flat(sql)}"
                  for kind, name, table, sql in rows if table not in without)


def _postgresql(tx: Connection, schema: str, without: Container[str]) -> list[str]:
    """Indexes, constraints, triggers and column collations as PostgreSQL words them."""
    says = []
    for statement in (
        "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = %(schema)s",
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = %(schema)s::regnamespace AND conrelid <> 0",
        "SELECT tgrelid::regclass::text, pg_get_triggerdef(t.oid) || ' ' || tgenabled::text FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = tgrelid WHERE c.relnamespace = %(schema)s::regnamespace AND NOT tgisinternal",
        "SELECT table_name, column_name || ' ' || coalesce(collation_name, '') FROM information_schema.columns "
        "WHERE table_schema = %(schema)s",
        "SELECT '', proname || ' ' || prosrc FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace"):
        says += [f"{table}: {_flat(text)}" for table, text in tx.exec_driver_sql(statement, {"schema": schema})
                 if table not in without]
    return sorted(line.replace(f"{schema}.", "") for line in says)


def _flat(sql: str) -> str:
    return re.sub(r"\s+", " ", sql.replace('"', "")).strip()
