"""`liandong calendar load`: a year's notice comes, and the deadlines that were counted without it are counted anew."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from liandong.bodies import Story
from liandong.demo_day import at
from liandong.player import Account, Player, Told
from liandong.suite import Suite
from shared.kernel.clock import HandClock
from shared.kernel.settings import settings_from
from tests.liandong.running import ENFORCEMENT, HOUSING, JUSTICE, Ran, run
from tests.suites import prepared

NOTICE = """\
year: 2027
notice: 国办发明电〔2026〕示例号
off:
  - {from: 2027-01-01, to: 2027-01-04, name: 元旦}
  - {from: 2027-02-06, to: 2027-02-12, name: 春节}
work:
  - {on: 2027-02-14, name: 春节}
"""
NO_APPOINTMENT = "01990000-0000-7000-8000-000000000000"
DAY = date(2026, 12, 30)        # a Wednesday; what is due three working days later is due in a year not yet published


@dataclass
class Pending:
    """A suite at the end of the last published year, with a case whose letter is due in the next one."""

    home: Path
    suite: Suite
    player: Player
    case: Told

    def load(self, text: str, *words: str, input: str = "", appointment: str = f"{JUSTICE}.liu") -> Ran:
        """The command on a file of this text, at the machine's own time."""
        file = self.home.parent / "2027.yaml"
        file.write_text(text, "utf-8")
        return run("calendar", "load", str(file), "--appointment", appointment, *words, home=self.home, input=input)

    def letter(self, path: str) -> dict[str, Any]:
        self.suite.catch_up()
        found = self.player.get(path, JUSTICE, case=self.case.id).data["items"]
        return next(each for each in found if each["clock"] == "transfer.letter")

    @property
    def own(self) -> dict[str, Any]:
        return self.letter(f"/api/transfer/cases/{self.case.id}/deadlines")

    @property
    def published(self) -> bool:
        return not self.suite.sharing.law.now().calendar.years[2027].provisional


@pytest.fixture(scope="module")
def pending(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pending]:
    home = tmp_path_factory.mktemp("calendar") / "home"
    shutil.copytree(founded, home, symlinks=True)
    with prepared(settings_from({"LIANDONG_HOME": str(home)}), HandClock(at(DAY, 9))) as suite:
        accounts = [Account(f"{agency}-{rank}", f"p-{agency}-{rank}", f"a-{agency}-{rank}", "某某", agency, rank)
                    for agency in (HOUSING, ENFORCEMENT, JUSTICE) for rank in (1, 2)]
        player = Player(suite, suite.clock, accounts)
        case = Told(Story(player.seat(HOUSING), player.seat(ENFORCEMENT), "illegal_extension", "某公司擅自加建案",
                          {"kind": "organisation", "name": "某公司"}, "巡查发现擅自加建。", ["《建筑法》第七条"],
                          "《行政处罚法》第二十二条", DAY))
        player.act(case, "announce")
        yield Pending(home, suite, player, case)


def test_before_the_notice_the_deadline_is_provisional(pending: Pending) -> None:
    assert (pending.own["due_on"], pending.own["provisional"]) == ("2027-01-05", True)


def test_a_notice_that_makes_no_sense_is_told_with_its_lines(pending: Pending) -> None:
    ran = pending.load(NOTICE.replace("name: 元旦}", "name: 元旦, colour: red}"), "--yes")
    assert ran.code == 1
    assert [line for line in ran.out.splitlines() if line.startswith("2027.yaml:4: ")]
    ran = pending.load(NOTICE.replace("2027-02-14", "2027-02-15"), "--yes")
    assert (ran.code, ran.out) == (1, "2027.yaml:7: 2027-02-15 是周一，本来就上班，不应列为调休上班\n")
    assert not pending.published


@pytest.mark.parametrize(("appointment", "words"), (
    (f"{HOUSING}.li", "Error: WRONG_PARTY: "),
    (NO_APPOINTMENT, f"Error: nobody holds the appointment {NO_APPOINTMENT} today"),
))
def test_only_justice_and_the_government_office_may(pending: Pending, appointment: str, words: str) -> None:
    ran = pending.load(NOTICE, "--yes", appointment=appointment)
    assert ran.code == 1 and ran.out == "" and ran.one_line.startswith(words)
    assert not pending.published


def test_what_would_move_is_shown_and_a_no_leaves_all_as_it_is(pending: Pending) -> None:
    ran = pending.load(NOTICE, input="n\n")
    assert ran.code == 1
    assert "  2027-01-04  上班（工作日（暂定）） → 休息（元旦）" in ran.out
    letter = f"  transfer {pending.case.id} transfer.letter: "
    moves = [line for line in ran.out.splitlines() if line.startswith(letter)]
    assert len(moves) == 1 and "由应于2027年1月5日24时前办理改为应于2027年1月6日24时前办理" in moves[0]
    assert "2 open deadlines move" in ran.out, "the notice's own clock (受理后十个工作日) reaches into the year too"
    assert not pending.published and pending.own["due_on"] == "2027-01-05"


def test_a_yes_publishes_it_and_the_deadline_moves_with_its_why(pending: Pending) -> None:
    ran = pending.load(NOTICE, input="y\n")
    assert (ran.code, ran.errors) == (0, "") and ran.out.endswith("calendar 2027 published\n")
    assert pending.published
    own = pending.own
    board = pending.letter("/api/oversight/deadlines")
    for known in (own, board):
        assert (known["due_on"], known["provisional"]) == ("2027-01-06", False)
    events = pending.player.get(f"/api/transfer/cases/{pending.case.id}/events", HOUSING).data["items"]
    moved = [event for event in events if event["event"] == "deadline_moved"]
    assert {event["data"]["clock"] for event in moved} == {"transfer.letter", "transfer.announce"}
    assert all("放假安排更新，重新计算" in event["data"]["why"] for event in moved)


def test_the_same_notice_once_more_is_no_news(pending: Pending) -> None:
    with pending.suite.sharing.db.read() as tx:
        before = pending.suite.sharing.journal.head(tx).position
    again = pending.load(NOTICE, "--yes")
    assert (again.code, again.errors) == (0, "")
    assert again.out.splitlines()[-1] == "calendar 2027 unchanged: this is what is published already"
    with pending.suite.sharing.db.read() as tx:
        assert pending.suite.sharing.journal.head(tx).position == before


def test_a_date_is_counted_by_the_calendar_that_was_loaded(pending: Pending) -> None:
    """And by the city's folder where there is no suite yet."""
    told = run("calendar", "due", DAY.isoformat(), "3", home=pending.home).out.splitlines()
    assert (told[0], told[-1]) == ("2027-01-06", f"日历：SQLite in {pending.home}/data")
    assert "  2027-01-04  不计  元旦" in told
    told = run("calendar", "due", DAY.isoformat(), "3", home=pending.home / "nowhere").out.splitlines()
    assert told[0] == "2027-01-05（暂定：放假安排尚未公布）" and told[-1].endswith("calendars（系统尚未建立）")

