"""Engines, transactions and column types. One `Database` a service, on SQLite or PostgreSQL.

SQLite: one lock a file around every write, taken before the pool checkout and BEGIN IMMEDIATE; readers take none.
Two `Database` objects on one file in one process share the lock; another process waits in SQLite's own busy handler.
"""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import sqlalchemy as sa
from psycopg.errors import InvalidParameterValue, UndefinedObject
from psycopg.pq import TransactionStatus
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as NoConnection

from shared.telemetry.metrics import DATABASE_CONNECTIONS, DATABASE_CONNECTIONS_LIMIT

POOL = 40            # of SQLite and of ops' commands: at least HTTP threads + eventlet's tpool; else it is a setting
LOCK_TIMEOUT = "5s"


class UtcInstant(sa.types.TypeDecorator[datetime]):
    """An aware instant in UTC, kept as microseconds since 1970: exact, sortable, the same on both back ends."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else instant_of(value)


_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def microseconds(instant: datetime) -> int:
    """An instant as `UtcInstant` keeps it. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs its zone: {instant!r}")
    return (instant - _EPOCH) // _MICROSECOND


def instant_of(microseconds: int) -> datetime:
    """The instant, in UTC, of what `UtcInstant` keeps."""
    return _EPOCH + timedelta(0, 0, microseconds)


SHARED = sa.MetaData()      # the tables every service has, each in its own database


class Database:
    """A service's own database: an SQLite file, or a schema of PostgreSQL."""

    def __init__(self, url: str, schema: str = "", *, role: str = "", pool: int = POOL, durable: bool = True) -> None:
        """`role`: what its connections work as on PostgreSQL (SET ROLE); the login itself where there is none.
        `durable=False`: on SQLite a commit does not wait for the disk: it outlives the process, but no power cut."""
        self.url, self.schema, self.role = url, schema, role
        self.sqlite = url.startswith("sqlite")
        self._size = pool
        self.engine = _sqlite(url, pool, durable) if self.sqlite else _postgresql(url, schema, role, pool)
        self.path = Path(self.engine.url.database).resolve() if self.sqlite and self.engine.url.database else None
        self._lock = _lock_of(self.path) if self.sqlite else nullcontext()
        self._writing: set[int] = set()      # threads inside `write`

    def tell_use(self, service: str) -> None:
        """From now on metrics tell how many of its connections are in use, as those of a service. Once an engine."""
        used = DATABASE_CONNECTIONS.labels(service)
        DATABASE_CONNECTIONS_LIMIT.labels(service).set(self._size)
        sa.event.listen(self.engine, "checkout", lambda *_: used.inc())
        sa.event.listen(self.engine, "checkin", lambda *_: used.dec())

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction: committed on leaving, rolled back on an exception.

        Raises RuntimeError inside another write of the same thread: on SQLite that would wait for itself for ever.
        """
        me = threading.get_ident()
        if me in self._writing:
            raise RuntimeError("a write inside a write: pass the transaction on instead")
        self._writing.add(me)
        try:
            with self._lock, self.engine.connect() as connection:
                if self.sqlite:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield connection
                connection.commit()          # anything raised before or by it: closing rolls back
        finally:
            self._writing.discard(me)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent snapshot for reading; a write in it is refused on PostgreSQL and rolled back on SQLite."""
        with self.engine.connect() as connection, nullcontext() if self.sqlite else _snapshot(connection):
            if self.sqlite:
                connection.exec_driver_sql("BEGIN")
            yield connection

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """Reading where each statement may see what was committed when it began: on PostgreSQL no round trip goes to
        beginning and ending. Nothing may be written in it, but by `alone`."""
        with self.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            if not self.sqlite:
                driver.autocommit = True
            try:
                yield connection
            finally:
                connection.rollback()
                if not self.sqlite and not driver.closed:
                    driver.autocommit = False

    @contextmanager
    def alone(self, beside: Connection | None = None) -> Iterator[Connection]:
        """For one statement that writes: on PostgreSQL its own transaction, with no round trip to begin or end it.
        `beside`: a glance that goes on, whose connection will do there."""
        if beside is not None and not self.sqlite:
            yield beside
            return
        with self.write() if self.sqlite else self.glance() as connection:
            yield connection

    def as_eraser(self, tx: Connection) -> None:
        """What follows in the transaction is done as the role that erases; nothing where the login has no roles."""
        if self.role:
            eraser = f"{self.role}_eraser".replace('"', '""')
            tx.exec_driver_sql(f'SET LOCAL ROLE "{eraser}"')

    def dedicated(self) -> Connection:
        """PostgreSQL only: a connection outside the pool, in autocommit, for a session lock or LISTEN. The caller
        closes it: a pooled one would keep the lock after it was given back."""
        return _postgresql(self.url, self.schema, self.role, 0).connect()

    def dispose(self) -> None:
        """Closes every pooled connection."""
        self.engine.dispose()


def _sqlite(url: str, pool: int, durable: bool) -> Engine:
    engine = sa.create_engine(url, poolclass=sa.pool.QueuePool, pool_size=pool, max_overflow=0, hide_parameters=True,
                              connect_args={"check_same_thread": False, "timeout": 10})

    first = threading.Lock()      # the busy handler does not cover the switch to WAL
    synchronous = f"synchronous={'FULL' if durable else 'OFF'}"

    @sa.event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None      # explicit BEGIN only
        with first:
            for pragma in ("busy_timeout=10000", "journal_mode=WAL", synchronous, "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")

    return engine


_LOCKS: dict[Path, threading.Lock] = {}
_LOCKS_LOCK = threading.Lock()


def _lock_of(path: Path | None) -> threading.Lock:
    """A file's write lock, one in the process. Raises ValueError in memory, where each connection is another one."""
    if path is None or path.name == ":memory:":
        raise ValueError("an SQLite database of the suite is a file")
    with _LOCKS_LOCK:
        return _LOCKS.setdefault(path, threading.Lock())


def _postgresql(url: str, schema: str, role: str, pool: int) -> Engine:
    options = f"-c lock_timeout={LOCK_TIMEOUT} -c idle_in_transaction_session_timeout=5s -c timezone=UTC -c jit=off"
    if schema:
        options += f" -c search_path={schema}"
    if role:
        options += f" -c role={role}"
    connect_args = {"options": options, "application_name": f"liandong-{schema or 'ops'}",
                    "client_encoding": "UTF8"}       # whatever PGCLIENTENCODING says: texts are read as their bytes
    if not pool:
        return sa.create_engine(url, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True,
                                connect_args=connect_args)
    engine = sa.create_engine(url, pool_size=pool, max_overflow=0, pool_pre_ping=False, hide_parameters=True,
                              connect_args=connect_args)

    @sa.event.listens_for(engine, "do_connect")     # not "connect": its listeners change while others connect
    def connect(dialect: Any, _: Any, args: Any, options: Any) -> Any:
        connection = dialect.connect(*args, **options)
        try:
            connection.execute("SET default_toast_compression = lz4")       # four times as fast as the server's own
            connection.commit()
        except (UndefinedObject, InvalidParameterValue):                    # a server before 14, one built without it
            connection.rollback()
        return connection

    return engine


@contextmanager
def _snapshot(connection: Connection) -> Iterator[None]:
    """The driver says it in BEGIN itself; a SET TRANSACTION would be one more round trip of every read. It ends with
    COMMIT: after a ROLLBACK the driver forgets what it has prepared, and every statement would be planned anew."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    driver.isolation_level, driver.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
    try:
        yield
    finally:
        if not driver.closed:
            driver.commit() if driver.info.transaction_status == TransactionStatus.INTRANS else driver.rollback()
            driver.isolation_level = driver.read_only = None
        connection.rollback()


def among(tx: Connection, column: sa.ColumnElement[str], texts: Collection[str]) -> sa.ColumnElement[bool]:
    """Whether a column is one of these texts: on PostgreSQL one array, as a parameter each would cost more than the
    search where they are hundreds."""
    if tx.dialect.name != "postgresql":
        return column.in_(list(texts))
    return column == sa.any_(sa.bindparam(None, texts, type_=_Texts()))


class _Texts(sa.types.UserDefinedType[Collection[str]]):
    """Texts as one array, written as PostgreSQL reads it: the driver takes ten times as long to write a list."""

    cache_ok, render_bind_cast = True, True

    def get_col_spec(self, **_: Any) -> str:
        return "TEXT[]"

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[Any], str]:
        return _array


def _array(texts: Collection[str]) -> str:
    quoted = [text.replace("\\", r"\\").replace('"', r'\"') for text in texts]
    return '{"' + '","'.join(quoted) + '"}' if quoted else "{}"


def database_gone(failed: BaseException) -> bool:
    """Whether the connection failed and not what was done over it: then no event and no case is to blame."""
    return isinstance(failed, InterfaceError | NoConnection) or (
        isinstance(failed, DBAPIError) and failed.connection_invalidated)


def sqlite_url(path: Path) -> str:
    """The URL of a file, whatever its folders are called."""
    return f"sqlite:///{quote(str(path))}"


def one_at_a_time(tx: Connection, what: str) -> None:
    """Those who name the same `what` follow one another, until the transaction ends: for what is unique over rows that
    no lock on one of them can hold. SQLite's file lock does that anyway."""
    if tx.dialect.name != "sqlite":
        tx.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))"), {"what": what})


def role_of(url: str, service: str) -> str:
    """PostgreSQL: the role that a service works as, named after its database, as roles belong to the whole cluster."""
    return f"{sa.make_url(url).database}_{service}"
