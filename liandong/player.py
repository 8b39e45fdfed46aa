"""Someone at a keyboard: signs in, calls the suite's HTTP API in process, and tells a case's story act by act."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from werkzeug.test import Client

from liandong.bodies import BY_LEADER, BY_RECEIVER, Seat, Story, body
from liandong.suite import Suite
from shared.access.gate import audience_of
from shared.access.tokens import DESK, Claims, TokenKeys
from shared.clock import HandClock, day_of

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


class Player:
    """Plays the people of a suite whose clock is moved by hand."""

    def __init__(self, suite: Suite, clock: HandClock, accounts: list[Account]) -> None:
        self.suite, self.clock = suite, clock
        self.client = Client(suite.wsgi())
        self._accounts = {(account.agency, account.rank): account for account in accounts}
        self._keys = TokenKeys(suite.settings.keys, suite.settings.jwks, DESK)

    def move_to(self, instant: datetime) -> None:
        """Lets the time pass: every deadline that falls due on the way fires at its own instant."""
        while (due := self.suite.next_instant()) is not None and due < instant:
            self.clock.move_to(max(due, self.clock.now()))
            self.suite.catch_up()
        self.clock.move_to(instant)
        self.suite.catch_up()

    def seat(self, agency: str) -> Seat:
        """Who acts for an agency."""
        register = self.suite.sharing.law.now().register
        known = register.get(agency)
        officer, leader = self._accounts[agency, 1], self._accounts[agency, 2]
        return Seat(agency, known.name if known else agency, officer.name, leader.name)

    def act(
        self, told: Told, act: str, *, expect: int | None = None, by: str = "", rank: int = 0, **instead: Any
    ) -> Answer:
        """Performs an act of the case as the one whose it is. Raises Unexpected for another status than expected."""
        story, today = told.story, day_of(self.clock.now())
        agency = by or (story.receiver.agency if act in BY_RECEIVER else story.sender.agency)
        content = body(act, story, today, **{key: value for key, value in instead.items() if value is not None})
        path = f"{ROOT}/{told.id}/{act}" if told.id else ROOT
        answer = self.post(
            path, content, agency, rank or (2 if act in BY_LEADER else 1), told.revision if told.id else None
        )
        if answer.status != (expect or (201 if not told.id else 200)):
            raise Unexpected(f"{act}: {answer.status} {json.dumps(answer.data, ensure_ascii=False)}")
        if answer.status < 300:
            self._note(told, act, answer.data, today, content)
        self.suite.catch_up()
        return answer

    def post(self, path: str, content: dict[str, Any], agency: str, rank: int, revision: int | None = None) -> Answer:
        """A POST as someone of the agency, with a fresh Idempotency-Key."""
        headers = {"Idempotency-Key": uuid.uuid4().hex, **self._who(agency, rank)}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        return _answer(self.client.post(path, json=content, headers=headers))

    def get(self, path: str, agency: str, rank: int = 1, **query: str) -> Answer:
        """A GET as someone of the agency."""
        return _answer(self.client.get(path, query_string=query, headers=self._who(agency, rank)))

    def _note(self, told: Told, act: str, data: dict[str, Any], today: date, content: dict[str, Any]) -> None:
        told.id, told.revision = data["id"], data["revision"]
        told.acts.append(act)
        if act == "issue-letter":
            told.story.letter_number, told.story.delivered_on = data["facts"]["number"], None
        if act == "deliver":
            told.story.delivered_on = date.fromisoformat(content.get("happened_on", today.isoformat()))

    def _who(self, agency: str, rank: int) -> dict[str, str]:
        account = self._accounts[agency, rank]
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


def _answer(response: Any) -> Answer:
    text = response.get_data(as_text=True)
    return Answer(response.status_code, json.loads(text) if text else {})
