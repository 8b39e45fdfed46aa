"""A service as a plain WSGI app: its blueprints, its feed, health, errors as problems, and what every answer
carries."""

import dataclasses
import logging
import re
import secrets
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

import flask_smorest
import sqlalchemy as sa
from flask import Blueprint, Flask, Response, g, jsonify, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

from shared.acts.office import Office
from shared.contracts.envelope import stamp
from shared.http import audit, problem, quota, spec
from shared.http.browser.pages import reference_routes, root_routes
from shared.http.deadlines import deadline_routes
from shared.http.described import Routes
from shared.http.feed import feed_routes
from shared.http.health import Check, health_routes
from shared.http.persons import person_routes
from shared.http.reconciliation import reconciliation_routes
from shared.http.rules import App
from shared.http.uploads import takes_files, upload_routes
from shared.telemetry import tracing
from shared.telemetry.metrics import REQUEST_SECONDS, REQUESTS

log = logging.getLogger("liandong.http")

HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
}
POLLED = ("/healthz", "/readyz", "/metrics", "/feed")     # asked all day: no trace is recorded because of it
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def make_app(office: Office, blueprints: Sequence[Blueprint], checks: Mapping[str, Check] | None = None) -> Flask:
    """The app of one service. `checks` are asked by /readyz besides the database; each raises when it fails."""
    app = App(f"liandong.{office.name}", static_folder=None)
    app.json = Json(app)
    app.url_map.merge_slashes = False      # what is not an address is 404, not a redirect
    app.config.update(MAX_CONTENT_LENGTH=office.settings.body_limit, MAX_FORM_MEMORY_SIZE=office.settings.body_limit)
    uploads = [upload_routes(office)] if takes_files(office) else []
    served = (*blueprints, deadline_routes(office), feed_routes(office), reconciliation_routes(office),
              person_routes(office), *uploads)
    for blueprint in served:
        app.register_blueprint(blueprint)
    app.extensions["liandong_openapi"] = cache(lambda: _document(office, served))
    app.register_blueprint(health_routes({"database": database_check(office), **(checks or {})}))
    app.add_url_rule(f"/api/{office.name}/openapi.json", "openapi", lambda: jsonify(openapi(app)))
    app.register_blueprint(root_routes({office.name: office.spec.title}))
    app.register_blueprint(reference_routes(office.name, office.spec.title, lambda: jsonify(openapi(app))))
    problem.install(app)
    every_answer(app, office.name)
    audit.refusals(app, office)
    if proxies := office.settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    return app


def openapi(app: Flask) -> dict[str, Any]:
    """The app's OpenAPI 3.1 document, written when it is first asked for: whoever starts does not wait for it."""
    told: dict[str, Any] = app.extensions["liandong_openapi"]()
    return told


def _document(office: Office, blueprints: Sequence[Blueprint]) -> dict[str, Any]:
    """What flask-smorest says of the blueprints, on an app beside: the one that serves takes no more rules by then."""
    beside = App(f"liandong.{office.name}", static_folder=None)
    beside.config.update(spec.config_of(office.name, office.spec.title))
    api = flask_smorest.Api(beside, spec_kwargs=spec.options())
    spec.add_components(api, office.access.header)
    for blueprint in blueprints:
        if isinstance(blueprint, Routes):
            api.register_blueprint(blueprint.documented())
    return spec.document(api)


def every_answer(app: Flask, service: str) -> None:
    """What every answer of an app carries, and what is counted and logged of it."""
    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        g.began = time.perf_counter()
        given_trace = tracing.trace_of(request.headers.get("traceparent", ""))
        g.leaving = ExitStack()
        route = audit.template()
        g.span = g.leaving.enter_context(tracing.span(
            service, f"{_method()} {route}", tracing.SERVER, given_trace, recorded=not route.endswith(POLLED)))

    @app.after_request
    def end(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if request.is_secure:
            answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        answer.headers["X-Request-Id"] = g.request_id
        quota.count(answer)
        route, seconds = audit.template(), time.perf_counter() - g.began
        REQUESTS.labels(service, route, _method(), answer.status_code).inc()
        REQUEST_SECONDS.labels(service, route).observe(seconds)
        g.span.failed = answer.status_code >= 500
        g.span.attributes |= {"http.request.method": _method(), "http.route": route,
                              "http.response.status_code": answer.status_code, "liandong.request": g.request_id,
                              **({"liandong.refusal": refusal} if (refusal := g.get("refusal")) else {})}
        log.info("%s %s %s %d ms request=%s %s", request.method, route, answer.status_code, seconds * 1000,
                 g.request_id, g.get("refusal", ""), extra=g.span.attributes)
        return answer

    @app.teardown_request
    def leave(_: BaseException | None) -> None:
        if leaving := g.pop("leaving", None):
            leaving.close()


def _method() -> str:
    """The method, of those that the route knows: others are any word."""
    return request.method if request.url_rule else "other"


def database_check(office: Office) -> Check:
    """The check that the office's database answers and its journal is open."""
    def check() -> None:
        with office.db.read() as tx:
            tx.execute(sa.text("SELECT 1"))
            office.journal.head(tx)
    return check


class Json(DefaultJSONProvider):
    """JSON in reading order and unescaped Chinese; dates in ISO 8601, instants in UTC."""

    sort_keys = False
    ensure_ascii = False

    @staticmethod
    def default(value: Any) -> Any:
        if isinstance(value, datetime):
            return stamp(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, set | frozenset):
            return sorted(value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        if isinstance(value, Mapping):
            return dict(value)
        raise TypeError(f"not JSON: {type(value).__name__}")
