"""Tips in their service, over HTTP: law, register and what is sent are those of the situations."""

import io
import json
import uuid
from collections.abc import Mapping
from typing import Any

from werkzeug.test import TestResponse

from services.sharing.api import make
from services.sharing.office import SPEC
from services.sharing.tips.commands import NoteTransfer
from shared.acts.model import THE_SUITE
from shared.acts.office import Office
from shared.acts.request import Request
from shared.contracts.envelope import event_of
from shared.kernel.clock import day_of
from shared.law import tables
from tests.offices import MakeOffice
from tests.served import Asking
from tests.situations.city import REGISTER, RONGCHENG, calendar, rulebook
from tests.situations.sharing.tips.builders import BUILDERS, OFFICER, OUTWARD

TIPS = "/api/sharing/tips"
SHARER, FIRST, SECOND, THIRD, STRANGER = "zjj", "zhzf", "jtj", "scjg", "gongan"
JUSTICE, OFFICE, DISCIPLINE = "sfj", "zfb", "jw"
REPORTER, REPORTER_PHONE = "孙玉梅", "13800000001"
BY = {"share": SHARER, "claim": FIRST, "pass-on": FIRST, "assign": JUSTICE, "return-result": FIRST, "withdraw": SHARER,
      "correct": SHARER}


def opened(make_office: MakeOffice) -> Office:
    """The office of sharing with the city's rulebook and the register of the situations."""
    office = make_office(SPEC)
    with office.db.write() as tx:
        text = (RONGCHENG / "rulebook.yaml").read_text("utf-8")
        tables.put_rulebook(tx, rulebook().version, rulebook().id, text, office.clock.now())
        tables.put_years(tx, {year: file.to_dict() for year, file in calendar().years.items()}, office.clock.now())
        tables.put_agencies(tx, REGISTER.agencies.values())
    return office


class Tipping:
    """One tip under way; what is not given is sent as the situations have it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.people = Asking(office, make(office).test_client())
        self.id, self.revision = "", 0

    def sent(self, act: str) -> dict[str, Any]:
        return dict(BODIES[act](self.office))

    def ask(self, act: str, body: Mapping[str, Any] | None = None, by: str = "", rank: int = 2, *,
            revision: int | None = None, key: str = "") -> TestResponse:
        """The request of an act, refused or not, for the last revision answered unless another is given."""
        path = TIPS if act == "share" else f"{TIPS}/{self.id}/{act}"
        seen = revision if revision is not None else (self.revision or None) if act != "share" else None
        return self.people.post(path, self.sent(act) if body is None else body, by or BY[act], rank, revision=seen,
                                key=key)

    def do(self, act: str, by: str = "", rank: int = 2, **said: Any) -> dict[str, Any]:
        """The act goes through, with some fields said otherwise."""
        answer = self.ask(act, {**self.sent(act), **said}, by, rank)
        told: dict[str, Any] = answer.get_json()
        assert answer.status_code < 300, (act, told)
        self.id, self.revision = told["id"], told["revision"]
        return told

    def upload(self, by: str, name: str = "现场照片", kind: str = "site_photo") -> TestResponse:
        about = {"name": name, "kind": kind, "copies": 1, "pages": 1, "original": True, "carrier": "electronic"}
        file = io.BytesIO(b"%PDF-1.7\n% " + name.encode())
        form = {"about": json.dumps(about), "file": (file, "a.pdf", "application/pdf")}
        headers = {"Authorization": f"Bearer {self.people.token(by, 1)}", "Idempotency-Key": uuid.uuid4().hex}
        return self.people.client.post(f"{TIPS}/{self.id}/materials", data=form, headers=headers)

    def get(self, path: str = "", by: str = SHARER, rank: int = 1) -> TestResponse:
        return self.people.get(f"{TIPS}/{self.id}{path}", by, rank)

    def read(self, path: str = "", by: str = SHARER) -> dict[str, Any]:
        answer = self.get(path, by)
        told: dict[str, Any] = answer.get_json()
        assert answer.status_code == 200, told
        return told


def _share(office: Office) -> dict[str, Any]:
    return BUILDERS["share"](None, day_of(office.clock.now()))


BODIES: Mapping[str, Any] = {
    "share": _share,
    "claim": lambda _: {"officer": OFFICER, "says": "属于本机关职责"},
    "pass-on": lambda _: {"reason": "经核查不属于本机关职责", "officer": OFFICER},
    "assign": lambda _: {"agency": FIRST, "reason": "违法地点在其管辖范围", **OUTWARD},
    "return-result": lambda _: {"outcome": "own_case", "says": "经核查属实，已立案", "number": "荣综执立〔2025〕18号", **OUTWARD},
    "withdraw": lambda _: {"reason": "查明属于本机关职责", **OUTWARD},
}


def note(tip: Tipping, by: str = FIRST, case: str = "t-1", state: str = "announced") -> None:
    """The suite learned of a transfer that began from the tip."""
    said = NoteTransfer(case, by, state, day_of(tip.office.clock.now()))
    tip.office.acts["tips"].do("note-transfer", said, THE_SUITE, Request(tip.id, causation=uuid.uuid4().hex))


def feed(office: Office, agency: str, tip: str) -> list[Any]:
    """What the agency is told of the tip."""
    with office.db.read() as tx:
        return [each for each in office.journal.feed(tx, 0, 1000, agency) if event_of(each.body).subject == tip]
