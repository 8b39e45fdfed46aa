"""`liandong parked`: what a consumer fails on waits, holds its own stream only, is retried or given up by a person."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.liandong.conftest import Start
from tests.liandong.people import Case, People
from tests.liandong.running import ENFORCEMENT, HOUSING, JUSTICE, Process, run, until

FAILING = f"""CREATE TRIGGER failing BEFORE INSERT ON board WHEN NEW.bound = '{ENFORCEMENT}'
BEGIN SELECT RAISE(ABORT, 'no room for this one'); END"""


class Suite:
    """A suite whose oversight can't take deadlines that bind one agency, as long as `broken` says so."""

    def __init__(self, process: Process) -> None:
        self.process, self.people = process, People.of(process)

    def broken(self, yes: bool) -> None:
        file = self.process.home / "data" / "oversight.sqlite"
        with closing(sqlite3.connect(file, timeout=10)) as database, database:
            database.execute(FAILING if yes else "DROP TRIGGER failing")

    def opened(self, sender: str, receiver: str) -> Case:
        case = self.people.case(sender, receiver)
        assert self.people.act(case, "announce").status == 201
        return case

    def parked(self) -> list[str]:
        ran = run("parked", "list", "oversight", home=self.process.home)
        assert ran.code == 0, ran.errors
        *rows, count = ran.out.splitlines()
        assert count == f"{len(rows)} parked"
        return rows


@pytest.fixture
def suite(home: Path, start: Start) -> Iterator[Suite]:
    process = start("up", home=home)
    process.ready()
    yield Suite(process)


def test_it_is_listed_shown_holds_its_stream_only_and_is_retried_or_dropped(suite: Suite) -> None:
    suite.broken(True)
    stuck = suite.opened(ENFORCEMENT, HOUSING)
    goes_on = suite.opened(HOUSING, ENFORCEMENT)
    until(lambda: suite.people.board(goes_on.id), "others go on")
    rows = until(suite.parked, "the failing one is parked")
    assert all(f"stream={stuck.id}" in row for row in rows), rows
    assert "no room for this one" in rows[0] and all("waits behind an earlier event" in row for row in rows[1:])
    consumer, source, position = rows[0].split()[:3]
    assert consumer == "oversight", "what show, retry and drop ask for, in their order"
    assert run("parked", "list", home=suite.process.home).out.splitlines()[:-1] == rows, "every service without a name"
    metrics = suite.people.session.get(f"{suite.people.bases['desk']}/metrics", timeout=10).text
    assert f'liandong_parked{{consumer="oversight",source="transfer"}} {len(rows)}.0' in metrics

    home = suite.process.home
    shown = run("parked", "show", "oversight", source, position, home=home)
    assert shown.code == 0 and "no room for this one" in shown.out and f'"subject":"{stuck.id}"' in shown.out
    nothing = run("parked", "show", "oversight", source, "9999999", home=home)
    assert (nothing.code, nothing.one_line) == (1, "Error: oversight has nothing parked of transfer at 9999999")

    suite.broken(False)
    assert run("parked", "retry", "oversight", source, position, home=home).code == 0
    until(lambda: not suite.parked(), "the retried one and what waited behind it are handled")
    assert len(suite.people.board(stuck.id)) == len(suite.people.clocks(stuck.id))

    suite.broken(True)
    lost = suite.opened(ENFORCEMENT, HOUSING)
    position = until(suite.parked, "the next failing one is parked")[0].split()[2]
    drop = ("parked", "drop", "oversight", source, position, "--reason", "重复的期限，线下核对过")
    assert run(*drop, home=home).code == 2, "somebody answers for it"
    nobody = run(*drop, "--appointment", "nobody", home=home)
    assert (nobody.code, nobody.one_line) == (1, "Error: nobody holds the appointment nobody today")
    appointment = suite.people.appointment(JUSTICE, "leader")
    dropped = run(*drop, "--appointment", appointment, home=home)
    assert dropped.code == 0, dropped.errors
    suite.broken(False)
    until(lambda: not suite.parked(), "what waited behind the dropped one is handled")
    assert suite.people.board(lost.id), "what came after the dropped one tells the board how things stand"
    kept = run("parked", "show", "oversight", source, position, home=home).out
    assert re.search(rf"dropped at .* by {appointment}: 重复的期限，线下核对过", kept)
