"""The day on which a query was passed on, put right: the next holder's query begins on it, on both back ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from services.sharing.queries.commands import CorrectPassed
from shared.acts.model import THE_SUITE
from shared.acts.request import Request
from shared.kernel.errors import Refused
from tests.served import codes
from tests.sharing.test_queries import BASE, Queries, office, queries

__all__ = ["office", "queries"]


def passed(queries: Queries, days: int = 1) -> str:
    """A query that 综合执法局 passed on to 市场监管局; the entry of that."""
    queries.do("ask", "zjj")
    queries.clock.advance(days=1)
    told: str = queries.do("pass-on", "zhzf")["entry"]
    queries.clock.advance(days=days)
    queries.hear()
    return told


def right_day(queries: Queries, entry: str, old: date, new: date) -> TestResponse:
    return queries.try_("correct", "zhzf", entry=entry, field="happened_on", old=old.isoformat(), new=new.isoformat(),
                        reason="转出日期录错", number="", leader="")


def at_next(queries: Queries) -> dict[str, Any]:
    """The query as the next holder reads it."""
    listed = queries.people.get(f"{BASE}?passed_from={queries.id}", "scjg").get_json()["items"]
    told: dict[str, Any] = queries.people.get(f"{BASE}/{listed[0]['id']}", "scjg").get_json()
    return {**told, "opened_on": listed[0]["opened_on"]}


def test_the_right_day_of_a_passing_on_comes_to_the_next_holder_whose_clock_counts_from_it(queries: Queries) -> None:
    entry = passed(queries)
    wrong = queries.today - timedelta(days=1)
    right = wrong - timedelta(days=1)
    before = at_next(queries)
    due = queries.people.get(f"{BASE}/{before['id']}/deadlines", "scjg").get_json()["items"][0]["due_on"]
    assert right_day(queries, entry, wrong, right).status_code == 200
    for _ in range(2):
        queries.hear()
    after = at_next(queries)
    assert (before["opened_on"], after["opened_on"]) == (wrong.isoformat(), right.isoformat())
    assert after["case"]["asked_on"] == after["case"]["earlier"][0]["on"] == right.isoformat()
    assert [each["reason"] for each in after["case"]["corrections"]] == ["转出日期录错"]
    clock = queries.people.get(f"{BASE}/{after['id']}/deadlines", "scjg").get_json()["items"][0]
    assert clock["due_on"] < due and clock["started_on"] == right.isoformat()


def test_no_day_of_a_passing_on_is_right_that_lies_after_what_the_next_holder_did(queries: Queries) -> None:
    entry, first = passed(queries, days=0), queries.id
    wrong = queries.today
    queries.id, queries.revision = at_next(queries)["id"], 1
    queries.do("answer", "scjg")
    queries.clock.advance(days=2)
    queries.id = first
    queries.revision = queries.people.get(f"{BASE}/{first}", "zhzf").get_json()["revision"]
    refused = right_day(queries, entry, wrong, wrong + timedelta(days=1))
    assert codes(refused) == ["OUT_OF_ORDER"]


def test_a_query_that_was_not_passed_on_has_no_day_of_that(queries: Queries) -> None:
    queries.do("ask", "zjj")
    with pytest.raises(Refused) as refused:
        queries.office.acts["queries"].do(
            "correct-passed", CorrectPassed(queries.today, "转出日期录错", "zhzf"), THE_SUITE, Request(queries.id))
    assert [each.code for each in refused.value.refusals] == ["NO_SUCH_ENTRY"]
