"""The toy service over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared.acts.office import Office
from shared.http.app import make_app
from shared.http.routes import act_routes
from shared.kernel.clock import HandClock
from tests.conftest import MakeDatabase
from tests.http.toy import SCHEMAS, SPEC
from tests.served import Asking, opened


@pytest.fixture
def office(make_database: MakeDatabase, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    with opened(SPEC, tmp_path / "home", clock, make_database, body_limit=4096) as office:
        yield office


@pytest.fixture
def app(office: Office) -> Flask:
    return make_app(office, (act_routes(office, "cases", SCHEMAS),))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def people(office: Office, client: FlaskClient) -> Asking:
    return Asking(office, client)
