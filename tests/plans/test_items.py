"""A plan that lacks an item hears of everything it lacks at once, each with the article of its item."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.acts.persons import Respondent
from shared.contracts.personal import Personal
from shared.plans.items import ITEMS, NAMES, lacking
from shared.plans.parts import Content, Contingency, Fund, Participant, Task
from shared.plans.refusals import TEN_ITEMS
from tests.plans.written import BOOK, DAY, FIRST, LEAD, LIMIT, SECOND, STRANGER, content, context

CHAPTERS = ("collab.plan", "joint.plan")
TASK = Task(1, "现场勘验", "逐处勘验", LEAD, DAY, LIMIT)


def found(items: str, **other: Any) -> list[tuple[str, str, str]]:
    return of(content(**other), items)


def of(written: Content, items: str) -> list[tuple[str, str, str]]:
    return [(each.code, each.article, each.where) for each in lacking(written, BOOK.items[items], context())]


@pytest.mark.parametrize("items", CHAPTERS)
def test_nothing_lacks_in_a_whole_plan(items: str) -> None:
    assert found(items) == []


def test_an_empty_joint_plan_hears_all_that_eighteen_asks_for_at_once() -> None:
    assert of(Content(lead=LEAD), "joint.plan") == [
        ("NO_TITLE", "internal", "content.title"),
        ("NO_SITUATION", "18", "content.situation"),
        ("NO_NECESSITY", "18", "content.necessity"),
        ("NO_TASKS", "18", "content.tasks"),
        ("NO_PARTICIPANTS", "18", "content.participants"),
        ("NO_DUTIES", "18", "content.lead_duties"),
        ("NO_TIME_LIMIT", "18", "content.time_limit"),
        ("NO_FUNDS", "18", "content.funds"),
        ("NO_SAFEGUARDS", "18", "content.safeguards"),
        ("NO_CONTINGENCY", "18", "content.contingency"),
    ]


def test_an_empty_collaborative_plan_hears_its_five_items_and_none_under_eighteen() -> None:
    assert of(Content(lead=LEAD), "collab.plan") == [
        ("NO_TITLE", "internal", "content.title"),
        ("NO_SITUATION", "internal", "content.situation"),
        ("NO_NECESSITY", "internal", "content.necessity"),
        ("NO_TASKS", "internal", "content.tasks"),
        ("NO_PARTICIPANTS", "internal", "content.participants"),
        ("NO_TIME_LIMIT", "internal", "content.time_limit"),
    ]


@pytest.mark.parametrize("code", [refusal.code for refusal in TEN_ITEMS])
def test_what_only_eighteen_asks_for_never_lacks_in_a_collaborative_plan(code: str) -> None:
    bare = content(lead_duties="", participants=(Participant(FIRST, ""),), funds=(), safeguards="", contingency=None)
    assert code in {found for found, _, _ in of(bare, "joint.plan")}
    assert code not in {found for found, _, _ in of(bare, "collab.plan")}


@pytest.mark.parametrize("items", CHAPTERS)
def test_every_item_that_a_chapter_asks_for_has_its_test(items: str) -> None:
    assert {NAMES.get(item.id, item.id) for item in BOOK.items[items]} <= set(ITEMS)


def tasks(**other: Any) -> dict[str, Any]:
    return {"tasks": (replace(TASK, **other),)}


SHAPES: list[tuple[dict[str, Any], str, str, str]] = [
    (tasks(number=0), "TASK_NUMBER_TWICE", "18", "content.tasks.0.number"),
    ({"tasks": (TASK, TASK)}, "TASK_NUMBER_TWICE", "18", "content.tasks.1.number"),
    (tasks(title=""), "TASK_EMPTY", "18", "content.tasks.0"),
    (tasks(says=""), "TASK_EMPTY", "18", "content.tasks.0"),
    (tasks(agency=STRANGER), "TASK_OF_STRANGER", "18", "content.tasks.0.agency"),
    (tasks(from_on=LIMIT, due_on=LIMIT - timedelta(days=1)), "TASK_BACKWARDS", "18", "content.tasks.0.due_on"),
    (tasks(due_on=LIMIT + timedelta(days=1)), "TASK_PAST_LIMIT", "18", "content.tasks.0.due_on"),
    ({"participants": (Participant(FIRST, "a"), Participant(FIRST, "b")), "tasks": (TASK,)},
     "PARTICIPANT_TWICE", "18", "content.participants.1.agency"),
    ({"participants": (Participant(LEAD, "a"),), "tasks": (TASK,)},
     "PARTICIPANT_LEADS", "18", "content.participants.0.agency"),
    ({"participants": (Participant("nobody", "a"),), "tasks": (TASK,)},
     "UNKNOWN_PARTICIPANT", "3", "content.participants.0.agency"),
    ({"participants": (Participant("zfb", "a"),), "tasks": (TASK,)},
     "UNKNOWN_PARTICIPANT", "3", "content.participants.0.agency"),
    ({"participants": (Participant("yls", "a"),), "tasks": (TASK,)},
     "UNKNOWN_PARTICIPANT", "3", "content.participants.0.agency"),
    ({"participants": (Participant(FIRST, "a"), Participant(SECOND, ""))},
     "NO_DUTIES", "18", "content.participants.1.duties"),
    ({"time_limit": DAY - timedelta(days=1), "tasks": (replace(TASK, due_on=DAY, from_on=DAY),)},
     "TIME_LIMIT_PAST", "18", "content.time_limit"),
    ({"funds": (Fund("勘验", -1, "财政"),)}, "FUND_SHAPE", "18", "content.funds.0"),
    ({"funds": (Fund("勘验", 0, "财政"), Fund("", 1, "财政"))}, "FUND_SHAPE", "18", "content.funds.1"),
    ({"funds": (Fund("勘验", 1, ""),)}, "FUND_SHAPE", "18", "content.funds.0"),
    ({"contingency": Contingency("", "疏导", "李明", "1")}, "CONTINGENCY_EMPTY", "18", "content.contingency"),
    ({"contingency": Contingency("聚集", "", "李明", "1")}, "CONTINGENCY_EMPTY", "18", "content.contingency"),
    ({"contingency": Contingency("聚集", "疏导", "", "1")}, "NOBODY_DECIDES", "18", "content.contingency.decides"),
    ({"contingency": Contingency("聚集", "疏导", "李明", "")}, "NOBODY_DECIDES", "18", "content.contingency.decides"),
    ({"respondents": (Respondent("ghost", Personal("某")),)}, "RESPONDENT_UNNAMED", "internal", "content.respondents.0"),
    ({"respondents": (Respondent("person", Personal("")),)}, "RESPONDENT_UNNAMED", "internal", "content.respondents.0"),
    ({"lead": "zfb", "tasks": ()}, "UNKNOWN_LEAD", "3", "content.lead"),
]


@pytest.mark.parametrize(("other", "code", "article", "where"), SHAPES, ids=[row[1] for row in SHAPES])
def test_a_part_without_its_shape_is_refused_where_it_stands(
        other: dict[str, Any], code: str, article: str, where: str) -> None:
    assert (code, article, where) in found("joint.plan", **other)


@pytest.mark.parametrize(("other", "code"), [(row[0], row[1]) for row in SHAPES if row[1] != "NO_DUTIES"])
def test_a_collaborative_plan_has_the_same_shapes_and_no_article_of_chapter_three(
        other: dict[str, Any], code: str) -> None:
    told = {found: article for found, article, _ in found("collab.plan", **other)}
    assert told[code] in ("internal", "3")


def test_the_last_day_of_a_task_may_be_that_of_the_plan_and_the_plan_may_end_today() -> None:
    assert found("joint.plan", time_limit=DAY, tasks=(replace(TASK, from_on=DAY, due_on=DAY),)) == []


def test_nought_is_an_amount() -> None:
    assert found("joint.plan", funds=(Fund("各部门自行承担", 0, "部门预算"),)) == []


def test_every_fault_of_every_task_is_told_at_once() -> None:
    bad = (replace(TASK, agency=STRANGER, title=""), replace(TASK, due_on=LIMIT + timedelta(days=1)))
    assert [code for code, _, _ in found("joint.plan", tasks=bad)] == [
        "TASK_EMPTY", "TASK_OF_STRANGER", "TASK_NUMBER_TWICE", "TASK_PAST_LIMIT"]
