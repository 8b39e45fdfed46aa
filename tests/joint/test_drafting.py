"""第十五条、第十七条: the five routes: who applies, whom an order names, what the government decides; and what lacks."""

from dataclasses import replace
from typing import Any

import pytest

from services.joint import drafting, ordering
from services.joint.commands import Draft
from services.joint.grounds import Ground
from services.joint.plan import Joint
from shared.plans.commands import Submit
from shared.plans.parts import Content
from tests.joint.made import ASSIGN, DIRECT, WHOLE
from tests.plans.written import DAY, FIRST, LEADER, NUMBER, OFFICE, OFFICER, SECOND, codes, content, context, refused
from tests.plans.written import LEAD as LEADING
from tests.situations.city import lawbook

BARE = Draft(Content(), (), OFFICER)
SUBMIT = Submit(NUMBER, OFFICER, LEADER)
BY_LEAD = lawbook(settings=(("campaign_recorded_by", "lead"),))


def whole(*grounds: str, because: str = "main_task") -> Draft:
    return Draft(content(), tuple(WHOLE[code] for code in grounds), OFFICER, because)


def drafted(said: Draft) -> Joint:
    return drafting.draft(None, said, context()).case.moved("draft")


def assigned() -> Joint:
    return ordering.assign(None, ASSIGN, context(OFFICE)).case.moved("assigned")


def directed() -> Joint:
    return ordering.decide_directly(None, DIRECT, context(OFFICE)).case.moved("assigned")


def rewritten(plan: Joint, said: Draft) -> Joint:
    return drafting.draft(plan, said, context()).case


@pytest.mark.parametrize("code", ["15-1", "15-3", "15-4"])
@pytest.mark.parametrize("because", ["first_found", "main_task"])
def test_who_found_it_first_or_bears_the_main_task_applies(code: str, because: str) -> None:
    outcome = drafting.submit(drafted(whole(code, because=because)), SUBMIT, context())
    assert outcome.facts["route"] == "apply" and outcome.facts["grounds"] == [code]


@pytest.mark.parametrize("order", [assigned(), directed()], ids=("15-2", "17-direct"))
def test_whom_an_order_names_drafts_and_applies_for_nothing(order: Joint) -> None:
    plan = rewritten(order, whole(because=""))
    outcome = drafting.submit(plan, SUBMIT, context())
    assert outcome.facts["route"] == order.route and outcome.facts["grounds"] == list(order.ground_codes)


@pytest.mark.parametrize(("order", "route", "code"), [
    (assigned(), "assigned", "15-2"), (directed(), "direct", "17-direct")])
def test_an_order_opens_a_plan_that_the_agency_named_leads(order: Joint, route: str, code: str) -> None:
    assert (order.route, order.ground_codes, order.lead, order.ordered_on) == (route, (code,), LEADING, DAY)
    assert [(each.part, each.agency) for each in order.parties] == [("lead", LEADING)]


def test_the_scan_of_a_direct_decision_is_the_plans_first_material() -> None:
    scanned, = directed().materials
    assert (scanned.number, scanned.said.kind, scanned.said.digest) == (1, "approval", DIRECT.scan)
    assert scanned.said.name == f"会议纪要 {DIRECT.number}"


def test_a_plan_by_order_may_stand_on_further_grounds() -> None:
    plan = rewritten(assigned(), whole("15-1", "15-4"))
    assert plan.ground_codes == ("15-2", "15-1", "15-4") and plan.route == "assigned"
    lacks = rewritten(assigned(), replace(whole(), grounds=(Ground("15-4"),)))
    assert codes(drafting.submit, lacks, SUBMIT, context()) == ["NO_GROUND_REASON"]


def test_what_the_office_recorded_is_not_named_again() -> None:
    assert refused(drafting.draft, assigned(), whole("15-2"), context()) == [
        ("ORDER_IS_GROUND", "15", "grounds.0.code")]


def test_nobody_names_itself_for_a_campaign() -> None:
    assert refused(drafting.draft, None, whole("15-1", "15-2"), context()) == [
        ("CAMPAIGN_BY_ORDER", "17", "grounds.1.code")]


def test_as_the_city_may_set_it_the_agency_that_the_arrangement_names_drafts_on_it() -> None:
    plan = drafting.draft(None, whole("15-2", because=""), context(rulebook=BY_LEAD)).case.moved("draft")
    assert plan.route == "assigned"
    assert drafting.submit(plan, SUBMIT, context(rulebook=BY_LEAD)).facts["grounds"] == ["15-2"]
    other = replace(whole(), grounds=(replace(WHOLE["15-2"], main_task_agency=FIRST),))
    assert refused(drafting.draft, None, other, context(rulebook=BY_LEAD)) == [
        ("MAIN_TASK_ELSEWHERE", "17", "grounds.0.main_task_agency")]


@pytest.mark.parametrize(("wrong", "expected"), [
    ({"content": Content(lead=FIRST)}, [("LEAD_IS_OTHER", "", "content.lead")]),
    ({"grounds": (Ground("7-4"),)}, [("UNKNOWN_GROUND", "15", "grounds.0.code")]),
    ({"grounds": (Ground("17-direct"),)}, [("NOT_DECIDED_DIRECTLY", "17", "grounds.0.code")]),
    ({"lead_because": "nearest"}, [("UNKNOWN_LEAD_REASON", "17", "lead_because")]),
    ({"officer": replace(OFFICER, phone="")}, [("NO_OFFICER", "internal", "officer")]),
])
def test_a_draft_may_lack_what_it_likes_but_names_no_wrong_code(wrong: dict[str, Any], expected: list[Any]) -> None:
    assert refused(drafting.draft, None, replace(BARE, **wrong), context()) == expected


def test_everything_that_lacks_is_told_at_once_each_with_its_article() -> None:
    found = refused(drafting.submit, drafted(BARE), Submit("", OFFICER, ""), context())
    assert [(code, article) for code, article, _ in found] == [
        ("NO_TITLE", "internal"), ("NO_SITUATION", "18"), ("NO_NECESSITY", "18"), ("NO_TASKS", "18"),
        ("NO_PARTICIPANTS", "18"), ("NO_DUTIES", "18"), ("NO_TIME_LIMIT", "18"), ("NO_FUNDS", "18"),
        ("NO_SAFEGUARDS", "18"), ("NO_CONTINGENCY", "18"), ("NO_GROUND", "15"), ("NO_LEAD_REASON", "17"),
        ("BAD_NUMBER", "internal"), ("NO_LEADER", "internal")]


@pytest.mark.parametrize(("without", "expected"), [
    ({"title": ""}, [("NO_TITLE", "internal", "title")]),
    ({"document": ""}, [("NO_ARRANGEMENT", "15", "document")]),
    ({"ordered_by": ""}, [("NOBODY_ORDERED", "17", "ordered_by")]),
    ({"field_or_area": ""}, [("NO_FIELD_OR_AREA", "15", "field_or_area")]),
    ({"lead": "zfb"}, [("NO_MAIN_TASK_AGENCY", "15", "lead")]),
    ({"officer": replace(OFFICER, name="")}, [("NO_OFFICER", "internal", "officer")]),
])
def test_an_arrangement_is_recorded_whole(without: dict[str, Any], expected: list[Any]) -> None:
    assert refused(ordering.assign, None, replace(ASSIGN, **without), context(OFFICE)) == expected


@pytest.mark.parametrize(("without", "expected"), [
    ({"title": ""}, [("NO_TITLE", "internal", "title")]),
    ({"kind": "rumour"}, [("UNKNOWN_PAPER", "internal", "kind")]),
    ({"kind": "reply"}, [("REPLY_DECIDES_NOTHING", "17", "kind")]),
    ({"number": ""}, [("NO_PAPER_NUMBER", "internal", "number")]),
    ({"decided_by": ""}, [("NOBODY_DECIDED", "", "decided_by")]),
    ({"lead": SECOND * 2}, [("UNKNOWN_LEAD", "3", "lead")]),
    ({"officer": replace(OFFICER, name="")}, [("NO_OFFICER", "internal", "officer")]),
    ({"scan": ""}, [("NO_DECISION_SCAN", "17", "scan")]),
])
def test_a_direct_decision_is_recorded_whole(without: dict[str, Any], expected: list[Any]) -> None:
    assert refused(ordering.decide_directly, None, replace(DIRECT, **without), context(OFFICE)) == expected
