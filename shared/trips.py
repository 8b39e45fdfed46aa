"""Fewer round trips to PostgreSQL: statements that go together, and what the driver runs by itself. SQLite has none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.rows import namedtuple_row, tuple_row
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class Trip:
    """SELECTs that are asked together: on PostgreSQL in one round trip, in their order, each seeing what was committed
    before it began. Only of columns that the driver reads by itself: texts, numbers, dates."""

    def __init__(self, tx: Connection, *, binary: bool = False) -> None:
        """`binary`: values come as the server keeps them, in rows without names: sooner where they are many or long."""
        self._tx, self._binary = tx, binary
        self._asked: list[tuple[sa.Select[Any] | sa.TextClause, Mapping[str, Any]]] = []
        self._rows: list[Sequence[Any]] = []

    def ask(self, select: sa.Select[Any] | sa.TextClause, **values: Any) -> Callable[[], Sequence[Any]]:
        """Adds a SELECT, made once for all trips. Its rows are had by a call; the first call of any goes on the trip,
        and raises what any of them raises."""
        if self._rows:
            raise RuntimeError("the trip is over")
        nth = len(self._asked)
        self._asked.append((select, values))
        return lambda: self._gone()[nth]

    def _gone(self) -> list[Sequence[Any]]:
        if not self._rows:
            self._rows = self._together() if self._tx.dialect.name == "postgresql" else [
                self._tx.execute(select, values).all() for select, values in self._asked]
        return self._rows

    def _together(self) -> list[Sequence[Any]]:
        rows: Any = tuple_row if self._binary else namedtuple_row
        with _by_driver(self._tx) as driver:
            with driver.pipeline() if len(self._asked) > 1 else nullcontext():
                cursors = [driver.cursor(row_factory=rows, binary=self._binary).execute(_text(select), values)
                           for select, values in self._asked]
            return [cursor.fetchall() for cursor in cursors]


class utf8(FunctionElement[bytes]):         # named as SQL's functions are
    """A text column as its bytes, for what is passed on as it stands."""

    inherit_cache, type = True, sa.LargeBinary()


@compiles(utf8, "postgresql")
def _utf8_of_postgresql(element: utf8, compiler: Any, **kw: Any) -> str:
    return f"convert_to({compiler.process(element.clauses, **kw)}, 'UTF8')"


@compiles(utf8, "sqlite")
def _utf8_of_sqlite(element: utf8, compiler: Any, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} AS BLOB)"


@contextmanager
def at_once(tx: Connection, *, ending: bool = False) -> Iterator[None]:
    """What is executed within goes to PostgreSQL without waiting for answers: for statements whose result nobody
    reads. `ending`: the transaction's COMMIT goes along, and nothing may follow. What goes wrong is raised at the
    latest at the end of the block."""
    if tx.dialect.name != "postgresql":
        yield
        return
    with _by_driver(tx) as driver, driver.pipeline():
        yield
        if ending:
            driver.execute("COMMIT")


def fetched(tx: Connection, statement: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """PostgreSQL only: the one row of a statement that the driver runs as it stands, also within `at_once`."""
    with _by_driver(tx) as driver:
        return driver.execute(statement, values).fetchone()


def ran(tx: Connection, statement: sa.TextClause, **values: Any) -> None:
    """PostgreSQL only: a statement of which nothing is read, its values such as the driver writes by itself."""
    with _by_driver(tx) as driver:
        driver.execute(_text(statement), values)


@contextmanager
def _by_driver(tx: Connection) -> Iterator["psycopg.Connection[Any]"]:
    """The driver's own connection, in the transaction that will be committed, its errors as SQLAlchemy raises them."""
    if not tx.in_transaction():
        tx.begin()
    driver = tx.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    try:
        yield driver
    except psycopg.Error as failed:
        raise sa.exc.DBAPIError.instance(None, None, failed, psycopg.Error, True, driver.closed, tx.dialect) from failed


_DIALECT: sa.Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]


@lru_cache(maxsize=512)
def _text(select: sa.Select[Any] | sa.TextClause) -> str:
    return str(select.compile(dialect=_DIALECT))
