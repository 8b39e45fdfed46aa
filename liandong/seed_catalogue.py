"""The sample city's catalogue (26), told by its `sample/catalogue.yaml`: each entry published, brought up to date and
withdrawn on its days, by its agency, with a clock moved by hand."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from liandong.demo_day import at
from liandong.player import Player
from liandong.player_plans import Days
from liandong.seed_steps import Step
from services.sharing.catalogue.schemas import CATALOGUE
from shared.acts.model import Rank, Viewer
from shared.acts.request import Request
from shared.http import bodies
from shared.kernel.clock import HandClock
from shared.kernel.yaml_files import plain

THEN = ("revise", "refresh", "withdraw")


class SampleCatalogue:
    """The rows of the file as entries; the k-th row is the k-th entry."""

    def __init__(self, player: Player, clock: HandClock, file: Path) -> None:
        self.player, self.clock = player, clock
        self.rows = plain(file) or []
        self.ids = [""] * len(self.rows)
        self.acts = player.suite.sharing.acts["catalogue"]

    def steps(self, today: date) -> Iterator[Step]:
        """Every act on every entry on its day, so many working days before today."""
        day = Days(self.player, today)
        for number, row in enumerate(self.rows):
            on = day(row["at"])
            said = {"entry": row["entry"], "data_on": _before(on, row["data"])}
            yield Step(on, partial(self._take, number, on, "publish", said))
            for step in row.get("then", ()):
                later = day(step["at"])
                act = next(act for act in THEN if act in step)
                yield Step(later, partial(self._take, number, later, act, _said(act, step, row, later)))

    def _take(self, number: int, day: date, act: str, said: dict[str, Any]) -> None:
        """The act, from nine in the morning or from where the clock already stands on that day."""
        if at(day, 9) > self.clock.now():
            self.player.move_to(at(day, 9))
        self.clock.advance(minutes=1)
        command = bodies.load(CATALOGUE[act](), said).command
        office, entry = self.player.suite.sharing, self.ids[number]
        viewer = self._officer(self.rows[number]["agency"])
        with office.db.read() as tx:
            row = self.acts.store.get(tx, entry) if entry else None
        request = Request(entry, row.revision if row else None, origin={"kind": "imported"})
        self.ids[number] = self.acts.do(act, command, viewer, request).case_id

    def _officer(self, agency: str) -> Viewer:
        """An officer of the agency: that of the sample accounts, where it has one."""
        account = self.player.account(agency)
        return Viewer(agency, Rank.OFFICER, account.person, account.appointment, account.name) if account else Viewer(
            agency, Rank.OFFICER)


def _said(act: str, step: Mapping[str, Any], row: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What an act sends. A revision says the entry whole, as the row has it but for what is revised."""
    if act == "withdraw":
        return {"reason": step[act]}
    if act == "refresh":
        return {"data_on": _before(day, step[act])}
    return {"entry": {**row["entry"], **step[act]}, "data_on": _before(day, step["data"]), "reason": step["reason"]}


def _before(day: date, days: int) -> str:
    return (day - timedelta(days=days)).isoformat()
