"""Archive records over HTTP: deliveries as files or JSON, searches and looks. Parse, call, dump.

POST /records (NDJSON, XLSX, or JSON), /records/search, /records/<record>/open; GET /records/accesses; POST /dossiers
"""

import hashlib
from typing import Any

from flask import Response, jsonify, request

from services.sharing.archive import repository
from services.sharing.archive.access import Look
from services.sharing.archive.delivery_files import NDJSON, XLSX, gathered, objects, read_delivery
from services.sharing.archive.domain import AddRecords, told_lines
from services.sharing.archive.schemas import SCHEMAS, DossierSchema, FrameSchema, OpenRecordSchema, SearchRecordsSchema
from services.sharing.archive.search import Archive, Wanted
from services.sharing.dossiers.dossier import dossier
from shared.acts.office import Office
from shared.acts.request import Request as Circumstances
from shared.forms.schemas import ActSchema, ExternalRefSchema
from shared.http import audit, bodies, paging, spec
from shared.http.conditional import conditions
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.http.routes import act_routes, answered, circumstances_of, may_be_case, tell_address
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import within
from shared.rulebook.model import source_words

PATH, ACT = "records", "add-records"
LARGEST = 64 * 1024 ** 2                 # bytes of a delivery
NOT_A_DELIVERY = Refusal(
    "UNSUPPORTED_TYPE", "档案应当以 NDJSON（application/x-ndjson）、XLSX 或者 JSON 报送。",
    "Records come as NDJSON (application/x-ndjson), XLSX or JSON.", status=415, where="Content-Type")
_TEXT, _WHOLE = {"type": "string"}, {"type": "integer"}
_HEAD = {**dict.fromkeys(("id", "agency", "category", "cause", "number", "access", "organisation"), _TEXT),
         "version": _WHOLE, "title": _TEXT, "occurred_on": {"type": "string", "format": "date"},
         "own": {"type": "boolean"}, "external_id": {**_TEXT, "description": "本机关的档案才有"}}
RECORD = spec.fields("档案", {
    **_HEAD, **dict.fromkeys(("text", "retention", "kind", "penalty_item", "digest", "recorded_at"), _TEXT),
    "respondent": {"type": "object", "properties": {"kind": _TEXT, "name": _TEXT, "number": _TEXT}},
    "versions": spec.listed({"version": _WHOLE, "recorded_at": _TEXT, "digest": _TEXT, "delivery": _TEXT}),
}, "external_id")
_DOSSIER = spec.fields("一企一档", {
    "organisation": {"type": "object", "properties": {"asked": _TEXT, "names": {"type": "array", "items": _TEXT}}},
    "records": spec.listed({**_HEAD, "holder": {**_TEXT, "description": "依申请提供的：向谁申请"},
                            "ask": {"type": "object", "description": "依申请提供的：如何申请"},
                            "excerpt": {"type": "object"}, "highlights": {"type": "object"}}),
    "cases": spec.listed({"case": _TEXT, "opened_on": _TEXT, "service": _TEXT, "address": _TEXT,
                          "agencies": {"type": "array", "items": _TEXT}}),
    "next": {**_TEXT, "description": "empty at the end"}})


def record_routes(office: Office) -> Routes:
    """The routes of deliveries and of the archive."""
    routes = act_routes(office, PATH, SCHEMAS, search=None, by_hand=frozenset({ACT}))
    _deliver(routes, office)
    _look(routes, office)
    return routes


def _deliver(routes: Routes, office: Office) -> None:
    acts, base = office.acts[PATH], f"/api/{office.name}/{PATH}"
    act = acts.chapter.act(ACT)

    @routes.post("")
    @routes.doc(
        summary=act.title, operationId=f"records-open-{ACT}", requestBody=_delivery_doc(),
        description=f"依据：{source_words(act.article)}。一次一条至一万条，全部成功或者全部不成功；有误的逐行说明。",
        parameters=[spec.KEY_HEADER, {"name": "in_name_of", "in": "query", "schema": _TEXT, "description": "委托机关"},
                    {"name": "external_ref", "in": "query", "schema": _TEXT,
                     "description": "system:id，本次报送在本机关业务系统中的编号；以文件报送的写在这里"}],
        responses={"201": spec.answer("Done", act.title, {**spec.ETAG, **spec.REPLAYED, **spec.LOCATION}),
                   "200": spec.answer("Done", "首次应答", {**spec.ETAG, **spec.REPLAYED}),
                   **spec.problems(400, 403, 409, 413, 415, 422)},
    )
    def deliver() -> Response:
        """Who may not deliver at all hears that before its file is read."""
        viewer, asked = viewer_of(office.access), conditions()
        paging.only(("in_name_of", "external_ref"))
        acts.before_content(ACT, viewer, Circumstances())
        request.max_content_length = LARGEST
        raw = request.get_data()
        command, common = _read(office, raw)
        command = repository.ahead(office.means, command, viewer)
        digest = "sha256:" + hashlib.sha256(f"{request.full_path}\n".encode() + raw).hexdigest()
        try:
            return answered(base, acts.do(ACT, command, viewer, circumstances_of(common, asked, "", digest)))
        except Refused as refused:
            tell_address(office.name, PATH, refused)
            raise Refused(*told_lines(refused.refusals)) from None


def _read(office: Office, raw: bytes) -> tuple[AddRecords, dict[str, Any]]:
    """The command of a request's body, and what it says of itself as every act may."""
    name, ref = request.args.get("in_name_of", ""), request.args.get("external_ref", "")
    common: dict[str, Any] = {"in_name_of": name} if name else {}
    if ref:
        system, _, id_ = ref.partition(":")
        common["external_ref"] = bodies.load(ExternalRefSchema(), {"system": system, "id": id_})
    kind = request.mimetype
    if kind in (NDJSON, XLSX):
        codes = office.law.now().current(day_of(office.clock.now())).codes
        return read_delivery(kind, raw, codes), common
    if kind != "application/json":
        raise Refused(NOT_A_DELIVERY)
    body = bodies.json_object()
    listed = body.pop("records") if isinstance(body.get("records"), list) else [body]
    frame = bodies.load(FrameSchema(), body if listed != [body] else {})
    return gathered(objects(listed)), {**common, **frame.common}


def _look(routes: Routes, office: Office) -> None:
    archive, asking = Archive(office), SearchRecordsSchema()

    @routes.post("/search")
    @routes.doc(summary="检索执法档案", requestBody=spec.body(SearchRecordsSchema),
                responses={"200": spec.answer("Page", "按相关程度"), **spec.problems(400, 403, 415, 422)})
    def search() -> Response:
        """第二十七条: words, a respondent, filters; with purpose and reason where it reaches beyond one's own."""
        viewer = viewer_of(office.access)
        body = bodies.load(asking, bodies.json_object())
        wanted = Wanted(body["text"], body["respondent"].value, **body["filters"])
        audit.read(office, viewer)
        found = archive.search(viewer, wanted, _why(body), body["limit"], paging.opened(body["after"]))
        return jsonify({**found, "next": paging.closed(found["next"])})

    @routes.post("/<case_id>/open")
    @routes.doc(summary="查阅一条执法档案", requestBody=spec.body(OpenRecordSchema),
                responses={"200": RECORD, **spec.problems(403, 404, 415, 422)})
    def open_record(case_id: str) -> Response:
        """One record whole, or an earlier version of it; its holder sees who looked, and why."""
        viewer = may_be_case(case_id, viewer_of(office.access))
        body = bodies.load(OpenRecordSchema(), bodies.json_object())
        audit.read(office, viewer, case_id)
        return jsonify(archive.open(viewer, case_id, _why(body), body.get("version", 0)))

    @routes.get("/accesses")
    @routes.doc(summary="本机关档案的查阅记录", responses={"200": spec.answer("Page", "谁、何时、为何查阅"), **spec.problems(400, 403)})
    def accesses() -> Response:
        """Who looked at the agency's own records, newest first."""
        viewer, asked = viewer_of(office.access), paging.asked()
        audit.read(office, viewer)
        told = within(asked.limit, lambda most: archive.accesses(viewer, most, asked.after), lambda page: page["items"])
        return jsonify({**told, "next": paging.closed(told["next"])})


def dossier_routes(office: Office) -> Routes:
    """一企一档."""
    routes = Routes("dossiers", __name__, url_prefix=f"/api/{office.name}/dossiers", description="一企一档")
    archive = Archive(office)

    @routes.post("")
    @routes.doc(summary="一企一档", requestBody=spec.body(DossierSchema),
                responses={"200": _DOSSIER, **spec.problems(400, 403, 415, 422)})
    def of_organisation() -> Response:
        """Everything that concerns one organisation, as far as the viewer may see: a page of records and of cases."""
        viewer = viewer_of(office.access)
        body = bodies.load(DossierSchema(), bodies.json_object())
        audit.read(office, viewer)
        told = dossier(archive, viewer, body["organisation"], _why(body), body["limit"], paging.opened(body["after"]))
        return jsonify({**told, "next": paging.closed(told["next"])})

    return routes


def _why(body: dict[str, Any]) -> Look:
    return Look(body["purpose"], body["reason"], body["case"])


def _delivery_doc() -> dict[str, Any]:
    schema: type[ActSchema] = SCHEMAS[ACT]
    return {"required": True, "content": {
        "application/json": {"schema": schema}, NDJSON: {"schema": {**_TEXT, "description": "一行一条，UTF-8"}},
        XLSX: {"schema": {**_TEXT, "format": "binary", "description": "首行为表头，一行一条"}}}}
