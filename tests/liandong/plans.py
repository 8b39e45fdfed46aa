"""Plans that people of a suite that runs carry as far as they get: from the draft to what was done under it."""

from dataclasses import dataclass
from typing import Any

from tests.liandong.people import People, Sent, today
from tests.liandong.running import ENFORCEMENT, HOUSING, JUSTICE, OFFICE
from tests.plans import bodies

SCAN = b"%PDF-1.7\n% the scan of an instruction\n"
WALK = ("draft", "submit", "review", "present", "materials", "approve", "start", "record-finding", "report-task")
WHO = {"draft": (HOUSING, "officer"), "submit": (HOUSING, "leader"), "review": (JUSTICE, "leader"),
       "present": (JUSTICE, "leader"), "materials": (OFFICE, "officer"), "approve": (OFFICE, "officer"),
       "record-finding": (ENFORCEMENT, "officer"), "report-task": (ENFORCEMENT, "officer")}
STARTS = {"collab": HOUSING, "joint": JUSTICE}
ELSEWHERE = "shichang"                  # whose the finding is
WHOSE = frozenset({*WHO.values(), *((agency, "leader") for agency in STARTS.values())})


@dataclass
class Plan:
    """A plan in the hands of the tests: housing leads, enforcement takes part."""

    service: str
    id: str = ""
    revision: int = 0
    scan: int = 0                       # number of the paper's scan among its materials

    @property
    def cases(self) -> str:
        return f"{self.service}/plans"

    def act(self, people: People, act: str) -> Sent:
        """An act of the walk, by the one whose it is."""
        agency, rank = (STARTS[self.service], "leader") if act == "start" else WHO[act]
        path = f"/api/{self.cases}/{self.id}/{act}" if self.id else f"/api/{self.cases}"
        sent = people.post(path, self._body(act), agency, rank, revision=self.revision if self.id else None,
                           file=SCAN if act == "materials" else b"")
        if sent.status < 300:
            self.id, self.revision = sent.answer["id"], sent.answer["revision"]
            self.scan = sent.answer["facts"]["material"] if act == "materials" else self.scan
        return sent

    def _body(self, act: str) -> Any:
        if act == "draft":
            competent = [{"agency": agency, "basis": "《城市管理条例》第十条"} for agency in (HOUSING, ENFORCEMENT)]
            grounds = {**bodies.GROUNDS, "joint": [{"code": "15-1", "competent": competent}]}[self.service]
            content = bodies.content(today(), lead=HOUSING, participants=(ENFORCEMENT,))
            return bodies.draft(self.service, today(), content=content, grounds=grounds)
        if act == "materials":
            return {**bodies.material("市政府批示"), "kind": "approval", "carrier": "electronic"}
        if act == "approve":
            return {"paper": bodies.paper(self.scan)}
        if act == "record-finding":
            return {**bodies.PLAIN[act], "agency": ELSEWHERE}
        if act == "report-task":
            return {"tasks": [{"task": 2, "done": True, "says": "已清理"}], **bodies.BY}
        return bodies.PLAIN[act]
