"""Someone at a keyboard: signs in, calls the suite's HTTP API in process, and tells a case's story act by act."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from werkzeug.test import Client

from liandong.bodies import BY_CHIEF, BY_LEADER, BY_RECEIVER, Seat, Story, body
from liandong.suite import Suite
from shared.access.gate import audience_of
from shared.access.tokens import DESK, Claims, TokenKeys
from shared.kernel.clock import HandClock, day_of

ROOT = "/api/transfer/cases"


class Unexpected(Exception):
    """The suite answered otherwise than the story says."""


@dataclass(frozen=True, slots=True)
class Account:
    """A sample account: its appointment as the desk knows it."""

    login: str
    person: str  # account id
    appointment: str
    name: str
    agency: str
    rank: int  # 1 officer, 2 leader, 3 chief


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    data: dict[str, Any]

    @property
    def codes(self) -> list[str]:
        """The codes of a refusal."""
        return [problem["code"] for problem in self.data.get("refusals", [])]


@dataclass(slots=True)
class Told:
    """A case under way in a story."""

    story: Story
    id: str = ""
    revision: int = 0
    acts: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where the case is read."""
        return f"{ROOT}/{self.id}"


class Player:
    """Plays the people of a suite whose clock is moved by hand."""

    def __init__(self, suite: Suite, clock: HandClock, accounts: list[Account]) -> None:
        self.suite, self.clock = suite, clock
        self.client = Client(suite.wsgi())
        self._accounts = {(account.agency, account.rank): account for account in accounts}
        self._keys = TokenKeys(suite.settings.keys, suite.settings.jwks, DESK)

    def move_to(self, instant: datetime) -> None:
        """Lets the time pass: every deadline that falls due on the way fires at its own instant."""
        self.suite.pass_to(self.clock, instant)

    def account(self, agency: str, rank: int = 1) -> Account | None:
        """The lowest sample account of the agency, of that rank at least; None where it has none."""
        return next((self._accounts[agency, each] for each in (1, 2, 3)
                     if each >= rank and (agency, each) in self._accounts), None)

    def seat(self, agency: str) -> Seat:
        """Who acts for an agency."""
        register = self.suite.sharing.law.now().register
        known = register.get(agency)
        officer, leader, chief = (self._accounts.get((agency, rank)) for rank in (1, 2, 3))
        leader = leader or chief
        assert officer and leader, f"{agency} has no sample accounts"
        return Seat(agency, known.name if known else agency, officer.name, leader.name, chief.name if chief else "")

    def act(
        self, told: Told, act: str, *, expect: int | None = None, by: str = "", rank: int = 0, **instead: Any
    ) -> Answer:
        """Performs an act of the case as the one whose it is; `by`: another's agency. Raises Unexpected for another
        status than expected."""
        story, today = told.story, day_of(self.clock.now())
        agency = by or (story.receiver.agency if act in BY_RECEIVER else story.sender.agency)
        story.by = self.seat(agency)
        content = body(act, story, today, **{key: value for key, value in instead.items() if value is not None})
        answer = self.post(
            self._path(told, act), content, agency, rank or _rank(act), told.revision if told.id else None
        )
        if answer.status != (expect or (201 if not told.id else 200)):
            raise Unexpected(f"{act}: {answer.status} {json.dumps(answer.data, ensure_ascii=False)}")
        if answer.status < 300:
            self._note(told, act, answer.data, today, content)
        return answer

    @staticmethod
    def _path(told: Told, act: str) -> str:
        """Where the act is posted: to the case, or where a case is opened by a notice or by a call."""
        if told.id:
            return f"{ROOT}/{told.id}/{act}"
        return ROOT if act == "announce" else f"{ROOT}/{act}"

    def post(self, path: str, content: dict[str, Any], agency: str, rank: int, revision: int | None = None) -> Answer:
        """A POST as someone of the agency, with a fresh Idempotency-Key. What it causes comes when time passes or
        somebody looks."""
        headers = {"Idempotency-Key": uuid.uuid4().hex, **self._who(agency, rank)}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        return _answer(self.client.post(path, json=content, headers=headers))

    def upload(self, path: str, about: dict[str, Any], content: bytes, agency: str) -> Answer:
        """Uploads a material to a case, by an officer of the agency. Raises Unexpected."""
        answer = _answer(
            self.client.post(
                f"{path}/materials",
                data={
                    "about": json.dumps(about, ensure_ascii=False),
                    "file": (BytesIO(content), "paper.pdf", "application/pdf"),
                },
                headers={"Idempotency-Key": uuid.uuid4().hex, **self._who(agency, 1)},
            )
        )
        if answer.status != 200:
            raise Unexpected(f"materials: {answer.status} {json.dumps(answer.data, ensure_ascii=False)}")
        return answer

    def scan(self, agency: str, name: str, content: bytes, cases: str = ROOT) -> str:
        """Uploads the scan of a paper, for a 补录 or what opens one of the `cases`; its digest."""
        answer = _answer(
            self.client.post(
                f"{cases}/scans",
                data={"file": (BytesIO(content), name, "application/pdf")},
                headers=self._who(agency, 1),
            )
        )
        if answer.status != 200:
            raise Unexpected(f"scans: {answer.status} {answer.data}")
        return str(answer.data["digest"])

    def get(self, path: str, agency: str, rank: int = 1, **query: str) -> Answer:
        """A GET as someone of the agency, when all news so far has arrived."""
        self.suite.catch_up()
        return _answer(self.client.get(path, query_string=query, headers=self._who(agency, rank)))

    def _note(self, told: Told, act: str, data: dict[str, Any], today: date, content: dict[str, Any]) -> None:
        told.id, told.revision = data["id"], data["revision"]
        told.acts.append(act)
        if act == "issue-letter":
            told.story.letter_number, told.story.delivered_on = data["facts"]["number"], None
        if act == "add-material":
            told.story.material = data["facts"]["material"]
        if act == "deliver":
            told.story.delivered_on = date.fromisoformat(content.get("happened_on", today.isoformat()))

    def _who(self, agency: str, rank: int) -> dict[str, str]:
        """The headers of someone of the agency, of that rank or the next above it that has an account."""
        account = next(self._accounts[agency, held] for held in range(rank, 4) if (agency, held) in self._accounts)
        now = self.clock.now()
        settings = self.suite.settings
        claims = Claims(
            DESK,
            account.person,
            now,
            datetime.fromtimestamp(now.timestamp() + settings.token_seconds, now.tzinfo),
            account.appointment,
            account.agency,
            account.rank,
            account.name,
            signed_in_at=now,
        )
        return {"Authorization": f"Bearer {self._keys.issue(claims, audience_of(settings))}"}


def _rank(act: str) -> int:
    """The lowest rank that may do it."""
    return 3 if act in BY_CHIEF else 2 if act in BY_LEADER else 1


def _answer(response: Any) -> Answer:
    text = response.get_data(as_text=True)
    return Answer(response.status_code, json.loads(text) if text else {})
