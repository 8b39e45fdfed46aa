"""第二十条: of the evaluations each agency that took part sees its own and no other; lead and overseers see all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.joint import reporting
from services.joint.commands import Remark
from services.joint.domain import CHAPTER
from services.joint.plan import Joint
from services.joint.seeing import REMARKED, REPORT_MADE, seen, told
from shared.acts.corrections import Corrected
from shared.acts.model import Party, Rank, Viewer
from shared.contracts.personal import Personal
from shared.plans.plan import LEAD, PARTICIPANT
from tests.joint.made import ENDED, plan
from tests.joint.test_reporting import REPORT
from tests.plans.written import DAY, DISCIPLINE, FIRST, JUSTICE, OFFICE, OFFICER, SECOND, STRANGER, context, material
from tests.plans.written import LEAD as LEADING
from tests.situations.city import REGISTER

EVE = date(2025, 6, 19)


def reported() -> Joint:
    """FIRST left under way, SECOND is in it still; both have remarked."""
    parties = (Party(LEAD, LEADING, DAY), Party(PARTICIPANT, FIRST, DAY), Party(PARTICIPANT, SECOND, DAY),
               Party("related", "gongan", DAY))
    left = plan("running", parties=parties).without_party(PARTICIPANT, [FIRST], EVE + timedelta(days=1))
    ended = plan("ended", parties=left.parties, left=left.left)
    made = reporting.report(ended, REPORT, context(on=ENDED.on)).case.moved("reported")
    for agency in (FIRST, SECOND):
        made = reporting.remark(made, Remark(f"{agency}的意见", OFFICER), context(agency, ENDED.on)).case
    return made


def shown(agency: str) -> Joint | None:
    return seen(reported(), Viewer(agency, Rank.LEADER), REGISTER)


@pytest.mark.parametrize(("agency", "evaluations", "remarks"), [
    (LEADING, {FIRST, SECOND}, {FIRST, SECOND}), (JUSTICE, {FIRST, SECOND}, {FIRST, SECOND}),
    (OFFICE, {FIRST, SECOND}, {FIRST, SECOND}), (FIRST, {FIRST}, {FIRST}), (SECOND, {SECOND}, {SECOND}),
    ("gongan", set(), set()),
])
def test_each_sees_its_own_evaluation_and_the_remarks_on_it(agency: str, evaluations: set[str],
                                                            remarks: set[str]) -> None:
    view = shown(agency)
    assert view is not None and view.report is not None
    assert {each.agency for each in view.report.evaluations} == evaluations
    assert {each.agency for each in view.remarks} == remarks


PAPERS = set(REPORT.materials)


@pytest.mark.parametrize(("agency", "reads"), [(LEADING, True), (JUSTICE, True), (OFFICE, True), (SECOND, False),
                                               ("gongan", False), (FIRST, False)])
def test_the_papers_of_the_report_are_for_who_reads_all_evaluations(agency: str, reads: bool) -> None:
    view = shown(agency)
    assert view is not None and view.report is not None
    assert ({each.number for each in view.materials} >= PAPERS) is reads
    assert (set(view.report.materials) == PAPERS) is reads


@pytest.mark.parametrize(("agency", "reads"), [(LEADING, {1, 2, 3, 4}), (JUSTICE, {1, 2, 3, 4}), (SECOND, {1, 2, 3})])
def test_what_the_lead_adds_after_the_end_is_not_shown_before_the_report(agency: str, reads: set[int]) -> None:
    ended = plan("ended")
    late = replace(material(4), added_by=LEADING, added_on=ENDED.noted_on)
    view = seen(replace(ended, materials=(*ended.materials, late)), Viewer(agency, Rank.LEADER), REGISTER)
    assert view is not None and {each.number for each in view.materials} == reads


@pytest.mark.parametrize("agency", [STRANGER, DISCIPLINE])
def test_a_stranger_sees_nothing(agency: str) -> None:
    assert shown(agency) is None


def test_who_left_under_way_reads_its_evaluation_and_no_result() -> None:
    view = shown(FIRST)
    assert view is not None and view.report is not None and view.state == "reported"
    assert (view.report.result, view.report.effect, view.report.materials) == ("", "", ())
    assert SECOND not in {each.agency for each in view.report.evaluations}


def test_who_left_and_was_not_evaluated_sees_the_plan_as_it_left_it() -> None:
    parties = (Party(LEAD, LEADING, DAY), Party(PARTICIPANT, FIRST, DAY))
    left = plan("submitted", parties=parties).without_party(PARTICIPANT, [FIRST], EVE)
    view = seen(left.moved("running"), Viewer(FIRST, Rank.LEADER), REGISTER)
    assert view is not None and view.state == "submitted" and view.report is None


def test_the_report_is_told_to_all_who_were_evaluated_and_a_remark_to_who_reads_it() -> None:
    case = reported()
    now = {LEADING, SECOND, "gongan", JUSTICE, OFFICE}
    assert told(case, case, REPORT_MADE, context()) == now | {FIRST}
    assert told(case, case, REMARKED, context()) == {LEADING, JUSTICE, OFFICE, SECOND}


def corrected() -> Joint:
    """SECOND has put its remark right."""
    case = reported()
    right = Corrected("e1", "remark", "says", Personal("旧"), Personal("新"), "笔误", SECOND, ENDED.on)
    return replace(case, corrections=(right,))


def test_a_remark_put_right_is_told_and_shown_to_those_the_remark_was() -> None:
    case = corrected()
    assert told(reported(), case, "corrected", context()) == {LEADING, JUSTICE, OFFICE, SECOND}
    reads = {agency for agency in (LEADING, JUSTICE, OFFICE, FIRST, SECOND, "gongan")
             if (view := seen(case, Viewer(agency, Rank.LEADER), REGISTER)) and view.corrections}
    assert reads == {LEADING, JUSTICE, OFFICE, SECOND}


@pytest.mark.parametrize("event", sorted(set(CHAPTER.events) - {REPORT_MADE, REMARKED}))
def test_of_nothing_else_hears_who_left(event: str) -> None:
    assert FIRST not in told(None, reported(), event, context())
