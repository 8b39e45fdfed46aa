"""`GET /api/<service>/numbers`: the ledger of the service's document numbers (文号登记簿)."""

from flask import Response, jsonify
from flask_smorest import Blueprint
from sqlalchemy.engine import Connection

from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.request import NOT_VISIBLE
from shared.acts.store import sees_all
from shared.clock import day_of
from shared.errors import Refusal, Refused
from shared.http import paging, spec
from shared.http.identity import viewer_of
from shared.numbers.shape import unused
from shared.numbers.store import NumberTables

BAD_YEAR = Refusal("BAD_YEAR", "year 应当是四位年份。", "year is a year of four digits.", "internal", 400, "year")


def numbers_routes(office: Office, tables: NumberTables) -> Blueprint:
    """The blueprint of the ledger."""
    routes = Blueprint("numbers", __name__, url_prefix=f"/api/{office.name}/numbers", description="文号登记簿")

    @routes.get("")
    @routes.doc(summary="文号登记簿", responses={"200": spec.answer("Items", "文号"), **spec.problems(400, 404)})
    def numbers() -> Response:
        """An agency's own numbers of a year, voided ones with their reason, and the stretches between that nobody used.

        Justice and 市政府办公室 may ask for any agency's, an agency for those of one that it succeeded in all.
        """
        viewer, asked = viewer_of(office.access), paging.asked()
        year = asked.filters.get("year", str(day_of(office.clock.now()).year))
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise Refused(BAD_YEAR)
        with office.db.read() as tx:
            agency = whose(office, viewer, asked.filters.get("agency", viewer.agency), tx)
            ledger = tables.numbers_of(tx, agency, int(year), asked.filters.get("word", ""))
            return jsonify({"items": ledger, "unused": unused(ledger)})

    return routes


def whose(office: Office, viewer: Viewer, agency: str, tx: Connection) -> str:
    register, today = office.law.snapshot(tx).register, day_of(office.clock.now())
    own = {viewer.agency, *register.forebears(viewer.agency, today)}
    if agency not in own and not sees_all(viewer, register):
        raise Refused(NOT_VISIBLE)
    return agency
