"""A source whose agencies have queues on a broker, and a broker whose users may be made over its management API."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from shared.bus.agencies import AgencyQueues
from shared.kernel.settings import Settings
from tests import debian, servers
from tests.bus.conftest import broker, source

__all__ = ["broker", "source"]


@dataclass(frozen=True)
class Managed:
    """A vhost of this run's own on a broker with the management plugin."""

    url: str
    api: str

    def settings(self, home: Path, city: str = "rongcheng") -> Settings:
        who = urlsplit(self.url)
        api = self.api.replace("http://", f"http://{who.username}:{who.password}@")
        return Settings(home=home, keys=home / "keys", jwks=home / "jwks", city=city, amqp_url=self.url,
                        management_url=api)

    def ask(self, method: str, path: str, content: object = None) -> requests.Response:
        who = urlsplit(self.url)
        auth = (who.username or "", who.password or "")
        return requests.request(method, f"{self.api}/api/{path}", auth=auth, json=content, timeout=10)


@pytest.fixture(scope="session")
def managed(docker_ports: servers.Ports | None, request: pytest.FixtureRequest) -> Iterator[Managed]:
    """The broker that is there, where it has the plugin; else a node of this run's own from Debian's package."""
    found = servers.find_rabbitmq(docker_ports, request.addfinalizer)
    if not _manages(found):
        if not debian.possible():
            pytest.fail("the tests of agencies' users need a RabbitMQ with the management plugin (rabbitmq-plugins "
                        "enable rabbitmq_management)", pytrace=False)
        node = debian.OwnRabbitMQ.installed(debian.MANAGEMENT)
        request.addfinalizer(node.stop)
        node.start()
        found = servers.Broker(node.url, node.ctl, f"http://127.0.0.1:{node.management}")
    with servers.own_vhost(found) as news:
        yield Managed(news.url, found.api)


def _manages(found: servers.Broker) -> bool:
    who = urlsplit(found.url)
    try:
        auth = (who.username or "", who.password or "")
        return bool(found.api) and requests.get(f"{found.api}/api/whoami", auth=auth, timeout=5).ok
    except requests.RequestException:
        return False


@pytest.fixture
def queues(managed: Managed, tmp_path: Path) -> Iterator[AgencyQueues]:
    """The agencies' queues of a city; what a test makes is removed."""
    made = AgencyQueues(managed.settings(tmp_path))
    yield made
    for code in made.users_of_all():
        made.revoke(code)
