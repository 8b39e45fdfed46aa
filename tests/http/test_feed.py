"""The feed: an agency reads what it was told, a service everything, each in order and resumable."""

import json

import pytest
import sqlalchemy as sa

from shared.access.gate import Access
from shared.acts.office import Office
from shared.contracts.envelope import event_of
from shared.contracts.feed import mark_of, page_from
from shared.journal import epochs, reading
from shared.journal.model import NewEntry
from shared.kernel.clock import day_of
from shared.kernel.ids import new_id
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


def test_a_filter_that_the_feed_does_not_have_is_refused_with_those_it_has(people: Asking, told: list[str]) -> None:
    answer = people.get(f"{FEED}?type=announced", "zfj")
    assert (answer.status_code, codes(answer)) == (400, ["UNKNOWN_PARAMETER"])
    assert "after, types, wait, limit, of" in answer.get_data(as_text=True)


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
    assert {"accept", "authorization"} <= empty.vary.as_set()
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


# what one may ask for

def told_by(page: dict) -> list[str]:
    return [event_of(item["body"]).name for item in page["items"]]


def test_types_are_chosen_by_name_or_type_and_prev_tells_of_these_only(people: Asking, told: list[str]) -> None:
    people.post(f"{CASES}/{told[0]}/note", {"text": "a"}, "zjj", 1)
    people.post(f"{CASES}/{told[2]}/note", {"text": "b"}, "zjj", 1)
    whole = people.get(FEED, "zfj").get_json()
    assert told_by(whole) == ["started", "started", "noted", "noted"]
    for types in ("noted", "toy.noted", "liandong.toy.noted.v1", " noted,toy.noted,liandong.toy.noted.v1"):
        page = people.get(f"{FEED}?types={types}", "zfj").get_json()
        assert told_by(page) == ["noted", "noted"]
        assert [item["prev"] for item in page["items"]] == [0, page["items"][0]["position"]]


def test_a_page_of_types_goes_on_over_what_was_looked_through(people: Asking, told: list[str]) -> None:
    people.post(f"{CASES}/{told[0]}/note", {"text": "a"}, "zjj", 1)
    first = people.get(f"{FEED}?types=noted", "zfj").get_json()
    people.post(CASES, BODY, "zjj", 1)
    second = people.get(f"{FEED}?types=noted&after={first['next']}", "zfj").get_json()
    assert second["items"] == [] and not second["more"] and second["next"] != first["next"]
    people.post(f"{CASES}/{told[0]}/note", {"text": "b"}, "zjj", 1)
    third = people.get(f"{FEED}?types=noted&after={second['next']}", "zfj").get_json()
    assert told_by(third) == ["noted"]
    assert third["items"][0]["prev"] == first["items"][0]["position"], "the one before of these, in an earlier page"


def test_what_is_seldom_is_looked_for_a_window_at_a_time(
        people: Asking, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WINDOW", 2)
    monkeypatch.setattr(reading, "_NEXT", None)
    monkeypatch.setattr(reading, "_END", sa.select(sa.func.max(sa.column("position")), sa.func.count()).select_from(
        sa.text("(SELECT position FROM journal_audience WHERE agency = :agency AND position > :after "
                "ORDER BY position LIMIT 2) AS next")))
    people.post(f"{CASES}/{told[0]}/note", {"text": "a"}, "zjj", 1)
    first = people.get(f"{FEED}?types=noted", "zfj").get_json()
    assert first["items"] == [] and first["more"]
    second = people.get(f"{FEED}?types=noted&after={first['next']}", "zfj").get_json()
    assert told_by(second) == ["noted"] and not second["more"]


def test_more_is_said_exactly_while_there_is_more(people: Asking, told: list[str]) -> None:
    pages = [people.get(f"{FEED}?limit={limit}", "zfj").get_json() for limit in (1, 2, 3)]
    assert [page["more"] for page in pages] == [True, False, False]
    lines = people.get(f"{FEED}?limit=1", "zfj", headers={"Accept": "application/x-ndjson"})
    assert lines.headers["Feed-More"] == "true"


def test_a_page_is_cut_by_its_bytes_and_says_so(
        people: Asking, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = people.get(FEED, "zfj")
    monkeypatch.setattr(reading.page, "__defaults__", (len(whole.data) // 2 + 100,))
    first = people.get(FEED, "zfj")
    assert len(first.data) < len(whole.data) // 2 + 200
    second = people.get(f"{FEED}?after={first.get_json()['next']}", "zfj").get_json()
    assert first.get_json()["more"] and not second["more"]
    assert first.get_json()["items"] + second["items"] == whole.get_json()["items"]


@pytest.mark.parametrize("accept", ["application/json", "application/x-ndjson"])
def test_a_page_of_long_entries_is_a_megabyte_at_most(office: Office, people: Asking, accept: str) -> None:
    """As bytes of the answer: quotes and line ends are escaped once more there, and Chinese takes three bytes."""
    now, words = office.clock.now(), '"引号"\n' * 400
    with office.db.write() as tx:
        office.journal.append(tx, [NewEntry(new_id(now), "noted", "", day_of(now), {"words": words, "nth": nth},
                                            audience=frozenset({"zfj"})) for nth in range(300)])
    whole, sizes = 0, []
    after, more = "", True
    while more:
        page = people.get(f"{FEED}?limit=1000&after={after}", "zfj", headers={"Accept": accept})
        sizes.append(len(page.data))
        if accept == "application/json":
            told = page.get_json()
            after, more, whole = told["next"], told["more"], whole + len(told["items"])
        else:
            after, more = page.headers["Feed-Next"], page.headers["Feed-More"] == "true"
            whole += len(page.data.splitlines())
    assert whole == 300 and max(sizes) <= 1024 ** 2, sizes
    assert sizes[0] > 900_000, "a page is not much less than it may be"


def test_an_item_that_is_larger_than_a_page_comes_alone(
        people: Asking, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.page, "__defaults__", (1,))
    page = people.get(FEED, "zfj").get_json()
    assert len(page["items"]) == 1 and page["more"]


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("query", "code"), [
    ("colour=red", "UNKNOWN_PARAMETER"), ("limit=1&limit=2", "BAD_QUERY"), ("wait=21", "BAD_WAIT"),
    ("wait=-1", "BAD_WAIT"), ("wait=1.5", "BAD_WAIT"), ("types=nothing", "UNKNOWN_TYPE"),
    ("types=started,liandong.joint.noted.v1", "UNKNOWN_TYPE"), ("types=joint.noted", "UNKNOWN_TYPE"),
    ("after=.9999999999999999999", "BAD_AFTER"), ("after=.1-", "BAD_AFTER"), ("after=.1-x", "BAD_AFTER")])
def test_what_is_no_parameter_or_no_value_of_one_is_refused(people: Asking, query: str, code: str) -> None:
    answer = people.get(f"{FEED}?{query}", "zfj")
    assert (answer.status_code, codes(answer)) == (400, [code])


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
def test_an_unknown_type_is_refused_with_those_there_are(people: Asking) -> None:
    refusal = people.get(f"{FEED}?types=nothing", "zfj").get_json()["refusals"][0]
    assert {"started", "decided", "deadline_warned"} <= set(refusal["values"]["types"].split("、"))


def test_a_mark_made_of_epoch_and_position_goes_on_after_that_position(people: Asking, told: list[str]) -> None:
    whole = people.get(FEED, "zfj").get_json()
    after = mark_of(whole["epoch"], whole["items"][0]["position"])
    assert people.get(f"{FEED}?after={after}", "zfj").get_json()["items"] == whole["items"][1:]
