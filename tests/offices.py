"""One service at work on a database of the tests, and people who act in it over HTTP and without."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from shared.access.gate import audience_of
from shared.access.tokens import DESK, Claims, TokenKeys
from shared.acts.office import Office, Spec
from shared.kernel.clock import HandClock
from shared.kernel.settings import Settings
from tests.conftest import MakeDatabase

MakeOffice = Callable[[Spec], Office]


@pytest.fixture
def make_office(make_database: MakeDatabase, clock: HandClock, tmp_path: Path,
                request: pytest.FixtureRequest) -> MakeOffice:
    """Opens the office of a spec on an empty database, once on each back end."""
    settings = Settings(home=tmp_path, keys=tmp_path / "keys", jwks=tmp_path / "jwks")

    def make(spec: Spec) -> Office:
        office = Office(spec, settings, clock, make_database(spec.name, spec.tables))
        request.addfinalizer(office.close)
        office.open()
        return office

    return make


@dataclass(frozen=True)
class Answer:
    """What an HTTP request got."""

    status: int
    data: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def codes(self) -> list[str]:
        return [refusal["code"] for refusal in self.data["refusals"]]


class People:
    """Whoever the tests need, signed in as the desk would sign them in."""

    def __init__(self, app: Flask, office: Office) -> None:
        self._client, self._office = app.test_client(), office
        self._keys = TokenKeys(office.settings.keys, office.settings.jwks, DESK)

    def get(self, path: str, agency: str, /, **query: str) -> Answer:
        return self._answer(self._client.get(path, query_string=query, headers=self._who(agency, 1)))

    def fetch(self, path: str, agency: str, /, **query: str) -> Any:
        """A GET's bare response: of a file."""
        return self._client.get(path, query_string=query, headers=self._who(agency, 1))

    def post(self, path: str, body: Mapping[str, Any], agency: str, rank: int = 2, *, key: str = "",
             seen: int | None = None) -> Answer:
        headers = {**self._who(agency, rank), "Idempotency-Key": key or uuid.uuid4().hex}
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        return self._answer(self._client.post(path, json=body, headers=headers))

    def send(self, path: str, raw: bytes, kind: str, agency: str, rank: int = 1, *, key: str = "") -> Answer:
        """A POST of bytes as they are, of a media type."""
        headers = {**self._who(agency, rank), "Idempotency-Key": key or uuid.uuid4().hex, "Content-Type": kind}
        return self._answer(self._client.post(path, data=raw, headers=headers))

    def stranger(self, path: str) -> Answer:
        """A GET without a token."""
        return self._answer(self._client.get(path))

    def _who(self, agency: str, rank: int) -> dict[str, str]:
        now = self._office.clock.now()
        claims = Claims(
            DESK,
            f"person-{agency}-{rank}",
            now,
            now + timedelta(minutes=10),
            f"appointment-{agency}-{rank}",
            agency,
            rank,
            "某某",
            signed_in_at=now,
        )
        return {"Authorization": f"Bearer {self._keys.issue(claims, audience_of(self._office.settings))}"}

    @staticmethod
    def _answer(response: Any) -> Answer:
        text = response.get_data(as_text=True)
        return Answer(response.status_code, json.loads(text) if text else {}, response.headers)
