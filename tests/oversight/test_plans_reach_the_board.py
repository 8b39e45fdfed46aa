"""Plans, oversight and transfer in one suite: a finding handed on late, a report that came back, a notice of declining.

Each service hears the others by their journals alone, on both back ends.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from liandong.suite import Suite, app_of
from services.oversight.sla.collector import DeadlineCollector
from shared.contracts.envelope import Event, event_of
from shared.kernel.clock import HandClock
from shared.kernel.settings import Settings
from shared.law import tables
from tests.plans import bodies
from tests.plans.acting import SERVICES as PLANS
from tests.plans.acting import Acting
from tests.plans.bodies import HELPER, JUSTICE, LATER, LEAD, OFFICE, OTHER
from tests.served import Asking
from tests.situations.city import REGISTER, RONGCHENG, calendar, rulebook
from tests.situations.transfer.builders import BUILDERS
from tests.suites import prepared

BOARD, FILINGS, CASES = "/api/oversight/deadlines", "/api/oversight/filings", "/api/transfer/cases"
RETURN = {"ground": "incomplete", "reason": "缺少结案报告", "lacks": ["结案报告"]}


@pytest.fixture
def suite(suite_settings: Settings, clock: HandClock) -> Iterator[Suite]:
    """All services with the law and the register of the situations, on a Monday."""
    with prepared(suite_settings, clock) as suite:
        for office in suite.offices.values():
            with office.db.write() as tx:
                text = (RONGCHENG / "rulebook.yaml").read_text("utf-8")
                tables.put_rulebook(tx, rulebook().version, rulebook().id, text, clock.now())
                tables.put_years(tx, {year: file.to_dict() for year, file in calendar().years.items()}, clock.now())
                tables.put_agencies(tx, REGISTER.agencies.values())
        yield suite


class City:
    """The suite's people: a plan under way, and what oversight and transfer answer when all news has arrived."""

    def __init__(self, suite: Suite, service: str) -> None:
        self.suite, self.service = suite, service
        self.plan = Acting(service, suite.offices[service], suite.clock)
        self._others = {name: Asking(suite.offices[name], app_of(suite.offices[name]).test_client())
                        for name in ("transfer", "oversight")}

    def days(self, days: int) -> None:
        """Lets the days pass, each deadline falling due on its own."""
        for _ in range(days):
            self.suite.clock.advance(days=1)
            self.suite.catch_up()

    def get(self, path: str, agency: str) -> dict[str, Any]:
        self.suite.catch_up()
        answer = self._others[path.split("/")[2]].get(path, agency, 1)
        told: dict[str, Any] = answer.get_json()
        assert answer.status_code == 200, told
        return told

    def post(self, path: str, body: dict[str, Any], agency: str, revision: int | None = None) -> dict[str, Any]:
        answer = self._others[path.split("/")[2]].post(path, body, agency, 2, revision=revision)
        told: dict[str, Any] = answer.get_json()
        assert answer.status_code < 300, told
        self.suite.catch_up()
        return told

    def board(self, clock: str, agency: str = JUSTICE) -> list[tuple[str, str, str]]:
        """Who is bound by each deadline of the plan's clock, its item and its light."""
        items = self.get(f"{BOARD}?clock={self.service}.{clock}&case={self.plan.id}", agency)["items"]
        return sorted((item["bound"], item["item"], item["light"]) for item in items)

    def filings(self, kind: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.get(f"{FILINGS}?case={self.plan.id}&kind={kind}", JUSTICE)["items"]
        return items

    def told(self, name: str) -> Event:
        """The plan's event of that name."""
        office = self.suite.offices[self.service]
        with office.db.read() as tx:
            return next(event_of(each.body) for each in office.journal.of_stream(tx, self.plan.id) if each.type == name)

    def again(self) -> None:
        """The plan as it is now, for whoever acts on it next."""
        self.plan.revision = self.plan.read()["revision"]


def notice(city: City, receiver: str, ref: str) -> dict[str, Any]:
    sent = BUILDERS["announce"](None, city.plan.today)
    return {**sent, "notice": {**sent["notice"], "receiver": receiver}, "origin": {"kind": "finding", "ref": ref}}


def lights(*of_tasks: str) -> list[tuple[str, str, str]]:
    """The board of a plan's three tasks: one for the lead, one for each participant."""
    agencies = (LEAD, HELPER, OTHER)
    return sorted((agency, str(number), light)
                  for number, (agency, light) in enumerate(zip(agencies, of_tasks, strict=True), 1))


def test_a_finding_that_nobody_hands_on_turns_red_and_the_transfer_that_names_it_meets_its_clock(suite: Suite) -> None:
    cities = [City(suite, service) for service in PLANS]
    for city in cities:
        city.plan.running().do("record-finding")
        assert city.board("hand_on") == [(HELPER, "1", "green")]
    cities[0].days(14)
    for city in cities:
        for agency in (HELPER, LEAD, JUSTICE, OFFICE):
            assert city.board("hand_on", agency) == [(HELPER, "1", "red")], agency
        assert city.board("hand_on", LATER) == [], "whose the matter is has no part in the plan"
        _handed_on(city)


def test_a_finding_of_which_nobody_says_whose_it_is_turns_red_on_the_board_until_its_finder_says(suite: Suite) -> None:
    cities = [City(suite, service) for service in PLANS]
    unclear = {**bodies.PLAIN["record-finding"], "remit": "unclear", "agency": ""}
    for city in cities:
        city.plan.running().do("record-finding", unclear)
        assert (city.board("unclear"), city.board("hand_on")) == ([(HELPER, "1", "green")], [])
    cities[0].days(21)
    for city in cities:
        assert city.board("unclear", JUSTICE) == [(HELPER, "1", "red")]
        city.plan.do("settle-finding", by=HELPER)
        assert city.board("unclear") == [(HELPER, "1", "met_late")]


def _handed_on(city: City) -> None:
    """The finder announces its finding to whose the matter is: plan, case and board agree on it."""
    ref = f"{city.service}/{city.plan.id}/1"
    case = city.post(CASES, notice(city, LATER, ref), HELPER)["id"]
    assert city.board("hand_on") == [(HELPER, "1", "met_late")]
    finding, = city.plan.read(by=HELPER)["case"]["findings"]
    assert (finding["handed_on"]["case"], finding["handed_on"]["by"]) == (case, HELPER)
    for agency in (HELPER, LATER, JUSTICE):
        assert city.get(f"{CASES}/{case}", agency)["origin"] == {"kind": "finding", "ref": ref}
    transfer = city.suite.offices["transfer"]
    with transfer.db.read() as tx:
        announced = transfer.journal.of_stream(tx, case)[0]
    assert city.told("finding_handed_on").causation == announced.id
    assert finding["handed_on"]["receiver"] == LATER


def test_an_overdue_task_is_on_the_board_as_the_plans_own_date_and_ends_with_its_report(suite: Suite) -> None:
    cities = [City(suite, service) for service in PLANS]
    for city in cities:
        city.plan.running()
    due = city.plan.read()["case"]["versions"][-1]["content"]["tasks"][0]["due_on"]
    city.days((date.fromisoformat(due) - city.plan.today).days)
    assert [{light for *_, light in city.board("task")} for city in cities] == [{"yellow"}] * 2
    city.days(1)
    assert [city.board("task") for city in cities] == [lights("red", "red", "red")] * 2
    found = city.get(f"{BOARD}?source=plan&light=red", JUSTICE)["items"]
    assert {(item["clock"], item["statutory"], item["source_title"]) for item in found} == {
        (f"{service}.task", False, "方案自定日期") for service in PLANS}
    for city in cities:
        city.plan.do("report-task", {"tasks": [{"task": 2, "done": True, "says": "已清理"}], **bodies.BY})
        assert city.board("task") == lights("red", "met_late", "red")


def test_a_report_that_justice_returns_is_due_again_and_the_next_one_is_registered(suite: Suite) -> None:
    city = City(suite, "collab")
    city.plan.reported()
    first, = city.filings("collab")
    assert (first["filed_by"], first["report"], first["state"]) == (LEAD, 1, "received")
    assert [light for *_, light in city.board("report")] == ["met"]

    city.days(1)
    city.post(f"{FILINGS}/{first['id']}/return", RETURN, JUSTICE, first["revision"])
    assert city.plan.read()["state"] == "ended"
    assert sorted(light for *_, light in city.board("report")) == ["green", "met"], "due anew, from the return"
    city.again()
    city.plan.do("report", city.plan.report())
    second = city.filings("collab")[0]
    assert (second["report"], second["state"]) == (2, "received")
    city.post(f"{FILINGS}/{second['id']}/register", {"number": "荣司备〔2025〕1号"}, JUSTICE, second["revision"])
    assert [light for *_, light in city.board("report")] == ["met", "met"]


def test_who_declines_files_its_notice_and_loses_sight_of_the_plan(suite: Suite) -> None:
    city = City(suite, "collab")
    city.plan.running()
    city.plan.do("decline", {**bodies.DECLINE, "notice": city.plan.material("不能协同通知", HELPER)})
    filed, = city.filings("decline")
    number = city.told("participation_declined").data["number"]
    assert (filed["filed_by"], filed["number"], filed["state"]) == (HELPER, number, "received")
    assert city.board("task") == lights("green", "cancelled", "green")
    assert city.board("time_limit", HELPER) == [] != city.board("time_limit", OTHER)
    city.post(f"{FILINGS}/{filed['id']}/register", {"number": "荣司备〔2025〕2号"}, JUSTICE, filed["revision"])


def test_overseers_learn_of_a_plan_from_its_submission_and_not_before(suite: Suite) -> None:
    for city in [City(suite, service) for service in PLANS]:
        city.plan.drafted()
        assert city.board("draft") == [] != city.board("draft", LEAD)
        city.plan.do("submit")
        assert city.board("draft") == [(LEAD, "", "met")]


def test_a_plan_dropped_as_a_draft_is_on_the_board_of_who_knew_of_it_and_nowhere_else(suite: Suite) -> None:
    """Over HTTP and on the board: its lead and whom it consulted know of it; no overseer ever does, nor do figures."""
    for city in (City(suite, service) for service in PLANS):
        plan = city.plan.drafted()
        plan.do("consult", {"agencies": [HELPER], "due_on": (plan.today + timedelta(days=3)).isoformat(), **bodies.BY})
        dropped = plan.do("withdraw", days=1)
        assert (dropped["state"], dropped["state_title"]) == ("dropped", "拟订中撤回")
        own = f"{BOARD}?case={plan.id}"
        running = {item["clock"]: (item["bound"], item["light"]) for item in city.get(own, LEAD)["items"]
                   if item["light"] != "met"}
        assert running[f"{city.service}.continuation"] == (LEAD, "green")
        assert {light for _, light in running.values()} == {"green", "cancelled"}, "its other clocks have ended with it"
        for agency in (LEAD, HELPER):
            assert plan.read(by=agency)["state"] == "dropped"
            assert city.get(own, agency)["items"] == city.get(own, LEAD)["items"]
            listed = plan.people.get(f"{plan.base}?state=dropped", agency).get_json()["items"]
            assert [each["id"] for each in listed] == [plan.id]
        for agency in (JUSTICE, OFFICE, OTHER):
            assert {plan.get(path, agency).status_code for path in ("", "/events", "/deadlines", "/versions")} == {404}
            assert plan.people.get(f"{plan.base}?state=dropped", agency).get_json()["items"] == []
            assert plan.people.get(plan.base, agency).get_json()["items"] == []
            assert city.get(own, agency)["items"] == []
        city.days(14)
        assert city.board("continuation", LEAD) == [(LEAD, "", "red")]
        assert city.board("continuation", JUSTICE) == city.board("continuation", OFFICE) == []
        city.again()
        plan.do("record-continuation")
        assert city.board("continuation", LEAD) == [(LEAD, "", "met_late")]
        assert plan.read()["state"] == "dropped" and city.board("continuation", JUSTICE) == []
    registry = CollectorRegistry()
    registry.register(DeadlineCollector(suite.offices["oversight"]))
    figures = [sample for family in registry.collect() for sample in family.samples]
    assert not [sample for sample in figures if sample.labels.get("clock", "").startswith(tuple(PLANS))]
