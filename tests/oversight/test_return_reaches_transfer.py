"""The whole way of a filing over two services: reported, filed, returned, due again, reported again, registered."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest

from liandong.bodies import Story
from liandong.player import Player, Told
from liandong.seed import found_city
from shared.kernel.clock import CITY_ZONE, HandClock
from shared.kernel.settings import Settings
from tests.suites import prepared

RETURN = {"ground": "incomplete", "reason": "缺少处罚决定书", "lacks": ["处罚决定书"]}


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), CITY_ZONE)


@pytest.fixture
def player(suite_settings: Settings) -> Iterator[Player]:
    """The people of a whole suite with the sample city, on a Monday without a holiday near."""
    with prepared(suite_settings, HandClock(at(date(2025, 10, 27)))) as suite:
        yield Player(suite, suite.clock, found_city(suite))


def filings(player: Player, case: Told) -> list[dict[str, object]]:
    player.suite.catch_up()
    items: list[dict[str, object]] = player.get("/api/oversight/filings", "sifa", case=case.id).data["items"]
    return items


def decide(player: Player, filing: dict[str, object], act: str, body: dict[str, object]) -> None:
    answer = player.post(f"/api/oversight/filings/{filing['id']}/{act}", body, "sifa", 1, int(str(filing["revision"])))
    assert answer.status == 200, answer.data
    player.suite.catch_up()


def reports(player: Player) -> list[tuple[str, str]]:
    """The closing report's deadlines on the board, as justice sees them: last day and light."""
    found = player.get("/api/oversight/deadlines", "sifa", clock="transfer.closure_report").data["items"]
    return [(item["due_on"], item["light"]) for item in found]


def test_a_returned_filing_makes_the_report_due_again_and_the_next_one_is_registered(player: Player) -> None:
    story = Story(player.seat("zhujian"), player.seat("zonghe"), "illegal_building", "违法建设案",
                  {"kind": "organisation", "name": "荣成某某商贸有限公司", "number": "91371082MA3C0JJT3T"}, "搭建彩钢房，情况属实。",
                  ["《中华人民共和国城乡规划法》第六十四条"], "《中华人民共和国行政处罚法》第二十二条", date(2025, 10, 27))
    case = Told(story)
    for act in (
        "announce",
        "add-material",
        "issue-letter",
        "deliver",
        "sign-receipt",
        "accept",
        "file-case",
        "record-decision",
        "serve-decision",
        "close",
    ):
        player.act(case, act)
    player.act(case, "add-material", by="zonghe", name="结案报告", kind="closing_report")
    player.act(case, "report-closure")
    first = filings(player, case)
    assert [(item["state"], item["report"]) for item in first] == [("received", 1)]
    assert reports(player) == [("2025-11-03", "met")]

    player.clock.move_to(at(date(2025, 10, 29)))
    decide(player, first[0], "return", RETURN)
    assert ("2025-11-05", "green") in reports(player), "five working days from the return"

    player.clock.move_to(at(date(2025, 10, 30)))
    case.revision = player.get(f"/api/transfer/cases/{case.id}", "zonghe").data["revision"]
    player.act(case, "report-closure")
    second = filings(player, case)
    assert [(item["state"], item["report"]) for item in second] == [("received", 2), ("returned", 1)]
    decide(player, second[0], "register", {"number": "荣司备〔2025〕1号"})
    assert {light for _, light in reports(player)} == {"met"}
    own = player.get("/api/oversight/deadlines", "sifa", clock="oversight.filing").data["items"]
    assert [item["light"] for item in own] == ["met", "met"], "justice's own clock for each filing"
