"""The routes of chapter 6: the board of deadlines, and filings."""

from flask import Flask, Response, jsonify
from flask_smorest import Blueprint

from services.oversight import board
from services.oversight.schemas import SCHEMAS
from shared.acts.office import Office
from shared.http import paging, spec
from shared.http.app import make_app
from shared.http.identity import viewer_of
from shared.http.routes import act_routes


def board_routes(office: Office) -> Blueprint:
    """`GET /deadlines`: every deadline of every service that the viewer may see, the earliest due first."""
    routes = Blueprint("deadlines", __name__, url_prefix=f"/api/{office.name}", description="期限总览")
    said = {"agency": "责任机关", "clock": "时限编号", "service": "服务", "case": "案件", "light": "灯色",
            "source": "依据：statutory 法定、internal 内部、plan 方案自定",
            "after": "上一页的 next"}
    parameters = [{"name": name, "in": "query", "schema": {"type": "string"}, "description": text}
                  for name, text in said.items()]
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": paging.MOST}}

    @routes.get("/deadlines")
    @routes.doc(summary="期限总览", parameters=[*parameters, limit],
                responses={"200": spec.answer("Page", "期限"), **spec.problems(400, 403)})
    def deadlines() -> Response:
        viewer, asked = viewer_of(office.access), paging.asked()
        with office.db.read() as tx:
            law = office.law.snapshot(tx)
            found = board.page(tx, viewer, law, office.clock.now(), asked.filters, asked.limit, asked.after)
        return jsonify({"items": found.items, "next": paging.closed(found.next)})

    return routes


def make_blueprints(office: Office) -> list[Blueprint]:
    return [board_routes(office), act_routes(office, "filings", SCHEMAS)]


def make(office: Office) -> Flask:
    return make_app(office, make_blueprints(office))
