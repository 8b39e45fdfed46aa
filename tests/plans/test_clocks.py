"""What the events of a plan do to its clocks: each task until its own day, whoever it belongs to by now."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.acts.circumstances import bound
from shared.acts.model import Outcome
from shared.calendar.sources import load_city
from shared.deadlines.model import Deadline
from shared.deadlines.rules import Happened, apply, fire
from shared.plans import amending, ending, findings, running
from shared.plans.commands import Amend, ConfirmDispatch, End, NoteHandOn, PresumeEnd, Start, Suspend
from shared.plans.parts import Content, Handed, Participant
from shared.plans.plan import Plan
from shared.plans.states import RUNNING, SUSPENDED
from shared.plans.tasks import to_do
from tests.deadlines.builders import CITY
from tests.plans.under_way import (
    DISPATCH,
    DUE,
    ITEMS,
    LATER,
    amendment,
    finding,
    passed,
    proposed,
    put_forward,
    ready,
    report,
    suite,
)
from tests.plans.written import (
    BOOK,
    DAY,
    FIRST,
    LEAD,
    LEADER,
    LIMIT,
    OFFICE,
    OFFICER,
    OTHER,
    SECOND,
    another,
    codes,
    content,
    context,
)
from tests.situations.city import REGISTER, noon

CALENDAR = load_city(CITY, (2027,))
CHAPTERS = ("collab", "joint")
HANDED = (Handed("案卷", "case_file", 1),)
NEXT = LATER + timedelta(days=1)


class Clocks:
    """The deadlines of one plan, as the rulebook's clocks of a chapter have them."""

    def __init__(self, service: str) -> None:
        self.service, self.all = service, dict[str, Deadline]()
        self.number = 0

    def hear(self, event: str, outcome: Outcome[Plan], agency: str, on: date) -> Plan:
        self.number += 1
        happened = Happened(str(self.number), f"{self.service}.{event}", "p1", on, noon(on), outcome.facts,
                            bound(outcome.case, on, REGISTER), agency=agency)
        for change in apply(BOOK, CALENDAR, tuple(self.all.values()), happened):
            self.all[change.deadline.id] = change.deadline
        return outcome.case

    def wait(self, until: date) -> None:
        """Time alone warns and breaches."""
        for id, deadline in self.all.items():
            while change := fire(deadline, noon(until)):
                self.all[id] = deadline = change.deadline

    def live(self, clock: str) -> set[tuple[str, str, str]]:
        return {(each.item, each.bound, str(each.due_on)) for each in self.all.values()
                if each.live and each.clock == f"{self.service}.{clock}"}


def under_way(service: str) -> tuple[Clocks, Plan]:
    clocks = Clocks(service)
    begun = running.start(ready(), Start("启动会", OFFICER), context())
    return clocks, clocks.hear("started", begun, LEAD, DAY).moved(RUNNING)


def amended(clocks: Clocks, plan: Plan, whole: Content, on: date = NEXT, **other: Any) -> Plan:
    presented = put_forward(passed(proposed(plan, whole, **other)).case)
    decision = amending.DecideAmendment(True, another(presented))
    return clocks.hear("amended", amending.decide(presented, decision, context(OFFICE, on)), OFFICE, on)


def awaited(plan: Plan) -> set[tuple[str, str, str]]:
    return {(str(each.number), each.agency, each.due_on.isoformat()) for each in to_do(plan)}


@pytest.mark.parametrize("service", CHAPTERS)
def test_from_the_start_each_task_runs_until_its_own_day_and_the_whole_until_the_limit(service: str) -> None:
    clocks, plan = under_way(service)
    assert clocks.live("task") == awaited(plan) == {("1", LEAD, DUE.isoformat()), ("2", FIRST, LIMIT.isoformat())}
    assert clocks.live("time_limit") == {("", LEAD, LIMIT.isoformat())}
    assert clocks.live("end_presumption") == {("", LEAD, "2025-10-11")}             # three working days over 国庆节
    assert service != "collab" or clocks.live("reassignment") == set()


def test_no_task_is_called_statutory() -> None:
    clocks, _ = under_way("joint")
    assert {each.statutory for each in clocks.all.values()} == {False}


@pytest.mark.parametrize("service", CHAPTERS)
def test_a_report_meets_the_tasks_it_finishes(service: str) -> None:
    clocks, plan = under_way(service)
    told = running.report_task(plan, report(2, done=False), context(FIRST, LATER))
    clocks.hear("task_reported", told, FIRST, LATER)
    assert clocks.live("task") == awaited(plan)
    finished = running.report_task(plan, report(2), context(FIRST, LATER))
    after = clocks.hear("task_reported", finished, FIRST, LATER)
    assert clocks.live("task") == awaited(after) == {("1", LEAD, DUE.isoformat())}


def test_a_lead_that_is_replaced_is_bound_to_nothing_more_but_its_own_tasks() -> None:
    clocks, plan = under_way("collab")
    paused = running.suspend(plan, Suspend("台风", OFFICER, LEADER), context(on=LATER))
    plan = clocks.hear("suspended", paused, LEAD, LATER).moved(SUSPENDED)
    whole = content(lead=FIRST, participants=(Participant(LEAD, "移交"), Participant(SECOND, "核查")))
    after = amended(clocks, plan, whole, date(2025, 6, 25), handover=HANDED)
    assert clocks.live("time_limit") == {("", FIRST, LIMIT.isoformat())}
    assert clocks.live("suspension") == {("", FIRST, "2025-07-23")}         # twenty working days from its first
    assert {bound for _, bound, _ in clocks.live("end_presumption")} == {FIRST}
    assert clocks.live("task") == awaited(after)


def test_a_dispatch_is_answered_by_each_and_dropped_for_those_that_go() -> None:
    clocks, plan = under_way("joint")
    plan = clocks.hear("dispatched", running.dispatch(plan, DISPATCH, context()), LEAD, DAY)
    assert clocks.live("dispatch") == {("1", FIRST, "2025-06-10"), ("1", SECOND, "2025-06-10")}
    coming = ConfirmDispatch(1, True, (OFFICER, OTHER))
    plan = clocks.hear("dispatch_confirmed", running.confirm_dispatch(plan, coming, context(FIRST)), FIRST, DAY)
    assert clocks.live("dispatch") == {("1", SECOND, "2025-06-10")}
    amended(clocks, plan, content(participants=content().participants[:1]))
    assert clocks.live("dispatch") == set()


def test_who_finds_what_is_anothers_has_three_working_days_to_hand_it_on() -> None:
    clocks, plan = under_way("collab")
    for number in (1, 2):
        found = findings.record_finding(plan, finding(), context(FIRST, LATER))
        plan = clocks.hear("finding_to_hand_on", found, FIRST, LATER)
        assert len(clocks.live("hand_on")) == number
    noted = findings.note_hand_on(plan, NoteHandOn(1, "c1", FIRST, LATER), suite(LATER))
    clocks.hear("finding_handed_on", noted, "", LATER)
    assert clocks.live("hand_on") == {("2", FIRST, "2025-06-25")}


@pytest.mark.parametrize("service", CHAPTERS)
def test_at_the_end_what_was_due_later_falls_away_and_what_is_late_stays(service: str) -> None:
    clocks, plan = under_way(service)
    told = ending.end(plan, End("清理完毕", OFFICER), context(on=DUE + timedelta(days=1)))
    clocks.hear("ended", told, LEAD, DUE + timedelta(days=1))
    assert clocks.live("task") == {("1", LEAD, DUE.isoformat())}
    assert clocks.live("time_limit") == clocks.live("end_presumption") == set()
    report_clock = {"collab": "report", "joint": "summary"}[service]
    assert clocks.live(report_clock) == {("", LEAD, "2025-08-08")}


def test_the_report_on_an_end_that_was_presumed_is_due_from_the_entry_and_the_true_day_moves_nothing() -> None:
    clocks, plan = under_way("collab")
    noted = LIMIT + timedelta(days=13)                                              # Monday 13 October
    plan = clocks.hear("end_presumed", ending.presume_end(plan, PresumeEnd("d"), suite(noted)), "", noted)
    due = clocks.live("report")
    assert due == {("", LEAD, "2025-10-20")}
    said = ending.end(plan.moved("ended"), End("清理完毕", OFFICER, LIMIT), context(on=noted + timedelta(days=1)))
    clocks.hear("end_corrected", said, LEAD, noted + timedelta(days=1))
    assert clocks.live("report") == due


AGENCIES = (LEAD, FIRST, SECOND)
TASK = st.tuples(st.sampled_from(AGENCIES), st.integers(1, 3))
PLANS = st.dictionaries(st.integers(1, 3), TASK, min_size=1)
STEPS = st.lists(st.one_of(PLANS, st.tuples(st.sampled_from(AGENCIES), st.integers(1, 3))), max_size=7)


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_amended_and_reported_the_clocks_are_those_of_the_tasks_still_to_do(steps: list[Any]) -> None:
    clocks, plan = under_way("joint")
    for number, step in enumerate(steps, 1):
        day = DAY + timedelta(days=number)
        before = {each.item: each.id for each in clocks.all.values() if each.live and each.clock == "joint.task"}
        was = awaited(plan)
        if isinstance(step, dict):
            whole = _rewritten(plan, step)
            said: Amend = amendment(whole)
            if codes(amending.amend, plan, said, context(on=day), items=ITEMS):
                continue
            plan = amended(clocks, plan, whole, day)
        else:
            agency, task = step
            if codes(running.report_task, plan, report(task), context(agency, day)):
                continue
            told = running.report_task(plan, report(task), context(agency, day))
            plan = clocks.hear("task_reported", told, agency, day)
        assert clocks.live("task") == awaited(plan)
        now = {each.item: each.id for each in clocks.all.values() if each.live and each.clock == "joint.task"}
        assert all(now[item] == before[item] for item, *_ in was & awaited(plan))


def _rewritten(plan: Plan, tasks: dict[int, tuple[str, int]]) -> Content:
    first = plan.content.tasks[0]
    return replace(plan.content, tasks=tuple(
        plan.content.task(number) if number in plan.done_tasks else
        replace(first, number=number, agency=agency, from_on=DAY, due_on=DUE + timedelta(days=days))
        for number, (agency, days) in {**dict.fromkeys(plan.done_tasks, (LEAD, 1)), **tasks}.items()))


@pytest.mark.parametrize("service", CHAPTERS)
def test_an_overdue_task_that_the_plans_own_route_moves_runs_anew_and_its_breach_stays_with_the_old_day(
        service: str) -> None:
    clocks, plan = under_way(service)
    over = DUE + timedelta(days=4)
    clocks.wait(over)
    tasks = tuple(replace(each, due_on=LIMIT) if each.number == 1 else each for each in plan.content.tasks)
    whole = replace(plan.content, tasks=tasks)
    presented = put_forward(passed(proposed(plan, whole, over), over).case, over)
    decision = amending.DecideAmendment(True, another(presented))
    clocks.hear("amended", amending.decide(presented, decision, context(OFFICE, over)), OFFICE, over)
    of_task = [each for each in clocks.all.values() if (each.clock, each.item) == (f"{service}.task", "1")]
    assert {(each.due_on, each.live, each.breached) for each in of_task} == {(DUE, False, True), (LIMIT, True, False)}
