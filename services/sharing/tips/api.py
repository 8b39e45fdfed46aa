"""Tips over HTTP: the routes of their acts and materials, the look at the reporter, what is proposed for a cause."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, request

from services.sharing.tips import store
from services.sharing.tips.commands import Reporter
from services.sharing.tips.domain.competence import proposed
from services.sharing.tips.domain.visibility import reporter_of
from services.sharing.tips.schemas import SCHEMAS
from shared.acts.convert import plain
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.contracts.register import Register
from shared.forms.fields import Text
from shared.http import audit, paging, spec
from shared.http.bulk import add_bulk
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.http.materials import add_materials
from shared.http.routes import SearchSchema, act_routes, may_be_case
from shared.kernel.clock import day_of

PATH = "tips"
_TEXT, _FLAG = {"type": "string"}, {"type": "boolean"}
_AGENCY = {"properties": {"code": _TEXT, "name": _TEXT}}
_REPORTER = spec.fields("举报人", {"name": _TEXT, "phone": _TEXT, "address": _TEXT, "anonymous": _FLAG,
                                "confidential": _FLAG}, "name", "phone", "address", "anonymous", "confidential")
_PROPOSALS = spec.fields("可认领机关", {
    "definite": {"type": ["object", "null"], **_AGENCY}, "route": _TEXT,
    "candidates": spec.listed(_AGENCY["properties"]), "findings": spec.listed({"ref": _TEXT, "cause": _TEXT})})


class TipSearch(SearchSchema):
    """Tips by text (organisation, place, facts), or by the finding that they hand on."""

    text = Text("检索词", most=100)
    origin = Text("另案线索编号", most=200)


def tip_routes(office: Office) -> Routes:
    """The blueprint of tips."""
    routes = act_routes(office, PATH, SCHEMAS, search=TipSearch, filters=_filters)
    add_materials(routes, office, PATH)
    add_bulk(routes, office, PATH, SCHEMAS)
    _reporter(routes, office)
    _proposals(routes, office)
    return routes


def _filters(body: Mapping[str, Any]) -> Mapping[str, str]:
    wanted = {name: body[name].strip() for name in ("text", "origin") if body.get(name, "").strip()}
    return {**body.get("filters", {}), **wanted}


def _reporter(routes: Routes, office: Office) -> None:
    @routes.get("/<case_id>/reporter")
    @routes.doc(summary="查看举报人", responses={"200": _REPORTER, **spec.problems(403, 404)})
    def reporter(case_id: str) -> Response:
        """The reporter, to sharer and claimer alone; each look is logged."""
        viewer = may_be_case(case_id, viewer_of(office.access))
        found = plain(_looked_up(office, case_id, viewer))
        audit.read(office, viewer, case_id)
        answer = jsonify(found)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _looked_up(office: Office, case_id: str, viewer: Viewer) -> Reporter:
    """Raises Refused, which is logged as a look that was refused."""
    cases = office.acts[PATH].store
    with office.db.read() as tx:
        row = cases.seen(tx, case_id, viewer, office.law.snapshot(tx).register)
        tip = cases.case_of(row) if row else None
    return reporter_of(tip, viewer.agency)


def _proposals(routes: Routes, office: Office) -> None:
    @routes.get("/proposals")
    @routes.doc(summary="可认领机关和待推送线索",
                parameters=[{"name": "cause", "in": "query", "schema": {"type": "string"}}],
                responses={"200": _PROPOSALS, **spec.problems(400)})
    def proposals() -> Response:
        """For a cause: its one competent agency, to which it must be transferred, or else who may claim a tip of it.
        And the agency's own findings that wait to be shared."""
        viewer = viewer_of(office.access)
        paging.only(("cause",))
        law, day = office.law.now(), day_of(office.clock.now())
        found = proposed(request.args.get("cause", ""), viewer.agency, law.register, law.current(day), day)
        with office.db.read() as tx:
            findings = store.to_share(tx, viewer.agency)
        return jsonify({"definite": _named(law.register, found.definite) if found.definite else None,
                        "route": found.route, "candidates": [_named(law.register, code) for code in found.candidates],
                        "findings": findings})


def _named(register: Register, code: str) -> dict[str, str]:
    return {"code": code, "name": register.name_of(code)}
