"""The sample city with one whole case played over HTTP: refused by two receivers, decided and reported by a third.

Everything personal in it carries a word found nowhere else, and everything that is logged meanwhile is kept.
"""

import io
import json
import logging
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from werkzeug.test import Client

from liandong.player import Account
from liandong.seed import found_city, sample_accounts
from liandong.suite import Suite
from shared.access.gate import audience_of
from shared.access.tokens import DESK, Claims, TokenKeys
from shared.kernel.clock import HandClock, day_of
from shared.kernel.settings import settings_from
from tests.plain import unfinished
from tests.suites import put_files

CASES = "/api/transfer/cases"
SENDER, FIRST, SECOND, THIRD, STRANGER = "zhujian", "zonghe", "shichang", "ziran", "jiaotong"
JUSTICE, OFFICE, DISCIPLINE = "sifa", "zhengfuban", "jijian"

NAME, NUMBER, ADDRESS, PHONE = "钟离浥尘", "110105194912310038", "崂梧街七十九号", "13900004271"
CITIZEN = {NAME, NUMBER, ADDRESS, PHONE, "尉迟皎", "皇甫沁"}                 # sealed wherever they are kept
OFFICIALS = {"令狐铮", "SD990417", "0631-7990417", "慕容筱", "公孙珂", "司徒岚", "申屠澜", "SD990418", "0631-7990418", "欧阳霁"}
SAID = {"擅搭棚屋一处", "属他局职责之理由", "补齐影像之要求", "已补影像之答复", "处理情形之概述", "现场责令之记载"}

OFFICER = {"name": "令狐铮", "licence": "SD990417", "phone": "0631-7990417"}
COLLEAGUE = {"name": "申屠澜", "licence": "SD990418", "phone": "0631-7990418"}
SIGNED = {"officer": OFFICER, "leader": "司徒岚"}
FILE = b"%PDF-1.4\n% evidence of the test\n"


@dataclass
class Answer:
    """What a request got."""

    status: int
    data: Any
    text: str
    headers: Mapping[str, str]

    @property
    def codes(self) -> list[str]:
        return [refusal["code"] for refusal in self.data["refusals"]]


class Lines(logging.Handler):
    """Every log line of every logger, with its arguments and its stack trace."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{self.format(record)} {record.args!r}")

    @contextmanager
    def listening(self) -> Iterator[None]:
        root = logging.getLogger()
        level = root.level
        root.addHandler(self)
        root.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            root.setLevel(level)
            root.removeHandler(self)


@dataclass
class Case:
    """A case under way: its id, the revision last answered, its documents' numbers by act and agency."""

    id: str = ""
    revision: int = 0
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)


class City:
    """A suite in one process whose clock is moved by hand, and whoever signs in to it."""

    def __init__(self, home: Path) -> None:
        self.clock = HandClock(datetime(2025, 3, 3, 1, 0, tzinfo=UTC))
        environ = {"LIANDONG_HOME": str(home), "LIANDONG_WEBHOOK_HOSTS": "first.example"}
        put_files(home)
        self.suite = Suite(settings_from(environ), self.clock, durable=False)
        self.suite.prepare()
        self.accounts: dict[tuple[str, int], Account] = {
            (account.agency, account.rank): account for account in found_city(self.suite)}
        lines = sample_accounts(self.suite.settings).splitlines()
        self.passwords = {line.split()[0]: line.split()[1] for line in lines}
        self.client = Client(self.suite.wsgi())
        self.log, self.answers, self.requests = Lines(), list[Answer](), list[str]()
        self.tokens: set[str] = set()
        self._keys: dict[str, TokenKeys] = {}
        self._issued: dict[tuple[Any, ...], str] = {}

    @property
    def today(self) -> date:
        return day_of(self.clock.now())

    def token(self, agency: str, rank: int = 1, *, signed_by: str = DESK, **instead: Any) -> str:
        """A token as the desk would give it to the sample account of this agency and rank; the same at one instant."""
        account, now = self.accounts[agency, rank], self.clock.now()
        asked = (agency, rank, signed_by, now, *instead.items())
        if asked in self._issued:
            return self._issued[asked]
        claims: dict[str, Any] = {
            "issuer": signed_by, "subject": account.person, "issued_at": now, "expires_at": now + timedelta(minutes=10),
            "appointment": account.appointment, "agency": agency, "rank": rank, "name": account.name,
            "signed_in_at": now, **instead}
        settings = self.suite.settings
        if signed_by not in self._keys:
            self._keys[signed_by] = TokenKeys(settings.keys, settings.jwks, signed_by)
        token = self._issued[asked] = self._keys[signed_by].issue(Claims(**claims), audience_of(settings))
        self.tokens.add(token)
        return token

    def ask(self, method: str, path: str, token: str = "", *, seen: int | None = None, kept: bool = True,
            **more: Any) -> Answer:
        """A request with a fresh Idempotency-Key; one that acts has an empty object unless more is given. What is asked
        and answered is kept."""
        if method != "GET" and not more.keys() & {"json", "data"}:
            more["json"] = {}
        headers = {"Idempotency-Key": uuid.uuid4().hex, **more.pop("headers", {})}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        response = self.client.open(path, method=method, headers=headers, **more)
        text = response.get_data(as_text=True)
        response.close()
        data = json.loads(text) if "json" in (response.content_type or "") and text else None
        if data and response.status_code >= 400 and (told := data.get("refusals")):
            assert not (left := [word for each in told for word in unfinished(each["detail"])]), (path, left, text)
        answer = Answer(response.status_code, data, text, dict(response.headers))
        if kept:
            self.requests.append(f"{method} {path} {more.get('query_string', '')}")
            self.answers.append(answer)
        return answer

    def get(self, path: str, agency: str, rank: int = 1, /, **query: str) -> Answer:
        return self.ask("GET", path, self.token(agency, rank), query_string=query)

    def post(self, path: str, body: Any, agency: str, rank: int = 2, /, **more: Any) -> Answer:
        return self.ask("POST", path, self.token(agency, rank), json=body, **more)

    def act(self, case: Case, agency: str, act: str, body: Any, *, days: int = 0) -> Answer:
        """Performs an act as the agency's leader, days later; it goes through."""
        if days:
            self.pass_days(days)
        path = f"{CASES}/{case.id}/{act}" if case.id else CASES
        answer = self.post(path, body, agency, seen=case.revision if case.id else None)
        return self._done(case, agency, act, answer)

    def upload(self, case: Case, agency: str, name: str, kind: str = "site_record") -> Answer:
        """A material with its file."""
        about = {"name": name, "kind": kind, "copies": 1, "pages": 1, "original": True,
                 "carrier": "electronic"}
        file = (io.BytesIO(FILE + name.encode()), f"{NAME}.pdf", "application/pdf")
        form = {"about": json.dumps(about), "file": file}
        answer = self.ask("POST", f"{CASES}/{case.id}/materials", self.token(agency), data=form)
        return self._done(case, agency, "add-material", answer)

    def pass_days(self, days: int) -> None:
        """Lets days pass: every deadline that falls due on the way fires."""
        self.suite.pass_to(self.clock, self.clock.now() + timedelta(days=days))

    def _done(self, case: Case, agency: str, act: str, answer: Answer) -> Answer:
        assert answer.status < 300, f"{act}: {answer.status} {answer.text}"
        case.id, case.revision = answer.data["id"], answer.data["revision"]
        if number := answer.data["facts"].get("number"):
            case.numbers[act, agency] = number
        self.suite.catch_up()
        return answer


def announce(receiver: str, today: date) -> dict[str, Any]:
    respondent = {"kind": "person", "name": NAME, "number": NUMBER, "address": ADDRESS, "phone": PHONE, "head": "尉迟皎"}
    return {
        "matter": {"cause": "road_occupation", "accepted_on": today.isoformat(), "respondent": respondent,
                   "facts": "擅搭棚屋一处", "provisions": ["条例第十四条"], "ground": "not_competent", "basis": "行政处罚法第二十二条"},
        "notice": {"receiver": receiver, "way": "phone", "told_to": "慕容筱"}, "officer": OFFICER}


def send(city: City, case: Case, receiver: str, materials: list[int]) -> None:
    """From the announced case to the signed receipt."""
    city.act(case, SENDER, "issue-letter", {
        "addressee": receiver, "case_name": f"{NAME}占道案", "reason": "属他局职责之理由", "basis": "行政处罚法第二十二条",
        "materials": materials, **SIGNED}, days=1)
    city.act(case, SENDER, "deliver", {"way": "person", "delivered_by": "公孙珂", "place": "窗口", "handed_to": "欧阳霁"})
    city.act(case, receiver, "sign-receipt", {
        "letter_number": case.numbers["issue-letter", SENDER], "sender": SENDER, "delivered_by": "公孙珂",
        "delivered_on": city.today.isoformat(), "sealed": False, "collector": "欧阳霁", "collector_role": "窗口"})


def refuse(city: City, case: Case, receiver: str, next_receiver: str, materials: list[int]) -> None:
    """The receiver sends the case back, late; the sender turns to the next."""
    city.act(case, receiver, "refuse", {
        "ground": "not_competent", "reasons": "属他局职责之理由", "legal_ground": "行政处罚法第二十二条",
        "returned": materials, **SIGNED}, days=6)
    city.act(case, SENDER, "sign-return", {"signed_by": "公孙珂"}, days=1)
    city.act(case, SENDER, "reroute", {
        "notice": {"receiver": next_receiver, "way": "phone", "told_to": "慕容筱"}, "reason": "属他局职责之理由",
        "officer": OFFICER}, days=1)


def decide(city: City, case: Case, receiver: str) -> None:
    """The last receiver asks for a supplement, accepts, files, decides, closes and reports."""
    due = (city.today + timedelta(days=9)).isoformat()
    city.act(case, receiver, "request-supplement", {"items": [{"says": "补齐影像之要求", "due_on": due}], **SIGNED}, days=1)
    city.upload(case, SENDER, "补充影像")
    answers = [{"item": 1, "says": "已补影像之答复", "materials": [4]}]
    city.act(case, SENDER, "supplement", {"answers": answers, **SIGNED}, days=1)
    city.act(case, receiver, "accept", {"feedback": "处理情形之概述", **SIGNED}, days=1)
    city.act(case, receiver, "file-case", {"number": f"{receiver}立案7号"}, days=1)
    city.act(case, receiver, "record-decision", {"number": f"{receiver}罚决9号"}, days=1)
    city.act(case, receiver, "serve-decision", {"way": "direct", "served_to": "皇甫沁"})
    done = {"done": True, "on": city.today.isoformat()}
    city.act(case, receiver, "close", {
        "outcome": "executed", "decision_number": f"{receiver}罚决9号", "decision_on": city.today.isoformat(),
        "rights": {"told": done, "heard": done, "hearing": {"done": False, "reason": "处理情形之概述"}, "remedies": done}})
    report(city, case, receiver)


def report(city: City, case: Case, receiver: str) -> None:
    number = city.upload(case, receiver, "结案报告", "closing_report").data["facts"]["material"]
    city.act(case, receiver, "report-closure", {"summary": "处理情形之概述", "materials": [number], **SIGNED}, days=1)


def whole(city: City) -> Case:
    """Sent to FIRST and to SECOND, who refuse, then to THIRD, who decides; the report is returned once and filed."""
    case = Case()
    city.act(case, SENDER, "announce", announce(FIRST, city.today))
    city.act(case, SENDER, "record-measure", {
        "kind": "order_stop", "taken_on": city.today.isoformat(), "says": "现场责令之记载", "officers": [OFFICER, COLLEAGUE]})
    city.upload(case, SENDER, "现场检查记录")
    send(city, case, FIRST, [1])
    refuse(city, case, FIRST, SECOND, [1])
    city.upload(case, SENDER, "第二程照片")
    send(city, case, SECOND, [1, 2])
    refuse(city, case, SECOND, THIRD, [1, 2])
    city.upload(case, SENDER, "第三程照片")
    send(city, case, THIRD, [1, 2, 3])
    decide(city, case, THIRD)
    file(city, "return", {"ground": "incomplete", "reason": "处理情形之概述", "lacks": ["补齐影像之要求"]})
    case.revision = city.get(f"{CASES}/{case.id}", SENDER).data["revision"]      # the return moved it
    report(city, case, THIRD)
    file(city, "register", {"number": "荣司备〔2025〕第1号"})
    return case


def file(city: City, act: str, body: Any) -> str:
    """Justice registers or returns the newest filing."""
    filing = city.get("/api/oversight/filings", JUSTICE).data["items"][0]
    path = f"/api/oversight/filings/{filing['id']}/{act}"
    answer = city.post(path, body, JUSTICE, seen=filing["revision"])
    assert answer.status == 200, answer.text
    city.suite.catch_up()
    return str(filing["id"])


def handed_on(city: City) -> Case:
    """Refused by FIRST, announced to SECOND, then withdrawn: a case with every part, in which no act goes through."""
    case = Case()
    city.act(case, SENDER, "announce", announce(FIRST, city.today))
    city.upload(case, SENDER, "现场检查记录")
    send(city, case, FIRST, [1])
    refuse(city, case, FIRST, SECOND, [1])
    city.act(case, SENDER, "withdraw", {"reason": "属他局职责之理由", **SIGNED}, days=1)
    return case
