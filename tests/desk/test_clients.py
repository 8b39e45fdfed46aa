"""The agencies' own systems: who registers them, what they may do, their keys, and sessions by key."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.desk.clients_store import KEYS
from services.desk.domain import EndAppointment
from services.desk.usecases import Desk
from shared.access import appointments
from shared.access.tokens import Verifier
from shared.acts.model import THE_SUITE
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.machines import MACHINE_ACTS
from shared.contracts.register import Heir
from shared.kernel.clock import HandClock, day_of
from tests.desk.conftest import Person
from tests.served import Asking, codes
from tests.succession.ending import ends

CLIENTS = "/api/desk/clients"
ACTS = ["transfer.cases.announce", "transfer.cases.issue-letter"]
one_back_end = pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)     # nothing of it depends on which


@pytest.fixture
def asked(officer: Person) -> dict[str, Any]:
    return {"name": "办案系统", "answers": officer.appointments[0], "acts": ACTS}


@pytest.fixture
def made(people: Asking, asked: dict[str, Any]) -> dict[str, Any]:
    answer = people.post(CLIENTS, asked, "zjj")
    assert answer.status_code == 201, answer.get_json()
    told: dict[str, Any] = answer.get_json()
    return told


@pytest.fixture
def sign_in(client: FlaskClient) -> Callable[[str], TestResponse]:
    return lambda key: client.post("/api/desk/session", json={"api_key": key})


def test_a_key_is_shown_once_kept_as_a_hash_and_gives_a_machine_s_token(
        people: Asking, made: dict[str, Any], sign_in: Callable[[str], TestResponse], office: Office, clock: HandClock,
        caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    key = made["api_key"]
    told = sign_in(key).get_json()
    claims = Verifier(office.settings.jwks, "liandong:rongcheng").verify(told["token"], clock.now())
    assert (claims.machine, claims.subject, claims.appointment, claims.agency) == (True, made["id"], made["id"], "zjj")
    assert claims.acts == set(ACTS) == set(told["client"]["acts"])
    assert claims.expires_at - claims.issued_at == timedelta(minutes=10)
    seen = people.get(f"{CLIENTS}/{made['id']}", "zjj")
    events = people.get(f"{CLIENTS}/{made['id']}/events", "zjj")
    assert key not in seen.text + events.text + caplog.text
    with office.db.read() as tx:
        assert key.split("_", 2)[2] not in json.dumps(
            [list(map(str, row)) for table in sa.inspect(tx).get_table_names()
             for row in tx.execute(sa.text(f'SELECT * FROM "{table}"'))])


def test_a_repeated_registration_is_one_system_and_tells_no_key_again(people: Asking, asked: dict[str, Any]) -> None:
    first, again = (people.post(CLIENTS, asked, "zjj", key="k-1") for _ in range(2))
    assert first.get_json()["id"] == again.get_json()["id"] and again.headers["Idempotent-Replayed"] == "true"
    assert "api_key" not in again.get_json()
    assert len(people.get(CLIENTS, "zjj").get_json()["items"]) == 1


@one_back_end
@pytest.mark.parametrize(("agency", "rank", "more", "status", "code"), [
    ("zjj", 1, {}, 403, "RANK_TOO_LOW"),
    ("scj", 2, {}, 422, "NOBODY_ANSWERS"),
    ("sfj", 2, {}, 422, "NOBODY_ANSWERS"),
    ("zjj", 2, {"answers": "nobody"}, 422, "NOBODY_ANSWERS"),
    ("zjj", 2, {"acts": ["transfer.cases.withdraw"]}, 422, "NOT_FOR_MACHINES"),
    ("zjj", 2, {"acts": ["transfer.cases.fly"]}, 422, "NOT_FOR_MACHINES"),
    ("zjj", 2, {"acts": ["desk.accounts.open-account"]}, 422, "NOT_FOR_MACHINES"),
    ("zjj", 2, {"reads_only": True}, 422, "NO_ACTS"),
    ("zjj", 2, {"agency": "scj"}, 422, "FIELD_UNKNOWN"),
])
def test_who_may_register_what(people: Asking, asked: dict[str, Any], agency: str, rank: int, more: dict[str, Any],
                               status: int, code: str) -> None:
    answer = people.post(CLIENTS, {**asked, **more}, agency, rank)
    assert (answer.status_code, codes(answer)) == (status, [code])


@one_back_end
def test_a_system_that_only_reads_says_so(people: Asking, asked: dict[str, Any]) -> None:
    silent = {name: value for name, value in asked.items() if name != "acts"}
    assert codes(people.post(CLIENTS, silent, "zjj")) == ["NO_ACTS"]
    assert people.post(CLIENTS, {**silent, "reads_only": True}, "zjj").status_code == 201


def test_old_and_new_key_hold_until_the_rotation_is_finished(
        people: Asking, made: dict[str, Any], sign_in: Callable[[str], TestResponse], client: FlaskClient,
        clock: HandClock) -> None:
    """With the old key the tokens end that it got."""
    at = f"{CLIENTS}/{made['id']}"
    bearer = {"Authorization": f"Bearer {sign_in(made['api_key']).get_json()['token']}"}
    assert codes(people.post(f"{at}/finish-rotation", {}, "zjj", revision=1)) == ["NO_ROTATION"]
    clock.advance(seconds=1)
    new = people.post(f"{at}/rotate-key", {}, "zjj", revision=1).get_json()["api_key"]
    assert [sign_in(key).status_code for key in (made["api_key"], new)] == [200, 200]
    assert codes(people.post(f"{at}/rotate-key", {}, "zjj", revision=2)) == ["ROTATING"]
    assert client.get("/api/desk/session", headers=bearer).get_json()["machine"] is True
    clock.advance(seconds=1)
    assert people.post(f"{at}/finish-rotation", {}, "zjj", revision=2).status_code == 200
    assert codes(client.get("/api/desk/session", headers=bearer)) == ["TOKEN_BAD"]
    assert [sign_in(key).status_code for key in (made["api_key"], new)] == [401, 200]


def test_a_suspended_system_gets_no_token_and_its_last_one_is_dead(
        people: Asking, made: dict[str, Any], sign_in: Callable[[str], TestResponse], client: FlaskClient,
        clock: HandClock) -> None:
    at, token = f"{CLIENTS}/{made['id']}", sign_in(made["api_key"]).get_json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/desk/session", headers=bearer).get_json()["machine"] is True
    clock.advance(seconds=1)
    assert people.post(f"{at}/suspend", {"reason": "异常"}, "zjj", revision=1).status_code == 200
    assert codes(client.get("/api/desk/session", headers=bearer)) == ["TOKEN_BAD"]
    assert codes(sign_in(made["api_key"])) == ["CLIENT_SUSPENDED"]
    clock.advance(seconds=1)
    people.post(f"{at}/resume", {}, "zjj", revision=2)
    assert sign_in(made["api_key"]).status_code == 200
    people.post(f"{at}/end", {"reason": "停用"}, "zjj", revision=3)
    assert codes(sign_in(made["api_key"])) == ["BAD_API_KEY"]
    assert codes(people.post(f"{at}/resume", {}, "zjj", revision=4)) == ["WRONG_STATE"]


def test_what_it_may_do_changes_at_once_and_tokens_from_before_are_dead(
        people: Asking, made: dict[str, Any], sign_in: Callable[[str], TestResponse], client: FlaskClient,
        clock: HandClock) -> None:
    token = sign_in(made["api_key"]).get_json()["token"]
    clock.advance(seconds=1)
    at = f"{CLIENTS}/{made['id']}"
    assert codes(people.post(f"{at}/change", {}, "zjj", revision=1)) == ["NOTHING_CHANGED"]
    assert codes(people.post(f"{at}/change", {"answers": "nobody"}, "zjj", revision=1)) == ["NOBODY_ANSWERS"]
    assert people.post(f"{at}/change", {"reads_only": True}, "zjj", revision=1).status_code == 200
    headers = {"Authorization": f"Bearer {token}"}
    assert codes(client.get("/api/desk/session", headers=headers)) == ["TOKEN_BAD"]
    assert sign_in(made["api_key"]).get_json()["client"]["acts"] == []


def test_nobody_signs_in_for_whom_nobody_answers(
        made: dict[str, Any], officer: Person, office: Office, sign_in: Callable[[str], TestResponse],
        clock: HandClock) -> None:
    office.acts["accounts"].do("end-appointment", EndAppointment(officer.appointments[0], "调离"), THE_SUITE,
                               Request(officer.account))
    assert codes(sign_in(made["api_key"])) == ["CLIENT_WITHOUT_PERSON"]


def test_bad_keys_get_the_same_words_and_pause_as_passwords_do(
        made: dict[str, Any], sign_in: Callable[[str], TestResponse], clock: HandClock) -> None:
    good = made["api_key"]
    wrong = good[:-3] + ("aaa" if good[-3:] != "aaa" else "bbb")
    answers = [sign_in(key) for key in (wrong, f"ldk_{'0' * 20}_{'x' * 43}", "nothing", "password")]
    assert {(answer.status_code, *codes(answer)) for answer in answers} == {(401, "BAD_API_KEY")}
    assert [sign_in(wrong).status_code for _ in range(5)] == [401] * 4 + [429]
    paused = sign_in(good)
    assert paused.status_code == 429 and int(paused.headers["Retry-After"]) > 0
    clock.advance(seconds=301)
    assert sign_in(good).status_code == 200


@one_back_end
def test_a_system_keeps_no_accounts_and_renews_nothing(
        made: dict[str, Any], sign_in: Callable[[str], TestResponse], client: FlaskClient) -> None:
    headers = {"Authorization": f"Bearer {sign_in(made['api_key']).get_json()['token']}", "Idempotency-Key": "k"}
    renewed = client.post("/api/desk/session/renew", json={}, headers=headers)
    assert (renewed.status_code, codes(renewed)) == (403, ["PERSONS_ONLY"])
    assert codes(client.post("/api/desk/password", json={"old": "x", "password": "y"}, headers=headers)) == [
        "PERSONS_ONLY"]
    opened = client.post("/api/desk/accounts", json={"login": "zjj.new", "name": "某"}, headers=headers)
    assert (opened.status_code, codes(opened)) == (403, ["NOT_BY_MACHINE"])


def test_a_token_that_allows_every_act_is_a_small_header(
        people: Asking, asked: dict[str, Any], sign_in: Callable[[str], TestResponse]) -> None:
    every = people.post(CLIENTS, {**asked, "name": "系统" * 50, "acts": sorted(MACHINE_ACTS)}, "zjj").get_json()
    told = sign_in(every["api_key"])
    assert len(f"Authorization: Bearer {told.get_json()['token']}") < 4096
    assert all(len(f"{name}: {value}") < 4096 for name, value in told.headers.items())


def test_whose_an_appointment_is_the_desk_knows_of_old_ones_too(
        officer: Person, desk: Desk, office: Office) -> None:
    with office.db.read() as tx:
        place = appointments.place_of(tx, officer.appointments[0])
    assert place is not None and (place.person, place.agency, place.rank, place.ended) == (
        officer.account, "zjj", 1, False)


def test_the_keys_of_an_ended_system_are_gone(people: Asking, made: dict[str, Any], office: Office) -> None:
    people.post(f"{CLIENTS}/{made['id']}/end", {"reason": "停用"}, "zjj", revision=1)
    with office.db.read() as tx:
        assert tx.execute(sa.select(KEYS)).all() == []


def test_a_dissolved_agency_s_systems_end_with_it(
        people: Asking, made: dict[str, Any], sign_in: Callable[[str], TestResponse], office: Office,
        clock: HandClock) -> None:
    today = day_of(clock.now())
    ends(office, "zjj", today, Heir("scj", staff=True))
    clock.advance(days=1)
    assert office.tick()[0] >= 1
    assert codes(sign_in(made["api_key"])) == ["BAD_API_KEY"]
    seen = people.get(f"{CLIENTS}/{made['id']}", "scj").get_json()
    assert seen["state"] == "ended", "who has its people sees what its systems did"
    with office.db.read() as tx:
        assert tx.execute(sa.select(KEYS)).all() == []
