"""The sample city's supervision, of letters that eight agencies never issued: in every state, by both offices."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from liandong import seed_steps
from liandong.demo_stage import Stage, Teller
from liandong.player import Player
from liandong.seed import found_city
from liandong.seed_supervision import SampleSupervision
from shared.kernel.clock import HandClock, day_of
from shared.kernel.settings import settings_from
from tests.suites import prepared

NOW = datetime(2025, 11, 20, 9, tzinfo=UTC)
SENDERS = ("zhujian", "shengtai", "shichang", "ziran", "jiaotong", "yatou", "haiyang", "shuili")


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """Someone at a keyboard of the city whose supervision has been played as far as the present moment."""
    home: Path = tmp_path_factory.mktemp("sample-supervision")
    clock = HandClock(NOW - timedelta(days=40))
    with prepared(settings_from({"LIANDONG_HOME": str(home)}), clock) as suite:
        playing = Player(suite, clock, found_city(suite))
        stage = Stage(playing, clock, Teller(lambda _: None))
        for sender in SENDERS:
            stage.on(date(2025, 10, 20), stage.case(sender, "zonghe", "未发函案", date(2025, 10, 20)), "announce")
        sample = SampleSupervision(playing, clock, suite.settings.city_folder / "sample" / "supervision.yaml")
        seed_steps.play(sample.steps(day_of(NOW)))
        playing.move_to(NOW)
        yield playing


def test_it_stands_in_every_state_of_both_offices_each_of_another_agency(player: Player) -> None:
    items = player.get("/api/oversight/supervision", "sifa", limit="100").data["items"]
    assert {each["state"] for each in items} == {"issued", "answered", "explained", "rejected", "excused", "closed"}
    assert {each["issuer"] for each in items} == {"sifa", "zhengfuban"}
    assert sorted(each["target"] for each in items) == sorted(SENDERS)
    assert {each["kind"] for each in items} == {"reminder", "urging"}


def test_an_answer_of_it_waits_for_both_offices_as_a_task_report(player: Player) -> None:
    items = player.get("/api/oversight/task-reports", "sifa", service="oversight", limit="100").data["items"]
    assert {each["state"] for each in items} == {"delivered"} and len(items) == 2
