"""The sample city's archive records (27): as many as its folder says, by the generator, delivered by their agencies on
one morning."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from liandong.demo_day import at
from liandong.player import Player
from liandong.sample_records import samples
from liandong.seed_steps import Step
from services.sharing.archive.delivery_files import gathered, objects
from shared.acts.model import Rank, Viewer
from shared.acts.request import Request
from shared.kernel.clock import HandClock
from shared.kernel.yaml_files import plain

BEFORE = timedelta(days=30)       # the day they are delivered, before today


class SampleRecords:
    """The records as steps: a delivery an agency."""

    def __init__(self, player: Player, clock: HandClock, file: Path) -> None:
        """`file`: their `count` and the generator's `seed`; a city without one has none."""
        self.player, self.clock = player, clock
        self.said = plain(file) or {"count": 0, "seed": 0}
        self.acts = player.suite.sharing.acts["records"]

    def steps(self, today: date) -> Iterator[Step]:
        """Every agency's delivery, on the same day."""
        held: dict[str, list[object]] = {}
        for sample in samples(self.said["count"], self.said["seed"]):
            held.setdefault(sample.agency, []).append(sample.record)
        for agency, records in sorted(held.items()):
            yield Step(today - BEFORE, partial(self._deliver, agency, records, today - BEFORE))

    def _deliver(self, agency: str, records: list[object], day: date) -> None:
        if at(day, 9) > self.clock.now():
            self.player.move_to(at(day, 9))
        viewer = Viewer(agency, Rank.OFFICER, f"sample-{agency}", f"sample-{agency}", "样例")
        self.acts.do("add-records", gathered(objects(records)), viewer, Request(origin={"kind": "imported"}))
