"""People who use a suite that runs: over HTTP, with their own passwords."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import requests

from liandong.bodies import BY_LEADER, BY_RECEIVER, Seat, Story, body
from shared.kernel.clock import day_of
from tests.liandong.running import ENFORCEMENT, HOUSING, JUSTICE, SERVICES, SOON, Process


@dataclass
class Case:
    """A case in the hands of the tests."""

    story: Story
    id: str = ""
    revision: int = 0


@dataclass
class Sent:
    """A request and the answer to it."""

    path: str
    content: Any
    headers: Mapping[str, str]
    status: int
    answer: Any
    file: bytes = b""           # uploaded with it


@dataclass
class People:
    """The sample city's people, signed in with the passwords of `accounts.txt`. `bases`: where each service answers."""

    home: Path
    bases: Mapping[str, str]
    tokens: dict[str, str] = field(default_factory=dict)
    session: requests.Session = field(default_factory=requests.Session)

    @classmethod
    def of(cls, running: Process) -> "People":
        """Those of a suite in one process."""
        return cls(running.home, dict.fromkeys(SERVICES, f"http://127.0.0.1:{running.port}"))

    @classmethod
    def of_city(cls, running: Process) -> "People":
        """Those of a city's processes."""
        return cls(running.home, {name: f"http://127.0.0.1:{running.port + number}"
                                  for number, name in enumerate(SERVICES, 1)})

    def accounts(self) -> dict[str, tuple[str, str]]:
        """login -> password, who (`name post（agency，rank）`)."""
        lines = (self.home / "accounts.txt").read_text("utf-8").splitlines()
        return {line.split()[0]: (line.split()[1], line.split(maxsplit=2)[2]) for line in lines}

    def login(self, agency: str, rank: str = "officer") -> str:
        return next(login for login, (_, who) in self.accounts().items() if who.endswith(f"（{agency}，{rank}）"))

    def name(self, agency: str, rank: str = "officer") -> str:
        return self.accounts()[self.login(agency, rank)][1].split()[0]

    def sign_in(self, login: str) -> dict[str, Any]:
        answer = self.session.post(f"{self.bases['desk']}/api/desk/session", timeout=SOON,
                                   json={"login": login, "password": self.accounts()[login][0]})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def token(self, agency: str, rank: str = "officer") -> str:
        login = self.login(agency, rank)
        if login not in self.tokens:
            self.tokens[login] = self.sign_in(login)["token"]
        return self.tokens[login]

    def appointment(self, agency: str, rank: str = "officer") -> str:
        return str(self.sign_in(self.login(agency, rank))["appointment"]["id"])

    def get(self, path: str, agency: str, **query: str) -> Any:
        answer = self.session.get(self._url(path), params=query, timeout=SOON,
                                  headers={"Authorization": f"Bearer {self.token(agency)}"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, content: Any, agency: str, rank: str = "officer", *, revision: int | None = None,
             key: str = "", file: bytes = b"") -> Sent:
        headers = {"Authorization": f"Bearer {self.token(agency, rank)}", "Idempotency-Key": key or uuid.uuid4().hex}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        return self.send(path, content, headers, file)

    def send(self, path: str, content: Any, headers: Mapping[str, str], file: bytes = b"") -> Sent:
        """The request; with a file what is said of it and the file."""
        sent: dict[str, Any] = {"json": content}
        if file:
            sent = {"data": {"about": json.dumps(content)}, "files": {"file": ("scan.pdf", file, "application/pdf")}}
        answer = self.session.post(self._url(path), headers=dict(headers), timeout=SOON, **sent)
        return Sent(path, content, headers, answer.status_code, answer.json(), file)

    def again(self, sent: Sent, agency: str, rank: str = "officer") -> Sent:
        """The very same request once more, with a token of now."""
        return self.send(sent.path, sent.content,
                         {**sent.headers, "Authorization": f"Bearer {self.token(agency, rank)}"}, sent.file)

    def case(self, sender: str = HOUSING, receiver: str = ENFORCEMENT) -> Case:
        """A case that is not told to anybody yet."""
        seats = [Seat(agency, agency, self.name(agency), self.name(agency, "leader")) for agency in (sender, receiver)]
        return Case(Story(*seats, "illegal_extension", "荣成某某商贸有限公司擅自加建案",
                          {"kind": "organisation", "name": "荣成某某商贸有限公司", "number": "91371082MA3C0JJT3T"},
                          "巡查发现擅自加建，经初步核实情况属实。", ["《山东省城乡规划条例》第七十八条"],
                          "《中华人民共和国行政处罚法》第二十二条", today()))

    def act(self, case: Case, act: str, *, key: str = "", **instead: Any) -> Sent:
        """An act of the case by the one whose it is."""
        agency = (case.story.receiver if act in BY_RECEIVER else case.story.sender).agency
        path = f"/api/transfer/cases/{case.id}/{act}" if case.id else "/api/transfer/cases"
        rank, revision = "leader" if act in BY_LEADER else "officer", case.revision if case.id else None
        sent = self.post(path, body(act, case.story, today(), **instead), agency, rank, revision=revision, key=key)
        if sent.status < 300:
            case.id, case.revision = sent.answer["id"], sent.answer["revision"]
            if act == "issue-letter":
                case.story.letter_number = sent.answer["facts"]["number"]
        return sent

    def opened(self, **instead: Any) -> Case:
        """A case that has just been announced."""
        case = self.case()
        sent = self.act(case, "announce", **instead)
        assert sent.status == 201, sent.answer
        return case

    def board(self, case: str, agency: str = JUSTICE) -> list[dict[str, Any]]:
        """The deadlines of a case as oversight knows them, seen by an agency."""
        found: list[dict[str, Any]] = self.get("/api/oversight/deadlines", agency, case=case)["items"]
        return found

    def clocks(self, case: str, agency: str = JUSTICE, cases: str = "transfer/cases") -> list[dict[str, Any]]:
        """The deadlines of a case as its own service counts them, seen by an agency."""
        found: list[dict[str, Any]] = self.get(f"/api/{cases}/{case}/deadlines", agency)["items"]
        return found

    def _url(self, path: str) -> str:
        return f"{self.bases[path.split('/')[2]]}{path}"


def today() -> date:
    return day_of(datetime.now(UTC))
