"""The projections made anew from the feeds are the same, byte for byte, whatever goes on meanwhile; the old ones serve
until the new are whole, and what was done once because of news is not done again."""

import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from services.oversight.board.projection import PROJECTIONS
from services.oversight.ledgers.store import LEDGER
from services.oversight.office import SPEC
from services.oversight.store import BOARD, FILINGS, PARTIES, PRIVATE
from shared.acts.office import Office
from shared.bus import cursors, parking, scratch
from shared.bus.lease import Lease
from shared.bus.rebuilding import CannotRebuild, rebuild
from shared.contracts.envelope import Event
from shared.deadlines.model import CANCELLED, MET
from shared.kernel.clock import HandClock
from tests.conftest import MakeDatabase
from tests.offices import MakeOffice
from tests.oversight.papers import TABLES, Hooked, Newsstand, newsstand
from tests.oversight.told import (
    AGENCIES,
    DAY,
    case_event,
    closure,
    deadline,
    deadline_event,
    declined,
    know,
    plan_event,
    registered,
    reported,
)

BREACH = replace(deadline("d-1", DAY), breached_generation=1)


def turned_back(case: str, on: date = DAY) -> tuple[Event, ...]:
    parties = {"sender": "zhujian", "receiver": "zonghe"}
    return tuple(case_event(name, parties, case, on) for name in ("announced", "letter_issued", "supplement_requested",
                                                                  "refused"))


@pytest.fixture
def stand(make_office: MakeOffice, make_database: MakeDatabase, clock: HandClock) -> Iterator[Newsstand]:
    """News of every kind, handled: of two cases, a plan that is drafted and one that runs, a filing that came back."""
    office = make_office(SPEC)
    know(office)
    made = newsstand(office, {name: make_database(name) for name in ("transfer", "collab", "joint", "sharing")}, clock)
    transfer, collab = made.papers["transfer"], made.papers["collab"]
    transfer.tell(*turned_back("case-1"), deadline_event(deadline("d-1", DAY)), deadline_event(BREACH, "breached"),
                  closure(), *turned_back("case-2", DAY + timedelta(days=40)),
                  deadline_event(replace(BREACH, state=CANCELLED), "cancelled", why="重新起算"),
                  deadline_event(deadline("d-2", DAY + timedelta(days=3), bound="zonghe", case="case-2")))
    collab.tell(plan_event("drafted", "draft", participants=["zonghe", "shichang"]), declined(), reported(),
                plan_event("drafted", "draft", participants=["zonghe"], plan="plan-2"))
    made.papers["joint"].tell(plan_event("drafted", "draft", source="joint", plan="plan-3"),
                              plan_event("submitted", "submitted", source="joint", plan="plan-3"),
                              deadline_event(deadline("d-1", case="plan-3", clock="joint.task"), source="joint"))
    transfer.tell(case_event("disputed", {"sender": "zhujian", "receiver": "zonghe", "state": "disputed", "dispute": 1},
                             "case-2", DAY + timedelta(days=45)),
                  deadline_event(deadline("d-9", DAY + timedelta(days=55), case="case-2", clock="transfer.ruling")))
    made.papers["sharing"].tell(*(registered(agency) for agency in AGENCIES))
    made.hear()
    assert all(made.rows().values()), "a table that nothing is in proves nothing"
    yield made
    office.db.dispose()


def anew(stand: Newsstand) -> None:
    rebuild(stand.office, PROJECTIONS, stand.feeds)


def state(office: Office) -> list[object]:
    """What news has caused here once, and how far it was handled."""
    with office.db.read() as tx:
        cases = tx.execute(sa.select(FILINGS.case.c.id, FILINGS.case.c.state).order_by(FILINGS.case.c.id)).all()
        return [office.journal.head(tx), cursors.listed(tx), [tuple(row) for row in cases]]


def test_a_rebuilt_board_is_the_same_and_what_was_done_once_is_not_done_again(stand: Newsstand) -> None:
    before, done = stand.rows(), state(stand.office)
    with stand.office.db.write() as tx:
        tx.execute(sa.text("UPDATE board SET why = 'no event says so'"))
        tx.execute(sa.text("DELETE FROM board_turn"))
        tx.execute(sa.text("DELETE FROM board_private"))
    for _ in range(2):
        anew(stand)
        assert stand.rows() == before
        assert state(stand.office) == done


def test_the_new_tables_have_the_indexes_of_the_old_and_news_goes_on_in_them(stand: Newsstand) -> None:
    anew(stand)
    with stand.office.db.read() as tx:
        found = sa.inspect(tx)
        for table in TABLES:
            assert {each["name"] for each in found.get_indexes(table.name)} == {each.name for each in table.indexes}
            assert found.get_pk_constraint(table.name)["constrained_columns"] == list(table.primary_key.columns.keys())
    stand.papers["transfer"].tell(deadline_event(replace(BREACH, state=MET, late=True, met_on=DAY), "met"))
    stand.hear()
    with stand.office.db.read() as tx:
        row = tx.execute(sa.select(BOARD).where(BOARD.c.deadline == "d-1", BOARD.c.service == "transfer")).one()
    assert (row.state, row.late) == (MET, True)


def test_what_is_looked_up_while_tables_are_filled_has_its_index_from_the_first_row_on(stand: Newsstand) -> None:
    """A look-up of each run's cases that reads the whole of what is there makes a rebuild of a million take days."""
    with scratch.fresh(stand.office.db, TABLES) as made, made.write() as tx:
        if not made.sqlite:
            tx.exec_driver_sql("SET LOCAL enable_seqscan = off")
        asks = (sa.select(LEDGER).where(LEDGER.c.case.in_(("case-1", "case-2")), LEDGER.c.until.is_(None)),
                sa.delete(PARTIES).where(PARTIES.c.case == "case-1"),
                sa.delete(PRIVATE).where(PRIVATE.c.case == "case-1"))
        for ask in asks:
            told = ask.compile(tx, compile_kwargs={"literal_binds": True})
            plan = tx.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if made.sqlite else ''}{told}".replace("%", "%%")).all()
            words = " ".join(str(value) for row in plan for value in row)
            assert not re.search(r"Seq Scan|SCAN (ledger|board)", words), words


def test_the_old_board_serves_until_the_new_one_is_whole_and_news_meanwhile_is_on_both(stand: Newsstand) -> None:
    later = deadline("d-9", DAY + timedelta(days=9), case="case-9")

    def goes_on() -> None:
        before = stand.rows()
        stand.papers["transfer"].tell(deadline_event(later), *turned_back("case-9"))
        assert stand.rows() == before, "the old one is there while the new is made"
        stand.hear()

    stand.feeds["transfer"] = Hooked(stand.feeds["transfer"], {1: goes_on})
    anew(stand)
    with_news = stand.rows()
    assert any("d-9" in row for row in with_news["board"])
    stand.hear()
    assert stand.rows() == with_news, "nothing is handled twice, nothing is missing"
    anew(stand)
    assert stand.rows() == with_news


@pytest.mark.filterwarnings("ignore:Using fork:DeprecationWarning")     # eventlet's: no green thread is in the child
def test_one_that_is_killed_in_the_middle_has_changed_nothing_and_the_next_one_ends(stand: Newsstand) -> None:
    before, done = stand.rows(), state(stand.office)
    stand.office.db.dispose()
    for paper in stand.papers.values():
        paper.db.dispose()
    child = os.fork()
    if not child:
        try:
            feeds = {**stand.feeds, "transfer": Hooked(stand.feeds["transfer"], {
                1: lambda: os.kill(os.getpid(), signal.SIGKILL)})}
            rebuild(stand.office, PROJECTIONS, feeds)
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert (stand.rows(), state(stand.office)) == (before, done)
    lease = Lease(stand.office.db, "rebuild")
    while not lease.held():                 # the server hears a moment later that the process is gone
        pass
    lease.release()
    anew(stand)
    assert (stand.rows(), state(stand.office)) == (before, done)


def test_one_that_fails_leaves_no_trace(stand: Newsstand) -> None:
    before = stand.rows()

    def breaks() -> None:
        raise ConnectionError("the feed is gone")

    stand.feeds["joint"] = Hooked(stand.feeds["joint"], {1: breaks})
    with pytest.raises(ConnectionError):
        anew(stand)
    assert stand.rows() == before
    if stand.office.db.path:
        assert not list(stand.office.db.path.parent.glob("*rebuild.sqlite*"))
    else:
        with stand.office.db.read() as tx:
            assert f"{stand.office.db.schema}_rebuild" not in sa.inspect(tx).get_schema_names()


def test_what_waits_parked_is_left_to_its_next_try(stand: Newsstand) -> None:
    """The report of a case can't be handled: what the case tells after it waits behind it, on the board too."""
    broken = closure("case-3")
    broken = replace(broken, data={name: value for name, value in broken.data.items() if name != "number"})
    stand.papers["transfer"].tell(broken, deadline_event(deadline("d-3", case="case-3")),
                                  deadline_event(deadline("d-4", case="case-4")))
    stand.hear()
    waiting = stand.rows()
    assert {row[1] for row in waiting["board"]} >= {"d-4"} and not any("d-3" in row for row in waiting["board"])
    anew(stand)
    assert stand.rows() == waiting
    with stand.office.db.write() as tx:
        position = parking.listed(tx)[0].position
        parking.drop(tx, "oversight", "transfer", position, now=stand.office.clock.now(), by="someone", reason="无文号")
    stand.hear()
    solved = stand.rows()
    assert any("d-3" in row for row in solved["board"])
    anew(stand)
    assert stand.rows() == solved, "what was given up stays given up"


def test_parked_news_that_is_solved_meanwhile_is_not_lost(stand: Newsstand, clock: HandClock) -> None:
    broken = closure("case-3")
    broken = replace(broken, data={name: value for name, value in broken.data.items() if name != "number"})
    stand.papers["transfer"].tell(broken, deadline_event(deadline("d-3", case="case-3")))
    stand.hear()

    def solve() -> None:
        with stand.office.db.write() as tx:
            for row in parking.listed(tx)[:1]:
                parking.drop(tx, "oversight", "transfer", row.position, now=clock.now(), by="someone", reason="无文号")
        stand.hear()

    said: list[str] = []
    stand.feeds["joint"] = Hooked(stand.feeds["joint"], {1: solve})
    rebuild(stand.office, PROJECTIONS, stand.feeds, said.append)
    assert any("d-3" in row for row in stand.rows()["board"])
    assert any(line.startswith("begun anew") for line in said)


def test_a_feed_that_ends_before_what_was_handled_is_no_ground_for_a_board(stand: Newsstand) -> None:
    before = stand.rows()
    with stand.office.db.write() as tx:
        row = cursors.lock(tx, None, "oversight", "transfer")
        cursors.move(tx, replace(row, position=row.position + 1))
    with pytest.raises(CannotRebuild, match="feed of transfer ends at"):
        anew(stand)
    assert stand.rows() == before


def test_only_one_process_rebuilds_at_a_time(stand: Newsstand) -> None:
    lease = Lease(stand.office.db, "rebuild")
    assert lease.held()
    try:
        with pytest.raises(CannotRebuild, match="another process"):
            anew(stand)
    finally:
        lease.release()
    anew(stand)


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_who_began_to_read_before_the_new_rows_is_waited_for(stand: Newsstand) -> None:
    """Its snapshot would show the new table without them."""
    with stand.office.db.read() as reader:
        reader.execute(sa.text("SELECT 1")).all()
        with scratch.owning(stand.office.db) as tx:
            assert not scratch.nobody_reads_older(tx, stand.office.db, 0.1)
    with scratch.owning(stand.office.db) as tx:
        assert scratch.nobody_reads_older(tx, stand.office.db, 0.1)


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_who_reads_one_table_and_then_another_never_fails_for_the_rebuild(stand: Newsstand) -> None:
    """However the two come upon each other: the reader has the table for which the rebuild waits, and wants the one
    that the rebuild has."""
    db = stand.office.db
    waits = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'")

    def swap() -> bool:
        with scratch.owning(db) as tx:
            return scratch.locked(tx, db, [FILINGS.case, BOARD], 20.0)

    with ThreadPoolExecutor(1) as pool, db.dedicated() as watching:
        with db.read() as reader:
            reader.execute(sa.select(BOARD)).all()
            swapping = pool.submit(swap)
            while not watching.execute(waits).scalar_one():
                assert not swapping.done()
            reader.execute(sa.select(FILINGS.case)).all()
            assert not swapping.done()
        assert swapping.result(timeout=30)
        with db.read() as reader:
            reader.execute(sa.select(BOARD)).all()
            with scratch.owning(db) as tx:
                assert not scratch.locked(tx, db, [FILINGS.case, BOARD], 0.1)
