"""A city with two agencies' systems on the loopback, on each back end."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from services.sharing.api import make
from shared.acts.office import Office, Spec
from shared.bus.agency_feeds import LocalAgencyFeed
from shared.kernel.clock import HandClock
from shared.kernel.hosts import allowed_from
from shared.kernel.settings import Settings
from shared.wake import Wake
from tests.bus.newsroom import Source
from tests.conftest import MakeDatabase
from tests.offices import People
from tests.sharing.catalogue import small_city
from tests.webhooks.agencies import City, System
from tests.webhooks.receivers import Receiver, receiving

Pair = tuple[System, Receiver]


@pytest.fixture
def system(clock: HandClock) -> System:
    return System(clock)


@pytest.fixture
def other(clock: HandClock) -> System:
    return System(clock)


@pytest.fixture
def receivers(system: System, other: System) -> Iterator[tuple[Receiver, Receiver]]:
    with ExitStack() as stack:
        yield stack.enter_context(receiving(system)), stack.enter_context(receiving(other))


@pytest.fixture
def receiver(receivers: tuple[Receiver, Receiver]) -> Receiver:
    """Where `system` is."""
    return receivers[0]


@pytest.fixture
def city(make_database: MakeDatabase, clock: HandClock, tmp_path: Path, receivers: tuple[Receiver, Receiver],
         request: pytest.FixtureRequest) -> Iterator[City]:
    allowed = allowed_from(",".join(f"http://127.0.0.1:{each.port}" for each in receivers))
    settings = Settings(home=tmp_path, keys=tmp_path / "keys", jwks=tmp_path / "jwks", webhook_hosts=allowed)

    def opened(spec: Spec) -> Office:
        office = Office(spec, settings, clock, make_database(spec.name, spec.tables))
        request.addfinalizer(office.close)
        office.open()
        return office

    office = small_city(opened)
    source = Source.opened(make_database("transfer"), clock)
    city = City(office, People(make(office), office), source, clock, {"transfer": LocalAgencyFeed(source)})
    yield city
    city.deliverer.close()


@pytest.fixture
def waking(city: City) -> Iterator[Wake]:
    """What an act of the other service does after its commit."""
    wake = Wake(city.source.db, "transfer")
    yield wake
    wake.close()
