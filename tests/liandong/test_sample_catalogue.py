"""The sample city's catalogue: half the agencies have entries, some data are old, one entry is withdrawn."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liandong import seed_steps
from liandong.player import Player
from liandong.seed import found_city
from liandong.seed_catalogue import SampleCatalogue
from shared.kernel.clock import HandClock, day_of
from shared.kernel.settings import settings_from
from tests.suites import prepared

NOW = datetime(2025, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """Someone at a keyboard of the city whose catalogue has been played as far as the present moment."""
    home: Path = tmp_path_factory.mktemp("sample-catalogue")
    clock = HandClock(NOW - timedelta(days=120))
    with prepared(settings_from({"LIANDONG_HOME": str(home)}), clock) as suite:
        playing = Player(suite, clock, found_city(suite))
        entries = SampleCatalogue(playing, clock, suite.settings.city_folder / "sample" / "catalogue.yaml")
        seed_steps.play(entries.steps(day_of(NOW)))
        clock.move_to(NOW)
        yield playing


def test_fifteen_agencies_have_entries_and_some_have_none(player: Player) -> None:
    told = player.get("/api/sharing/catalogue/coverage", "sifa").data
    have = {row["agency"] for row in told["agencies"]} - set(told["without"])
    assert len(have) == 15
    assert {"gongan", "wenlv", "chengshan"} <= set(told["without"])
    held = {cell["category"] for row in told["agencies"] for cell in row["cells"] if cell["entries"]}
    assert held == {each["code"] for each in told["categories"]}, "each of article 27's five is somebody's"
    assert next(row for row in told["agencies"] if row["agency"] == "zonghe")["lacks"] == ["subjects", "statistics"]


def test_some_data_are_old_and_say_so(player: Player) -> None:
    told = player.get("/api/sharing/catalogue/coverage", "sifa").data
    assert {each["agency"] for each in told["stale"]} == {"renshe", "shuili", "zhujian", "ziran"}
    old = player.get("/api/sharing/catalogue", "yatou", stale="true").data["items"]
    assert {each["id"] for each in old} == {each["entry"] for each in told["stale"]}


def test_an_entry_was_revised_with_its_reason_and_one_withdrawn(player: Player) -> None:
    def seen(**filters: str) -> dict[str, object]:
        item = player.get("/api/sharing/catalogue", "yatou", 1, **filters).data["items"][0]
        return dict(player.get(f"/api/sharing/catalogue/{item['id']}", "yatou").data["case"])

    versions = seen(text="违法建设多发")["versions"]
    assert isinstance(versions, list)
    assert [each["content"]["rhythm"] for each in versions] == ["monthly", "weekly"] and versions[1]["reason"]
    assert versions[0]["appointment"], "by the officer of the sample accounts"
    assert seen(state="withdrawn")["withdrawn"] == {"reason": "数据改由威海市统一提供，本市不再单独公布"}
