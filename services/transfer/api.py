"""Chapter 4 over HTTP: the routes of its acts, materials as streams, searches, the ledger of numbers, proposals."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, jsonify, request

from services.transfer import store
from services.transfer.domain import receivers
from services.transfer.schemas import SCHEMAS
from services.transfer.sending import separated_by_register
from shared.acts.codes import of_list
from shared.acts.office import Office
from shared.forms.fields import Text
from shared.http import paging, spec
from shared.http.app import make_app
from shared.http.bulk import add_bulk
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.http.judged import judged_routes
from shared.http.materials import add_materials
from shared.http.numbers import numbers_routes
from shared.http.routes import SearchSchema, act_routes
from shared.kernel.clock import day_of


class TransferSearch(SearchSchema):
    """Cases by text (numbers, organisations, facts), by respondent (exact name or number), or by the finding or tip
    that they come from."""

    text = Text("检索词", most=100)
    respondent = Text("当事人姓名、名称或者号码", most=200)
    origin = Text("来源编号：另案线索或者案源", most=200)


def make(office: Office) -> Flask:
    """The app of the service."""
    cases = act_routes(office, "cases", SCHEMAS, search=TransferSearch, filters=_filters)
    add_bulk(cases, office, "cases", SCHEMAS)
    add_materials(cases, office, "cases")
    return make_app(office, (cases, numbers_routes(office, store.NUMBERS), _proposals(office), judged_routes(office)))


def _filters(body: Mapping[str, Any]) -> Mapping[str, str]:
    wanted = {name: body[name].strip() for name in ("text", "respondent", "origin") if body.get(name, "").strip()}
    return {**body.get("filters", {}), **wanted}


def _proposals(office: Office) -> Routes:
    routes = Routes("proposals", __name__, url_prefix="/api/transfer/proposals", description="拟接收机关")

    @routes.get("")
    @routes.doc(summary="拟接收机关", parameters=[spec.asked("cause", "案由")],
                responses={"200": spec.answer("Items", "拟接收机关"), **spec.problems(400)})
    def proposals() -> Response:
        """Whom the 权责清单 proposes as receiver of a case of the `cause`, and whether it shows separated powers."""
        viewer, cause = viewer_of(office.access), request.args.get("cause", "")
        paging.only(("cause",))
        law, day = office.law.now(), day_of(office.clock.now())
        register = law.register
        of_list("cause", cause, law.current(day), "causes")
        found = [agency for code in receivers(register, cause, viewer.agency, day) if (agency := register.get(code))]
        return jsonify({"items": [{"code": agency.code, "name": agency.name} for agency in found],
                        "powers_separated": separated_by_register(viewer.agency, cause, register, day)})

    return routes
