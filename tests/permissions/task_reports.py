"""Task reports of the matrix and of the routes, as oversight has them once it has heard of one."""

from datetime import date

from services.oversight.task_reports.domain import DeliverTaskReport
from shared.acts.model import THE_SUITE
from shared.acts.request import Request
from tests.permissions.city import JUSTICE, OFFICE, City

KEY = ("oversight", "task-reports")
BASE = "/api/oversight/task-reports"
DAY = date(2025, 3, 3)
SEATS = {"office": "nongye", "custodian": "weijian"}      # in truth an office is justice or the government office


def delivered(city: City, reporter: str) -> str:
    """The id of a report that both offices still have to register."""
    acts = city.suite.offices["oversight"].acts["task-reports"]
    command = DeliverTaskReport("collab", "none", 1, reporter, DAY, (1,))
    return acts.do("deliver", command, THE_SUITE, Request()).case_id


def registered(city: City, reporter: str) -> str:
    """The id of one that both have registered."""
    report = delivered(city, reporter)
    for revision, office in enumerate((JUSTICE, OFFICE), 1):
        answer = city.post(f"{BASE}/{report}/register", {}, office, seen=revision)
        assert answer.status == 200, answer.text
    return report
