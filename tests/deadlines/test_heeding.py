"""What an act loads of a case's deadlines is all that its event can change: every event of the city's own rulebook."""

import itertools
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from shared.db.database import Database
from shared.deadlines import rules, store
from shared.deadlines.model import STARTED, Deadline, Happened
from shared.deadlines.rules import Change, apply, heeding
from shared.rulebook.model import Clock
from tests.situations.city import calendar, rulebook

CASE, DAY = "case-1", date(2025, 6, 9)
NOON = datetime(2025, 6, 9, 4, tzinfo=UTC)
PARTS = {part: ("zjj",) for named in rulebook().parties.values() for part in named}
ITEMS = ("", "1", "2")


def running(clock: Clock, item: str) -> Deadline:
    """A deadline of the clock that began that morning and runs for ten days."""
    due = datetime(2025, 6, 19, 16, tzinfo=UTC)
    return Deadline(f"{clock.id}/{item}", CASE, clock.id, "zjj", item, "entry-0", DAY, NOON, due, due, False, "", "",
                    clock.says, "", "", False, clock.amount.unit, clock.amount.value, date(2025, 6, 19),
                    date(2025, 6, 19), 1, rules.OPEN)


def told(clock: Clock) -> Iterable[Mapping[str, Any]]:
    """Facts that name no item, one, one with its agency, none any more; and a part taken over."""
    dates = {name: DAY for name in (clock.counts_from, clock.amount.until) if name}
    yield dates
    yield {**dates, "replaces": {clock.bound: "zjj"}}
    if clock.item:
        for items in ("1", ["1", "2"], [{"item": "2", "bound": "zjj", "until": "2025-07-01"}],
                      [{"item": "1", "bound": "zjj", "until": ""}], []):
            yield {**dates, clock.item: items}


def outcome(deadlines: Iterable[Deadline], happened: Happened) -> list[tuple[str, str]] | type[Exception]:
    try:
        changes: tuple[Change, ...] = apply(rulebook(), calendar(), deadlines, happened)
    except (rules.LacksDate, rules.AlreadyRunning) as wrong:
        return type(wrong)
    return [(each.kind, each.deadline.id if each.kind != STARTED else each.deadline.clock) for each in changes]


@pytest.mark.parametrize("event", sorted(rulebook().events))
def test_what_does_not_heed_an_event_is_left_as_it_is(event: str) -> None:
    service = event.partition(".")[0]
    clocks = [clock for clock in rulebook().clocks.values() if clock.id.startswith(f"{service}.")]
    everything = [running(clock, item) for clock, item in itertools.product(clocks, ITEMS)]
    for facts in (facts for clock in clocks for facts in told(clock)):
        happened = Happened("entry-1", event, CASE, DAY, NOON, facts, PARTS, agency="zjj")
        heeded = heeding(rulebook(), happened)
        some = [each for each in everything if heeded is None or (
            each.clock in heeded and (heeded[each.clock] is None or each.item in (heeded[each.clock] or ())))]
        assert outcome(some, happened) == outcome(everything, happened), facts


def test_the_store_gives_the_clocks_and_items_asked_for(database: Database) -> None:
    clocks = [rulebook().clocks[name] for name in ("collab.task", "collab.report", "collab.time_limit")]
    with database.write() as tx:
        store.save(tx, [Change(STARTED, running(clock, item), DAY) for clock in clocks for item in ITEMS])
    for asked, wanted in (
        (None, {f"{clock.id}/{item}" for clock in clocks for item in ITEMS}),
        ({}, set()),
        ({"collab.task": frozenset({"1"})}, {"collab.task/1"}),
        ({"collab.task": frozenset()}, set()),
        ({"collab.task": frozenset({"1", "2"}), "collab.report": None},
         {"collab.task/1", "collab.task/2", *(f"collab.report/{item}" for item in ITEMS)}),
    ):
        with database.write() as tx:
            assert {each.id for each in store.load_open(tx, CASE, asked)} == wanted
