"""A state in which a case is private: its parties alone know of it; justice and the government office as parties."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from shared.acts.office import Office, Spec
from shared.http.app import make_app
from shared.http.routes import act_routes
from shared.kernel.clock import HandClock
from tests.conftest import MakeDatabase
from tests.http.toy import BODY, CHAPTER, KEEPING, SCHEMAS, SPEC
from tests.served import Asking, codes, opened

CASES = "/api/toy/cases"
OVERSEERS = ("sfj", "zfb")
PRIVATE: Spec = replace(SPEC, keepings=(replace(KEEPING, chapter=replace(CHAPTER, private=frozenset({"started"}))),))


@pytest.fixture
def office(make_database: MakeDatabase, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    with opened(PRIVATE, tmp_path / "home", clock, make_database) as office:
        yield office


@pytest.fixture
def people(office: Office) -> Asking:
    app: Flask = make_app(office, (act_routes(office, "cases", SCHEMAS),))
    return Asking(office, app.test_client())


def started(people: Asking, receiver: str = "zfj") -> str:
    id: str = people.post(CASES, {**BODY, "receiver": receiver}, "zjj", 1).get_json()["id"]
    return id


def listed(people: Asking, agency: str, query: str = "") -> list[str]:
    return [item["id"] for item in people.get(f"{CASES}?{query}", agency).get_json()["items"]]


@pytest.mark.parametrize("agency", OVERSEERS)
def test_in_a_private_state_an_overseer_finds_nothing_by_any_way(people: Asking, agency: str) -> None:
    case = started(people)
    for what in ("", "/events", "/deadlines"):
        assert people.get(f"{CASES}/{case}{what}", agency).status_code == 404
    for query in ("", "state=started", "cause=c-1", "part=receiver"):
        assert listed(people, agency, query) == []
    assert people.post(f"{CASES}/search", {"filters": {"cause": "c-1"}}, agency).get_json()["items"] == []
    for act, body in (("decide", {"reason": "x", "notes": ["y"]}), ("note", {"text": "x"})):
        answer = people.post(f"{CASES}/{case}/{act}", body, agency, revision=1)
        assert (answer.status_code, codes(answer)) == (404, ["NOT_VISIBLE"])


def test_the_parties_see_and_act_in_a_private_state(people: Asking) -> None:
    case = started(people)
    for agency in ("zjj", "zfj"):
        assert people.get(f"{CASES}/{case}", agency).status_code == 200
        assert listed(people, agency) == listed(people, agency, "state=started") == [case]
    assert people.post(f"{CASES}/{case}/note", {"text": "x"}, "zfj", 1).status_code == 200


@pytest.mark.parametrize("agency", OVERSEERS)
def test_an_overseer_that_is_a_party_sees_its_own_and_no_other(people: Asking, agency: str) -> None:
    own, other = started(people, agency), started(people)
    assert people.get(f"{CASES}/{own}", agency).status_code == 200
    assert listed(people, agency) == listed(people, agency, "state=started") == [own]
    assert people.get(f"{CASES}/{other}", agency).status_code == 404


@pytest.mark.parametrize("agency", OVERSEERS)
def test_once_the_state_is_private_no_more_an_overseer_sees_the_case_and_its_whole_history(
        people: Asking, agency: str) -> None:
    case = started(people)
    people.post(f"{CASES}/{case}/decide", {"reason": "x", "notes": ["y"]}, "zfj", revision=1)
    still = started(people)
    assert listed(people, agency) == listed(people, agency, "cause=c-1") == [case] and still != case
    told = people.get(f"{CASES}/{case}/events", agency).get_json()["items"]
    assert [entry["event"] for entry in told] == ["started", "decided"]
