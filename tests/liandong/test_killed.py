"""Ended while many act at once, by kill -9 or told to: what was acknowledged is there, the rest whole or never was."""

import signal
import threading
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import requests

from tests.liandong import plans
from tests.liandong.conftest import Start
from tests.liandong.people import Case, People, Sent
from tests.liandong.plans import Plan
from tests.liandong.running import ENFORCEMENT, HOUSING, Process, level, sound, until

CLIENTS, ENOUGH = ("transfer", "collab", "transfer", "joint", "transfer", "collab"), 120
WALK = ("announce", "add-material", "issue-letter", "deliver", "sign-receipt", "accept")


@dataclass
class Load:
    """Clients that carry cases as far as they get, each with the answers it had."""

    people: People
    answered: list[Sent] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)     # acts that were under way when the suite died
    wrong: list[Sent] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    stopped: bool = False

    @property
    def enough(self) -> bool:
        """Whether many acts were answered, and plans came as far as they get."""
        return len(self.answered) >= ENOUGH and any(sent.path.endswith("/report-task") for sent in list(self.answered))

    def run(self, service: str) -> None:
        people = People(self.people.home, self.people.bases, dict(self.people.tokens))
        while not self.stopped:
            case: Case | Plan = people.case() if service == "transfer" else Plan(service)
            for act in WALK if isinstance(case, Case) else plans.WALK:
                if self.stopped or not self._one(people, case, act):
                    break
            if isinstance(case, Plan):
                self.plans += [case] if case.id else []
            elif case.id:
                self.cases.append(case.id)

    def _one(self, people: People, case: Case | Plan, act: str) -> bool:
        try:
            sent = people.act(case, act) if isinstance(case, Case) else case.act(people, act)
        except requests.RequestException:
            self.unanswered.append(act)
            self.stopped = True
            return False
        (self.answered if sent.status in (200, 201) else self.wrong).append(sent)
        return sent.status in (200, 201)


def summary(deadlines: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return sorted((each["clock"], each["due_on"], each["light"]) for each in deadlines)


def test_every_acknowledged_act_is_there_after_an_end_under_load(home: Path, start: Start) -> None:
    """Told to end and started again, then killed and started again: after both ends all of the load before is there."""
    suite, people = _ready(start, home)
    for how in (signal.SIGTERM, signal.SIGKILL):
        load = _ended_under_load(suite, people, how)
        suite, people = _ready(start, home)
        _all_is_there(home, people, load)
    assert suite.stop() == 0
    sound(home)


def _ready(start: Start, home: Path) -> tuple[Process, People]:
    suite = start("up", home=home)
    suite.ready()
    return suite, People.of(suite)


def _ended_under_load(suite: Process, people: People, how: signal.Signals) -> Load:
    """What clients did until the suite ended while they acted."""
    for agency, rank in {*plans.WHOSE, *product((HOUSING, ENFORCEMENT), ("officer", "leader"))}:
        people.token(agency, rank)
    load = Load(people)
    clients = [threading.Thread(target=load.run, args=(service,), name=f"client {number} of {service}")
               for number, service in enumerate(CLIENTS)]
    for client in clients:
        client.start()
    try:
        until(lambda: load.stopped or load.enough, f"{ENOUGH} acts answered", 60)
    finally:
        code = suite.stop(how)
        load.stopped = True
        for client in clients:
            client.join(60)
    assert not load.wrong, load.wrong[0]
    assert load.enough and load.unanswered, "ended while acts were under way"
    assert code == (0 if how == signal.SIGTERM else -how), suite.errors
    assert "Traceback" not in suite.errors, suite.errors
    return load


def _all_is_there(home: Path, people: People, load: Load) -> None:
    """Each act that was answered is answered the same again, no number was given twice, and the board says what the
    services say."""
    ranks = {token: login for login, token in load.people.tokens.items()}
    for sent in load.answered:
        login = ranks[sent.headers["Authorization"].removeprefix("Bearer ")]
        bearer = {"Authorization": f"Bearer {_token(people, login)}"}
        replayed = people.send(sent.path, sent.content, {**sent.headers, **bearer}, sent.file)
        assert (replayed.status, replayed.answer) == (200, sent.answer), (sent.path, replayed.answer)
    numbers = [sent.answer["facts"]["number"] for sent in load.answered if sent.path.endswith("/issue-letter")]
    assert len(numbers) == len(set(numbers)) > 0
    until(lambda: level(home), "every follower is level")
    for case in load.cases:
        assert summary(people.board(case)) == summary(people.clocks(case)), case
    assert {plan.service for plan in load.plans} == {"collab", "joint"}
    for plan in load.plans:                 # the lead sees its drafts too, of which justice does not know yet
        assert summary(people.board(plan.id, HOUSING)) == summary(people.clocks(plan.id, HOUSING, plan.cases)), plan


def _token(people: People, login: str) -> str:
    if login not in people.tokens:
        people.tokens[login] = str(people.sign_in(login)["token"])
    return people.tokens[login]
