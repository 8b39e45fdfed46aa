"""docker-compose.yml without Docker: what it starts, as it starts it, each service with the volumes that it names."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from liandong.places import SERVICES
from tests import servers
from tests.liandong.people import People
from tests.liandong.running import START, Process, free_ports, run, until

FILE = Path(__file__).resolve().parents[2] / "docker-compose.yml"
INSIDE = "8800"     # the port of every process in its container


class Compose:
    """The file's own processes on this host, with folders for volumes and servers that are there already."""

    def __init__(self, folder: Path, **servers: str) -> None:
        self.folder, self._servers = folder, servers
        self.services: dict[str, Any] = {
            name: service for name, service in yaml.safe_load(FILE.read_text("utf-8"))["services"].items()
            if "build" in service
        }
        first = free_ports(len(self.services))
        self.ports = {name: str(first + number) for number, name in enumerate(self.services)}

    def words(self, name: str) -> list[str]:
        """The service's command after `liandong`."""
        program, *words = self.services[name]["command"]
        assert program == "liandong"
        return [self.ports[name] if word == INSIDE else word for word in words]

    def settings(self, name: str) -> dict[str, str]:
        told = {key: re.sub(r"\$\{\w+:?-([^}]*)\}", r"\1", value)
                for key, value in self.services[name]["environment"].items()}
        for key in ("LIANDONG_HOME", "LIANDONG_KEYS", "LIANDONG_JWKS"):
            told[key] = str(self._place(name, told[key]))
        feeds = told["LIANDONG_FEED_URLS"]
        for other, port in self.ports.items():
            feeds = feeds.replace(f"//{other}:{INSIDE}", f"//127.0.0.1:{port}")
        told |= {"LIANDONG_FEED_URLS": feeds, "LIANDONG_HOST": "127.0.0.1", "LIANDONG_PORT": self.ports[name]}
        return {**told, **self._servers}

    def _place(self, name: str, path: str) -> Path:
        """Where a path of a container lies: in one of its volumes, or nowhere that another container sees."""
        for volume, mount in (row.split(":") for row in self.services[name].get("volumes", ())):
            if path == mount or path.startswith(f"{mount}/"):
                return self.folder / "volumes" / f"{volume}{path.removeprefix(mount)}"
        return self.folder / "containers" / f"{name}{path}"

    def once(self, name: str) -> str:
        """Runs a service that ends; what it printed."""
        ran = run(*self.words(name), home=self.folder, **self.settings(name))
        assert ran.code == 0, ran.errors
        return ran.out

    def started(self, name: str) -> Process:
        return Process(*self.words(name), home=self.folder, folder=self.folder, **self.settings(name))

    def ready(self, name: str) -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{self.ports[name]}/readyz", timeout=10).ok
        except requests.RequestException:
            return False


@pytest.fixture
def compose(tmp_path: Path, postgresql_url: str, amqp_url: str, news_prefix: str) -> Iterator[Compose]:
    with servers.own_database(servers.plain(postgresql_url)) as database:
        yield Compose(tmp_path, LIANDONG_DATABASE_URL=database, LIANDONG_AMQP_URL=amqp_url,
                      LIANDONG_AMQP_PREFIX=news_prefix)


@pytest.mark.usefixtures("many_connections")
def test_a_city_started_by_it_is_founded_and_hears_its_own_news(compose: Compose) -> None:
    """Each service has keys of its own; the accounts were opened with the desk's."""
    compose.once("migrate")
    assert "the city is founded" in compose.once("seed")
    running = {name: compose.started(name) for name in compose.services if "healthcheck" in compose.services[name]}
    try:
        for name in running:
            until(lambda name=name: compose.ready(name), f"{name} is ready", START)
        people = People(compose.folder / "volumes" / "desk",
                        {name: f"http://127.0.0.1:{compose.ports[f'api-{name}']}" for name in SERVICES})
        case = people.opened()
        until(lambda: people.board(case.id), "the case on the board")
        assert "the city was founded before" in compose.once("seed"), "started again it changes nothing"
        assert not [name for name, process in running.items() if " ERROR " in process.errors]
        assert {process.stop(signal.SIGTERM) for process in running.values()} == {0}
    finally:
        for process in running.values():
            process.end()
    rings = {tuple(sorted(key.name for key in (compose.folder / "volumes" / name / "keys").glob("field-*.key")))
             for name in SERVICES}
    assert len(rings) == len(SERVICES)
