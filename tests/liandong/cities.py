"""`liandong city` in the hands of the tests: an API and a worker for each service, on PostgreSQL and RabbitMQ."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import servers
from tests.liandong.people import People
from tests.liandong.running import JUSTICE, Process, free_ports, ready, small_city, until


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


@pytest.fixture(scope="module")
def running(city: City, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """The city's first start."""
    with ready("city", home=city.home, folder=tmp_path_factory.mktemp("running"), **city.set) as process:
        yield process


def on_board(people: People, case: str, agency: str = JUSTICE, cases: str = "transfer/cases") -> None:
    """The case's deadlines are on oversight's board, each once, and say what its own service says."""
    def kept(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
        return sorted((row["clock"], row["due_on"]) for row in rows)

    own = kept(people.clocks(case, agency, cases))
    assert own, "a case has deadlines"
    until(lambda: kept(people.board(case, agency)) == own, "the case's deadlines on the board")
