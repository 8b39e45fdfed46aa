"""The sample city's tips (28), told by its `sample/tips.yaml`: each shared, claimed, passed on, assigned or withdrawn
on its days, with a clock moved by hand."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from liandong.demo_day import at
from liandong.player import Player
from liandong.player_plans import Days
from liandong.seed_queries import signed, viewer_of
from liandong.seed_steps import Step
from services.sharing.tips.schemas import SCHEMAS
from shared.acts.request import Request
from shared.http import bodies
from shared.kernel.clock import HandClock
from shared.kernel.yaml_files import plain

SHARE, ACTS = "share", frozenset(SCHEMAS)


class SampleTips:
    """The rows of the file as tips; the k-th row is the k-th tip."""

    def __init__(self, player: Player, clock: HandClock, file: Path) -> None:
        self.player, self.clock = player, clock
        self.rows = plain(file) or []
        self.ids = [""] * len(self.rows)
        self.acts = player.suite.sharing.acts["tips"]

    def steps(self, today: date) -> Iterator[Step]:
        """Every act on every tip on its day, so many working days before today."""
        day = Days(self.player, today)
        for number, row in enumerate(self.rows):
            on = day(row["at"])
            said = {**row[SHARE], "received_on": on.isoformat()}
            yield Step(on, partial(self._take, number, on, SHARE, said, row["by"]))
            for step in row.get("then", ()):
                later, act = day(step["at"]), next(name for name in step if name in ACTS)
                yield Step(later, partial(self._take, number, later, act, step[act], step["by"]))

    def _take(self, number: int, day: date, act: str, said: Mapping[str, Any], agency: str) -> None:
        """The act, from nine in the morning or from where the clock already stands on that day."""
        if at(day, 9) > self.clock.now():
            self.player.move_to(at(day, 9))
        self.clock.advance(minutes=5)
        request = Request(self.ids[number], self._revision(number), origin={"kind": "imported"})
        command = bodies.load(SCHEMAS[act](), {**said, **signed(self.player, SCHEMAS[act]().fields, agency)}).command
        viewer = viewer_of(self.player, agency, self.acts.chapter.act(act).rank)
        self.ids[number] = self.acts.do(act, command, viewer, request).case_id

    def _revision(self, number: int) -> int | None:
        """The tip's, as it is now."""
        if not self.ids[number]:
            return None
        with self.player.suite.sharing.db.read() as tx:
            row = self.acts.store.get(tx, self.ids[number])
        assert row is not None
        return row.revision
