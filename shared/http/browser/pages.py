"""The pages for whoever comes with a browser: what runs here, and the API reference of a service. At the same addresses
programs get JSON.

A page runs no script that stands in it and takes nothing from elsewhere: it works in a closed network.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, send_from_directory

from shared.http.problem import english

HERE = Path(__file__).parent
DAY = 86_400
SWAGGER_UI = ("swagger-ui.css", "swagger-ui-bundle.js")
OURS = ("reference.css", "reference.js")
# data: is for the icons, which stand in the style sheets and in the page
SAFE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src data:"
REFERENCE = "; script-src 'self'; connect-src 'self'"


def root_routes(titles: Mapping[str, str]) -> Blueprint:
    """`/` names the services of this process and where each describes itself. `titles`: service -> its chapter."""
    routes = Blueprint("root", __name__, template_folder="templates")

    @routes.get("/")
    def services() -> Response:
        if not _for_browser():
            return _negotiated(jsonify({"services": {name: f"/api/{name}/openapi.json" for name in titles}}))
        return _page("root.html", titles=titles, version=version("liandong"))

    return routes


def reference_routes(service: str, title: str, document: Callable[[], Response]) -> Blueprint:
    """`/api/<service>/docs` shows a browser the OpenAPI document; programs get the `document` itself."""
    routes = Blueprint("reference", __name__, template_folder="templates", url_prefix=f"/api/{service}")

    @routes.get("/docs")
    def docs() -> Response:
        if not _for_browser():
            return _negotiated(document())
        return _page("reference.html", REFERENCE, service=service, title=title)

    for folder, names in ((swagger_ui, SWAGGER_UI), (lambda: HERE, OURS)):
        for name in names:
            routes.add_url_rule(f"/docs/{name}", name.replace(".", "-"), partial(_file, folder, name))
    return routes


def _for_browser() -> bool:
    """Whether the client asks for HTML; `*/*` does not."""
    return request.accept_mimetypes.best_match(("application/json", "text/html"), "application/json") == "text/html"


def _negotiated(answer: Response) -> Response:
    answer.vary.update(("Accept", "Accept-Language"))
    return answer


def _page(template: str, more: str = "", **values: Any) -> Response:
    """A page in the client's language. `more`: what it may do besides showing itself, in the words of CSP."""
    (style, digest), language = _style(), "en" if english() else "zh-CN"

    def say(zh: str, en: str) -> str:
        return en if language == "en" else zh

    answer = Response(render_template(template, language=language, style=style, say=say, **values))
    answer.headers["Content-Security-Policy"] = f"{SAFE}{more}; style-src 'self' 'sha256-{digest}'"
    answer.headers["Content-Language"] = language
    return _negotiated(answer)


@cache
def _style() -> tuple[str, str]:
    """The style sheet that stands in each page, and the digest by which CSP lets it."""
    text = (HERE / "page.css").read_text("utf-8")
    return text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _file(folder: Callable[[], Path], name: str) -> Response:
    return send_from_directory(folder(), name, max_age=DAY)


@cache
def swagger_ui() -> Path:
    """Where the package has Swagger UI's files; looked up when somebody opens a reference, not at each start."""
    return Path(str(resources.files("flask_swagger_ui") / "dist"))
