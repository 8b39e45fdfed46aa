"""Conferences of the matrix and of the routes: one that is due, which nobody is called to as yet."""

from services.oversight.conferences.domain.case import FallDue
from shared.acts.model import THE_SUITE
from shared.acts.request import Request
from tests.permissions.city import City

KEY = ("oversight", "conferences")
SEATS = {"owner": "nongye", "custodian": "weijian"}


def due(city: City) -> str:
    """The id of a conference that justice has to call."""
    return city.suite.offices["oversight"].acts["conferences"].do("fall-due", FallDue(), THE_SUITE, Request()).case_id
