"""The office these tests work in: as it is opened, or with the city's law and agencies and people at work in it."""

import pytest

from services.oversight.api import make
from services.oversight.office import SPEC
from shared.acts.office import Office
from tests.offices import MakeOffice, People, make_office
from tests.oversight.told import know
from tests.situations.city import RONGCHENG

__all__ = ["make_office"]


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    opened = make_office(SPEC)
    know(opened, (RONGCHENG / "rulebook.yaml").read_text("utf-8"))
    return opened


@pytest.fixture
def people(office: Office) -> People:
    return People(make(office), office)
