"""Queries played over HTTP in the city: one passed on and answered in full by the next holder, one withdrawn.

Everything personal in them is marked as in a transfer, so that whatever is kept can be searched.
"""

import io
import json
from typing import Any

from tests.permissions.city import FILE, FIRST, NAME, NUMBER, OFFICER, SECOND, SENDER, Answer, Case, City

KEY = ("sharing", "queries")
BASE = "/api/sharing/queries"
ASKER, PASSED_BY, HOLDER = SENDER, FIRST, SECOND
GIVEN, HELD_BACK = "随答复提供的文书", "尚未提供的文书"


def asked(holder: str) -> dict[str, Any]:
    return {
        "question": {"says": "擅搭棚屋一处", "category": "dynamics",
                     "respondent": {"kind": "person", "name": NAME, "number": NUMBER}},
        "purpose": "supervision", "purpose_says": "属他局职责之理由", "holder": holder, "officer": OFFICER}


class Played:
    """One query under way."""

    def __init__(self, city: City, id: str = "", revision: int = 0) -> None:
        self.city, self.case = city, Case(id, revision)

    def do(self, agency: str, act: str, body: Any) -> Answer:
        """Performs an act as the agency's leader; it goes through."""
        path = f"{BASE}/{self.case.id}/{act}" if self.case.id else BASE
        return self._done(act, self.city.post(path, body, agency, seen=self.case.revision if self.case.id else None))

    def upload(self, agency: str, name: str) -> int:
        """The number of a material with its file."""
        about = {"name": name, "kind": "decision", "copies": 1, "pages": 1, "original": True, "carrier": "electronic"}
        file = (io.BytesIO(FILE + name.encode()), f"{NAME}.pdf", "application/pdf")
        form = {"about": json.dumps(about), "file": file}
        path = f"{BASE}/{self.case.id}/materials"
        answer = self._done("add-material", self.city.ask("POST", path, self.city.token(agency), data=form))
        number: int = answer.data["facts"]["material"]
        return number

    def _done(self, act: str, answer: Answer) -> Answer:
        assert answer.status < 300, f"{act}: {answer.status} {answer.text}"
        self.case.id, self.case.revision = answer.data["id"], answer.data["revision"]
        self.city.suite.catch_up()
        return answer


def passed_on(city: City) -> Case:
    """Asked of PASSED_BY, which passes it on to HOLDER, with a letter of the asker's among its materials."""
    query = Played(city)
    query.do(ASKER, "ask", asked(PASSED_BY))
    query.upload(ASKER, "介绍信")
    query.do(PASSED_BY, "pass-on", {"to": HOLDER, "reason": "属他局职责之理由", "officer": OFFICER})
    return query.case


def whole(city: City, first: Case) -> Case:
    """The query that the suite opened at HOLDER after `first`: answered with one of two materials that it added."""
    found = city.get(BASE, ASKER, passed_from=first.id).data["items"]
    query = Played(city, found[0]["id"], found[0]["revision"])
    given = query.upload(HOLDER, GIVEN)
    query.upload(HOLDER, HELD_BACK)
    query.do(HOLDER, "answer", {"kind": "full", "says": "处理情形之概述", "materials": [given], "officer": OFFICER})
    return query.case


def withdrawn(city: City) -> str:
    """The id of a query that its asker withdrew."""
    query = Played(city)
    query.do(ASKER, "ask", asked(HOLDER))
    query.do(ASKER, "withdraw", {"reason": "属他局职责之理由"})
    return query.case.id
