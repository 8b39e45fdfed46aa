"""Accounts and appointments: who keeps them, what the other services are told, and passwords that no one else
learns."""

import json

import pytest
import sqlalchemy as sa

from services.desk.domain import CHAPTER
from services.desk.usecases import Desk
from shared.acts.office import Office
from shared.kernel.clock import HandClock
from tests.desk.conftest import PASSWORD, Desks, Person, made
from tests.served import Asking, codes

ACCOUNTS = "/api/desk/accounts"
one_back_end = pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)     # nothing of it depends on which
NEW = {"login": "zjj.chen", "name": "陈某"}


@pytest.fixture
def account(people: Asking) -> str:
    return str(people.post(ACCOUNTS, NEW, "zjj").get_json()["id"])


def events(office: Office) -> list[tuple[str, dict[str, object]]]:
    with office.db.read() as tx:
        return [(entry.type, json.loads(entry.body)["data"]) for entry in office.journal.feed(tx, 0, 100)
                if entry.type in CHAPTER.events]


def test_a_leader_opens_an_account_of_the_own_agency_and_appoints(people: Asking, account: str, office: Office) -> None:
    answer = people.post(f"{ACCOUNTS}/{account}/appoint", {"rank": "officer", "post": "科员"}, "zjj", revision=1)
    assert answer.status_code == 200
    (opened, _), (appointed, data) = events(office)
    assert (opened, appointed) == ("account_opened", "appointment_made")
    assert data["appointment"] and (data["employer"], data["rank"], data["since"]) == ("zjj", "officer", "2025-09-29")


@one_back_end
@pytest.mark.parametrize(
    ("agency", "rank", "body", "status", "code"),
    [
        ("zjj", 1, NEW, 403, "RANK_TOO_LOW"),
        ("zjj", 2, {**NEW, "agency": "scj"}, 403, "WRONG_PARTY"),
        ("sfj", 2, {**NEW, "agency": "scj"}, 201, ""),
        ("sfj", 2, {**NEW, "agency": "nobody"}, 422, "NO_AGENCY"),
        ("zjj", 2, {**NEW, "login": "Not A Login"}, 422, "FIELD_VALUE"),
        ("zjj", 2, {**NEW, "password": "x"}, 422, "FIELD_UNKNOWN"),
    ],
)
def test_who_may_open_which_account(
    people: Asking, agency: str, rank: int, body: dict[str, str], status: int, code: str
) -> None:
    answer = people.post(ACCOUNTS, body, agency, rank)
    assert answer.status_code == status and (not code or codes(answer) == [code])


def test_a_login_is_taken_once(people: Asking, account: str) -> None:
    answer = people.post(ACCOUNTS, NEW, "zjj")
    assert answer.status_code == 409 and codes(answer) == ["LOGIN_TAKEN"]


@one_back_end
@pytest.mark.parametrize(("agency", "rank", "body", "status", "code"), [
    ("zjj", 2, {"rank": "leader"}, 200, ""), ("zjj", 2, {"rank": "chief"}, 403, "RANK_ABOVE"),
    ("zjj", 2, {"rank": "officer", "agency": "zfj"}, 403, "OTHER_AGENCY"),
    ("sfj", 2, {"rank": "chief", "agency": "zfj"}, 200, ""), ("zfj", 2, {"rank": "officer"}, 404, "NOT_VISIBLE"),
    ("zjj", 2, {"rank": "officer", "since": "2025-10-09", "until": "2025-10-08"}, 422, "ENDS_EARLY"),
    ("zjj", 2, {"rank": "boss"}, 422, "FIELD_VALUE")])
def test_who_may_appoint_to_what(
    people: Asking, account: str, agency: str, rank: int, body: dict[str, str], status: int, code: str
) -> None:
    answer = people.post(f"{ACCOUNTS}/{account}/appoint", body, agency, rank, revision=1)
    assert answer.status_code == status and (not code or codes(answer) == [code])


def test_the_same_appointment_is_made_once(people: Asking, account: str) -> None:
    path = f"{ACCOUNTS}/{account}/appoint"
    people.post(path, {"rank": "officer"}, "zjj", revision=1)
    assert codes(people.post(path, {"rank": "officer"}, "zjj", revision=2)) == ["ALREADY_APPOINTED"]
    assert people.post(path, {"rank": "leader"}, "zjj", revision=2).status_code == 200


def test_an_employer_sees_its_own_appointments_only(people: Asking, both: Person) -> None:
    seen = people.get(f"{ACCOUNTS}/{both.account}", "zfj").get_json()["case"]
    assert [held["agency"] for held in seen["appointments"]] == ["zfj"]
    assert len(people.get(f"{ACCOUNTS}/{both.account}", "zjj").get_json()["case"]["appointments"]) == 2
    assert people.get(f"{ACCOUNTS}/{both.account}", "scj").status_code == 404


def test_an_ended_appointment_ends_its_session_and_not_the_other(
        at_desk: Desks, both: Person, people: Asking, clock: HandClock, office: Office) -> None:
    first, second = (at_desk.token("sun", appointment=held) for held in both.appointments)
    clock.advance(seconds=1)
    answer = people.post(f"{ACCOUNTS}/{both.account}/end-appointment",
                         {"appointment": both.appointments[1], "reason": "调离"}, "zfj", revision=3)
    assert answer.status_code == 200
    assert at_desk.get("/session", first).status_code == 200
    assert codes(at_desk.get("/session", second)) == ["TOKEN_BAD"]
    assert at_desk.sign_in("sun").get_json()["appointment"]["agency"] == "zjj"
    name, data = events(office)[-1]
    assert (name, data["appointment"], data["employer"]) == ("appointment_ended", both.appointments[1], "zfj")


def test_only_the_own_agencys_appointment_is_ended(people: Asking, both: Person) -> None:
    body = {"appointment": both.appointments[0], "reason": "x"}
    assert codes(people.post(f"{ACCOUNTS}/{both.account}/end-appointment", body, "zfj", revision=3)) == ["OTHER_AGENCY"]
    assert people.post(f"{ACCOUNTS}/{both.account}/end-appointment", body, "sfj", revision=3).status_code == 200
    assert codes(people.post(f"{ACCOUNTS}/{both.account}/end-appointment", body, "zjj", revision=4)) == [
        "NO_APPOINTMENT"
    ]


def test_a_closed_account_neither_signs_in_nor_goes_on(
        at_desk: Desks, officer: Person, people: Asking, clock: HandClock, office: Office) -> None:
    token = at_desk.token("zjj.li")
    clock.advance(seconds=1)
    people.post(f"{ACCOUNTS}/{officer.account}/close-account", {"reason": "退休"}, "zjj", revision=2)
    assert codes(at_desk.get("/session", token)) == ["TOKEN_BAD"]
    assert codes(at_desk.sign_in("zjj.li")) == ["BAD_SIGN_IN"]
    with office.db.read() as tx:
        assert tx.execute(sa.text("SELECT count(*) FROM password")).scalar() == 0


def test_a_person_changes_the_own_password_and_older_tokens_end(
        at_desk: Desks, officer: Person, clock: HandClock, office: Office) -> None:
    old = at_desk.token("zjj.li")
    clock.advance(seconds=1)
    answer = at_desk.post("/password", old, {"old": PASSWORD, "password": "autumn-moon-sea"})
    assert answer.status_code == 200
    assert at_desk.get("/session", old).status_code == 401
    assert at_desk.get("/session", answer.get_json()["token"]).status_code == 200
    assert at_desk.sign_in("zjj.li").status_code == 401
    assert at_desk.sign_in("zjj.li", "autumn-moon-sea").status_code == 200
    name, data = events(office)[-1]
    assert name == "password_set" and "autumn" not in str(data)


@one_back_end
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"old": "wrong-password", "password": "autumn-moon-sea"}, "BAD_SIGN_IN"),
        ({"old": PASSWORD, "password": PASSWORD}, "PASSWORD_SAME"),
        ({"old": PASSWORD, "password": "short"}, "PASSWORD_SHORT"),
        ({"old": PASSWORD, "password": "x-zjj.li-y-z"}, "PASSWORD_PLAIN"),
    ],
)
def test_a_new_password_must_be_a_good_one(at_desk: Desks, officer: Person, body: dict[str, str], code: str) -> None:
    answer = at_desk.post("/password", at_desk.token("zjj.li"), body)
    assert codes(answer) == [code] and at_desk.sign_in("zjj.li").status_code == 200


def test_a_reset_password_opens_nothing_but_an_own_one(
        at_desk: Desks, officer: Person, leader: Person, clock: HandClock) -> None:
    clock.advance(seconds=1)
    reset = at_desk.post(f"/accounts/{officer.account}/reset-password", at_desk.token("zjj.wang")).get_json()[
        "password"
    ]
    session = at_desk.sign_in("zjj.li", reset).get_json()
    assert session["must_change_password"] is True
    assert codes(at_desk.get("/accounts", session["token"])) == ["PASSWORD_FIRST"]
    assert codes(at_desk.get("/feed", session["token"])) == ["PASSWORD_FIRST"]
    own = at_desk.post("/password", session["token"], {"old": reset, "password": "autumn-moon-sea"}).get_json()
    assert own["must_change_password"] is False and at_desk.get("/accounts", own["token"]).status_code == 200


def test_a_password_is_reset_by_who_answers_for_the_person_only(
        people: Asking, desk: Desk, officer: Person, both: Person) -> None:
    chief = made(desk, "zjj.chief", ("zjj", "chief"))

    def reset(person: Person, agency: str, rank: int = 2) -> list[str]:
        answer = people.post(f"{ACCOUNTS}/{person.account}/reset-password", {}, agency, rank)
        return [] if answer.status_code == 200 else codes(answer)

    assert reset(officer, "zjj", 1) == ["RANK_TOO_LOW"]
    assert reset(officer, "scj") == ["NOT_VISIBLE"]
    assert reset(both, "zfj") == ["WRONG_PARTY"]
    assert reset(both, "zjj") == ["OTHER_AGENCY"]
    assert reset(chief, "zjj") == ["RANK_ABOVE"]
    assert reset(officer, "zjj") == reset(chief, "zjj", 3) == reset(both, "sfj") == []


def test_nobody_changes_the_password_of_another_by_the_act(people: Asking, officer: Person) -> None:
    actions = {
        action["act"]: action for action in people.get(f"{ACCOUNTS}/{officer.account}", "zjj").get_json()["actions"]
    }
    assert actions["change-password"]["refusal"]["code"] == "NOT_OWN"
    assert people.post(f"{ACCOUNTS}/{officer.account}/change-password", {}, "zjj").status_code == 404


def test_what_is_told_of_people_names_nobody(people: Asking, account: str, officer: Person, office: Office) -> None:
    told = json.dumps(events(office), ensure_ascii=False)
    for hidden in ("陈某", "李某", "zjj.li", "zjj.chen"):
        assert hidden not in told
