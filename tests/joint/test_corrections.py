"""更正 of chapter 3's own acts: what may be corrected, where the plan keeps it, and what follows a true date."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.joint import corrections, ending, ordering, reporting
from services.joint.commands import ProposeEnd, Remark
from services.joint.corrections import CORRECTABLE, ROWS
from services.joint.domain import ACTS
from services.joint.plan import EVALUATED, Joint
from shared.acts import succession
from shared.acts.correct import Correct
from shared.acts.corrections import Correction, Original, paths, text_at
from shared.acts.model import Outcome
from shared.contracts.personal import Personal
from shared.plans.plan import LEAD
from tests.joint.made import ASSIGN, DIRECT, ENDED, plan
from tests.joint.test_reporting import REPORT
from tests.plans.test_corrections import original
from tests.plans.written import FIRST, LEADER, OFFICE, OFFICER, context
from tests.plans.written import LEAD as LEADING

DAY = ENDED.on
RIGHT, TODAY = DAY + timedelta(days=2), DAY + timedelta(days=20)


def done(act: str) -> tuple[Joint, Original]:
    """The act done on its day, and as the journal keeps it."""
    reported = reporting.report(plan("ended"), REPORT, context(on=DAY)).case
    decide, before, command, agency = {
        "assign": (ordering.assign, None, ASSIGN, OFFICE),
        "decide-directly": (ordering.decide_directly, None, DIRECT, OFFICE),
        "propose-end": (ending.propose_end, plan("running"), ProposeEnd("任务完成", OFFICER), LEADING),
        "report": (reporting.report, plan("ended"), REPORT, LEADING),
        "remark": (reporting.remark, reported, Remark("户数有误", OFFICER), FIRST),
    }[act]
    outcome: Outcome[Joint] = decide(before, command, context(agency, DAY))  # type: ignore[operator]
    its = original(act, command, outcome, agency, DAY)  # type: ignore[arg-type]
    return outcome.case, replace(its, last=TODAY, opened=before is None)


def corrected(act: str, field: str, new: str) -> Outcome[Joint]:
    before, its = done(act)
    told = Correction("e1", field, Personal(text_at(its, field)), Personal(new), "笔误", its)
    said = Correct(told, OFFICER, LEADER, "荣住建联更字〔2025〕第1号")
    outcome: Outcome[Joint] = corrections.correct(before, said, context(its.agency, TODAY))
    return outcome


def test_every_own_act_but_the_draft_has_a_row() -> None:
    assert {row.act for row in CORRECTABLE} == {"assign", "decide-directly", "propose-end", "report", "remark"}
    names = {act.name for act in ACTS}
    assert set(ROWS) <= names, "no row of an act that the chapter has not"
    assert names - set(ROWS) == {"draft", "correct", "presume-end", "note-hand-on", succession.SUCCEED,
                                 succession.ASSIGN}


@pytest.mark.parametrize("row", CORRECTABLE, ids=lambda row: row.act)
def test_a_row_names_fields_of_its_command_only(row: Any) -> None:
    command = next(act.command for act in ACTS if act.name == row.act)
    assert {field.path for field in row.fields} <= set(paths(command))


@pytest.mark.parametrize(("act", "field"), [
    ("assign", "document"), ("assign", "field_or_area"), ("decide-directly", "decided_by"), ("propose-end", "says"),
    ("report", "effect"), ("remark", "says")])
def test_what_an_act_said_is_said_rightly_where_the_plan_keeps_it(act: str, field: str) -> None:
    before, its = done(act)
    after = corrected(act, field, "应为此").case
    assert "应为此" in repr(after) and after.corrections[-1].field == field
    assert ROWS[act].put(after, its, its.command, DAY) is None, "what it said stands no more"
    assert before.parties == after.parties


@pytest.mark.parametrize("act", ["assign", "decide-directly"])
def test_with_the_day_of_an_order_its_lead_has_led_and_the_plan_is_open(act: str) -> None:
    outcome = corrected(act, "happened_on", RIGHT.isoformat())
    plan_ = outcome.case
    assert (plan_.opened_on, plan_.ordered_on) == (RIGHT, RIGHT)
    assert [(each.part, each.since) for each in plan_.parties] == [(LEAD, RIGHT)]
    assert outcome.righted is not None and outcome.righted.opened_on == RIGHT


def test_with_the_day_of_the_report_moves_the_time_to_remark() -> None:
    after = corrected("report", "happened_on", RIGHT.isoformat()).case
    assert after.reported_on == RIGHT
    assert {each.since for each in after.parties if each.part == EVALUATED} == {RIGHT}
