"""The ledger of supervision: which cases and duties were urged, step by step, and what each case was called then."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from shared.acts.office import Office
from tests.offices import People
from tests.oversight.reading_ledgers import LEDGERS, MATTER, REPORTS, cases, issued, office, opened, sheet, supervised
from tests.oversight.told import DAY, case_event, hear, plan_event

__all__ = ["office"]


def test_a_supervision_is_a_row_with_each_of_its_steps(office: Office, people: People) -> None:
    facts = {"target": "zhujian", "issuer": "sifa", "breaches": []}
    hear(office, *(replace(case_event(name, {**facts, **more}, "s-1", DAY + timedelta(days=days)), source="oversight",
                           id=f"{name}-{days}") for days, name, more in (
        (0, "supervision_issued", {"kind": "reminder", "step": 1, "state": "issued", "answer_by": "2025-10-08"}),
        (10, "supervision_issued", {"kind": "urging", "step": 2, "state": "issued", "answer_by": "2025-10-15",
                                    "number": "荣司督〔2025〕2号"}),
        (12, "supervision_answered", {"kind": "urging", "step": 2, "state": "answered", "reporter": "zhujian"}))))
    (item,) = people.get(f"{LEDGERS}/supervision", "zhengfuban").data["items"]
    assert (item["target"], item["steps"], item["issued_on"], item["answer_by"], item["answered_on"]) == (
        "荣成市住房和城乡建设局", 2, "2025-10-09", "2025-10-15", "2025-10-11")
    assert item["number"] == "荣司督〔2025〕2号"
    assert cases(people, "zhujian", of=f"{LEDGERS}/supervision") == ["s-1"]
    assert cases(people, "zonghe", of=f"{LEDGERS}/supervision") == []


def test_what_was_said_to_one_document_is_no_answer_to_the_next(office: Office, people: People) -> None:
    """Yet a period's figures count it."""
    told = ((0, "supervision_issued", {"kind": "reminder", "step": 1, "state": "issued", "number": "督1"}),
            (5, "supervision_answered", {"state": "answered", "step": 1, "reporter": "zhujian"}),
            (6, "delay_explained", {"state": "explained", "ground": "other"}),
            (7, "explanation_rejected", {"state": "issued"}),
            (9, "supervision_issued", {"kind": "urging", "step": 2, "state": "issued"}))
    hear(office, *(replace(case_event(name, {"target": "zhujian", "issuer": "sifa", "breaches": [], **more}, "s-1",
                                      DAY + timedelta(days=days)), source="oversight", id=f"e-{days}")
                   for days, name, more in told))
    (item,) = people.get(f"{LEDGERS}/supervision", "sifa").data["items"]
    empty = ("number", "answered_on", "explained_on", "ground", "rejected_on")
    assert {name: item[name] for name in empty} == dict.fromkeys(empty, "")
    assert (item["kind"], item["steps"]) == ("催办", 2)
    (report,) = (each for each in people.get(f"{REPORTS}/2025-Q3", "sifa").data["ledgers"]
                 if each["ledger"] == "supervision")
    (pair,) = report["by_pair"]
    for figures in (report["figures"], pair):
        assert [figures[name] for name in ("opened", "steps", "answered_on", "rejected_on")] == [1, 2, 1, 1]


def test_the_supervision_ledger_says_which_cases_and_which_duties_were_urged(office: Office, people: People) -> None:
    """By 案由 and 文号 as letters do; a drafted plan, of which its parties alone know, by its id."""
    hear(office, opened(), issued(), plan_event("drafted", "draft", participants=["zonghe"]),
         supervised(("transfer", "case-1", "transfer.letter"), ("collab", "plan-1", "collab.draft"),
                    ("transfer", "case-1", "transfer.delivery")))
    (item,) = people.get(f"{LEDGERS}/supervision", "zhujian").data["items"]
    assert item["cases"] == "案件移送（案由：违法建设；移送函文号：第case-1号）、协同执法（平台编号plan-1）"
    letter, draft, delivery = (office.law.now().current(DAY).clocks[f"{clock}"].says for clock in (
        "transfer.letter", "collab.draft", "transfer.delivery"))
    assert item["clocks"] == f"{letter}、{draft}、{delivery}"
    page = load_workbook(io.BytesIO(sheet(people, f"{LEDGERS}/supervision"))).worksheets[0]
    row = dict(zip((cell.value for cell in page[4]), page[5], strict=True))
    assert (row["督办案件"].value, row["平台编号"].value) == (item["cases"], "s-1")


def test_the_supervision_ledger_names_what_stands_in_no_ledger_as_letters_do(office: Office, people: People) -> None:
    hear(office, supervised(("sharing", "hold-1", "sharing.hold"), ("sharing", "list-1", "sharing.entrustment")))
    (item,) = people.get(f"{LEDGERS}/supervision", "sifa").data["items"]
    assert item["cases"] == "个人信息保全（平台编号hold-1）、委托执法（平台编号list-1）"


def test_who_has_left_a_case_reads_what_it_was_called_then(office: Office, people: People) -> None:
    """Its next letter is nothing that an earlier receiver is told of."""
    hear(office, opened(), issued(), supervised(("transfer", "case-1", "transfer.review"), target="zonghe"),
         case_event("rerouted", {**MATTER, "receiver": "shichang"}, on=DAY + timedelta(days=6)),
         replace(issued(days=8, receiver="shichang", number="第二号"), id="letter-2"))
    for agency, number in (("sifa", "第二号"), ("zonghe", "第case-1号")):
        (item,) = people.get(f"{LEDGERS}/supervision", agency).data["items"]
        assert item["cases"] == f"案件移送（案由：违法建设；移送函文号：{number}）", agency


def test_what_the_supervision_ledger_calls_a_case_is_as_of_the_instant_asked_for(
        office: Office, people: People) -> None:
    hear(office, opened(), supervised(("transfer", "case-1", "transfer.letter"), days=1))
    of, asked = f"{LEDGERS}/supervision", {"as_of": (DAY + timedelta(days=1)).isoformat()}
    before = people.get(of, "sifa", **asked).data
    assert before["items"][0]["cases"] == "案件移送（案由：违法建设；平台编号case-1）"
    assert {each["service"] for each in before["heard"]} == {"collab", "joint", "oversight", "sharing", "transfer"}, (
        "it names cases of all of them")
    hear(office, issued())
    assert people.get(of, "sifa", **asked).data == before
    assert people.get(of, "sifa").data["items"][0]["cases"] == "案件移送（案由：违法建设；移送函文号：第case-1号）"


@pytest.mark.parametrize("first, second, shown", (
    ({}, {}, ""), ({}, {"number": "督2"}, "督2"), ({"number": "督1"}, {"number": "督2"}, "督2"),
    ({"number": "督1"}, {"number": ""}, ""),
), ids=("of before it was told", "told since", "the last one's", "never an earlier document's"))
def test_a_supervision_s_row_has_the_number_of_its_last_document(
        office: Office, people: People, first: dict[str, str], second: dict[str, str], shown: str) -> None:
    facts = {"target": "zhujian", "issuer": "sifa", "breaches": [], "kind": "reminder", "state": "issued",
             "answer_by": "2025-10-08"}
    hear(office, *(replace(case_event("supervision_issued", {**facts, **more}, "s-1", DAY + timedelta(days=days)),
                           source="oversight", id=f"issued-{days}") for days, more in enumerate((first, second))))
    (item,) = people.get(f"{LEDGERS}/supervision", "sifa").data["items"]
    assert item["number"] == shown
    page = load_workbook(io.BytesIO(sheet(people, f"{LEDGERS}/supervision"))).worksheets[0]
    row = dict(zip((cell.value for cell in page[4]), page[5], strict=True))
    assert (row["督查文书文号"].value or "") == shown
