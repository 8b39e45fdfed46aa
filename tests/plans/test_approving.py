"""Review by justice and the decisions of the government, by each route of articles 9 and 17."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.plans import approving, materials
from shared.plans.commands import Approve, Present, Reject, Review, SendBack
from shared.plans.parts import Paper
from shared.plans.plan import Plan
from shared.plans.states import RETURNED, REVIEWED
from tests.plans.written import (
    DAY,
    JUSTICE,
    LEADER,
    LIMIT,
    OFFICE,
    OFFICER,
    PAPER,
    codes,
    context,
    plan,
    presented,
    refused,
    scan,
    submitted,
)

NUMBER = "荣司审字〔2025〕第3号"
PASSED, SENT_BACK = Review(True, NUMBER, "同意", OFFICER, LEADER), Review(False, NUMBER, "时限过长", OFFICER, LEADER)


def applied(plan: Plan) -> bool:
    """9: who applies to the government needs a written opinion of justice."""
    return plan.route == "apply"


def ordered(plan: Plan) -> bool:
    """17: of a plan that nobody applied for a meeting or the head of the government decides."""
    return plan.route in ("assigned", "direct")


def reviewing(route: str, said: Review, opinion: Any = applied) -> Any:
    return approving.review(submitted(plan(route)), said, context(JUSTICE), opinion=opinion)


# review

@pytest.mark.parametrize(("route", "opinion", "passed", "needed"), [
    ("submit", applied, True, []),                               # 9(一)
    ("submit", applied, False, ["NO_RETURN_REASONS"]),
    ("apply", applied, True, ["NO_OPINION"]),                    # 9(二)
    ("apply", applied, False, ["NO_RETURN_REASONS"]),
    ("apply", approving.always, True, ["NO_OPINION"]),           # 17(一)
    ("assigned", approving.always, True, ["NO_OPINION"]),        # 17(二)
    ("direct", approving.always, True, ["NO_OPINION"]),          # 17 ¶2
    ("direct", approving.always, False, ["NO_RETURN_REASONS"]),
])
def test_a_written_opinion_is_asked_for_by_the_route_and_on_every_return(
        route: str, opinion: Any, passed: bool, needed: list[str]) -> None:
    assert codes(reviewing, route, Review(passed, NUMBER, "", OFFICER, LEADER), opinion) == needed
    assert codes(reviewing, route, Review(passed, NUMBER, "见附件", OFFICER, LEADER), opinion) == []


@pytest.mark.parametrize(("said", "state"), [(PASSED, REVIEWED), (SENT_BACK, RETURNED)])
def test_a_plan_passes_or_goes_back(said: Review, state: str) -> None:
    outcome = reviewing("submit", said)
    assert (outcome.state, outcome.event, outcome.case.reviews[-1].said) == (state, state, said)


def test_number_officer_and_leader_of_an_opinion_lack_at_once() -> None:
    bad = Review(True, "3号", "", replace(OFFICER, name=""), "")
    assert refused(reviewing, "apply", bad) == [
        ("NO_OPINION", "", "opinion"), ("BAD_NUMBER", "internal", "number"), ("NO_OFFICER", "internal", "officer"),
        ("NO_LEADER", "internal", "leader")]


@pytest.mark.parametrize(("said", "found"), [
    (Present(NUMBER, "市政府常务会", OFFICER, LEADER), []),
    (Present("", "", OFFICER, ""), ["NOBODY_PRESENTED_TO", "BAD_NUMBER", "NO_LEADER"]),
])
def test_a_plan_is_presented_to_somebody_under_a_number(said: Present, found: list[str]) -> None:
    assert codes(approving.present, submitted(plan()), said, context(JUSTICE)) == found


# the government's decisions

DECISIONS = [
    (approving.approve, lambda paper: Approve(paper)),
    (approving.send_back, lambda paper: SendBack(paper, "先行试点")),
    (approving.reject, lambda paper: Reject(paper, "条件不成熟")),
]
NAMES = ("approve", "send back", "reject")
PAPERS = [
    (PAPER, []),
    (replace(PAPER, kind="letter"), [("UNKNOWN_PAPER", "internal", "paper.kind")]),
    (replace(PAPER, number=""), [("NO_PAPER_NUMBER", "internal", "paper.number")]),
    (replace(PAPER, decided_by=""), [("NOBODY_DECIDED", "", "paper.decided_by")]),
    (replace(PAPER, scan=2), [("NO_PAPER_SCAN", "internal", "paper.scan")]),
    (Paper("", "", "", 0), [("UNKNOWN_PAPER", "internal", "paper.kind"),
                            ("NO_PAPER_NUMBER", "internal", "paper.number"),
                            ("NOBODY_DECIDED", "", "paper.decided_by"), ("NO_PAPER_SCAN", "internal", "paper.scan")]),
]


@pytest.mark.parametrize(("decide", "said"), DECISIONS, ids=NAMES)
@pytest.mark.parametrize(("paper", "found"), PAPERS)
def test_a_decision_stands_on_its_whole_paper(
        decide: Any, said: Any, paper: Paper, found: list[tuple[str, str, str]]) -> None:
    assert refused(decide, presented(plan()), said(paper), context(OFFICE)) == found


@pytest.mark.parametrize(("decide", "said"), DECISIONS, ids=NAMES)
@pytest.mark.parametrize(("route", "kind", "found"), [
    ("submit", "instruction", []), ("submit", "minutes", []), ("submit", "reply", []),
    ("apply", "instruction", []), ("apply", "minutes", []), ("apply", "reply", []),
    ("assigned", "instruction", []), ("assigned", "minutes", []), ("assigned", "reply", ["OTHER_PAPER"]),
    ("direct", "instruction", []), ("direct", "minutes", []), ("direct", "reply", ["OTHER_PAPER"]),
])
def test_by_which_paper_depends_on_the_route(decide: Any, said: Any, route: str, kind: str, found: list[str]) -> None:
    before = presented(plan(route))
    assert codes(decide, before, said(replace(PAPER, kind=kind)), context(OFFICE), by_meeting_or_head=ordered) == found


@pytest.mark.parametrize("material", [scan("site_photo"), scan(digest="")], ids=("of another kind", "without a file"))
def test_a_scan_is_a_file_of_the_kind_approval(material: Any) -> None:
    before = materials.add_material(submitted(plan()), material, context(OFFICE)).case
    assert codes(approving.approve, before, Approve(PAPER), context(OFFICE)) == ["NO_PAPER_SCAN"]


def test_an_approved_plan_is_in_force_from_the_day_of_the_paper() -> None:
    day = DAY + timedelta(days=3)
    outcome = approving.approve(presented(plan()), Approve(PAPER), context(OFFICE, day))
    assert outcome.case.version.effective_on == day and outcome.case.approved
    assert outcome.facts["effective_on"] == day and outcome.facts["time_limit"] == LIMIT
    assert (outcome.facts["paper"], outcome.facts["number"], outcome.facts["conditions"]) == (
        "minutes", PAPER.number, 0)
    assert PAPER.decided_by not in repr(outcome.facts)


def test_approval_with_conditions_says_each() -> None:
    before = presented(plan())
    assert approving.approve(before, Approve(PAPER, ("先告知", "再实施")), context(OFFICE)).facts["conditions"] == 2
    assert refused(approving.approve, before, Approve(PAPER, ("先告知", "")), context(OFFICE)) == [
        ("CONDITION_EMPTY", "internal", "conditions.1")]


@pytest.mark.parametrize(("day", "warned"), [(LIMIT, []), (LIMIT + timedelta(days=1), ["LIMIT_HAS_PASSED"])])
def test_an_approval_that_comes_after_the_time_limit_is_warned_of(day: Any, warned: list[str]) -> None:
    outcome = approving.approve(presented(plan()), Approve(PAPER), context(OFFICE, day))
    assert [warning.code for warning in outcome.warnings] == warned


@pytest.mark.parametrize(("decide", "said"), [(approving.send_back, SendBack), (approving.reject, Reject)])
def test_what_the_government_does_not_approve_has_its_reasons(decide: Any, said: Any) -> None:
    before = presented(plan())
    assert refused(decide, before, said(PAPER, ""), context(OFFICE)) == [("NO_DECISION_REASONS", "", "reasons")]
    after = decide(before, said(PAPER, "条件不成熟"), context(OFFICE)).case
    assert not after.approved and after.decided[-1].approval is None
