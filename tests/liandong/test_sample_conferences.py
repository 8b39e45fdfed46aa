"""The sample city's conference and its matters of accountability: held, followed up, and in every state."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from liandong import seed_steps
from liandong.demo_stage import Stage, Teller
from liandong.player import Player
from liandong.seed import found_city
from liandong.seed_conferences import ACCOUNTABILITY, CONFERENCES, SampleAccountability, SampleConferences
from shared.kernel.clock import HandClock, day_of
from shared.kernel.settings import settings_from
from tests.suites import prepared

NOW, CALL = datetime(2025, 11, 20, 9, tzinfo=UTC), date(2025, 10, 22)


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """Someone at a keyboard of the city, the samples played up to now; a call at the scene had no notice."""
    home: Path = tmp_path_factory.mktemp("sample-conferences")
    clock = HandClock(NOW - timedelta(days=60))
    with prepared(settings_from({"LIANDONG_HOME": str(home)}), clock) as suite:
        playing = Player(suite, clock, found_city(suite))
        stage = Stage(playing, clock, Teller(lambda _: None))
        case = stage.case("zhujian", "zonghe", "电话告知后未通报案", CALL)
        call = seed_steps.Step(CALL, lambda: stage.on(CALL, case, "phone"))
        folder = suite.settings.city_folder / "sample"
        conferences = SampleConferences(playing, clock, folder / "conferences.yaml")
        accountability = SampleAccountability(playing, clock, folder / "accountability.yaml")
        today = day_of(NOW)
        seed_steps.play((call, *conferences.steps(today), *accountability.steps(today)))
        playing.move_to(NOW)
        yield playing


def test_one_conference_was_held_and_the_next_is_due_with_what_it_left_open(player: Player) -> None:
    due, held = player.get(CONFERENCES, "sifa").data["items"]
    if due["state"] != "due":
        due, held = held, due
    assert (due["session"], held["session"], held["state"]) == (2, 1, "followed")
    assert (held["present"], held["present"] + held["absent"]) == (4, held["members"])
    assert [bool(each["done_on"]) for each in held["resolutions"]] == [True, False, False]
    first = player.get(f"{CONFERENCES}/{due['id']}/agenda-proposals", "sifa").data["kinds"][0]
    assert [each["facts"]["owner"] for each in first["items"]] == ["zonghe", "shichang"]
    told = player.get("/api/oversight/task-reports", "zhengfuban", case=held["id"]).data["items"]
    assert sorted(each["reporter"] for each in told) == ["zhujian", "zonghe"]


def test_matters_of_accountability_stand_where_their_rows_stop_and_discipline_has_those_reported(
        player: Player) -> None:
    def states(agency: str) -> list[str]:
        return sorted(each["state"] for each in player.get(ACCOUNTABILITY, agency, limit="100").data["items"])

    reported = ["concluded", "received", "reported"]
    assert states("sifa") == sorted([*reported, "entered", "set_aside"])
    assert states("jijian") == reported
    assert states("shuili") == states("zhengfuban") == []
