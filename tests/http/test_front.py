"""One address for several services."""

import platform
from importlib.metadata import version

import pytest
from flask import Flask
from werkzeug.test import Client

from shared.http.front import front


@pytest.fixture
def client() -> Client:
    def service(name: str) -> Flask:
        app = Flask(name)
        app.add_url_rule("/api/<path:rest>", view_func=lambda rest: f"{name} /api/{rest}")
        return app

    titles = {"transfer": "案件移送", "desk": "人员"}
    return Client(front({name: service(name) for name in titles}, {"transfer": lambda: None}, titles))


@pytest.mark.parametrize(("path", "answer"), [
    ("/api/transfer/cases/x%20y", "transfer /api/transfer/cases/x y"), ("/api/desk/session", "desk /api/desk/session")])
def test_a_service_gets_its_whole_path(client: Client, path: str, answer: str) -> None:
    assert client.get(path).text == answer


def test_the_root_names_the_services(client: Client) -> None:
    assert client.get("/").get_json() == {"services": {
        "transfer": "/api/transfer/openapi.json", "desk": "/api/desk/openapi.json"}}


@pytest.mark.parametrize("path", ["/api", "/api/nothing/x", "/transfer/cases", "//api/transfer"])
def test_what_belongs_to_none_is_a_problem(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and answer.content_type == "application/problem+json"
    assert "\\u" not in answer.text and any(sign >= "一" for sign in answer.text), "Chinese as it is read"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_process_itself_is_alive_ready_and_counted(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").get_json() == {"status": "ready", "checks": {"transfer": "ok"}}
    told = client.get("/metrics").text
    assert "liandong_http_requests_total" in told
    assert f'liandong_build_info{{python="{platform.python_version()}",version="{version("liandong")}"}} 1.0' in told
