"""The sample city's tips: waiting, claimed, passed on, assigned, answered, withdrawn, and two that are late."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liandong import seed_steps
from liandong.player import Player
from liandong.seed import found_city
from liandong.seed_tips import SampleTips
from shared.kernel.clock import HandClock, day_of
from shared.kernel.settings import settings_from
from tests.suites import prepared

REPORTERS = ("毕春生", "鞠玉梅", "邹志强", "闫丽娜", "138631000")
NOW = datetime(2025, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """Someone at a keyboard of the city whose tips have been played as far as the present moment."""
    home: Path = tmp_path_factory.mktemp("sample-tips")
    clock = HandClock(NOW - timedelta(days=120))
    with prepared(settings_from({"LIANDONG_HOME": str(home)}), clock) as suite:
        playing = Player(suite, clock, found_city(suite))
        tips = SampleTips(playing, clock, suite.settings.city_folder / "sample" / "tips.yaml")
        seed_steps.play(tips.steps(day_of(NOW)))
        playing.move_to(NOW)
        yield playing


def test_they_stand_in_every_state(player: Player) -> None:
    items = player.get("/api/sharing/tips", "sifa", limit="100").data["items"]
    assert {item["state"] for item in items} == {"shared", "claimed", "done", "withdrawn"}
    assert all(item["sharer_name"] and bool(item["claimer"]) is bool(item["claimer_name"]) for item in items)
    cases = [player.get(f"/api/sharing/tips/{item['id']}", "sifa").data["case"] for item in items]
    assert {case["result"]["outcome"] for case in cases if case["result"]} == {"own_case", "not_violation"}
    assert any(len(case["claims"]) == 2 for case in cases), "passed on, and claimed by the next"
    assert any(case["claims"] and case["claims"][-1]["assigned"] for case in cases), "assigned by justice"


def test_one_that_nobody_has_claimed_and_one_without_a_result_are_late(player: Player) -> None:
    board = player.get("/api/oversight/deadlines", "sifa", service="sharing", light="red", limit="100").data["items"]
    assert sorted((item["clock"], item["bound"]) for item in board) == [
        ("sharing.tip_claim", "sifa"), ("sharing.tip_result", "shichang")]


def test_no_reporter_stands_in_any_view(player: Player) -> None:
    for item in player.get("/api/sharing/tips", "sifa", limit="100").data["items"]:
        shown = str(player.get(f"/api/sharing/tips/{item['id']}", "sifa").data)
        assert not [name for name in REPORTERS if name in shown]


def test_the_ledger_has_every_tip_as_it_stands_and_no_reporter(player: Player) -> None:
    """28: as justice reads it."""
    rows = player.get("/api/oversight/ledgers/tips", "sifa", limit="100").data["items"]
    tips = player.get("/api/sharing/tips", "sifa", limit="100").data["items"]
    assert {row["case"]: row["state"] for row in rows} == {tip["id"]: tip["state_title"] for tip in tips}
    assert not [name for name in REPORTERS if name in str(rows)]
