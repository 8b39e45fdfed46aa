"""A suite played in process handles every news once, leaves alone who has none, and comes back to what is parked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from liandong.demo_day import at
from liandong.player import Player, Told
from shared.bus.follower import Follower
from shared.clock import HandClock
from tests.liandong.played import announced
from tests.liandong.played import played as small
from tests.liandong.running import JUSTICE

DAY = date(2025, 9, 23)
FAILING = "CREATE TRIGGER failing BEFORE INSERT ON board BEGIN SELECT RAISE(ABORT, 'no room'); END"


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Player]:
    with small(tmp_path, HandClock(at(DAY, 9))) as player:
        yield player


def on_the_board(played: Player, case: Told) -> int:
    return len(played.get("/api/oversight/deadlines", JUSTICE, case=case.id).data["items"])


def test_news_arrives_and_a_follower_without_any_is_not_asked(played: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    step = Follower.step

    def noted(follower: Follower) -> int:
        asked.append((follower.consumer, follower.source))
        return step(follower)

    monkeypatch.setattr(Follower, "step", noted)
    played.suite.catch_up()
    assert asked == []
    case = announced(played)
    assert on_the_board(played, case) > 0
    assert {source for _, source in asked} == {"transfer"}


def test_what_is_parked_is_tried_again_though_there_is_no_other_news(played: Player) -> None:
    database = played.suite.settings.home / "data" / "oversight.sqlite"
    with closing(sqlite3.connect(database)) as direct, direct:
        direct.execute(FAILING)
    case = announced(played)
    assert on_the_board(played, case) == 0
    with closing(sqlite3.connect(database)) as direct, direct:
        direct.execute("DROP TRIGGER failing")
    played.clock.advance(hours=1)
    assert on_the_board(played, case) > 0
