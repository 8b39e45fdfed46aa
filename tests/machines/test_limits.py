"""A system's requests are limited and a person's are not; its token comes in another header where a gateway eats
Authorization, and no header of an answer is large."""

import uuid
from collections.abc import Iterator

import pytest
from werkzeug.test import Client

from liandong.suite import app_of
from shared.access.gate import Access
from shared.access.quota import Quota
from tests.machines.conftest import CASES, System, system
from tests.permissions.city import FIRST, SENDER, City, announce


@pytest.fixture
def few(city: City) -> Iterator[City]:
    """A city in which a system has three requests a minute at transfer."""
    access, clock = city.suite.offices["transfer"].access, city.clock
    kept = access.quota
    access.quota = Quota(city.suite.offices["transfer"].db, clock, 3, 1 << 30)
    yield city
    access.quota = kept
    clock.advance(minutes=2)


def test_a_system_that_asks_too_often_waits_and_a_person_never_does(few: City) -> None:
    its, other = system(few, SENDER), system(few, FIRST)
    assert [its.get(CASES).status for _ in range(4)] == [200, 200, 200, 429]
    refused = its.post(CASES, announce(FIRST, few.today))
    assert (refused.status, refused.codes) == (429, ["QUOTA_REQUESTS"]) and int(refused.headers["Retry-After"]) <= 61
    assert other.get(CASES).status == 200
    assert {few.get(CASES, SENDER).status for _ in range(8)} == {200}
    few.clock.advance(seconds=61)
    assert its.get(CASES).status == 200


def test_a_file_counts_as_it_goes(city: City, sender: System) -> None:
    access = city.suite.offices["transfer"].access
    case = city.post(CASES, announce(FIRST, city.today), SENDER)
    assert case.status == 201
    counted: list[int] = []
    kept, access.quota = access.quota, Counting(access, counted)
    try:
        text = sender.get(f"{CASES}/{case.data['id']}").text
    finally:
        access.quota = kept
    assert sum(counted) >= len(text.encode())


class Counting(Quota):
    """A quota that tells what it was told."""

    def __init__(self, access: Access, told: list[int]) -> None:
        self.told = told

    def take(self, client: str) -> None:
        pass

    def carried(self, client: str, size: int) -> None:
        self.told.append(size)


def test_a_token_comes_in_the_city_s_own_header_and_still_in_authorization(city: City, sender: System) -> None:
    office = city.suite.offices["transfer"]
    office.access.header = "X-Liandong-Token"
    try:
        client = Client(app_of(office))

        def asked(**headers: str) -> int:
            told = {name.replace("_", "-"): value for name, value in headers.items()}
            return client.get(CASES, headers=told).status_code
        eaten = "Basic " + uuid.uuid4().hex
        assert asked(X_Liandong_Token=sender.token, Authorization=eaten) == 200
        assert asked(X_Liandong_Token=f"Bearer {sender.token}") == 200
        assert asked(Authorization=f"Bearer {sender.token}") == 200
        assert asked(Authorization=eaten) == asked(X_Liandong_Token="x.y.z") == asked() == 401
        feed = client.get("/api/transfer/feed", headers={"X-Liandong-Token": sender.token})
        assert {"authorization", "x-liandong-token"} <= feed.vary.as_set(), "no cache gives one what another was told"
        office.access.header = "Authorization"
        assert asked(X_Liandong_Token=sender.token) == 401
    finally:
        office.access.header = "Authorization"


def test_no_header_of_an_answer_is_larger_than_four_kilobytes(city: City, sender: System) -> None:
    opened = sender.post(CASES, {**announce(FIRST, city.today),
                                 "external_ref": {"system": "s" * 64, "id": "编" * 200}})
    conflict = sender.post(CASES, {**announce(SENDER, city.today),
                                   "external_ref": {"system": "s" * 64, "id": "编" * 200}})
    assert (opened.status, conflict.status) == (201, 409)
    for answer in (*city.answers, opened, conflict):
        assert all(len(f"{name}: {value}".encode()) < 4096 for name, value in answer.headers.items())
