"""A plan of each chapter of plans, on each back end."""

import pytest

from shared.kernel.clock import HandClock
from tests.offices import MakeOffice, make_office
from tests.plans.acting import SERVICES, Acting, opened

__all__ = ["make_office"]


@pytest.fixture(params=SERVICES)
def acting(request: pytest.FixtureRequest, make_office: MakeOffice, clock: HandClock) -> Acting:
    return Acting(request.param, opened(request.param, make_office, clock), clock)
