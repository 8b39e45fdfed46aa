"""The ledger of document numbers (文号) of a service: its two tables, and all their SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

Place = tuple[str, int]                                 # word and serial
FIRST: Place = ("", 0)
_KEY = ("agency", "word", "year")


@dataclass(frozen=True, slots=True)
class NumberTables:
    """A service's series, each with its last serial, and the numbers used."""

    series: sa.Table
    numbers: sa.Table

    def next_serial(self, tx: Connection, agency: str, word: str, year: int) -> int:
        """The next number of a series; the series stays locked until the transaction ends, so a refusal leaves no
        gap."""
        series = self.series.c
        moved = tx.execute(self.series.update().where(series.agency == agency, series.word == word, series.year == year)
                           .values(last=series.last + 1).returning(series.last)).scalar()
        return int(moved) if moved is not None else self._put(tx, agency, word, year, 1, series.last + 1)

    def last_serial(self, tx: Connection, agency: str, word: str, year: int) -> int:
        """The last number of a series, 0 where it has none yet; the series stays locked until the transaction ends."""
        return self._put(tx, agency, word, year, 0, self.series.c.last)

    def raise_series(self, tx: Connection, agency: str, word: str, year: int, serial: int) -> None:
        """A number entered from a paper moves the series past it, so that it is never allotted again."""
        last = self.series.c.last
        self._put(tx, agency, word, year, serial, sa.case((last < serial, serial), else_=last))

    def _put(self, tx: Connection, agency: str, word: str, year: int, first: int, last: sa.ColumnElement[int]) -> int:
        """Begins the series with `first`, or moves it to `last`; which it is then."""
        values = {"agency": agency, "word": word, "year": year, "last": first}
        put = _insert(tx)(self.series).values(values).on_conflict_do_update(index_elements=_KEY, set_={"last": last})
        return int(tx.execute(put.returning(self.series.c.last)).scalar_one())

    def taken(self, tx: Connection, agency: str, word: str, year: int, serial: int) -> bool:
        """Whether the number was ever used, voided ones included."""
        column = self.numbers.c
        return tx.execute(sa.select(column.number).where(
            column.agency == agency, column.word == word, column.year == year, column.serial == serial)
        ).first() is not None

    def use_number(self, tx: Connection, values: Mapping[str, Any]) -> None:
        """Writes a number into the ledger."""
        tx.execute(self.numbers.insert(), {"voided_on": None, "void_reason": None, **values})

    def void_numbers(self, tx: Connection, agencies: Iterable[str], numbers: Iterable[str], day: date,
                     reason: str) -> None:
        """Voids numbers of an agency, or of one in whose place it acts: they stay visible with the reason and are never
        used again."""
        column = self.numbers.c
        tx.execute(self.numbers.update().where(column.agency.in_(tuple(agencies)), column.number.in_(tuple(numbers)),
                                               column.voided_on.is_(None)).values(voided_on=day, void_reason=reason))

    def numbers_of(self, tx: Connection, agency: str, year: int, word: str = "", *, after: Place = FIRST,
                   limit: int | None = None) -> list[dict[str, Any]]:
        """The agency's ledger of a year, in order, voided numbers with their reasons; what comes after a place."""
        column = self.numbers.c
        query = self._of(sa.select(self.numbers), agency, year, word).where(
            sa.tuple_(column.word, column.serial) > sa.tuple_(*map(sa.literal, after)))
        return [dict(row._mapping) for row in tx.execute(query.order_by(column.word, column.serial).limit(limit))]

    def cases_of(self, tx: Connection, agency: str, year: int, word: str = "") -> set[str]:
        """The cases whose documents have a number of the agency's ledger of a year."""
        return set(tx.execute(self._of(sa.select(self.numbers.c.case).distinct(), agency, year, word)).scalars())

    def _of(self, query: sa.Select[Any], agency: str, year: int, word: str) -> sa.Select[Any]:
        column = self.numbers.c
        its = query.where(column.agency == agency, column.year == year)
        return its.where(column.word == word) if word else its


def number_tables(metadata: sa.MetaData) -> NumberTables:
    """The two tables, of a service that numbers documents."""
    series = sa.Table(
        "number_series", metadata,
        sa.Column("agency", sa.String(40), primary_key=True),
        sa.Column("word", sa.String(40), primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )
    numbers = sa.Table(
        "document_number", metadata,
        sa.Column("agency", sa.String(40), primary_key=True),
        sa.Column("number", sa.String(80), primary_key=True),   # as written: 荣住建移字〔2025〕第12号
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("case", sa.String(36), nullable=False, index=True),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("entered", sa.Boolean, nullable=False),       # taken from a paper that had one
        sa.Column("voided_on", sa.Date),
        sa.Column("void_reason", sa.Text),
        sa.UniqueConstraint("agency", "word", "year", "serial", name="document_number_once"),
    )
    return NumberTables(series, numbers)


def _insert(tx: Connection) -> Any:
    if tx.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
    return insert
