"""Engines, transactions and column types. One `Database` a service, on SQLite or PostgreSQL.

SQLite: one lock a file around every write, taken before the pool checkout and BEGIN IMMEDIATE; readers take none.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from shared.clock import aware

POOL = 40            # at least HTTP threads + eventlet's tpool
LOCK_TIMEOUT = "5s"


class UtcInstant(sa.types.TypeDecorator[datetime]):
    """An aware instant in UTC, kept as microseconds since 1970: exact, sortable, the same on both back ends."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        if value is None:
            return None
        span = aware(value) - _EPOCH
        return (span.days * 86400 + span.seconds) * 1_000_000 + span.microseconds

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromtimestamp(value // 1_000_000, UTC).replace(microsecond=value % 1_000_000)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SHARED = sa.MetaData()      # the tables every service has, each in its own database


class Database:
    """A service's own database: an SQLite file, or a schema of PostgreSQL."""

    def __init__(self, url: str, schema: str = "", *, pool: int = POOL) -> None:
        self.url, self.schema = url, schema
        self.sqlite = url.startswith("sqlite")
        self._lock = threading.Lock() if self.sqlite else None
        self.engine = _sqlite(url, pool) if self.sqlite else _postgresql(url, schema, pool)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction: committed on leaving, rolled back on an exception. Never nested."""
        if self._lock is None:
            with self.engine.begin() as connection:
                yield connection
            return
        with self._lock, self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent snapshot for reading."""
        with self.engine.connect() as connection:
            if self.sqlite:
                connection.exec_driver_sql("BEGIN")
                try:
                    yield connection
                finally:
                    connection.exec_driver_sql("ROLLBACK")
            else:
                with connection.begin():
                    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    yield connection

    def dispose(self) -> None:
        """Closes every pooled connection."""
        self.engine.dispose()


def _sqlite(url: str, pool: int) -> Engine:
    engine = sa.create_engine(url, poolclass=sa.pool.QueuePool, pool_size=pool, max_overflow=0,
                              connect_args={"check_same_thread": False, "timeout": 10})

    @sa.event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None      # explicit BEGIN only
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _postgresql(url: str, schema: str, pool: int) -> Engine:
    options = f"-c lock_timeout={LOCK_TIMEOUT} -c idle_in_transaction_session_timeout=5s -c timezone=UTC"
    if schema:
        options += f" -c search_path={schema}"
    return sa.create_engine(url, pool_size=pool, max_overflow=0, pool_pre_ping=False,
                            connect_args={"options": options, "application_name": f"liandong-{schema or 'ops'}"})


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


