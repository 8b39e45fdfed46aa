"""What every test may ask for: a database on each back end, the broker, a clock that stands."""

import fcntl
import gc
import itertools
import logging
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings as hypothesis_settings

from liandong.memory import collect_seldom, settled
from shared.access.passwords import Passwords
from shared.db.database import Database, sqlite_url
from shared.journal import ddl
from shared.kernel.clock import HandClock
from shared.kernel.settings import Settings
from shared.tables import SHARED
from tests import compiling, founded, memory, servers, told
from tests.liandong import first
from tests.schemas import Files, Schemas
from tests.suites import settings_on

ROOT = Path(__file__).resolve().parent.parent
BACK_ENDS = ("sqlite", "postgresql")
_number = itertools.count(1)

hypothesis_settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("house")
Passwords.__init__.__kwdefaults__["memory_kib"] = 64      # the accounts of every city that a test founds, soon hashed

memory.use(os.environ)

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
def schemas(postgresql_url: str) -> Iterator[Schemas]:
    """The schemas of this run's own PostgreSQL database."""
    made = Schemas(postgresql_url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The SQLite files of this run that have tables and no rows."""
    return Files(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """A folder that all workers of this run share, for what one of them makes for the others too."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(pytestconfig, "workerinput") else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def sample_home(run_folder: Path) -> Path:
    """A home where the whole sample city is founded, to be copied: founding it takes longer than most tests. It is
    founded by its first start, of which tests/liandong/test_up.py tells."""
    return founded.once(run_folder, "sample", first.start)


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
            files: Files = request.getfixturevalue("files")
            database = _file(tmp_path, name, files.with_tables(metadata, fill))
            request.addfinalizer(database.dispose)
            return database
        schemas: Schemas = request.getfixturevalue("schemas")
        database = schemas.take(name, metadata, fill)
        request.addfinalizer(lambda: schemas.give_back(name, metadata, database))
        return database

    return make


@pytest.fixture
def suite_settings(back_end: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """The settings of a whole suite of this test's own, once on each back end; its databases are migrated."""
    on = None if back_end == "sqlite" else request.getfixturevalue("schemas")
    with settings_on(tmp_path, on) as settings:
        yield settings


def _file(folder: Path, name: str, content: bytes = b"") -> Database:
    (folder / "databases").mkdir(exist_ok=True)
    file = folder / "databases" / f"{name}.sqlite"
    if content:
        file.write_bytes(content)
    return Database(sqlite_url(file), durable=False)


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
def environment(request: pytest.FixtureRequest) -> None:
    """No setting of the person who runs the tests reaches them. Where there is none, nothing is made to put it back."""
    for key in [key for key in os.environ if key.startswith("LIANDONG_") and not key.startswith("LIANDONG_TEST_")]:
        request.getfixturevalue("monkeypatch").delenv(key)


# what each worker of the run pays for all its tests

collect_seldom()
os.fsync = os.fdatasync = lambda _: None        # these processes are killed, but their power is never cut
logging.getLogger("amqp").setLevel(logging.INFO)
compiling.share()
told.watch()

LONG = (        # files of few tests that take longest: begun first, so that no worker is left alone with one at the end
    "liandong/test_up.py", "readme/test_readme.py", "prometheus/test_panels.py", "liandong/test_killed.py",
    "webhooks/test_processes.py", "bench/test_bench.py",
    "liandong/test_demo.py", "liandong/test_city.py", "liandong/test_erase.py", "contracts/test_contract_files.py",
    "integration/test_integration.py", "oversight/test_plans_reach_the_board.py", "liandong/test_followers.py",
    "sharing/test_tips_in_the_suite.py", "liandong/test_says.py", "succession/test_suite.py", "bus/test_killed.py",
    "oversight/test_return_reaches_transfer.py", "bus/test_runner.py", "liandong/test_parked.py",
    "permissions/test_matrix.py", "permissions/test_routes.py", "situations/test_situations.py",
    "examples/test_examples.py", "examples/test_java.py", "examples/test_kit.py", "agencies/test_users.py",
    "webhooks/test_delivering.py", "succession/test_many.py", "liandong/test_agency.py", "liandong/test_verify.py",
    "sharing/test_records.py", "plans/test_left.py", "readme/test_commands.py", "liandong/test_calendar_load.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in the order of LONG, then those of most tests; within a file nothing changes."""
    tests = Counter(item.path for item in items)
    places = {ROOT / "tests" / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: (places.get(item.path, len(LONG)), -tests[item.path], str(item.path)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Some 23,000 items and all that was imported stay to the end: looking through them again and again was a tenth of
    what a run took."""
    gc.collect()
    settled()
