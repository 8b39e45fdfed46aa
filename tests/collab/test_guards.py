"""第九条第一项: who presents is the rulebook's to say; and what a participant that declined may see."""

import pytest

from services.collab.drafting import review
from services.collab.guards import presents
from services.collab.seeing import seen
from shared.acts.model import Rank, Viewer
from shared.deadlines.rules import Happened, apply
from shared.plans.commands import Review
from tests.collab.made import plan
from tests.collab.test_declining import declined
from tests.collab.test_reporting import WHOLE, ended, reporting
from tests.deadlines.builders import CALENDAR
from tests.plans.written import DAY, FIRST, JUSTICE, LEADER, NUMBER, OFFICER, SECOND, context
from tests.plans.written import LEAD as LEADING
from tests.situations.city import REGISTER, lawbook, noon

BY_LEAD = (("presents_under_9_1", "lead"),)


@pytest.mark.parametrize(("route", "settings", "agency", "refused"), [
    ("submit", (), JUSTICE, ""), ("submit", (), LEADING, "PRESENTED_BY_JUSTICE"),
    ("submit", BY_LEAD, LEADING, ""), ("submit", BY_LEAD, JUSTICE, "PRESENTED_BY_LEAD"),
    ("apply", (), JUSTICE, ""), ("apply", (), LEADING, "PRESENTED_BY_JUSTICE"),
    ("apply", BY_LEAD, JUSTICE, ""), ("apply", BY_LEAD, LEADING, "PRESENTED_BY_JUSTICE"),
])
def test_justice_presents_and_under_9_1_the_lead_where_the_city_says_so(
        route: str, settings: tuple[tuple[str, str], ...], agency: str, refused: str) -> None:
    asked = context(agency, rulebook=lawbook(settings=settings))
    found = [*presents(plan("reviewed", route=route), asked)]
    assert [each.code for each in found] == ([refused] if refused else [])
    assert {each.status for each in found} <= {403}


@pytest.mark.parametrize(("route", "settings", "bound"), [
    ("submit", (), JUSTICE), ("submit", BY_LEAD, LEADING), ("apply", (), JUSTICE), ("apply", BY_LEAD, JUSTICE)])
def test_the_clock_of_the_presentation_binds_who_presents(
        route: str, settings: tuple[tuple[str, str], ...], bound: str) -> None:
    asked, case = context(JUSTICE, rulebook=lawbook(settings=settings)), plan("submitted", route=route)
    passed = Review(True, NUMBER, "同意", OFFICER, LEADER)
    happened = Happened("e1", "collab.reviewed", "p1", DAY, noon(DAY), review(case, passed, asked).facts,
                        {"justice": (JUSTICE,), "lead": (LEADING,)})
    changes = apply(asked.rulebook, CALENDAR, (), happened)
    assert [(each.deadline.clock, each.deadline.bound) for each in changes] == [("collab.presentation", bound)]


def test_who_declined_sees_its_own_notice_and_nothing_of_what_came_after() -> None:
    case = declined(plan("running"))
    case = declined(case, SECOND)
    view = seen(case, Viewer(FIRST, Rank.LEADER), REGISTER)
    assert view is not None and [each.agency for each in view.declined] == [FIRST]
    assert view.state == "running" and view.grounds == case.grounds
    later = reporting.report(ended(), WHOLE, context()).case
    gone = declined(later.moved("running")).moved("reported")
    view = seen(gone, Viewer(FIRST, Rank.LEADER), REGISTER)
    assert view is not None and view.reports == () and view.state == "running"
