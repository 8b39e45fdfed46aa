"""Tips over HTTP: the routes of their acts and materials, the look at the reporter, what is proposed for a cause."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from services.sharing import store_tips as store
from services.sharing.schemas_tips import SCHEMAS
from services.sharing.tip_competence import whose
from services.sharing.tip_seeing import may_look
from services.sharing.tip_sharing import TRANSFERS
from shared.acts.convert import plain
from shared.acts.model import WRONG_PARTY, Viewer
from shared.acts.office import Office
from shared.acts.request import NOT_VISIBLE
from shared.clock import day_of
from shared.contracts.register import Register
from shared.errors import Refused
from shared.forms.fields import Text
from shared.http import audit, paging, spec
from shared.http.identity import viewer_of
from shared.http.materials import add_materials
from shared.http.routes import SearchSchema, act_routes, may_be_case

PATH = "tips"


class TipSearch(SearchSchema):
    """Tips by text (organisation, place, facts), or by the finding that they hand on."""

    text = Text("检索词", most=100)
    origin = Text("另案线索编号", most=200)


def tip_routes(office: Office) -> Blueprint:
    """The blueprint of tips."""
    routes = act_routes(office, PATH, SCHEMAS, search=TipSearch, filters=_filters)
    add_materials(routes, office, PATH)
    _reporter(routes, office)
    _proposals(routes, office)
    return routes


def _filters(body: Mapping[str, Any]) -> Mapping[str, str]:
    wanted = {name: body[name].strip() for name in ("text", "origin") if body.get(name, "").strip()}
    return {**body.get("filters", {}), **wanted}


def _reporter(routes: Blueprint, office: Office) -> None:
    @routes.get("/<case_id>/reporter")
    @routes.doc(summary="查看举报人", responses={"200": {"description": "举报人"}, **spec.problems(403, 404)})
    def reporter(case_id: str) -> Response:
        """The reporter, to sharer and claimer alone; each look is logged."""
        viewer = may_be_case(case_id, viewer_of(office.access))
        found = plain(_looked_up(office, case_id, viewer))
        audit.read(office, viewer, case_id)
        answer = jsonify(found)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _looked_up(office: Office, case_id: str, viewer: Viewer) -> Any:
    """Raises Refused: 404 for a tip that is not the viewer's, 403 for whoever sees it without its reporter."""
    cases, means = office.acts[PATH].store, office.acts[PATH].means
    with office.db.read() as tx:
        row = cases.seen(tx, case_id, viewer, office.law.snapshot(tx).register)
        tip = cases.case_of(row) if row else None
    refused = Refused(NOT_VISIBLE) if tip is None else None if may_look(tip, viewer.agency) else Refused(WRONG_PARTY)
    if tip is None or refused:
        assert refused is not None
        means.refused(viewer, "reporter", case_id, refused)
        raise refused
    return tip.said.reporter


def _proposals(routes: Blueprint, office: Office) -> None:
    @routes.get("/proposals")
    @routes.doc(summary="可认领机关和待推送线索",
                parameters=[{"name": "cause", "in": "query", "schema": {"type": "string"}}],
                responses={"200": {"description": "可认领机关"}, **spec.problems(400)})
    def proposals() -> Response:
        """For a cause: its one competent agency, to which it must be transferred, or else who may claim a tip of it.
        And the agency's own findings that wait to be shared."""
        viewer, cause = viewer_of(office.access), paging.asked().filters.get("cause", "")
        law, day = office.law.now(), day_of(office.clock.now())
        found = whose(cause, viewer.agency, law.register, law.current(day), day)
        with office.db.read() as tx:
            findings = store.to_share(tx, viewer.agency)
        candidates = [] if found.definite else [_named(law.register, code) for code in found.candidates]
        return jsonify({"definite": _named(law.register, found.definite) if found.definite else None,
                        "route": TRANSFERS if found.definite not in ("", viewer.agency) else "",
                        "candidates": candidates, "findings": findings})


def _named(register: Register, code: str) -> dict[str, str]:
    agency = register.get(code)
    return {"code": code, "name": agency.name if agency else code}
