"""Queries over HTTP: the routes of their acts, materials as streams, searches, and who opened what."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify

from services.sharing.archive.api import RECORD
from services.sharing.queries.repository import accesses, given_record
from services.sharing.queries.schemas import QUERIES
from shared.acts.office import Office
from shared.forms.fields import Text
from shared.http import audit, paging, spec
from shared.http.bulk import add_bulk
from shared.http.described import Routes
from shared.http.formerly import OF_PARAMETER, reads_as
from shared.http.identity import viewer_of
from shared.http.materials import add_materials
from shared.http.routes import PAGING, SearchSchema, act_routes, may_be_case
from shared.kernel.page_limits import within

SEARCHED = ("text", "respondent")


class QuerySearch(SearchSchema):
    """Queries by text (what is asked, what for) or by respondent (exact name or number)."""

    text = Text("检索词", most=100)
    respondent = Text("查询对象姓名、名称或者号码", most=200)


def query_routes(office: Office) -> Routes:
    routes = act_routes(office, "queries", QUERIES, search=QuerySearch, filters=_filters)
    add_materials(routes, office, "queries")
    add_bulk(routes, office, "queries", QUERIES)

    @routes.get("/<case_id>/records/<record>")
    @routes.doc(summary="查阅随答复提供的档案", parameters=[OF_PARAMETER], responses={
        "200": RECORD, **spec.problems(403, 404)})
    def given(case_id: str, record: str) -> Response:
        """第二十七条、第二十二条第三款: a record that was given, in the version that was given; its holder sees who looked."""
        viewer = may_be_case(case_id, viewer_of(office.access))
        told = given_record(office, case_id, record, reads_as(office, viewer), viewer)
        audit.read(office, viewer, f"{case_id}/{record}")
        return jsonify(told)

    @routes.get("/<case_id>/accesses")
    @routes.doc(summary="查阅记录", parameters=PAGING,
                responses={"200": spec.answer("Page", "查阅记录"), **spec.problems(400, 403, 404)})
    def who_opened(case_id: str) -> Response:
        """Every reading of the query, its materials and the records given: by which agency and account, and when."""
        viewer, asked = may_be_case(case_id, viewer_of(office.access)), paging.asked()
        found = within(asked.limit, lambda most: accesses(office, case_id, viewer, most, asked.after), paging.items)
        audit.read(office, viewer, case_id)
        return jsonify({"items": found.items, "next": paging.closed(found.next)})

    return routes


def _filters(body: Mapping[str, Any]) -> Mapping[str, str]:
    wanted = {name: body[name].strip() for name in SEARCHED if body.get(name, "").strip()}
    return {**body.get("filters", {}), **wanted}
