"""The sample city's queries: answered in every way, passed on, refused and directed, late, and still waiting."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liandong import seed_steps
from liandong.player import Player
from liandong.seed import found_city
from liandong.seed_queries import SampleQueries
from shared.kernel.clock import HandClock, day_of
from shared.kernel.settings import settings_from
from tests.suites import prepared

NOW = datetime(2025, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """Someone at a keyboard of the city whose queries have been played as far as the present moment."""
    home: Path = tmp_path_factory.mktemp("sample-queries")
    clock = HandClock(NOW - timedelta(days=120))
    with prepared(settings_from({"LIANDONG_HOME": str(home)}), clock) as suite:
        playing = Player(suite, clock, found_city(suite))
        queries = SampleQueries(playing, clock, suite.settings.city_folder / "sample" / "queries.yaml")
        seed_steps.play(queries.steps(day_of(NOW)))
        playing.move_to(NOW)
        yield playing


def test_they_stand_in_many_states_and_every_way_of_answering_is_shown(player: Player) -> None:
    items = player.get("/api/sharing/queries", "sifa", limit="100").data["items"]
    states = [item["state"] for item in items]
    assert {"answered", "passed-on", "not-admitted", "admitted", "assisting"} <= set(states)
    answers = {answer["said"]["kind"] for item in items if item["state"] == "answered"
               for answer in player.get(f"/api/sharing/queries/{item['id']}", "sifa").data["case"]["answers"]}
    assert answers == {"full", "partial", "none", "offline"}
    assert {item["kind"] for item in items} == {"ordinary", "urgent", "assistance"}
    assert all(bool(item[part]) is bool(item[f"{part}_name"]) for item in items for part in ("asker", "holder"))


def test_one_was_passed_on_and_is_found_from_the_first(player: Player) -> None:
    first = player.get("/api/sharing/queries", "jiaotong", state="passed-on").data["items"][0]
    found = player.get("/api/sharing/queries", "jiaotong", passed_from=first["id"]).data["items"]
    assert [(item["holder"], item["state"]) for item in found] == [("zhujian", "answered")]


def test_one_is_late_and_complained_of_and_one_was_answered_as_justice_directed(player: Player) -> None:
    board = player.get("/api/oversight/deadlines", "sifa", service="sharing", limit="100").data["items"]
    lights = {(item["clock"], item["light"]) for item in board}
    assert ("sharing.query", "red") in lights and ("sharing.directed_answer", "met") in lights
    assert any(clock == "sharing.complaint" and light in ("green", "yellow") for clock, light in lights)
