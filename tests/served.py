"""A service of a test's own, served over HTTP: its office with tables and a small register, and people who ask.

On PostgreSQL the tables are another's and the office has the service's own role, as in a city.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.access.gate import audience_of
from shared.access.tokens import DESK, Claims, TokenKeys
from shared.acts.office import Office, Spec
from shared.contracts.register import Agency
from shared.db.database import Database, role_of
from shared.journal import ddl
from shared.kernel.clock import HandClock
from shared.kernel.settings import Settings
from shared.law import tables as law
from tests.conftest import MakeDatabase

SINCE = date(2020, 1, 1)
AGENCIES = tuple(Agency(code, name, "statutory", "city", SINCE, standing=standing) for code, name, standing in (
    ("zjj", "住房和城乡建设局", ""), ("zfj", "综合行政执法局", ""), ("scj", "市场监督管理局", ""),
    ("sfj", "司法局", "justice"), ("zfb", "市政府办公室", "government_office"), ("jw", "纪委监委", "discipline")))


@contextmanager
def opened(spec: Spec, folder: Path, clock: HandClock, make_database: MakeDatabase,
           **settings: Any) -> Iterator[Office]:
    """The office of a spec with tables, register and an open journal."""
    tables = make_database(spec.name, spec.tables)
    office = Office(spec, Settings(home=folder, keys=folder / "keys", jwks=folder / "jwks", **settings), clock,
                    tables if tables.sqlite else _in_role(spec.name, tables))
    try:
        with office.db.write() as tx:
            law.put_agencies(tx, AGENCIES)
        office.open()
        yield office
    finally:
        office.close()


def _in_role(service: str, owner: Database) -> Database:
    """The same schema for the service's role, which may do what it may in a city."""
    role = role_of(owner.url, service)
    both = (role, f"{role}_eraser")
    with owner.write() as tx:
        there = set(tx.scalars(sa.text("SELECT rolname FROM pg_roles WHERE rolname = ANY(:both)"), {"both": [*both]}))
        for statement in (
            *(f"CREATE ROLE {name}" for name in both if name not in there),
            f"GRANT USAGE ON SCHEMA {owner.schema} TO {role}, {role}_eraser",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {owner.schema} TO {role}",
            *ddl.grants(*both),
        ):
            tx.exec_driver_sql(statement)
    return Database(owner.url, owner.schema, role=role)


class Asking:
    """People who send requests, signed in as the desk would: each an agency and a rank (1 officer, 2 leader, 3
    chief)."""

    def __init__(self, office: Office, client: FlaskClient) -> None:
        self.office, self.client = office, client
        self.keys = TokenKeys(office.settings.keys, office.settings.jwks, DESK)

    def token(self, agency: str, rank: int = 2, **more: Any) -> str:
        now = self.office.clock.now()
        claims = {"issuer": DESK, "subject": f"p-{agency}-{rank}", "issued_at": now, "rank": rank, "agency": agency,
                  "expires_at": now + timedelta(minutes=10), "appointment": f"a-{agency}-{rank}", **more}
        return self.keys.issue(Claims(**claims), audience_of(self.office.settings))

    def get(self, path: str, agency: str, rank: int = 2, headers: Mapping[str, str] | None = None) -> TestResponse:
        return self.client.get(path, headers={"Authorization": f"Bearer {self.token(agency, rank)}", **(headers or {})})

    def post(self, path: str, body: Any, agency: str, rank: int = 2, *, revision: int | None = None, key: str = "",
             headers: Mapping[str, str] | None = None) -> TestResponse:
        told = {"Authorization": f"Bearer {self.token(agency, rank)}", "Idempotency-Key": key or uuid.uuid4().hex}
        if revision is not None:
            told["If-Match"] = f'"{revision}"'
        return self.client.post(path, json=body, headers={**told, **(headers or {})})


def codes(answer: TestResponse) -> list[str]:
    """The codes of a problem's refusals."""
    return [refusal["code"] for refusal in answer.get_json()["refusals"]]
