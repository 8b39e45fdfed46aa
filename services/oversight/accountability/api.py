"""Accountability over HTTP: the routes of its acts, and the hints. Every look leaves a line in the access log."""

from collections.abc import Iterable

from flask import Response, jsonify

from services.oversight.accountability import hints
from services.oversight.accountability.domain import CHAPTER
from services.oversight.accountability.schemas import SCHEMAS
from shared.acts import filtering
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.http import audit, paging, spec
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.http.routes import PAGING, act_routes
from shared.kernel.clock import day_of
from shared.kernel.page_limits import within

_CLOCKS = f"{CHAPTER.service}.{CHAPTER.path}"           # so their names begin


def accountability_routes(office: Office) -> Routes:
    """The blueprint of accountability, with `GET /accountability/hints`."""
    routes = act_routes(office, CHAPTER.path, SCHEMAS)

    @routes.get("/hints")
    @routes.doc(summary="问责提示：平台提示，由人录入或者不采纳", parameters=[*PAGING],
                responses={"200": spec.answer("Page", "问责提示"), **spec.problems(400, 403)})
    def hinted() -> Response:
        viewer, asked = viewer_of(office.access), paging.asked()
        filtering.only(asked.filters)
        with office.db.read() as tx:
            law, day = office.law.snapshot(tx), day_of(office.clock.now())
            found = within(asked.limit, lambda most: hints.page(tx, viewer, law, day, most, asked.after),
                           paging.items)
        audit.read(office, viewer)
        return jsonify({"items": found.items, "next": paging.closed(found.next)})

    return routes


def note_looks(office: Office, viewer: Viewer, clocks: Iterable[str]) -> None:
    """Who is shown matters of accountability in a list of deadlines, by their clocks, has looked at them (31)."""
    if any(clock.startswith(_CLOCKS) for clock in clocks):
        audit.read(office, viewer)
