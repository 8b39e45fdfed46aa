"""A request's trace goes into the journal and the log."""

import json
import logging

import pytest

from shared.acts.office import Office
from shared.telemetry import tracing
from shared.telemetry.tracing import trace_of
from tests.http.toy import BODY
from tests.served import Asking

CASES = "/api/toy/cases"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
GIVEN = f"00-{TRACE}-00f067aa0ba902b7-01"


def told(office: Office, case: str) -> list[str]:
    """The traceparents of a case's entries."""
    with office.db.read() as tx:
        entries = office.journal.of_stream(tx, case)
    return [json.loads(entry.body).get("traceparent", "") for entry in entries]


def test_every_entry_that_a_request_writes_is_part_of_its_trace(office: Office, people: Asking) -> None:
    case = people.post(CASES, BODY, "zjj", 1, headers={"traceparent": GIVEN}).get_json()["id"]
    assert set(told(office, case)) == {GIVEN}
    other = people.post(CASES, BODY, "zjj", 1).get_json()["id"]
    began = set(told(office, other))
    assert len(began) == 1 and trace_of(began.pop())


@pytest.mark.parametrize("given", ["00-xyz", f"ff{GIVEN[2:]}", "<script>", "0" * 4000])
def test_a_traceparent_that_is_none_begins_a_trace_and_refuses_nothing(
        office: Office, people: Asking, given: str) -> None:
    answer = people.post(CASES, BODY, "zjj", 1, headers={"traceparent": given})
    assert answer.status_code == 201
    parents = set(told(office, answer.get_json()["id"]))
    assert given not in parents and len(parents) == 1 and trace_of(parents.pop())


def test_a_retry_is_the_first_answer_whatever_its_trace(people: Asking) -> None:
    first, second = (people.post(CASES, BODY, "zjj", 1, key="one", headers={"traceparent": parent})
                     for parent in (GIVEN, GIVEN.replace(TRACE, "a" * 32)))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json()


@pytest.mark.parametrize(("path", "recorded"), [
    ("/healthz", False), ("/readyz", False), ("/metrics", False), ("/api/toy/feed", False), (CASES, True)])
def test_what_is_asked_all_day_begins_no_trace_that_is_recorded_but_goes_on_with_its_callers(
        people: Asking, path: str, recorded: bool) -> None:
    spans: list[tracing.Span] = []
    tracing.tell(spans.append)
    try:
        people.get(path, "zjj")
        assert bool(spans) is recorded
        spans.clear()
        people.get(path, "zjj", headers={"traceparent": GIVEN})
        assert [span.trace.id for span in spans] == [TRACE]
    finally:
        tracing.tell(None)


def test_no_trace_is_left_when_a_request_is_over_and_its_log_line_says_what_it_was(
        people: Asking, caplog: pytest.LogCaptureFixture) -> None:
    seen = []
    caplog.handler.addFilter(lambda _: bool(seen.append(tracing.here()) or True))
    with caplog.at_level(logging.INFO, "liandong.http"):
        assert people.get(f"{CASES}/nothing", "zjj", headers={"traceparent": GIVEN}).status_code == 404
    line = caplog.records[-1]
    assert line.__dict__["http.route"] and line.__dict__["http.response.status_code"] == 404
    assert line.__dict__["liandong.refusal"] == "NOT_VISIBLE"
    assert seen[-1] and seen[-1].id == TRACE
    assert tracing.here() is None
