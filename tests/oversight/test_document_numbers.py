"""29, 31: a 文号 is given once by an agency, to a document of supervision and to a report of accountability; on both back
ends."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shared.acts.office import Office
from shared.kernel.clock import HandClock
from tests.offices import Answer, People
from tests.oversight import test_accountability as matters
from tests.oversight.test_supervision import act, breach, issue, late, office
from tests.oversight.told import hear, plan_event

__all__ = ["office"]

NUMBER = "荣督〔2025〕1号"
USED = ["SUPERVISION_NUMBER_USED"]


@pytest.fixture(autouse=True)
def two_overdue(office: Office) -> None:
    hear(office, breach(late()), breach(late("d2"), 8), plan_event("started", "running", participants=["shichang"]))


def codes(answer: Answer) -> list[str]:
    """For what it is refused; empty: it is not."""
    return answer.codes if answer.status >= 400 else []


def another(people: People, **more: Any) -> list[str]:
    """The codes for which a ladder about the other deadline is refused."""
    return codes(issue(people, deadlines=["transfer/d2"], **more))


def test_a_number_is_given_once_by_an_office_and_the_other_office_may_have_the_same(people: People) -> None:
    assert issue(people, number=NUMBER).status == 201
    assert another(people, number=NUMBER) == USED
    assert another(people, number=NUMBER, agency="zhengfuban") == []


def test_documents_without_a_number_are_as_many_as_there_are(people: People) -> None:
    assert issue(people).status == 201
    assert another(people) == []


def test_the_next_step_has_a_number_of_its_own_and_takes_it(people: People, clock: HandClock) -> None:
    id = issue(people, number=NUMBER).data["id"]
    clock.advance(days=14)
    urged = {"kind": "urging", "says": "请即发函"}
    assert act(people, id, "step-up", {**urged, "number": NUMBER}, "sifa").codes == USED
    assert act(people, id, "step-up", {**urged, "number": "荣督〔2025〕2号"}, "sifa").status == 200
    assert another(people, number="荣督〔2025〕2号") == USED


def test_a_refused_document_has_used_no_number(people: People) -> None:
    assert issue(people, number=NUMBER, says="").status == 422
    assert another(people, number=NUMBER) == []


def test_two_that_are_issued_at_once_do_not_have_the_same_number(people: People) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda id: issue(people, deadlines=[f"transfer/{id}"], number=NUMBER), ("d1", "d2")))
    assert sorted((each.status, *codes(each)) for each in answers) == [(201,), (422, *USED)]


def test_a_report_of_accountability_has_a_number_of_its_reporters_own(people: People) -> None:
    def reported(agency: str, number: str, **more: Any) -> list[str]:
        entered = people.post(matters.BASE, {**matters.TYPED, **more}, agency)
        assert entered.status == 201, entered.data
        return codes(matters.act(people, entered, "report", {"number": number}, agency))

    assert issue(people, number=NUMBER).status == 201
    assert reported("sifa", NUMBER, plan="") == [], "what is a document of supervision is no report"
    assert reported("sifa", NUMBER, plan="") == ["ACCOUNTABILITY_NUMBER_USED"]
    assert reported("zhujian", NUMBER) == []
    assert reported("sifa", "", plan="") == reported("sifa", "", plan="") == []
