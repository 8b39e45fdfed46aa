"""第十二条: a participant declines on a statutory ground alone; its work goes to others, and its clocks end."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.collab import declining, drafting
from services.collab.commands import Decline, Given, QuestionDecline, Reassign
from services.collab.guards import someone_assists, someone_declined, someone_to_replace
from services.collab.plan import Collab
from shared.plans.commands import Amend, ConfirmDispatch, Dispatch, ReportTask, TaskDone
from shared.plans.parts import Ordered, Place
from shared.plans.plan import PARTICIPANT, Confirmation, Dispatched, TaskReport
from tests.collab.made import plan
from tests.plans.written import DAY, FIRST, LEADER, OFFICER, SECOND, codes, context, material, refused
from tests.plans.written import LEAD as LEADING
from tests.situations.city import noon

LATER = DAY + timedelta(days=3)
DECLINE = Decline("statutory", "行政处罚法", "第二十六条", "协助事项属于被请求机关职权范围内的，应当依法予以协助",
                  "荣综执协函〔2025〕第3号", 2, OFFICER, LEADER)
TASK = 2                                 # of FIRST, in the plan as written


def declined(case: Collab, agency: str = FIRST) -> Collab:
    number = len(case.materials) + 1
    noticed = replace(case, materials=(*case.materials, material(number, by=agency)))
    return declining.decline(noticed, replace(DECLINE, notice=number), context(agency, LATER)).case


def reassign(*given: Given, participant: str = FIRST) -> Reassign:
    return Reassign(participant, given, "由牵头部门自行承担", OFFICER, LEADER)


@pytest.mark.parametrize(("without", "code", "article", "where"), [
    ({"ground": ""}, "UNKNOWN_DECLINE_GROUND", "12", "ground"),
    ({"ground": "7-4"}, "UNKNOWN_DECLINE_GROUND", "12", "ground"),
    ({"law": ""}, "NO_DECLINE_LAW", "12", "law"),
    ({"law_article": ""}, "NO_DECLINE_ARTICLE", "12", "law_article"),
    ({"law_text": ""}, "NO_DECLINE_TEXT", "12", "law_text"),
    ({"number": "3"}, "BAD_NUMBER", "internal", "number"),
    ({"notice": 0}, "NO_WRITTEN_NOTICE", "12", "notice"),
    ({"notice": 9}, "NO_WRITTEN_NOTICE", "12", "notice"),
    ({"notice": 1}, "NO_WRITTEN_NOTICE", "12", "notice"),            # another agency's paper
    ({"leader": ""}, "NO_LEADER", "internal", "leader"),
])
def test_a_decline_without_its_ground_or_notice_is_refused(without: dict[str, Any], code: str, article: str,
                                                           where: str) -> None:
    said = replace(DECLINE, **without)
    assert refused(declining.decline, plan("running"), said, context(FIRST)) == [(code, article, where)]


def test_all_that_a_decline_lacks_is_told_at_once() -> None:
    bare = replace(DECLINE, ground="", law="", law_article="", law_text="", notice=0)
    assert codes(declining.decline, plan("running"), bare, context(FIRST)) == [
        "UNKNOWN_DECLINE_GROUND", "NO_DECLINE_LAW", "NO_DECLINE_ARTICLE", "NO_DECLINE_TEXT", "NO_WRITTEN_NOTICE"]


def test_who_declines_has_no_part_from_that_day_and_its_tasks_are_nobodys() -> None:
    outcome = declining.decline(plan("running"), DECLINE, context(FIRST, LATER))
    assert outcome.case.parts_of(PARTICIPANT) == (SECOND,)
    assert outcome.case.parties[1].until == LATER - timedelta(days=1)
    assert outcome.facts["tasks"] == [{"item": "2", "bound": FIRST, "until": ""}]
    assert outcome.facts["participant"] == [FIRST] and outcome.facts["declined"] == FIRST
    assert FIRST in outcome.case.content.agencies, "the plan names it until it is changed"


def test_a_finished_task_is_not_dropped() -> None:
    report = TaskReport(1, FIRST, ReportTask((TaskDone(TASK, True, "已完成"),), (), OFFICER), DAY, 1)
    outcome = declining.decline(plan("running", task_reports=(report,)), DECLINE, context(FIRST, LATER))
    assert outcome.facts["tasks"] == []


def test_only_the_dispatches_it_has_not_answered_are_dropped() -> None:
    order = Dispatch("到场", Place(noon(DAY), "成山大道", OFFICER), (Ordered(FIRST, ()), Ordered(SECOND, ())), OFFICER)
    first = Dispatched(1, order, DAY, 1, (Confirmation(FIRST, ConfirmDispatch(1, True, (OFFICER,)), DAY),))
    case = plan("running", dispatches=(first, Dispatched(2, order, DAY, 1)))
    facts = declining.decline(case, DECLINE, context(FIRST, LATER)).facts
    assert facts["dispatch"] == [{"item": "2", "bound": FIRST, "until": ""}]


@pytest.mark.parametrize("state", ["submitted", "reviewed", "presented"])
def test_before_the_approval_nothing_runs_that_could_be_dropped_or_started(state: str) -> None:
    facts = declining.decline(plan(state), DECLINE, context(FIRST, LATER)).facts
    assert (facts["participant"], facts["tasks"], facts["dispatch"]) == ([], [], [])


def test_an_approved_plan_is_to_be_changed_before_any_task_runs() -> None:
    facts = declining.decline(plan("approved"), DECLINE, context(FIRST, LATER)).facts
    assert (facts["participant"], facts["tasks"]) == ([FIRST], [])


def test_justice_questions_a_decline_and_judges_none() -> None:
    case = declined(plan("running"))
    asked = declining.question(case, QuestionDecline(FIRST, "该条如何适用", OFFICER), context("sfj", LATER)).case
    assert [each.said.question for each in asked.declined[0].questions] == ["该条如何适用"]
    assert asked.parts_of(PARTICIPANT) == case.parts_of(PARTICIPANT)


def test_a_question_names_who_declined_and_what_is_asked() -> None:
    case = declined(plan("running"))
    said = QuestionDecline(SECOND, "", replace(OFFICER, phone=""))
    assert refused(declining.question, case, said, context("sfj", LATER)) == [
        ("NEVER_DECLINED", "internal", "participant"), ("NO_QUESTION", "internal", "question"),
        ("NO_OFFICER", "internal", "officer")]


def test_nobody_is_questioned_or_replaced_where_nobody_declined() -> None:
    case = plan("running")
    assert [each.code for each in someone_declined(case, context("sfj"))] == ["NOT_DECLINED"]
    assert [each.code for each in someone_to_replace(case, context(LEADING))] == ["NOTHING_TO_REASSIGN"]
    gone = declined(case)
    assert not [*someone_declined(gone, context("sfj")), *someone_to_replace(gone, context(LEADING)),
                *someone_assists(gone, context(LEADING))]


def test_nobody_is_replaced_where_nobody_is_left_to_assist() -> None:
    gone = declined(declined(plan("running")), SECOND)
    assert [(each.code, each.article) for each in someone_assists(gone, context(LEADING))] == [("NOBODY_ASSISTS", "6")]


@pytest.mark.parametrize("to", [LEADING, SECOND])
def test_its_open_tasks_go_to_the_lead_or_a_participant_in_a_new_version(to: str) -> None:
    case = declined(plan("running"))
    outcome = declining.reassign(case, reassign(Given(TASK, to)), context(LEADING, LATER))
    after = outcome.case
    assert [(each.number, each.act) for each in after.versions] == [(1, "draft"), (2, "reassign")]
    assert after.versions[0].effective_until == LATER == after.version.effective_on
    assert after.versions[0].content == case.content, "the earlier version stays as it was"
    assert after.content.agencies == (SECOND,)
    task = after.content.task(TASK)
    assert task is not None and task.agency == to
    assert outcome.facts["tasks"] == [{"item": "2", "bound": to, "until": task.due_on.isoformat()}]
    assert outcome.facts["participant"] == [FIRST] and not after.waiting


def test_a_finished_task_stays_with_who_did_it() -> None:
    report = TaskReport(1, FIRST, ReportTask((TaskDone(TASK, True, "已完成"),), (), OFFICER), DAY, 1)
    case = declined(plan("running", task_reports=(report,)))
    after = declining.reassign(case, reassign(), context(LEADING, LATER)).case
    task = after.content.task(TASK)
    assert task is not None and task.agency == FIRST


def test_a_plan_whose_finished_task_was_done_by_who_left_can_still_be_amended() -> None:
    report = TaskReport(1, FIRST, ReportTask((TaskDone(TASK, True, "已完成"),), (), OFFICER), DAY, 1)
    case = declined(plan("running", task_reports=(report,)))
    after = declining.reassign(case, reassign(), context(LEADING, LATER)).case
    longer = replace(after.content, time_limit=LATER + timedelta(days=200))
    amended = Amend(longer, "工程量增加", False, OFFICER, LEADER)
    assert codes(drafting.amend, after, amended, context(LEADING, LATER)) == []


@pytest.mark.parametrize(("given", "expected"), [
    ((), [("TASK_NOT_GIVEN", "internal", "tasks")]),
    ((Given(TASK, "gongan"),), [("TASK_TO_OUTSIDER", "internal", "tasks.0.agency")]),
    ((Given(TASK, FIRST),), [("TASK_TO_OUTSIDER", "internal", "tasks.0.agency")]),
    ((Given(TASK, SECOND), Given(TASK, LEADING)), [("TASK_NOT_ITS_OWN", "internal", "tasks.1.task")]),
    ((Given(TASK, SECOND), Given(1, SECOND)), [("TASK_NOT_ITS_OWN", "internal", "tasks.1.task")]),
])
def test_every_open_task_is_given_once_to_an_agency_of_the_plan(given: tuple[Given, ...], expected: list[Any]) -> None:
    case = declined(plan("running"))
    assert refused(declining.reassign, case, reassign(*given), context(LEADING, LATER)) == expected


def test_only_who_declined_and_is_still_named_is_replaced() -> None:
    case = declined(plan("running"))
    said = reassign(Given(TASK, LEADING), participant=SECOND)
    assert codes(declining.reassign, case, said, context(LEADING, LATER))[0] == "NOT_WAITING"
    after = declining.reassign(case, reassign(Given(TASK, LEADING)), context(LEADING, LATER)).case
    assert codes(declining.reassign, after, reassign(Given(TASK, LEADING)), context(LEADING, LATER))[0] == "NOT_WAITING"


def test_before_the_start_reassigned_tasks_run_no_clock() -> None:
    case = declined(plan("approved"))
    facts = declining.reassign(case, reassign(Given(TASK, SECOND)), context(LEADING, LATER)).facts
    assert facts["tasks"] == []
