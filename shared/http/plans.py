"""Plans over HTTP, besides their acts: tasks with their lights, versions, two versions side by side, one's own tasks.

PUT /plans/<plan>; GET /plans/<plan>/tasks, /plans/<plan>/versions, /plans/<plan>/versions/compare?from=&to=; GET /tasks
"""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify

from shared.acts import filtering
from shared.acts.keeping import Filter
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.forms.fields import Text
from shared.http import audit, paging, spec
from shared.http.bulk import add_bulk
from shared.http.described import Routes
from shared.http.formerly import OF, OF_PARAMETER, reads_as
from shared.http.identity import viewer_of
from shared.http.judged import judged_routes
from shared.http.materials import add_materials
from shared.http.numbers import numbers_routes
from shared.http.routes import PAGING, Schemas, SearchSchema, act_routes, may_be_case
from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import within
from shared.plans.reading import PlanReads
from shared.plans.store import PlanTables

PATH = "plans"
COMPARISON = {
    "type": "object",
    "required": ["from", "to", "rows", "text"],
    "properties": {
        "from": {"type": "integer"},
        "to": {"type": "integer"},
        "rows": {"type": "array", "items": {"type": "object"}, "description": "item, title, before, after"},
        "text": {"type": "string", "description": "the same in words"},
    },
}
BAD_VERSION = Refusal("BAD_VERSION", "{name} 应当是方案的版本号。", "{name} is the number of a version.", "internal", 400)
BAD_DONE = Refusal("BAD_DONE", "done 应当是 true 或者 false。", "done is true or false.", "internal", 400, "done")


class PlanSearch(SearchSchema):
    """Plans by text: title, number, situation, organisations."""

    text = Text("检索词", most=100)


def plan_blueprints(office: Office, tables: PlanTables, schemas: Schemas) -> list[Routes]:
    """All that a service of plans mounts; the first is that of the plans, to which a chapter adds its own."""
    plans = act_routes(office, PATH, schemas, search=PlanSearch, filters=_filters, put="draft")
    reads = PlanReads(office.reads[PATH], tables)
    add_materials(plans, office, PATH)
    add_bulk(plans, office, PATH, schemas)
    _add_tasks(plans, office, reads)
    _add_versions(plans, office, reads)
    return [plans, _own_tasks(office, reads), numbers_routes(office, tables.numbers), judged_routes(office)]


def _filters(body: Mapping[str, Any]) -> Mapping[str, str]:
    text = body.get("text", "").strip()
    return {**body.get("filters", {}), **({"text": text} if text else {})}


def plan_viewer(office: Office, plan_id: str) -> Viewer:
    """The viewer of a plan; an id that no plan can have is not there for anybody."""
    return may_be_case(plan_id, viewer_of(office.access))


def _add_tasks(routes: Routes, office: Office, reads: PlanReads) -> None:
    @routes.get("/<case_id>/tasks")
    @routes.doc(summary="方案任务", parameters=[OF_PARAMETER],
                responses={"200": spec.answer("Items", "任务"), **spec.problems(403, 404)})
    def tasks(case_id: str) -> Response:
        """The plan's tasks with their dates, lights and reports; `own`: of the viewer's agency."""
        viewer = plan_viewer(office, case_id)
        found = reads.tasks(case_id, reads_as(office, viewer))
        audit.read(office, viewer, case_id)
        return jsonify({"items": found})


def _add_versions(routes: Routes, office: Office, reads: PlanReads) -> None:
    number = {"type": "integer", "minimum": 1}

    @routes.get("/<case_id>/versions")
    @routes.doc(summary="方案版本", parameters=[OF_PARAMETER],
                responses={"200": spec.answer("Items", "版本"), **spec.problems(403, 404)})
    def versions(case_id: str) -> Response:
        """Every version of the plan, and what was done under each."""
        viewer = plan_viewer(office, case_id)
        found = reads.versions(case_id, reads_as(office, viewer))
        audit.read(office, viewer, case_id)
        return jsonify({"items": found})

    @routes.get("/<case_id>/versions/compare")
    @routes.doc(
        summary="方案版本对照",
        parameters=[OF_PARAMETER, *(
            {"name": name, "in": "query", "required": True, "schema": number, "description": text}
            for name, text in (("from", "变更前的版本号"), ("to", "变更后的版本号，或者正在办理的变更的版本号")))],
        responses={"200": {"description": "对照", "content": {"application/json": {"schema": COMPARISON}}},
                   **spec.problems(400, 403, 404)},
    )
    def compare(case_id: str) -> Response:
        """Two versions side by side, as data and as text."""
        viewer, filters = plan_viewer(office, case_id), dict(paging.asked().filters)
        before, after = (_version(filters.pop(name, ""), name) for name in ("from", "to"))
        filters.pop(OF, "")
        filtering.only(filters)
        found = reads.compared(case_id, reads_as(office, viewer), before, after)
        audit.read(office, viewer, case_id)
        return jsonify(found)


OWN_FILTERS = {"done": Filter("true：已完成或者不再办理的")}


def _own_tasks(office: Office, reads: PlanReads) -> Routes:
    routes = Routes("tasks", __name__, url_prefix=f"/api/{office.name}/tasks", description="本机关任务")

    @routes.get("")
    @routes.doc(
        summary="本机关任务",
        parameters=[*PAGING, {"name": "done", "in": "query", "schema": {"type": "boolean", "default": False},
                              "description": OWN_FILTERS["done"].title}],
        responses={"200": spec.answer("Page", "任务"), **spec.problems(400, 403)},
    )
    def tasks() -> Response:
        """The tasks of the viewer's agency over all plans, the earliest due first, each with its light."""
        viewer, asked = viewer_of(office.access), paging.asked()
        filters = dict(asked.filters)
        done = filters.pop("done", "false")
        filtering.only(filters, OWN_FILTERS)
        if done not in ("true", "false"):
            raise Refused(BAD_DONE)
        page = within(asked.limit, lambda most: reads.own_tasks(viewer, done == "false", most, asked.after),
                      paging.items)
        audit.read(office, viewer)
        return jsonify({"items": page.items, "next": paging.closed(page.next)})

    return routes


def _version(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 6):
        raise Refused(BAD_VERSION.filled(name=name).at(name))
    return int(text)
