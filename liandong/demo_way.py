"""The demo's stories of the way from notice to filing, and of what happens when it is left undone."""

from dataclasses import replace
from datetime import date

from liandong.demo_stage import ECOLOGY, ENFORCEMENT, HOUSING, JUSTICE, MARKET, Stage
from liandong.player import Told
from services.sharing.domain import LoadCalendar
from shared.acts.model import THE_SUITE
from shared.acts.request import Request
from shared.calendar.sources import provisional


def plain(stage: Stage) -> None:
    """22, 23, 25: the straight path, and the filing that justice registers."""
    case = stage.case(HOUSING, ENFORCEMENT, "擅自搭建案", date(2025, 9, 23))
    stage.on(date(2025, 9, 23), case, "announce")
    stage.on(date(2025, 9, 24), case, "add-material", "issue-letter")
    stage.on(date(2025, 9, 25), case, "deliver", "sign-receipt")
    stage.on(date(2025, 9, 26), case, "accept")
    stage.on(date(2025, 9, 28), case, "file-case")  # a Sunday worked for the holiday
    stage.on(date(2025, 10, 15), case, "record-decision")
    stage.on(date(2025, 10, 17), case, "serve-decision")
    stage.on(date(2025, 10, 20), case, "close")
    closing = {"by": ENFORCEMENT, "name": "结案报告", "kind": "closing_report"}
    stage.on(date(2025, 10, 22), case, "add-material", "report-closure", with_={"add-material": closing})
    _register_filing(stage, case)
    stage.lights(case, whole=True)


def _register_filing(stage: Stage, case: Told) -> None:
    player = stage.player
    filings = player.get("/api/oversight/filings", JUSTICE, case=case.id).data["items"]
    stage.must(len(filings) == 1, f"{len(filings)} filings of the case")
    path, number = f"/api/oversight/filings/{filings[0]['id']}/register", "荣司备〔2025〕1号"
    answer = player.post(path, {"number": number}, JUSTICE, 1, filings[0]["revision"])
    stage.must(answer.status == 200, f"register: {answer.status} {answer.data}")
    stage.say("ok", f"司法局备案登记：{number}")


def supplement(stage: Stage) -> None:
    """23: asked for once, in writing; the review begins anew."""
    case = stage.case(MARKET, ECOLOGY, "无证排污案", date(2025, 10, 22))
    stage.on(date(2025, 10, 23), case, "announce", "add-material", "issue-letter", "deliver")
    stage.on(date(2025, 10, 24), case, "sign-receipt")
    stage.on(date(2025, 10, 27), case, "request-supplement")
    stage.on(date(2025, 10, 29), case, "supplement")
    stage.on(date(2025, 10, 31), case, "accept")
    stage.lights(case)


def reroute(stage: Stage) -> None:
    """23: a refusal for want of competence, the materials back, a new receiver with a new notice and letter."""
    case = stage.case(HOUSING, MARKET, "违法占道施工案", date(2025, 11, 3))
    stage.on(date(2025, 11, 3), case, "announce", "add-material", "issue-letter", "deliver", "sign-receipt")
    stage.on(date(2025, 11, 5), case, "refuse", "sign-return")
    former, case.story.receiver = case.story.receiver, stage.player.seat(ENFORCEMENT)
    stage.on(date(2025, 11, 6), case, "reroute")
    stage.on(date(2025, 11, 7), case, "issue-letter")
    seen = stage.events(case, former.agency)
    stage.must(all(event["occurred_on"] <= "2025-11-05" for event in seen), "a former receiver sees its own leg only")
    stage.tell.say("ok", f"   原接收机关{former.name}只能看到自己经办的一段（{len(seen)} 条记录）")


def no_evidence(stage: Stage) -> None:
    """22 ¶2: all that lacks is told at once."""
    case = stage.case(ECOLOGY, ENFORCEMENT, "餐饮油烟直排案", date(2025, 11, 10), separated=True)
    stage.on(date(2025, 11, 10), case, "announce")
    plain = {"name": "情况说明", "kind": "other", "copies": 1, "pages": 1, "original": True, "carrier": "paper"}
    stage.on(date(2025, 11, 11), case, "add-material", with_={"add-material": plain})
    stage.refused(case, "issue-letter", "NO_BASIC_FACTS", "NO_EVIDENCE", expect=422, basic_facts="")
    stage.on(date(2025, 11, 12), case, "add-material", "issue-letter", with_={"issue-letter": {"materials": [1, 2]}})


def missed(stage: Stage) -> None:
    """22: the third working day passes without a letter; it fires once, on its own, and stays readable."""
    case = stage.case(HOUSING, ENFORCEMENT, "房屋违规装修案", date(2025, 11, 17))
    stage.on(date(2025, 11, 17), case, "announce")
    stage.to(date(2025, 11, 20), 9)
    stage.lights(case)
    stage.to(date(2025, 11, 21), 9)
    stage.lights(case)
    stage.on(date(2025, 11, 21), case, "add-material", "issue-letter")
    stage.lights(case)


def unpublished_year(stage: Stage) -> None:
    """A deadline that reaches into a year without a published calendar may warn and never breaches."""
    sharing = stage.player.suite.sharing
    last = max(year for year, file in sharing.law.now().calendar.years.items() if not file.provisional)
    case = stage.case(HOUSING, ENFORCEMENT, "临时建筑逾期未拆案", date(last, 12, 30))
    stage.on(date(last, 12, 30), case, "announce")
    stage.lights(case)
    stage.to(date(last + 1, 1, 20), 9)
    lights = stage.lights(case)
    stage.must("overdue_unconfirmed" in lights and "red" not in lights, f"lights {lights}")
    notice = replace(provisional(last + 1), provisional=False, notice="（示例，非真实通知）")
    sharing.acts["calendars"].do("load", LoadCalendar(notice), THE_SUITE, Request())
    stage.say("act", f"公布{last + 1}年放假安排（示例），重新计算未了结的期限")
    lights = stage.lights(case)
    stage.must("red" in lights, f"lights {lights}")
