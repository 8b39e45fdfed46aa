"""The sample city's conferences (30) and matters of accountability (31), told by its `sample/conferences.yaml` and
`sample/accountability.yaml`, with a clock moved by hand."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from liandong.player import Player
from liandong.player_plans import Days
from liandong.seed_steps import Step, begin
from shared.acts.model import Rank
from shared.contracts.register import DISCIPLINE, JUSTICE
from shared.kernel.clock import HandClock
from shared.kernel.yaml_files import plain

CONFERENCES, ACCOUNTABILITY = "/api/oversight/conferences", "/api/oversight/accountability"
BY_LEADER = frozenset({"call", "record-minutes", "report", "set-aside"})
BY_DISCIPLINE = frozenset({"sign-receipt", "record-result"})
OF_A_KIND = 2                         # items of the agenda, of each kind that is proposed


class SampleConferences:
    """The k-th row is the conference that is due when it is called; one of the sample follows another's day."""

    def __init__(self, player: Player, clock: HandClock, file: Path) -> None:
        self.player, self.clock, self.rows = player, clock, plain(file) or []
        self.paths = [""] * len(self.rows)

    def steps(self, today: date) -> Iterator[Step]:
        """Called, held, and every report on its day, so many working days before or after today."""
        day = Days(self.player, today)
        for number, row in enumerate(self.rows):
            yield Step(day(row["call"]), partial(self._called, number, row, day))
            yield Step(day(row["meets"]), partial(self._held, number, row, day))
            for step in row.get("then", ()):
                yield Step(day(step["at"]), partial(self._reported, number, step, day))

    def _called(self, number: int, row: Mapping[str, Any], day: Days) -> None:
        """Called, its agenda set from what lies open, and each member accounted for: who sends nobody is absent."""
        begin(self.player, self.clock, day(row["call"]))
        justice = _standing(self.player, JUSTICE)
        due, = self.player.get(CONFERENCES, justice, state="due").data["items"]
        self.paths[number] = path = f"{CONFERENCES}/{due['id']}"
        called = _do(self.player, path, "call", justice, meets_on=day(row["meets"]).isoformat(), place=row["place"])
        kinds = self.player.get(f"{path}/agenda-proposals", justice).data["kinds"]
        items = [each["item"] for kind in kinds for each in kind["items"][:OF_A_KIND]]
        _do(self.player, path, "set-agenda", justice, items=[*items, *row.get("items", ())])
        for agency in called["facts"]["members"]:
            if heads := row["present"].get(agency):
                _do(self.player, path, "attend", agency, **heads)
            else:
                reason = row.get("absent", {}).get(agency, row["otherwise"])
                _do(self.player, path, "record-absence", justice, agency=agency, reason=reason)

    def _held(self, number: int, row: Mapping[str, Any], day: Days) -> None:
        begin(self.player, self.clock, day(row["meets"]))
        justice, path = _standing(self.player, JUSTICE), self.paths[number]
        _do(self.player, path, "hold", justice, chair=row["chair"])
        resolved = [{**each, "due_on": day(each["due_on"]).isoformat()} for each in row["resolutions"]]
        _do(self.player, path, "record-minutes", justice, number=row["number"], resolutions=resolved)

    def _reported(self, number: int, step: Mapping[str, Any], day: Days) -> None:
        begin(self.player, self.clock, day(step["at"]))
        act = next(name for name in step if name not in ("at", "by"))
        _do(self.player, self.paths[number], act, step["by"], **step[act])


class SampleAccountability:
    """The rows of the file: typed, or on the first hint that justice is to report, where there was one then."""

    def __init__(self, player: Player, clock: HandClock, file: Path) -> None:
        self.player, self.clock, self.rows = player, clock, plain(file) or []
        self.paths = [""] * len(self.rows)

    def steps(self, today: date) -> Iterator[Step]:
        """Every act on its day, so many working days before today."""
        day = Days(self.player, today)
        for number, row in enumerate(self.rows):
            yield Step(day(row["at"]), partial(self._begun, number, row, day(row["at"])))
            for step in row.get("then", ()):
                act = next(name for name in step if name != "at")
                yield Step(day(step["at"]), partial(self._act, number, act, step[act], day(step["at"])))

    def _begun(self, number: int, row: Mapping[str, Any], day: date) -> None:
        begin(self.player, self.clock, day)
        justice = _standing(self.player, JUSTICE)
        act = "enter" if "enter" in row else "set-aside"
        said = dict(row[act])
        if row.get("hint"):
            hints = self.player.get(f"{ACCOUNTABILITY}/hints", justice, limit="200").data["items"]
            hint = next((each["hint"] for each in hints if each["reporter"] == justice), "")
            if not hint:
                return
            said["hint"] = hint
        path = ACCOUNTABILITY if act == "enter" else f"{ACCOUNTABILITY}/{act}"
        answer = self.player.post(path, said, justice, _rank(act))
        assert answer.status == 201, f"{act}: {answer.status} {answer.data}"
        self.paths[number] = f"{ACCOUNTABILITY}/{answer.data['id']}"

    def _act(self, number: int, act: str, said: Mapping[str, Any], day: date) -> None:
        if path := self.paths[number]:
            begin(self.player, self.clock, day)
            _do(self.player, path, act, _standing(self.player, DISCIPLINE if act in BY_DISCIPLINE else JUSTICE), **said)


def _standing(player: Player, standing: str) -> str:
    """The agency that has the standing."""
    return min(player.suite.sharing.law.now().register.standing_agencies(standing))


def _rank(act: str) -> int:
    return int(Rank.LEADER if act in BY_LEADER else Rank.OFFICER)


def _do(player: Player, path: str, act: str, by: str, /, **said: Any) -> dict[str, Any]:
    """The act on what stands at the path, as it stands now. Raises AssertionError where it is refused."""
    revision = player.get(path, by).data["revision"]
    answer = player.post(f"{path}/{act}", said, by, _rank(act), revision)
    assert answer.status == 200, f"{path}/{act}: {answer.status} {answer.data}"
    return answer.data
