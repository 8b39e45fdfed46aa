"""更正 of what plans share: what may be corrected, where it is kept, and what follows a true date."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from shared.acts.correct import Correct
from shared.acts.corrections import Correction, Original, paths, text_at
from shared.acts.model import Outcome
from shared.contracts.personal import Personal
from shared.plans import amending, approving, deciding, drafting, ending, findings, materials, measures, running
from shared.plans import commands as said
from shared.plans.corrections import CORRECTABLE, ROWS, correcting, dates_agree
from shared.plans.parts import Handed, Participant
from shared.plans.plan import LEAD as LEADING
from shared.plans.plan import PARTICIPANT, Plan
from tests.plans.under_way import DISPATCH as ORDER
from tests.plans.under_way import (
    ITEMS,
    LATER,
    amendment,
    decision,
    finding,
    passed,
    presumed,
    proposed,
    put_forward,
    report,
    started,
    suspended,
)
from tests.plans.written import (
    DAY,
    FIRST,
    JUSTICE,
    LEAD,
    LEADER,
    LIMIT,
    NUMBER,
    OFFICE,
    OFFICER,
    OTHER,
    PAPER,
    SECOND,
    another,
    approved,
    codes,
    consulted,
    content,
    context,
    plan,
    presented,
    scan,
    submitted,
)
from tests.situations.city import noon

NEXT = LATER + timedelta(days=1)
TODAY = LATER + timedelta(days=30)
WHOLE = content(lead=FIRST, participants=(Participant(LEAD, "移交"), Participant("jtj", "疏导")),
                tasks=tuple(replace(each, agency=FIRST) for each in content().tasks))
DISPATCH = replace(ORDER, meeting=replace(ORDER.meeting, at=noon(TODAY)))
HANDED = (Handed("案卷", "case_file", 1),)
correct = correcting(ROWS, lambda before, after, context: ())


def original(act: str, command: Any, outcome: Outcome[Plan], agency: str, on: date, event: str = "") -> Original:
    return Original("e1", act, f"joint.{event or act}", agency, command, on, noon(on), False, outcome.facts, DAY, TODAY,
                    False, True, DAY, frozenset(), command, on)


def corrected(before: Plan, its: Original, field: str, new: str, number: str = "荣住建协更字〔2025〕第1号",
              old: str | None = None) -> Plan:
    stands = old if old is not None else text_at(its, field)
    told = Correction("e1", field, Personal(stands), Personal(new), "笔误", its)
    return correct(before, Correct(told, OFFICER, LEADER, number), context(its.agency, TODAY)).case


# every act that plans share: how it is done, and on what

def with_unclear(plan: Plan) -> Plan:
    """With a finding of FIRST's of which nobody says whose it is."""
    return findings.record_finding(plan, finding(remit="unclear", agency=""), context(FIRST)).case


def _acts() -> dict[str, tuple[Any, Plan, Any, str, str]]:
    """act -> its decision, the plan before, the command, the agency, an event where it is not the act's usual one."""
    draft, under_way = plan(), started()
    sub, pres = submitted(plan()), presented(submitted(plan()))
    asked = consulted(draft)
    open_ = proposed(under_way, WHOLE, handover=HANDED)
    reviewed = passed(open_).case
    sent = running.dispatch(under_way, DISPATCH, context(on=LATER)).case
    return {
        "consult": (drafting.consult, draft, said.Consult((FIRST,), TODAY, OFFICER), LEAD, ""),
        "answer-consultation": (drafting.answer, asked, said.Answer("agree", "无意见", OFFICER), FIRST, ""),
        "withdraw": (drafting.withdraw, sub, said.Withdraw("另行处理", OFFICER, LEADER), LEAD, ""),
        "review": (_review, sub, said.Review(True, NUMBER, "同意", OFFICER, LEADER), JUSTICE, ""),
        "present": (approving.present, sub, said.Present(NUMBER, "常务会", OFFICER, LEADER), JUSTICE, ""),
        "approve": (approving.approve, pres, said.Approve(PAPER), OFFICE, ""),
        "return-plan": (approving.send_back, pres, said.SendBack(PAPER, "再议"), OFFICE, ""),
        "reject": (approving.reject, pres, said.Reject(PAPER, "不宜"), OFFICE, ""),
        "record-interim-measure": (_measure, sub, said.RecordMeasure("责令停止", "滨海路", DAY, (OFFICER, OTHER), "停工"),
                                   LEAD, ""),
        "record-continuation": (measures.record_continuation, sub,
                                said.RecordContinuation("按日巡查", OFFICER, LEADER), LEAD, ""),
        "add-related": (measures.add_related, sub, said.AddRelated("jtj", "道路"), JUSTICE, ""),
        "add-material": (materials.add_material, sub, scan("other"), LEAD, ""),
        "start": (running.start, approved(sub), said.Start("启动会", OFFICER), LEAD, ""),
        "dispatch": (running.dispatch, under_way, DISPATCH, LEAD, ""),
        "confirm-dispatch": (running.confirm_dispatch, sent, said.ConfirmDispatch(1, False, reason="值守"), FIRST, ""),
        "report-task": (running.report_task, under_way, report(2), FIRST, ""),
        "record-decision": (deciding.record_decision, under_way, decision(), FIRST, ""),
        "record-finding": (findings.record_finding, under_way, finding(), FIRST, ""),
        "settle-finding": (findings.settle_finding, with_unclear(under_way),
                           said.SettleFinding(1, OFFICER, reason="查否"), FIRST, ""),
        "suspend": (running.suspend, under_way, said.Suspend("台风", OFFICER, LEADER), LEAD, ""),
        "resume": (running.resume, suspended(under_way, LATER), said.Resume("过境", OFFICER, LEADER), LEAD, ""),
        "terminate": (ending.terminate, under_way, said.Terminate("另有安排", OFFICER, LEADER), LEAD, ""),
        "end": (ending.end, under_way, said.End("清理完毕", OFFICER), LEAD, ""),
        "amend": (_amend, under_way, amendment(WHOLE, handover=HANDED), LEAD, ""),
        "review-amendment": (amending.review, open_, said.ReviewAmendment(True, NUMBER, "同意", OFFICER, LEADER), JUSTICE,
                             "amendment_reviewed"),
        "present-amendment": (amending.present, reviewed, said.PresentAmendment(NUMBER, "常务会", OFFICER, LEADER),
                              JUSTICE, ""),
        "decide-amendment": (amending.decide, put_forward(reviewed),
                             said.DecideAmendment(True, another(put_forward(reviewed))), OFFICE,
                             "amended"),
    }


def _review(before: Plan, command: Any, circumstances: Any) -> Any:
    return approving.review(before, command, circumstances, opinion=approving.always)


def _measure(before: Plan, command: Any, circumstances: Any) -> Any:
    return measures.record_measure(before, command, circumstances, items="joint.interim_measure")


def _amend(before: Plan, command: Any, circumstances: Any) -> Any:
    return amending.amend(before, command, circumstances, items=ITEMS)


ACTS = _acts()
SUBMIT = said.Submit(NUMBER, OFFICER, LEADER)


def test_every_act_that_plans_share_has_one_row() -> None:
    assert {row.act for row in CORRECTABLE} == {*ACTS, "submit"}
    assert len(ROWS) == len(CORRECTABLE)


@pytest.mark.parametrize("act", ACTS)
def test_a_row_names_fields_of_its_command_only(act: str) -> None:
    assert {field.path for field in ROWS[act].fields} <= set(paths(type(ACTS[act][2])))


@pytest.mark.parametrize("act", ACTS)
def test_what_an_act_said_is_found_where_the_plan_keeps_it_and_said_rightly_there(act: str) -> None:
    decide, before, command, agency, event = ACTS[act]
    outcome = decide(before, command, context(agency, LATER))
    its = original(act, command, outcome, agency, LATER, event)
    words = [field.path for field in ROWS[act].fields if not field.codes and _plain(its, field.path)]
    assert words
    for field in words:
        new = {"taken_on": (DAY - timedelta(days=1)).isoformat()}.get(field, _other(text_at(its, field)))
        after = corrected(outcome.case, its, field, new)
        assert after.corrections[-1].new.value == new
        assert replace(after, corrections=()) != outcome.case
        assert ROWS[act].put(after, its, command, LATER) is None                        # what it said stands no more


def _plain(its: Original, field: str) -> bool:
    return bool(text_at(its, field))


def _other(text: str) -> str:
    """Another value of the same shape."""
    if text in ("true", "false"):
        return "false" if text == "true" else "true"
    return str(int(text) + 1) if text.isdigit() else f"{text}（更正）"


@pytest.mark.parametrize(("act", "document"), [
    ("withdraw", True), ("review", True), ("suspend", True), ("amend", True), ("record-continuation", True),
    ("approve", False), ("record-decision", False), ("start", False), ("report-task", False), ("end", False)])
def test_an_outward_document_is_corrected_by_a_document(act: str, document: bool) -> None:
    decide, before, command, agency, event = ACTS[act]
    its = original(act, command, decide(before, command, context(agency, LATER)), agency, LATER, event)
    field = next(each.path for each in ROWS[act].fields if not each.codes and _plain(its, each.path))
    told = Correction("e1", field, Personal(text_at(its, field)), Personal(_other(text_at(its, field))), "笔误", its)
    bare = Correct(told, replace(OFFICER, name=""))
    plan_ = decide(before, command, context(agency, LATER)).case
    assert codes(correct, plan_, bare, context(agency, TODAY)) == (
        ["BAD_NUMBER", "NO_OFFICER", "NO_LEADER"] if document else [])


# true dates

def dated(act: str, on: date = LATER) -> tuple[Plan, Original]:
    decide, before, command, agency, event = ACTS[act]
    outcome = decide(before, command, context(agency, on))
    return outcome.case, original(act, command, outcome, agency, on, event)


RIGHT = LATER + timedelta(days=2)


@pytest.mark.parametrize(("act", "kept"), [
    ("start", lambda after: after.started_on), ("suspend", lambda after: after.pauses[-1].on),
    ("resume", lambda after: after.pauses[-1].resumed_on), ("end", lambda after: after.ending.on),
    ("terminate", lambda after: after.ending.on), ("review", lambda after: after.reviews[-1].on),
    ("report-task", lambda after: after.task_reports[-1].on), ("record-decision", lambda after: after.decisions[-1].on),
    ("record-finding", lambda after: after.findings[-1].on),
    ("settle-finding", lambda after: after.findings[-1].settled_on),
    ("dispatch", lambda after: after.dispatches[-1].on),
    ("amend", lambda after: after.amendments[-1].on), ("withdraw", lambda after: after.withdrawn_on),
    ("add-material", lambda after: after.materials[-1].added_on),
    ("approve", lambda after: after.versions[0].effective_on),
])
def test_a_true_date_is_corrected_where_it_stands(act: str, kept: Any) -> None:
    before, its = dated(act)
    assert kept(before) == LATER
    assert kept(corrected(before, its, "happened_on", RIGHT.isoformat())) == RIGHT


def test_with_the_submissions_true_date_its_participants_are_in_the_plan() -> None:
    asked = consulted(plan(), FIRST)
    after = submitted(asked, LATER)
    outcome = Outcome(after, {})
    moved = corrected(after, original("submit", SUBMIT, outcome, LEAD, LATER), "happened_on", RIGHT.isoformat())
    assert {each.agency: each.since for each in moved.parties if each.part == PARTICIPANT} == {
        FIRST: DAY, SECOND: RIGHT}


def test_with_the_day_of_an_amendment_moves_its_version_and_who_came_and_went() -> None:
    before, its = dated("decide-amendment", NEXT)
    after = corrected(before, its, "happened_on", RIGHT.isoformat())
    assert [(each.effective_on, each.effective_until) for each in after.versions] == [(DAY, RIGHT), (RIGHT, None)]
    eve = RIGHT - timedelta(days=1)
    assert {(each.part, each.agency): (each.since, each.until) for each in after.parties if each.since != DAY} == {
        (LEADING, FIRST): (RIGHT, None), (PARTICIPANT, LEAD): (RIGHT, None), (PARTICIPANT, "jtj"): (RIGHT, None)}
    assert {each.agency for each in after.parties if each.until == eve} == {LEAD, FIRST, SECOND}
    assert {each.on for each in after.left} == {RIGHT}


def test_dates_that_would_disagree_are_refused() -> None:
    reported = running.report_task(started(), report(2), context(FIRST, LATER)).case
    its = original("start", said.Start("启动会", OFFICER), Outcome(reported, {}), LEAD, DAY)
    told = Correction("e1", "happened_on", Personal(DAY.isoformat()), Personal(RIGHT.isoformat()), "笔误", its)
    assert codes(correct, reported, Correct(told, OFFICER), context(on=TODAY)) == ["DATES_DISAGREE"]
    assert all(dates_agree(reported))


def test_an_end_is_set_right_to_no_day_before_what_was_done_up_to_it() -> None:
    reported = running.report_task(started(), report(2), context(FIRST, LATER)).case
    command = said.End("清理完毕", OFFICER)
    outcome = ending.end(reported, command, context(on=NEXT))
    its = original("end", command, outcome, LEAD, NEXT)
    early = Correction("e1", "happened_on", Personal(NEXT.isoformat()),
                       Personal((LATER - timedelta(days=1)).isoformat()), "笔误", its)
    assert codes(correct, outcome.case, Correct(early, OFFICER), context(on=TODAY)) == ["DATES_DISAGREE"]
    after = corrected(outcome.case, its, "happened_on", LATER.isoformat())
    assert after.ending is not None and after.ending.on == LATER


def test_the_day_of_an_end_that_was_presumed_is_no_act_that_could_be_set_right() -> None:
    past = LIMIT + timedelta(days=8)
    command = said.End("清理完毕", OFFICER, LATER)
    outcome = ending.end(presumed(), command, context(on=past))
    assert outcome.case.ending is not None and outcome.case.ending.on == LATER
    its = replace(original("end", command, outcome, LEAD, past), last=past)
    told = Correction("e1", "happened_on", Personal(past.isoformat()), Personal(LIMIT.isoformat()), "笔误", its)
    assert codes(correct, outcome.case, Correct(told, OFFICER), context(on=past)) == ["SUPERSEDED"]
    after = corrected(outcome.case, its, "says", "全部清理完毕")
    assert after.ending is not None and after.ending.ended is not None and after.ending.ended.says == "全部清理完毕"


def test_a_fine_is_corrected_to_a_fine_only() -> None:
    before, its = dated("record-decision")
    for field, new in (("fine", "-1"), ("kind", "correction")):
        told = Correction("e1", field, Personal(text_at(its, field)), Personal(new), "笔误", its)
        assert codes(correct, before, Correct(told, OFFICER), context(FIRST, TODAY)) == ["FINE_SHAPE"]


def test_the_day_that_was_presumed_is_corrected_by_no_correction() -> None:
    noted = LIMIT + timedelta(days=8)
    end = said.End("清理完毕", OFFICER, LIMIT)
    outcome = ending.end(presumed(), end, context(on=noted))
    its = replace(original("end", end, outcome, LEAD, noted, "end_corrected"), last=noted + timedelta(days=30))
    told = Correction("e1", "happened_on", Personal(noted.isoformat()), Personal(LIMIT.isoformat()), "笔误", its)
    later = context(on=noted + timedelta(days=9))
    assert codes(correct, outcome.case, Correct(told, OFFICER), later) == ["SUPERSEDED"]


def test_what_has_no_row_and_no_field_is_not_corrected() -> None:
    before, its = dated("start")
    unknown = Correction("e1", "number", Personal(""), Personal("1"), "笔误", its)
    assert codes(correct, before, Correct(unknown, OFFICER), context(on=TODAY)) == ["UNKNOWN_FIELD"]
    no_row = Correction("e1", "says", Personal(""), Personal("1"), "笔误", replace(its, act="dance"))
    assert codes(correct, before, Correct(no_row, OFFICER), context(on=TODAY)) == ["NO_SUCH_ENTRY"]
