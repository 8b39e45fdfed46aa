"""Items that say themselves who is bound and until when: a plan's tasks, whom a dispatch orders, who is consulted."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.deadlines.correcting import Redated, redate
from shared.deadlines.rules import AlreadyRunning, Change, Deadline, LacksDate, apply, correct, explain, fire, reproject
from tests.deadlines.builders import (
    CALENDAR,
    LETTER,
    OWN_DATES,
    TASK,
    after,
    at,
    happened,
    kinds,
    published,
    rulebook,
)

D = date
ON, NEXT = D(2025, 9, 29), D(2025, 9, 30)
LAW = rulebook(OWN_DATES)


def item(name: str, bound: str = "", until: str | None = None) -> dict[str, str]:
    said = {"item": name, "bound": bound, "until": until}
    return {key: value for key, value in said.items() if value or (key == "until" and value is not None)}


def told(event: str, *items: Any, on: date = ON, law: Any = LAW, running: Any = (), **more: Any) -> tuple[Change, ...]:
    return apply(law, CALENDAR, running, happened(f"collab.{event}", on, facts={"tasks": list(items)}, **more))


def live(changes: tuple[Change, ...]) -> list[Deadline]:
    """The deadlines that run after the changes."""
    last = {each.deadline.id: each.deadline for each in changes}
    return [each for each in last.values() if each.live]


def said(deadlines: list[Deadline]) -> set[tuple[str, str, str]]:
    return {(each.item, each.bound, str(each.until_on)) for each in deadlines}


THREE = (item("1", "ZJJ", "2025-10-20"), item("2", "GAJ", "2025-10-21"), item("3", "GAJ", "2025-10-22"))


def test_each_item_binds_whom_it_names_until_its_own_day():
    started = live(told("started", *THREE))
    assert said(started) == {("1", "ZJJ", "2025-10-20"), ("2", "GAJ", "2025-10-21"), ("3", "GAJ", "2025-10-22")}
    assert {each.due_on for each in started} == {each.until_on for each in started}


def test_an_item_that_does_not_say_binds_the_clocks_part_until_the_date_of_the_facts():
    event = happened("collab.started", ON, facts={"tasks": [item("1")], "due_on": "2025-10-20"})
    assert said(live(apply(LAW, CALENDAR, (), event))) == {("1", "GAJ", "2025-10-20"), ("1", "HBJ", "2025-10-20")}


def test_an_item_without_any_date_is_an_error():
    with pytest.raises(LacksDate):
        told("started", item("1", "ZJJ"))


def test_a_clock_of_days_takes_no_date_of_its_items():
    changes = apply(rulebook(TASK), CALENDAR, (), happened("joint.started", ON, facts={"tasks": [item("1", "ZJJ")]}))
    assert [(each.bound, each.item, each.due_on) for each in live(changes)] == [("ZJJ", "1", D(2025, 10, 13))]


def test_an_event_that_names_no_item_at_all_starts_none_and_touches_none():
    assert told("started") == ()
    assert told("task_reported", running=live(told("started", *THREE))) == ()


def test_an_agency_meets_its_own_item():
    running = live(told("started", *THREE))
    met = told("task_reported", "2", on=NEXT, running=running, agency="GAJ")
    assert [(each.kind, each.deadline.item) for each in met] == [("met", "2")]


def test_who_acts_for_others_may_name_whom_it_means():
    both = rulebook(replace(TASK, meets=("collab.task_reported",), starts=("collab.started",)))
    running = live(told("started", "1", law=both))
    met = told("task_reported", item("1", "HBJ"), law=both, running=running, agency="GAJ")
    assert [each.deadline.bound for each in met] == ["HBJ"]


@pytest.mark.parametrize(("again", "kinds_of_it", "runs"), [
    ((item("1", "ZJJ", "2025-10-20"),), [], {("1", "ZJJ", "2025-10-20")}),                       # as it was
    ((item("1", "ZJJ", "2025-11-03"),), ["cancelled", "started"], {("1", "ZJJ", "2025-11-03")}),
    ((item("1", "GAJ", "2025-10-20"),), ["cancelled", "started"], {("1", "GAJ", "2025-10-20")}),
    ((item("1", until=""),), ["cancelled"], set()),
    ((item("1", "ZJJ", ""),), ["cancelled"], set()),
    ((item("1", "GAJ", ""),), [], {("1", "ZJJ", "2025-10-20")}),                                 # another's: nothing
    ((item("1", "ZJJ", ""), item("1", "HBJ", "2025-10-20")), ["cancelled", "started"], {("1", "HBJ", "2025-10-20")}),
    ((item("9", "HBJ", "2025-10-20"),), ["started"], {("1", "ZJJ", "2025-10-20"), ("9", "HBJ", "2025-10-20")}),
    ((item("1", "ZJJ", "2025-10-20"), item("1", "HBJ", "2025-10-20")), ["started"],
     {("1", "ZJJ", "2025-10-20"), ("1", "HBJ", "2025-10-20")}),
])
def test_told_again_only_what_changed_is_cancelled_and_started(again, kinds_of_it, runs):
    running = live(told("started", item("1", "ZJJ", "2025-10-20")))
    changes = told("amended", *again, on=NEXT, running=running)
    assert kinds(changes) == kinds_of_it
    assert said([*(each for each in running if each.id not in {change.deadline.id for change in changes}),
                 *live(changes)]) == runs


def test_an_item_told_again_while_it_runs_is_an_error_where_the_clock_does_not_restart():
    law = rulebook(replace(OWN_DATES, restarts=False))
    running = live(told("started", item("1", "ZJJ", "2025-10-20"), law=law))
    with pytest.raises(AlreadyRunning):
        told("amended", item("1", "ZJJ", "2025-10-20"), on=NEXT, law=law, running=running)
    assert kinds(told("amended", item("1", "GAJ", "2025-10-20"), on=NEXT, law=law, running=running)) == ["started"]


def test_one_that_is_passed_on_says_so():
    running = live(told("started", item("1", "ZJJ", "2025-10-20")))
    cancelled, _ = told("amended", item("1", "GAJ", "2025-10-20"), on=NEXT, running=running)
    assert cancelled.why == "该事项改由其他机关承担，原时限终止。"
    (dropped,) = told("amended", item("1", until=""), on=NEXT, running=running)
    assert dropped.why == "该事项已取消，时限终止。"


def test_a_restart_for_another_agency_ends_that_of_the_one_before():
    """A lead that is replaced is bound no more."""
    law = rulebook(replace(OWN_DATES, item=""))
    first = happened("collab.started", ON, facts={"due_on": D(2025, 10, 20)})
    second = replace(happened("collab.amended", NEXT, facts={"due_on": D(2025, 10, 20)}),
                     bound={"participant": ("SJJ",)})
    running = live(apply(law, CALENDAR, (), first))
    assert said(live(apply(law, CALENDAR, running, second))) == {("", "SJJ", "2025-10-20")}


def test_a_successor_is_bound_from_then_on_and_what_was_let_pass_stays_with_the_one_before():
    law = rulebook(replace(LETTER, bound="lead", starts=("joint.ended",)), replace(OWN_DATES, bound="lead"))
    first = happened("joint.ended", ON)
    breached = after(apply(law, CALENDAR, (), first))
    while fired := fire(breached, at(D(2025, 10, 15))):
        breached = fired.deadline
    other = live(told("started", item("1", "GAJ", "2025-10-20"), law=law))
    event = replace(happened("joint.lead_replaced", D(2025, 10, 15), facts={"replaces": {"lead": "ZJJ"}}),
                    bound={"lead": ("SJJ",)})
    cancelled, started = apply(law, CALENDAR, (breached, *other), event)
    assert (cancelled.kind, cancelled.deadline.breached, cancelled.why) == (
        "cancelled", True, "承担机关更换，原时限终止。")
    assert (started.deadline.bound, started.deadline.due_on, started.deadline.breached) == (
        "SJJ", D(2025, 10, 20), False)
    assert apply(law, CALENDAR, (breached,), happened("joint.noted", D(2025, 10, 15))) == ()


def test_it_explains_itself_and_its_event_is_plain_json():
    running = live(told("started", *THREE))
    explained = explain(running[0], LAW, CALENDAR)
    assert "以2025年10月20日为期限" in explained.zh
    assert explained.data["current"]
    assert json.dumps(explained.data)
    assert reproject(running[0], LAW, published(CALENDAR, 2027)) is None


def test_it_is_corrected_by_its_own_date_and_by_that_of_its_entry():
    first = live(told("started", *THREE))[0]
    moved = correct(first, LAW, CALENDAR, "更正", until_on=D(2025, 10, 27))
    assert moved is not None
    assert moved.deadline.due_on == D(2025, 10, 27)
    redated = Redated(first.started_by, "collab.started", D(2025, 9, 28), at(D(2025, 9, 28), 12), ON, at(ON, 12))
    (change,) = redate(LAW, CALENDAR, (first,), redated, NEXT)
    assert (change.deadline.started_on, change.deadline.due_on) == (D(2025, 9, 28), D(2025, 10, 20))
    asked = Redated(first.started_by, "collab.started", ON, at(ON, 12), ON, at(ON, 12), {"due_on": D(2025, 10, 24)})
    assert after(redate(LAW, CALENDAR, (first,), asked, NEXT)).due_on == D(2025, 10, 24)


NAMES, AGENCIES = st.sampled_from("123"), st.sampled_from(["ZJJ", "GAJ", "HBJ"])
UNTIL = st.sampled_from(["2025-10-20", "2025-10-21", "2025-11-03", ""])
PLANS = st.dictionaries(NAMES, st.tuples(AGENCIES, UNTIL), max_size=3)


@given(st.lists(PLANS, max_size=6))
@settings(max_examples=150)
def test_what_runs_is_what_was_told_last_of_each_item_and_what_did_not_change_was_left_alone(plans):
    wanted: dict[str, tuple[str, str]] = {}
    running: dict[str, Deadline] = {}
    for number, plan in enumerate(plans):
        items = [item(name, bound, until) for name, (bound, until) in plan.items()]
        before = {(each.item, each.bound, str(each.until_on)): each.id for each in running.values()}
        event = happened("collab.amended", ON + timedelta(days=number), entry=str(number), facts={"tasks": items})
        for change in apply(LAW, CALENDAR, tuple(running.values()), event):
            running[change.deadline.id] = change.deadline
        running = {id: each for id, each in running.items() if each.live}
        for name, (bound, until) in plan.items():
            if until:
                wanted[name] = (bound, until)
            elif wanted.get(name, ("",))[0] == bound:
                del wanted[name]
        now = {(each.item, each.bound, str(each.until_on)): each.id for each in running.values()}
        assert set(now) == {(name, *said) for name, said in wanted.items()}
        assert all(now[key] == before[key] for key in now.keys() & before.keys())
