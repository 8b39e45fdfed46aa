"""The background loops outlive whatever their steps do."""

from types import SimpleNamespace
from typing import cast

import eventlet
import pytest

from shared.acts.office import Office
from shared.bus import loops
from shared.bus.entrypoints import Leased
from shared.bus.loops import Loop
from shared.bus.pauses import LONGEST, pause_after
from tests.bus.newsroom import Source


def test_pauses_grow_to_the_longest_and_stay_there() -> None:
    assert [pause_after(failures) for failures in (1, 2, 3)] == [0.4, 0.8, 1.6]
    assert pause_after(100) == pause_after(100_000) == LONGEST


def test_a_step_that_fails_all_night_is_tried_again_in_the_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "run_blocking", lambda function: function())
    monkeypatch.setattr(Loop, "_rest", lambda self, seconds: None)
    tries: list[int] = []

    def step() -> float | None:
        tries.append(1)
        if len(tries) <= 1100:          # 30 s each: more than nine hours
            raise ConnectionError("the database is away")
        loop.stopping = True
        return None

    loop = Loop("transfer", "ticker", step)
    eventlet.spawn(loop.run).wait()
    assert len(tries) == 1101


def test_a_leased_step_is_called_when_it_asks_to_be_and_not_at_every_poll(source: Source) -> None:
    office = cast(Office, SimpleNamespace(name="transfer", db=source.db, journal=source.journal))
    calls: list[int] = []

    def tidy() -> float:
        calls.append(1)
        return 3600.0

    house, standing_by = Leased(office, "house", tidy), Leased(office, "house", tidy)
    assert [3500 < (house.step() or 0) <= 3600 for _ in range(5)] == [True] * 5
    assert standing_by.step() is None
    assert len(calls) == 1
    house.lease.release()
    standing_by.step()
    assert len(calls) == 2, "whoever takes over begins at once"
    standing_by.lease.release()
