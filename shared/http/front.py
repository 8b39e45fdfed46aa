"""Several services behind one address: each its own app under /api/<service>, and what is about the whole process."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from shared.http import problem
from shared.http.app import Json, every_answer
from shared.http.browser.pages import root_routes
from shared.http.health import Check, health_routes
from shared.http.rules import App

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def front(apps: Mapping[str, WSGI], checks: Mapping[str, Check], titles: Mapping[str, str]) -> WSGI:
    """A WSGI app that hands `/api/<service>/…` to that service's app, whole; all else is answered here: `/` names
    the services, by their `titles`, and where each describes itself."""
    own = App("liandong", static_folder=None)
    own.json = Json(own)
    own.register_blueprint(health_routes(checks))
    own.register_blueprint(root_routes(titles))
    problem.install(own)
    every_answer(own, "front")

    def dispatch(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        _, api, service, *_ = f"{environ.get('PATH_INFO', '')}///".split("/", 3)
        app = apps.get(service) if api == "api" else None
        return (app or own)(environ, start_response)

    return dispatch
