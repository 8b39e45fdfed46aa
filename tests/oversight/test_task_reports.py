"""29: a plan's task report is with both offices at once, and each registers it by itself; on both back ends."""

from datetime import timedelta
from typing import Any

import pytest

from services.oversight.office import SPEC
from shared.acts.office import Office
from shared.contracts.envelope import Event, event_of
from shared.kernel.clock import HandClock
from shared.kernel.settings import CITIES
from shared.law import tables
from tests.offices import MakeOffice, People
from tests.oversight.told import DAY, hear, know, plan_event
from tests.situations.city import calendar

REPORTS, BOARD = "/api/oversight/task-reports", "/api/oversight/deadlines"
BOTH = ("sifa", "zhengfuban")


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    opened = make_office(SPEC)
    know(opened, (CITIES / "rongcheng" / "rulebook.yaml").read_text("utf-8"))
    with opened.db.write() as tx:
        tables.put_years(tx, {year: file.to_dict() for year, file in calendar().years.items()}, opened.clock.now())
    return opened


def told(source: str = "collab", plan: str = "plan-1", report: int = 1, **facts: Any) -> Event:
    """市监 tells of its tasks 2 and 3, of which 2 is done."""
    event = plan_event("task_reported", "running", participants=["zonghe", "shichang"], source=source, plan=plan,
                       agency="shichang", report=report, reported=[2, 3], tasks=["2"], **facts)
    return Event(f"{event.id}-{report}", event.source, event.name, event.subject, event.time, event.data, revision=1)


def one(people: People, agency: str = "sifa", **filters: str) -> dict[str, Any]:
    found, = people.get(REPORTS, agency, **filters).data["items"]
    return dict(found)


def events(office: Office, agency: str) -> list[Event]:
    with office.db.read() as tx:
        return [event_of(each.body) for each in office.journal.feed(tx, 0, 1000, agency)]


def clocks(people: People, report: str, agency: str = "sifa") -> dict[str, str]:
    """Who is bound to register, and the light."""
    items = people.get(f"{REPORTS}/{report}/deadlines", agency).data["items"]
    return {each["bound"]: each["light"] for each in items}


def register(people: People, agency: str, body: dict[str, Any] | None = None) -> Any:
    report = one(people, agency)
    return people.post(f"{REPORTS}/{report['id']}/register", body or {}, agency, 1, seen=report["revision"])


@pytest.mark.parametrize("source", ["collab", "joint"])
def test_a_plans_report_is_with_both_offices_at_once_and_says_what_caused_it(
        office: Office, people: People, source: str) -> None:
    hear(office, told(source))
    for agency in (*BOTH, "shichang"):
        report = one(people, agency)
        assert (report["service"], report["case"], report["report"], report["reporter"], report["delivered_on"]) == (
            source, "plan-1", 1, "shichang", DAY.isoformat())
        assert (report["collection"], report["path"]) == ("plans", f"/api/{source}/plans/plan-1")
        assert (report["reported"], report["tasks"], report["state_title"]) == ([2, 3], ["2"], "待签收")
    delivered = {agency: next(each for each in events(office, agency) if each.name == "task_report_delivered")
                 for agency in BOTH}
    assert delivered["sifa"].id == delivered["zhengfuban"].id
    assert delivered["sifa"].data["collection"] == "plans"
    assert delivered["sifa"].causation == told(source).id
    assert clocks(people, report["id"]) == dict.fromkeys(BOTH, "green")


def test_what_one_office_registers_the_other_still_owes(office: Office, people: People, clock: HandClock) -> None:
    hear(office, told())
    answer = register(people, "zhengfuban", {"number": "荣政办收〔2025〕7号"})
    assert (answer.status, answer.data["state"]) == (200, "partly_registered")
    assert register(people, "zhengfuban").codes == ["REGISTERED_BEFORE"]
    clock.advance(days=11)                  # over the holidays of October: two working days are over on the 9th
    office.tick()
    report = one(people)
    assert clocks(people, report["id"]) == {"sifa": "red", "zhengfuban": "met"}
    assert [(each["office"], each["number"], each["registered_on"]) for each in report["receipts"]] == [
        ("sifa", "", None), ("zhengfuban", "荣政办收〔2025〕7号", DAY.isoformat())]
    assert register(people, "sifa").data["state"] == "registered"
    assert clocks(people, report["id"]) == {"sifa": "met_late", "zhengfuban": "met"}
    assert [each.name for each in events(office, "shichang") if each.name == "task_report_registered"] == [
        "task_report_registered"] * 2


def test_lists_are_filtered_by_plan_reporter_and_by_who_still_has_to_register(office: Office, people: People) -> None:
    hear(office, told(), told("joint", "plan-2"), told(report=2))
    joint = one(people, service="joint")
    assert len(people.get(REPORTS, "sifa", reporter="shichang").data["items"]) == 3
    assert len(people.get(REPORTS, "sifa", case="plan-1").data["items"]) == 2
    people.post(f"{REPORTS}/{joint['id']}/register", {}, "sifa", 1, seen=1)
    waiting = {agency: len(people.get(REPORTS, agency, awaits=agency).data["items"]) for agency in BOTH}
    assert waiting == {"sifa": 2, "zhengfuban": 3}
    assert people.get(REPORTS, "sifa", awaits="zheng").codes == ["BAD_FILTER"], "an agency's code is whole"
    assert people.get(REPORTS, "sifa", state="partly_registered").data["items"][0]["id"] == joint["id"]


def test_who_reported_sees_its_own_and_nobody_but_both_offices_all(office: Office, people: People) -> None:
    hear(office, told())
    report = one(people)["id"]
    for agency in ("zonghe", "zhujian", "jijian"):
        assert people.get(REPORTS, agency).data["items"] == []
        assert people.get(f"{REPORTS}/{report}", agency).status == 404
        assert people.post(f"{REPORTS}/{report}/register", {}, agency, 1, seen=1).status == 404
    assert people.post(f"{REPORTS}/{report}/register", {}, "shichang", 1, seen=1).codes == ["WRONG_PARTY"]


def test_a_report_entered_late_is_with_both_on_its_true_date(
        office: Office, people: People, clock: HandClock) -> None:
    clock.advance(days=3)
    hear(office, told(occurred_on=(DAY - timedelta(days=1)).isoformat()))
    assert one(people)["delivered_on"] == "2025-09-28"


def test_the_duty_of_each_office_stands_on_the_board(office: Office, people: People) -> None:
    hear(office, told())
    with office.db.read() as tx:
        own = [event_of(each.body) for each in office.journal.feed(tx, 0, 1000, None)]
    hear(office, *(each for each in own if each.name.startswith("deadline_")))
    items = people.get(BOARD, "sifa", clock="oversight.task_report").data["items"]
    assert {(each["bound"], each["item"], each["source"]) for each in items} == {
        (agency, agency, "internal") for agency in BOTH}
