"""A closing report becomes a filing by itself; justice registers or returns it; transfer hears of a return."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.acts.office import Office
from shared.contracts.envelope import Event, event_of
from shared.kernel.clock import HandClock
from tests.offices import People
from tests.oversight.told import DAY, closure, hear

FILINGS = "/api/oversight/filings"
RETURN = {"ground": "incomplete", "reason": "缺少处罚决定书", "lacks": ["处罚决定书"]}


@pytest.fixture
def filing(office: Office, people: People) -> str:
    """The id of a filing that waits for justice."""
    hear(office, closure())
    found: str = people.get(FILINGS, "sifa").data["items"][0]["id"]
    return found


def events(office: Office, agency: str | None = None) -> list[Event]:
    with office.db.read() as tx:
        return [event_of(each.body) for each in office.journal.feed(tx, 0, 1000, agency)]


def names(office: Office, agency: str | None = None) -> list[str]:
    return [event.name for event in events(office, agency)]


def test_a_closing_report_waits_as_a_filing_and_says_what_caused_it(
    office: Office, people: People, filing: str
) -> None:
    item = people.get(FILINGS, "sifa").data["items"][0]
    assert (item["state"], item["filed_by"], item["filed_on"], item["number"]) == (
        "received", "zonghe", "2025-09-29", "荣综执结字〔2025〕第1号")
    received = next(event for event in events(office) if event.name == "filing_received")
    assert (received.causation, received.subject) == (closure().id, filing)
    assert {"filing_received", "deadline_started"} <= set(names(office, "sifa"))


def test_a_report_entered_later_is_filed_on_its_true_date(office: Office, people: People, clock: HandClock) -> None:
    clock.advance(days=3)
    hear(office, closure(on=DAY - timedelta(days=1)))
    assert people.get(FILINGS, "sifa").data["items"][0]["filed_on"] == "2025-09-28"


def test_justice_registers_it(office: Office, people: People, filing: str) -> None:
    answer = people.post(f"{FILINGS}/{filing}/register", {"number": "荣司备〔2025〕1号"}, "sifa", 1, seen=1)
    assert (answer.status, answer.data["state"]) == (200, "registered")
    seen = people.get(FILINGS, "zonghe", case="case-1").data["items"][0]
    assert (seen["filing_number"], seen["state_title"]) == ("荣司备〔2025〕1号", "已登记备案")
    assert {"filing_registered", "deadline_met"} <= set(names(office, "zonghe"))


@pytest.mark.parametrize("number, codes", (("荣司备〔2025〕1号", []), ("12", []), ("荣司备1号", ["NUMBER_FORM"]),
                                           ("荣司备〔2062〕1号", ["NUMBER_YEAR"])))
def test_a_doubtful_filing_number_is_warned_of_and_taken(people: People, filing: str, number: str,
                                                         codes: list[str]) -> None:
    answer = people.post(f"{FILINGS}/{filing}/register", {"number": number}, "sifa", 1, seen=1)
    assert (answer.status, [each["code"] for each in answer.data.get("warnings", [])]) == (200, codes)


def test_a_filing_number_is_used_once(office: Office, people: People, filing: str) -> None:
    hear(office, closure("case-2"))
    other = people.get(FILINGS, "sifa", case="case-2").data["items"][0]["id"]
    number = {"number": "荣司备〔2025〕1号"}
    assert people.post(f"{FILINGS}/{filing}/register", number, "sifa", seen=1).status == 200
    again = people.post(f"{FILINGS}/{other}/register", number, "sifa", seen=1)
    assert (again.status, again.codes) == (422, ["FILING_NUMBER_USED"])


def test_a_return_tells_what_transfer_needs_to_begin_the_clock_anew(
    office: Office, people: People, filing: str
) -> None:
    answer = people.post(f"{FILINGS}/{filing}/return", RETURN, "sifa", 1, seen=1)
    assert (answer.status, answer.data["state"]) == (200, "returned")
    returned = next(event for event in events(office) if event.name == "filing_returned")
    assert returned.subject == filing
    assert {name: returned.data[name] for name in ("chapter", "case", "report", "filed_by")} == {
        "chapter": "transfer", "case": "case-1", "report": 1, "filed_by": "zonghe"}
    assert "处罚决定书" not in str(returned.data), "what lacks is read over the API"


def test_after_a_return_the_next_report_is_a_filing_of_its_own(office: Office, people: People, filing: str,
                                                               clock: HandClock) -> None:
    people.post(f"{FILINGS}/{filing}/return", RETURN, "sifa", seen=1)
    clock.advance(hours=1)
    hear(office, closure(report=2))
    found = people.get(FILINGS, "sifa", case="case-1").data["items"]
    assert [(item["report"], item["state"]) for item in found] == [(2, "received"), (1, "returned")]


@pytest.mark.parametrize(
    ("agency", "status"), [("zonghe", 403), ("zhengfuban", 403), ("zhujian", 404), ("nobody", 404)]
)
def test_nobody_but_justice_decides_and_a_stranger_sees_nothing(
    people: People, filing: str, agency: str, status: int
) -> None:
    assert people.post(f"{FILINGS}/{filing}/register", {"number": "x"}, agency, 3, seen=1).status == status
    assert people.get(f"{FILINGS}/{filing}", agency).status == (404 if status == 404 else 200)


def test_there_is_no_route_to_open_a_filing(people: People) -> None:
    assert people.post(FILINGS, {}, "sifa", 3).status == 405


@pytest.mark.parametrize("body", [{}, {"number": ""}, {"number": 1}, {"number": "x", "more": 1}])
def test_what_comes_in_is_read_strictly(people: People, filing: str, body: dict[str, Any]) -> None:
    assert people.post(f"{FILINGS}/{filing}/register", body, "sifa", seen=1).status == 422


def test_filings_wait_with_a_clock_of_their_own(office: Office, people: People, filing: str) -> None:
    found = people.get(f"{FILINGS}/{filing}/deadlines", "sifa").data["items"]
    assert [(item["clock"], item["bound"], item["light"]) for item in found] == [("oversight.filing", "sifa", "green")]


def test_this_services_own_deadlines_are_on_the_board(office: Office, people: People, filing: str) -> None:
    hear(office, *(event for event in events(office) if event.name.startswith("deadline_")))
    found = people.get("/api/oversight/deadlines", "sifa", service="oversight").data["items"]
    assert [(item["clock"], item["case"]) for item in found] == [("oversight.filing", filing)]


def test_an_event_that_lacks_what_a_filing_needs_fails_and_leaves_nothing(office: Office, people: People) -> None:
    broken = replace(closure(), data={"sender": "zhujian"})
    with pytest.raises(KeyError):
        hear(office, broken)
    assert people.get(FILINGS, "sifa").data["items"] == []
