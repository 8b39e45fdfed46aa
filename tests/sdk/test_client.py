"""The client kit's acts and reads, against a Liandong that the test plays."""

import hashlib
import io
import json
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest
from liandong_client import Login, Refused, Unreachable
from liandong_client.client import PIECE
from liandong_client.transport import Retries, pause_asked

from tests.sdk.faking import Answer, Asked, Server, in_turn

DONE = {"id": "c1", "revision": 4, "state": "received"}
LOST, BUSY = Answer(lost=True), Answer(503, {"code": "UNAVAILABLE"})
PROBLEM = {"code": "LETTER_NEEDED", "article": "22", "detail": "The letter says why.", "status": 422, "request": "r1",
           "refusals": [{"code": "LETTER_NEEDED", "article": "22", "detail": "The letter says why.", "where": "reason",
                         "values": {"n": 1}},
                        {"code": "STATE", "detail": "No.", "added_later": True}]}


@pytest.mark.parametrize("first", [
    LOST, BUSY, Answer(502, b"<html>"), Answer(504, b""), Answer(429, {"code": "QUOTA"})])
def test_an_act_is_sent_again_under_the_same_key_until_it_is_answered(first: Answer) -> None:
    server = Server(in_turn(first, first, Answer(200, DONE)))
    done = server.client().act("transfer", "cases/c1", "sign-receipt", {"a": 1}, if_match=3)
    assert (done.id, done.revision, done.state, done.created, done.replayed) == ("c1", 4, "received", False, False)
    assert len({(asked.headers["Idempotency-Key"], asked.body) for asked in server.asked}) == 1
    assert [asked.headers["If-Match"] for asked in server.asked] == ['"3"'] * 3
    assert server.asked[0].path == "/api/transfer/cases/c1/sign-receipt" and server.asked[0].json == {"a": 1}


def test_two_acts_have_two_keys_unless_one_is_given() -> None:
    server = Server(in_turn(Answer(200, DONE)))
    client = server.client()
    for key in ("", "", "mine", "mine"):
        client.act("transfer", "cases/c1", "progress", key=key)
    keys = [asked.headers["Idempotency-Key"] for asked in server.asked]
    assert len(set(keys)) == 3 and keys[2:] == ["mine", "mine"]


def test_a_case_is_opened_with_ones_own_reference() -> None:
    server = Server(in_turn(Answer(201, DONE, {"Idempotent-Replayed": "true"})))
    done = server.client().act("transfer", "cases", command={"matter": {}}, external_ref=("oa", "7"))
    assert server.asked[0].path == "/api/transfer/cases"
    assert server.asked[0].json == {"matter": {}, "external_ref": {"system": "oa", "id": "7"}}
    assert done.created and done.replayed


@pytest.mark.parametrize("status", [400, 403, 404, 409, 412, 413, 422, 428, 500])
def test_a_refusal_is_not_sent_again(status: int) -> None:
    server = Server(in_turn(Answer(status, {**PROBLEM, "status": status})))
    with pytest.raises(Refused) as refused:
        server.client().act("transfer", "cases/c1", "issue-letter", {})
    assert len(server.asked) == 1 and refused.value.status == status


def test_a_refusal_tells_all_its_reasons_with_code_article_and_field() -> None:
    server = Server(in_turn(Answer(422, {**PROBLEM, "address": "/api/transfer/cases/c0"})))
    with pytest.raises(Refused) as caught:
        server.client(language="en").act("transfer", "cases/c1", "issue-letter", {})
    refused = caught.value
    assert (refused.code, refused.article, refused.request) == ("LETTER_NEEDED", "22", "r1")
    assert refused.fields == {"reason": "The letter says why."}
    assert [each.code for each in refused.refusals] == ["LETTER_NEEDED", "STATE"]
    assert refused.refusals[0].values == {"n": 1} and refused.problem["status"] == 422
    assert refused.address == "/api/transfer/cases/c0"
    assert server.asked[0].headers["Accept-Language"] == "en"


def test_what_a_gateway_says_in_its_own_words_is_a_refusal_too() -> None:
    server = Server(in_turn(Answer(403, b"<html>blocked</html>")))
    with pytest.raises(Refused) as caught:
        server.client().get("/api/transfer/cases")
    assert (caught.value.status, caught.value.code) == (403, "HTTP_403")


def test_the_delay_grows_and_a_retry_after_is_waited_for() -> None:
    server = Server(in_turn(LOST, LOST, Answer(429, {"code": "QUOTA"}, {"Retry-After": "7"}), Answer(200, DONE)))
    server.client().act("transfer", "cases/c1", "progress")
    assert server.naps == [0.5, 1.0, 7.0]


def test_after_all_tries_it_says_that_nothing_was_reached() -> None:
    server = Server(in_turn(BUSY))
    with pytest.raises(Unreachable, match="503 UNAVAILABLE, 4 times"):
        server.client().act("transfer", "cases/c1", "progress")


def test_nobody_waits_longer_than_he_said_he_would() -> None:
    server = Server(in_turn(Answer(429, {"code": "TOO_MANY_TRIES"}, {"Retry-After": "900"})))
    with pytest.raises(Refused, match="TOO_MANY_TRIES"):
        server.client().get("/api/transfer/cases")
    assert server.naps == []


@pytest.mark.parametrize("text, seconds", [
    ("7", 7.0), ("", 0.0), ("soon", 0.0), ("Thu, 01 Jan 2026 00:00:30 GMT", 30.0),
    ("Wed, 31 Dec 2025 00:00:00 GMT", 0.0)])
def test_a_retry_after_is_a_number_or_a_date(text: str, seconds: float) -> None:
    assert pause_asked(text, datetime(2026, 1, 1, tzinfo=UTC)) == seconds


def test_delays_differ_between_clients_and_end_at_the_most() -> None:
    retries = Retries(first=1, most=8)
    assert [retries.delay(failures, 1.0) for failures in (1, 2, 3, 4, 9)] == [1, 2, 4, 8, 8]
    assert retries.delay(3, 0.0) == 2


# the session

def test_a_machine_gives_its_key_again_before_its_token_ends() -> None:
    now = [0.0]
    server = Server(in_turn(Answer(200, DONE)))
    client = server.client(Login(api_key="secret"), now=lambda: now[0])
    for now[0] in (0.0, 479.0, 481.0):
        client.get("/api/transfer/cases")
    assert server.signed_in == [("/api/desk/session", {"api_key": "secret"})] * 2
    assert [asked.headers["Authorization"] for asked in server.asked] == ["Bearer t1", "Bearer t1", "Bearer t2"]


def test_a_person_renews() -> None:
    now = [0.0]
    server = Server(in_turn(Answer(200, DONE)))
    client = server.client(Login(login="li", password="p", appointment="a1"), now=lambda: now[0])
    for now[0] in (0.0, 500.0):
        client.get("/api/transfer/cases")
    assert server.signed_in == [("/api/desk/session", {"login": "li", "password": "p", "appointment": "a1"}),
                                ("/api/desk/session/renew", {})]


def test_a_token_that_does_not_hold_any_more_is_asked_for_once_more() -> None:
    server = Server(in_turn(Answer(401, {"code": "TOKEN_EXPIRED"}), Answer(200, DONE), Answer(401, {"code": "X"})))
    client = server.client()
    assert client.act("transfer", "cases/c1", "progress").id == "c1"
    assert len({asked.headers["Idempotency-Key"] for asked in server.asked}) == 1
    with pytest.raises(Refused, match="401 X"):
        client.get("/api/transfer/cases")


def test_the_token_may_travel_in_another_header() -> None:
    server = Server(in_turn(Answer(200, DONE)))
    server.client(token_header="X-Liandong-Token").get("/api/transfer/cases")
    assert server.asked[0].headers["X-Liandong-Token"] == "Bearer t1"
    assert "Authorization" not in server.asked[0].headers


def test_no_secret_is_printed() -> None:
    assert "secret" not in repr(Login(api_key="secret")) + repr(Login(login="li", password="secret"))


# lists and files

def paged(asked: Any) -> Answer:
    after = (asked.json if asked.method == "POST" else asked.query).get("after", "")
    return Answer(200, {"items": [{"id": after or "first"}], "next": {"": "m1", "m1": "m2"}.get(after, "")})


def test_a_list_is_read_page_by_page_with_its_filters() -> None:
    server = Server(paged)
    items = list(server.client().items("transfer", "cases", state="received", limit=1))
    assert [item["id"] for item in items] == ["first", "m1", "m2"]
    assert all(asked.query["state"] == "received" for asked in server.asked)


def test_what_is_searched_for_stands_in_no_address() -> None:
    server = Server(paged)
    found = list(server.client().search("transfer", "cases", filters={"text": "加建"}))
    assert len(found) == 3 and all(not asked.query for asked in server.asked)
    assert [asked.json.get("after", "") for asked in server.asked] == ["", "m1", "m2"]


def test_a_file_is_sent_whole_again_after_a_broken_connection(tmp_path: Any) -> None:
    server, scan = Server(in_turn(LOST, Answer(200, DONE), LOST, Answer(200, DONE))), tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF" + b"x" * 10_000)
    client = server.client()
    client.upload("transfer", "cases/c1", {"name": "笔录"}, scan, kind="application/pdf", if_match=2)
    client.upload("transfer", "cases/c1", {"name": "笔录"}, io.BytesIO(b"x" * 10_000), name="scan.pdf")
    assert all(asked.body.count(b"x" * 10_000) == 1 for asked in server.asked) and len(server.asked) == 4
    assert server.asked[0].path == "/api/transfer/cases/c1/materials" and b'filename="scan.pdf"' in server.asked[0].body


def test_a_file_in_pieces_goes_on_where_it_was_cut_off(tmp_path: Any) -> None:
    """A piece that arrived though its answer was lost is passed over by the server, which says where to go on."""
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"a" * PIECE + b"b" * PIECE + b"c")
    received, lost = [PIECE], [True]

    def rule(asked: Asked) -> Answer:
        if asked.method == "PUT":
            assert int(asked.headers["Upload-Offset"]) <= received[0]
            received[0] = int(asked.headers["Upload-Offset"]) + len(asked.body)
            if lost and lost.pop():
                return LOST
        return Answer(200, {"id": "u1", "received": received[0]})

    server, digest = Server(rule), f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    server.client().upload_in_pieces("transfer", "cases/c1", {"name": "录像"}, file, kind="application/pdf", if_match=2)
    assert server.asked[0].json == {"digest": digest, "size": 2 * PIECE + 1, "type": "application/pdf"}
    assert [asked.body[:1] for asked in server.asked if asked.method == "PUT"] == [b"b", b"b", b"c"]
    finish, named = server.asked[-2:]
    assert (finish.method, finish.path) == ("POST", "/api/transfer/uploads/u1/finish")
    assert (named.path, named.json) == ("/api/transfer/cases/c1/materials", {"name": "录像", "digest": digest})


def test_many_cases_are_opened_in_calls_of_what_a_call_takes() -> None:
    def rule(asked: Asked) -> Answer:
        lines = asked.body.decode().split("\n")
        return Answer(200, {"items": [{"line": number, "status": 201, **json.loads(line)}
                                      for number, line in enumerate(lines, 1)]})

    server = Server(rule)
    openings = [{"matter": {"facts": "巡查\n发现"}, "external_ref": {"system": "oa", "id": str(n)}} for n in range(1201)]
    told = list(server.client().open_many("transfer", "cases", openings))
    assert [each["external_ref"]["id"] for each in told] == [str(n) for n in range(1201)]
    assert [asked.body.count(b"\n") + 1 for asked in server.asked] == [500, 500, 201]
    assert {(asked.path, asked.headers["Content-Type"]) for asked in server.asked} == {
        ("/api/transfer/cases/bulk", "application/x-ndjson")}


def test_the_threads_of_a_client_share_one_token() -> None:
    """The desk counts tries: six feeds that sign in at once would look like somebody who guesses."""
    server = Server(in_turn(Answer(200, DONE)))
    client = server.client()
    clients = [client, *(client.copy() for _ in "12345")]
    threads = [Thread(target=each.get, args=("/api/transfer/cases",)) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.asked) == 6 and len(server.signed_in) == 1


def test_who_signs_in_may_stand_in_the_environment() -> None:
    assert Login.from_environment({"LIANDONG_API_KEY": "k"}) == Login(api_key="k")
    assert Login.from_environment({"LIANDONG_LOGIN": "li", "LIANDONG_PASSWORD": "p"}) == Login(login="li", password="p")
