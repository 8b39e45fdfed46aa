"""更正 of chapter 2's own acts: what may be corrected, where the plan keeps it, and what follows a true date."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.collab import corrections, declining, reporting
from services.collab.commands import AnswerQuestion, Given, QuestionDecline
from services.collab.corrections import CORRECTABLE, ROWS
from services.collab.domain import ACTS
from services.collab.plan import Collab
from shared.acts.correct import Correct
from shared.acts.corrections import Correction, Original, paths, text_at
from shared.acts.model import Outcome
from shared.acts.succession import ASSIGN, SUCCEED
from shared.contracts.personal import Personal
from shared.plans.plan import PARTICIPANT
from tests.collab.made import plan
from tests.collab.test_declining import DECLINE, TASK, declined, reassign
from tests.collab.test_declining import LATER as DAY
from tests.collab.test_reporting import ADDED, WAITING, delivered, ended
from tests.plans.test_corrections import original
from tests.plans.written import FIRST, LEADER, OFFICER, context
from tests.plans.written import LEAD as LEADING

RIGHT = DAY + timedelta(days=2)
TODAY = DAY + timedelta(days=20)
OWN = {"draft", "decline", "question-decline", "answer-question", "reassign", "report", "add-closing-report"}


def questioned() -> Collab:
    said = QuestionDecline(FIRST, "如何适用", OFFICER)
    return declining.question(declined(plan("running")), said, context("sfj", DAY)).case


def done(act: str) -> tuple[Collab, Original]:
    """The act done on its day, and as the journal keeps it."""
    decide, before, command, agency = {
        "decline": (declining.decline, plan("running"), DECLINE, FIRST),
        "question-decline": (declining.question, declined(plan("running")), QuestionDecline(FIRST, "如何适用", OFFICER),
                             "sfj"),
        "answer-question": (declining.answer, questioned(), AnswerQuestion("该条限于本辖区", OFFICER), FIRST),
        "reassign": (declining.reassign, declined(plan("running")), reassign(Given(TASK, LEADING)), LEADING),
        "report": (reporting.report, ended(), WAITING, LEADING),
        "add-closing-report": (reporting.add_closing_report, delivered(), ADDED, LEADING),
    }[act]
    outcome: Outcome[Collab] = decide(before, command, context(agency, DAY))  # type: ignore[operator]
    return outcome.case, replace(original(act, command, outcome, agency, DAY), last=TODAY)  # type: ignore[arg-type]


def corrected(act: str, field: str, new: str) -> Collab:
    before, its = done(act)
    told = Correction("e1", field, Personal(text_at(its, field)), Personal(new), "笔误", its)
    said = Correct(told, OFFICER, LEADER, "荣住建协更字〔2025〕第1号")
    outcome: Outcome[Collab] = corrections.correct(before, said, context(its.agency, TODAY))
    return outcome.case


def test_every_own_act_but_the_draft_has_a_row() -> None:
    assert {row.act for row in CORRECTABLE} == OWN - {"draft"}
    names = {act.name for act in ACTS}
    assert set(ROWS) <= names, "no row of an act that the chapter has not"
    assert names - set(ROWS) == {
        "draft", "correct", "presume-end", "note-hand-on", "note-filing-return", SUCCEED, ASSIGN}


@pytest.mark.parametrize("row", CORRECTABLE, ids=lambda row: row.act)
def test_a_row_names_fields_of_its_command_only(row: Any) -> None:
    command = next(act.command for act in ACTS if act.name == row.act)
    assert {field.path for field in row.fields} <= set(paths(command))


@pytest.mark.parametrize(("act", "field"), [
    ("decline", "law_text"), ("question-decline", "question"),
    ("answer-question", "says"), ("reassign", "reason"), ("report", "says"),
    ("report", "open_case"), ("add-closing-report", "officer.name")])
def test_what_an_act_said_is_said_rightly_where_the_plan_keeps_it(act: str, field: str) -> None:
    before, its = done(act)
    after = corrected(act, field, "应为此")
    assert "应为此" in repr((after.declined, after.reports)) and after.corrections[-1].field == field
    assert ROWS[act].put(after, its, its.command, DAY) is None, "what it said stands no more"
    assert before.state == after.state and before.parties == after.parties


def test_with_the_day_of_a_notice_moves_the_end_of_the_part() -> None:
    after = corrected("decline", "happened_on", RIGHT.isoformat())
    gone = next(each for each in after.parties if each.part == PARTICIPANT and each.agency == FIRST)
    assert gone.until == RIGHT - timedelta(days=1)
    assert [each.on for each in after.left] == [RIGHT] == [each.on for each in after.declined]


def test_with_the_day_of_a_reassignment_moves_its_version() -> None:
    after = corrected("reassign", "happened_on", RIGHT.isoformat())
    assert after.version.effective_on == RIGHT == after.versions[0].effective_until
    assert after.declined[0].reassigned_on == RIGHT


@pytest.mark.parametrize(("act", "kept"), [
    ("report", lambda after: after.reports[-1].on), ("add-closing-report", lambda after: after.reports[-1].closing_on),
    ("question-decline", lambda after: after.declined[-1].questions[-1].on),
    ("answer-question", lambda after: after.declined[-1].answers[-1].on)])
def test_a_true_date_is_corrected_where_it_stands(act: str, kept: Any) -> None:
    assert kept(corrected(act, "happened_on", RIGHT.isoformat())) == RIGHT
