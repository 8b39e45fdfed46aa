"""What every test may ask for: a database on each back end, the broker, a clock that stands."""

import fcntl
import itertools
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings as hypothesis_settings

from shared.clock import HandClock
from shared.db import Database, sqlite_url
from shared.journal import ddl
from shared.tables import SHARED
from tests import servers
from tests.schemas import Schemas

ROOT = Path(__file__).resolve().parent.parent
BACK_ENDS = ("sqlite", "postgresql")
_number = itertools.count(1)

hypothesis_settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("house")

MakeDatabase = Callable[..., Database]


# Docker, for machines that have no server of their own

@pytest.fixture(scope="session")
def docker_compose_file() -> str:
    return str(ROOT / "docker-compose.yml")


@pytest.fixture(scope="session")
def docker_compose_project_name() -> str:
    """One fixed name: a run that was cut off leaves containers that the next one clears away."""
    return "liandong-test"


@pytest.fixture(scope="session")
def docker_setup() -> list[str]:
    os.environ.update(LIANDONG_PUBLISH_AMQP="", LIANDONG_PUBLISH_MANAGEMENT="", LIANDONG_PUBLISH_POSTGRESQL="")
    return ["down -v --remove-orphans", "up -d --wait --wait-timeout 180 postgres rabbitmq"]


@pytest.fixture(scope="session")
def docker_ports(request: pytest.FixtureRequest) -> servers.Ports | None:
    """Where a service of the compose file listens; its services start with the first question. None: no Docker."""
    if not servers.docker_answers():
        return None

    def port(service: str, container_port: int) -> int:
        services = request.getfixturevalue("docker_services")
        return int(services.port_for(service, container_port))

    return port


# the servers of this run

@pytest.fixture(scope="session")
def postgresql_url(docker_ports: servers.Ports | None, request: pytest.FixtureRequest) -> Iterator[str]:
    """The SQLAlchemy URL of this run's own PostgreSQL database."""
    try:
        admin = servers.find_postgresql(docker_ports, request.addfinalizer)
    except servers.NoServer as missing:
        pytest.fail(str(missing), pytrace=False)
    with servers.own_database(admin) as url:
        yield url


@pytest.fixture(scope="session")
def news_of_run(docker_ports: servers.Ports | None, request: pytest.FixtureRequest) -> Iterator[servers.News]:
    try:
        broker = servers.find_rabbitmq(docker_ports, request.addfinalizer)
    except servers.NoServer as missing:
        pytest.fail(str(missing), pytrace=False)
    with servers.own_vhost(broker) as news:
        yield news


@pytest.fixture(scope="session")
def amqp_url(news_of_run: servers.News) -> str:
    """The AMQP URL of this run's own vhost (or of a shared one, where names take `news_prefix`)."""
    return news_of_run.url


@pytest.fixture
def news_prefix(news_of_run: servers.News) -> str:
    """What the exchanges and queues of this one test begin with, so that tests of one vhost do not meet."""
    return f"{news_of_run.prefix}t{next(_number)}."


# databases

@pytest.fixture(params=BACK_ENDS)
def back_end(request: pytest.FixtureRequest) -> str:
    """Parametrises a test over both back ends; `parametrize("back_end", …, indirect=True)` narrows it."""
    return str(request.param)


@pytest.fixture(scope="session")
def schemas(postgresql_url: str) -> Schemas:
    """The schemas of this run's own PostgreSQL database."""
    return Schemas(postgresql_url)


@pytest.fixture
def make_empty_database(back_end: str, tmp_path: Path, request: pytest.FixtureRequest) -> MakeDatabase:
    """Makes a service's database without tables: a file of its own, or a schema of its own in the run's database."""

    def make(name: str = "test") -> Database:
        if back_end == "sqlite":
            database = _file(tmp_path, name)
            request.addfinalizer(database.dispose)
            return database
        schemas: Schemas = request.getfixturevalue("schemas")
        database = schemas.empty(name)
        request.addfinalizer(lambda: schemas.drop(database))
        return database

    return make


@pytest.fixture
def make_database(back_end: str, tmp_path: Path, request: pytest.FixtureRequest) -> MakeDatabase:
    """`make_database(name, *metadata)`: a database with all shared tables, the journal's triggers, `metadata`."""

    def make(name: str = "test", *metadata: sa.MetaData) -> Database:
        def fill(database: Database) -> None:
            with database.write() as tx:
                for tables in (SHARED, *metadata):
                    tables.create_all(tx, checkfirst=False)
                ddl.install(tx)

        if back_end == "sqlite":
            database = _file(tmp_path, name)
            request.addfinalizer(database.dispose)
            fill(database)
            return database
        schemas: Schemas = request.getfixturevalue("schemas")
        database = schemas.take(name, metadata, fill)
        request.addfinalizer(lambda: schemas.give_back(name, metadata, database))
        return database

    return make


def _file(folder: Path, name: str) -> Database:
    (folder / "databases").mkdir(exist_ok=True)
    return Database(sqlite_url(folder / "databases" / f"{name}.sqlite"))


@pytest.fixture
def database(make_database: MakeDatabase) -> Database:
    """A service's database with all shared tables, once on each back end."""
    return make_database()


@pytest.fixture(scope="module")
def many_connections() -> Iterator[None]:
    """For tests that fill a PostgreSQL (it takes a hundred connections as a rule): one of them at a time, whichever
    process of the run has it."""
    with (Path(tempfile.gettempdir()) / "liandong-tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# time and noise

@pytest.fixture
def clock() -> HandClock:
    """Monday 2025-09-29, nine in the morning in the city, two days before the National Day holiday."""
    return HandClock(datetime(2025, 9, 29, 1, 0, tzinfo=UTC))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests reaches them."""
    for key in [key for key in os.environ if key.startswith("LIANDONG_") and not key.startswith("LIANDONG_TEST_")]:
        monkeypatch.delenv(key)


logging.getLogger("amqp").setLevel(logging.INFO)
