"""Many cases of a dissolved agency: handed over once each, whoever does it and whoever dies in between.

Here they are sixty, enough to be in the middle of; tests/faults does the same with a thousand.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.transfer import store
from services.transfer.schemas import SCHEMAS
from shared.acts.handing import Successions
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.register import Heir
from shared.deadlines.tables import deadline
from shared.journal.tables import journal
from shared.kernel.clock import HandClock, day_of
from shared.kernel.errors import Refused
from tests.situations.transfer.builders import BUILDERS
from tests.succession.ending import ends
from tests.transfer.played import Played, make_office, office, someone

__all__ = ["make_office", "office"]

HEIRS = (Heir("scjg", staff=True),)


@pytest.fixture
def many() -> int:
    """How many cases there are, a multiple of twenty."""
    return 60


@pytest.fixture
def cases(office: Office, clock: HandClock, many: int) -> list[str]:
    """So many cases announced to one agency."""
    sent = {**BUILDERS["announce"](None, day_of(clock.now()))}
    command = SCHEMAS["announce"]().load(sent).command
    acts = office.acts["cases"]
    with office.db.write() as tx:
        return [acts.do_in(tx, "announce", command, someone("zjj"), Request()).case_id for _ in range(many)]


def parts(office: Office) -> dict[tuple[str, bool], int]:
    """How many receivers there are, by agency, and whether they are so now."""
    party = store.CASES.party.c
    query = sa.select(party.agency, party.until.is_(None), sa.func.count()).where(party.part == "receiver")
    with office.db.read() as tx:
        return {(agency, bool(now)): count for agency, now, count in tx.execute(query.group_by(
            party.agency, party.until.is_(None)))}


def told(office: Office, name: str) -> int:
    with office.db.read() as tx:
        return int(tx.execute(sa.select(sa.func.count()).where(journal.c.type == name)).scalar_one())


def sound(office: Office, many: int) -> None:
    """Each was handed over once, each clock once, and the journal's chain of cases agrees with the rows."""
    assert parts(office) == {("zhzf", False): many, ("scjg", True): many}
    assert told(office, "succeeded") == many
    with office.db.read() as tx:
        bound = tx.execute(sa.select(deadline.c.bound).where(deadline.c.state == "open").distinct()).scalars().all()
        acts = office.acts["cases"]
        now = dict(acts.store.hashes(tx))
        last = {row.stream: row.state_hash for row in tx.execute(
            sa.select(journal.c.stream, journal.c.state_hash).where(journal.c.state_hash != "")
            .order_by(journal.c.position))}
    assert "zhzf" not in bound
    assert now == {case: last[case] for case in now}


def test_a_process_killed_in_the_middle_leaves_the_rest_to_the_next(
        office: Office, clock: HandClock, cases: list[str], many: int, tmp_path: Path) -> None:
    ends(office, "zhzf", day_of(clock.now()) - timedelta(days=1), *HEIRS)
    dies = Path(__file__).with_name("dies.py")
    for after in (many * 6 // 20, many * 3 // 20):
        ended = subprocess.run(
            [sys.executable, str(dies), office.db.url, office.db.schema, str(tmp_path), clock.now().isoformat(),
             str(after)], env={**os.environ, "PYTHONPATH": str(dies.parents[2])}, timeout=120, check=False)
        assert ended.returncode == -signal.SIGKILL
    done = many * 9 // 20
    assert parts(office) == {("zhzf", False): done, ("scjg", True): done, ("zhzf", True): many - done}
    assert office.tick()[0] == many - done
    sound(office, many)


def test_several_tickers_and_both_agencies_at_once_lose_and_double_nothing(
        office: Office, clock: HandClock, cases: list[str], many: int) -> None:
    """Three sweeps, the former that still tries to act, the sender that withdraws, the successor that acts at once."""
    ends(office, "zhzf", day_of(clock.now()) - timedelta(days=1), *HEIRS)
    acts, day = office.acts["cases"], day_of(clock.now())
    start, failed = threading.Barrier(6), list[BaseException]()
    outcomes: dict[str, set[str]] = {"former": set(), "sender": set(), "heir": set()}

    def sweep() -> None:
        Successions(acts.means, office.acts, batch=many // 20).step()

    def acting(who: str, agency: str, name: str, some: list[str]) -> Callable[[], None]:
        command = SCHEMAS[name]().load(BUILDERS[name](read(office, some[0]), day)).command

        def run() -> None:
            for case in some:
                try:
                    acts.do(name, command, someone(agency), Request(case, if_match=1))
                    outcomes[who].add("done")
                except Refused as refused:
                    outcomes[who].add(refused.refusals[0].code)
        return run

    def safely(do: Callable[[], Any]) -> None:
        try:
            start.wait(30)
            do()
        except BaseException as failure:
            failed.append(failure)

    doing = (sweep, sweep, sweep, acting("former", "zhzf", "respond", cases[::10]),
             acting("sender", "zjj", "record-measure", cases[::7]),
             acting("heir", "scjg", "respond", cases[::9]))
    threads = [threading.Thread(target=safely, args=(do,)) for do in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not failed
    Successions(acts.means, office.acts).step()
    assert outcomes["former"] == {"AGENCY_DISSOLVED"} and outcomes["sender"] == {"done"}
    assert outcomes["heir"] <= {"NOT_VISIBLE", "NOT_CALLED"}
    sound(office, many)


def test_a_case_that_cannot_be_read_holds_up_no_other_and_is_handed_over_when_it_can(
        office: Office, clock: HandClock) -> None:
    played = Played(office, clock)
    played.do("announce")
    broken = played.id
    played.id = ""
    played.do("announce")
    case = store.CASES.case
    with office.db.write() as tx:
        doc = tx.execute(sa.select(case.c.doc).where(case.c.id == broken)).scalar_one()
        tx.execute(case.update().where(case.c.id == broken).values(doc="{}"))
    ends(office, "zhzf", day_of(clock.now()) - timedelta(days=1), *HEIRS)
    assert office.tick()[0] == 1
    with office.db.write() as tx:
        tx.execute(case.update().where(case.c.id == broken).values(doc=doc))
    assert Successions(office.acts["cases"].means, office.acts).step()[0] == 1, "the next process, or this one later"


def read(office: Office, id: str) -> Any:
    with office.db.read() as tx:
        row = office.acts["cases"].store.get(tx, id)
        assert row is not None
        return office.acts["cases"].store.case_of(row)
