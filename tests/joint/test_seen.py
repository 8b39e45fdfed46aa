"""第二十条: of the evaluations each agency that took part sees its own and no other; lead and overseers see all."""

from datetime import date, timedelta

import pytest

from services.joint import reporting
from services.joint.commands import Remark
from services.joint.domain import CHAPTER
from services.joint.plan import Joint
from services.joint.seeing import REMARKED, REPORT_MADE, seen, told
from shared.acts.model import Party, Rank, Viewer
from shared.plans.plan import LEAD, PARTICIPANT
from tests.joint.made import ENDED, plan
from tests.joint.test_reporting import REPORT
from tests.plans.written import DAY, DISCIPLINE, FIRST, JUSTICE, OFFICE, OFFICER, SECOND, STRANGER, context
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


@pytest.mark.parametrize("event", sorted(set(CHAPTER.events) - {REPORT_MADE, REMARKED}))
def test_of_nothing_else_hears_who_left(event: str) -> None:
    assert FIRST not in told(None, reported(), event, context())
