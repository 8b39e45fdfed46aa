"""文号: the shape, the series and the ledger, on both back ends."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from shared.db.database import Database
from shared.numbers.shape import numbered, unused
from shared.numbers.store import NumberTables, number_tables

TABLES = sa.MetaData()
LEDGER = number_tables(TABLES)
SERIES = "zjj", "荣住建移字", 2025


@pytest.fixture
def db(make_empty_database: Callable[..., Database]) -> Database:
    db = make_empty_database()
    with db.write() as tx:
        TABLES.create_all(tx)
    return db


def use(tx: sa.Connection, serial: int, tables: NumberTables = LEDGER) -> str:
    agency, word, year = SERIES
    number = f"{word}〔{year}〕第{serial}号"
    tables.use_number(tx, {"agency": agency, "number": number, "word": word, "year": year, "serial": serial,
                           "case": "c-1", "act": "issue-letter", "entered": False})
    return number


@pytest.mark.parametrize(("number", "reads"), [
    ("荣住建移字〔2025〕第12号", True), ("荣住建移字〔2025〕12号", False), ("荣住建移字[2025]第12号", False),
    ("荣住建移字〔2025〕第012号", False), ("荣住建移字〔2025〕第１２号", False), ("荣住建移字〔2025〕第1000000号", False),
    ("荣〔2025〕第1号", False), ("荣住建移字〔2025〕第12号\n", False),
])
def test_a_number_reads_as_annex_1_writes_it(number: str, reads: bool) -> None:
    assert numbered(number) is reads


def test_a_series_counts_from_one_and_goes_on_past_a_number_from_a_paper(db: Database) -> None:
    with db.write() as tx:
        assert LEDGER.last_serial(tx, *SERIES) == 0
        assert [LEDGER.next_serial(tx, *SERIES) for _ in range(2)] == [1, 2]
        LEDGER.raise_series(tx, *SERIES, 7)
        LEDGER.raise_series(tx, *SERIES, 4)
        assert (LEDGER.last_serial(tx, *SERIES), LEDGER.next_serial(tx, *SERIES)) == (7, 8)
        assert LEDGER.next_serial(tx, "zjj", "荣住建移字", 2026) == 1


def test_a_voided_number_stays_in_the_ledger_with_its_reason_and_is_taken(db: Database) -> None:
    with db.write() as tx:
        voided = use(tx, 3)
        use(tx, 5)
        LEDGER.void_numbers(tx, ["zjj"], [voided], date(2025, 6, 9), "误发")
        assert LEDGER.taken(tx, *SERIES, 3) and not LEDGER.taken(tx, *SERIES, 4)
        rows = LEDGER.numbers_of(tx, "zjj", 2025)
        assert [(row["serial"], row["voided_on"], row["void_reason"]) for row in rows] == [
            (3, date(2025, 6, 9), "误发"), (5, None, None)]
        assert LEDGER.numbers_of(tx, "zjj", 2025, "荣住建补字") == LEDGER.numbers_of(tx, "zhzf", 2025) == []
        assert [(gap["from"], gap["to"]) for gap in unused(rows)] == [(1, 2), (4, 4)]
