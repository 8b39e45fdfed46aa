"""`liandong city`: an API and a worker for each service, on PostgreSQL and RabbitMQ, killed where it hurts."""

import os
import re
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import requests

from tests import servers
from tests.liandong.conftest import Start
from tests.liandong.people import People
from tests.liandong.plans import Plan
from tests.liandong.running import (
    HOUSING,
    JUSTICE,
    SERVICES,
    Process,
    free_ports,
    level,
    run,
    small_city,
    sound,
    until,
)

CHAPTERS = ("transfer", "collab", "joint")      # whose news oversight's board is made of
pytestmark = pytest.mark.usefixtures("many_connections")


@dataclass(frozen=True)
class City:
    """Where a city's data are: the same for every start of it."""

    home: Path
    port: int
    database: str
    set: dict[str, str]         # its settings
    feeds: dict[str, str]       # the settings of the same city without RabbitMQ

    def waiting(self, service: str) -> int:
        """How many entries of the service's journal the broker has not confirmed."""
        return self._number(f"SELECT (SELECT position FROM {service}.journal_head) - "
                            f"coalesce((SELECT max(position) FROM {service}.relay_cursor), 0)")

    def handled(self, service: str) -> int:
        """How far oversight has handled the service's news."""
        return self._number(f"SELECT position FROM oversight.follower_cursor WHERE source = '{service}'")

    def _number(self, statement: str) -> int:
        with psycopg.connect(servers.plain(self.database)) as connection:
            found = connection.execute(statement.encode()).fetchone()
        assert found is not None
        return int(found[0])


@pytest.fixture(scope="module")
def city(postgresql_url: str, amqp_url: str, news_of_run: servers.News,
         tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    home, port = tmp_path_factory.mktemp("city") / "home", free_ports()
    small_city(home)
    with servers.own_database(servers.plain(postgresql_url)) as database:
        common = {"LIANDONG_PORT": str(port), "LIANDONG_DATABASE_URL": database}
        yield City(home, port, database, {**common, "LIANDONG_AMQP_URL": amqp_url,
                                          "LIANDONG_AMQP_PREFIX": f"{news_of_run.prefix}city."},
                   {**common, "LIANDONG_NEWS": "feed"})


def started(start: Start, city: City, settings: dict[str, str]) -> tuple[Process, People]:
    process = start("city", home=city.home, **settings)
    process.ready()
    return process, People.of_city(process)


@pytest.fixture(scope="module")
def running(city: City, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """The city's first start."""
    process = Process("city", home=city.home, folder=tmp_path_factory.mktemp("running"), **city.set)
    try:
        process.ready()
        yield process
    finally:
        process.end()


def on_board(people: People, case: str, agency: str = JUSTICE, cases: str = "transfer/cases") -> None:
    """The case's deadlines are on oversight's board, each once, and say what its own service says."""
    told = until(lambda: people.board(case, agency), "the case on the board")
    known = people.clocks(case, agency, cases)
    board, own = ([(row["clock"], row["due_on"]) for row in rows] for rows in (told, known))
    assert sorted(board) == sorted(own)


def gone(pids: list[int]) -> bool:
    """Whether none of these processes runs any more."""
    return not [pid for pid in pids if Path(f"/proc/{pid}/exe").exists()]


def test_every_service_has_an_api_and_a_worker_that_tell_how_they_are(city: City, running: Process) -> None:
    assert sorted(running.children()) == sorted(f"{kind} {name}" for kind in ("api", "worker") for name in SERVICES)
    for number, name in enumerate(SERVICES):
        worker = f"http://127.0.0.1:{city.port + 11 + number}"
        ready = until(lambda url=f"{worker}/readyz": requests.get(url, timeout=10), f"{name} is ready")
        assert {*ready.json()["checks"].values()} == {"ok"} and {"database", "broker", "consumers"} <= ready.json()[
            "checks"
        ].keys()
        metrics = requests.get(f"{worker}/metrics", timeout=10).text
        assert f'liandong_journal_head{{service="{name}"}}' in metrics
        assert ("liandong_deadlines_open" in metrics) == (name == "oversight"), "one exporter"


def test_a_case_opened_at_transfer_is_on_oversights_board(city: City, running: Process) -> None:
    people = People.of_city(running)
    on_board(people, people.opened().id)
    until(lambda: level(city.home, **city.set), "every follower is level")


def test_killed_between_commit_and_publish_and_between_handling_and_ack_it_levels(
        city: City, running: Process, start: Start) -> None:
    people, children = People.of_city(running), running.children()
    stopped = [f"worker {name}" for name in (*CHAPTERS, "oversight")]
    until(lambda: not any(map(city.waiting, CHAPTERS)), "all news is out")
    for name in stopped:
        os.kill(children[name], signal.SIGSTOP)          # it can't publish what is committed now
    case, plans = people.opened(), [Plan("collab"), Plan("joint")]
    for plan in plans:
        assert plan.act(people, "draft").status == 201 and people.board(plan.id, HOUSING) == []
    assert all(map(city.waiting, CHAPTERS)) and people.board(case.id) == []
    for name in stopped:
        os.kill(children[name], signal.SIGKILL)
    assert running.child.wait(60) == 1, "one that ends by itself ends the city"
    assert re.search("Error: worker [a-z]+ ended by itself; the others are stopped", running.errors)
    assert gone(list(children.values())) and all(map(city.waiting, CHAPTERS))

    for source in ("transfer", "collab"):
        before = city.handled(source)
        worker = start("worker", source, home=city.home, **city.set, **feeds(city))
        until(lambda source=source: city.waiting(source) == 0, "what was committed goes out", 60)
        doomed = start("oversight", source, home=city.home, command=(sys.executable, "-m", "tests.liandong.doomed"),
                       **city.set, **feeds(city))
        assert doomed.child.wait(60) == -signal.SIGKILL, doomed.errors
        assert city.handled(source) > before, "handled and committed, and never acknowledged"
        assert worker.stop(signal.SIGTERM) == 0

    process, people = started(start, city, city.set)
    until(lambda: level(city.home, **city.set), "every follower is level")
    on_board(people, case.id)
    for plan in plans:
        on_board(people, plan.id, HOUSING, plan.cases)
    on_board(people, people.opened().id)
    children = process.children()
    assert process.stop(signal.SIGTERM) == 0
    assert gone(list(children.values()))
    assert "Traceback" not in process.errors and " ERROR " not in process.errors, process.errors
    sound(city.home, **city.set)


def feeds(city: City) -> dict[str, str]:
    """Where the APIs would answer, for workers started one by one."""
    return {"LIANDONG_FEED_URLS": ",".join(f"{name}=http://127.0.0.1:{city.port + number}"
                                           for number, name in enumerate(SERVICES, 1))}


def test_without_rabbitmq_the_same_news_goes_over_feeds(city: City, start: Start) -> None:
    process, people = started(start, city, city.feeds)
    children = process.children()
    on_board(people, people.opened().id)
    until(lambda: level(city.home, **city.feeds), "every follower is level")
    process.kill()
    until(lambda: gone(list(children.values())), "nothing is left of a city that was killed")
    sound(city.home, **city.feeds)


def test_a_city_without_its_servers_is_told_what_it_needs(tmp_path: Path) -> None:
    refused = run("city", home=tmp_path, LIANDONG_PORT=str(free_ports()))
    assert refused.code == 1 and "set LIANDONG_DATABASE_URL and LIANDONG_AMQP_URL" in refused.one_line


def test_a_port_in_use_is_told_in_one_line_before_anything_is_made(tmp_path: Path) -> None:
    port = free_ports()
    with socket.create_server(("127.0.0.1", port + 13)):
        refused = run("city", home=tmp_path, LIANDONG_PORT=str(port), LIANDONG_NEWS="feed",
                      LIANDONG_DATABASE_URL="postgresql://postgres@127.0.0.1:1/never-asked")
    assert refused.code == 1 and f"cannot listen on 127.0.0.1:{port + 13}: " in refused.one_line
