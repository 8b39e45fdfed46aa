"""The sample city's plans, told by its `sample/plans-*.yaml` and entered act by act with a clock moved by hand."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from liandong.demo_day import at
from liandong.player import Player
from liandong.player_plans import Days, Planner, ToldPlan, plan_content
from liandong.seed_steps import Step, acts_of
from liandong.story import PlanStory
from shared.kernel.clock import HandClock
from shared.kernel.yaml_files import plain


class SamplePlans:
    """The rows of the files as plans under way, by service."""

    def __init__(self, player: Player, clock: HandClock, rows: list[tuple[str, dict[str, Any]]], today: date) -> None:
        self.planner, self.clock, self.day = Planner(player), clock, Days(player, today)
        self.told = [self._plan(service, row) for service, row in rows]
        self.rows = [row for _, row in rows]

    def _plan(self, service: str, row: Mapping[str, Any]) -> ToldPlan:
        said = {name: row[name] for name in ("causes", "lead_because") if name in row}
        return ToldPlan(PlanStory(
            service, self.planner.player.seat(row["lead"]), plan_content(row, self.day),
            self._dated(row.get("grounds", [])), **{"causes": [], **said},
        ))

    def named(self, title: str) -> ToldPlan:
        """The plan of that title."""
        return next(told for told, row in zip(self.told, self.rows, strict=True) if row["title"] == title)

    def steps(self) -> Iterator[Step]:
        """Every step of every plan, with its day."""
        for told, row in zip(self.told, self.rows, strict=True):
            for step in row["steps"]:
                yield Step(self.day(step["at"]), partial(self._take, told, step))

    def _take(self, told: ToldPlan, step: Mapping[str, Any]) -> None:
        """The acts of a step, from nine in the morning or from where the clock already stands on that day."""
        player, nine = self.planner.player, at(self.day(step["at"]), 9)
        if nine > self.clock.now():
            player.move_to(nine)
        for act, said in acts_of(step["acts"]):
            self.clock.advance(minutes=2)
            self.planner.act(told, act, **self._instead(told.story, said))

    def _instead(self, story: PlanStory, said: Mapping[str, Any]) -> dict[str, Any]:
        """What a row says of an act: `change` tells what an amendment changes of the plan; all else stands in the
        body."""
        instead: dict[str, Any] = self._dated(said)
        if changed := instead.pop("change", None):
            instead["content"] = {**story.content, **changed}
        return instead

    def _dated(self, said: Any) -> Any:
        """Where a day is told by how far it is from today, the day."""
        if isinstance(said, list):
            return [self._dated(each) for each in said]
        if isinstance(said, dict):
            return {name: self.day(value).isoformat() if name.endswith("_on") and isinstance(value, int)
                    else self._dated(value) for name, value in said.items()}
        return said


def plan_rows(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """The rows of `plans-<service>.yaml` in the sample's folder, with the service."""
    return [(file.stem.removeprefix("plans-"), row) for file in sorted(folder.glob("plans-*.yaml"))
            for row in plain(file)]
