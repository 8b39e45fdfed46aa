"""What a transfer was with an earlier receiver, or before it was handled anew: no more the row's, counted still."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.oversight.ledgers import period_reports, rows
from services.oversight.ledgers.definitions import TRANSFERS
from shared.contracts.envelope import Event
from shared.kernel.clock import start_of
from shared.kernel.ids import new_id
from tests.oversight.test_ledger_rows import ANNOUNCED, ELSEWHERE, LETTER, NAMES, REFUSED, row_of, told, words
from tests.oversight.told import DAY, deadline, deadline_event


def test_what_a_former_receiver_turned_back_counts_with_it_and_the_case_once() -> None:
    row = row_of(TRANSFERS, ANNOUNCED, *REFUSED, told("rerouted", 8, **ELSEWHERE),
                 told("letter_issued", 9, **{**ELSEWHERE, "number": "第2号"}))
    said = period_reports.told(period_reports.tally(TRANSFERS, [row]), NAMES)
    counted = ("opened", "issued_on", "refused_on", "supplements")
    assert [said["figures"][each] for each in counted] == [1, 2, 1, 1]
    assert [(each["other"], *(each[name] for name in counted)) for each in said["by_pair"]] == [
        ("shichang", 1, 1, 0, 0), ("zonghe", 1, 1, 1, 1)]


@pytest.mark.parametrize("events, figure", (
    ((told("closed", 3), told("reopened", 4), told("closed", 5)), "closed_on"),
    ((told("refused", 3), told("ruled_received", 4), told("refused", 5)), "refused_on")), ids=("closed", "refused"))
def test_a_receiver_s_own_report_counts_what_it_did_before_as_its_sender_s_does(
        events: tuple[Event, ...], figure: str) -> None:
    row = row_of(TRANSFERS, ANNOUNCED, LETTER, *events)
    found = {own: period_reports.tally(TRANSFERS, [row], own) for own in ("", "zhujian", "zonghe")}
    assert {own: each.total[figure] for own, each in found.items()} == {"": 2, "zhujian": 2, "zonghe": 2}
    assert {each.by_pair["zhujian", "zonghe"][figure] for each in found.values()} == {2}


def test_a_receiver_to_whom_a_case_comes_back_counts_what_it_did_and_not_what_another_did() -> None:
    back = {"receiver": "zonghe", "state": "announced"}
    row = row_of(TRANSFERS, ANNOUNCED, *REFUSED, told("rerouted", 8, **ELSEWHERE),
                 told("refused", 9, **ELSEWHERE), told("rerouted", 10, **back))
    assert {own: period_reports.tally(TRANSFERS, [row], own).total["refused_on"]
            for own in ("", "zhujian", "zonghe", "shichang")} == {"": 2, "zhujian": 2, "zonghe": 1, "shichang": 1}


def id_on(days: int) -> str:
    """An entry's id of that day: ids sort as entries were made."""
    return new_id(start_of(DAY + timedelta(days=days)))


ANNOUNCED_TWICE = (ANNOUNCED, *REFUSED, replace(told("rerouted", 8, **ELSEWHERE), id=id_on(8)))


def overdue(days: int, late: bool | None = True, by: str = "") -> Mapping[str, Any]:
    """What is told of a deadline that an entry of that day began."""
    return deadline_event(deadline(f"d{days}", bound="zonghe", started_by=by or id_on(days), late=late)).data


def late_of(*happened: Event | Mapping[str, Any]) -> tuple[rows.Row, dict[str, int]]:
    """A transfer's row after acts and news of deadlines, and how many are counted late with each receiver."""
    row: rows.Row = {}
    for each in happened:
        row = rows.after(TRANSFERS, row, each) if isinstance(each, Event) else (
            rows.after_deadline(row, each))
    said = period_reports.told(period_reports.tally(TRANSFERS, [row]), NAMES)
    assert said["figures"]["late"] == sum(each["late"] for each in said["by_pair"])
    return row, {each["other"]: each["late"] for each in said["by_pair"]}


@pytest.mark.parametrize("news, counted", (
    ([overdue(2), *ANNOUNCED_TWICE[-1:]], {"zonghe": 1, "shichang": 0}),
    ([*ANNOUNCED_TWICE[-1:], overdue(2)], {"zonghe": 1, "shichang": 0}),
    ([overdue(2), *ANNOUNCED_TWICE[-1:], overdue(2, late=False)], {"zonghe": 0, "shichang": 0}),
    ([*ANNOUNCED_TWICE[-1:], overdue(8, by=ANNOUNCED_TWICE[-1].id)], {"zonghe": 0, "shichang": 1}),
    ([*ANNOUNCED_TWICE[-1:], overdue(9)], {"zonghe": 0, "shichang": 1}),
    ([overdue(2), *ANNOUNCED_TWICE[-1:], overdue(9)], {"zonghe": 1, "shichang": 1}),
), ids=("before it", "told after it", "withdrawn after it", "begun by the new notice", "begun after it", "with both"))
def test_what_was_late_counts_with_the_receiver_of_whose_notice_the_deadline_was(
        news: list[Event | Mapping[str, Any]], counted: dict[str, int]) -> None:
    row, late = late_of(*ANNOUNCED_TWICE[:-1], *news)
    assert late == counted and words(TRANSFERS, row).get("late", 0) == counted["shichang"]


def test_a_deadline_of_an_earlier_notice_that_tells_nothing_new_leaves_the_row_as_it_is() -> None:
    row, _ = late_of(*ANNOUNCED_TWICE[:-1], overdue(2), ANNOUNCED_TWICE[-1])
    assert rows.after_deadline(row, overdue(2)) is row
    assert rows.after_deadline(row, overdue(3, late=None)) is row


def test_what_was_late_stays_in_the_row_of_a_case_that_is_handled_anew_by_the_same_receiver() -> None:
    row, late = late_of(ANNOUNCED, LETTER, overdue(2), told("closed", 7, outcome="executed", state="closed"),
                        told("reopened", 9, state="accepted"))
    assert late == {"zonghe": 1} and words(TRANSFERS, row)["late"] == 1
