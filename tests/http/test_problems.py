"""Everything that goes wrong is a problem in the client's language, without a stack trace."""

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError, OperationalError

from shared.acts.office import Office
from shared.http.app import make_app
from tests.http.toy import BODY
from tests.served import Asking, codes

pytestmark = pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)
CASES = "/api/toy/cases"


def raw(people: Asking, body: bytes, content_type: str = "application/json") -> Any:
    return people.client.post(CASES, data=body, content_type=content_type, headers={
        "Authorization": f"Bearer {people.token('zjj', 1)}", "Idempotency-Key": "k"})


@pytest.mark.parametrize(("method", "path", "status", "code"), [
    ("GET", "/api/toy/nothing", 404, "NO_SUCH_PATH"), ("GET", "/api", 404, "NO_SUCH_PATH"),
    ("DELETE", "/api/toy/cases", 405, "METHOD_NOT_ALLOWED"), ("GET", "/api/toy/cases", 401, "TOKEN_MISSING")])
def test_plain_http_errors_are_problems(client: FlaskClient, method: str, path: str, status: int, code: str) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    told = answer.get_json()
    assert told["code"] == code and told["request"] == answer.headers["X-Request-Id"]
    assert answer.headers["Content-Language"] == "zh-CN"


def test_a_405_still_says_what_is_allowed_and_a_401_how_to_sign_in(client: FlaskClient) -> None:
    assert "POST" in client.delete(CASES).headers["Allow"]
    assert client.get(CASES).headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("body", "code", "values"), [
    (b'{"cause": "a",\n "who": }', "BROKEN_JSON", {"line": 2, "column": 9}),
    (b'{"cause": "a", "cause": "b"}', "BROKEN_JSON", {"name": "cause"}),
    (b'{"cause": NaN}', "BROKEN_JSON", {"name": "NaN"}),
    (b'["cause"]', "BROKEN_JSON", {}),
    (b'{"cause": "\xff"}', "BROKEN_JSON", {}),
    (b"[" * 2000 + b"]" * 2000, "BROKEN_JSON", {}),     # a younger Python reads it to its end: no object
], ids=["syntax", "key twice", "NaN", "no object", "no UTF-8", "too deep"])
def test_broken_json_is_told_with_its_place(people: Asking, body: bytes, code: str, values: dict[str, Any]) -> None:
    answer = raw(people, body)
    assert answer.status_code == 400 and codes(answer) == [code]
    assert answer.get_json()["refusals"][0]["values"] == values


def test_a_body_over_the_limit_is_413(people: Asking) -> None:
    answer = raw(people, json.dumps({**BODY, "cause": "x" * 5000}).encode())
    assert answer.status_code == 413 and codes(answer) == ["TOO_LARGE"]


def test_a_body_that_is_not_json_by_its_type_is_415(people: Asking) -> None:
    answer = raw(people, b"cause=1", "application/x-www-form-urlencoded")
    assert answer.status_code == 415 and codes(answer) == ["UNSUPPORTED_TYPE"]


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "a\x07"], ids=["half a pair", "NUL", "bell"])
def test_signs_that_cannot_be_kept_are_refused(people: Asking, text: str) -> None:
    answer = raw(people, json.dumps({**BODY, "who": {"name": text}}).encode())
    assert answer.status_code == 422 and codes(answer) == ["FIELD_VALUE"]


def test_a_key_that_cannot_be_encoded_is_told_all_the_same(people: Asking) -> None:
    assert codes(raw(people, json.dumps({**BODY, "\ud800": 1}).encode())) == ["FIELD_UNKNOWN"]


def test_an_unexpected_error_is_500_without_its_words_and_logged_with_them(
        app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    app.view_functions["openapi"] = _raise(ZeroDivisionError("a secret of the inside"))
    answer = client.get("/api/toy/openapi.json", headers={"X-Request-Id": "agency-4711"})
    assert answer.status_code == 500 and codes(answer) == ["INTERNAL"]
    assert "agency-4711" in answer.get_json()["detail"]
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert "a secret of the inside" in caplog.text and "agency-4711" in caplog.text


def test_a_database_out_of_reach_is_503_and_says_when_to_come_again(app: Flask, client: FlaskClient) -> None:
    app.view_functions["openapi"] = _raise(OperationalError("SELECT 1", {}, Exception("refused")))
    answer = client.get("/api/toy/openapi.json")
    assert answer.status_code == 503 and codes(answer) == ["UNAVAILABLE"] and answer.headers["Retry-After"] == "2"


def test_any_other_integrity_error_is_a_fault_and_its_values_are_not_logged(
        app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    app.view_functions["openapi"] = _raise(IntegrityError("INSERT", {}, Exception("Failing row contains (371082).")))
    answer = client.get("/api/toy/openapi.json")
    assert answer.status_code == 500 and codes(answer) == ["INTERNAL"]
    assert "a constraint does not hold" in caplog.text and "371082" not in caplog.text


def test_only_a_trusted_proxy_says_where_a_request_comes_from(office: Office, tmp_path: Path) -> None:
    forwarded = {"X-Forwarded-For": "10.1.2.3", "X-Forwarded-Proto": "https"}
    assert (
        "Strict-Transport-Security" not in make_app(office, ()).test_client().get("/healthz", headers=forwarded).headers
    )
    office.settings = replace(office.settings, proxies=1)
    assert "Strict-Transport-Security" in make_app(office, ()).test_client().get("/healthz", headers=forwarded).headers


def _raise(error: Exception) -> Any:
    def view() -> None:
        raise error
    return view


def test_every_answer_carries_the_security_headers_and_none_of_cors(client: FlaskClient) -> None:
    for path in ("/healthz", "/nothing", "/api/toy/openapi.json"):
        headers = client.get(path, headers={"Origin": "https://elsewhere.example"}).headers
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
        assert (
            "default-src 'none'" in headers["Content-Security-Policy"] and headers["Referrer-Policy"] == "no-referrer"
        )
        assert headers["Cache-Control"] == "no-store"
        assert not [name for name, _ in headers if name.startswith("Access-Control-")]


def test_a_request_id_that_is_no_id_is_replaced(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "agency-4711"}).headers["X-Request-Id"] == "agency-4711"
    assert client.get("/healthz", headers={"X-Request-Id": "x y"}).headers["X-Request-Id"] != "x y"


def test_the_log_line_names_the_route_and_never_the_address(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "liandong.http")
    client.get("/api/toy/cases?state=hidden-in-the-query")
    assert "GET /api/toy/cases 401" in caplog.text and "hidden-in-the-query" not in caplog.text
