"""Requests at the same time: one case for one key, one winner for one revision."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from shared.acts.office import Office
from tests.http.toy import BODY
from tests.served import Asking

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
