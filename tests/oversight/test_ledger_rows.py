"""A ledger's row comes of the events of its case, in their order, and of nothing else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from liandong.contract import known
from services.collab.domain import CHAPTER as COLLAB
from services.joint.domain import CHAPTER as JOINT
from services.oversight.ledgers import definitions, period_reports
from services.oversight.ledgers import rows as ledger_rows
from services.oversight.ledgers.definitions import CODE, DISPUTES, KINDS, PLANS, QUERIES, TRANSFERS, Column, Kind
from services.oversight.ledgers.periods import span_of
from services.oversight.scorecards.periods import period_of
from services.sharing.queries.domain.acts import CHAPTER as QUERY
from services.sharing.tips.domain.acts import CHAPTER as TIP
from services.transfer.domain import CHAPTER as TRANSFER
from shared.acts.model import Chapter
from shared.contracts.envelope import Event
from shared.kernel.clock import end_of, start_of
from shared.kernel.errors import Refused
from tests.oversight.told import DAY, case_event, deadline, deadline_event
from tests.situations.city import rulebook

NAMES = {"zhujian": "荣成市住房和城乡建设局", "zonghe": "荣成市综合行政执法局"}
PARTIES = {"sender": "zhujian", "receiver": "zonghe"}
COLUMNS = [(kind, column) for kind in KINDS.values() for column in kind.columns]


def told(name: str, days: int = 0, **facts: Any) -> Event:
    event = case_event(name, {**PARTIES, **facts}, on=DAY + timedelta(days=days))
    return replace(event, id=f"{name}-{days}")


def row_of(kind: Kind, *events: Event) -> ledger_rows.Row:
    row: ledger_rows.Row = {}
    for event in events:
        row = ledger_rows.after(kind, row, event)
    return row


def words(kind: Kind, row: ledger_rows.Row, service: str = "") -> Mapping[str, Any]:
    service, lists = service or next(iter(kind.services)), ledger_rows.lists_of(kind, rulebook())
    return {name: value for name, value in ledger_rows.shown(kind, service, row, NAMES, lists).items() if value}


ANNOUNCED = told("announced", state="announced", cause="illegal_building", ground="not_competent")
LETTER = told("letter_issued", 2, state="issued", number="荣住建移字〔2025〕第1号")


def test_a_transfer_s_row_reads_as_an_office_would_write_it() -> None:
    row = row_of(TRANSFERS, ANNOUNCED, LETTER, told("supplement_requested", 4, state="supplementing", number="补1"),
                 told("supplemented", 5, state="received"), told("supplement_requested", 6, number="补2"),
                 told("accepted", 8, state="accepted", number="荣综执受字〔2025〕第1号"))
    assert words(TRANSFERS, row) == {
        "sender": NAMES["zhujian"], "receiver": NAMES["zonghe"], "cause": "违法建设", "ground": row_ground(),
        "announced_on": "2025-09-29", "letter": "荣住建移字〔2025〕第1号", "issued_on": "2025-10-01", "supplements": 2,
        "accepted_on": "2025-10-07", "acceptance": "荣综执受字〔2025〕第1号", "state": "已受理"}


@pytest.mark.parametrize("service, facts, shown", (
    ("collab", {"grounds": ["7-1-2", "7-4"], "causes": ["illegal_building"]}, {"causes": "违法建设"}),
    ("joint", {"grounds": ["15-2"]}, {})))
def test_a_plan_s_row_says_which_of_the_two_kinds_it_is_and_what_it_is_about(
        service: str, facts: Mapping[str, Any], shown: Mapping[str, str]) -> None:
    row = row_of(PLANS, told("drafted", lead="zhujian", participants=["zonghe"], state="draft", **facts))
    titles = rulebook().list_of(f"grounds:{service}.")
    assert words(PLANS, row, service) == {
        "chapter": {"collab": "协同执法", "joint": "联合执法"}[service], "lead": NAMES["zhujian"],
        "participants": NAMES["zonghe"], "drafted_on": "2025-09-29", "state": COLLAB.states["draft"],
        "grounds": "、".join(titles[each] for each in facts["grounds"]), **shown}


REFUSED = (LETTER, told("delivered", 2), told("received", 3, state="received"), told("supplement_requested", 4),
           told("refused", 6, state="refused", ground="not_competent"))
ELSEWHERE = {"receiver": "shichang", "state": "announced"}


@pytest.mark.parametrize("notice", ("rerouted", "ruled_announced"))
def test_after_a_new_notice_the_row_tells_what_is_with_the_receiver_now_and_nothing_of_the_one_before(
        notice: str) -> None:
    row = row_of(TRANSFERS, ANNOUNCED, *REFUSED, told(notice, 8, **ELSEWHERE))
    assert words(TRANSFERS, row) == {
        "sender": NAMES["zhujian"], "receiver": "shichang", "cause": "违法建设", "ground": row_ground(),
        "announced_on": "2025-10-07", "state": "已通报待移送"}
    row = ledger_rows.after(TRANSFERS, row, told("letter_issued", 9, **{**ELSEWHERE, "number": "第2号"}))
    assert (row["letter"], row["issued_on"]) == ("第2号", "2025-10-08")
    assert "received_on" not in row and "refused_on" not in row


def test_a_refusal_that_a_ruling_set_aside_is_the_row_s_no_more_and_the_letter_stays() -> None:
    row = row_of(TRANSFERS, ANNOUNCED, *REFUSED, told("disputed", 7, state="disputed"),
                 told("ruled_received", 9, state="received", number="明1"))
    assert row["letter"] == "荣住建移字〔2025〕第1号" and row["state"] == "received"
    assert "refused_on" not in row and "refusal_ground" not in row


def test_a_case_that_is_handled_anew_is_not_shown_as_closed() -> None:
    row = row_of(TRANSFERS, ANNOUNCED, LETTER, told("accepted", 4, number="受1"), told("case_filed", 5, number="立1"),
                 told("decision_recorded", 6, number="罚1"), told("closed", 7, outcome="executed", state="closed"),
                 told("closure_reported", 8, number="报1", state="reported"), told("reopened", 9, state="accepted"))
    gone = {"decided_on", "decision", "closed_on", "outcome", "reported_on", "report"}
    assert not gone & {*words(TRANSFERS, row)} and (row["acceptance"], row["filing"]) == ("受1", "立1")


def test_a_date_put_right_of_an_earlier_notice_changes_nothing_of_the_present_one() -> None:
    row = row_of(TRANSFERS, ANNOUNCED, *REFUSED, told("rerouted", 8, **ELSEWHERE))
    assert words(TRANSFERS, ledger_rows.after(TRANSFERS, row, told(
        "corrected", 9, corrected="refused-6", was_on="2025-10-05", right_on="2025-10-04"))) == words(TRANSFERS, row)


def row_ground() -> str:
    return rulebook().list_of("grounds:transfer.")["not_competent"]


def test_an_event_that_tells_nothing_a_ledger_shows_leaves_the_row_as_it_is() -> None:
    row = row_of(TRANSFERS, ANNOUNCED)
    assert ledger_rows.after(TRANSFERS, row, told("measure_recorded", 1, state="announced")) is row


@pytest.mark.parametrize("of, put_right", (("letter_issued-2", "2025-09-30"), ("announced-0", "2025-10-01"),
                                           ("another", "2025-10-01")), ids=str)
def test_a_true_date_put_right_is_the_row_s_where_that_entry_told_it(of: str, put_right: str) -> None:
    row = row_of(TRANSFERS, ANNOUNCED, LETTER, told("corrected", 3, corrected=of, was_on="2025-10-01",
                                                    right_on="2025-09-30"))
    assert row["issued_on"] == put_right


def test_an_older_date_put_right_does_not_undo_a_later_act_of_the_same_name() -> None:
    again = told("letter_reissued", 3, number="荣住建移字〔2025〕第2号")
    row = row_of(TRANSFERS, ANNOUNCED, LETTER, again, told("corrected", 4, corrected=LETTER.id, was_on="2025-10-01",
                                                           right_on="2025-09-30"))
    assert (row["issued_on"], row["letter"]) == ("2025-10-02", "荣住建移字〔2025〕第2号")


@pytest.mark.parametrize("told_of, late", (
    ({"breached_generation": 1}, 1), ({"late": True}, 1), ({"breached_generation": 1, "late": True}, 1), ({}, 0),
    ({"breached_generation": 1, "statutory": False}, 0)), ids=str)
def test_a_deadline_set_by_law_counts_once_it_is_over(told_of: dict[str, Any], late: int) -> None:
    event = deadline_event(deadline("d1", **told_of), "breached")
    row = ledger_rows.after_deadline(row_of(TRANSFERS, ANNOUNCED), event.data)
    assert words(TRANSFERS, row).get("late", 0) == late


def test_a_delay_that_a_date_put_right_withdraws_counts_no_more() -> None:
    row = row_of(TRANSFERS, ANNOUNCED)
    over = ledger_rows.after_deadline(row, deadline_event(deadline("d1", breached_generation=1)).data)
    assert ledger_rows.after_deadline(over, deadline_event(deadline("d1", late=False)).data)[ledger_rows.OVER] == []


def test_each_dispute_of_a_case_has_its_row() -> None:
    first, second = told("disputed", 3, dispute=1, ground="competence"), told("disputed", 9, dispute=2)
    assert [ledger_rows.key_of(DISPUTES, each) for each in (first, second)] == ["case-1/1", "case-1/2"]
    assert ledger_rows.key_of(DISPUTES, told("accepted", 4)) == "", "what names no dispute is about all of them"


# the tables

STATES: tuple[tuple[Mapping[str, str], Chapter], ...] = (
    (definitions.TRANSFER_STATES, TRANSFER), (definitions.QUERY_STATES, QUERY), (definitions.TIP_STATES, TIP))


@pytest.mark.parametrize("said, chapter", STATES, ids=lambda each: getattr(each, "title", ""))
def test_states_are_called_as_their_chapter_calls_them(said: Mapping[str, str], chapter: Chapter) -> None:
    assert dict(said) == dict(chapter.states)


def test_plans_have_the_states_of_both_chapters() -> None:
    assert dict(PLANS.column("state").words or {}) == {**COLLAB.states, **JOINT.states}


@pytest.mark.parametrize("kind, column", COLUMNS, ids=lambda each: each.id)
def test_a_column_is_told_by_events_that_there_are(kind: Kind, column: Column) -> None:
    """In one of the ledger's services at least each of its events is declared, with the column's fact."""
    for event in column.events:
        tellings = [known()[service, event] for service in kind.services if (service, event) in known()]
        assert tellings, event
        if column.fact:
            assert any(column.fact in {fact.name for fact in each.facts} for each in tellings), event
    if column.tells == CODE and not column.words:
        lists = ledger_rows.lists_of(kind, rulebook())
        assert all(lists[column.codes.format(service=service)] for service in kind.services)


def test_what_begins_anew_are_columns_and_events_that_there_are() -> None:
    for kind in KINDS.values():
        for event, columns in kind.anew.items():
            assert any((service, event) in known() for service in kind.services), event
            assert {*columns} <= {each.id for each in kind.columns if not each.part}, event


def test_a_ledger_begins_with_events_that_there_are() -> None:
    missing = {(kind.id, event) for kind in KINDS.values() for event in kind.opens
               if not any((service, event) in known() for service in kind.services)}
    assert missing == set()


def test_columns_and_ledgers_have_names_of_their_own() -> None:
    assert all(len({column.id for column in kind.columns}) == len(kind.columns) for kind in KINDS.values())
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)


# periods

@pytest.mark.parametrize("text, since, until, title", (
    ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
    ("2025-12", date(2025, 12, 1), date(2025, 12, 31), "2025年12月"),
    ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31), "2025年第四季度"),
    ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
    ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
), ids=str)
def test_a_period_is_a_month_a_quarter_or_a_year(text: str, since: date, until: date, title: str) -> None:
    found = period_of(text)
    assert (found.first, found.last, found.title) == (since, until, title)


@pytest.mark.parametrize("text", ("2026-13", "2026-Q5", "26", "2026-00", "2026-1", "1999", "2026-Q", "abc"))
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        period_of(text)
    assert [each.code for each in refused.value.refusals] == ["BAD_PERIOD"]


NOON, BEGAN = start_of(DAY) + timedelta(hours=12), date(2019, 3, 1)


def test_by_default_a_ledger_is_of_all_that_began_as_of_now() -> None:
    span = span_of({}, NOON, BEGAN)
    assert (span.since, span.until, span.as_of) == (BEGAN, DAY, NOON)


def test_as_of_a_day_that_is_over_is_its_midnight_and_as_of_today_is_now() -> None:
    assert span_of({"as_of": "2025-09-28"}, NOON, BEGAN).as_of == end_of(date(2025, 9, 28))
    assert span_of({"as_of": "2025-09-29"}, NOON, BEGAN).as_of == NOON


@pytest.mark.parametrize("asked, codes", (
    ({"from": "x", "to": "2025-02-30", "as_of": "now"}, ["BAD_DAY", "BAD_DAY", "BAD_DAY"]),
    ({"from": "2025-09-02", "to": "2025-09-01"}, ["TURNED_ROUND"]), ({"as_of": "2025-09-30"}, ["AS_OF_TO_COME"]),
    ({"as_of": "9999-12-31"}, ["BAD_DAY"]), ({"as_of": "0001-01-01T00:00:00+08:00"}, ["BAD_DAY"]),

    ({"as_of": "2025-09-29T12:00:01+08:00"}, ["AS_OF_TO_COME"]), ({"as_of": "2025-09-29T01:00:00"}, ["BAD_DAY"]),
), ids=str)
def test_days_that_make_no_sense_are_all_told(asked: dict[str, str], codes: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        span_of(asked, NOON, BEGAN)
    assert [each.code for each in refused.value.refusals] == codes


# figures

def test_a_period_counts_by_agency_and_by_pair_and_ranks_nobody() -> None:
    rows = [row_of(TRANSFERS, ANNOUNCED, LETTER, told("refused", 3)), row_of(TRANSFERS, ANNOUNCED),
            {**row_of(TRANSFERS, ANNOUNCED), "receiver": "shichang"}]
    said = period_reports.told(period_reports.tally(TRANSFERS, rows), NAMES)
    assert (said["figures"]["opened"], said["figures"]["refused_on"]) == (3, 1)
    assert [(each["name"], each["opened"]) for each in said["by_agency"]] == [(NAMES["zhujian"], 3)]
    assert [(each["other"], each["opened"], each["refused_on"]) for each in said["by_pair"]] == [
        ("shichang", 1, 0), ("zonghe", 2, 1)]


def test_a_participant_counts_with_each_plan_it_takes_part_in() -> None:
    rows = [{"lead": "zhujian", "participants": agencies} for agencies in (["zonghe", "shichang"], ["zonghe"])]
    said = period_reports.told(period_reports.tally(PLANS, rows), NAMES)
    assert {each["other"]: each["opened"] for each in said["by_pair"]} == {"zonghe": 2, "shichang": 1}
    assert said["figures"]["opened"] == 2


def test_one_outside_the_register_asks_nobody_s_figures() -> None:
    said = period_reports.told(period_reports.tally(QUERIES, [{"asker": "", "holder": "zonghe"}]), NAMES)
    assert said["by_agency"] == [] and said["figures"]["opened"] == 1
