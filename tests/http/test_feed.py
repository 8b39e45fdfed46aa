"""The feed: an agency reads what it was told, a service everything, each in order and resumable."""

import json

import pytest

from shared.access.gate import Access
from shared.acts.office import Office
from shared.contracts.envelope import event_of
from shared.contracts.feed import mark_of, page_from
from shared.journal import epochs
from tests.http.toy import BODY
from tests.served import Asking, codes

CASES, FEED = "/api/toy/cases", "/api/toy/feed"


@pytest.fixture
def told(people: Asking) -> list[str]:
    """Three cases: two to zfj, one to scj."""
    return [people.post(CASES, {**BODY, "receiver": receiver}, "zjj", 1).get_json()["id"]
            for receiver in ("zfj", "scj", "zfj")]


def service(office: Office, people: Asking, path: str = FEED, **headers: str) -> object:
    token = Access(office.settings, "oversight", office.db, office.clock).service_token()
    return people.client.get(path, headers={"Authorization": f"Bearer {token}", **headers})


def test_an_agency_reads_what_it_was_told_with_its_own_prev(people: Asking, told: list[str]) -> None:
    page = page_from(people.get(FEED, "zfj").get_json())
    assert [event_of(item.body).subject for item in page.items] == [told[0], told[2]]
    assert page.items[1].prev == page.items[0].position
    assert page_from(people.get(FEED, "jw").get_json()).items == ()
    assert "head" not in people.get(FEED, "zfj").get_json(), "how much others are told is not its business"


def test_a_feed_goes_on_where_it_stopped(people: Asking, told: list[str]) -> None:
    first = people.get(f"{FEED}?limit=1", "zfj").get_json()
    second = people.get(f"{FEED}?limit=1&after={first['next']}", "zfj").get_json()
    third = people.get(f"{FEED}?limit=1&after={second['next']}", "zfj").get_json()
    assert [len(page["items"]) for page in (first, second, third)] == [1, 1, 0]
    assert third["next"] == second["next"]


def test_a_service_token_opens_every_entry_and_nothing_else(office: Office, people: Asking, told: list[str]) -> None:
    page = page_from(service(office, people).get_json())
    assert {event_of(item.body).subject for item in page.items} >= set(told)
    assert all(item.prev == item.position - 1 for item in page.items)
    assert page.head == page.items[-1].position
    assert codes(service(office, people, CASES)) == ["FEEDS_ONLY"]


def test_lines_are_given_to_whoever_asks_for_them(people: Asking, told: list[str]) -> None:
    answer = people.get(FEED, "zfj", headers={"Accept": "application/x-ndjson"})
    items = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.mimetype == "application/x-ndjson" and items == people.get(FEED, "zfj").get_json()["items"]
    assert answer.headers["Feed-Next"] == people.get(FEED, "zfj").get_json()["next"]


def test_a_poll_that_finds_nothing_new_is_answered_304(people: Asking, told: list[str]) -> None:
    mark = people.get(FEED, "zfj").get_json()["next"]
    empty = people.get(f"{FEED}?after={mark}", "zfj")
    tag = {"If-None-Match": empty.headers["ETag"]}
    assert people.get(f"{FEED}?after={mark}", "zfj", headers=tag).status_code == 304
    people.post(CASES, BODY, "zjj", 1)
    assert len(people.get(f"{FEED}?after={mark}", "zfj", headers=tag).get_json()["items"]) == 1


def test_an_old_epoch_is_410_and_says_how_to_reconcile(office: Office, people: Asking, told: list[str]) -> None:
    mark = people.get(FEED, "zfj").get_json()["next"]
    epochs.new_epoch(office.db, office.journal, "restored")
    answer = people.get(f"{FEED}?after={mark}", "zfj")
    assert answer.status_code == 410 and codes(answer) == ["OLD_EPOCH"]
    start = answer.get_json()["refusals"][0]["values"]["after"]
    again = page_from(people.get(f"{FEED}?after={start}", "zfj").get_json())
    assert [event_of(item.body).subject for item in again.items][:2] == [told[0], told[2]]


def test_a_mark_past_the_head_is_of_another_life(office: Office, people: Asking, told: list[str]) -> None:
    with office.db.read() as tx:
        head = office.journal.head(tx)
    assert people.get(f"{FEED}?after={mark_of(head.epoch, head.position + 1)}", "zfj").status_code == 410


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("query", "code"), [("after=x", "BAD_AFTER"), ("limit=0", "BAD_LIMIT"), ("limit=1001", "BAD_LIMIT")]
)
def test_a_query_that_makes_no_sense_is_refused(people: Asking, query: str, code: str) -> None:
    assert codes(people.get(f"{FEED}?{query}", "zfj")) == [code]
