"""变更方案: what may be changed, by whom it is approved, and who and what follows the new version."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from shared.plans import amending, materials
from shared.plans.commands import DecideAmendment, PresentAmendment, ReviewAmendment
from shared.plans.parts import Content, Fund, Handed, Paper, Participant
from shared.plans.plan import LEAD as LEADING
from shared.plans.plan import PARTICIPANT, Plan
from tests.plans.under_way import (
    ITEMS,
    LATER,
    amendment,
    declined,
    dispatched,
    passed,
    proposed,
    put_forward,
    ready,
    reported,
    started,
)
from tests.plans.written import (
    DAY,
    FIRST,
    JUSTICE,
    LEAD,
    LIMIT,
    OFFICE,
    OFFICER,
    SECOND,
    another,
    codes,
    content,
    context,
    refused,
    scan,
)

NOBODY = replace(OFFICER, name="")
MORE = content(funds=(Fund("勘验", 800_000, "本级财政"),))
FINER = content(tasks=tuple(replace(each, says="逐处勘验，留下影像") for each in content().tasks))
LONGER = content(time_limit=LIMIT + timedelta(days=30))
HANDED = (Handed("案卷", "case_file", 3),)
NEW_LEAD = content(lead=FIRST, participants=(Participant(LEAD, "移交和配合"), Participant(SECOND, "核查经营主体")))
NEXT = LATER + timedelta(days=1)


def guarded(guard: Callable[..., Any], plan: Plan) -> list[str]:
    return [refusal.code for refusal in guard(plan, context(on=LATER))]


def decided(plan: Plan, *, approved: bool = True, paper: Paper | None = None, on: date = NEXT, **more: Any) -> Any:
    said = DecideAmendment(approved, paper or another(plan), "" if approved else "暂不延长")
    return amending.decide(plan, said, context(OFFICE, on), **more)


def amended(plan: Plan, whole: Content, on: date = NEXT, **other: Any) -> Any:
    return decided(put_forward(passed(proposed(plan, whole, **other)).case), on=on)


# what is proposed

@pytest.mark.parametrize(("whole", "instead", "lacks"), [
    (MORE, {}, []),
    (MORE, {"minor": True}, [("NOT_MINOR", "minor")]),
    (FINER, {"minor": True}, []),
    (content(tasks=content().tasks[:1]), {"minor": True}, [("NOT_MINOR", "minor")]),
    (content(tasks=tuple(replace(each, agency=LEAD) for each in content().tasks)), {"minor": True},
     [("NOT_MINOR", "minor")]),
    (LONGER, {}, []),
    (LONGER, {"minor": True}, [("NOT_MINOR", "minor")]),
    (content(), {}, [("NOTHING_CHANGED", "content")]),
    (MORE, {"reason": "", "officer": NOBODY, "leader": ""},
     [("NO_REASON", "reason"), ("NO_OFFICER", "officer"), ("NO_LEADER", "leader")]),
    (MORE, {"handover": HANDED}, [("NOTHING_TO_HAND_OVER", "handover")]),
    (NEW_LEAD, {}, [("NO_HANDOVER", "handover")]),
    (NEW_LEAD, {"handover": HANDED}, []),
    (NEW_LEAD, {"handover": (*HANDED, Handed("", "case_file", 1))}, [("NO_HANDOVER", "handover.1")]),
    (NEW_LEAD, {"handover": (Handed("案卷", "box", 1),)}, [("NO_HANDOVER", "handover.0")]),
    (NEW_LEAD, {"handover": (Handed("案卷", "case_file", 0),)}, [("NO_HANDOVER", "handover.0")]),
    (content(safeguards=""), {}, [("NO_SAFEGUARDS", "content.safeguards")]),                    # a whole plan
    (content(time_limit=DAY), {},
     [("TASK_PAST_LIMIT", "content.tasks.0.due_on"), ("TASK_PAST_LIMIT", "content.tasks.1.due_on"),
      ("TIME_LIMIT_PAST", "content.time_limit")]),
])
def test_an_amendment_is_a_whole_plan_with_a_reason_and_minor_only_where_the_rulebook_lets_it(
        whole: Content, instead: Any, lacks: list[tuple[str, str]]) -> None:
    found = refused(amending.amend, started(), amendment(whole, **instead), context(on=LATER), items=ITEMS)
    assert sorted((code, where) for code, _, where in found) == sorted(lacks)


@pytest.mark.parametrize(("day", "lacks"), [(LIMIT, []), (LIMIT + timedelta(days=1), ["LIMIT_OVER"])])
def test_the_time_limit_is_changed_before_it_ends(day: date, lacks: list[str]) -> None:
    assert codes(amending.amend, started(), amendment(LONGER), context(on=day), items=ITEMS) == lacks


def test_of_an_action_that_has_not_begun_it_is_changed_after_it_too() -> None:
    late = LIMIT + timedelta(days=1)
    assert codes(amending.amend, ready(), amendment(LONGER), context(on=late), items=ITEMS) == []
    assert codes(amending.amend, ready(), amendment(MORE), context(on=late), items=ITEMS) == []


def test_past_its_limit_a_plan_that_keeps_it_may_still_be_amended() -> None:
    assert codes(amending.amend, started(), amendment(MORE), context(on=LIMIT + timedelta(days=1)), items=ITEMS) == []


@pytest.mark.parametrize("tasks", [
    content().tasks[:1], (content().tasks[0], replace(content().tasks[1], due_on=LATER)),
    (content().tasks[0], replace(content().tasks[1], agency=SECOND))])
def test_a_finished_task_is_neither_changed_nor_taken_out(tasks: Any) -> None:
    plan = reported(started(), FIRST, 2)
    found = refused(amending.amend, plan, amendment(content(tasks=tasks)), context(on=LATER), items=ITEMS)
    assert found == [("DONE_TASK_CHANGED", "internal", "content.tasks")]
    assert codes(amending.amend, started(), amendment(content(tasks=tasks)), context(on=LATER), items=ITEMS) == []


# its way

def test_each_step_has_its_turn() -> None:
    plan = started()
    steps = {"none": plan, "proposed": proposed(plan, LONGER)}
    steps["reviewed"] = passed(steps["proposed"]).case
    steps["presented"] = put_forward(steps["reviewed"])
    steps["amended"] = decided(steps["presented"]).case
    guards = (amending.none_open, amending.to_review, amending.to_present, amending.to_decide)
    nothing, under_way = ["NO_AMENDMENT"] * 3, ["AMENDMENT_OPEN"]
    assert {step: [code for guard in guards for code in guarded(guard, each)] for step, each in steps.items()} == {
        "none": nothing,
        "proposed": [*under_way, "AMENDMENT_NOT_REVIEWED", "AMENDMENT_NOT_PRESENTED"],
        "reviewed": [*under_way, "AMENDMENT_REVIEWED", "AMENDMENT_NOT_PRESENTED"],
        "presented": [*under_way, "AMENDMENT_REVIEWED", "AMENDMENT_PRESENTED"],
        "amended": nothing}


@pytest.mark.parametrize(("minor", "passes", "event", "versions"), [
    (True, True, "amended", 2), (True, False, "amendment_returned", 1),
    (False, True, "amendment_reviewed", 1), (False, False, "amendment_returned", 1)])
def test_a_minor_one_that_passes_its_review_is_in_force(minor: bool, passes: bool, event: str, versions: int) -> None:
    outcome = passed(proposed(started(), FINER, minor=minor), passed=passes)
    assert (outcome.event, len(outcome.case.versions)) == (event, versions)
    assert (outcome.case.amendment is None) == (event != "amendment_reviewed")


def test_a_review_and_a_presentation_are_documents() -> None:
    plan = proposed(started(), LONGER)
    empty = ReviewAmendment(True, "1号", "", NOBODY, "")
    assert codes(amending.review, plan, empty, context(JUSTICE)) == [
        "NO_AMENDMENT_OPINION", "BAD_NUMBER", "NO_OFFICER", "NO_LEADER"]
    said = PresentAmendment("1号", "", NOBODY, "")
    assert codes(amending.present, passed(plan).case, said, context(JUSTICE)) == [
        "NOBODY_PRESENTED_TO", "BAD_NUMBER", "NO_OFFICER", "NO_LEADER"]


def test_the_government_decides_on_a_paper_by_the_route_of_the_plan() -> None:
    plan = put_forward(passed(proposed(started(), LONGER)).case)
    reply = replace(another(plan), kind="reply")
    assert decided(plan, paper=reply).event == "amended"
    with pytest.raises(Exception, match="OTHER_PAPER"):
        decided(plan, paper=reply, by_meeting_or_head=lambda _: True)
    assert codes(amending.decide, plan, DecideAmendment(False, replace(another(plan), scan=9)), context(OFFICE)) == [
        "NO_PAPER_SCAN", "NO_REJECTION_REASONS"]
    refusal = decided(plan, approved=False)
    assert (refusal.event, refusal.case.amendment, refusal.case.content) == ("amendment_rejected", None, content())
    assert refusal.case.amendments[0].outcome == "rejected"


def test_one_that_was_overtaken_by_another_version_is_proposed_anew() -> None:
    plan = put_forward(passed(proposed(started(), LONGER)).case)
    other = replace(plan.version, number=2, effective_on=LATER, act="reassign")
    with pytest.raises(Exception, match="AMENDMENT_OVERTAKEN"):
        decided(replace(plan, versions=(*plan.versions, other)))


# what it does

def test_the_new_version_is_in_force_from_the_papers_day_and_the_old_one_ends_then() -> None:
    after = amended(started(), LONGER).case
    assert [(each.number, each.effective_on, each.effective_until, each.act) for each in after.versions] == [
        (1, DAY, NEXT, "draft"), (2, NEXT, None, "amend")]
    assert after.content == LONGER


def test_a_lead_that_is_replaced_goes_and_may_stay_as_a_participant() -> None:
    outcome = amended(started(), NEW_LEAD, handover=HANDED)
    after = outcome.case
    assert (after.parts_of(LEADING), after.parts_of(PARTICIPANT)) == ((FIRST,), (SECOND, LEAD))
    assert outcome.facts["replaces"] == {"lead": LEAD}
    assert outcome.facts["tasks"] == [{"item": "1", "bound": LEAD, "until": "2025-07-31"},
                                      {"item": "2", "bound": FIRST, "until": LIMIT.isoformat()}]
    assert [(each.part, each.since, each.until) for each in after.parties if each.agency == LEAD] == [
        (LEADING, DAY, LATER), (PARTICIPANT, NEXT, None)]


def test_who_is_left_out_goes_with_the_plan_as_it_was_and_owes_nothing_more() -> None:
    whole = content(participants=(Participant(SECOND, "核查"), Participant("jtj", "疏导")),
                    tasks=(content().tasks[0], replace(content().tasks[1], agency="jtj")))
    outcome = amended(dispatched(), whole)
    after = outcome.case
    assert after.parts_of(PARTICIPANT) == (SECOND, "jtj")
    assert [(each.agency, each.version.content.time_limit, each.version.number) for each in after.left] == [
        (FIRST, LIMIT, 1)]
    assert outcome.facts["dispatch"] == [{"item": "1", "bound": FIRST, "until": ""}]
    assert outcome.facts["participant"] == [FIRST]
    assert {"item": "2", "bound": "jtj", "until": LIMIT.isoformat()} in outcome.facts["tasks"]


def test_one_that_declined_stays_out_until_it_is_named_anew() -> None:
    plan = declined(started(), SECOND, LATER)
    assert SECOND not in amended(plan, MORE).case.parts_of(PARTICIPANT)
    without = content(participants=content().participants[:1])
    outcome = amended(plan, without)
    assert outcome.facts["participant"] == [SECOND]
    again = amended(outcome.case, content(), on=NEXT + timedelta(days=1))
    assert SECOND in again.case.parts_of(PARTICIPANT)


def test_before_the_start_no_task_runs() -> None:
    outcome = amended(ready(), LONGER)
    assert (outcome.facts["tasks"], outcome.facts["time_limit"]) == ([], LONGER.time_limit)


def test_a_task_that_is_gone_is_told_as_gone() -> None:
    outcome = amended(started(), content(tasks=content().tasks[:1]))
    assert outcome.facts["tasks"] == [{"item": "1", "bound": LEAD, "until": "2025-07-31"},
                                      {"item": "2", "bound": FIRST, "until": ""}]


def test_the_paper_is_a_material_of_the_plan() -> None:
    plan = put_forward(passed(proposed(started(), LONGER)).case)
    second = materials.add_material(plan, scan(), context(OFFICE)).case
    assert decided(second, paper=replace(another(second), scan=2)).case.amendments[0].decided.paper.scan == 2
