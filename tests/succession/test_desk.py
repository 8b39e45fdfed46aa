"""People of a dissolved agency: they act for its successor from the day after, and read what the former had."""

from datetime import timedelta

import pytest

from services.desk.usecases import Desk
from shared.access import appointments
from shared.acts.office import Office
from shared.contracts.envelope import event_of
from shared.contracts.register import Heir
from shared.kernel.clock import HandClock, day_of
from shared.kernel.errors import Refused
from shared.law import tables
from tests.desk.conftest import PASSWORD, client, desk, made, office, people
from tests.situations.city import REGISTER
from tests.succession.ending import ends

__all__ = ["client", "desk", "office", "people"]


@pytest.fixture(autouse=True)
def register(office: Office) -> None:
    with office.db.write() as tx:
        tables.put_agencies(tx, REGISTER.agencies.values())


def dissolved(office: Office, clock: HandClock, *heirs: Heir) -> str:
    event = ends(office, "zhzf", day_of(clock.now()), *heirs)
    clock.advance(days=1)
    office.tick()
    return event


def test_a_person_has_the_same_rank_at_the_successor_from_the_day_after(
        office: Office, desk: Desk, clock: HandClock) -> None:
    person = made(desk, "zhang", ("zhzf", "leader"))
    event = dissolved(office, clock, Heir("scjg", staff=True))
    session = desk.sign_in("zhang", PASSWORD, "", "10.0.0.1")
    held = session.appointment
    assert (held.agency, held.rank, held.since) == ("scjg", "leader", day_of(clock.now()))
    assert held.id not in person.appointments and session.person.keeper == "scjg"
    with office.db.read() as tx:
        entry, = office.journal.caused(tx, event, "succeeded", person.account)
    assert [each["was"] for each in entry.data["carried"]] == list(person.appointments)


def test_in_the_former_appointment_a_person_still_signs_in_to_read(
        office: Office, desk: Desk, clock: HandClock) -> None:
    person = made(desk, "zhang", ("zhzf", "officer"))
    dissolved(office, clock, Heir("scjg", staff=True))
    assert desk.sign_in("zhang", PASSWORD, person.appointments[0], "10.0.0.1").appointment.agency == "zhzf"


def test_a_place_that_the_person_has_at_the_successor_already_is_not_made_twice(
        office: Office, desk: Desk, clock: HandClock) -> None:
    made(desk, "zhang", ("zhzf", "leader"), ("scjg", "leader"))
    dissolved(office, clock, Heir("scjg", staff=True))
    session = desk.sign_in("zhang", PASSWORD, "", "10.0.0.1")
    assert [each.agency for each in session.person.appointments] == ["zhzf", "scjg"]


def test_where_nobody_takes_the_people_over_they_act_for_nobody(office: Office, desk: Desk, clock: HandClock) -> None:
    made(desk, "zhang", ("zhzf", "leader"))
    dissolved(office, clock, Heir("scjg", ("road_occupation",)))
    session = desk.sign_in("zhang", PASSWORD, "", "10.0.0.1")
    assert [each.agency for each in session.person.appointments] == ["zhzf"]


def test_a_fixed_term_goes_over_with_the_appointment_and_ends_its_tokens(
        office: Office, desk: Desk, clock: HandClock) -> None:
    from services.desk.domain import Appoint
    from services.desk.usecases import person_named
    until = day_of(clock.now()) + timedelta(days=3)
    desk.provision(person_named("li", "李某", "zhzf"), (Appoint("officer", "zhzf", until=until),), PASSWORD)
    dissolved(office, clock, Heir("scjg", staff=True))
    held = desk.sign_in("li", PASSWORD, "", "10.0.0.1").appointment
    assert (held.agency, held.until) == ("scjg", until)
    with office.db.read() as tx:
        known = tx.execute(appointments.access_subject.select().where(
            appointments.access_subject.c.subject == held.id)).one()
    assert known.until == until
    clock.advance(days=4)
    with pytest.raises(Refused):
        desk.sign_in("li", PASSWORD, "", "10.0.0.1")


def test_every_service_hears_how_long_a_carried_appointment_holds(
        office: Office, desk: Desk, clock: HandClock) -> None:
    made(desk, "zhang", ("zhzf", "leader"))
    dissolved(office, clock, Heir("scjg", staff=True))
    with office.db.read() as tx:
        told = [event_of(each.body) for each in office.journal.feed(tx, 0, 1000)]
    assert "succeeded" in appointments.HANDLERS and "succeeded" in {each.name for each in told}
