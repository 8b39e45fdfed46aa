"""A suite played in process handles every news once, leaves alone who has none, and comes back to what is parked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from liandong.demo_day import at
from liandong.errors import SuiteError
from liandong.player import Player, Told
from liandong.suite import Suite
from shared.bus.follower import Follower
from shared.kernel.clock import HandClock
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
    catch_up = Follower.catch_up

    def noted(follower: Follower) -> int:
        asked.append((follower.consumer, follower.source))
        return catch_up(follower)

    monkeypatch.setattr(Follower, "catch_up", noted)
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


class Owing:
    """A service that has something due at these instants; none of it done where `stuck`."""

    def __init__(self, suite: Suite, *due: datetime, stuck: bool = False) -> None:
        self.suite, self.due, self.stuck, self.done = suite, [*due], stuck, list[datetime]()

    def tick(self) -> tuple[int, float | None]:
        now = self.suite.clock.now()
        while self.due and self.due[0] <= now and not self.stuck:
            self.done.append(now)
            self.due.pop(0)
        return 0, max(0.0, (self.due[0] - now).total_seconds()) if self.due else None

    def next_instant(self) -> datetime | None:
        return self.due[0] if self.due else None


@pytest.mark.parametrize("stuck", [False, True])
def test_what_falls_due_within_a_second_is_done_each_at_its_instant_and_what_cannot_be_is_told(
        played: Player, stuck: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = played.clock.now()
    due = [begun + timedelta(seconds=seconds) for seconds in (10, 10.4, 10.5)]
    owing = Owing(played.suite, *due, stuck=stuck)
    monkeypatch.setattr(played.suite.offices["transfer"], "tick", owing.tick)
    monkeypatch.setattr(played.suite, "next_instant", owing.next_instant)
    announced(played)           # the service looks once more
    played.suite.catch_up()
    with pytest.raises(SuiteError, match="is not done") if stuck else nullcontext():
        played.move_to(begun + timedelta(minutes=1))
    assert owing.done == ([] if stuck else due)
