"""The sample city's queries (27, 22 ¶3), told by its `sample/queries.yaml`: each asked, answered, passed on, refused or
complained of on its days, with a clock moved by hand."""

from collections.abc import Container, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from liandong.demo_day import at
from liandong.player import Player
from liandong.player_plans import Days
from liandong.seed_steps import Step
from services.sharing.queries.domain.case import Query
from services.sharing.queries.schemas import QUERIES
from shared.acts.model import THE_SUITE, Rank, Viewer
from shared.acts.request import Request
from shared.http import bodies
from shared.kernel.clock import HandClock
from shared.kernel.yaml_files import plain

ACTS = frozenset(QUERIES)
BY_ASKER, BY_JUSTICE = frozenset({"complain", "withdraw"}), frozenset({"direct-answer", "dismiss"})
OWN = frozenset({"ask", "at", "then"})             # of a row: what is no field of the act that asks


class SampleQueries:
    """The rows of the file as queries; the k-th row is the k-th query, or what it was passed on as."""

    def __init__(self, player: Player, clock: HandClock, file: Path) -> None:
        self.player, self.clock = player, clock
        self.rows = plain(file) or []
        self.ids = [""] * len(self.rows)
        self.office = player.suite.sharing
        self.acts = self.office.acts["queries"]

    def steps(self, today: date) -> Iterator[Step]:
        """Every act on every query on its day, so many working days before today."""
        day = Days(self.player, today)
        for number, row in enumerate(self.rows):
            on, asked = day(row["at"]), {name: said for name, said in row.items() if name not in OWN}
            by = asked.pop("holder" if row["ask"] == "ask-offline" else "asker")
            yield Step(on, partial(self._take, number, on, row["ask"], asked, by))
            for step in row.get("then", ()):
                later, act = day(step["at"]), next(name for name in step if name in ACTS)
                yield Step(later, partial(self._take, number, later, act, step[act], step.get("by", "")))

    def _take(self, number: int, day: date, act: str, said: Mapping[str, Any], by: str) -> None:
        """The act, from nine in the morning or from where the clock already stands on that day."""
        if at(day, 9) > self.clock.now():
            self.player.move_to(at(day, 9))
        self.clock.advance(minutes=5)
        revision, agency = self._now(number, act, by)
        body = {**said, **signed(self.player, QUERIES[act]().fields, agency)}
        rank = self.acts.chapter.act(act).rank
        request = Request(self.ids[number], revision, origin={"kind": "imported"})
        command = bodies.load(QUERIES[act](), body).command
        self.ids[number] = self.acts.do(act, command, viewer_of(self.player, agency, rank), request).case_id
        if act == "pass-on":
            self.player.suite.catch_up()
            passed = {"passed_from": self.ids[number]}
            self.ids[number] = self.office.reads["queries"].page(THE_SUITE, passed, 1).items[0]["id"]

    def _now(self, number: int, act: str, by: str) -> tuple[int | None, str]:
        """The query's revision, and who does the act on it."""
        if not self.ids[number]:
            return None, by
        with self.office.db.read() as tx:
            row = self.acts.store.get(tx, self.ids[number])
            assert row is not None
            case: Query = self.acts.store.case_of(row)
        by = by or (case.asker if act in BY_ASKER else "sifa" if act in BY_JUSTICE else case.holder)
        return row.revision, by


def viewer_of(player: Player, agency: str, rank: Rank) -> Viewer:
    """Who signs in for the agency at that rank, as the sample's accounts have it."""
    account = player.account(agency, rank)
    assert account, f"{agency} has no sample account of rank {rank}"
    return Viewer(agency, Rank(account.rank), account.person, account.appointment, account.name)


def signed(player: Player, fields: Container[str], agency: str) -> dict[str, Any]:
    """Who handles it and who signs, where the act asks for them."""
    seat = player.seat(agency)
    return {name: said for name, said in (("officer", seat.card), ("leader", seat.leader)) if name in fields}
