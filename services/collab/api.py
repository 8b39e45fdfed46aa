"""Chapter 2 over HTTP: what plans have in common, and who answers for what (10)."""

from typing import Any

from flask import Flask, Response, jsonify

from services.collab.responsibility import WORDS, Responsible, responsibility
from services.collab.schemas import SCHEMAS
from services.collab.store import PLANS
from shared.acts.convert import plain
from shared.acts.office import Office
from shared.http import audit, spec
from shared.http.app import make_app
from shared.http.described import Routes
from shared.http.plans import plan_blueprints, plan_viewer
from shared.kernel.clock import day_of


def make(office: Office) -> Flask:
    """The app of the service."""
    plans, *others = plan_blueprints(office, PLANS, SCHEMAS)
    _add_responsibility(plans, office)
    return make_app(office, (plans, *others))


def _add_responsibility(routes: Routes, office: Office) -> None:
    reads = office.reads["plans"]

    @routes.get("/<case_id>/responsibility")
    @routes.doc(summary="责任", responses={"200": spec.answer("Items", "责任"), **spec.problems(403, 404)})
    def who_answers(case_id: str) -> Response:
        """Who answers for what in the action, by article 10 and as far as the acts have come."""
        viewer = plan_viewer(office, case_id)
        plan, register = reads.seen(case_id, viewer), office.law.now().register
        found = [_told(each) for each in responsibility(plan, register, day_of(office.clock.now()))]
        audit.read(office, viewer, case_id)
        return jsonify({"items": found})


def _told(responsible: Responsible) -> dict[str, Any]:
    title, says = WORDS[responsible.kind]
    return {**plain(responsible), "title": title, "says": says}
