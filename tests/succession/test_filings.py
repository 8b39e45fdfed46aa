"""What an agency filed before it was dissolved, on both back ends: who succeeds it answers for it."""

from dataclasses import replace
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
from tests.oversight.told import closure, hear, know
from tests.succession.ending import DOCUMENT

__all__ = ["make_office"]

FILINGS, FORMER, HEIR, JUSTICE = "/api/oversight/filings", "zonghe", "shichang", "sifa"


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    opened = make_office(SPEC)
    know(opened, (CITIES / "rongcheng" / "rulebook.yaml").read_text("utf-8"))
    hear(opened, closure())
    return opened


@pytest.fixture
def people(office: Office) -> People:
    return People(make(office), office)


def over(office: Office, clock: HandClock, *heirs: Heir) -> None:
    """The agency that filed the report ended today, and it is the day after."""
    agency = office.law.now().register.agencies[FORMER]
    gone = replace(agency, until=day_of(clock.now()), heirs=heirs)
    clock.advance(days=1)
    with office.db.write() as tx:
        HANDLERS["agency_dissolved"](tx, Event("end", "sharing", "agency_dissolved", "c", clock.now(),
                                               {"registered": gone.to_dict(), "document": DOCUMENT}))
    assert office.tick()[0] == 1, "the one filing, once"
    assert office.tick()[0] == 0


def filing(people: People, agency: str = JUSTICE) -> dict[str, Any]:
    found, = people.get(FILINGS, agency).data["items"]
    return dict(people.get(f"{FILINGS}/{found['id']}", agency).data)


def heard(office: Office, agency: str) -> list[str]:
    with office.db.read() as tx:
        return [event_of(each.body).name for each in office.journal.feed(tx, 0, 1000, agency)]


def test_who_succeeds_the_filer_is_told_of_the_return_and_the_former_reads_what_it_filed(
        office: Office, people: People, clock: HandClock) -> None:
    over(office, clock, Heir(HEIR, staff=True))
    case = filing(people)
    parties = [(each["agency"], each["until"] is None, each["after"]) for each in case["case"]["parties"]]
    assert parties == [(FORMER, False, ""), (HEIR, True, FORMER)]
    assert case["case"]["received"]["filed_by"] == FORMER, "who filed it stays as it was received"
    answer = people.post(f"{FILINGS}/{case['id']}/return", {
        "ground": "incomplete", "reason": "缺少处罚决定书", "lacks": ["处罚决定书"]}, JUSTICE, 1, seen=case["revision"])
    assert answer.status == 200, answer.data
    assert "filing_returned" in heard(office, HEIR) and "filing_returned" not in heard(office, FORMER)
    assert filing(people, HEIR)["state"] == "returned"
    left = filing(people, FORMER)
    assert (left["state"], {each["refusal"]["code"] for each in left["actions"]}) == ("received", {"AGENCY_DISSOLVED"})


def test_what_nobody_took_over_justice_gives_to_an_enforcement_agency(
        office: Office, people: People, clock: HandClock) -> None:
    over(office, clock)
    case = filing(people)
    path, said = f"{FILINGS}/{case['id']}/assign-successor", {"document": DOCUMENT, "reason": "职责划入"}
    for stranger in ("zhengfuban", JUSTICE, FORMER):
        refused = people.post(path, {**said, "successor": stranger}, JUSTICE, seen=case["revision"])
        assert refused.codes == ["UNKNOWN_SUCCESSOR"], stranger
    named = people.post(path, {**said, "successor": HEIR}, JUSTICE, seen=case["revision"])
    assert named.status == 200, named.data
    assert filing(people, HEIR)["state"] == "received" and "successor_assigned" in heard(office, HEIR)
