"""Deadlines kept and read again, on both back ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from shared.deadlines import rules, store
from shared.deadlines.model import STARTED, change
from shared.kernel.errors import Refused
from tests.deadlines.builders import (
    ANNOUNCE,
    CALENDAR,
    CASE,
    DECISION,
    LETTER,
    RULEBOOK,
    at,
    happened,
    rulebook,
    started,
)
from tests.deadlines.conftest import Making

NOTICE = date(2025, 9, 29)


def test_what_is_kept_is_read_again_whole(making: Making) -> None:
    done = making.act(happened("transfer.announced", NOTICE, facts={"accepted_on": date(2025, 9, 1)}),
                      happened("transfer.disputed", date(2025, 9, 30)),
                      happened("transfer.returned", date(2025, 10, 9)),
                      happened("transfer.disputed", date(2025, 10, 10)))
    last = {each.deadline.id: each.deadline for each in done}
    assert {each.id: each for each in making.all(CASE)} == last
    assert {each.clock: (each.state, each.late, len(each.pauses)) for each in making.all(CASE)} == {
        "transfer.announce": ("met", True, 0), "transfer.letter": ("paused", None, 2)}


def test_only_the_live_ones_of_the_case_are_loaded(making: Making) -> None:
    facts = {"accepted_on": NOTICE}
    making.act(*(happened("transfer.announced", NOTICE, facts=facts, case=case) for case in (CASE, "b")))
    with making.db.write() as tx:
        assert [each.clock for each in store.load_open(tx, CASE)] == ["transfer.letter"]
        assert store.load_open(tx, "c") == () == store.open_of(tx, [])
        assert {each.case for each in store.open_of(tx, [CASE, "b", "c"])} == {CASE, "b"}
        running = store.load_open(tx, "b")[0]
        assert store.get(tx, running.id) == running and store.get(tx, "none") is None


def test_two_of_one_clock_agency_and_item_cannot_run_at_once(making: Making) -> None:
    """The rule raises before; the database holds it against whoever comes past the rule."""
    first, second = (change(STARTED, started(LETTER, NOTICE, entry=entry), NOTICE) for entry in ("e1", "e2"))
    with pytest.raises(IntegrityError), making.db.write() as tx:
        store.save(tx, (first, second))


def test_a_restart_takes_the_place_of_the_one_before(making: Making) -> None:
    making.learn(current=rulebook(replace(LETTER, restarts=True)))
    making.act(happened("transfer.announced", NOTICE))
    making.act(happened("transfer.rerouted", date(2025, 9, 30)))
    assert [each.state for each in making.all(CASE)] == ["cancelled", "open"]


def test_the_column_says_only_when_to_look_again(making: Making) -> None:
    making.act(happened("transfer.case_filed", NOTICE), happened("transfer.announced", NOTICE, case="b",
                                                                facts={"accepted_on": NOTICE}))
    with making.db.write() as tx:
        assert store.next_look(tx) == at(date(2025, 10, 10))
        assert store.due(tx, at(date(2025, 10, 10)) - timedelta(microseconds=1), 9) == ()
        later = at(date(2025, 12, 31))
        assert [each.clock for each in store.due(tx, later, 9)] == ["transfer.letter", "transfer.decision"]
        assert len(store.due(tx, later, 1)) == 1


def test_lists_filter_by_the_light_of_the_moment(making: Making) -> None:
    making.act(happened("transfer.announced", NOTICE, facts={"accepted_on": date(2025, 9, 1)}),
               happened("transfer.announced", date(2026, 12, 30), case="b", facts={"accepted_on": date(2026, 12, 30)}),
               happened("transfer.case_filed", NOTICE, case="c"), happened("transfer.disputed", NOTICE, case="c"))
    everything = [each for case in (CASE, "b", "c") for each in making.all(case)]
    with making.db.read() as tx:
        for now in (at(NOTICE, 13), at(date(2025, 10, 10)), at(date(2025, 10, 11)), at(date(2027, 1, 6))):
            for light in rules.LIGHTS:
                found = set(tx.execute(store.cases_with_light(light, now)).scalars())
                assert found == {each.case for each in everything if rules.light(each, now) == light}, (now, light)


def test_a_light_there_is_none_of_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        store.cases_with_light("purple", at(NOTICE))
    assert refused.value.refusals[0].code == "UNKNOWN_LIGHT"


def test_what_an_act_started_is_told_as_the_acts_own(making: Making) -> None:
    making.act(happened("transfer.announced", NOTICE, facts={"accepted_on": NOTICE}))
    entry = next(each for each in making.told(CASE, "started") if each.data["clock"] == LETTER.id)
    assert (entry.actor, entry.agency, entry.causation, entry.state_hash) == ("apt-1", "ZJJ", "e-1", "")
    assert {key: entry.data[key] for key in ("clock", "bound", "started_on", "due_on", "due_at", "yellow_at",
                                             "statutory", "article", "state", "generation", "provisional",
                                             "occurred_on")} == {
        "clock": "transfer.letter", "bound": "ZJJ", "started_on": "2025-09-29", "due_on": "2025-10-10",
        "due_at": "2025-10-10T16:00:00.000000Z", "yellow_at": "2025-10-09T16:00:00.000000Z", "statutory": True,
        "article": "22", "state": "open", "generation": 1, "provisional": False, "occurred_on": "2025-09-29"}
    with making.db.read() as tx:
        for agency in ("SFJ", "ZJJ"):        # who is told of the case, and the bound agency itself
            assert entry.position in [each.position for each in making.journal.feed(tx, 0, 9, agency)]
        assert making.journal.feed(tx, 0, 9, "CGJ") == []


def test_the_due_ones_are_found_by_their_index(making: Making) -> None:
    making.act(happened("transfer.announced", NOTICE, facts={"accepted_on": NOTICE}))
    if not making.db.sqlite:
        with making.db.write() as tx:        # a table this small is read whole unless told not to
            tx.exec_driver_sql("SET LOCAL enable_seqscan = off")
            plan = tx.exec_driver_sql("EXPLAIN SELECT id FROM deadline WHERE next_look <= 1").scalars().all()
    else:
        with making.db.read() as tx:
            found = tx.exec_driver_sql("EXPLAIN QUERY PLAN SELECT id FROM deadline WHERE next_look <= 1")
            plan = [row[-1] for row in found]
    assert "deadline_next_look" in "\n".join(plan)


def test_builders_cover_what_is_kept() -> None:
    assert {LETTER.id, DECISION.id, ANNOUNCE.id} <= set(RULEBOOK.clocks) and CALENDAR.known(2026)
