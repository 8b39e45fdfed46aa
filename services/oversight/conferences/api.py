"""Conferences over HTTP: the routes of their acts, and the agenda that what lies open proposes."""

from datetime import date

from flask import Response, jsonify

from services.oversight.conferences import agenda
from services.oversight.conferences.domain.acts import CHAPTER
from services.oversight.conferences.domain.case import Conference
from services.oversight.conferences.schemas import SCHEMAS
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.acts.request import not_in
from shared.contracts.envelope import stamp
from shared.http import audit, spec
from shared.http.described import Routes
from shared.http.identity import viewer_of
from shared.http.routes import act_routes, may_be_case
from shared.kernel.clock import day_of

_TEXT, _WHOLE = {"type": "string"}, {"type": "integer"}
_ITEM = {"type": "object", "properties": {"kind": _TEXT, "title": _TEXT, "ref": _TEXT, "says": _TEXT,
                                          **{name: {"type": "array", "items": _TEXT} for name in ("agencies", "refs")}}}
_PROPOSALS = spec.fields("建议的议题", {
    "as_of": _TEXT, "kinds": spec.listed({"kind": _TEXT, "title": _TEXT, "count": _WHOLE,
                                          "items": spec.listed({"item": _ITEM, "facts": {"type": "object"},
                                                                "address": _TEXT})})})


def conference_routes(office: Office) -> Routes:
    """The blueprint of conferences."""
    routes = act_routes(office, CHAPTER.path, SCHEMAS)
    reads = office.reads[CHAPTER.path]

    @routes.get("/<case_id>/agenda-proposals")
    @routes.doc(summary="建议的议题", description="依据：第三十条。尚未办结的议定事项在前，其余按类列出；每一项可直接用于设置议题。",
                responses={"200": _PROPOSALS, **spec.problems(403, 404)})
    def proposals(case_id: str) -> Response:
        viewer = may_be_case(case_id, viewer_of(office.access), not_in(CHAPTER.title, CHAPTER.path))
        case: Conference = reads.seen(case_id, viewer)
        now = office.clock.now()
        with office.db.read() as tx:
            law = office.law.snapshot(tx)
            agenda.may_read(viewer, law.register)
            since = _before(office, viewer, case)
            rulebook = law.current(day_of(now))
            found = agenda.proposed(tx, office.means.documents, law.register, rulebook, now, case_id, since)
            kinds = list(agenda.shown(found, rulebook))
        audit.read(office, viewer, case_id)
        return jsonify({"as_of": stamp(now), "kinds": kinds})

    return routes


def _before(office: Office, viewer: Viewer, case: Conference) -> date | None:
    """The day of the conference before; None: there was none."""
    if not case.due.previous:
        return None
    previous: Conference = office.reads[CHAPTER.path].seen(case.due.previous, viewer)
    return previous.held_on
