"""The sample city's supervision (29), told by its `sample/supervision.yaml`: each takes the first draft that there is,
for the office that issues it, and goes on as the file says, with a clock moved by hand."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from liandong.player import Player
from liandong.player_plans import Days
from liandong.seed_steps import Step, begin
from shared.kernel.clock import HandClock
from shared.kernel.yaml_files import plain

API = "/api/oversight/supervision"


class SampleSupervision:
    """The rows of the file; the k-th row is the k-th supervision, or none where nothing was owed then."""

    def __init__(self, player: Player, clock: HandClock, file: Path) -> None:
        self.player, self.clock = player, clock
        self.rows = plain(file) or []
        self.ids = [""] * len(self.rows)

    def steps(self, today: date) -> Iterator[Step]:
        """Every act on its day, so many working days before today."""
        day = Days(self.player, today)
        for number, row in enumerate(self.rows):
            yield Step(day(row["at"]), partial(self._issue, number, day(row["at"]), row))
            for step in row.get("then", ()):
                act = next(name for name in step if name not in ("at", "rank"))
                yield Step(day(step["at"]), partial(self._act, number, day(step["at"]), act, step[act], row["by"]))

    def _issue(self, number: int, day: date, row: Mapping[str, Any]) -> None:
        """The first draft of another target than all that were supervised so far, else the first: as it is."""
        begin(self.player, self.clock, day)
        drafts = [each for each in self._drafts(row["by"]) if each["act"] == "issue"]
        if drafts:
            taken = {each["target"] for each in self.player.get(API, row["by"], limit="200").data["items"]}
            draft = next((each for each in drafts if each["target"] not in taken), drafts[0])
            self.ids[number] = self._post(draft["path"], {**draft["body"], **row.get("with", {})}, row["by"], 1)

    def _act(self, number: int, day: date, act: str, said: Mapping[str, Any], issuer: str) -> None:
        """What comes of it: the next step as it is drafted, where there is one, else the act."""
        if not (id := self.ids[number]):
            return
        begin(self.player, self.clock, day)
        view = self.player.get(f"{API}/{id}", issuer).data
        allowed = {each["act"] for each in view["actions"] if each["allowed"]}
        if act == "step-up":
            drafts = [each for each in self._drafts(issuer) if each["supervision"] == id]
            for draft in drafts[:1]:
                self._post(draft["path"], {**draft["body"], **said}, issuer, 2, draft["revision"])
        elif act in ("answer", "explain"):
            target = next(each["agency"] for each in view["case"]["parties"] if each["part"] == "target")
            self._post(f"{API}/{id}/{act}", said, target, 1, view["revision"])
        elif act in allowed:
            self._post(f"{API}/{id}/{act}", said, issuer, 1, view["revision"])

    def _drafts(self, office: str) -> list[dict[str, Any]]:
        """Of agencies that have somebody to answer; what the two offices owe each other comes last."""
        found = self.player.get(f"{API}/proposals", office, limit="200").data["items"]
        answerable = [each for each in found if self.player.account(each["target"])]
        return sorted(answerable, key=lambda each: each["facts"]["service"] == "oversight")

    def _post(self, path: str, body: Mapping[str, Any], agency: str, rank: int, revision: int | None = None) -> str:
        answer = self.player.post(path, dict(body), agency, rank, revision)
        assert answer.status < 300, f"{path}: {answer.status} {answer.data}"
        return str(answer.data["id"])
