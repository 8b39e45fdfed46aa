"""One node, one city and its agencies' systems for all tests of this folder."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from shared.kernel.clock import HandClock
from tests.agencies.conftest import Managed, managed
from tests.integration.called import Webhooks, listening
from tests.integration.city import AGENCIES, DAY, City, System, at, opened

__all__ = ["managed"]
MakeSystem = Callable[..., System]


@pytest.fixture(scope="module")
def webhooks() -> Iterator[Webhooks]:
    with listening(AGENCIES, HandClock(at(DAY, 9))) as webhooks:
        yield webhooks


@pytest.fixture(scope="module")
def city(managed: Managed, webhooks: Webhooks, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    clock = webhooks.systems[AGENCIES[0]].clock
    with opened(tmp_path_factory.mktemp("city"), managed, clock, webhooks.hosts) as city:
        yield city
        webhooks.close()


@pytest.fixture
def system(city: City, tmp_path: Path) -> MakeSystem:
    """A system of an agency: `system(ENFORCEMENT, url)`; one that its agency registers now unless a key is given."""
    number = count()

    def make(agency: str, url: str | Callable[[], str] = "", *, key: str = "", **more: str) -> System:
        file = tmp_path / f"{agency}{next(number)}.sqlite"
        return System(city.client(key or city.key(agency)), file, agency, url, **more)

    return make
