"""The register's own acts and what chapter 5 keeps, on both back ends: an end entered late, whom the agency entrusted,
and its catalogue, records and holds in the hands of who succeeds it."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.sharing.office import own_news
from shared.acts.office import Office
from shared.contracts.envelope import event_of
from shared.deadlines import store as deadlines
from shared.kernel.clock import HandClock, day_of
from tests.offices import Answer, MakeOffice, People, make_office
from tests.sharing import archive, catalogue
from tests.sharing.catalogue import of, publish, small_city
from tests.situations.sharing.queries.builders import BUILDERS

__all__ = ["make_office"]

REGISTER, HOLDS, QUERIES = "/api/sharing/agencies", "/api/sharing/holds", "/api/sharing/queries"
DOCUMENT = "荣政发〔2025〕20号"
GONE, HEIR, JUSTICE, OTHER = "zonghe", "zhujian", "sifa", "yatou"
BODY = {"document": DOCUMENT, "code": "yuanlin", "name": "园林服务中心", "kind": "entrusted", "line": "city",
        "since": "2021-02-18", "entrusted_by": GONE, "entrustment": {"document": "荣综执委〔2025〕1号", "until": "2026-06-30"}}


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return small_city(make_office)


@pytest.fixture
def people(office: Office) -> People:
    return of(office)


def registration(people: People, code: str) -> dict[str, Any]:
    found, = people.get(REGISTER, JUSTICE, code=code).data["items"]
    return dict(people.get(f"{REGISTER}/{found['id']}", JUSTICE).data)


def dissolve(people: People, last_day: date, code: str = GONE, **said: Any) -> Answer:
    case = registration(people, code)
    return people.post(f"{REGISTER}/{case['id']}/dissolve", {
        "document": DOCUMENT, "last_day": last_day.isoformat(), **said}, JUSTICE, seen=case["revision"])


def hear(office: Office) -> None:
    """The service hears its own news of the end, as its follower does, and does what is left to do."""
    with office.db.write() as tx:
        for each in office.journal.feed(tx, 0, 10_000):
            if each.type == "agency_dissolved":
                own_news(office)["agency_dissolved"](tx, event_of(each.body))
    office.tick()


def over(office: Office, people: People, clock: HandClock, code: str = GONE, **said: Any) -> None:
    """The agency's last day was today, and it is over."""
    assert dissolve(people, day_of(clock.now()), code, **said).data["state"] == "dissolving"
    clock.advance(days=1)
    office.tick()
    hear(office)


def told(office: Office, *types: str) -> list[dict[str, Any]]:
    with office.db.read() as tx:
        events = [event_of(each.body) for each in office.journal.feed(tx, 0, 10_000) if each.type in types]
    return [dict(each.data) for each in events]


# An end that is entered late

def test_an_end_entered_after_its_day_is_answered_as_in_effect_and_todays_is_not(
        office: Office, people: People, clock: HandClock) -> None:
    last = day_of(clock.now()) - timedelta(days=5)
    answer = dissolve(people, last, successor=HEIR)
    assert (answer.status, answer.data["state"], answer.data["event"]) == (200, "dissolved", "sharing.agency_dissolved")
    assert [each["code"] for each in answer.data["warnings"]] == ["POWERS_PASS", "DISSOLUTION_ENTERED_LATE"]
    shown = registration(people, GONE)
    assert (shown["state"], shown["case"]["agency"]["until"]) == ("dissolved", last.isoformat())
    assert people.post(catalogue.PATH, {}, GONE, 1).codes == ["AGENCY_DISSOLVED"]
    hear(office)
    assert len(told(office, "agency_dissolved")) == 1 and not told(office, "dissolution_ordered")
    again = people.post(f"{REGISTER}/{shown['id']}/revoke-dissolution", {"document": DOCUMENT, "reason": "误"}, JUSTICE,
                        seen=shown["revision"])
    assert (again.status, again.codes) == (409, ["WRONG_STATE"])


def test_the_last_day_is_not_over_before_its_midnight(office: Office, people: People, clock: HandClock) -> None:
    assert dissolve(people, day_of(clock.now()), successor=HEIR).data["state"] == "dissolving"
    assert publish(people, GONE, "2025-09-01").status == 201
    clock.advance(days=1)
    office.tick()
    assert registration(people, GONE)["state"] == "dissolved"


def test_what_began_after_a_last_day_entered_late_is_the_heirs_from_its_beginning(
        office: Office, people: People, clock: HandClock) -> None:
    """Nobody is shown as having left a case before it began."""
    publish(people, GONE, "2025-09-01")
    began = day_of(clock.now())
    clock.advance(days=3)
    dissolve(people, began - timedelta(days=10), successor=HEIR)
    hear(office)
    entry, = people.get(catalogue.PATH, HEIR).data["items"]
    parties = people.get(f"{catalogue.PATH}/{entry['id']}", HEIR).data["case"]["parties"]
    assert [(each["agency"], each["since"], each["until"], each["after"]) for each in parties] == [
        (GONE, began.isoformat(), began.isoformat(), ""), (HEIR, began.isoformat(), None, GONE)]


def test_what_nobody_takes_over_of_an_end_entered_late_is_named_an_heir_all_the_same(
        office: Office, people: People, clock: HandClock) -> None:
    publish(people, GONE, "2025-09-01")
    clock.advance(days=3)
    dissolve(people, day_of(clock.now()) - timedelta(days=10))
    hear(office)
    entry, = people.get(catalogue.PATH, JUSTICE).data["items"]
    path = f"{catalogue.PATH}/{entry['id']}"
    seen = people.get(path, JUSTICE).data["revision"]
    said = {"successor": HEIR, "document": DOCUMENT, "reason": "职责划入"}
    named = people.post(f"{path}/assign-successor", said, JUSTICE, seen=seen)
    assert named.status == 200, named.data
    revised = people.post(f"{path}/refresh", {"data_on": "2025-09-28"}, HEIR, 1)
    assert revised.status == 200, revised.data


# Whom it entrusted

def entrusted(office: Office, people: People) -> dict[str, Any]:
    assert people.post(REGISTER, BODY, JUSTICE).status == 201
    return registration(people, "yuanlin")["case"]["agency"]


def term(office: Office, people: People) -> list[tuple[date | None, bool]]:
    """Until when the clock of its entrustment runs, and whether it was breached."""
    case = registration(people, "yuanlin")["id"]
    with office.db.read() as tx:
        return [(each.due_on, each.breached) for each in deadlines.for_case(tx, case) if each.live]


def test_who_alone_succeeds_goes_on_as_the_principal_under_the_same_term(
        office: Office, people: People, clock: HandClock) -> None:
    entrusted(office, people)
    before = term(office, people)
    over(office, people, clock, successor=HEIR)
    agency = registration(people, "yuanlin")["case"]["agency"]
    assert (agency["entrusted_by"], agency["entrusted_until"]) == (HEIR, "2026-06-30")
    assert term(office, people) == before == [(date(2026, 6, 30), False)]
    passed, = told(office, "entrustment_passed")
    assert (passed["former"], passed["principal"], passed["document"]) == (GONE, HEIR, DOCUMENT)
    assert passed["registered"]["entrusted_by"] == HEIR
    assert publish_in_name(people, GONE).codes == ["NOT_ENTRUSTED"] and publish_in_name(people, HEIR).status == 201


@pytest.mark.parametrize("said", [{}, {"successor": HEIR, "split": [
    {"successor": OTHER, "causes": ["illegal_extension"]}]}], ids=["nobody", "split"])
def test_where_no_one_succeeds_in_all_the_entrustment_ends_and_justice_has_a_red_light(
        office: Office, people: People, clock: HandClock, said: dict[str, Any]) -> None:
    entrusted(office, people)
    last = day_of(clock.now())
    over(office, people, clock, **said)
    office.tick()
    agency = registration(people, "yuanlin")["case"]["agency"]
    assert (agency["entrusted_by"], agency["entrusted_until"]) == (GONE, last.isoformat())
    assert term(office, people) == [(last, True)]
    ended, = told(office, "entrustment_ended")
    assert (ended["former"], ended["principal"]) == (GONE, "")
    assert publish_in_name(people, GONE).codes == ["ENTRUSTMENT_ENDED", "PRINCIPAL_DISSOLVED"]
    case = registration(people, "yuanlin")
    anew = people.post(f"{REGISTER}/{case['id']}/change", {
        "document": DOCUMENT, "entrusted_by": HEIR, "entrustment": {"document": "荣住建委〔2025〕1号", "until": "2027-06-30"}},
        JUSTICE, seen=case["revision"])
    assert anew.status == 200, anew.data
    assert term(office, people) == [(date(2027, 6, 30), False)] and publish_in_name(people, HEIR).status == 201


def publish_in_name(people: People, principal: str) -> Answer:
    return people.post(catalogue.PATH, {"entry": catalogue.ENTRY, "data_on": "2025-09-01", "in_name_of": principal},
                       "yuanlin", 1)


# Its powers

def powers(people: People, code: str) -> list[tuple[str, str, str]]:
    return [(each["cause"], each["does"], each.get("document", ""))
            for each in registration(people, code)["case"]["agency"].get("powers", ())]


def test_its_powers_are_the_successors_with_the_document_that_moved_them_and_none_is_doubled(
        office: Office, people: People, clock: HandClock) -> None:
    before, gone = powers(people, HEIR), powers(people, GONE)
    own = {each[:2] for each in before}
    over(office, people, clock, successor=HEIR)
    new = [(cause, does, DOCUMENT) for cause, does, _ in gone if (cause, does) not in own]
    assert new and powers(people, HEIR) == [*before, *new]
    assert powers(people, GONE) == gone, "history keeps what it had"
    changed, = [each for each in told(office, "agency_changed") if each.get("former") == GONE]
    assert changed["registered"]["code"] == HEIR
    with office.db.read() as tx:
        register = office.law.snapshot(tx).register
    assert all(HEIR in register.holders(cause, does, day_of(clock.now())) for cause, does, _ in gone)


def test_a_split_gives_each_its_own_and_what_nobody_got_goes_with_the_records_to_who_is_named_later(
        office: Office, people: People, clock: HandClock) -> None:
    gone = powers(people, GONE)
    theirs = gone[0][0]
    before = powers(people, OTHER), powers(people, HEIR)
    archive.deliver(people, archive.record("1", access="on_request", text="仅凭查询提供的正文"), agency=GONE)
    over(office, people, clock, split=[{"successor": OTHER, "causes": [theirs]}])
    assert archive.found(people, HEIR, text="正文") == []
    assert {each[:2] for each in powers(people, OTHER)} - {each[:2] for each in before[0]} <= {
        each[:2] for each in gone if each[0] == theirs}
    assert powers(people, HEIR) == before[1]
    case = registration(people, GONE)
    named = people.post(f"{REGISTER}/{case['id']}/name-heir", {
        "successor": HEIR, "document": "荣政发〔2025〕21号", "reason": "职责划入"}, JUSTICE, seen=case["revision"])
    assert named.status == 200, named.data
    assert {each["code"] for each in named.data["warnings"]} == {"POWERS_PASS", "CASES_APART"}
    assert {each[:2] for each in gone if each[0] != theirs} <= {each[:2] for each in powers(people, HEIR)}
    assert not any(each[2] == "荣政发〔2025〕21号" for each in powers(people, OTHER))
    assert archive.titles(people, HEIR, text="正文") == [archive.record("1")["title"]], "its own to read whole"
    assert archive.found(people, OTHER, text="正文") == []
    again = registration(people, GONE)
    twice = people.post(f"{REGISTER}/{case['id']}/name-heir", {
        "successor": OTHER, "document": DOCUMENT, "reason": "误"}, JUSTICE, seen=again["revision"])
    assert (twice.status, twice.codes) == (409, ["HEIR_NAMED_BEFORE"])


# What it kept

def test_its_catalogue_is_revised_and_withdrawn_by_who_succeeds_it(
        office: Office, people: People, clock: HandClock) -> None:
    publish(people, GONE, "2025-09-01")
    over(office, people, clock, successor=HEIR)
    entry, = people.get(catalogue.PATH, HEIR).data["items"]
    path = f"{catalogue.PATH}/{entry['id']}"
    for act, said in (("revise", {"entry": {**catalogue.ENTRY, "title": "占道经营案件（承继）"}, "data_on": "2025-09-20",
                                  "reason": "机构改革"}), ("withdraw", {"reason": "并入本机关目录"})):
        refused = people.post(f"{path}/{act}", said, GONE, 1, seen=people.get(path, HEIR).data["revision"])
        assert refused.codes == ["AGENCY_DISSOLVED"]
        done = people.post(f"{path}/{act}", said, HEIR, 1, seen=people.get(path, HEIR).data["revision"])
        assert done.status == 200, (act, done.data)


def test_its_records_are_read_whole_and_delivered_anew_by_who_succeeds_it(
        office: Office, people: People, clock: HandClock) -> None:
    kept = archive.record("1", access="on_request", text="仅凭查询提供的正文")
    assert people.send(archive.PATH, archive.lines([kept]), archive.NDJSON, GONE).status == 201
    over(office, people, clock, successor=HEIR)
    found, = people.post(archive.SEARCH, {"text": "正文", **archive.WHY}, HEIR).data["items"]
    assert found["own"] and found["agency"] == GONE
    assert people.post(f"{archive.PATH}/{found['id']}/open", {}, HEIR).data["text"] == kept["text"]
    assert people.post(archive.SEARCH, {"text": "正文", **archive.WHY}, OTHER).data["items"] == []
    assert people.send(archive.PATH, archive.lines([kept]), archive.NDJSON, GONE).codes == ["AGENCY_DISSOLVED"]
    anew = people.send(archive.PATH, archive.lines([{**kept, "text": "承继后更新的正文"}]), archive.NDJSON, HEIR)
    assert anew.status == 201, anew.data
    mine = people.post(archive.SEARCH, {"text": "更新", **archive.WHY}, HEIR).data["items"]
    assert [each["agency"] for each in mine] == [HEIR], "its own delivery is its own record; the former's stays"


def test_a_hold_is_confirmed_and_lifted_by_who_succeeds_its_keeper(
        office: Office, people: People, clock: HandClock) -> None:
    """Justice keeps holds, and its successor with the standing."""
    said = {"document": "荣司保〔2025〕1号", "issued_by": "justice", "issued_on": "2025-09-01", "reason": "诉讼期间",
            "person": {"name": "张某某"}}
    placed = people.post(HOLDS, said, JUSTICE)
    assert placed.status == 201, placed.data
    path = f"{HOLDS}/{placed.data['id']}"
    over(office, people, clock, JUSTICE, successor=HEIR, takes_standing=True)
    assert people.get(path, OTHER).status == 404
    for act in ("confirm-hold", "lift-hold"):
        done = people.post(f"{path}/{act}", {"reason": "诉讼已经终结"}, HEIR, seen=people.get(path, HEIR).data["revision"])
        assert done.status == 200, (act, done.data)
    assert people.get(path, HEIR).data["state"] == "lifted"


@pytest.mark.parametrize(("act", "state"), [("answer", "answered"), ("withdraw", "withdrawn")])
def test_a_query_of_an_agency_to_one_that_it_succeeds_is_ended_by_it_as_either_side(
        office: Office, people: People, clock: HandClock, act: str, state: str) -> None:
    today = day_of(clock.now())
    asked = people.post(QUERIES, BUILDERS["ask"](None, today) | {"holder": GONE}, HEIR, 1)
    assert asked.status == 201, asked.data
    over(office, people, clock, successor=HEIR)
    assert [each["one_agency"] for each in told(office, "succeeded") if "one_agency" in each] == [["asker", "holder"]]
    case = people.get(path := f"{QUERIES}/{asked.data['id']}", HEIR).data
    with office.db.read() as tx:
        assert {each.bound for each in deadlines.open_of(tx, [asked.data["id"]])} == {HEIR}
    ended = people.post(f"{path}/{act}", BUILDERS[act](None, today), HEIR, 2, seen=case["revision"])
    assert (ended.status, people.get(path, HEIR).data["state"]) == (200, state), ended.data
