"""Tips played over HTTP in the city: one claimed and its result told, one withdrawn before anybody claimed it.

Everything personal in them is marked as in a transfer, so that whatever is kept can be searched.
"""

import io
import json
from typing import Any

from tests.permissions.city import FILE, FIRST, NAME, NUMBER, OFFICER, PHONE, SENDER, SIGNED, Answer, Case, City

KEY = ("sharing", "tips")
BASE = "/api/sharing/tips"
SHARER, CLAIMER, CANDIDATE = SENDER, FIRST, "ziran"


def shared(city: City) -> dict[str, Any]:
    """A report of building without a permit, which several agencies of the city punish."""
    return {
        "kind": "report", "cause": "illegal_building", "place": "滨海路", "facts": "擅搭棚屋一处",
        "received_on": city.today.isoformat(), "channel": "letter", "officer": OFFICER,
        "respondent": {"kind": "person", "name": NAME, "number": NUMBER},
        "reporter": {"name": "尉迟皎", "phone": PHONE, "address": "崂梧街七十九号", "confidential": True}}


class Played:
    """One tip under way."""

    def __init__(self, city: City) -> None:
        self.city, self.case = city, Case()

    def do(self, agency: str, act: str, body: Any) -> Answer:
        """Performs an act as the agency's leader; it goes through."""
        path = f"{BASE}/{self.case.id}/{act}" if self.case.id else BASE
        return self._done(act, self.city.post(path, body, agency, seen=self.case.revision if self.case.id else None))

    def upload(self, agency: str, name: str, kind: str) -> Answer:
        """A material with its file."""
        about = {"name": name, "kind": kind, "copies": 1, "pages": 1, "original": True, "carrier": "electronic"}
        form = {"about": json.dumps(about), "file": (io.BytesIO(FILE + name.encode()), "a.pdf", "application/pdf")}
        path = f"{BASE}/{self.case.id}/materials"
        return self._done("add-material", self.city.ask("POST", path, self.city.token(agency), data=form))

    def _done(self, act: str, answer: Answer) -> Answer:
        assert answer.status < 300, f"{act}: {answer.status} {answer.text}"
        self.case.id, self.case.revision = answer.data["id"], answer.data["revision"]
        self.city.suite.catch_up()
        return answer


def whole(city: City) -> Case:
    """Shared with the reporter's letter, claimed, its result told."""
    tip = Played(city)
    tip.do(SHARER, "share", shared(city))
    tip.upload(SHARER, "来信", "complaint")
    tip.do(CLAIMER, "claim", {"officer": OFFICER, "says": "处理情形之概述"})
    tip.do(CLAIMER, "return-result", {"outcome": "own_case", "says": "处理情形之概述", "number": "综执立9号", **SIGNED})
    return tip.case


def withdrawn(city: City) -> str:
    """The id of a tip that its sharer withdrew."""
    tip = Played(city)
    tip.do(SHARER, "share", shared(city))
    tip.do(SHARER, "withdraw", {"reason": "属他局职责之理由", **SIGNED})
    return tip.case.id
