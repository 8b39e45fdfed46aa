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
from shared.clock import HandClock
from shared.contracts.register import Agency
from shared.db import SHARED, Database, role_of
from shared.journal import ddl
from shared.law import tables as law
from shared.settings import Settings

SINCE = date(2020, 1, 1)
AGENCIES = tuple(Agency(code, name, "statutory", "city", SINCE, standing=standing) for code, name, standing in (
    ("zjj", "住房和城乡建设局", ""), ("zfj", "综合行政执法局", ""), ("scj", "市场监督管理局", ""),
    ("sfj", "司法局", "justice"), ("zfb", "市政府办公室", "government_office"), ("jw", "纪委监委", "discipline")))


@contextmanager
def opened(spec: Spec, folder: Path, clock: HandClock, database_url: str = "", **settings: Any) -> Iterator[Office]:
    """The office of a spec with tables, register and an open journal; its schema goes with it."""
    if database_url:
        _make_schema(spec, database_url)
    office = Office(spec, Settings(home=folder, keys=folder / "keys", jwks=folder / "jwks", database_url=database_url,
                                   **settings), clock)
    try:
        if not database_url:
            _make_tables(office.db, spec)
        with office.db.write() as tx:
            for agency in AGENCIES:
                law.put_agency(tx, agency)
        office.open()
        yield office
    finally:
        office.close()
        if database_url:
            _run(database_url, f"DROP SCHEMA {spec.name} CASCADE")


def _make_tables(db: Database, spec: Spec) -> None:
    with db.write() as tx:
        for tables in (SHARED, spec.tables):
            tables.create_all(tx)
        ddl.install(tx)


def _make_schema(spec: Spec, url: str) -> None:
    role = role_of(url, spec.name)
    _run(url, f"DROP SCHEMA IF EXISTS {spec.name} CASCADE", f"CREATE SCHEMA {spec.name}", f"DROP ROLE IF EXISTS {role}",
         f"DROP ROLE IF EXISTS {role}_eraser", f"CREATE ROLE {role}", f"CREATE ROLE {role}_eraser")
    owner = Database(url, spec.name, pool=1)
    _make_tables(owner, spec)
    with owner.write() as tx:
        tx.exec_driver_sql(f"GRANT USAGE ON SCHEMA {spec.name} TO {role}, {role}_eraser")
        tx.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {spec.name} TO {role}")
        for statement in ddl.grants(role, f"{role}_eraser"):
            tx.exec_driver_sql(statement)
    owner.dispose()


def _run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


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
