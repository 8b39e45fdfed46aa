"""Signing in: one appointment a token, ten minutes, the same words for every failure, a limit on tries."""

import logging
from datetime import timedelta

import jwt
import pytest
import sqlalchemy as sa

from services.desk.usecases import Desk
from shared.access.log import access_log
from shared.access.tokens import Verifier
from shared.acts.office import Office
from shared.contracts.envelope import stamp
from shared.kernel.clock import HandClock
from tests.desk.conftest import PASSWORD, Desks, Person, made
from tests.served import codes


def test_a_token_carries_the_appointment_and_opens_the_desk(
        at_desk: Desks, officer: Person, office: Office, clock: HandClock) -> None:
    answer = at_desk.sign_in("ZJJ.Li ").get_json()
    claims = Verifier(office.settings.jwks, "liandong:rongcheng").verify(answer["token"], clock.now())
    assert (claims.subject, claims.appointment, claims.agency, claims.rank) == (
        officer.account, officer.appointments[0], "zjj", 1)
    assert claims.expires_at - claims.issued_at == timedelta(minutes=10)
    assert answer["appointment"]["rank"] == "officer" and answer["must_change_password"] is False
    who = at_desk.get("/session", answer["token"]).get_json()
    assert (who["account"], who["agency"], who["rank"], who["name"]) == (officer.account, "zjj", "officer", "李某")


def test_an_unknown_account_and_a_wrong_password_get_the_same_words(at_desk: Desks, officer: Person) -> None:
    wrong, unknown = at_desk.sign_in("zjj.li", "wrong-password"), at_desk.sign_in("zjj.nobody", "wrong-password")
    assert wrong.status_code == unknown.status_code == 401
    assert {**wrong.get_json(), "request": ""} == {**unknown.get_json(), "request": ""}
    assert codes(wrong) == ["BAD_SIGN_IN"]


def test_one_of_several_appointments_is_chosen_and_only_an_own_one(
        at_desk: Desks, both: Person, officer: Person) -> None:
    undecided = at_desk.sign_in("sun")
    assert undecided.status_code == 422 and codes(undecided) == ["APPOINTMENT_NEEDED"]
    offered = undecided.get_json()["refusals"][0]["values"]["appointments"]
    assert [(each["id"], each["agency"]) for each in offered] == list(
        zip(both.appointments, ("zjj", "zfj"), strict=True)
    )
    assert at_desk.sign_in("sun", appointment=both.appointments[1]).get_json()["appointment"]["agency"] == "zfj"
    assert codes(at_desk.sign_in("sun", appointment=officer.appointments[0])) == ["APPOINTMENT_NOT_HELD"]
    assert codes(at_desk.sign_in("sun", "wrong-password", appointment=both.appointments[1])) == ["BAD_SIGN_IN"]


def test_the_account_pauses_after_too_many_tries_and_opens_again(
        at_desk: Desks, officer: Person, clock: HandClock) -> None:
    for _ in range(5):
        assert at_desk.sign_in("zjj.li", "wrong-password").status_code == 401
    paused = at_desk.sign_in("zjj.li")
    assert paused.status_code == 429 and codes(paused) == ["TOO_MANY_TRIES"]
    assert 0 < int(paused.headers["Retry-After"]) <= 301
    clock.advance(seconds=299)
    assert at_desk.sign_in("zjj.li").status_code == 429
    clock.advance(seconds=2)
    assert at_desk.sign_in("zjj.li").status_code == 200


def test_an_unknown_account_pauses_just_so(at_desk: Desks) -> None:
    statuses = [at_desk.sign_in("zjj.nobody", "x-x-x").status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]


def test_a_good_sign_in_takes_the_tries_back(at_desk: Desks, officer: Person) -> None:
    for _ in range(3):
        for _ in range(4):
            at_desk.sign_in("zjj.li", "wrong-password")
        assert at_desk.sign_in("zjj.li").status_code == 200


def test_one_address_trying_many_accounts_is_paused(at_desk: Desks, officer: Person) -> None:
    statuses = [at_desk.sign_in(f"zjj.nobody{number}", "x-x-x").status_code for number in range(51)]
    assert statuses == [401] * 50 + [429]
    assert at_desk.sign_in("zjj.li").status_code == 429


def test_many_people_behind_one_address_sign_in(at_desk: Desks, officer: Person) -> None:
    assert {at_desk.sign_in("zjj.li").status_code for _ in range(60)} == {200}


def test_a_leader_unlocks_an_account(at_desk: Desks, officer: Person, leader: Person) -> None:
    for _ in range(6):
        at_desk.sign_in("zjj.li", "wrong-password")
    answer = at_desk.post(f"/accounts/{officer.account}/unlock", at_desk.token("zjj.wang"), **{"Idempotency-Key": "u"})
    assert answer.status_code == 200
    assert at_desk.sign_in("zjj.li").status_code == 200


def test_a_token_is_renewed_until_the_working_day_is_over(
        at_desk: Desks, officer: Person, clock: HandClock) -> None:
    token, begun = at_desk.token("zjj.li"), clock.now()
    while clock.now() < begun + timedelta(hours=11, minutes=51):
        clock.advance(minutes=9)
        answer = at_desk.post("/session/renew", token).get_json()
        token = answer["token"]
    assert answer["expires_at"] == stamp(begun + timedelta(hours=12))
    clock.advance(minutes=9)
    assert codes(at_desk.post("/session/renew", token)) == ["TOKEN_EXPIRED"]


def test_a_token_that_has_run_out_is_not_renewed(at_desk: Desks, officer: Person, clock: HandClock) -> None:
    token = at_desk.token("zjj.li")
    clock.advance(minutes=10)
    assert codes(at_desk.post("/session/renew", token)) == ["TOKEN_EXPIRED"]


def test_an_account_without_an_appointment_does_not_sign_in(at_desk: Desks, desk: Desk, clock: HandClock) -> None:
    made(desk, "zjj.zhao", ("zjj", "officer"))
    account, _ = desk.provision(_named("zjj.qian"), (), PASSWORD)
    assert account and codes(at_desk.sign_in("zjj.qian")) == ["NONE_HELD"]


def _named(login: str) -> object:
    from services.desk.usecases import person_named
    return person_named(login, "钱某", "zjj")


def test_the_key_set_is_public_and_checks_the_tokens(at_desk: Desks, officer: Person, client: object) -> None:
    answer = at_desk.get("/keys", "")
    kid = jwt.get_unverified_header(at_desk.token("zjj.li"))["kid"]
    assert kid in {key["kid"] for key in answer.get_json()["keys"]} and "d" not in answer.get_json()["keys"][0]


@pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
@pytest.mark.parametrize("body", [{}, {"login": "zjj.li"}, {"login": "zjj.li", "password": 7},
                                  {"login": "zjj.li", "password": "x", "remember": True}])
def test_a_sign_in_that_lacks_something_says_what(at_desk: Desks, body: dict[str, object]) -> None:
    answer = at_desk.post("/session", "", body)
    assert answer.status_code == 422 and "7" not in answer.get_json()["detail"]


def test_every_try_is_in_the_access_log_and_no_password_anywhere(
        at_desk: Desks, officer: Person, office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    at_desk.sign_in("zjj.li", "a-wrong-password")
    token = at_desk.token("zjj.li")
    with office.db.read() as tx:
        tries = {(row.outcome, row.person, row.address) for row in tx.execute(
            sa.select(access_log).where(access_log.c.kind == "sign_in"))}
        kept = "".join(
            str(row)
            for table in ("journal", "journal_detail", "access_log", "idempotency", "account", "password")
            for row in tx.execute(sa.text(f"SELECT * FROM {table}"))
        )
    assert tries == {("BAD_SIGN_IN", "", "127.0.0.1"), ("ok", officer.account, "127.0.0.1")}
    for secret in (PASSWORD, "a-wrong-password", token):
        assert secret not in caplog.text and secret not in kept
    assert "李某" not in kept
