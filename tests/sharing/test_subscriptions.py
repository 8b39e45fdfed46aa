"""Subscriptions over HTTP, on both back ends: whose they are, what may be chosen, and that every service hears."""

from dataclasses import replace
from datetime import date

import pytest

from services.sharing.api import make
from shared.acts.office import Office
from shared.contracts.envelope import Event, event_of
from shared.law import handlers, subscriptions
from shared.law.subscriptions import ACTIVE, PAUSED, QUEUE, Subscribed
from tests.conftest import MakeDatabase
from tests.offices import Answer, MakeOffice, People
from tests.sharing.catalogue import small_city

PATH = "/api/sharing/subscriptions"
CONTACT = {"office": "信息中心", "phone": "0631-7560000"}


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office)


@pytest.fixture
def people(office: Office) -> People:
    return People(make(office), office)


def subscribe(people: People, agency: str, *types: str) -> Answer:
    return people.post(PATH, {"carrier": "queue", "types": types, "contact": CONTACT}, agency)


def test_a_subscription_is_its_agencys_own_and_seen_by_justice_and_the_government_office(people: People) -> None:
    made = subscribe(people, "zhujian", "transfer.announced")
    assert made.status == 201, made.data
    case = made.data["id"]
    for agency in ("zhujian", "sifa", "zhengfuban"):
        assert people.get(f"{PATH}/{case}", agency).data["case"]["types"] == ["transfer.announced"]
        assert [each["id"] for each in people.get(PATH, agency).data["items"]] == [case]
    for agency in ("zonghe", "yatou"):
        assert people.get(f"{PATH}/{case}", agency).status == people.get(f"{PATH}/{case}/events", agency).status == 404
        assert people.post(f"{PATH}/{case}/pause", {"reason": "升级"}, agency, seen=1).status == 404
        assert people.get(PATH, agency).data["items"] == []
    assert people.post(f"{PATH}/{case}/pause", {"reason": "升级"}, "sifa", seen=1).codes == ["WRONG_PARTY"]


def test_one_queue_an_agency_until_its_subscription_has_ended(people: People) -> None:
    case = subscribe(people, "zhujian").data["id"]
    assert subscribe(people, "zonghe").status == 201
    again = subscribe(people, "zhujian")
    assert (again.status, again.codes) == (409, ["QUEUE_TAKEN"])
    assert people.post(f"{PATH}/{case}/end", {"reason": "改用事件流"}, "zhujian", seen=1).status == 200
    assert subscribe(people, "zhujian").status == 201


def test_an_event_type_that_there_is_not_is_refused_with_those_that_there_are(people: People) -> None:
    known = [each["type"] for each in people.get(f"{PATH}/event-types", "yatou").data["items"]]
    assert {"transfer.announced", "collab.deadline_warned", "sharing.subscription_opened"} <= set(known)
    refused = subscribe(people, "zhujian", "transfer.announced", "transfer.shouted")
    assert (refused.status, refused.codes) == (422, ["UNKNOWN_EVENT_TYPE"])
    words = str(refused.data["refusals"][0])
    assert "transfer.shouted" in words and all(type in words for type in known)


def test_every_service_hears_of_it_and_neither_contact_nor_address_is_told(
        office: Office, people: People, make_database: MakeDatabase) -> None:
    case = subscribe(people, "zhujian", "transfer.announced").data["id"]
    other = make_database("other")

    def heard() -> tuple[Subscribed, ...]:
        with office.db.read() as tx:
            bodies = [entry.body for entry in office.journal.of_stream(tx, case)]
        assert not any("信息中心" in body for body in bodies)
        with other.write() as tx:
            for event in map(event_of, bodies):
                handlers.HANDLERS[event.name](tx, event)
            return subscriptions.of_agency(tx, "zhujian", QUEUE)

    def own() -> tuple[Subscribed, ...]:
        with office.db.read() as tx:
            return subscriptions.of_agency(tx, "zhujian", QUEUE)

    assert heard() == heard() == own() == (Subscribed(case, "zhujian", QUEUE, ("transfer.announced",), ACTIVE),)
    assert people.post(f"{PATH}/{case}/pause", {"reason": "升级"}, "zhujian", seen=1).status == 200
    assert people.post(f"{PATH}/{case}/change", {"contact": CONTACT}, "zhujian", seen=2).status == 200
    assert heard() == own() == (Subscribed(case, "zhujian", QUEUE, (), PAUSED),)
    assert people.post(f"{PATH}/{case}/end", {"reason": "改用事件流"}, "zhujian", seen=3).status == 200
    assert heard() == own() == ()


def test_what_an_agency_subscribes_ends_with_it(office: Office, people: People) -> None:
    case = subscribe(people, "zhujian").data["id"]
    kept = subscribe(people, "zonghe").data["id"]
    agency = office.law.now().register.get("zhujian")
    assert agency is not None
    ended = {"registered": replace(agency, until=date(2025, 1, 1)).to_dict(), "document": "荣编办发〔2025〕3号"}
    event = Event("01955984-0000-7000-8000-000000000001", "sharing", "agency_dissolved", "", office.clock.now(), ended)
    with office.db.write() as tx:
        office.handlers()["sharing"]["agency_dissolved"](tx, event)
    assert people.get(f"{PATH}/{case}", "sifa").data["case"]["state"] == "ended"
    assert people.get(f"{PATH}/{kept}", "sifa").data["case"]["state"] == "active"
    with office.db.read() as tx:
        assert [each.agency for each in subscriptions.there(tx, QUEUE)] == ["zonghe"]
