"""29: what a supervision says may be done now is what a real attempt may do, before any content is looked at."""

from typing import Any

import pytest

from shared.acts.office import Office
from shared.deadlines.model import MET
from shared.kernel.clock import HandClock
from tests.offices import People
from tests.oversight.test_supervision import BASE, act, breach, issue, late, office
from tests.oversight.told import case_event, deadline_event, hear

__all__ = ["office"]

ANSWERED = {"says": "移送函已发"}
CLOSE, NEXT = {"result": "已办"}, {"kind": "urging", "says": "请即发函"}


def said(people: People, id: str, name: str, agency: str = "sifa") -> str:
    """The code for which the act is not allowed to the agency; empty: it is."""
    actions = {each["act"]: each for each in people.get(f"{BASE}/{id}", agency).data["actions"]}
    refusal: dict[str, Any] = actions[name]["refusal"] or {}
    assert actions[name]["allowed"] == (not refusal)
    return str(refusal.get("code", ""))


@pytest.fixture
def ladder(office: Office, people: People, clock: HandClock) -> str:
    """A reminder that nobody has answered in time."""
    hear(office, breach(late()))
    id = str(issue(people).data["id"])
    clock.advance(days=14)
    return id


def test_closing_is_not_offered_while_something_is_owed_and_nothing_answered(people: People, ladder: str) -> None:
    assert said(people, ladder, "close") == "STILL_OWED"
    assert act(people, ladder, "close", CLOSE, "sifa").codes == ["STILL_OWED"]


def test_closing_is_offered_once_it_is_answered_or_done(office: Office, people: People, ladder: str) -> None:
    hear(office, deadline_event(late(state=MET, late=True), "met"))
    assert said(people, ladder, "close") == ""
    assert act(people, ladder, "close", CLOSE, "sifa").status == 200


def test_closing_is_offered_after_an_answer_though_it_is_owed_still(people: People, ladder: str) -> None:
    act(people, ladder, "answer", ANSWERED, "zhujian")
    assert said(people, ladder, "close") == ""


def test_who_it_is_not_for_is_told_that_first(people: People, ladder: str) -> None:
    assert said(people, ladder, "close", "zhujian") == "WRONG_PARTY"


@pytest.mark.parametrize("happened, code", ((("met",), "NOTHING_OWED"), (("disputed",), "CASE_DISPUTED"), ((), "")),
                         ids=str)
def test_the_next_step_is_offered_where_something_is_owed_that_no_dispute_holds_up(
        office: Office, people: People, ladder: str, happened: tuple[str, ...], code: str) -> None:
    if "met" in happened:
        hear(office, deadline_event(late(state=MET, late=True), "met"))
    if "disputed" in happened:
        hear(office, case_event("disputed", {"state": "disputed"}))
    assert said(people, ladder, "step-up") == code
    answer = act(people, ladder, "step-up", NEXT, "sifa")
    assert answer.codes == [code] if code else answer.status == 200
