"""Chapter 3 over HTTP: all of it is what plans have in common."""

from flask import Flask

from services.joint.schemas import SCHEMAS
from services.joint.store import PLANS
from shared.acts.office import Office
from shared.http.app import make_app
from shared.http.plans import plan_blueprints


def make(office: Office) -> Flask:
    """The app of the service."""
    return make_app(office, plan_blueprints(office, PLANS, SCHEMAS))
