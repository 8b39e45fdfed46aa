"""Requests at the same time: one case for one key, one winner for one revision."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from shared.acts.office import Office
from tests.http.toy import BODY
from tests.served import Asking, codes

CASES = "/api/toy/cases"
MANY = 8


def test_the_same_request_sent_many_times_at_once_opens_one_case(app: Flask, office: Office) -> None:
    def send(_: int) -> tuple[int, str]:
        answer = Asking(office, app.test_client()).post(CASES, BODY, "zjj", 1, key="the-same")
        return answer.status_code, answer.get_json()["id"]

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(send, range(MANY)))
    assert sorted(status for status, _ in answers) == [200] * (MANY - 1) + [201]
    assert len({case for _, case in answers}) == 1


def test_of_many_who_saw_the_same_revision_one_decides(app: Flask, office: Office, people: Asking) -> None:
    case = people.post(CASES, BODY, "zjj", 1).get_json()["id"]

    def send(_: int) -> int:
        return Asking(office, app.test_client()).post(
            f"{CASES}/{case}/decide", {"reason": "x", "notes": ["y"]}, "zfj", revision=1).status_code

    with ThreadPoolExecutor(MANY) as pool:
        answers = sorted(pool.map(send, range(MANY)))
    assert answers == [200] + [412] * (MANY - 1)


def test_a_replay_does_not_wait_for_who_holds_the_case(app: Flask, office: Office, people: Asking) -> None:
    """The first answer needs no lock: on PostgreSQL it comes while another transaction holds the case's row."""
    case = people.post(CASES, BODY, "zjj", 1).get_json()["id"]
    first = people.post(f"{CASES}/{case}/note", {"text": "x"}, "zjj", 1, key="noted")
    told: list[int] = []

    def again() -> None:
        answer = Asking(office, app.test_client()).post(f"{CASES}/{case}/note", {"text": "x"}, "zjj", 1, key="noted")
        told.append(answer.status_code if answer.get_json() == first.get_json() else 0)

    if office.db.sqlite:        # one writer a file: nobody holds a row there
        again()
    else:
        with office.db.write() as tx:
            tx.execute(sa.text("SELECT id FROM toy WHERE id = :id FOR UPDATE"), {"id": case})
            asking = threading.Thread(target=again)
            asking.start()
            asking.join(3)
    assert told == [200]


CONSTRAINTS = sa.Table("constrained", sa.MetaData(), sa.Column("word", sa.Text, unique=True),
                       sa.Column("size", sa.Integer, sa.CheckConstraint("size < 9", name="size_small"), nullable=False),
                       prefixes=["TEMPORARY"])


@pytest.mark.parametrize(("row", "status", "code", "named"), [
    ({"word": "张三", "size": 1}, 409, "AT_ONCE", "constrained"),
    ({"word": "李四", "size": 9}, 500, "INTERNAL", "size_small"),
    ({"word": "李四", "size": None}, 500, "INTERNAL", "constrained.size")], ids=["unique", "check", "not null"])
def test_only_what_is_unique_says_that_another_did_the_same(
        app: Flask, office: Office, client: FlaskClient, caplog: pytest.LogCaptureFixture, row: dict[str, object],
        status: int, code: str, named: str) -> None:
    def insert() -> None:
        with office.db.write() as tx:
            CONSTRAINTS.create(tx)
            tx.execute(CONSTRAINTS.insert(), {"word": "张三", "size": 1})
            tx.execute(CONSTRAINTS.insert(), row)

    app.view_functions["openapi"] = insert
    answer = client.get("/api/toy/openapi.json")
    assert answer.status_code == status and codes(answer) == [code]
    assert named in caplog.text and "张三" not in caplog.text and "李四" not in caplog.text
