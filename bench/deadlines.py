"""Many deadlines that fall due at once, fired by the ticker, beside one SQL statement that leaves the same rows."""

import time
from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bench.acts import announce
from bench.copies import copy_case
from bench.place import Environment, analyze, transfer_office
from bench.sizes import Sizes
from bench.table import Row, alternate
from services.transfer.store import CASES
from shared.acts.office import Office
from shared.db.database import microseconds
from shared.deadlines.tables import deadline

CLOCK = "transfer.letter"
_MARK_AND_INSERT = sa.text("""
WITH due AS (UPDATE deadline SET warned_generation = generation, next_look = due_at
             WHERE next_look <= :now AND state = 'open' RETURNING id, generation),
     fired AS (INSERT INTO deadline_firing SELECT id, generation, 'warned', :today, :now FROM due),
     head AS (UPDATE journal_head SET position = position + (SELECT count(*) FROM saved_journal)),
     entries AS (INSERT INTO journal SELECT * FROM saved_journal),
     audience AS (INSERT INTO journal_audience SELECT * FROM saved_audience)
SELECT count(*) FROM due
""")


def rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """The warnings of deadlines, each of a case of its own."""
    with transfer_office(env, "due") as office:
        office.ticker.step()            # reads the law before the first round
        _prepare(office, sizes.deadlines)

        def measured() -> float:
            _reset(office)
            began = time.monotonic()
            office.ticker.step()
            seconds = time.monotonic() - began
            _save(office, sizes.deadlines)
            return sizes.deadlines / seconds

        def baseline() -> float:
            _reset(office)
            began = time.monotonic()
            with office.db.write() as tx:
                now = office.clock.now()
                marked = tx.execute(_MARK_AND_INSERT, {"now": microseconds(now), "today": now.date()}).scalar_one()
            seconds = time.monotonic() - began
            assert marked == sizes.deadlines, marked
            return sizes.deadlines / seconds

        figures = alternate(measured, baseline, sizes.long_rounds)
    yield Row(f"{sizes.deadlines:,} due deadlines", 1, *figures, "deadlines/s", "one SQL statement, the same rows", 0.5)


def _prepare(office: Office, count: int) -> None:
    """Cases with one deadline each, past the instant of its warning. A copy of the deadlines serves to reset them."""
    case = announce(office)
    now = office.clock.now()
    column = deadline.c
    with office.db.write() as tx:
        copy_case(tx, case, count)
        tx.execute(deadline.delete().where(sa.or_(column.clock != CLOCK, column.case == case)))
        tx.execute(deadline.update().values(yellow_at=now - timedelta(minutes=1), next_look=now - timedelta(minutes=1),
                                            due_at=now + timedelta(days=1)))
        for table in ("journal", "journal_detail", "journal_audience"):        # their triggers forbid TRUNCATE
            tx.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        tx.exec_driver_sql("CREATE TABLE saved_deadline AS SELECT * FROM deadline")
    analyze(office.db, CASES.case.name, CASES.party.name, "saved_deadline")


def _reset(office: Office) -> None:
    """All deadlines are due again and the journal is empty."""
    with office.db.write() as tx:
        tx.exec_driver_sql("TRUNCATE journal, journal_detail, journal_audience, deadline_firing, deadline")
        tx.exec_driver_sql("INSERT INTO deadline SELECT * FROM saved_deadline")
    analyze(office.db, "deadline", "journal", "journal_audience")


def _save(office: Office, count: int) -> None:
    """Copies what the ticker wrote to the journal, for the statement to insert."""
    with office.db.write() as tx:
        assert _count(tx, "journal") == count and _count(tx, "deadline_firing") == count, "not each fired once"
        for copy, table in (("saved_journal", "journal"), ("saved_audience", "journal_audience")):
            tx.exec_driver_sql(f"DROP TABLE IF EXISTS {copy}")
            tx.exec_driver_sql(f"CREATE TABLE {copy} AS SELECT * FROM {table}")


def _count(tx: Connection, table: str) -> int:
    return int(tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
