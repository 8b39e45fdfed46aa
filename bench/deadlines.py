"""Many deadlines that fall due at once, fired by a ticker, beside one SQL statement that leaves the same rows."""

import time
from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bench.acts import announce
from bench.copies import copied
from bench.place import Place, transfer
from bench.sizes import Sizes
from bench.table import Row, alternated
from services.transfer.store import CASES
from shared.acts.office import Office
from shared.db.database import microseconds
from shared.deadlines.tables import deadline

CLOCK = "transfer.letter"
_MARK_AND_INSERT = sa.text("""
WITH due AS (UPDATE deadline SET warned_generation = generation, next_look = due_at
             WHERE next_look <= :now AND state = 'open' RETURNING id, generation),
     fired AS (INSERT INTO deadline_firing SELECT id, generation, 'warned', :today, :now FROM due),
     head AS (UPDATE journal_head SET position = position + (SELECT count(*) FROM told)),
     entries AS (INSERT INTO journal SELECT * FROM told),
     audience AS (INSERT INTO journal_audience SELECT * FROM told_to)
SELECT count(*) FROM due
""")


def rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """The warnings of so many deadlines, each of a case of its own."""
    with transfer(at, "due") as office:
        office.ticker.step()            # the law is known, so that a round only fires
        _prepared(office, sizes.deadlines)

        def measured() -> float:
            _anew(office)
            began = time.monotonic()
            office.ticker.step()
            seconds = time.monotonic() - began
            _kept(office, sizes.deadlines)
            return sizes.deadlines / seconds

        def baseline() -> float:
            _anew(office)
            began = time.monotonic()
            with office.db.write() as tx:
                now = office.clock.now()
                marked = tx.execute(_MARK_AND_INSERT, {"now": microseconds(now), "today": now.date()}).scalar_one()
            seconds = time.monotonic() - began
            assert marked == sizes.deadlines, marked
            return sizes.deadlines / seconds

        figures = alternated(measured, baseline, sizes.deadline_rounds)
    yield Row(f"{sizes.deadlines:,} due deadlines", 1, *figures, "deadlines/s", "one SQL statement, the same rows", 0.5)


def _prepared(office: Office, count: int) -> None:
    """So many cases with one deadline each, past the instant of their warning; kept to be put back for each round."""
    case = announce(office)
    now = office.clock.now()
    column = deadline.c
    with office.db.write() as tx:
        copied(tx, case, count)
        tx.execute(deadline.delete().where(sa.or_(column.clock != CLOCK, column.case == case)))
        tx.execute(deadline.update().values(yellow_at=now - timedelta(minutes=1), next_look=now - timedelta(minutes=1),
                                            due_at=now + timedelta(days=1)))
        for table in ("journal", "journal_detail", "journal_audience"):        # what forbids to empty them
            tx.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        tx.exec_driver_sql("CREATE TABLE waiting AS SELECT * FROM deadline")
    _analysed(office, CASES.case.name, CASES.party.name, "waiting")


def _anew(office: Office) -> None:
    """As before the first round: all due, nothing told."""
    with office.db.write() as tx:
        tx.exec_driver_sql("TRUNCATE journal, journal_detail, journal_audience, deadline_firing, deadline")
        tx.exec_driver_sql("INSERT INTO deadline SELECT * FROM waiting")
    _analysed(office, "deadline", "journal", "journal_audience")


def _kept(office: Office, count: int) -> None:
    """What the ticker told, for the statement to insert."""
    with office.db.write() as tx:
        assert _count(tx, "journal") == count and _count(tx, "deadline_firing") == count, "not each fired once"
        for copy, table in (("told", "journal"), ("told_to", "journal_audience")):
            tx.exec_driver_sql(f"DROP TABLE IF EXISTS {copy}")
            tx.exec_driver_sql(f"CREATE TABLE {copy} AS SELECT * FROM {table}")


def _count(tx: Connection, table: str) -> int:
    return int(tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def _analysed(office: Office, *tables: str) -> None:
    with office.db.dedicated() as connection:
        for table in tables:
            connection.exec_driver_sql(f"VACUUM ANALYZE {table}")
        connection.exec_driver_sql("CHECKPOINT")
