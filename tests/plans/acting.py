"""A plan played over HTTP in its service, on both back ends: who acts, what is sent, what came of it."""

import importlib
import io
import json
import uuid
from datetime import date
from typing import Any

from werkzeug.test import TestResponse

from shared.acts.office import Office
from shared.kernel.clock import HandClock, day_of
from shared.law import tables
from tests.offices import MakeOffice
from tests.plans import bodies
from tests.plans.bodies import HELPER, JUSTICE, LEAD, OFFICE, OTHER, Body
from tests.served import Asking
from tests.situations.city import REGISTER, RONGCHENG, calendar, rulebook

SERVICES = ("collab", "joint")
# Who does an act where the two chapters differ (8, 11, 13; 16, 19, 20).
CARRIES_OUT = {"collab": LEAD, "joint": JUSTICE}
BY = {"review": JUSTICE, "present": JUSTICE, "approve": OFFICE, "return-plan": OFFICE, "reject": OFFICE,
      "answer-consultation": HELPER, "confirm-dispatch": HELPER, "report-task": HELPER, "record-decision": HELPER,
      "record-finding": HELPER, "review-amendment": JUSTICE, "present-amendment": JUSTICE, "decide-amendment": OFFICE,
      "record-interim-measure": HELPER, "decline": HELPER, "question-decline": JUSTICE, "remark": HELPER,
      "assign": OFFICE, "decide-directly": OFFICE, "add-related": JUSTICE}
CARRYING_OUT = frozenset({"start", "dispatch", "suspend", "resume", "terminate", "end"})


def opened(service: str, make_office: MakeOffice, clock: HandClock) -> Office:
    """The office of a service of plans, with the city's law and register."""
    office = make_office(importlib.import_module(f"services.{service}.office").SPEC)
    with office.db.write() as tx:
        text = (RONGCHENG / "rulebook.yaml").read_text("utf-8")
        tables.put_rulebook(tx, rulebook().version, rulebook().id, text, clock.now())
        tables.put_years(tx, {year: file.to_dict() for year, file in calendar().years.items()}, clock.now())
        tables.put_agencies(tx, REGISTER.agencies.values())
    return office


class Acting:
    """One plan under way over HTTP; what is not given is sent as `bodies` has it."""

    def __init__(self, service: str, office: Office, clock: HandClock) -> None:
        self.service, self.office, self.clock = service, office, clock
        app = importlib.import_module(f"services.{service}.api").make(office)
        self.people = Asking(office, app.test_client())
        self.base = f"/api/{service}/plans"
        self.id, self.revision = "", 0

    @property
    def today(self) -> date:
        return day_of(self.clock.now())

    def ask(self, act: str, body: Body | None = None, by: str = "", rank: int = 2) -> TestResponse:
        """The request of an act, refused or not; the revision it was made for is the last one answered."""
        path = f"{self.base}/{self.id}/{act}" if self.id else self.base if act == "draft" else f"{self.base}/{act}"
        sent = bodies.PLAIN.get(act, {}) if body is None else body
        return self.people.post(path, sent, by or self.by(act), rank, revision=self.revision or None)

    def do(self, act: str, body: Body | None = None, by: str = "", rank: int = 2, *, days: int = 0) -> dict[str, Any]:
        """The act goes through, `days` later."""
        self.clock.advance(days=days)
        answer = self.ask(act, body, by, rank)
        told: dict[str, Any] = answer.get_json()
        assert answer.status_code < 300, (act, told)
        self.id, self.revision = told["id"], told["revision"]
        return told

    def by(self, act: str) -> str:
        return CARRIES_OUT[self.service] if act in CARRYING_OUT else BY.get(act, LEAD)

    def material(self, name: str, by: str = LEAD) -> int:
        """The number of a material added to the plan, a paper with its scan."""
        answer = self.upload(bodies.material(name), by, rank=2)
        assert answer.status_code == 200, answer.get_json()
        number: int = answer.get_json()["facts"]["material"]
        return number

    def scan(self, name: str = "市政府批示", by: str = OFFICE) -> int:
        """The number of a government paper's scan, uploaded to the plan."""
        answer = self.upload({**bodies.material(name), "kind": "approval", "carrier": "electronic"}, by, rank=2)
        assert answer.status_code == 200, answer.get_json()
        number: int = answer.get_json()["facts"]["material"]
        return number

    def waiting(self, by: str = OFFICE, rank: int = 2, content: bytes = b"%PDF-1.7\n% a paper\n") -> str:
        """The digest of a scan that waits for an act that opens a plan with it."""
        headers = {"Authorization": f"Bearer {self.people.token(by, rank)}"}
        file = {"file": (io.BytesIO(content), "scan.pdf", "application/pdf")}
        answer = self.people.client.post(f"{self.base}/scans", data=file, headers=headers)
        digest: str = answer.get_json()["digest"]
        return digest

    def upload(self, about: Body, by: str, content: bytes = b"%PDF-1.7\n% a scan\n", rank: int = 1) -> TestResponse:
        form = {"about": json.dumps(about), "file": (io.BytesIO(content), "scan.pdf", "application/pdf")}
        headers = {"Authorization": f"Bearer {self.people.token(by, rank)}", "Idempotency-Key": uuid.uuid4().hex}
        return self.people.client.post(f"{self.base}/{self.id}/materials", data=form, headers=headers)

    def get(self, path: str = "", by: str = LEAD, rank: int = 1) -> TestResponse:
        """What can be read of the plan."""
        return self.people.get(f"{self.base}/{self.id}{path}", by, rank)

    def read(self, path: str = "", by: str = LEAD) -> dict[str, Any]:
        answer = self.get(path, by)
        told: dict[str, Any] = answer.get_json()
        assert answer.status_code == 200, told
        return told

    def drafted(self) -> "Acting":
        self.do("draft", bodies.draft(self.service, self.today))
        return self

    def approved(self) -> "Acting":
        """Submitted, reviewed, presented and approved, as its route asks."""
        self.drafted()
        for act in ("submit", "review", "present"):
            self.do(act)
        self.do("approve", {"paper": bodies.paper(self.scan())})
        return self

    def running(self) -> "Acting":
        self.approved().do("start")
        return self

    def ended(self) -> "Acting":
        self.running()
        if self.service == "joint":
            self.do("propose-end")
        self.do("end")
        return self

    def reported(self) -> "Acting":
        self.ended().do("report", self.report())
        return self

    def report(self) -> Body:
        """A whole report, with its enclosures."""
        if self.service == "collab":
            enclosed = [self.material("责令改正通知书"), self.material("结案报告")]
            return {"says": "占道经营已清理", "documents": enclosed[:1], "closing_report": enclosed[1:], **bodies.SIGNED}
        told = [{"agency": agency, "says": f"{agency}按时到场"} for agency in (HELPER, OTHER)]
        return {"result": "清理占道经营三十处", "effect": "未见反弹", "evaluations": told,
                "materials": [self.material("总结报告")], **bodies.SIGNED}
