"""Queries over HTTP: the routes of their acts, materials as streams, searches, and who opened what."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from services.sharing.keeping_queries import accesses
from services.sharing.schemas_queries import QUERIES
from shared.acts.office import Office
from shared.contracts.envelope import stamp
from shared.forms.fields import Text
from shared.http import audit, spec
from shared.http.identity import viewer_of
from shared.http.materials import add_materials
from shared.http.routes import SearchSchema, act_routes, may_be_case

SEARCHED = ("text", "respondent")


class QuerySearch(SearchSchema):
    """Queries by text (what is asked, what for) or by respondent (exact name or number)."""

    text = Text("检索词", most=100)
    respondent = Text("查询对象姓名、名称或者号码", most=200)


def query_routes(office: Office) -> Blueprint:
    routes = act_routes(office, "queries", QUERIES, search=QuerySearch, filters=_filters)
    add_materials(routes, office, "queries")

    @routes.get("/<case_id>/accesses")
    @routes.doc(summary="查阅记录", responses={"200": spec.answer("Items", "查阅记录"), **spec.problems(403, 404)})
    def who_opened(case_id: str) -> Response:
        """Every reading of the query, its materials and the records given: by which agency and account, and when."""
        viewer = may_be_case(case_id, viewer_of(office.access))
        items = [{"at": stamp(each.at), "agency": each.agency, "person": each.person, "appointment": each.appointment,
                  "what": each.what, "subject": each.subject} for each in accesses(office, case_id, viewer)]
        audit.read(office, viewer, case_id)
        return jsonify({"items": items})

    return routes


def _filters(body: Mapping[str, Any]) -> Mapping[str, str]:
    wanted = {name: body[name].strip() for name in SEARCHED if body.get(name, "").strip()}
    return {**body.get("filters", {}), **wanted}
