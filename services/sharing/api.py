"""The routes of the register, rulebooks, calendars and bases: everyone signed in reads, the acts say who may change."""

from flask import Flask

from services.sharing.archive.api import dossier_routes, record_routes
from services.sharing.catalogue.api import catalogue_routes
from services.sharing.law_data.api import codes_routes
from services.sharing.queries.api import query_routes
from services.sharing.schemas import SCHEMAS
from services.sharing.subscriptions.api import subscription_routes
from services.sharing.tips.api import tip_routes
from shared.acts.office import Office
from shared.http.app import make_app
from shared.http.described import Routes
from shared.http.judged import judged_routes
from shared.http.routes import act_routes


def make_blueprints(office: Office) -> list[Routes]:
    made = {"catalogue": catalogue_routes, "queries": query_routes, "tips": tip_routes, "records": record_routes,
            "subscriptions": subscription_routes}
    chapters = [made[path](office) if path in made else act_routes(office, path, schemas)
                for path, schemas in SCHEMAS.items()]
    return [*chapters, dossier_routes(office), codes_routes(office), judged_routes(office)]


def make(office: Office) -> Flask:
    return make_app(office, make_blueprints(office))
