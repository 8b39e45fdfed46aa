"""One city for the whole room, played once."""

from collections.abc import Iterator

import pytest

from tests.permissions import plans, queries, tips
from tests.permissions.city import Case, City, whole


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    city = City(tmp_path_factory.mktemp("city"))
    try:
        yield city
    finally:
        city.suite.close()


@pytest.fixture(scope="session")
def case(city: City) -> Case:
    """The whole case; what was logged while it was played is kept."""
    with city.log.listening():
        return whole(city)


@pytest.fixture(scope="session")
def planned(city: City, case: Case) -> dict[str, Case]:
    """A whole plan of each chapter of plans, played after the case; what was logged meanwhile is kept."""
    with city.log.listening():
        return {service: plans.whole(city, service) for service in plans.PLANS}


@pytest.fixture(scope="session")
def queried(city: City, planned: dict[str, Case]) -> tuple[Case, Case]:
    """A query that was passed on, and that which the next holder answered; what was logged meanwhile is kept."""
    with city.log.listening():
        first = queries.passed_on(city)
        return first, queries.whole(city, first)


@pytest.fixture(scope="session")
def tipped(city: City, queried: tuple[Case, Case]) -> Case:
    """A tip that was claimed and its result told; what was logged meanwhile is kept."""
    with city.log.listening():
        return tips.whole(city)
