"""The agencies' own systems from end to end: registered, subscribed, provisioned, fed by relay, queue and feed, and
nothing lost or doubled whatever comes between."""

import random
from datetime import date, timedelta
from pathlib import Path

import amqp
import pytest
from liandong_client import NewEpoch, Reader, Refused, Unreachable

from shared.journal.epochs import new_epoch
from shared.kernel.clock import day_of
from tests.examples.conftest import Example
from tests.examples.test_java import classpath, compiled
from tests.integration.called import Webhooks
from tests.integration.city import (
    AGENCIES,
    ENFORCEMENT,
    HOUSING,
    JUSTICE,
    MARKER,
    STRANGER,
    City,
    System,
    address,
    at,
    once_in_order,
)
from tests.integration.conftest import MakeSystem
from tests.liandong.running import environ, until
from tests.servers import connected

__all__ = ["classpath", "compiled"]
TO_RECEIPT = ("add-material", "issue-letter", "deliver", "sign-receipt")
BACKLOG, LENGTH = 10_000, 500
OF_BOTH = (HOUSING, ENFORCEMENT, JUSTICE)
# of which case an agency is told what: a transfer and a query of 住建局 to 综合执法局, a query of that to 自然资源局, a
# system of 综合执法局
CELLS: dict[tuple[str, str], tuple[str, ...]] = {
    **{("transfer", f"transfer.{event}"): OF_BOTH for event in (
        "announced", "material_added", "letter_issued", "delivered", "deadline_started", "deadline_met")},
    **{("query", f"sharing.{event}"): OF_BOTH for event in ("query_asked", "deadline_started")},
    **{("another", f"sharing.{event}"): (ENFORCEMENT, JUSTICE, STRANGER) for event in (
        "query_asked", "deadline_started")},
    ("client", "desk.client_registered"): (ENFORCEMENT,),
}


@pytest.fixture(scope="module")
def queue(city: City) -> dict[str, str]:
    """The addresses of the queues of both agencies; that of 综合执法局 is short: LENGTH messages."""
    policy = {"pattern": rf"^agency\.{ENFORCEMENT}$", "definition": {"max-length": LENGTH}, "apply-to": "queues"}
    vhost = city.managed.url.rpartition("/")[2]
    assert city.managed.ask("PUT", f"policies/{vhost}/short", policy).ok
    for agency in AGENCIES:
        city.subscribe(agency)
    return {agency: city.provision(agency) for agency in AGENCIES}


@pytest.fixture(scope="module")
def keys(city: City) -> dict[str, str]:
    return {agency: city.key(agency) for agency in AGENCIES}


def today(city: City) -> date:
    return day_of(city.clock.now())


def test_what_people_do_reaches_the_queue_of_whom_it_concerns_by_its_own_user(
        city: City, queue: dict[str, str], keys: dict[str, str], system: MakeSystem) -> None:
    receiver = system(ENFORCEMENT, queue[ENFORCEMENT], key=keys[ENFORCEMENT])
    receiver.reads()
    with receiver.at_work():
        case = city.transferred(*TO_RECEIPT)
        city.send()
        until(lambda: any(event.key == "transfer.received" and event.subject == case.id for event in receiver.got),
              "the receipt")
    own = [event.name for event in receiver.got if event.subject == case.id and event.source == "transfer"]
    assert own[0] == "announced" and {"letter_issued", "delivered", "received"} <= set(own)
    assert once_in_order(receiver.got) and receiver.holds(today(city))
    assert depth(city, ENFORCEMENT) == 0
    with pytest.raises(Unreachable):
        system(HOUSING, queue[ENFORCEMENT], key=keys[HOUSING]).reads()


def test_by_every_carrier_an_agency_is_told_of_its_own_and_of_nothing_else(
        city: City, queue: dict[str, str], keys: dict[str, str], webhooks: Webhooks) -> None:
    webhooks.subscribe(city)
    clients, marks = {each: city.client(keys[each]) for each in AGENCIES}, {each: dict[str, str]() for each in AGENCIES}
    city.send()
    for agency in AGENCIES:
        city.in_feed(clients[agency], marks[agency])
        city.in_queue(queue[agency], agency)
        webhooks.took(agency)
    own = city.clients[ENFORCEMENT]
    case = {city.transferred("add-material", "issue-letter", "deliver").id: "transfer",
            city.asked(HOUSING, ENFORCEMENT): "query", city.asked(ENFORCEMENT, STRANGER): "another"}
    city.key(ENFORCEMENT)
    case[city.clients[ENFORCEMENT]], city.clients[ENFORCEMENT] = "client", own
    city.send()
    webhooks.work()
    by = {"feed": {agency: city.in_feed(clients[agency], marks[agency]) for agency in AGENCIES},
          "queue": {agency: city.in_queue(queue[agency], agency) for agency in AGENCIES},
          "webhook": {agency: webhooks.took(agency) for agency in AGENCIES}}
    for carrier in by:
        cells: dict[tuple[str, str], list[str]] = {}
        for agency, lines in by[carrier].items():
            for line in sorted(set(lines)):
                subject, key = line.split(" ")
                cells.setdefault((case.get(subject, subject), key), []).append(agency)
        assert {cell: tuple(told) for cell, told in cells.items()} == CELLS, carrier
        assert all(sorted(by[carrier][agency]) == sorted(by["feed"][agency]) for agency in AGENCIES), carrier


def test_the_java_reader_gets_the_same_on_the_same_broker(
        city: City, queue: dict[str, str], keys: dict[str, str], compiled: tuple[str, ...], system: MakeSystem,
        tmp_path: Path) -> None:
    city.transferred("add-material")
    city.send()
    told = {**environ(tmp_path), "LIANDONG_URL": city.url, "LIANDONG_API_KEY": keys[HOUSING], "PLACES": "places",
            "AGENCY_QUEUE": queue[HOUSING], "QUEUE": f"agency.{HOUSING}"}
    lines = [line for line in Example(compiled, told, tmp_path).ends().splitlines() if line.startswith("transfer ")]
    by_feed = [event for event in system(HOUSING, key=keys[HOUSING]).reads() if event.source == "transfer"]
    assert [line.split()[1:3] for line in lines] == [[str(event.position), event.name] for event in by_feed]
    assert depth(city, HOUSING) == 0


def test_stopped_for_ten_thousand_events_it_loses_and_doubles_none_though_its_queue_overflowed(
        city: City, queue: dict[str, str], keys: dict[str, str], system: MakeSystem) -> None:
    receiver = system(ENFORCEMENT, queue[ENFORCEMENT], key=keys[ENFORCEMENT])
    receiver.reads()
    before = len(receiver.got)
    city.told(BACKLOG, ENFORCEMENT)
    city.send()
    assert depth(city, ENFORCEMENT) <= LENGTH + 50, "its oldest went"
    receiver.reads()
    assert [event.data.nth for event in receiver.got[before:] if event.name == MARKER] == [*range(BACKLOG)]
    assert once_in_order(receiver.got) and receiver.holds(today(city)) and depth(city, ENFORCEMENT) == 0


def test_what_comes_twice_and_in_any_order_is_handled_once_in_its_own(
        city: City, queue: dict[str, str], keys: dict[str, str], system: MakeSystem) -> None:
    receiver = system(HOUSING, queue[HOUSING], key=keys[HOUSING])
    receiver.reads()
    receiver.got.clear()
    city.told(60, HOUSING)
    city.transferred(*TO_RECEIPT)
    city.send()
    chance = random.Random(6)

    def mixed(messages: list[amqp.Message]) -> list[amqp.Message]:
        twice = messages + chance.sample(messages, 30)
        chance.shuffle(twice)
        return twice[:-10]

    city.again(HOUSING, mixed)
    receiver.reads()
    assert once_in_order(receiver.got) and receiver.holds(today(city))
    assert [event.data.nth for event in receiver.got if event.name == MARKER] == [*range(60)]


def test_ten_days_away_are_read_as_if_it_had_been_there(
        city: City, keys: dict[str, str], queue: dict[str, str], system: MakeSystem) -> None:
    away, there = (system(HOUSING, key=keys[HOUSING]) for _ in range(2))
    away.reads()
    case, left = city.transferred("add-material"), today(city)
    for day in range(1, 11):
        city.play.move_to(at(left + timedelta(days=day), 9))
        city.transferred("add-material")
        there.reads()
    came = away.reads()
    assert {event.key for event in came if event.subject == case.id} >= {
        "transfer.announced", "transfer.deadline_warned", "transfer.deadline_breached"}
    assert ids(away, "transfer") == ids(there, "transfer")
    assert once_in_order(came)
    assert all(away.holds(left + timedelta(days=day)) for day in range(11))


def test_keys_and_passwords_are_rotated_under_a_system_that_reads(
        city: City, queue: dict[str, str], keys: dict[str, str], system: MakeSystem) -> None:
    current = [queue[HOUSING]]
    working = system(HOUSING, lambda: current[0], key=keys[HOUSING])
    working.reads()
    client = f"/api/desk/clients/{city.clients[HOUSING]}"
    with working.at_work():
        first = city.transferred("add-material")
        city.send()
        until(lambda: heard(working, first.id), "what came before the rotation")
        fresh = city.post(f"{client}/rotate-key", {}, HOUSING, 1)
        current[0] = address(city.agency("rotate", HOUSING))
        city.agency("rotate", HOUSING, "--finish")
        second = city.transferred("add-material")
        city.send()
        until(lambda: heard(working, second.id), "what came after it, by the new user")
    assert city.client(keys[HOUSING]).get("/api/desk/session")["agency"] == HOUSING, "both keys hold"
    city.post(f"{client}/finish-rotation", {}, HOUSING, fresh["revision"])
    with pytest.raises(Refused) as refused:
        city.client(keys[HOUSING]).get("/api/desk/session")
    assert refused.value.status == 401
    keys[HOUSING], queue[HOUSING] = str(fresh["api_key"]), current[0]
    renewed = System(city.client(keys[HOUSING]), working.file, HOUSING, current[0])
    third = city.transferred("add-material")
    city.send()
    renewed.reads()
    assert heard(renewed, third.id)
    assert once_in_order(working.got + renewed.got)


def test_in_a_new_epoch_a_system_stops_reconciles_and_goes_on_by_its_queue(
        city: City, queue: dict[str, str], keys: dict[str, str], system: MakeSystem) -> None:
    reading = system(HOUSING, queue[HOUSING], key=keys[HOUSING])
    reading.reads()
    had = len([event for event in reading.got if event.source == "transfer"])
    office = city.suite.offices["transfer"]
    new_epoch(office.db, office.journal, "restored from last night's dump")
    case = city.transferred("add-material")
    city.send()
    with pytest.raises(NewEpoch) as new:
        reading.reads()
    store = reading.store()
    try:
        told = Reader(reading.client, "transfer", store).reconcile(new.value.source, reading.got.append)
    finally:
        store.close()
    assert told.lost == frozenset() and told.again == had and heard(reading, case.id)
    another = city.transferred("add-material")
    city.send()
    reading.reads()
    assert heard(reading, another.id) and once_in_order(reading.got)


def test_a_dissolved_agency_s_queue_user_clients_and_webhook_end_and_its_heir_reads_its_feed(
        city: City, queue: dict[str, str], keys: dict[str, str], webhooks: Webhooks, system: MakeSystem) -> None:
    """Last: who is gone is gone."""
    ended = system(ENFORCEMENT, queue[ENFORCEMENT], key=keys[ENFORCEMENT])
    case = city.transferred(*TO_RECEIPT)
    city.send()
    ended.reads()
    register = city.play.get("/api/sharing/agencies", JUSTICE, code=ENFORCEMENT).data["items"][0]
    city.post(f"/api/sharing/agencies/{register['id']}/dissolve", {
        "document": "荣政发〔2025〕20号（示例）", "successor": HOUSING, "last_day": today(city).isoformat()}, JUSTICE,
        register["revision"])
    city.send()
    city.house()
    ended.reads()           # to its last day
    city.play.move_to(at(today(city) + timedelta(days=1), 9))
    city.send()
    city.house()
    assert city.managed.ask("GET", f"queues/{city.managed.url.rpartition('/')[2]}/agency.{ENFORCEMENT}"
                            ).status_code == 404
    users = [each["name"] for each in city.managed.ask("GET", "users").json()]
    assert not [user for user in users if f".agency.{ENFORCEMENT}." in user]
    assert [user for user in users if f".agency.{HOUSING}." in user]
    assert webhooks.ends(city, ENFORCEMENT)
    with pytest.raises(Refused) as refused:
        city.client(keys[ENFORCEMENT]).get("/api/transfer/feed")
    assert refused.value.status == 401
    heir = system(HOUSING, key=keys[HOUSING], of=ENFORCEMENT)
    heir.reads()
    assert ids(heir, "transfer")[:len(ids(ended, "transfer"))] == ids(ended, "transfer")
    assert heard(heir, case.id) and once_in_order(heir.got)
    with pytest.raises(Refused) as refused:
        city.client(keys[HOUSING]).get("/api/transfer/feed", of=JUSTICE)
    assert refused.value.code == "FEED_OF_ANOTHER"


def heard(system: System, case: str) -> bool:
    return any(event.subject == case for event in system.got)


def ids(system: System, source: str) -> list[str]:
    return [event.id for event in system.got if event.source == source]


def depth(city: City, agency: str) -> int:
    with connected(city.managed.url) as connection:
        return int(connection.channel().queue_declare(f"agency.{agency}", passive=True).message_count)

