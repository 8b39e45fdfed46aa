"""The routes of a chapter, made from its acts: nothing about who may do what or when stands here.

POST /<path>                  the first act that opens a case; further ones POST /<path>/<act>
POST /<path>/<case>/<act>     every other act; where the chapter says so, PUT /<path>/<case> is one of them
GET  /<path>, /<path>/<case>, /<path>/<case>/events, /<path>/<case>/deadlines; POST /<path>/search
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, g, jsonify, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from shared.acts.model import Act, Rank, Viewer
from shared.acts.office import Office
from shared.acts.perform import Acts
from shared.acts.reading import UNKNOWN_FILTER
from shared.acts.request import NOT_VISIBLE, REF_TAKEN, BackEntry, Done, ExternalRef
from shared.acts.request import Request as Circumstances
from shared.contracts.classified import STATE_SECRET
from shared.contracts.register import SUITE
from shared.errors import Refused
from shared.forms.fields import Text, Whole
from shared.forms.schemas import Loaded, ValueSchema
from shared.http import audit, bodies, paging, spec
from shared.http.conditional import Conditions, conditions, tagged
from shared.http.identity import viewer_of
from shared.rulebook.model import source_words

Schemas = Mapping[str, type[Schema]]
Filters = Callable[[Mapping[str, Any]], Mapping[str, str]]

SIGNERS = {Rank.OFFICER: "", Rank.LEADER: "应当由机关负责人作出。", Rank.CHIEF: "应当由正职负责人或者主持工作的负责人作出。"}
_CASE_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")     # what else stands in a URL is logged nowhere


class SearchSchema(ValueSchema):
    """A search: filters as in a list, in a body because what is looked for may be personal."""

    filters = fields.Dict(keys=fields.String(), values=Text("筛选值"), metadata={"title": "筛选条件"})
    limit = Whole("每页数量", least=1, most=paging.MOST)
    after = Text("上一页的 next", least=0, most=200)


def act_routes(
    office: Office,
    path: str,
    schemas: Schemas,
    *,
    search: type[SearchSchema] | None = SearchSchema,
    filters: Filters = lambda body: body.get("filters", {}),
    by_hand: frozenset[str] = frozenset(),
    put: str = "",
) -> Blueprint:
    """The blueprint of the chapter whose cases stand at `path`.

    `schemas` has one ActSchema for each act that has a route (an act by the suite alone has none). `search` and
    `filters` say what a search may ask for, and which filters of the list that becomes; None: the chapter has a search
    of its own. The acts in `by_hand` have
    routes of their own elsewhere. `put`: the act that PUT on a case does.
    """
    cases = _Cases(office, path, filters)
    chapter = cases.chapter
    routes = Blueprint(path, __name__, url_prefix=f"/api/{office.name}/{path}", description=chapter.title)
    routes.add_url_rule("", "list", routes.doc(**_list_doc(chapter.title))(cases.list), methods=["GET"])
    if search is not None:
        routes.add_url_rule("/search", "search", routes.doc(**_search_doc(chapter.title, search))(
            lambda: cases.search(search())), methods=["POST"])
    for name, view, doc in (("", cases.view, _view_doc("CaseView", chapter.title, headers=spec.ETAG)),
                            ("/events", cases.events, {**_view_doc("Page", "案件记录", 400), "parameters": PAGING}),
                            ("/deadlines", cases.deadlines, _view_doc("Items", "案件期限"))):
        endpoint = f"view{name}".replace("/", "_")
        routes.add_url_rule(f"/<case_id>{name}", endpoint, routes.doc(**doc)(view), methods=["GET"])
    first = True
    for act in chapter.acts:
        if act.by == frozenset({SUITE}) or act.name in by_hand:
            continue
        schema = schemas[act.name]
        if act.opens:
            rule = "" if first else f"/{act.name}"
            routes.add_url_rule(rule, f"open_{act.name}", _opening(cases, act, schema, routes), methods=["POST"])
            first = False
        if act.states:
            routes.add_url_rule(
                f"/<case_id>/{act.name}", act.name, _acting(cases, act, schema, routes), methods=["POST"]
            )
        if act.name == put:
            routes.add_url_rule("/<case_id>", "put", _acting(cases, act, schema, routes, "put-"), methods=["PUT"])
    return routes


def _opening(cases: "_Cases", act: Act, schema: type[Schema], routes: Blueprint) -> Callable[[], Response]:
    def open_case() -> Response:
        return cases.do(act, schema(), "")
    documented: Callable[[], Response] = routes.doc(**_act_doc(act, schema, "open-", cases.named))(open_case)
    return documented


def _acting(cases: "_Cases", act: Act, schema: type[Schema], routes: Blueprint,
            called: str = "") -> Callable[[str], Response]:
    def act_on_case(case_id: str) -> Response:
        return cases.do(act, schema(), case_id)
    documented: Callable[[str], Response] = routes.doc(**_act_doc(act, schema, called, cases.named))(act_on_case)
    return documented


class _Cases:
    """A chapter's cases over HTTP: parse, call, dump."""

    def __init__(self, office: Office, path: str, filters: Filters) -> None:
        self.office, self.acts, self.reads, self._filters = office, office.acts[path], office.reads[path], filters
        self.chapter = self.acts.chapter
        self._base = f"/api/{office.name}/{path}"
        self.named = f"{path}-" if len(office.acts) > 1 else ""      # acts of two chapters may be called the same

    def do(self, act: Act, schema: Schema, case_id: str) -> Response:
        viewer = self._viewer(case_id)
        asked, body = conditions(), bodies.json_object()
        try:
            loaded: Loaded = bodies.load(schema, body)
        except Refused as refused:
            note_secrets(self.acts, act.name, viewer, case_id, refused)
            raise self._earlier(act, viewer, Circumstances(case_id, asked.if_match)) or refused from None
        circumstances = circumstances_of(loaded.common, asked, case_id, bodies.digest_of(request.path, body))
        try:
            done = self.acts.do(act.name, loaded.command, viewer, circumstances)
        except Refused as refused:
            if refused.refusals[0].code == REF_TAKEN.code:
                address = f"{self._base}/{refused.refusals[0].values['case']}"
                g.problem_headers, g.problem_more = {"Location": address}, {"address": address}
            raise
        return self._answer(done)

    def _answer(self, done: Done) -> Response:
        return answered(self._base, done)

    def _earlier(self, act: Act, viewer: Viewer, circumstances: Circumstances) -> Refused | None:
        """What the order of answers puts before a body that is wrong: not visible, wrong party, revision, state."""
        try:
            self.acts.before_content(act.name, viewer, circumstances)
        except Refused as refused:
            self.acts.means.refused(viewer, act.name, circumstances.case_id, refused)
            return refused
        return None

    def list(self) -> Response:
        """What is searched for may be personal and comes in a body: in a URL it is no filter."""
        viewer, asked = viewer_of(self.office.access), paging.asked()
        for name in asked.filters.keys() & self.acts.keeping.conditions.keys() - self.acts.keeping.in_url:
            raise Refused(UNKNOWN_FILTER.filled(name=name))
        return self._page(viewer, asked.filters, asked.limit, asked.after)

    def search(self, schema: Schema) -> Response:
        viewer = viewer_of(self.office.access)
        body = bodies.load(schema, bodies.json_object())
        return self._page(viewer, self._filters(body), body.get("limit", paging.DEFAULT),
                          paging.opened(body.get("after", "")))

    def _page(self, viewer: Viewer, filters: Mapping[str, str], limit: int, after: str) -> Response:
        page = self.reads.page(viewer, filters, limit, after)
        audit.read(self.office, viewer)
        return jsonify({"items": page.items, "next": paging.closed(page.next)})

    def view(self, case_id: str) -> Response:
        viewer = self._viewer(case_id)
        seen = self.reads.view(case_id, viewer)
        audit.read(self.office, viewer, case_id)
        return tagged(jsonify(seen), seen["revision"])

    def events(self, case_id: str) -> Response:
        viewer = self._viewer(case_id)
        asked = paging.asked()
        for name in asked.filters:
            raise Refused(UNKNOWN_FILTER.filled(name=name))
        told = self.reads.history(case_id, viewer, asked.limit, paging.position(asked.after))
        audit.read(self.office, viewer, case_id)
        return jsonify({"items": told.items, "next": paging.closed(told.next)})

    def deadlines(self, case_id: str) -> Response:
        return jsonify({"items": self.reads.deadlines(case_id, self._viewer(case_id))})

    def _viewer(self, case_id: str) -> Viewer:
        """The viewer; an id that no case can have is not there for anybody."""
        viewer = viewer_of(self.office.access)
        return viewer if not case_id else may_be_case(case_id, viewer)


def answered(base: str, done: Done) -> Response:
    """The answer to an act on a case below the address `base`."""
    answer = jsonify(done.answer)
    if done.created:
        answer.headers["Location"] = f"{base}/{done.case_id}"
        answer.status_code = 201
    if done.replayed:
        answer.headers["Idempotent-Replayed"] = "true"
        answer.status_code = 200
    return tagged(answer, done.revision)


def may_be_case(case_id: str, viewer: Viewer) -> Viewer:
    """The viewer again. Raises Refused (404) for an id that no case can have."""
    if not _CASE_ID.fullmatch(case_id):
        raise Refused(NOT_VISIBLE)
    return viewer


def note_secrets(acts: Acts, act: str, viewer: Viewer, case_id: str, refused: Refused) -> None:
    """That someone tried to enter what is marked as a state secret is logged, though nothing of it is."""
    if secrets := [refusal for refusal in refused.refusals if refusal.code == STATE_SECRET.code]:
        acts.means.refused(viewer, act, case_id, Refused(*secrets))


def circumstances_of(common: Mapping[str, Any], asked: Conditions, case_id: str, digest: str) -> Circumstances:
    """The circumstances of an act, of its common fields and its headers."""
    made: dict[str, Any] = {name: common[name] for name in ("happened_on", "happened_at", "in_name_of", "origin")
                            if name in common}
    for name, kind in (("back_entry", BackEntry), ("external_ref", ExternalRef)):
        if name in common:
            made[name] = kind(**common[name])
    return Circumstances(case_id=case_id, if_match=asked.if_match, key=asked.key, body_digest=digest,
                         traceparent=asked.traceparent, **made)


def _act_doc(act: Act, schema: type[Schema], called: str, named: str) -> dict[str, Any]:
    """`called` and, before it, `named`: what stands before the act's name in the operation's: an operation's name is
    its own in the service."""
    opening = called == "open-"
    matched = not opening and not act.adds_only
    done = {**spec.ETAG, **spec.REPLAYED}
    success = {"201": spec.answer("Done", act.title, {**done, **spec.LOCATION})} if opening else {}
    return {
        "summary": act.title,
        "description": f"依据：{source_words(act.article)}。{SIGNERS[act.rank]}",
        "operationId": named + called + act.name,
        "parameters": [spec.KEY_HEADER, *([spec.MATCH_HEADER] if matched else [])],
        "requestBody": spec.body(schema),
        "responses": {
            **success,
            "200": spec.answer("Done", "首次应答" if opening else act.title, done),
            **spec.problems(403, 409, 413, 415, 422, *(() if opening else (404,)), *((412, 428) if matched else ())),
        },
    }


PAGING = ({"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": paging.MOST}},
          {"name": "after", "in": "query", "schema": {"type": "string"}, "description": "上一页的 next"})


def _view_doc(component: str, title: str, *errors: int, headers: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {
        "summary": title,
        "responses": {"200": spec.answer(component, title, headers), **spec.problems(*errors, 403, 404)},
    }


def _list_doc(title: str) -> dict[str, Any]:
    text = {"type": "string"}
    return {"summary": f"{title}：列表", "parameters": [
        *PAGING, {"name": "state", "in": "query", "schema": text}, {"name": "part", "in": "query", "schema": text},
        {"name": "light", "in": "query", "schema": text},
        {"name": "external_ref", "in": "query", "schema": text, "description": "system:id"}],
        "responses": {"200": spec.answer("Page", title), **spec.problems(400, 403)}}


def _search_doc(title: str, schema: type[Schema]) -> dict[str, Any]:
    return {"summary": f"{title}：查找", "requestBody": spec.body(schema),
            "responses": {"200": spec.answer("Page", title), **spec.problems(400, 403, 413, 415, 422)}}
