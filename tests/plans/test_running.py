"""A plan that is carried out: what starts, who is dispatched, what is reported, and how it ends."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from shared.plans import ending, running
from shared.plans.commands import ConfirmDispatch, End, PresumeEnd, Resume, Start, Suspend, TaskDone, Terminate
from shared.plans.parts import Ordered, Place
from shared.plans.plan import Plan
from shared.plans.states import ENDED
from tests.plans.under_way import (
    DISPATCH,
    DUE,
    LATER,
    declined,
    dispatched,
    ended,
    presumed,
    proposed,
    ready,
    report,
    reported,
    started,
    suite,
    suspended,
    terminated,
)
from tests.plans.written import (
    DAY,
    FIRST,
    JUSTICE,
    LEAD,
    LEADER,
    LIMIT,
    OFFICER,
    OTHER,
    SECOND,
    STRANGER,
    codes,
    content,
    context,
    refused,
)

NOBODY = replace(OFFICER, name="")
HALF = replace(OFFICER, phone="")
TWO = (OFFICER, OTHER)


def guarded(guard: Any, plan: Plan, agency: str = LEAD, on: date = LATER) -> list[str]:
    return [refusal.code for refusal in guard(plan, context(agency, on))]


# start

def test_from_the_start_every_task_runs_until_its_own_day_and_the_whole_until_the_limit():
    outcome = running.start(ready(), Start("启动会", OFFICER), context())
    assert outcome.facts["time_limit"] == LIMIT
    assert outcome.facts["tasks"] == [{"item": "1", "bound": LEAD, "until": DUE.isoformat()},
                                      {"item": "2", "bound": FIRST, "until": LIMIT.isoformat()}]
    assert outcome.facts["participant"] == []
    assert outcome.case.started_on == DAY


def test_who_has_declined_before_is_bound_to_nothing_and_the_lead_is_to_replace_it():
    outcome = running.start(declined(ready(), FIRST, DAY), Start("启动会", OFFICER), context())
    assert [each["item"] for each in outcome.facts["tasks"]] == ["1"]
    assert outcome.facts["participant"] == [FIRST]


@pytest.mark.parametrize(("day", "refused_by"), [(LIMIT, []), (LIMIT + timedelta(days=1), ["LIMIT_RAN_OUT"])])
def test_an_action_begins_while_its_time_limit_runs(day, refused_by):
    assert guarded(running.limit_open, ready(), on=day) == refused_by


def test_a_start_says_how_and_who():
    assert codes(running.start, ready(), Start("", NOBODY), context()) == ["NO_START_SAID", "NO_OFFICER"]


# dispatch

@pytest.mark.parametrize(("instead", "lacks"), [
    ({}, []),
    ({"order": ""}, [("NO_ORDER", "order")]),
    ({"meeting": replace(DISPATCH.meeting, place="")}, [("NO_MEETING", "meeting")]),
    ({"meeting": replace(DISPATCH.meeting, commander=HALF)}, [("NO_MEETING", "meeting")]),
    ({"meeting": replace(DISPATCH.meeting, at=DISPATCH.meeting.at - timedelta(days=2))},
     [("MEETING_PAST", "meeting.at")]),
    ({"meeting": replace(DISPATCH.meeting, at=DISPATCH.meeting.at - timedelta(days=1))}, []),       # the same day
    ({"agencies": ()}, [("NOBODY_DISPATCHED", "agencies")]),
    ({"agencies": (Ordered(STRANGER, TWO),)}, [("DISPATCHED_STRANGER", "agencies.0.agency")]),
    ({"agencies": (Ordered(FIRST, TWO), Ordered(FIRST, TWO))}, [("DISPATCHED_STRANGER", "agencies.1.agency")]),
    ({"agencies": (Ordered(LEAD, TWO),)}, [("DISPATCHED_STRANGER", "agencies.0.agency")]),            # itself
    ({"agencies": (Ordered(FIRST, (OFFICER, HALF)),)}, [("ORDERED_OFFICER", "agencies.0.officers")]),
    ({"agencies": (Ordered(FIRST, ()),)}, [("TOO_FEW_ORDERED", "agencies.0.officers")]),
    ({"agencies": (Ordered(FIRST, TWO), Ordered(SECOND, (OFFICER,)))}, [("TOO_FEW_ORDERED", "agencies.1.officers")]),
    ({"officer": NOBODY}, [("NO_OFFICER", "officer")]),
])
def test_a_dispatch_says_what_where_when_who_commands_and_whom_it_concerns(instead, lacks):
    found = refused(running.dispatch, started(), replace(DISPATCH, **instead), context())
    assert [(code, where) for code, _, where in found] == lacks


def test_justice_may_dispatch_the_lead_too():
    said = replace(DISPATCH, agencies=(Ordered(LEAD, TWO), Ordered(FIRST, TWO)))
    outcome = running.dispatch(started(), said, context(JUSTICE))
    assert outcome.facts["dispatch"] == [{"item": "1", "bound": LEAD}, {"item": "1", "bound": FIRST}]


def test_all_that_a_dispatch_lacks_is_told_at_once():
    empty = replace(DISPATCH, order="", meeting=Place(DISPATCH.meeting.at, "", NOBODY), agencies=(), officer=NOBODY)
    assert codes(running.dispatch, started(), empty, context()) == [
        "NO_ORDER", "NO_MEETING", "NOBODY_DISPATCHED", "NO_OFFICER"]


@pytest.mark.parametrize(("said", "lacks"), [
    (ConfirmDispatch(1, True, (OFFICER, OTHER)), []),
    (ConfirmDispatch(1, True), []),                                                       # those the order named come
    (ConfirmDispatch(1, True, (OFFICER,)), ["TOO_FEW_COME"]),
    (ConfirmDispatch(1, True, (OFFICER, HALF)), ["TOO_FEW_COME"]),
    (ConfirmDispatch(1, False), ["NO_INABILITY"]),
    (ConfirmDispatch(1, False, reason="防汛值守"), []),
    (ConfirmDispatch(2, True, (OFFICER, OTHER)), ["UNKNOWN_DISPATCH"]),
])
def test_the_named_officers_come_or_two_others_or_the_agency_says_why_not(said, lacks):
    plan = dispatched(agencies=(Ordered(FIRST, TWO),))
    assert codes(running.confirm_dispatch, plan, said, context(FIRST)) == lacks


def test_a_dispatch_is_confirmed_once_by_those_it_concerns():
    plan = dispatched()
    assert guarded(running.dispatched, plan, LEAD) == ["NOT_DISPATCHED"]
    assert guarded(running.dispatched, plan, FIRST) == []
    after = running.confirm_dispatch(plan, ConfirmDispatch(1, True, (OFFICER, OTHER)), context(FIRST))
    assert after.facts["dispatch"] == "1"
    assert guarded(running.dispatched, after.case, FIRST) == ["NOT_DISPATCHED"]
    assert guarded(running.dispatched, after.case, SECOND) == []


# task reports

@pytest.mark.parametrize(("agency", "said", "lacks"), [
    (FIRST, report(2), []),
    (LEAD, report(1), []),
    (FIRST, report(1), [("NOT_OWN_TASK", "tasks.0.task")]),                                # another's
    (FIRST, report(9), [("NOT_OWN_TASK", "tasks.0.task")]),
    (FIRST, report(), [("NOTHING_REPORTED", "tasks")]),
    (FIRST, report(2, 2), [("TASK_TOLD_TWICE", "tasks.1.task")]),
    (FIRST, replace(report(2), tasks=(TaskDone(2, False, ""),)), [("NO_PROGRESS", "tasks.0.says")]),
    (FIRST, replace(report(2), materials=(7,)), [("UNKNOWN_MATERIAL", "materials")]),
    (FIRST, replace(report(2), officer=NOBODY), [("NO_OFFICER", "officer")]),
])
def test_an_agency_reports_on_its_own_tasks_only(agency, said, lacks):
    found = refused(running.report_task, started(), said, context(agency, LATER))
    assert [(code, where) for code, _, where in found] == lacks


def test_only_a_task_that_is_finished_meets_its_clock_and_it_is_finished_once():
    under_way = running.report_task(started(), report(2, done=False), context(FIRST, LATER))
    assert (under_way.facts["tasks"], under_way.facts["reported"]) == ([], [2])
    finished = running.report_task(under_way.case, report(2), context(FIRST, LATER))
    assert (finished.facts["tasks"], finished.facts["report"]) == (["2"], 2)
    assert codes(running.report_task, finished.case, report(2), context(FIRST, LATER)) == ["NOT_OWN_TASK"]
    assert guarded(running.has_tasks, finished.case, FIRST) == ["NO_TASK_LEFT"]
    assert guarded(running.has_tasks, finished.case, LEAD) == []


# interruption

def test_a_pause_has_its_reason_and_its_end():
    plan = suspended()
    resumed = running.resume(plan, Resume("台风过境", OFFICER, LEADER), context(on=LATER + timedelta(days=3)))
    assert resumed.facts["suspended_on"] == LATER
    assert resumed.case.pauses[0].resumed_on == LATER + timedelta(days=3)
    for act, said in ((running.suspend, Suspend("", NOBODY, "")), (running.resume, Resume("", NOBODY, ""))):
        assert codes(act, plan, said, context()) == ["NO_REASON", "NO_OFFICER", "NO_LEADER"]


# the end

@pytest.mark.parametrize(("day", "away"), [
    (date(2025, 6, 20), ["1", "2"]),
    (DUE, ["2"]),                                       # what was due by then is late, and stays so
    (LIMIT, []),
])
def test_tasks_due_after_the_true_end_fall_away(day, away):
    outcome = ending.end(started(), End("清理完毕", OFFICER), context(on=day))
    assert outcome.facts["tasks"] == [{"item": item, "bound": LEAD if item == "1" else FIRST, "until": ""}
                                      for item in away]
    assert (outcome.facts["ended_on"], outcome.facts["terminated"], outcome.facts["presumed"]) == (day, False, False)


def test_broken_off_it_leaves_no_task_to_anyone():
    outcome = ending.terminate(reported(started(), FIRST, 2), Terminate("另有安排", OFFICER, LEADER), context(on=LIMIT))
    assert ([each["item"] for each in outcome.facts["tasks"]], outcome.facts["terminated"]) == (["1"], True)
    assert codes(ending.terminate, started(), Terminate("", NOBODY, ""), context()) == [
        "NO_REASON", "NO_OFFICER", "NO_LEADER"]


def test_an_end_says_how_and_its_day_is_the_acts_own():
    assert refused(ending.end, started(), End("", NOBODY, DAY), context(on=LATER)) == [
        ("NO_END_SAID", "", "says"), ("OTHER_END_DAY", "internal", "ended_on"), ("NO_OFFICER", "internal", "officer")]
    assert codes(ending.end, started(), End("清理完毕", OFFICER, LATER), context(on=LATER)) == []


def test_an_end_that_is_presumed_lies_on_the_last_day_and_is_entered_on_its_own():
    noted = LIMIT + timedelta(days=8)
    outcome = ending.presume_end(started(), PresumeEnd("d1"), suite(noted))
    assert outcome.case.ending is not None
    assert (outcome.case.ending.on, outcome.case.ending.noted_on, outcome.case.ending.by) == (LIMIT, noted, "")
    assert (outcome.facts["ended_on"], outcome.facts["presumed"], outcome.facts["tasks"]) == (LIMIT, True, [])


def test_no_end_is_presumed_before_the_limit_is_over():
    for day, refusals in ((LIMIT, ["LIMIT_NOT_PAST"]), (LIMIT + timedelta(days=1), [])):
        assert [each.code for each in ending.limit_past(started(), suite(day))] == refusals


@pytest.mark.parametrize(("day", "lacks"), [
    (None, ["END_DAY"]), (DAY - timedelta(days=1), ["END_DAY"]), (DAY, []), (LIMIT, []),
    (LIMIT + timedelta(days=1), ["END_DAY"]),
])
def test_of_an_end_that_was_presumed_the_true_day_is_said(day, lacks):
    plan, on = presumed(), LIMIT + timedelta(days=10)
    assert codes(ending.end, plan, End("清理完毕", OFFICER, day), context(on=on)) == lacks
    if not lacks:
        outcome = ending.end(plan, End("清理完毕", OFFICER, day), context(on=on))
        assert (outcome.event, outcome.state, outcome.facts["ended_on"]) == ("end_corrected", ENDED, day)
        assert outcome.case.ending is not None
        assert (outcome.case.ending.on, outcome.case.ending.by, bool(outcome.case.ending.presumed)) == (day, LEAD, True)


def test_an_action_ends_once_and_a_presumed_end_is_said_truly_once():
    said = ending.end(presumed(), End("清理完毕", OFFICER, LIMIT), context(on=LIMIT + timedelta(days=9))).case.moved(ENDED)
    for plan, refusals in ((started(), []), (ended(), ["ALREADY_ENDED"]), (terminated(), ["ALREADY_ENDED"]),
                           (presumed(), []), (said, ["ALREADY_ENDED"])):
        assert guarded(ending.not_ended, plan) == refusals


def test_an_amendment_that_is_open_at_the_end_lapses_with_it():
    plan = ended(proposed(started(), content(time_limit=LIMIT + timedelta(days=30))), LATER)
    assert [each.outcome for each in plan.amendments] == ["lapsed"]
    assert plan.amendment is None
