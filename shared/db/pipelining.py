"""Fewer round trips to PostgreSQL: statements that go together, and what the driver runs by itself. SQLite has none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.rows import namedtuple_row, tuple_row
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Trip:
    """SELECTs that are asked together: on PostgreSQL in one round trip, in their order, each seeing what was committed
    before it began. Only of columns that the driver reads by itself: texts, numbers, dates. The values that are given
    are such too; those that a statement was made with may be of any type. What is asked once answers have come goes on
    the next trip. One statement is the cheapest trip by far: on one machine a pipeline of two takes longer than two
    trips of one."""

    def __init__(self, tx: Connection, *, binary: bool = False) -> None:
        """`binary`: values come as the server keeps them, in rows without names: sooner where they are many or long."""
        self.tx, self._binary = tx, binary
        self._asked: list[_Asked] = []
        self._beside: _Asked | None = None

    def ask(self, select: sa.Select[Any] | sa.TextClause, **values: Any) -> Callable[[], Sequence[Any]]:
        """Adds a SELECT, made once for all trips. Its rows are had by a call; the first call of any goes on the trip,
        and raises what any of them raises."""
        asked = _Asked(select, values)
        self._asked.append(asked)

        def rows() -> Sequence[Any]:
            if asked.rows is None:
                self._go()
            assert asked.rows is not None
            return asked.rows

        return rows

    def beside(self, select: sa.Select[Any], **values: Any) -> Callable[[], Sequence[Any]]:
        """Of a binary trip: asks for one small value, by a SELECT of one row or none, within the statement that is
        asked first, whose `values` have other names: with each of its rows the value comes once more. Where that found
        nothing to bring it along, or nothing was asked, it comes by itself."""
        self._beside = beside = _Asked(select, values)

        def rows() -> Sequence[Any]:
            if beside.rows is None:
                self._beside = None
                beside.rows = self.ask(select, **values)()
            return beside.rows

        return rows

    def _go(self) -> None:
        together, self._asked = self._asked, []
        beside, self._beside = self._beside, None
        if self.tx.dialect.name == "postgresql":
            self._at_once(together, beside)
        else:
            for each in (*together, *([beside] if beside else [])):
                each.rows = self.tx.execute(each.select, each.values).all()

    def _at_once(self, together: Sequence["_Asked"], beside: "_Asked | None") -> None:
        factory: Any = tuple_row if self._binary else namedtuple_row
        made, values = [_made(each.select) for each in together], [each.values for each in together]
        if beside:
            made[0], values[0] = _with(together[0].select, beside.select), {**values[0], **beside.values}
        with _by_driver(self.tx) as driver:
            with driver.pipeline() if len(together) > 1 else nullcontext():
                cursors = [driver.cursor(row_factory=factory, binary=self._binary) for _ in together]
                for (text, constants), given, cursor in zip(made, values, cursors, strict=True):
                    cursor.execute(text, {**constants, **given} if constants else given)
            for each, cursor in zip(together, cursors, strict=True):
                each.rows = cursor.fetchall()
        first = together[0]
        if beside and first.rows:
            value = first.rows[0][-1]
            beside.rows = [] if value is None else [(value,)]
            first.rows = [row[:-1] for row in first.rows]


@dataclass(slots=True)
class _Asked:
    """A SELECT of a trip, and its rows once they have come."""

    select: sa.Select[Any] | sa.TextClause
    values: Mapping[str, Any]
    rows: Sequence[Any] | None = None


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
        driver.execute(_made(statement)[0], values)


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


_Made = tuple[str, Mapping[str, Any]]       # a statement's text, and the values that it was made with


@lru_cache(maxsize=512)
def _made(select: sa.Select[Any] | sa.TextClause) -> _Made:
    compiled = select.compile(dialect=_DIALECT)
    binds = compiled.binds if isinstance(compiled, SQLCompiler) else {}
    return str(compiled), {name: _bound(binds[name].type, value) for name, value in compiled.params.items()
                           if not binds[name].required}


def _bound(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    """A value as a column of that type keeps it: what SQLAlchemy does with it when it executes the statement."""
    processed = kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return processed(value) if processed else value


@lru_cache(maxsize=64)
def _with(select: sa.Select[Any] | sa.TextClause, beside: sa.Select[Any]) -> _Made:
    """A SELECT with the value of another as one more column, its last. Raises ValueError where one name stands for a
    value of each."""
    (text, constants), (value, more) = _made(select), _made(beside)
    if twice := constants.keys() & more.keys():
        raise ValueError(f"two values of one name: {', '.join(sorted(twice))}")
    return f"SELECT asked.*, ({value}) FROM ({text}) AS asked", {**constants, **more}
