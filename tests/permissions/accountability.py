"""Matters of accountability of the matrix and of the routes: as the lead of a plan reports them."""

import itertools

from services.oversight.board.writing import keep_leads
from tests.permissions.city import DISCIPLINE, STRANGER, City

KEY = ("oversight", "accountability")
BASE = "/api/oversight/accountability"
_NUMBERS = itertools.count(1)


def reported(city: City, lead: str) -> str:
    """The id of one that the lead of a plan has reported; STRANGER is the agency that it means."""
    plan = f"led-{next(_NUMBERS)}"
    with city.suite.offices["oversight"].db.write() as tx:
        keep_leads(tx, "collab", {plan: lead})
    body = {"situations": ["31-6"], "agency": STRANGER, "facts": "泄露检查时间", "plan": f"collab/{plan}"}
    entered = city.post(BASE, body, lead)
    assert entered.status == 201, entered.text
    done(city, entered.data["id"], "report", {}, lead, 1)
    return str(entered.data["id"])


def concluded(city: City, lead: str) -> str:
    """The id of one that discipline has signed for and told the result of."""
    id = reported(city, lead)
    done(city, id, "sign-receipt", {}, DISCIPLINE, 2)
    done(city, id, "record-result", {"says": "批评教育"}, DISCIPLINE, 3)
    return id


def done(city: City, id: str, act: str, body: dict[str, str], agency: str, seen: int) -> None:
    answer = city.post(f"{BASE}/{id}/{act}", body, agency, seen=seen)
    assert answer.status == 200, answer.text
