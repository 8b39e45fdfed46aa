"""Acts over HTTP: what is answered, in which order refusals are told, and that a retry is safe."""

import logging
from typing import Any

import pytest
import sqlalchemy as sa

from shared.access.log import access_log
from shared.acts.office import Office
from tests.http.toy import BODY
from tests.served import Asking, codes

CASES = "/api/toy/cases"


@pytest.fixture
def case(people: Asking) -> str:
    answer = people.post(CASES, BODY, "zjj", 1)
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["id"])


def test_an_opened_case_is_answered_with_its_address_and_revision(people: Asking) -> None:
    answer = people.post(CASES, BODY, "zjj", 1)
    told = answer.get_json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{CASES}/{told['id']}"
    assert answer.headers["ETag"] == '"1"'
    assert (told["state"], told["state_title"], told["event"]) == ("started", "已开始", "toy.started")


def test_a_further_opening_act_has_a_path_of_its_own(people: Asking) -> None:
    assert people.post(f"{CASES}/call", BODY, "zjj", 1).get_json()["event"] == "toy.called"


def test_an_act_that_opens_and_continues_has_both_routes(people: Asking, case: str) -> None:
    assert people.post(f"{CASES}/{case}/call", BODY, "zjj", 1, revision=1).status_code == 409


def test_an_act_by_the_suite_has_no_route(people: Asking, case: str) -> None:
    assert people.post(f"{CASES}/{case}/expire", {}, "zfj", revision=1).status_code == 404


def test_a_refusal_for_party_rank_or_state_names_the_article_of_the_act(people: Asking, case: str) -> None:
    path, body = f"{CASES}/{case}/decide", {"reason": "x", "notes": ["y"]}
    refused = [people.post(path, body, "zjj", 1), people.post(path, body, "zfj", 1)]
    people.post(path, body, "zfj", revision=1)
    refused.append(people.post(path, body, "zfj", revision=2))
    assert [answer.json["code"] for answer in refused] == ["WRONG_PARTY", "RANK_TOO_LOW", "WRONG_STATE"]
    assert {answer.json["article"] for answer in refused} == {"23"}
    assert {answer.json["article_zh"] for answer in refused} == {"第二十三条"}


def test_refusals_come_in_the_order_of_the_design(people: Asking, case: str) -> None:
    """404, 403 party, 403 rank, 428, 412, 409, 422: each hides every later one, even a body that is all wrong."""
    path, bad = f"{CASES}/{case}/decide", {"nonsense": True}
    lacking: dict[str, Any] = {}
    for body in (bad, lacking):
        assert (answer := people.post(path, body, "scj", 1)).status_code == 404 and codes(answer) == ["NOT_VISIBLE"]
        assert (answer := people.post(path, body, "zjj", 1)).status_code == 403 and codes(answer) == ["WRONG_PARTY"]
        assert (answer := people.post(path, body, "zfj", 1)).status_code == 403 and codes(answer) == ["RANK_TOO_LOW"]
        assert people.post(path, body, "zfj").status_code == 428
        assert people.post(path, body, "zfj", revision=7).status_code == 412
        assert people.post(path, body, "zfj", revision=1).status_code == 422
    assert codes(people.post(path, lacking, "zfj", revision=1)) == ["NO_REASON", "NO_NOTES"]
    done = people.post(path, {"reason": "x", "notes": ["y"]}, "zfj", revision=1)
    assert done.status_code == 200 and done.headers["ETag"] == '"2"'
    for body in (bad, lacking):
        assert people.post(path, body, "zfj", revision=1).status_code == 412
        assert people.post(path, body, "zfj", revision=2).status_code == 409


def test_a_refusal_names_article_place_and_values_in_both_languages(people: Asking, case: str) -> None:
    path = f"{CASES}/{case}/decide"
    chinese = people.post(path, {}, "zfj", revision=1)
    english = people.post(path, {}, "zfj", revision=1, headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"})
    assert chinese.content_type == english.content_type == "application/problem+json"
    told = chinese.get_json()
    assert told["type"] == "urn:liandong:problem:NO_REASON"
    assert (told["status"], told["article"], told["detail"]) == (422, "23", "应当写明理由。 应当附说明。")
    assert [refusal["where"] for refusal in told["refusals"]] == ["reason", "notes"]
    assert english.get_json()["detail"] == "A reason is required. Notes are required."
    assert chinese.headers["Content-Language"] == "zh-CN" and english.headers["Content-Language"] == "en"


def test_what_is_wrong_with_a_body_is_told_all_at_once(people: Asking) -> None:
    answer = people.post(
        CASES, {"cause": 7, "who": {"phone": "1", "age": 3}, "colour": "red", "happened_on": "2025-9-1"}, "zjj", 1
    )
    told = {refusal["where"]: refusal["detail"] for refusal in answer.get_json()["refusals"]}
    assert answer.status_code == 422
    assert told == {
        "receiver": "「接收机关」必填。", "cause": "「案由」应当是文字。", "who.name": "「姓名」必填。",
        "who.age": "「age」不是可以填写的字段。", "colour": "「colour」不是可以填写的字段。",
        "happened_on": "「实际发生日期」应当是日期，如 2026-09-30，不是「2025-9-1」。"}


def test_a_post_that_acts_needs_an_idempotency_key(people: Asking, case: str) -> None:
    token = people.token("zjj", 1)
    answer = people.client.post(CASES, json=BODY, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 400 and codes(answer) == ["KEY_MISSING"]


def test_a_retry_gets_the_first_answer_even_when_the_case_moved_on(people: Asking) -> None:
    first = people.post(CASES, BODY, "zjj", 1, key="k-1")
    case = first.get_json()["id"]
    people.post(f"{CASES}/{case}/decide", {"reason": "x", "notes": ["y"]}, "zfj", revision=1)
    again = people.post(CASES, dict(reversed(BODY.items())), "zjj", 1, key="k-1")
    assert again.status_code == 200 and again.headers["Idempotent-Replayed"] == "true"
    assert again.get_json() == first.get_json() and again.headers["Location"] == first.headers["Location"]
    assert "Idempotent-Replayed" not in first.headers


def test_a_key_used_for_another_body_or_another_path_is_refused(people: Asking, case: str) -> None:
    people.post(CASES, BODY, "zjj", 1, key="k-2")
    assert codes(people.post(CASES, {**BODY, "cause": "c-2"}, "zjj", 1, key="k-2")) == ["KEY_REUSED"]
    assert codes(people.post(f"{CASES}/call", BODY, "zjj", 1, key="k-2")) == ["KEY_REUSED"]


def test_an_external_reference_finds_its_case_again_and_tells_where_another_content_is(people: Asking) -> None:
    body = {**BODY, "external_ref": {"system": "oa", "id": "2025-77"}}
    first = people.post(CASES, body, "zjj", 1)
    again = people.post(CASES, body, "zjj", 1)
    assert again.status_code == 200 and again.get_json()["id"] == first.get_json()["id"]
    other = people.post(CASES, {**body, "cause": "c-9"}, "zjj", 1)
    assert other.status_code == 409
    assert other.headers["Location"] == other.get_json()["address"] == first.headers["Location"]
    mine = people.get(f"{CASES}?external_ref=oa:2025-77", "zjj", 1).get_json()["items"]
    assert [item["id"] for item in mine] == [first.get_json()["id"]]
    assert people.get(f"{CASES}?external_ref=oa:2025-77", "zfj", 1).get_json()["items"] == []


def test_an_act_that_only_adds_needs_no_if_match_and_moves_no_revision(people: Asking, case: str) -> None:
    answer = people.post(f"{CASES}/{case}/note", {"text": "到场"}, "zjj", 1)
    assert answer.status_code == 200 and answer.headers["ETag"] == '"1"'


def test_if_match_must_be_one_revision(people: Asking, case: str) -> None:
    answer = people.post(f"{CASES}/{case}/decide", {}, "zfj", headers={"If-Match": "*"})
    assert answer.status_code == 400 and codes(answer) == ["IF_MATCH_BAD"]


def test_every_refused_attempt_and_every_read_is_in_the_access_log(people: Asking, case: str, office: Office) -> None:
    people.post(f"{CASES}/{case}/decide", {"nonsense": 1}, "zjj", 1)
    people.post(f"{CASES}/{case}/decide", {}, "zfj", revision=1)
    people.get(f"{CASES}/{case}", "zfj", 1)
    people.get(f"{CASES}/{case}", "scj", 1)
    with office.db.read() as tx:
        found = {(row.kind, row.what, row.agency, row.outcome) for row in tx.execute(
            sa.select(access_log).where(access_log.c.subject == case))}
    assert found == {("refused", "decide", "zjj", "WRONG_PARTY"), ("refused", "decide", "zfj", "NO_REASON"),
                     ("read", "GET /api/toy/cases/<case_id>", "zfj", "ok"),
                     ("refused", "GET /api/toy/cases/<case_id>", "scj", "NOT_VISIBLE")}


@pytest.mark.parametrize("back_end", ["postgresql"], indirect=True)
def test_a_read_is_logged_without_a_transaction_of_its_own(
        people: Asking, case: str, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.db, "write", None)
    assert people.get(f"{CASES}/{case}", "zfj", 1).status_code == 200
    assert people.get(f"{CASES}/{case}", "scj", 1).status_code == 404
    with office.db.read() as tx:
        assert len(tx.execute(sa.select(access_log).where(access_log.c.subject == case)).all()) == 2


def test_nothing_personal_and_no_secret_is_logged(people: Asking, case: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    people.post(CASES, BODY, "zjj", 1)
    people.get(f"{CASES}/{case}", "zfj", 1)
    people.post(f"{CASES}/search", {"filters": {"cause": "c-secret"}}, "zfj", 1)
    assert caplog.text
    for hidden in ("王小明", "13800001111", "Bearer", people.token("zjj", 1), "c-secret", case):
        assert hidden not in caplog.text
