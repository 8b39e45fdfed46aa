"""Reconciliation: both sides count a day alike, a first load misses nothing, what was sent is told with its answer."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.acts.office import Office
from shared.contracts.envelope import event_of
from shared.contracts.register import Heir
from shared.journal import carrying, epochs, sent
from shared.kernel.clock import HandClock, day_of
from shared.law import queues, subscriptions
from shared.law import tables as law
from shared.law.subscriptions import Subscribed
from tests.http.toy import BODY
from tests.served import AGENCIES, Asking, codes

CASES, FEED, DAY = "/api/toy/cases", "/api/toy/feed", "/api/toy/reconciliation?date="
CHANGED, SENT = "/api/toy/reconciliation?changed_since=", "/api/toy/reconciliation/sent"
RESEND = "/api/toy/reconciliation/resend"
MONDAY, TUESDAY = "2025-09-29", "2025-09-30"


def opened_by(people: Asking, receiver: str) -> str:
    return people.post(CASES, {**BODY, "receiver": receiver}, "zjj", 1).get_json()["id"]


def items_of(people: Asking, agency: str, query: str = "") -> Iterator[dict]:
    """An agency's feed, read to its end."""
    after, more = "", True
    while more:
        page = people.get(f"{FEED}?after={after}{query}", agency).get_json()
        yield from page["items"]
        after, more = page["next"], page["more"]


@pytest.fixture
def days(people: Asking, clock: HandClock) -> list[str]:
    """Monday: two cases to zfj and one to scj; Tuesday: a note in the first, a case to scj."""
    cases = [opened_by(people, receiver) for receiver in ("zfj", "scj", "zfj")]
    clock.move_to(clock.now() + timedelta(days=1))
    people.post(f"{CASES}/{cases[0]}/note", {"text": "a"}, "zjj", 1)
    return [*cases, opened_by(people, "scj")]


def computed(items: list[dict], day: str) -> dict:
    """What an agency's own system says of a day, from its feed alone and as the document describes it."""
    events = [event for item in items
              if day_of((event := event_of(item["body"], position=item["position"])).time).isoformat() == day]
    types: dict[str, int] = {}
    for event in events:
        name = json.loads(event.body)["type"]
        types[name] = types.get(name, 0) + 1
    text = "".join(f"{event.id}\n" for event in events)
    return {"count": len(events), "types": types, "first": events[0].position if events else None,
            "last": events[-1].position if events else None,
            "digest": f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"}


@pytest.mark.parametrize("agency", ["zfj", "scj", "zjj", "jw"])
@pytest.mark.parametrize("day", [MONDAY, TUESDAY])
def test_a_day_is_what_the_agency_itself_counts_from_its_feed(
        people: Asking, days: list[str], agency: str, day: str) -> None:
    told = people.get(DAY + day, agency).get_json()
    assert {name: told[name] for name in ("count", "types", "first", "last", "digest")} == \
        computed(list(items_of(people, agency)), day)
    assert (told["agency"], told["date"], told["time_zone"]) == (agency, day, "Asia/Shanghai")
    assert told["complete"] == (day == MONDAY)


def test_what_others_are_told_changes_no_count_of_ones_own(people: Asking, days: list[str]) -> None:
    before = people.get(DAY + TUESDAY, "zfj").get_json()
    opened_by(people, "scj")
    assert people.get(DAY + TUESDAY, "zfj").get_json() == before
    assert before["types"] == {"liandong.toy.noted.v1": 1}


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("query", "code"), [
    ("date=2025-10-01", "DAY_AHEAD"), ("date=2025-09-28", "DAY_BEFORE_FIRST"), ("date=2025-9-29", "BAD_DAY"),
    ("date=20250929", "BAD_DAY"), ("date=2025-02-30", "BAD_DAY"), ("date=", "BAD_DAY"), ("", "DATE_OR_CHANGED_SINCE"),
    ("date=2025-09-29&changed_since=2025-09-29", "DATE_OR_CHANGED_SINCE"),
    ("date=2025-09-29&limit=3", "UNKNOWN_PARAMETER"),
    ("changed_since=x", "BAD_DAY"), ("changed_since=2025-09-29&after=x", "BAD_AFTER"),
    ("changed_since=2025-09-29&after=eCB5", "BAD_AFTER"), ("changed_since=2025-09-29&limit=0", "BAD_LIMIT")])
def test_a_day_or_a_place_that_makes_no_sense_is_refused_in_words(
        people: Asking, days: list[str], query: str, code: str) -> None:
    answer = people.get(f"/api/toy/reconciliation?{query}", "zfj")
    assert (answer.status_code, codes(answer)) == (400, [code])


def test_a_day_in_a_new_epoch_says_so(office: Office, people: Asking, days: list[str]) -> None:
    before = people.get(DAY + MONDAY, "zfj").get_json()
    epochs.new_epoch(office.db, office.journal, "restored")
    after = people.get(DAY + MONDAY, "zfj").get_json()
    assert after["epoch"] != before["epoch"] and after["digest"] == before["digest"]


def test_who_was_ten_days_away_gets_each_of_them(people: Asking, clock: HandClock, days: list[str]) -> None:
    had = people.get(FEED, "zfj").get_json()
    for nth in range(10):
        clock.move_to(clock.now() + timedelta(days=1))
        people.post(f"{CASES}/{days[0]}/note", {"text": str(nth)}, "zjj", 1)
    missed = people.get(f"{FEED}?after={had['next']}", "zfj").get_json()["items"]
    assert len(missed) == 10 and missed[0]["prev"] == had["items"][-1]["position"]
    assert [item["prev"] for item in missed[1:]] == [item["position"] for item in missed[:-1]]
    day = day_of(clock.now()).isoformat()
    assert people.get(DAY + day, "zfj").get_json()["digest"] == computed(missed, day)["digest"]


# a first load

def snapshot_of(people: Asking, agency: str, since: str, limit: int = 200) -> tuple[list[dict], str]:
    items, after, feeds = [], "", set()
    while True:
        page = people.get(f"{CHANGED}{since}&limit={limit}&after={after}", agency).get_json()
        items += page["items"]
        feeds.add(page["feed"])
        if not (after := page["next"]):
            assert len(feeds) == 1, "the mark is that of before the first page"
            return items, feeds.pop()


@pytest.mark.parametrize("limit", [1, 200])
def test_a_snapshot_has_the_cases_one_may_see_and_no_other(people: Asking, days: list[str], limit: int) -> None:
    items, _ = snapshot_of(people, "zfj", "2020-01-01", limit)
    assert [item["id"] for item in items] == sorted((days[0], days[2]), reverse=True)
    positions = {event_of(item["body"]).subject: item["position"] for item in items_of(people, "zfj")}
    for item in items:
        seen = people.get(item["href"], "zfj").get_json()
        assert (item["state"], item["revision"]) == (seen["state"], seen["revision"])
        assert item["position"] == positions[item["id"]]
    assert snapshot_of(people, "jw", "2020-01-01", limit)[0] == []


def test_a_snapshot_of_a_day_leaves_out_what_did_not_change_since(people: Asking, days: list[str]) -> None:
    assert [item["id"] for item in snapshot_of(people, "zfj", TUESDAY)[0]] == [days[0]]
    assert [item["id"] for item in snapshot_of(people, "scj", TUESDAY)[0]] == [days[3]]
    assert snapshot_of(people, "zfj", "2025-10-01")[0] == []


def test_what_happens_between_the_pages_of_a_snapshot_is_in_the_feed_after_it(people: Asking, days: list[str]) -> None:
    first = people.get(f"{CHANGED}2020-01-01&limit=1", "zfj").get_json()
    new = opened_by(people, "zfj")
    people.post(f"{CASES}/{days[2]}/note", {"text": "b"}, "zjj", 1)
    second = people.get(f"{CHANGED}2020-01-01&limit=1&after={first['next']}", "zfj").get_json()
    assert second["feed"] == first["feed"] and not second["next"]
    known = {item["id"]: item["position"] for item in (*first["items"], *second["items"])}
    for item in people.get(f"{FEED}?after={first['feed']}", "zfj").get_json()["items"]:
        known[event_of(item["body"]).subject] = item["position"]
    latest = {event_of(item["body"]).subject: item["position"] for item in items_of(people, "zfj")}
    assert known == latest and new in known


def test_a_page_of_a_snapshot_from_before_a_new_epoch_is_410(office: Office, people: Asking, days: list[str]) -> None:
    first = people.get(f"{CHANGED}2020-01-01&limit=1", "zfj").get_json()
    epochs.new_epoch(office.db, office.journal, "restored")
    assert people.get(f"{CHANGED}2020-01-01&limit=1&after={first['next']}", "zfj").status_code == 410


# an agency that has ended

@pytest.fixture
def ended(office: Office, people: Asking, clock: HandClock, days: list[str]) -> list[str]:
    """zfj is dissolved, scj is its one heir; it is the day after."""
    zfj = next(agency for agency in AGENCIES if agency.code == "zfj")
    with office.db.write() as tx:
        law.put_agencies(tx, [replace(zfj, until=day_of(clock.now()), heirs=(Heir("scj"),))])
    clock.move_to(clock.now() + timedelta(days=1))
    return days


def test_the_heir_reads_and_reconciles_what_a_dissolved_agency_was_told(people: Asking, ended: list[str]) -> None:
    own = list(items_of(people, "zfj"))
    assert list(items_of(people, "scj", "&of=zfj")) == own and len(own) == 3
    noted = people.get(f"{FEED}?of=zfj&types=noted", "scj").get_json()["items"]
    assert [item["position"] for item in noted] == [own[-1]["position"]]
    told = people.get(f"{DAY}{MONDAY}&of=zfj", "scj").get_json()
    assert told["agency"] == "zfj" and told["digest"] == computed(own, MONDAY)["digest"]
    page = people.get(f"{CHANGED}2020-01-01&of=zfj", "scj").get_json()
    assert {item["id"] for item in page["items"]} == {ended[0], ended[2]}
    handed = people.get(SENT, "zfj").get_json()
    assert people.get(f"{SENT}?of=zfj", "scj").get_json() == handed and handed["items"]


@pytest.mark.parametrize("path", [f"{FEED}?of=zfj", f"{DAY}{MONDAY}&of=zfj", f"{CHANGED}{MONDAY}&of=zfj",
                                  f"{SENT}?of=zfj"])
def test_who_is_no_heir_reads_nothing_of_it(people: Asking, ended: list[str], path: str) -> None:
    assert people.get(path, "jw").status_code == 403


# what was sent

def test_a_page_of_the_feed_is_told_as_sent_and_going_on_as_its_answer(
        people: Asking, clock: HandClock, days: list[str]) -> None:
    page = people.get(FEED, "zfj").get_json()
    row, = people.get(SENT, "zfj").get_json()["items"]
    assert (row["carrier"], row["count"], row["answer"], row["answered_at"]) == ("feed", 3, "", None)
    assert (row["first"], row["last"]) == (page["items"][0]["position"], page["items"][-1]["position"])
    people.get(f"{FEED}?after={page['next']}", "zfj", rank=1)
    assert people.get(SENT, "zfj").get_json()["items"][0]["answer"] == "", "another reader's mark answers for itself"
    clock.move_to(clock.now() + timedelta(minutes=5))
    people.get(f"{FEED}?after={page['next']}", "zfj")
    row, = people.get(SENT, "zfj").get_json()["items"]
    assert row["answer"] == sent.WENT_ON and row["answered_at"] > row["sent_at"]


def test_what_was_sent_to_others_is_not_told(people: Asking, days: list[str]) -> None:
    people.get(FEED, "scj")
    assert people.get(SENT, "zfj").get_json()["items"] == []
    assert codes(people.get(f"{SENT}?carrier=pigeon", "zfj")) == ["UNKNOWN_CARRIER"]


def test_what_was_sent_is_paged_newest_first_and_forgotten_in_time(
        office: Office, people: Asking, clock: HandClock, days: list[str]) -> None:
    for limit in (1, 2, 3):
        clock.move_to(clock.now() + timedelta(seconds=1))
        people.get(f"{FEED}?limit={limit}", "zfj")
    first = people.get(f"{SENT}?limit=2&carrier=feed", "zfj").get_json()
    second = people.get(f"{SENT}?limit=2&carrier=feed&after={first['next']}", "zfj").get_json()
    assert [row["count"] for row in (*first["items"], *second["items"])] == [3, 2, 1] and not second["next"]
    clock.move_to(clock.now() + timedelta(days=400))
    office.housekeep()
    assert people.get(SENT, "zfj").get_json()["items"] == []


# sent again

@pytest.fixture
def queue(office: Office, days: list[str]) -> None:
    """zfj subscribes by queue."""
    with office.db.write() as tx:
        subscriptions.put(tx, Subscribed("s-1", "zfj", "queue", (), "active"))


def test_an_agency_asks_that_its_queue_is_sent_again_from_a_position(
        office: Office, people: Asking, queue: None) -> None:
    items = list(items_of(people, "zfj"))
    answer = people.post(RESEND, {"position": items[1]["position"]}, "zfj", 1)
    assert answer.status_code == 202
    assert (answer.get_json()["count"], answer.get_json()["first"]) == (len(items) - 1, items[1]["position"])
    with office.db.read() as tx:
        assert set(queues.every(tx)) == {"zfj"}, "nobody else's queue is asked for"
        assert queues.of_agency(tx, "zfj").replay_after == items[1]["position"] - 1


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("agency", "body", "status", "code"), [
    ("scj", {"position": 1}, 409, "NO_ACTIVE_QUEUE"), ("zfj", {"position": 10 ** 6}, 422, "REPLAY_AFTER_END"),
    ("zfj", {"position": 0}, 422, "FIELD_VALUE"), ("zfj", {}, 422, "FIELD_REQUIRED"),
    ("zfj", {"position": 1, "agency": "scj"}, 422, "FIELD_UNKNOWN")])
def test_what_cannot_be_sent_again_is_refused(
        people: Asking, queue: None, agency: str, body: dict, status: int, code: str) -> None:
    answer = people.post(RESEND, body, agency, 1)
    assert (answer.status_code, codes(answer)) == (status, [code])


# carriers that fail

def test_an_agency_is_told_once_that_its_carrier_fails_and_that_it_works_again(
        office: Office, people: Asking, days: list[str]) -> None:
    mark = people.get(FEED, "zfj").get_json()["next"]

    def tell(state: str, why: str = "") -> bool:
        with office.db.write() as tx:
            return carrying.tell(tx, office.journal, "zfj", sent.WEBHOOK, "s-1", state, why)

    changes = [("resumed", ""), ("failing", "500"), ("failing", "502"), ("paused", "7 days"), ("resumed", "")]
    assert [tell(*change) for change in changes] == [False, True, False, True, True]
    told = [event_of(item["body"]) for item in people.get(f"{FEED}?after={mark}", "zfj").get_json()["items"]]
    assert [(event.name, event.data.get("why", "")) for event in told] == \
        [("delivery_failing", "500"), ("delivery_paused", "7 days"), ("delivery_resumed", "")]
    state, = people.get(SENT, "zfj").get_json()["states"]
    assert (state["carrier"], state["subscription"], state["state"]) == ("webhook", "s-1", "resumed")
    assert all("delivery" not in item["body"] for item in items_of(people, "scj"))
    assert people.get(SENT, "scj").get_json()["states"] == []
