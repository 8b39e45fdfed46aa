"""第五条: no agency rests on a plan."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.plans import guards, measures
from shared.plans.commands import AddRelated, RecordContinuation, RecordMeasure
from shared.plans.plan import RELATED
from tests.plans.written import (
    DAY,
    FIRST,
    JUSTICE,
    LEAD,
    LEADER,
    OFFICER,
    OTHER,
    STRANGER,
    codes,
    context,
    plan,
    refused,
    submitted,
)

MEASURE = RecordMeasure("责令停止施工", "成山大道1号", DAY, (OFFICER, OTHER), "已停工")
CHAPTERS = ("collab.interim_measure", "joint.interim_measure")


@pytest.mark.parametrize("items", CHAPTERS)
def test_a_measure_is_kept_with_who_took_it_and_under_which_version(items: str) -> None:
    outcome = measures.record_measure(submitted(plan()), MEASURE, context(FIRST), items=items)
    kept = outcome.case.measures[-1]
    assert (kept.agency, kept.said, kept.version) == (FIRST, MEASURE, 1)
    assert (outcome.facts["measure"], outcome.facts["taken_on"]) == (1, DAY)


@pytest.mark.parametrize("items", CHAPTERS)
def test_all_that_a_measure_lacks_is_told_at_once_with_its_article(items: str) -> None:
    bare = RecordMeasure("", "", DAY + timedelta(days=1), (OFFICER,), "")
    assert refused(measures.record_measure, plan(), bare, context(), items=items) == [
        ("MEASURE_EMPTY", "5", "what"), ("NO_MEASURE_PLACE", "internal", "where"),
        ("MEASURE_LATER", "internal", "taken_on"),
        ("TOO_FEW_OFFICERS", "internal", "officers"), ("NO_EFFECT", "internal", "effect")]


@pytest.mark.parametrize(("days", "found"), [(30, []), (31, ["MEASURE_EARLIER"]), (2000, ["MEASURE_EARLIER"])])
def test_a_measure_of_long_before_the_plan_is_none_of_it(days: int, found: list[str]) -> None:
    old = replace(MEASURE, taken_on=DAY - timedelta(days=days))
    assert codes(measures.record_measure, plan(), old, context(), items=CHAPTERS[0]) == found


def test_an_officer_without_a_licence_does_not_count() -> None:
    lone = replace(MEASURE, officers=(OFFICER, replace(OTHER, licence="")))
    assert codes(measures.record_measure, plan(), lone, context(), items=CHAPTERS[0]) == ["TOO_FEW_OFFICERS"]


@pytest.mark.parametrize(("said", "found"), [
    (RecordContinuation("照常巡查，依法立案", OFFICER, LEADER), []),
    (RecordContinuation("", OFFICER, ""), ["NO_CONTINUATION", "NO_LEADER"]),
])
def test_how_the_duties_go_on_is_said_and_signed(said: RecordContinuation, found: list[str]) -> None:
    assert codes(measures.record_continuation, plan(), said, context()) == found


def test_how_the_duties_go_on_is_said_once() -> None:
    said = RecordContinuation("照常巡查", OFFICER, LEADER)
    after = measures.record_continuation(plan(), said, context()).case
    assert [list(guards.not_continued(each, context())) != [] for each in (plan(), after)] == [False, True]


@pytest.mark.parametrize(("agency", "reason", "found"), [
    (STRANGER, "路权归其管理", []),
    (STRANGER, "", [("NO_REASON", "internal", "reason")]),
    (FIRST, "x", [("ALREADY_IN_PLAN", "5", "agency")]),
    (LEAD, "x", [("ALREADY_IN_PLAN", "5", "agency")]),
    ("jw", "x", [("UNKNOWN_RELATED", "3", "agency")]),
    ("nobody", "x", [("UNKNOWN_RELATED", "3", "agency")]),
])
def test_justice_adds_an_agency_that_the_plan_does_not_name(
        agency: str, reason: str, found: list[tuple[str, str, str]]) -> None:
    assert refused(measures.add_related, submitted(plan()), AddRelated(agency, reason), context(JUSTICE)) == found


def test_an_agency_added_is_in_the_plan_from_that_day_on() -> None:
    outcome = measures.add_related(submitted(plan()), AddRelated(STRANGER, "路权归其管理"), context(JUSTICE))
    assert outcome.case.parts_of(RELATED) == (STRANGER,) and outcome.facts["related"] == STRANGER
    assert codes(measures.add_related, outcome.case, AddRelated(STRANGER, "x"), context(JUSTICE)) == ["ALREADY_IN_PLAN"]
