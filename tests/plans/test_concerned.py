"""一企一档: a plan stands in the dossier of whom it names, for who may see it and for nobody else; on both back ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.sharing.api import make
from services.sharing.office import FOLLOWS
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower
from shared.kernel.clock import HandClock
from tests.offices import MakeOffice, People
from tests.plans import bodies
from tests.plans.acting import Acting, opened
from tests.plans.bodies import HELPER, JUSTICE, LATER, LEAD, OFFICE, OTHER, STRANGER
from tests.plans.test_left import helper_leaves

SHOP, CODE, NEW, FOUND = "示例商贸有限公司", "91371082MA0007154N", "后来加入的公司", "另案的公司"
EVERYONE = (LEAD, HELPER, OTHER, JUSTICE, OFFICE, STRANGER, LATER)
SUBMITTED = {LEAD, HELPER, OTHER, JUSTICE, OFFICE}
Pointed = Callable[[str], set[str]]


@pytest.fixture
def pointed(acting: Acting, make_office: MakeOffice, clock: HandClock) -> Pointed:
    """Who is pointed to the plan by the dossier of a name; whoever is, can read it there."""
    sharing = opened("sharing", make_office, clock)
    people = People(make(sharing), sharing)
    follower = Follower(sharing.db, "sharing", acting.service, FOLLOWS[acting.service](sharing), clock,
                        LocalFeed(acting.office))

    def ask(name: str) -> set[str]:
        while follower.step():
            pass
        found = set[str]()
        for agency in EVERYONE:
            body = {"organisation": name, "purpose": "supervision", "reason": "核对"}
            told = people.post("/api/sharing/dossiers", body, agency, 1)
            assert told.status == 200, told.data
            for case in told.data["cases"]:
                assert case["address"] == f"{acting.base}/{acting.id}" and case["service"] == acting.service
                assert acting.get(by=agency).status_code == 200, agency
                found.add(agency)
        return found

    return ask


def content(acting: Acting) -> dict[str, Any]:
    told: dict[str, Any] = acting.read(by=OTHER)["case"]["versions"][-1]["content"]
    return told


def names(*more: str) -> list[dict[str, str]]:
    return [{"kind": "organisation", "name": name} for name in (SHOP, *more)]


def amend(acting: Acting, **instead: Any) -> None:
    acting.do("amend", {"content": {**content(acting), **instead}, "reason": "调整", "minor": False, **bodies.SIGNED})
    acting.do("review-amendment")
    acting.do("present-amendment")
    acting.do("decide-amendment", {"approved": True, "paper": bodies.paper(acting.scan())}, days=1)


def test_a_draft_is_pointed_to_for_nobody_until_it_is_consulted_on_and_for_all_its_parties_once_submitted(
        acting: Acting, pointed: Pointed) -> None:
    acting.drafted()
    assert pointed(SHOP) == set()
    acting.do("consult", {"agencies": [HELPER], "due_on": (acting.today + timedelta(days=3)).isoformat(), **bodies.BY})
    assert pointed(SHOP) == {LEAD, HELPER}
    acting.do("submit")
    assert pointed(SHOP) == SUBMITTED and pointed(NEW) == set()


def test_no_event_tells_the_respondents_of_a_draft_that_only_its_lead_knows(acting: Acting) -> None:
    def told() -> list[bool]:
        return ["respondent_keys" in each["data"] for each in acting.read("/events?limit=200")["items"]
                if not each["event"].startswith("deadline_")]
    acting.drafted()
    assert told() == [False]
    acting.do("submit")
    acting.do("review")
    assert told() == [False, True, False], "once, by the event that makes the plan known"


def test_who_has_left_is_pointed_to_it_by_what_it_named_in_its_time_and_by_nothing_later(
        acting: Acting, pointed: Pointed) -> None:
    helper_leaves(acting.running())
    amend(acting, respondents=names(NEW))
    assert pointed(SHOP) == SUBMITTED
    assert pointed(NEW) == SUBMITTED - {HELPER}


def test_who_comes_later_is_pointed_to_it_by_all_that_it_names(acting: Acting, pointed: Pointed) -> None:
    acting.running()
    written = content(acting)
    amend(acting, participants=[*written["participants"], {"agency": LATER, "duties": "现场配合"}])
    assert pointed(SHOP) == SUBMITTED | {LATER}


def test_decisions_and_findings_name_a_company_too_and_a_wrong_name_set_right_leaves_the_dossier(
        acting: Acting, pointed: Pointed) -> None:
    acting.running()
    told = acting.do("record-decision", {**bodies.decision("荣综执责改〔2025〕1号"), "respondent": {
        "kind": "organisation", "name": NEW, "number": CODE}})
    acting.do("record-finding", {**bodies.PLAIN["record-finding"], "respondent": FOUND})
    assert pointed(NEW) == pointed(CODE) == pointed(FOUND) == SUBMITTED
    acting.do("correct", {"entry": told["entry"], "field": "respondent.name", "old": NEW, "new": "改正后的公司",
                          "reason": "笔误", "number": "", **bodies.SIGNED}, HELPER)
    assert (pointed(NEW), pointed("改正后的公司")) == (set(), SUBMITTED)


def test_a_natural_person_whom_the_plan_names_is_told_to_nobody(acting: Acting, pointed: Pointed) -> None:
    body = bodies.draft(acting.service, acting.today)
    body["content"]["respondents"] = [{"kind": "person", "name": "钟离建国"}]
    acting.do("draft", body)
    acting.do("submit")
    assert pointed("钟离建国") == set()
