"""The OpenAPI document and the routes for those who run the service."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from shared.acts.office import Office
from shared.http.app import make_app, openapi
from shared.http.components import resolved
from shared.http.routes import act_routes
from tests.http.toy import SCHEMAS
from tests.served import Asking

pytestmark = pytest.mark.parametrize("back_end", ["sqlite"], indirect=True)


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    return openapi(app)


def test_each_service_has_a_title_of_its_own(office: Office, document: dict[str, Any]) -> None:
    office.spec = replace(office.spec, title="另一章")
    assert openapi(make_app(office, ()))["info"]["title"] == "联动 · 另一章 (toy)"
    assert document["info"]["title"] == "联动 · 玩具 (toy)"


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_every_act_with_a_route_is_in_it_with_its_headers(document: dict[str, Any]) -> None:
    paths = document["paths"]
    assert {path for path in paths if "post" in paths[path]} == {
        "/api/toy/cases", "/api/toy/cases/call", "/api/toy/cases/search", "/api/toy/cases/{case_id}/call",
        "/api/toy/cases/{case_id}/decide", "/api/toy/cases/{case_id}/note", "/api/toy/persons/export",
        "/api/toy/reconciliation/resend"}
    asked = {path: [resolved(each, document) for each in item["post"].get("parameters", ())]
             for path, item in paths.items() if "post" in item}
    headers = {path: {each["name"] for each in asked[path]} - {"case_id"}
               for path in ("/api/toy/cases", "/api/toy/cases/{case_id}/decide", "/api/toy/cases/{case_id}/note")}
    assert headers == {"/api/toy/cases": {"Idempotency-Key"}, "/api/toy/cases/{case_id}/note": {"Idempotency-Key"},
                       "/api/toy/cases/{case_id}/decide": {"Idempotency-Key", "If-Match"}}


def test_requests_are_strict_answers_open_and_fields_titled(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name in ("Start", "Decide", "Note", "Who", "BackEntry"):
        assert schemas[name]["additionalProperties"] is False
    for name in ("Done", "CaseView", "Page", "FeedPage", "Problem"):
        assert "additionalProperties" not in schemas[name]
    assert schemas["Start"]["properties"]["cause"]["title"] == "案由"
    assert schemas["Who"]["properties"]["name"]["x-personal"] is True
    assert schemas["Start"]["required"] == ["cause", "receiver", "who"] or set(schemas["Start"]["required"]) == {
        "cause", "receiver", "who"}


def test_every_operation_asks_for_a_token_and_knows_its_problems(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for operation in (path[method] for method in ("get", "post") if method in path):
            assert operation["security"] == [{"bearer": []}]
            assert "default" not in operation["responses"]
            for status in ("401", "429"):
                assert "application/problem+json" in resolved(operation["responses"][status], document)["content"]
            again = resolved(operation["responses"]["429"], document)["headers"]["Retry-After"]
            assert resolved(again, document)["schema"]["type"] == "integer"


def test_the_document_names_the_header_by_which_this_city_takes_tokens(office: Office) -> None:
    office.access.header = "X-City-Token"
    told = openapi(make_app(office, [act_routes(office, "cases", SCHEMAS)]))
    schemes = told["components"]["securitySchemes"]
    assert (schemes["token_header"]["type"], schemes["token_header"]["name"]) == ("apiKey", "X-City-Token")
    assert schemes["bearer"]["scheme"] == "bearer"
    assert told["paths"]["/api/toy/cases"]["get"]["security"] == [{"token_header": []}, {"bearer": []}]
    validate(told)


def test_the_service_serves_the_same_document(client: FlaskClient, document: dict[str, Any]) -> None:
    assert client.get("/api/toy/openapi.json").get_json() == document


def test_alive_ready_and_counted(client: FlaskClient, people: Asking) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json()["checks"] == {"database": "ok"}
    people.get("/api/toy/cases/019992fb-0000-7000-a679-000000000000", "zjj")
    counted = client.get("/metrics").text
    assert (
        'liandong_http_requests_total{method="GET",route="/api/toy/cases/<case_id>",service="toy",status="404"}'
        in counted
    )


def test_a_check_that_fails_makes_it_not_ready(office: Office) -> None:
    def broker() -> None:
        raise ConnectionError("amqp://user:password@host")
    answer = make_app(office, (act_routes(office, "cases", SCHEMAS),), {"broker": broker}).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"] == {"database": "ok", "broker": "ConnectionError"}
