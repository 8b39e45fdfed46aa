"""The sample city with systems of its agencies, which sign in by their keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from shared.contracts.machines import MACHINE_ACTS
from tests.permissions.city import SENDER, Answer, City

CASES = "/api/transfer/cases"


@dataclass
class System:
    """An agency's system: its client's id, its key, and what it asks with the token it has."""

    city: City
    agency: str
    id: str
    key: str
    token: str = ""

    def sign_in(self) -> "System":
        answer = self.city.ask("POST", "/api/desk/session", json={"api_key": self.key}, kept=False)
        assert answer.status == 200, answer.text
        self.token = answer.data["token"]
        return self

    def post(self, path: str, body: Any, **more: Any) -> Answer:
        return self.city.ask("POST", path, self.token, json=body, **more)

    def get(self, path: str, **more: Any) -> Answer:
        return self.city.ask("GET", path, self.token, **more)

    def ask(self, method: str, path: str, **more: Any) -> Answer:
        return self.city.ask(method, path, self.token, **more)


def system(city: City, agency: str, acts: frozenset[str] = MACHINE_ACTS) -> System:
    """A new system of the agency, signed in."""
    asked = {"name": f"{agency} 办案系统", "answers": city.accounts[agency, 1].appointment, "acts": sorted(acts)}
    answer = city.post("/api/desk/clients", asked, agency, 2, kept=False)
    assert answer.status == 201, answer.text
    city.suite.catch_up()
    return System(city, agency, answer.data["id"], answer.data["api_key"]).sign_in()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    city = City(tmp_path_factory.mktemp("machines"))
    try:
        yield city
    finally:
        city.suite.close()


@pytest.fixture
def sender(city: City) -> System:
    return system(city, SENDER)
