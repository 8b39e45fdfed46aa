"""A plan from its first line to its submission: who it is known to, who is asked, who owes an answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.deadlines import rules
from shared.deadlines.model import Deadline, Happened
from shared.plans import drafting, guards
from shared.plans.commands import Answer, Consult, Submit, Withdraw
from shared.plans.parts import Content, Participant
from shared.plans.plan import LEAD as LEADS
from shared.plans.plan import PARTICIPANT, Plan
from shared.plans.refusals import NO_REASON
from shared.plans.states import ASSIGNED, DRAFT, RETURNED
from tests.plans.written import (
    BOOK,
    DAY,
    FIRST,
    LEAD,
    LEADER,
    LIMIT,
    NOTHING_LACKS,
    NUMBER,
    OFFICER,
    SECOND,
    STRANGER,
    codes,
    consulted,
    content,
    context,
    plan,
    refused,
    submitted,
)
from tests.situations.city import calendar, noon

NEXT = DAY + timedelta(days=1)
ALONE = content(participants=(Participant(FIRST, "现场处置"),))


def submitting(before: Plan, command: Submit | None = None, lacks: Any = lambda *_: NOTHING_LACKS, **more: Any) -> Any:
    return drafting.submit(before, command or Submit(NUMBER, OFFICER, LEADER), context(**more), items="joint.plan",
                           lacks=lacks, tells=lambda _: {"grounds": ["15-1"]})


def answered(before: Plan, agency: str, answer: str = "agree") -> Plan:
    return drafting.answer(before, Answer(answer, "按分工增加人手", OFFICER), context(agency)).case


# drafting

def test_a_draft_may_lack_everything_but_its_lead() -> None:
    empty = drafting.opened(Plan, LEAD, Content(), "submit", DAY)
    outcome = drafting.drafted(empty, context(), {"grounds": []})
    assert outcome.state == DRAFT and outcome.facts == {
        "lead": LEAD, "participants": [], "route": "submit", "version": 1, "grounds": []}
    assert empty.content.lead == LEAD and empty.parts_of(LEADS) == (LEAD,)


@pytest.mark.parametrize(("lead", "codes"), [("", []), (LEAD, []), (FIRST, ["LEAD_IS_OTHER"])])
def test_who_drafts_leads(lead: str, codes: list[str]) -> None:
    found = [refusal.code for holds, refusal in drafting.written(Content(lead=lead), context()) if not holds]
    assert found == codes


def test_after_the_last_day_the_event_of_an_opening_names_the_basis() -> None:
    late = BOOK.valid_to + timedelta(days=1) if BOOK.valid_to else DAY
    told = drafting.drafted(plan(), context(on=late), {}).facts
    assert told["basis"] == BOOK.bases[0].document and "basis" not in drafting.drafted(plan(), context(), {}).facts


@pytest.mark.parametrize("state", [ASSIGNED, DRAFT, RETURNED])
def test_a_plan_written_anew_keeps_its_state_its_lead_and_its_one_version(state: str) -> None:
    outcome = drafting.revised(plan().moved(state), replace(ALONE, lead=""), context(on=NEXT), {})
    assert (outcome.state, outcome.event) == (state, "revised")
    assert [(each.number, each.content) for each in outcome.case.versions] == [(1, ALONE)]


def test_whom_the_lead_writes_out_of_a_draft_has_no_part_in_it_and_owes_no_answer() -> None:
    asked = answered(consulted(plan()), FIRST)
    outcome = drafting.revised(asked, replace(ALONE, participants=()), context(on=NEXT), {})
    assert outcome.case.parts_of(PARTICIPANT) == ()
    assert outcome.facts["consultation"] == [{"item": "1", "bound": SECOND, "until": ""}]
    assert [(each.agency, each.on, each.state, each.version.content) for each in outcome.case.left] == [
        (SECOND, NEXT, DRAFT, asked.content), (FIRST, NEXT, DRAFT, asked.content)]
    assert [each.until for each in outcome.case.parties] == [None, DAY, DAY]


def test_the_clock_of_an_answer_stands_for_whom_the_draft_still_names() -> None:
    asked = consulted(plan())
    due = {"consultation": [{"item": "1", "bound": each, "until": LIMIT} for each in (FIRST, SECOND)], "due_on": LIMIT}
    running = applied((), "consulted", due)
    assert [each.bound for each in running] == [FIRST, SECOND]
    same = drafting.revised(asked, asked.content, context(), {}).facts
    assert applied(running, "revised", same) == running
    narrower = drafting.revised(asked, ALONE, context(), {}).facts
    assert [each.bound for each in applied(running, "revised", narrower)] == [FIRST]


def applied(running: tuple[Deadline, ...], event: str, facts: Mapping[str, Any]) -> tuple[Deadline, ...]:
    """The clocks of consultations that run after an event."""
    happened = Happened("e-" + event, f"collab.{event}", "case", DAY, noon(DAY), facts, {"lead": (LEAD,)}, False)
    now = {each.id: each for each in running}
    for change in rules.apply(BOOK, calendar(), running, happened):
        now[change.deadline.id] = change.deadline
    return tuple(each for each in now.values() if each.live and each.clock == "collab.consultation")


def test_a_plan_written_anew_with_the_same_agencies_ends_no_answer() -> None:
    assert drafting.revised(consulted(plan()), content(title="新"), context(), {}).facts["consultation"] == []


# consulting

def test_who_is_consulted_is_a_participant_from_that_day_each_until_the_same_day() -> None:
    due = DAY + timedelta(days=5)
    outcome = drafting.consult(plan(), Consult((FIRST, SECOND), due, OFFICER), context())
    assert outcome.case.parts_of(PARTICIPANT) == (FIRST, SECOND)
    assert outcome.facts["consultation"] == [{"item": "1", "bound": each, "until": due} for each in (FIRST, SECOND)]
    assert outcome.facts["participants"] == [FIRST, SECOND]


@pytest.mark.parametrize(("said", "found"), [
    (Consult((), NEXT, OFFICER), [("NOBODY_CONSULTED", "internal", "agencies")]),
    (Consult((FIRST, FIRST), NEXT, OFFICER), [("NOBODY_CONSULTED", "internal", "agencies")]),
    (Consult((FIRST, STRANGER), NEXT, OFFICER), [("CONSULTED_STRANGER", "internal", "agencies.1")]),
    (Consult((LEAD,), NEXT, OFFICER), [("CONSULTED_STRANGER", "internal", "agencies.0")]),
    (Consult((FIRST,), DAY, OFFICER), [("ANSWER_DAY_PAST", "internal", "due_on")]),
    (Consult((FIRST,), NEXT, replace(OFFICER, licence="")), [("NO_OFFICER", "internal", "officer")]),
])
def test_a_consultation_asks_participants_of_the_plan_for_a_day_to_come(
        said: Consult, found: list[tuple[str, str, str]]) -> None:
    assert refused(drafting.consult, plan(), said, context()) == found


def test_an_agency_that_the_register_no_longer_has_is_not_asked() -> None:
    gone = plan(participants=(Participant("yls", "绿化"),), tasks=())
    assert codes(drafting.consult, gone, Consult(("yls",), NEXT, OFFICER), context()) == ["CONSULTED_STRANGER"]


def test_an_answer_meets_the_consultation_that_asked_last() -> None:
    again = consulted(answered(consulted(plan()), FIRST), FIRST, on=NEXT)
    outcome = drafting.answer(again, Answer("object", "人手不足", OFFICER), context(FIRST, NEXT))
    assert outcome.facts["consultation"] == "2" and outcome.facts["answer"] == "object"
    assert [[each.agency for each in one.answers] for one in outcome.case.consultations] == [[FIRST], [FIRST]]


@pytest.mark.parametrize(("said", "found"), [
    (Answer("agree", "", OFFICER), []),
    (Answer("maybe", "x", OFFICER), ["UNKNOWN_ANSWER"]),
    (Answer("amend", "", OFFICER), ["ANSWER_EMPTY"]),
    (Answer("object", "", replace(OFFICER, phone="")), ["ANSWER_EMPTY", "NO_OFFICER"]),
])
def test_who_does_not_agree_says_why(said: Answer, found: list[str]) -> None:
    assert codes(drafting.answer, consulted(plan()), said, context(FIRST)) == found


@pytest.mark.parametrize(("before", "agency", "found"), [
    (plan(), FIRST, ["NOT_CONSULTED"]),
    (consulted(plan(), FIRST), FIRST, []),
    (consulted(plan(), FIRST), SECOND, ["NOT_CONSULTED"]),
    (answered(consulted(plan(), FIRST), FIRST), FIRST, ["ALREADY_ANSWERED"]),
    (consulted(answered(consulted(plan(), FIRST), FIRST), FIRST), FIRST, []),
])
def test_an_answer_is_given_once_each_time_it_is_asked_for(before: Plan, agency: str, found: list[str]) -> None:
    assert [refusal.code for refusal in guards.asked(before, context(agency))] == found


# submitting

def test_a_submission_makes_every_participant_a_party() -> None:
    outcome = submitting(plan())
    assert outcome.case.parts_of(PARTICIPANT) == (FIRST, SECOND) and outcome.warnings == ()
    assert outcome.facts == {"lead": LEAD, "participants": [FIRST, SECOND], "route": "submit", "version": 1,
                             "number": NUMBER, "time_limit": LIMIT, "unanswered": [], "grounds": ["15-1"]}


def test_items_grounds_number_and_signatures_are_refused_at_once() -> None:
    bare = plan(funds=(), safeguards="")
    found = refused(submitting, bare, Submit("12号", replace(OFFICER, name=""), ""),
                    lacks=lambda *_: (NO_REASON.at("grounds.0.reason"),))
    assert found == [("NO_FUNDS", "18", "content.funds"), ("NO_SAFEGUARDS", "18", "content.safeguards"),
                     ("NO_REASON", "internal", "grounds.0.reason"), ("BAD_NUMBER", "internal", "number"),
                     ("NO_OFFICER", "internal", "officer"), ("NO_LEADER", "internal", "leader")]


@pytest.mark.parametrize(("before", "silent"), [
    (plan(), []),
    (consulted(plan()), [FIRST, SECOND]),
    (answered(consulted(plan()), SECOND), [FIRST]),
    (answered(answered(consulted(plan()), SECOND), FIRST), []),
    (consulted(answered(consulted(plan(), FIRST), FIRST), FIRST), [FIRST]),
])
def test_who_was_asked_and_is_silent_is_named_and_refuses_nothing(before: Plan, silent: list[str]) -> None:
    outcome = submitting(before)
    assert outcome.facts["unanswered"] == silent
    assert [warning.code for warning in outcome.warnings] == (["CONSULTED_SILENT"] if silent else [])


def test_a_submission_after_a_return_keeps_the_parts_and_adds_the_new() -> None:
    back = submitted(plan(participants=(Participant(FIRST, "a"),))).moved(RETURNED)
    wider = drafting.revised(back, content(), context(on=NEXT), {}).case
    again = submitting(wider, on=NEXT).case
    assert [(each.agency, each.since) for each in again.parties if each.part == PARTICIPANT] == [
        (FIRST, DAY), (SECOND, NEXT)]
    assert len(again.submissions) == 2


@pytest.mark.parametrize(("said", "found"), [
    (Withdraw("情况已消除", OFFICER, LEADER), []),
    (Withdraw("", OFFICER, ""), ["NO_REASON", "NO_LEADER"]),
])
def test_a_withdrawal_has_a_reason_and_a_signature(said: Withdraw, found: list[str]) -> None:
    assert codes(drafting.withdraw, plan(), said, context()) == found
