"""第二十条: every agency that took part is evaluated for its time, none left out and none too many; each may remark."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.joint import ending, reporting
from services.joint.commands import Evaluation, ProposeEnd, Remark, Report
from services.joint.guards import not_proposed, not_remarked, proposed
from services.joint.plan import EVALUATED, Joint, TookPart
from shared.acts.model import Party
from shared.plans.commands import Resume, Suspend
from shared.plans.plan import LEAD, PARTICIPANT, Pause
from tests.joint.made import ENDED, plan
from tests.plans.written import DAY, FIRST, LEADER, OFFICER, SECOND, codes, context, refused
from tests.plans.written import LEAD as LEADING

REPORT = Report("荣住建联总字〔2025〕第1号", "共检查三十户，立案四起", "占道现象明显减少",
                (Evaluation(FIRST, "配合到位"), Evaluation(SECOND, "核查及时")), (1,), OFFICER, LEADER)
END = ENDED.on
EVE = date(2025, 6, 19)
NEXT = EVE + timedelta(days=1)


def evaluated(*agencies: str) -> Report:
    return replace(REPORT, evaluations=tuple(Evaluation(agency, "尽责") for agency in agencies))


def test_a_report_with_every_participant_evaluated_is_delivered_to_the_government_office() -> None:
    outcome = reporting.report(plan("ended"), REPORT, context(on=END))
    assert outcome.facts["delivered_to"] == ["zfb"] and outcome.facts["evaluated"] == 2
    assert outcome.case.parts_of(EVALUATED) == (FIRST, SECOND)


def test_who_has_left_does_not_learn_from_the_report_who_came_after_it() -> None:
    left = plan("ended").without_party(PARTICIPANT, [FIRST], NEXT).with_party(PARTICIPANT, ["gongan"], NEXT)
    outcome = reporting.report(left, evaluated(FIRST, SECOND, "gongan"), context(on=END))
    assert FIRST in outcome.case.parts_of(EVALUATED) and "gongan" not in str(outcome.facts)


@pytest.mark.parametrize(("without", "expected"), [
    ({"number": "1"}, [("BAD_NUMBER", "internal", "number")]),
    ({"result": ""}, [("NO_RESULT", "20", "result")]),
    ({"effect": ""}, [("NO_EFFECT_ASSESSED", "20", "effect")]),
    ({"materials": ()}, [("NO_REPORT", "20", "materials")]),
    ({"materials": (9,)}, [("NO_REPORT", "20", "materials")]),
    ({"materials": (2, 3)}, [("NOT_SUMMARY_REPORT", "20", "materials")]),
    ({"leader": ""}, [("NO_LEADER", "internal", "leader")]),
    ({"result": "", "effect": "", "evaluations": (), "materials": ()},
     [("NO_RESULT", "20", "result"), ("NO_EFFECT_ASSESSED", "20", "effect"), ("NOT_EVALUATED", "20", "evaluations"),
      ("NOT_EVALUATED", "20", "evaluations"), ("NO_REPORT", "20", "materials")]),
])
def test_what_a_report_lacks_is_told_at_once(without: dict[str, Any], expected: list[Any]) -> None:
    assert refused(reporting.report, plan("ended"), replace(REPORT, **without), context(on=END)) == expected


@pytest.mark.parametrize(("said", "expected"), [
    (evaluated(FIRST), [("NOT_EVALUATED", "20", "evaluations")]),
    (evaluated(FIRST, SECOND, "jtj"), [("TOOK_NO_PART", "20", "evaluations.2.agency")]),
    (evaluated(FIRST, SECOND, LEADING), [("TOOK_NO_PART", "20", "evaluations.2.agency")]),
    (evaluated(FIRST, SECOND, FIRST), [("EVALUATED_TWICE", "20", "evaluations.2.agency")]),
    (replace(REPORT, evaluations=(Evaluation(FIRST, ""), Evaluation(SECOND, "尽责"))),
     [("EMPTY_EVALUATION", "20", "evaluations.0.says")]),
])
def test_none_is_left_out_and_none_is_too_many(said: Report, expected: list[Any]) -> None:
    assert refused(reporting.report, plan("ended"), said, context(on=END)) == expected


def test_the_one_left_out_is_named() -> None:
    with pytest.raises(Exception, match="市场监管局") as found:
        reporting.report(plan("ended"), evaluated(FIRST), context(on=END))
    assert "市场监管局" in found.value.refusals[0].zh  # type: ignore[attr-defined]


@pytest.mark.parametrize(("parties", "expected"), [
    ((Party(LEAD, LEADING, DAY), Party(PARTICIPANT, FIRST, DAY, EVE), Party(PARTICIPANT, SECOND, DAY)),
     [TookPart(FIRST, PARTICIPANT, DAY, EVE), TookPart(SECOND, PARTICIPANT, DAY, END)]),
    ((Party(LEAD, FIRST, DAY, EVE), Party(LEAD, LEADING, NEXT), Party(PARTICIPANT, LEADING, DAY, EVE)),
     [TookPart(FIRST, LEAD, DAY, EVE)]),
    ((Party(LEAD, LEADING, DAY), Party(PARTICIPANT, FIRST, DAY, EVE), Party(PARTICIPANT, FIRST, date(2025, 7, 1))),
     [TookPart(FIRST, PARTICIPANT, DAY, EVE), TookPart(FIRST, PARTICIPANT, date(2025, 7, 1), END)]),
    ((Party(LEAD, LEADING, DAY), Party(PARTICIPANT, FIRST, date(2025, 5, 1), date(2025, 5, 30))), []),
    ((Party(LEAD, LEADING, DAY), Party(PARTICIPANT, FIRST, END + timedelta(days=1))), []),
    ((Party(LEAD, LEADING, DAY), Party("related", FIRST, DAY)), []),
], ids=("left under way", "led under way", "left and came again", "left before the start", "came after the end",
        "went on with its own duties only"))
def test_who_took_part_is_who_was_in_the_action_while_it_ran(parties: tuple[Party, ...],
                                                             expected: list[TookPart]) -> None:
    assert list(plan("ended", parties=parties).took_part) == expected


@pytest.mark.parametrize(("state", "took"), [("running", [FIRST]), ("suspended", [FIRST]), ("approved", [])])
@pytest.mark.parametrize("since", [DAY - timedelta(days=9), DAY])
def test_who_went_on_the_day_of_the_start_took_part_on_that_day_if_the_action_had_begun(
        since: date, state: str, took: list[str]) -> None:
    parties = (Party(LEAD, LEADING, DAY), Party(PARTICIPANT, FIRST, since))
    gone = replace(plan(state, parties=parties, ending=None).without_party(PARTICIPANT, [FIRST], DAY), ending=ENDED)
    assert [(each.agency, each.since, each.until) for each in gone.took_part] == [(each, DAY, DAY) for each in took]


def left_under_way() -> Joint:
    parties = (Party(LEAD, LEADING, DAY), Party(PARTICIPANT, FIRST, DAY, EVE), Party(PARTICIPANT, SECOND, DAY))
    return plan("ended", parties=parties)


def test_who_left_under_way_is_evaluated_and_may_remark() -> None:
    assert codes(reporting.report, left_under_way(), evaluated(SECOND), context(on=END)) == ["NOT_EVALUATED"]
    reported = reporting.report(left_under_way(), REPORT, context(on=END)).case
    assert FIRST in reported.parts_of(EVALUATED) and FIRST not in reported.parts_of(PARTICIPANT)


def test_each_remarks_once_on_its_own_evaluation() -> None:
    reported = reporting.report(plan("ended"), REPORT, context(on=END)).case
    outcome = reporting.remark(reported, Remark("检查户数应为三十二户", OFFICER), context(FIRST, END))
    assert [each.code for each in not_remarked(outcome.case, context(FIRST, END))] == ["REMARKED"]
    assert not [*not_remarked(outcome.case, context(SECOND, END))]
    assert outcome.facts["remark"] == 1


def test_a_remark_says_something() -> None:
    reported = reporting.report(plan("ended"), REPORT, context(on=END)).case
    assert refused(reporting.remark, reported, Remark("", replace(OFFICER, name="")), context(FIRST, END)) == [
        ("NO_REMARK", "internal", "says"), ("NO_OFFICER", "internal", "officer")]


def test_justice_ends_what_the_lead_proposed_to_end() -> None:
    running = plan("running")
    assert [each.code for each in proposed(running, context("sfj"))] == ["END_NOT_PROPOSED"]
    after = ending.propose_end(running, ProposeEnd("任务全部完成", OFFICER), context(on=EVE)).case
    assert not [*proposed(after, context("sfj"))]
    assert [each.code for each in not_proposed(after, context())] == ["END_PROPOSED"]


def test_a_proposal_from_before_a_pause_is_overtaken() -> None:
    after = ending.propose_end(plan("running"), ProposeEnd("任务全部完成", OFFICER), context(on=EVE)).case
    pause = Pause(Suspend("汛期", OFFICER, LEADER), EVE, Resume("汛期结束", OFFICER, LEADER), NEXT)
    resumed = replace(after, pauses=(pause,))
    assert not [*not_proposed(resumed, context())]
    assert [each.code for each in proposed(resumed, context("sfj"))] == ["END_NOT_PROPOSED"]


def test_a_presumed_end_is_set_right_without_a_proposal() -> None:
    assert not [*proposed(plan("ended"), context("sfj"))]


def test_a_proposal_says_why() -> None:
    assert refused(ending.propose_end, plan("running"), ProposeEnd("", replace(OFFICER, name="")), context()) == [
        ("NO_END_REASON", "internal", "says"), ("NO_OFFICER", "internal", "officer")]
