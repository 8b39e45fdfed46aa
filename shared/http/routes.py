"""The routes of a chapter, made from its acts: nothing about who may do what or when stands here.

POST /<path>                  the first act that opens a case; further ones POST /<path>/<act>
POST /<path>/<case>/<act>     every other act; where the chapter says so, PUT /<path>/<case> is one of them
GET  /<path>, /<path>/<case>, /<path>/<case>/events, /<path>/<case>/deadlines; POST /<path>/search
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response, g, jsonify, request
from marshmallow import Schema, fields

from shared.acts import filtering
from shared.acts.findings import ID
from shared.acts.keeping import Filter
from shared.acts.machines import SIGNED_BY_NEEDED
from shared.acts.model import Act, Rank, Viewer
from shared.acts.office import Office
from shared.acts.perform import Acts
from shared.acts.request import NOT_VISIBLE, REF_TAKEN, BackEntry, Done, ExternalRef, SignedBy, not_in
from shared.acts.request import Request as Circumstances
from shared.contracts.classified import STATE_SECRET
from shared.contracts.register import SUITE
from shared.forms.fields import Text, Whole
from shared.forms.schemas import Loaded, ValueSchema, common_of
from shared.http import audit, bodies, paging, spec
from shared.http.conditional import Conditions, conditions, tagged
from shared.http.described import Routes
from shared.http.formerly import OF, OF_PARAMETER, reads_as
from shared.http.identity import viewer_of
from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import within
from shared.rulebook.model import source_words

Schemas = Mapping[str, type[Schema]]
Filters = Callable[[Mapping[str, Any]], Mapping[str, str]]
Doing = Callable[[str, Any, Viewer, Circumstances], Done]

SIGNERS = {Rank.OFFICER: "", Rank.LEADER: "应当由机关负责人作出。", Rank.CHIEF: "应当由正职负责人或者主持工作的负责人作出。"}
_CASE_ID = re.compile(ID)     # what else stands in a URL is logged nowhere


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
    doing: Mapping[str, Doing] | None = None,
) -> Routes:
    """The blueprint of the chapter whose cases stand at `path`.

    `schemas` has one ActSchema for each act that has a route (an act by the suite alone has none). `search` and
    `filters` say what a search may ask for, and which filters of the list that becomes; None: the chapter has its own.
    The acts in `by_hand` have routes elsewhere. `put`: the act that PUT on a case does. `doing`: acts that something
    else performs than the chapter. Of a chapter that is `apart` a look at a case's deadlines is logged too.
    """
    chapter = (cases := _Cases(office, path, filters, doing or {})).chapter
    routes = Routes(path, __name__, url_prefix=f"/api/{office.name}/{path}", description=chapter.title)
    formerly = () if chapter.internal or chapter.apart else (OF_PARAMETER,)
    listed = _list_doc(chapter.title, filtering.of(cases.acts.keeping, in_url=True), formerly)
    routes.add_url_rule("", "list", routes.doc(**listed)(cases.list), methods=["GET"])
    if search is not None:
        routes.add_url_rule("/search", "search", routes.doc(**_search_doc(chapter.title, search, formerly))(
            lambda: cases.search(search())), methods=["POST"])
    for name, view, doc in (("", cases.view, _view_doc("CaseView", chapter.title, headers=spec.ETAG, more=formerly)),
                            ("/events", cases.events, _view_doc("Page", "案件记录", 400, more=(*PAGING, *formerly))),
                            ("/deadlines", cases.deadlines, _view_doc("Items", "案件期限", more=formerly))):
        endpoint = f"view{name}".replace("/", "_")
        routes.add_url_rule(f"/<case_id>{name}", endpoint, routes.doc(**doc)(view), methods=["GET"])
    _add_acts(routes, cases, schemas, by_hand, put)
    return routes


def _add_acts(routes: Routes, cases: "_Cases", schemas: Schemas, by_hand: frozenset[str], put: str) -> None:
    """A route for each act; the first that opens a case is a POST on the chapter itself."""
    first = True
    for act in cases.chapter.acts:
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


def _opening(cases: "_Cases", act: Act, schema: type[Schema], routes: Routes) -> Callable[[], Response]:
    def open_case() -> Response:
        return cases.do(act, bodies.made(schema), "")
    return routes.doc(**_act_doc(act, schema, "open-", cases.named))(open_case)


def _acting(cases: "_Cases", act: Act, schema: type[Schema], routes: Routes,
            called: str = "") -> Callable[[str], Response]:
    def act_on_case(case_id: str) -> Response:
        return cases.do(act, bodies.made(schema), case_id)
    return routes.doc(**_act_doc(act, schema, called, cases.named))(act_on_case)


class _Cases:
    """A chapter's cases over HTTP: parse, call, dump."""

    def __init__(self, office: Office, path: str, filters: Filters, doing: Mapping[str, Doing]) -> None:
        self._doing = doing
        self.office, self.acts, self.reads, self._filters = office, office.acts[path], office.reads[path], filters
        self.chapter = self.acts.chapter
        self._base = f"/api/{office.name}/{path}"
        self.named = f"{path}-" if len(office.acts) > 1 else ""      # acts of two chapters may be called the same

    def do(self, act: Act, schema: Schema, case_id: str) -> Response:
        viewer = self._viewer(case_id)
        loaded, circumstances = self._read(act, schema, viewer, case_id)
        try:
            done = self._doing.get(act.name, self.acts.do)(act.name, loaded.command, viewer, circumstances)
        except Refused as refused:
            tell_address(self.office.name, self.chapter.path, refused)
            raise
        return self._answer(done)

    def _read(self, act: Act, schema: Schema, viewer: Viewer, case_id: str) -> tuple[Loaded, Circumstances]:
        """What the request says. Its body, of which it was made, is not kept while the act is done."""
        asked, (body, text) = conditions(), bodies.json_and_text()
        try:
            loaded: Loaded = bodies.load(schema, body)
        except Refused as refused:
            note_secrets(self.acts, act.name, viewer, case_id, refused)
            signed = "signed_by" in body and "signed_by" in common_of(type(schema))
            raise self._earlier(act, viewer, Circumstances(case_id, asked.if_match), signed) or refused from None
        digest = bodies.digest_of(request.path, body, text)
        return loaded, circumstances_of(loaded.common, asked, case_id, digest)

    def _answer(self, done: Done) -> Response:
        return answered(self._base, done)

    def _earlier(self, act: Act, viewer: Viewer, circumstances: Circumstances, signed: bool) -> Refused | None:
        """What the order of answers puts before a body that is wrong: not visible, wrong party, revision, state. Of
        one that gives a signature, which can't be read with the rest being wrong, it is not said that it has none."""
        try:
            self.acts.before_content(act.name, viewer, circumstances)
        except Refused as refused:
            if signed and refused.refusals[0].code == SIGNED_BY_NEEDED.code:
                return None
            self.acts.means.refused(viewer, act.name, circumstances.case_id, refused)
            return refused
        return None

    def list(self) -> Response:
        """What is searched for may be personal and comes in a body: in a URL it is no filter."""
        viewer, asked = viewer_of(self.office.access), paging.asked()
        filters = self._without_of(asked.filters)
        filtering.only(filters, filtering.of(self.acts.keeping, in_url=True))
        return self._page(viewer, filters, asked.limit, asked.after)

    def search(self, schema: Schema) -> Response:
        viewer = viewer_of(self.office.access)
        body = bodies.load(schema, bodies.json_object())
        return self._page(viewer, self._filters(body), body.get("limit", paging.DEFAULT),
                          paging.opened(body.get("after", "")))

    def _page(self, viewer: Viewer, filters: Mapping[str, str], limit: int, after: str) -> Response:
        page = within(limit, lambda most: self.reads.page(self._as(viewer), filters, most, after), paging.items)
        audit.read(self.office, viewer)
        return jsonify({"items": page.items, "next": paging.closed(page.next)})

    def view(self, case_id: str) -> Response:
        viewer = self._viewer(case_id)
        seen = self.reads.view(case_id, self._as(viewer))
        audit.read(self.office, viewer, case_id)
        return tagged(jsonify(seen), seen["revision"])

    def events(self, case_id: str) -> Response:
        viewer = self._viewer(case_id)
        asked = paging.asked()
        filtering.only(self._without_of(asked.filters))
        seer, after = self._as(viewer), paging.position(asked.after)
        told = within(asked.limit, lambda most: self.reads.history(case_id, seer, most, after), paging.items)
        audit.read(self.office, viewer, case_id)
        return jsonify({"items": told.items, "next": paging.closed(told.next)})

    def deadlines(self, case_id: str) -> Response:
        viewer = self._viewer(case_id)
        told = self.reads.deadlines(case_id, self._as(viewer))
        if self.chapter.apart:
            audit.read(self.office, viewer, case_id)
        return jsonify({"items": told})

    def _as(self, viewer: Viewer) -> Viewer:
        """As whom the viewer reads. People's accounts are read by nobody for another agency."""
        return viewer if self._for_itself else reads_as(self.office, viewer)

    def _without_of(self, filters: Mapping[str, str]) -> Mapping[str, str]:
        return filters if self._for_itself else {name: each for name, each in filters.items() if name != OF}

    @property
    def _for_itself(self) -> bool:
        return self.chapter.internal or self.chapter.apart

    def _viewer(self, case_id: str) -> Viewer:
        """The viewer; an id that no case can have is not there for anybody."""
        viewer = viewer_of(self.office.access)
        nothing = not_in(self.chapter.title, self.chapter.path)
        return viewer if not case_id else may_be_case(case_id, viewer, nothing)


def address_of(service: str, path: str, refused: Refused) -> str:
    """Where the case stands whose reference was given for something else; empty where that is not what was refused.
    `path`: the collection asked for, where old references don't say theirs."""
    first = refused.refusals[0]
    at = f"/api/{service}/{first.values.get('path') or path}"
    return f"{at}/{first.values['case']}" if first.code == REF_TAKEN.code else ""


def tell_address(service: str, path: str, refused: Refused) -> None:
    """The answer says where the case stands whose reference was given for something else."""
    if address := address_of(service, path, refused):
        g.problem_headers, g.problem_more = {"Location": address}, {"address": address}


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


def may_be_case(case_id: str, viewer: Viewer, otherwise: Refusal = NOT_VISIBLE) -> Viewer:
    """The viewer again. Raises Refused (404), `otherwise`, for an id that no case can have."""
    if not _CASE_ID.fullmatch(case_id):
        raise Refused(otherwise)
    return viewer


def note_secrets(acts: Acts, act: str, viewer: Viewer, case_id: str, refused: Refused) -> None:
    """That someone tried to enter what is marked as a state secret is logged, though nothing of it is."""
    if secrets := [refusal for refusal in refused.refusals if refusal.code == STATE_SECRET.code]:
        acts.means.refused(viewer, act, case_id, Refused(*secrets))


def circumstances_of(common: Mapping[str, Any], asked: Conditions, case_id: str, digest: str) -> Circumstances:
    """The circumstances of an act, of its common fields and its headers."""
    made: dict[str, Any] = {name: common[name] for name in ("happened_on", "happened_at", "in_name_of", "origin")
                            if name in common}
    for name, kind in (("back_entry", BackEntry), ("external_ref", ExternalRef), ("signed_by", SignedBy)):
        if name in common:
            made[name] = kind(**common[name])
    return Circumstances(case_id=case_id, if_match=asked.if_match, key=asked.key, body_digest=digest, **made)


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


def _view_doc(component: str, title: str, *errors: int, headers: Mapping[str, Any] | None = None,
              more: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    return {
        "summary": title,
        "parameters": [*more],
        "responses": {"200": spec.answer(component, title, headers), **spec.problems(*errors, 403, 404)},
    }


def _list_doc(title: str, filters: Mapping[str, Filter], more: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"summary": f"{title}：列表", "parameters": [
        *PAGING, *(spec.asked(name, each.title) for name, each in filters.items()), *more],
        "responses": {"200": spec.answer("Page", title), **spec.problems(400, 403)}}


def _search_doc(title: str, schema: type[Schema], more: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"summary": f"{title}：查找", "parameters": [*more], "requestBody": spec.body(schema),
            "responses": {"200": spec.answer("Page", title), **spec.problems(400, 403, 413, 415, 422)}}
