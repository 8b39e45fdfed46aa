"""One city for the whole room, played once."""

from collections.abc import Iterator

import pytest

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
