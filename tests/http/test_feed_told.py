"""Metrics tell when each agency's own system last read a service's feed, and how far behind it was."""

from shared.kernel.clock import HandClock
from tests.figures import figure
from tests.http.toy import BODY
from tests.served import Asking

CASES, FEED = "/api/toy/cases", "/api/toy/feed"


def read(people: Asking, after: str = "") -> str:
    """Reads a page as a system of zfj; returns where to go on."""
    token = people.token("zfj", machine=True)
    answer = people.client.get(f"{FEED}?after={after}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return str(answer.get_json()["next"])


def told(name: str) -> float:
    return figure(f"liandong_agency_feed_{name}", service="toy", agency="zfj")


def test_a_system_is_told_with_how_old_what_it_had_not_read_was(people: Asking, clock: HandClock) -> None:
    people.post(CASES, BODY, "zjj", 1)
    clock.advance(seconds=90)
    after = read(people)
    assert (told("lag_seconds"), told("seen_timestamp_seconds")) == (90, clock.now().timestamp())
    clock.advance(seconds=5)
    read(people, after)
    assert (told("lag_seconds"), told("seen_timestamp_seconds")) == (0, clock.now().timestamp())


def test_a_person_who_looks_is_no_system(people: Asking, clock: HandClock) -> None:
    read(people)
    seen = told("seen_timestamp_seconds")
    clock.advance(seconds=60)
    assert people.get(FEED, "zfj").status_code == 200
    assert told("seen_timestamp_seconds") == seen
