"""A statement is compiled once a worker of the run, not once a database.

SQLAlchemy keeps what it has compiled by engine and dialect object, and every test has databases of its own: a seventh
of the run went into compiling the same statements again. Here engines keep it together, and dialects of one kind that
speak to servers of one version are one.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

MOST = 5000             # statements kept: those of tables that a test made for itself are not asked for again
_compiled: dict[Any, Any] = {}


class _Alike:
    """Equal to any other of its class that speaks to a server of the same version."""

    server_version_info: Any = None

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and bool(self.server_version_info == other.server_version_info)

    def __hash__(self) -> int:
        return hash(type(self))


class SQLite(_Alike, SQLiteDialect_pysqlite):
    supports_statement_cache = True


class PostgreSQL(_Alike, PGDialect_psycopg):
    supports_statement_cache = True


def share() -> None:
    """From now on every engine of this process keeps what it compiles where the others find it."""
    registry.register("sqlite", __name__, SQLite.__name__)
    registry.register("postgresql.psycopg", __name__, PostgreSQL.__name__)
    sa.event.listen(sa.Engine, "engine_connect", _sharing)


def _sharing(connection: sa.Connection) -> None:
    """An engine learns of it at its first connection; later ones have it from the engine."""
    if len(_compiled) > MOST:
        _compiled.clear()
    if "compiled_cache" not in connection.get_execution_options():
        connection.engine.update_execution_options(compiled_cache=_compiled)
        connection.execution_options(compiled_cache=_compiled)
