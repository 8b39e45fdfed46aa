"""`liandong erase` and `liandong person`: what is kept too long goes, every digest and the chain stay; on both back
ends, on PostgreSQL with a city's roles."""

import json
import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from liandong.seed import found_city
from liandong.suite import Suite
from services.sharing.personal_data.holds import PlaceHold
from services.transfer.commands import Withdraw
from shared.acts.model import Rank, Viewer
from shared.acts.request import Request
from shared.contracts.personal import Personal
from shared.kernel.clock import HandClock, SystemClock
from shared.kernel.settings import Settings, settings_from
from tests import servers
from tests.acts import commands
from tests.liandong.running import RONGCHENG, SERVICES, Process, Ran, environ, run, small_city

LIU = "sifa.liu"                      # a leader of justice
NAME = "钟离浥尘"
NUMBERS = [f"11010519491231003{last}" for last in "8X"] + ["37108219800101123X", "37108219800101124X"]
ASKED = ("--basis", "unlawful", "--reason", "本人申请", "--document", "荣司个信〔2026〕1号")


@dataclass
class Kept:
    """A founded city in whose rulebook transfers are kept for a month, with cases withdrawn last year."""

    home: Path
    database: str
    cases: dict[str, str] = field(default_factory=dict)          # number of the respondent -> case

    def run(self, *words: str, input: str = "") -> Ran:
        return run(*words, home=self.home, input=input, **self.more)

    @property
    def more(self) -> dict[str, str]:
        return {"LIANDONG_DATABASE_URL": self.database} if self.database else {}

    @property
    def settings(self) -> Settings:
        return settings_from(environ(self.home, **self.more))

    def rows(self, table: str) -> str:
        """Every row of a table of transfer, as text."""
        suite = Suite(self.settings, SystemClock())
        try:
            with suite.offices["transfer"].db.read() as tx:
                return "\n".join(str(tuple(row)) for row in tx.execute(sa.text(f"select * from {table}")))
        finally:
            suite.close()

    def sound(self, *words: str) -> None:
        ran = self.run("verify", *words)
        assert ran.code == 0 and ran.out.count(" sound: ") == len(SERVICES), ran.out + ran.errors


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    home = tmp_path_factory.mktemp("kept") / "home"
    small_city(home)
    text = (RONGCHENG / "rulebook.yaml").read_text("utf-8")
    short = re.sub(r"(transfer\.cases: \{keeps: )\{years: 10\}", r"\1{months: 1}", text)
    assert short != text
    (home / "city" / "rulebook.yaml").unlink()
    (home / "city" / "rulebook.yaml").write_text(short, "utf-8")
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""
    with servers.own_database(servers.plain(url)) if url else nullcontext("") as database:
        found = Kept(home, database)
        suite = Suite(found.settings, HandClock(datetime(2025, 6, 9, 1, 0, tzinfo=UTC)))
        try:
            _play(suite, found)
        finally:
            suite.close()
        yield found


def _play(suite: Suite, found: Kept) -> None:
    suite.prepare()
    found_city(suite)
    acts = suite.offices["transfer"].acts["cases"]
    sender = Viewer("zhujian", Rank.LEADER, "p", "a", "某某")
    for number in [*NUMBERS, *(f"3710821980010{nth:04d}0" for nth in range(12)), ""]:
        said = commands.announce()
        person = replace(said.matter.respondent, name=Personal(NAME), number=Personal(number))
        command = replace(said, matter=replace(said.matter, accepted_on=date(2025, 6, 9), respondent=person))
        case = found.cases[number] = acts.do("announce", command, sender, Request()).case_id
        if number != NUMBERS[3]:
            acts.do("withdraw", Withdraw("属本机关管辖", commands.OFFICER, "陈光明"), sender, Request(case, if_match=1))
    suite.catch_up()


def test_it_lists_what_is_over_and_changes_nothing(kept: Kept) -> None:
    before = kept.rows("transfer")
    ran = kept.run("erase", "due")
    assert ran.code == 0, ran.errors
    assert f"transfer/{kept.cases[NUMBERS[0]]} transfer.cases last=2025-06-09 kept until 2025-07-09" in ran.out
    assert kept.cases[NUMBERS[3]] not in ran.out and ran.out.endswith("nothing is erased by itself\n")
    assert kept.rows("transfer") == before


def test_a_case_goes_and_verify_holds_against_checkpoints_of_before(kept: Kept, tmp_path: Path) -> None:
    file = tmp_path / "kept.jsonl"
    assert kept.run("checkpoints", "export", str(file)).code == 0
    case = kept.cases[NUMBERS[0]]
    assert '"cipher"' in _doc(kept, case)
    ran = kept.run("erase", "case", f"transfer/{case}", "--appointment", LIU, *ASKED, input="y\n")
    assert ran.code == 0 and f"transfer/{case} 已删除 erased" in ran.out, ran.out + ran.errors
    assert '"cipher"' not in _doc(kept, case) and '"hash"' in _doc(kept, case)
    kept.sound()
    kept.sound("--against", str(file))
    again = kept.run("erase", "case", f"transfer/{case}", "--appointment", LIU, "--yes", *ASKED)
    assert again.code == 0 and "此前已经删除 was erased before" in again.out
    kept.sound("--against", str(file))


def _doc(kept: Kept, case: str) -> str:
    return next(line for line in kept.rows("transfer").splitlines() if line.startswith(f"('{case}'"))


def test_who_says_no_erases_nothing(kept: Kept) -> None:
    case = kept.cases[NUMBERS[1]]
    ran = kept.run("erase", "case", f"transfer/{case}", "--appointment", LIU, *ASKED, input="n\n")
    assert ran.code == 1 and '"cipher"' in _doc(kept, case)


@pytest.mark.parametrize(("who", "said"), [("sifa.wang", "RANK_TOO_LOW"), ("zhujian.chen", "ERASED_BY_JUSTICE")])
def test_only_a_leader_of_justice_may(kept: Kept, who: str, said: str) -> None:
    ran = kept.run("erase", "case", f"transfer/{kept.cases[NUMBERS[1]]}", "--appointment", who, "--yes", *ASKED)
    assert ran.code == 1 and said in ran.out and "个人信息保护法 47" in ran.out


def test_a_case_under_way_stays(kept: Kept) -> None:
    ran = kept.run("erase", "case", f"transfer/{kept.cases[NUMBERS[3]]}", "--appointment", LIU, "--yes", *ASKED)
    assert ran.code == 1 and "CASE_UNDER_WAY" in ran.out


def test_a_hold_that_nobody_has_heard_of_yet_stands_in_the_way(kept: Kept) -> None:
    suite = Suite(kept.settings, SystemClock())
    try:
        command = PlaceHold("荣纪保〔2026〕1号", "discipline", date(2025, 6, 9), "调查需要",
                            case=f"transfer/{kept.cases[NUMBERS[1]]}")
        viewer = Viewer("jijian", Rank.LEADER, "p", "a", "某某")
        suite.sharing.acts["holds"].do("hold", command, viewer, Request())
    finally:
        suite.close()
    ran = kept.run("erase", "case", f"transfer/{kept.cases[NUMBERS[1]]}", "--appointment", LIU, "--yes", *ASKED)
    assert ran.code == 1 and "HELD" in ran.out
    kept.sound()


def test_a_person_is_exported_by_number_and_another_of_the_name_is_only_listed(kept: Kept, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    ran = kept.run("person", "export", str(file), "--appointment", LIU, "--application", "申请1号",
                   input=f"{NAME}\n{NUMBERS[2]}\n")
    assert ran.code == 0, ran.errors
    told = json.loads(file.read_text("utf-8"))
    sure = [each for each in told["items"] if each["sure"]]
    assert [each["case"] for each in sure] == [kept.cases[NUMBERS[2]]]
    assert {where["number"] for each in sure for where in each["held"]} == {NUMBERS[2]}
    nameless = [each for each in told["items"] if not each["sure"]]
    assert [(each["case"], each["held"]) for each in nameless] == [(kept.cases[""], [])]
    text = (tmp_path / "answer.json.txt").read_text("utf-8")
    assert NUMBERS[2] in text and NUMBERS[1] not in text and "第四十六条" in text
    assert f"  当事人：类别 自然人；姓名或者名称 {NAME}；证件号码 {NUMBERS[2]}" in text, "in words that the person reads"
    assert "  知悉的机关：荣成市住房和城乡建设局、荣成市综合行政执法局\n" in text, "agencies by their full names"
    assert "案件移送（" in text and f"平台编号 transfer/{kept.cases[NUMBERS[2]]}）" in text and "transfer.cases" not in text
    assert f"案件 transfer/{kept.cases['']}（案件移送，" in text, "one known by name only may be another's"
    assert [each["called"] for each in nameless] == [{}] and sure[0]["called"]["cause"]
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert "liandong person export" in kept.rows("access_log")


def test_a_person_is_erased_by_number_and_found_no_more(kept: Kept, tmp_path: Path) -> None:
    asks = f"{NAME}\n{NUMBERS[2]}\n"
    ran = kept.run("erase", "person", "--appointment", LIU, "--yes", *ASKED, input=asks)
    assert ran.code == 0 and f"transfer/{kept.cases[NUMBERS[2]]} 已删除 erased" in ran.out, ran.out + ran.errors
    assert f"transfer/{kept.cases['']}: the same name and no number" in ran.out
    assert '"cipher"' not in _doc(kept, kept.cases[NUMBERS[2]]) and '"cipher"' in _doc(kept, kept.cases[""])
    file = tmp_path / "again.json"
    kept.run("person", "export", str(file), "--appointment", LIU, "--application", "申请1号", input=asks)
    assert [each["case"] for each in json.loads(file.read_text("utf-8"))["items"] if each["sure"]] == []
    assert kept.run("erase", "person", "--appointment", LIU, "--yes", *ASKED, input=asks).code == 1
    kept.sound()


def test_killed_in_the_middle_it_is_gone_on_with(kept: Kept, tmp_path: Path) -> None:
    words = ("erase", "all-due", "transfer", "--appointment", LIU, "--reason", "保存期限届满", "--yes")
    process = Process(*words, home=kept.home, folder=tmp_path, **kept.more)
    try:
        process.says(" erased")
        process.kill()
    finally:
        process.end()
    kept.sound()
    assert "kept until" in kept.run("erase", "due").out
    ran = kept.run(*words)
    assert ran.code == 0, ran.out + ran.errors
    kept.sound()
    left = kept.run("erase", "due").out
    assert [line for line in left.splitlines() if "kept until" in line] == [
        line for line in left.splitlines() if kept.cases[NUMBERS[1]] in line and "HELD" in line]
    assert all('"cipher"' not in _doc(kept, kept.cases[number]) for number in ("", NUMBERS[0]))


def test_the_index_is_made_anew_for_cases_of_before(kept: Kept) -> None:
    suite = Suite(kept.settings, SystemClock())
    try:
        with suite.offices["transfer"].db.write() as tx:
            tx.execute(sa.text("delete from person_key"))
    finally:
        suite.close()
    assert kept.run("person", "index", "transfer").code == 0
    assert kept.cases[NUMBERS[3]] in kept.rows("person_key")


def test_justice_is_wanted_by_name_and_a_case_by_its_service(kept: Kept) -> None:
    ran = kept.run("erase", "case", "nothing/1", "--appointment", LIU, "--yes", *ASKED)
    assert ran.code != 0 and "no case" in ran.one_line
    ran = kept.run("erase", "person", "--appointment", LIU, "--yes", *ASKED, input=f"{NAME}\n\n")
    assert ran.code != 0 and "a number is needed" in ran.one_line
