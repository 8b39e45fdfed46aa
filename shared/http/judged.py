"""`GET /api/<service>/corrections`: what clocks of the service were judged otherwise, and why."""

from flask import Response, jsonify

from shared.acts import judged
from shared.acts.office import Office
from shared.http import audit, paging, spec
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.kernel.page_limits import within


def judged_routes(office: Office) -> Routes:
    """The blueprint of the list; justice and 市政府办公室 read it, and each reading is logged."""
    routes = Routes("corrections", __name__, url_prefix=f"/api/{office.name}/corrections", description="更正和补录情况")
    means = next(iter(office.acts.values())).means
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": paging.MOST}}
    after = {"name": "after", "in": "query", "schema": {"type": "string"}, "description": "上一页的 next"}

    @routes.get("")
    @routes.doc(summary="因补录、更正重新判断的期限", parameters=[limit, after],
                responses={"200": spec.answer("Page", "重新判断的期限"), **spec.problems(400, 403)})
    def corrections() -> Response:
        viewer, asked = viewer_of(office.access), paging.asked()
        found = within(asked.limit, lambda most: judged.page(means, viewer, most, asked.after), paging.items)
        audit.read(office, viewer)
        return jsonify({"items": found.items, "next": paging.closed(found.next)})

    return routes
