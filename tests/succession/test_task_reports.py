"""A task report's offices and reporter end, on both back ends: who succeeds an office has its duty, with its days."""

from typing import Any

import pytest

from services.oversight.api import make
from services.oversight.office import SPEC
from shared.acts.office import Office
from shared.contracts.envelope import Event, event_of
from shared.contracts.register import Heir
from shared.kernel.clock import HandClock, day_of
from shared.kernel.settings import CITIES
from shared.law.handlers import HANDLERS
from tests.offices import MakeOffice, People, make_office
from tests.oversight.told import hear, know, plan_event
from tests.succession.ending import DOCUMENT

__all__ = ["make_office"]

REPORTS, JUSTICE, OFFICE = "/api/oversight/task-reports", "sifa", "zhengfuban"
REPORTER, HEIR = "zonghe", "shichang"


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    opened = make_office(SPEC)
    know(opened, (CITIES / "rongcheng" / "rulebook.yaml").read_text("utf-8"))
    hear(opened, plan_event("task_reported", "running", participants=[REPORTER], agency=REPORTER, report=1,
                            reported=[1], tasks=["1"]))
    return opened


@pytest.fixture
def people(office: Office) -> People:
    return People(make(office), office)


def over(office: Office, clock: HandClock, code: str, *heirs: Heir) -> None:
    """The agency ended today, and it is the day after."""
    agency = office.law.now().register.agencies[code]
    gone = {**agency.to_dict(), "until": day_of(clock.now()).isoformat(), "heirs": [each.to_dict() for each in heirs]}
    clock.advance(days=1)
    with office.db.write() as tx:
        HANDLERS["agency_dissolved"](tx, Event(f"end-{code}", "sharing", "agency_dissolved", "c", clock.now(),
                                               {"registered": gone, "document": DOCUMENT}))
    assert office.tick()[0] == 1, "the one report, once"
    assert office.tick()[0] == 0


def report(people: People, agency: str = JUSTICE) -> dict[str, Any]:
    found, = people.get(REPORTS, agency).data["items"]
    return dict(people.get(f"{REPORTS}/{found['id']}", agency).data)


def heard(office: Office, agency: str) -> list[str]:
    with office.db.read() as tx:
        return [event_of(each.body).name for each in office.journal.feed(tx, 0, 1000, agency)]


def test_who_succeeds_the_reporter_hears_what_comes_of_its_report(
        office: Office, people: People, clock: HandClock) -> None:
    over(office, clock, REPORTER, Heir(HEIR))
    case = report(people, HEIR)
    assert (case["state"], case["case"]["delivered"]["reporter"]) == ("delivered", REPORTER)
    assert "task_report_succeeded" in heard(office, HEIR) and "task_report_succeeded" in heard(office, REPORTER)
    answer = people.post(f"{REPORTS}/{case['id']}/register", {}, JUSTICE, 1, seen=case["revision"])
    assert answer.status == 200, answer.data
    assert "task_report_registered" in heard(office, HEIR) and "task_report_registered" not in heard(office, REPORTER)


def test_who_succeeds_an_office_registers_in_its_place(office: Office, people: People, clock: HandClock) -> None:
    over(office, clock, OFFICE, Heir(JUSTICE))
    case = report(people)
    running = people.get(f"{REPORTS}/{case['id']}/deadlines", JUSTICE).data["items"]
    assert {each["item"]: each["bound"] for each in running} == {JUSTICE: JUSTICE, OFFICE: JUSTICE}
    answer = people.post(f"{REPORTS}/{case['id']}/register", {}, JUSTICE, 1, seen=case["revision"])
    assert (answer.status, answer.data["state"]) == (200, "registered"), answer.data
