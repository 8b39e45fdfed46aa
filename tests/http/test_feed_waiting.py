"""Waiting for news: answered by the commit that brings it, for as many as there are places, never beyond the time."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from shared.acts.office import Office
from shared.contracts.envelope import event_of
from shared.http import waiting
from shared.http.waiting import Places, until
from shared.journal.model import NewEntry
from shared.kernel.clock import day_of
from shared.kernel.ids import new_id
from shared.wake import Wake
from tests.http.toy import BODY
from tests.served import Asking

CASES, FEED = "/api/toy/cases", "/api/toy/feed"
LONG = 20.0         # what nobody should wait for here


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Places:
    """Places of the test's own."""
    own = Places()
    monkeypatch.setattr(waiting.until, "__defaults__", (own,))
    return own


class Poll(threading.Thread):
    """One who waits for news, and how long that took."""

    def __init__(self, people: Asking, agency: str, query: str = "wait=20") -> None:
        super().__init__(daemon=True)
        self._ask = lambda: people.get(f"{FEED}?{query}", agency)

    def run(self) -> None:
        began = time.monotonic()
        self.answer = self._ask()
        self.took = time.monotonic() - began

    def done(self) -> "Poll":
        self.join(LONG + 5)
        assert not self.is_alive()
        return self


def comes_true(condition: Callable[[], bool]) -> None:
    """Returns when it is so."""
    ending = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < ending
        time.sleep(0.01)


def waiting_in(places: Places, count: int) -> None:
    comes_true(lambda: len(places._taken) == count)


@pytest.fixture
def poll(people: Asking, places: Places) -> Iterator[Poll]:
    one = Poll(people, "zfj")
    one.start()
    waiting_in(places, 1)
    yield one
    places.end()
    one.done()


def test_who_waits_is_answered_by_the_commit(people: Asking, poll: Poll) -> None:
    made = people.post(CASES, BODY, "zjj", 1).get_json()["id"]
    assert [event_of(item["body"]).subject for item in poll.done().answer.get_json()["items"]] == [made]
    assert poll.took < LONG / 4
    assert "Retry-After" not in poll.answer.headers


def test_news_of_others_answers_nobody(people: Asking, poll: Poll) -> None:
    people.post(CASES, {**BODY, "receiver": "scj"}, "zjj", 1)
    poll.join(0.5)
    assert poll.is_alive()


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_who_waits_hears_of_what_another_process_commits(office: Office, people: Asking, poll: Poll) -> None:
    now = office.clock.now()
    with office.db.write() as tx:
        office.journal.append(tx, [NewEntry(new_id(now), "noted", "", day_of(now), {}, audience=frozenset({"zfj"}))])
    Wake(office.db, office.name).ring()         # not the office's own: what reaches it is the NOTIFY
    assert poll.done().answer.get_json()["items"]
    assert poll.took < waiting.SLOW - 0.5


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
def test_the_time_one_waits_ends(people: Asking, places: Places) -> None:
    one = Poll(people, "zfj", "wait=1")
    one.start()
    assert one.done().answer.get_json()["items"] == [] and 0.9 < one.took < LONG / 2


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
def test_without_a_place_the_answer_comes_at_once_and_says_when_to_ask_again(
        office: Office, people: Asking, places: Places) -> None:
    many = [Poll(people, agency) for agency in ("zfj", "scj", "sfj", "jw", "zfb", "zfj", "scj", "sfj")]
    for one in many:
        one.start()
    assert len(many) == office.settings.http_threads // 2
    waiting_in(places, len(many))
    late = people.get(f"{FEED}?wait=20", "zfj")
    assert late.status_code == 200 and late.headers["Retry-After"] == str(waiting.AGAIN)
    places.end()
    assert max(one.done().took for one in many) < LONG / 2


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
def test_one_agency_never_has_all_the_places(office: Office, people: Asking, places: Places) -> None:
    many = [Poll(people, "zfj") for _ in range(8)]
    for one in many:
        one.start()
    waiting_in(places, 6)
    other = Poll(people, "scj")
    other.start()
    waiting_in(places, 7)
    comes_true(lambda: sum(not one.is_alive() for one in many) == 2)
    places.end()
    other.done()
    assert sum("Retry-After" in one.done().answer.headers for one in many) == 2


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
def test_who_waits_holds_no_connection(office: Office, poll: Poll) -> None:
    comes_true(lambda: office.db.engine.pool.checkedout() == 0)
    assert poll.is_alive()


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
def test_a_ring_between_the_first_look_and_the_bell_is_not_missed(office: Office, places: Places) -> None:
    looks: list[int] = []

    def look() -> int:
        looks.append(1)
        return len(looks)

    found, waited = until(office.wake, look, lambda found: found > 1, LONG, "zfj", 16, places)
    assert (found, waited) == (2, True)
