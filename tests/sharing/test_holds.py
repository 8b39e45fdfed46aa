"""Holds over HTTP, on both back ends: who knows of one, and that every service learns what it may not erase."""

import pytest

from services.sharing.api import make
from shared.acts import whom
from shared.acts.office import Office
from shared.contracts.envelope import event_of
from shared.law import handlers, holds
from tests.conftest import MakeDatabase
from tests.offices import Answer, MakeOffice, People
from tests.sharing.catalogue import small_city

PATH = "/api/sharing/holds"
CASE = "01955984-0000-7000-8000-000000000001"
NUMBER = "110105194912310038"


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office)


@pytest.fixture
def people(office: Office) -> People:
    return People(make(office), office)


def placed(people: People, **said: object) -> Answer:
    about = said or {"case": f"transfer/{CASE}"}
    answer = people.post(PATH, {"document": "荣司保〔2025〕1号", "issued_by": "court", "issued_on": "2025-09-29",
                                "reason": "诉讼需要", **about}, "sifa")
    assert answer.status == 201, answer.data
    return answer


def test_only_who_placed_a_hold_knows_of_it(people: People) -> None:
    hold = placed(people).data["id"]
    assert people.get(f"{PATH}/{hold}", "sifa").data["case"]["placed"]["case"] == f"transfer/{CASE}"
    assert [each["id"] for each in people.get(PATH, "sifa").data["items"]] == [hold]
    for agency in ("zhengfuban", "zhujian"):
        assert people.get(f"{PATH}/{hold}", agency).status == 404
        assert people.get(f"{PATH}/{hold}/events", agency).status == 404
        assert people.get(PATH, agency).data["items"] == []
        assert people.post(f"{PATH}/{hold}/lift-hold", {"reason": "诉讼终结"}, agency, seen=1).status == 404


def test_a_hold_on_a_person_names_nobody_outside_itself(office: Office, people: People) -> None:
    hold = placed(people, person={"name": "钟离浥尘", "number": NUMBER}).data["id"]
    seen = people.get(f"{PATH}/{hold}", "sifa").data["case"]
    assert (seen["placed"]["person"]["number"], seen["placed"]["case"]) == (NUMBER, "")
    with office.db.read() as tx:
        bodies = [entry.body for entry in office.journal.feed(tx, 0, 1000)]
        (held,) = holds.there(tx)
    assert not [body for body in bodies if NUMBER in body or "钟离" in body]
    assert held.keys == whom.keys((NUMBER,), office.vault)


def test_every_service_hears_of_it_and_of_its_end_whatever_order_it_heard_before(
        office: Office, people: People, make_database: MakeDatabase) -> None:
    hold = placed(people).data["id"]
    other = make_database("other")

    def hear() -> tuple[holds.Held, ...]:
        with office.db.read() as tx:
            events = [event_of(entry.body) for entry in office.journal.of_stream(tx, hold)]
        with other.write() as tx:
            for event in events:
                if handler := handlers.HANDLERS.get(event.name):
                    handler(tx, event)
            return holds.there(tx)

    expected = holds.Held(hold, "transfer", CASE, frozenset())
    assert hear() == hear() == (expected,)
    answer = people.post(f"{PATH}/{hold}/lift-hold", {"reason": "诉讼终结", "document": "荣法〔2025〕1号"}, "sifa", seen=1)
    assert answer.status == 200, answer.data
    assert hear() == ()
    with office.db.read() as tx:
        assert holds.there(tx) == ()


def test_what_a_hold_names_is_not_told_to_the_person_who_asks(people: People) -> None:
    """That an inquiry goes on is none of what 45 opens."""
    placed(people, person={"number": NUMBER})
    answer = people.post("/api/sharing/persons/export", {"number": NUMBER, "application": "申请1号"}, "sifa")
    assert (answer.status, answer.data["items"]) == (200, [])
