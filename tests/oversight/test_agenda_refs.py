"""30: an item of the agenda names agencies of the register, and is warned of where nothing is known of its case; on
both back ends."""

from typing import Any

import pytest

from shared.acts.office import Office
from shared.deadlines.model import Deadline
from tests.offices import Answer, People
from tests.oversight.test_conferences import BASE, do, office, one
from tests.oversight.told import deadline, deadline_event, hear, plan_event

__all__ = ["office"]

LATE, PLAN, DRAFT, NOBODY = (f"0199000{number}-0000-7000-8000-000000000000" for number in (1, 2, 3, 9))
WARNED = "AGENDA_REF_UNKNOWN"


def late(**more: Any) -> Deadline:
    return deadline("d1", case=LATE, **more)


@pytest.fixture(autouse=True)
def called(office: Office, people: People) -> None:
    """A conference that is called; an overdue transfer, a plan that runs, and one that is a draft."""
    hear(office, deadline_event(late()), plan_event("started", "running", plan=PLAN),
         plan_event("drafted", "draft", plan=DRAFT))
    do(people, "call", {"meets_on": "2025-10-10", "place": "三楼会议室"}, state="due")


def agenda(people: People, **item: Any) -> Answer:
    case = one(people, state="called")
    body = {"items": [{"kind": "breach", "title": "逾期", **item}]}
    return people.post(f"{BASE}/{case['id']}/set-agenda", body, "sifa", seen=case["revision"])


@pytest.mark.parametrize("ref", (f"transfer/{LATE}", f"collab/{PLAN}", "", "its own conference"))
def test_a_case_that_is_known_is_set_without_a_word(people: People, ref: str) -> None:
    ref = f"oversight/{one(people, state='called')['id']}/1" if "own" in ref else ref
    answer = agenda(people, ref=ref, refs=[ref] if ref else [], agencies=["zhujian"])
    assert (answer.status, answer.data.get("warnings", [])) == (200, [])


@pytest.mark.parametrize("ref", (f"transfer/{NOBODY}", f"joint/{LATE}", f"collab/{DRAFT}", f"oversight/{NOBODY}/1"))
def test_a_case_of_which_nothing_is_known_is_set_and_warned_of_once(people: People, ref: str) -> None:
    answer = agenda(people, ref=ref, refs=[ref, f"transfer/{LATE}"])
    assert answer.status == 200
    assert [(each["code"], ref in each["zh"]) for each in answer.data["warnings"]] == [(WARNED, True)]
    assert [each["code"] for each in agenda(people, refs=[f"transfer/{LATE}", ref]).data["warnings"]] == [WARNED]


def test_an_agency_that_is_not_in_the_register_is_refused_with_its_place(people: People) -> None:
    answer = agenda(people, agencies=["zhujian", "nobody"])
    assert (answer.status, answer.codes) == (422, ["UNKNOWN_AGENCY_CONCERNED"])
    assert answer.data["refusals"][0]["where"] == "items.0.agencies.1"
