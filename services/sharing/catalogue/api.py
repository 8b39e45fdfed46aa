"""The catalogue over HTTP, besides its acts: article 26 as it is kept, agency by agency."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify

from services.sharing.catalogue.repository import coverage
from services.sharing.catalogue.schemas import CATALOGUE
from shared.acts.office import Office
from shared.forms.fields import Text
from shared.http import spec
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.http.routes import SearchSchema, act_routes

_TEXT, _OBJECTS = {"type": "string"}, {"type": "array", "items": {"type": "object"}}
COVERAGE = {
    "type": "object",
    "required": ["as_of", "stale_days", "categories", "agencies", "without", "stale"],
    "properties": {
        "as_of": _TEXT, "stale_days": {"type": "integer"}, "categories": _OBJECTS,
        "agencies": {**_OBJECTS, "description": "agency, name, cells (category, entries, data_on, stale), lacks"},
        "without": {"type": "array", "items": _TEXT, "description": "没有任何条目的机关"},
        "stale": {**_OBJECTS, "description": "数据过期的条目"},
    },
}


class CatalogueSearch(SearchSchema):
    """Entries by words of their title, description and columns."""

    text = Text("检索词", most=100)


def catalogue_routes(office: Office) -> Routes:
    """The routes of the catalogue's acts, and `GET /catalogue/coverage`."""
    routes = act_routes(office, "catalogue", CATALOGUE, search=CatalogueSearch, filters=_filters)

    @routes.get("/coverage")
    @routes.doc(summary="目录公布情况", responses={
        "200": {"description": "各机关、各类别", "content": {"application/json": {"schema": COVERAGE}}}, **spec.problems(403)})
    def told() -> Response:
        """Each agency and category of article 27: what there is, who has none, whose data are too old now."""
        viewer_of(office.access)
        with office.db.read() as tx:
            return jsonify(coverage(tx, office.law.snapshot(tx), office.clock.now()))

    return routes


def _filters(body: Mapping[str, Any]) -> Mapping[str, str]:
    text = body.get("text", "").strip()
    return {**body.get("filters", {}), **({"text": text} if text else {})}
