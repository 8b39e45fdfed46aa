"""The desk over HTTP, with a few people who already have accounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.desk.api import make_blueprints
from services.desk.domain import Appoint
from services.desk.office import SPEC
from services.desk.usecases import Desk, person_named
from shared.access.passwords import Passwords
from shared.acts.office import Office
from shared.http.app import make_app
from shared.kernel.clock import HandClock
from tests.conftest import MakeDatabase
from tests.served import Asking, opened

PASSWORD = "spring-river-tide"
HASHER = Passwords(memory_kib=64)


@dataclass(frozen=True)
class Person:
    """An account of the tests: its id and its appointments."""

    login: str
    account: str
    appointments: tuple[str, ...]


@pytest.fixture
def office(make_database: MakeDatabase, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    with opened(SPEC, tmp_path / "home", clock, make_database) as office:
        yield office


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office, HASHER)


@pytest.fixture
def client(office: Office) -> FlaskClient:
    return make_app(office, make_blueprints(office, HASHER)).test_client()


@pytest.fixture
def people(office: Office, client: FlaskClient) -> Asking:
    return Asking(office, client)


def made(desk: Desk, login: str, *places: tuple[str, str]) -> Person:
    account, held = desk.provision(person_named(login, "李某", places[0][0]),
                                   tuple(Appoint(rank, agency) for agency, rank in places), PASSWORD)
    return Person(login, account, held)


@pytest.fixture
def officer(desk: Desk) -> Person:
    return made(desk, "zjj.li", ("zjj", "officer"))


@pytest.fixture
def leader(desk: Desk) -> Person:
    return made(desk, "zjj.wang", ("zjj", "leader"))


@pytest.fixture
def both(desk: Desk) -> Person:
    """Holds an appointment in each of two agencies."""
    return made(desk, "sun", ("zjj", "officer"), ("zfj", "leader"))


class Desks:
    """What people do at the desk with their own passwords and tokens."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def sign_in(self, login: str, password: str = PASSWORD, **more: Any) -> TestResponse:
        return self._client.post("/api/desk/session", json={"login": login, "password": password, **more})

    def token(self, login: str, **more: Any) -> str:
        return str(self.sign_in(login, **more).get_json()["token"])

    def post(self, path: str, token: str, body: Any = None, **headers: str) -> TestResponse:
        return self._client.post(
            f"/api/desk{path}", json=body or {}, headers={"Authorization": f"Bearer {token}", **headers}
        )

    def get(self, path: str, token: str) -> TestResponse:
        return self._client.get(f"/api/desk{path}", headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def at_desk(client: FlaskClient) -> Desks:
    return Desks(client)
