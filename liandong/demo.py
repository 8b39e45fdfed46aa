"""`make demo`: a case of every turn built so far, played over HTTP in a suite of its own with a clock moved by hand.

Prints a timeline that a person can read; ends 0, or 1 with the first thing that went wrong.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from liandong.bodies import Story
from liandong.demo_day import at, day_text
from liandong.errors import SuiteError
from liandong.player import Account, Player, Told, Unexpected
from liandong.seed import found_city
from liandong.suite import Suite, home_of
from services.oversight.board import TITLES as LIGHTS
from services.sharing.domain import LoadCalendar
from shared.acts.model import THE_SUITE
from shared.acts.request import Request
from shared.calendar.sources import provisional
from shared.clock import HandClock
from shared.settings import settings_from

Echo = Callable[[str], None]

START = date(2025, 9, 22)
JUSTICE, HOUSING, ENFORCEMENT, ECOLOGY, MARKET = "sifa", "zhujian", "zonghe", "shengtai", "shichang"
COLOURS = {"head": "1;36", "act": "0", "light": "33", "red": "31;1", "ok": "32", "refused": "35"}


def play(environ: Mapping[str, str], echo: Echo) -> int:
    """Plays the demo in LIANDONG_HOME (must be empty) or a temporary folder, kept and named on failure."""
    given = environ.get("LIANDONG_HOME", "").strip()
    home = Path(given) if given else Path(tempfile.mkdtemp(prefix="liandong-demo-"))
    if given and home.exists() and any(home.iterdir()):
        echo(f"the demo needs an empty folder, and {home} is not empty")
        return 1
    try:
        with _suite(home, environ) as (suite, clock, accounts):
            Demo(Player(suite, clock, accounts), clock, Teller(echo)).all()
    except (Unexpected, SuiteError, AssertionError) as wrong:
        echo(f"\nThe demo went wrong: {wrong}\nIts data are kept in {home}")
        return 1
    if not given:
        shutil.rmtree(home)
    return 0


@contextmanager
def _suite(home: Path, environ: Mapping[str, str]) -> Iterator[tuple[Suite, HandClock, list[Account]]]:
    settings = settings_from(
        {
            **{key: value for key, value in environ.items() if not key.startswith("LIANDONG_")},
            "LIANDONG_HOME": str(home),
        }
    )
    clock = HandClock(at(START, 8))
    with home_of(settings):
        suite = Suite(settings, clock)
        try:
            suite.prepare()
            yield suite, clock, found_city(suite)
        finally:
            suite.close()


class Teller:
    """Prints what happens, with colours on a terminal."""

    def __init__(self, echo: Echo) -> None:
        self._echo, self._colour = echo, sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def say(self, kind: str, text: str) -> None:
        self._echo(f"\x1b[{COLOURS[kind]}m{text}\x1b[0m" if self._colour else text)


class Demo:
    """The stories, in the order in which they are told."""

    def __init__(self, player: Player, clock: HandClock, tell: Teller) -> None:
        self.player, self.clock, self.tell = player, clock, tell

    def all(self) -> None:
        for number, (title, story) in enumerate(
            (
                ("一件案件从通报到结案备案", self.plain),
                ("补正：一次告知，审查期限重新起算", self.supplement),
                ("不予受理，重新确定接收机关", self.reroute),
                ("监管与处罚分离而没有初步证据，不得发函", self.no_evidence),
                ("逾期未发移送函：转黄、转红，留痕", self.missed),
                ("跨入未公布年度：暂定，只预警不判逾期", self.unpublished_year),
            ),
            1,
        ):
            self.tell.say("head", f"\n{number}. {title}")
            story()
        self._verify()

    def plain(self) -> None:
        """22, 23, 25: the straight path, and the filing that justice registers."""
        case = self._case(HOUSING, ENFORCEMENT, "擅自搭建案", date(2025, 9, 23))
        self._on(date(2025, 9, 23), case, "announce")
        self._on(date(2025, 9, 24), case, "add-material", "issue-letter")
        self._on(date(2025, 9, 25), case, "deliver", "sign-receipt")
        self._on(date(2025, 9, 26), case, "accept")
        self._on(date(2025, 9, 28), case, "file-case")  # a Sunday worked for the holiday
        self._on(date(2025, 10, 15), case, "record-decision", "serve-decision")
        self._on(date(2025, 10, 20), case, "close")
        self._on(date(2025, 10, 22), case, "report-closure")
        self._register_filing(case)
        self._lights(case, whole=True)

    def supplement(self) -> None:
        """23: asked for once, in writing; the review begins anew."""
        case = self._case(MARKET, ECOLOGY, "无证排污案", date(2025, 10, 22))
        self._on(date(2025, 10, 23), case, "announce", "add-material", "issue-letter", "deliver")
        self._on(date(2025, 10, 24), case, "sign-receipt")
        self._on(date(2025, 10, 27), case, "request-supplement")
        self._on(date(2025, 10, 29), case, "supplement")
        self._on(date(2025, 10, 31), case, "accept")
        self._lights(case)

    def reroute(self) -> None:
        """23: a refusal for want of competence, the materials back, a new receiver with a new notice and letter."""
        case = self._case(HOUSING, MARKET, "违法占道施工案", date(2025, 11, 3))
        self._on(date(2025, 11, 3), case, "announce", "add-material", "issue-letter", "deliver", "sign-receipt")
        self._on(date(2025, 11, 5), case, "refuse", "sign-return")
        former, case.story.receiver = case.story.receiver, self.player.seat(ENFORCEMENT)
        self._on(date(2025, 11, 6), case, "reroute")
        self._on(date(2025, 11, 7), case, "issue-letter")
        seen = self.player.get(f"/api/transfer/cases/{case.id}/events", former.agency)
        self._must(
            all(event["occurred_on"] <= "2025-11-05" for event in seen.data["items"]),
            "a former receiver sees its own leg only",
        )
        self.tell.say("ok", f"   原接收机关{former.name}只能看到自己经办的一段（{len(seen.data['items'])} 条记录）")

    def no_evidence(self) -> None:
        """22 ¶2: all that lacks is told at once."""
        case = self._case(ECOLOGY, ENFORCEMENT, "餐饮油烟直排案", date(2025, 11, 10), separated=True)
        self._on(date(2025, 11, 10), case, "announce")
        plain = {"name": "情况说明", "kind": "other", "copies": 1, "pages": 1, "original": True, "carrier": "paper"}
        self._on(date(2025, 11, 11), case, "add-material", with_={"add-material": plain})
        answer = self.player.act(case, "issue-letter", expect=422, basic_facts="")
        self._must({"NO_BASIC_FACTS", "NO_EVIDENCE"} <= set(answer.codes), f"refused with {answer.codes}")
        for problem in answer.data["refusals"]:
            self.tell.say("refused", f"   ✗ 发出移送函被拒（第{problem['article']}条）：{problem['detail']}")
        self._on(
            date(2025, 11, 12), case, "add-material", "issue-letter", with_={"issue-letter": {"materials": [1, 2]}}
        )

    def missed(self) -> None:
        """22: the third working day passes without a letter; it fires once, on its own, and stays readable."""
        case = self._case(HOUSING, ENFORCEMENT, "房屋违规装修案", date(2025, 11, 17))
        self._on(date(2025, 11, 17), case, "announce")
        self._to(date(2025, 11, 20), 9)
        self._lights(case)
        self._to(date(2025, 11, 21), 9)
        self._lights(case)
        self._on(date(2025, 11, 21), case, "add-material", "issue-letter")
        self._lights(case)

    def unpublished_year(self) -> None:
        """A deadline that reaches into a year without a published calendar may warn and never breaches."""
        suite = self.player.suite
        last = max(year for year, file in suite.sharing.law.now().calendar.years.items() if not file.provisional)
        case = self._case(HOUSING, ENFORCEMENT, "临时建筑逾期未拆案", date(last, 12, 30))
        self._on(date(last, 12, 30), case, "announce")
        self._lights(case)
        self._to(date(last + 1, 1, 20), 9)
        lights = self._lights(case)
        self._must("overdue_unconfirmed" in lights and "red" not in lights, f"lights {lights}")
        notice = replace(provisional(last + 1), provisional=False, notice="（示例，非真实通知）")
        suite.sharing.acts["calendars"].do("load", LoadCalendar(notice), THE_SUITE, Request())
        suite.catch_up()
        self.tell.say("act", f"   {day_text(self.clock.now())}  公布{last + 1}年放假安排（示例），重新计算未了结的期限")
        lights = self._lights(case)
        self._must("red" in lights, f"lights {lights}")

    # telling

    def _case(self, sender: str, receiver: str, title: str, accepted: date, *, separated: bool = False) -> Told:
        return Told(
            Story(
                self.player.seat(sender),
                self.player.seat(receiver),
                self._cause(sender, receiver),
                f"荣成某某商贸有限公司{title}",
                {"kind": "organisation", "name": "荣成某某商贸有限公司", "number": "91371082MA3C0JJT3T"},
                f"巡查发现{title.removesuffix('案')}，经初步核实情况属实。",
                ["《山东省城乡规划条例》第七十八条"],
                "《中华人民共和国行政处罚法》第二十二条",
                accepted,
                separated=separated,
            )
        )

    def _cause(self, sender: str, receiver: str) -> str:
        law = self.player.suite.sharing.law.now()
        agency = law.register.get(receiver)
        punishes = [power.cause for power in agency.powers if power.does == "punish"] if agency else []
        return next(iter(punishes or law.current(START).codes["causes"]))

    def _on(self, day: date, case: Told, *acts: str, with_: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        """The acts of a day, from nine in the morning."""
        self._to(day, 9)
        for act in acts:
            self.clock.advance(minutes=20)
            answer = self.player.act(case, act, **(with_ or {}).get(act, {}))
            number = answer.data["facts"].get("number", "")
            self.tell.say(
                "act",
                f"   {day:%Y-%m-%d}  {self._title(act)}{f'  {number}' if number else ''}  → {answer.data['state_title']}",
            )

    def _title(self, act: str) -> str:
        return self.player.suite.offices["transfer"].acts["cases"].chapter.act(act).title

    def _to(self, day: date, hour: int) -> None:
        if at(day, hour) > self.clock.now():
            self.player.move_to(at(day, hour))

    def _lights(self, case: Told, *, whole: bool = False) -> list[str]:
        """Tells the lights of the case as its sender sees them: those that run or were late; `whole`: all there were."""
        lights = []
        for deadline in self.player.get(f"/api/transfer/cases/{case.id}/deadlines", case.story.sender.agency).data[
            "items"
        ]:
            light = deadline["light"]
            lights.append(light)
            if light in ("met", "cancelled") and not whole:
                continue
            kind = (
                "red" if light in ("red", "met_late", "overdue_unconfirmed") else "light" if light == "yellow" else "ok"
            )
            self.tell.say(
                kind, f"   {day_text(self.clock.now())}  {deadline['says']}（{deadline['due_on']} 前）：{LIGHTS[light]}"
            )
        return lights

    def _register_filing(self, case: Told) -> None:
        filings = self.player.get("/api/oversight/filings", JUSTICE, case=case.id).data["items"]
        self._must(len(filings) == 1, f"{len(filings)} filings of the case")
        filing = filings[0]
        answer = self.player.post(
            f"/api/oversight/filings/{filing['id']}/register",
            {"number": "荣司备〔2025〕1号"},
            JUSTICE,
            1,
            filing["revision"],
        )
        self._must(answer.status == 200, f"register: {answer.status} {answer.data}")
        self.tell.say("ok", f"   {day_text(self.clock.now())}  司法局备案登记：荣司备〔2025〕1号")

    def _verify(self) -> None:
        from liandong.ops import verify_offices

        self._must(
            verify_offices(self.player.suite.offices.values(), None, lambda line: self.tell.say("ok", f"   {line}")),
            "verify",
        )

    @staticmethod
    def _must(holds: bool, what: str) -> None:
        if not holds:
            raise Unexpected(what)
