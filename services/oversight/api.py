"""The routes of chapter 6: board, figures, scorecards, filings, task reports, supervision, conferences, ledgers,
accountability."""

from flask import Flask, Response, jsonify

from services.oversight.accountability.api import accountability_routes, note_looks
from services.oversight.board.api import board_routes, figure_routes, scorecard_routes
from services.oversight.conferences.api import conference_routes
from services.oversight.ledgers.api import ledger_routes
from services.oversight.schemas import SCHEMAS
from services.oversight.supervision import proposals
from shared.acts import filtering
from shared.acts.office import Office
from shared.http import paging, spec
from shared.http.app import make_app
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.http.routes import act_routes
from shared.kernel.page_limits import within


def drafts_routes(office: Office) -> Routes:
    """`GET /supervision/proposals`: the steps that may be taken now, drafted; `GET /breaches`: the evidence."""
    routes = Routes("drafts", __name__, url_prefix=f"/api/{office.name}", description="督查建议和逾期记录")
    text = {"type": "string"}
    after = {"name": "after", "in": "query", "schema": text, "description": "上一页的 next"}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": paging.MOST}}

    @routes.get("/supervision/proposals")
    @routes.doc(summary="督查建议：平台拟稿，由人发出", parameters=[after, limit],
                responses={"200": spec.answer("Page", "督查建议"), **spec.problems(400, 403)})
    def drafted() -> Response:
        viewer, asked = viewer_of(office.access), paging.asked()
        filtering.only(asked.filters)
        with office.db.read() as tx:
            law, now = office.law.snapshot(tx), office.clock.now()
            found = within(asked.limit, lambda most: proposals.page(tx, viewer, law, now, most, asked.after),
                           paging.items)
        return jsonify({"items": found.items, "next": paging.closed(found.next)})

    @routes.get("/breaches")
    @routes.doc(summary="逾期记录", parameters=[
        *(spec.asked(name, each.title) for name, each in proposals.BREACH_FILTERS.items()), after, limit],
        responses={"200": spec.answer("Page", "逾期记录"), **spec.problems(400, 403)})
    def heard() -> Response:
        viewer, asked = viewer_of(office.access), paging.asked()
        with office.db.read() as tx:
            law = office.law.snapshot(tx)
            found = within(asked.limit, lambda most: proposals.breaches(tx, viewer, law, asked.filters, most,
                                                                        asked.after), paging.items)
        note_looks(office, viewer, (item["clock"] for item in found.items))
        return jsonify({"items": found.items, "next": paging.closed(found.next)})

    return routes


def make_blueprints(office: Office) -> list[Routes]:
    return [board_routes(office), figure_routes(office), scorecard_routes(office),
            *(act_routes(office, part, SCHEMAS[part]) for part in ("filings", "task-reports")), drafts_routes(office),
            act_routes(office, "supervision", SCHEMAS["supervision"]),
            conference_routes(office), accountability_routes(office), ledger_routes(office)]


def make(office: Office) -> Flask:
    return make_app(office, make_blueprints(office))
