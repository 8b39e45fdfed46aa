"""A member of a conference ends after it met and before it is entered as held, on both back ends: the true day stands.
"""

import io
from datetime import timedelta

import pytest

from services.oversight.api import make
from shared.acts.office import Office
from shared.contracts.register import Heir
from shared.kernel.clock import HandClock, day_of
from tests.offices import People, make_office
from tests.oversight.test_conferences import BASE, office, one, prepared
from tests.succession.test_task_reports import over

__all__ = ["make_office", "office"]


@pytest.fixture
def people(office: Office) -> People:
    return People(make(office), office)


def test_a_conference_is_entered_as_held_on_its_day_after_a_member_of_that_day_has_ended(
        office: Office, people: People, clock: HandClock) -> None:
    clock.advance(days=11)
    prepared(people)
    met = day_of(clock.now())
    over(office, clock, "shichang", Heir("zonghe"))
    case = one(people, state="called")
    assert case["last_on"] == met.isoformat(), "the succession holds up nothing that was done before it"
    scan = office.files.put(io.BytesIO(b"%PDF-1.7"), "application/pdf", 1000).digest
    late = {"chair": "局长", "back_entry": {"reason": "断网", "scan": scan}}
    hold = f"{BASE}/{case['id']}/hold"
    early = people.post(hold, {**late, "happened_on": (met - timedelta(days=1)).isoformat()}, "sifa",
                        seen=case["revision"])
    assert early.codes == ["BEFORE_LAST", "HELD_BEFORE_CALLED_FOR"]
    answer = people.post(hold, {**late, "happened_on": met.isoformat()}, "sifa", seen=case["revision"])
    assert answer.status == 200, answer.data
    assert (answer.data["facts"]["present"], answer.data["facts"]["absent"]) == (["shichang", "zhujian"], ["zonghe"])
