"""Ledgers and period reports over HTTP: as of a past day they are the same whenever they are asked for."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from shared.acts.office import Office
from shared.kernel.clock import start_of
from tests.offices import People
from tests.oversight.reading_ledgers import (
    LEDGERS,
    MATTER,
    REPORTS,
    TRANSFERS,
    cases,
    issued,
    office,
    opened,
    rows,
    sheet,
    supervised,
)
from tests.oversight.told import (
    AGENCIES,
    DAY,
    case_event,
    closure,
    deadline,
    deadline_event,
    declined,
    hear,
    plan_event,
    registered,
)

__all__ = ["office"]


def test_a_ledger_tells_its_columns_and_each_case_with_where_it_is_read(office: Office, people: People) -> None:
    hear(office, opened(), issued())
    told = people.get(TRANSFERS, "sifa").data
    assert (told["title"], told["article"]) == ("案件移送台账", "22, 23, 25")
    assert {"id": "letter", "title": "移送函文号", "tells": "text"} in told["columns"]
    (item,) = told["items"]
    assert (item["path"], item["opened_on"]) == ("/api/transfer/cases/case-1", "2025-09-29")
    assert (item["sender"], item["cause"], item["issued_on"], item["state"]) == (
        "荣成市住房和城乡建设局", "违法建设", "2025-10-01", "已移送待接收")
    assert {each["ledger"] for each in people.get(LEDGERS, "zonghe").data["items"]} >= {
        "transfers", "plans", "filings", "disputes", "supervision", "queries", "tips", "accountability"}


def test_as_of_a_past_day_it_is_the_same_whatever_has_happened_since(office: Office, people: People) -> None:
    hear(office, opened(), opened("case-2", 1))
    asked = {"as_of": (DAY + timedelta(days=1)).isoformat()}
    before, file = people.get(TRANSFERS, "sifa", **asked).data, sheet(people, TRANSFERS, **asked)
    over = replace(deadline_event(deadline("d1", breached_generation=1)), time=start_of(DAY + timedelta(days=9)))
    hear(office, issued(), issued("case-2", 3), opened("case-3", 2), over,
         registered(replace(AGENCIES[3], name="荣成市住建和城管局"), 5))
    assert people.get(TRANSFERS, "sifa", **asked).data == before
    assert sheet(people, TRANSFERS, **asked) == file
    now = people.get(TRANSFERS, "sifa").data["items"]
    assert [(item["case"], item["issued_on"], item["late"]) for item in now] == [
        ("case-1", "2025-10-01", 1), ("case-2", "2025-10-02", 0), ("case-3", "", 0)]
    assert now[0]["sender"] == "荣成市住建和城管局"


def test_an_agency_s_name_is_that_of_the_day_whichever_is_heard_first(office: Office, people: People) -> None:
    """The register's news may come before the case's, or long after."""
    hear(office, registered(replace(AGENCIES[3], name="荣成市住建和城管局"), 5), opened())
    asked = {"as_of": (DAY + timedelta(days=4)).isoformat()}
    assert people.get(TRANSFERS, "sifa", **asked).data["items"][0]["sender"] == "荣成市住房和城乡建设局"
    asked = {"as_of": (DAY + timedelta(days=5)).isoformat()}
    assert people.get(TRANSFERS, "sifa", **asked).data["items"][0]["sender"] == "荣成市住建和城管局"


def test_a_period_is_of_what_began_in_it_with_its_first_and_last_day(office: Office, people: People) -> None:
    hear(office, *(opened(f"case-{days}", days) for days in range(5)))
    assert cases(people, **{"from": "2025-09-30", "to": "2025-10-02"}) == ["case-1", "case-2", "case-3"]


def test_pages_have_every_row_once(office: Office, people: People) -> None:
    hear(office, *(opened(f"case-{number}", number // 3) for number in range(10)))
    found, after = list[str](), ""
    while True:
        page = people.get(TRANSFERS, "sifa", limit="3", **({"after": after} if after else {})).data
        found += [item["case"] for item in page["items"]]
        if not (after := page["next"]):
            break
    assert found == [f"case-{number}" for number in range(10)]


# who may see what

@pytest.mark.parametrize("agency, seen", (
    ("sifa", ["case-1", "case-2"]), ("zhengfuban", ["case-1", "case-2"]), ("zhujian", ["case-1", "case-2"]),
    ("zonghe", ["case-1"]), ("shichang", ["case-2"]), ("jijian", []),
))
def test_an_agency_sees_the_cases_it_has_a_part_in_and_overseers_all(
        office: Office, people: People, agency: str, seen: list[str]) -> None:
    hear(office, opened(), opened("case-2", receiver="shichang"))
    assert cases(people, agency) == seen
    assert _count(people, agency) == len(seen)
    assert len(rows(people, TRANSFERS, agency)) == len(seen)


def _count(people: People, agency: str) -> int:
    said = people.get(f"{REPORTS}/2025", agency).data["ledgers"]
    return int(next(each for each in said if each["ledger"] == "transfers")["figures"]["opened"])


def test_who_has_left_a_case_sees_it_as_of_its_time_only(office: Office, people: People) -> None:
    hear(office, opened(), replace(opened(days=4, receiver="shichang"), id="rerouted", name="rerouted"))
    assert cases(people, "zonghe") == []
    assert cases(people, "zonghe", as_of=(DAY + timedelta(days=3)).isoformat()) == ["case-1"]
    assert cases(people, "shichang", as_of=(DAY + timedelta(days=3)).isoformat()) == []


def test_a_plan_that_is_drafted_still_is_its_parties_alone(office: Office, people: People) -> None:
    of = f"{LEDGERS}/plans"
    hear(office, plan_event("drafted", "draft", participants=["zonghe"]))
    assert [cases(people, agency, of=of) for agency in ("zhujian", "sifa", "zhengfuban")] == [["plan-1"], [], []]
    hear(office, plan_event("submitted", "submitted", participants=["zonghe"], on=DAY + timedelta(days=2), number="报1"))
    assert cases(people, "sifa", of=of) == ["plan-1"]
    assert cases(people, "sifa", of=of, as_of=(DAY + timedelta(days=1)).isoformat()) == [], "nor afterwards"


def test_every_look_is_logged(office: Office, people: People) -> None:
    for path in (TRANSFERS, f"{REPORTS}/2025-Q3"):
        people.get(path, "zonghe")
    with office.db.read() as tx:
        found = tx.exec_driver_sql("SELECT what, subject, agency FROM access_log").all()
    assert sorted(map(tuple, found)) == [
        ("GET /api/oversight/ledgers/<kind>", "transfers", "zonghe"),
        ("GET /api/oversight/reports/<period>", "2025-Q3", "zonghe")]


def test_what_was_with_another_receiver_before_the_present_one_learns_neither_by_row_nor_by_figure(
        office: Office, people: People) -> None:
    hear(office, opened(), issued(), deadline_event(deadline("d-1", bound="zonghe", late=True), "met"),
         case_event("refused", {**MATTER, "state": "refused", "ground": "not_competent"}, on=DAY + timedelta(days=4)),
         case_event("rerouted", {**MATTER, "receiver": "shichang"}, on=DAY + timedelta(days=6)))
    for agency, refused in (("sifa", 1), ("zhujian", 1), ("shichang", 0)):
        report = people.get(f"{REPORTS}/2025-Q3", agency).data["ledgers"][0]
        (item,) = people.get(TRANSFERS, agency).data["items"]
        assert (report["figures"]["refused_on"], item["letter"], item["refused_on"]) == (refused, "", ""), agency
        assert [(each["other"], each["late"]) for each in report["by_pair"]] == [
            ("shichang", 0), ("zonghe", 1)][:1 + refused], agency
        assert (report["figures"]["late"], item["late"]) == (refused, 0), agency


def test_what_is_zero_for_nothing_is_known_says_so_and_what_an_agency_reads_of_another_too(
        office: Office, people: People) -> None:
    def notes(path: str, agency: str, /, **asked: str) -> list[tuple[str, str]]:
        return [(each["code"], each["zh"]) for each in people.get(path, agency, **asked).data["notes"]]

    assert [code for code, _ in notes(f"{REPORTS}/2025-Q3", "sifa")] == ["NOTHING_THEN"], "nothing at all is known"
    hear(office, opened(), opened("case-2", receiver="shichang"))
    (code, words), = notes(f"{REPORTS}/2024", "sifa")
    assert (code, "2025-09-29" in words) == ("NOTHING_THEN", True)
    assert "没有记录不等于没有事项" in str(rows_above(people, f"{REPORTS}/2024"))
    assert notes(f"{REPORTS}/2025-Q3", "sifa") == notes(f"{REPORTS}/2025-Q3", "sifa", agency="zonghe") == []
    for path in (TRANSFERS, f"{REPORTS}/2025-Q3"):
        (code, words), = notes(path, "zonghe", agency="zhujian")
        assert (code, "荣成市住房和城乡建设局" in words) == ("ONLY_SHARED", True)
        assert notes(path, "zonghe", agency="zonghe") == notes(path, "zonghe") == []
    assert cases(people, "zonghe", agency="zhujian") == ["case-1"]


def test_what_a_ledger_notes_rests_on_what_was_heard_for_it_and_as_of_the_same_instant(
        office: Office, people: People) -> None:
    def noted(path: str, **asked: str) -> list[str]:
        return [each["en"] for each in people.get(path, "sifa", **asked).data["notes"]]

    hear(office, supervised(("transfer", "case-1", "transfer.letter"), days=1))
    assert "none yet" in noted(TRANSFERS)[0], "the supervision's source is not told with this ledger"
    assert noted(f"{LEDGERS}/supervision") == []
    hear(office, opened())
    assert noted(TRANSFERS) == []
    assert "none yet" in noted(TRANSFERS, as_of=(DAY - timedelta(days=1)).isoformat())[0]


def rows_above(people: People, path: str) -> str:
    return str(load_workbook(io.BytesIO(sheet(people, path))).worksheets[0]["A4"].value)


# every ledger

def test_filings_and_notices_of_declining_stand_in_theirs(office: Office, people: People) -> None:
    hear(office, closure(), declined())
    with office.db.read() as tx:
        own = [each.type for each in office.journal.feed(tx, 0, 100)]
    assert own.count("filing_received") == 2, "oversight hears its own journal as it hears others'"


def test_a_dispute_is_a_row_of_its_own_with_its_ruling(office: Office, people: People) -> None:
    hear(office, opened(), case_event("disputed", {**MATTER, "dispute": 1, "ground": "competence",
                                                   "interim_holder": "zonghe"}, on=DAY + timedelta(days=3)),
         case_event("ruled_received", {**MATTER, "dispute": 1, "number": "荣司明字〔2025〕第1号", "outcome": "receiver"},
                    on=DAY + timedelta(days=9)))
    (item,) = people.get(f"{LEDGERS}/disputes", "sifa").data["items"]
    assert item["cases"] == "案件移送（案由：违法建设；平台编号case-1）", "an office knows which case is disputed"
    assert (item["case"], item["disputed_on"], item["ruled_on"], item["ruling"], item["interim_holder"]) == (
        "case-1", "2025-10-02", "2025-10-08", "荣司明字〔2025〕第1号", "荣成市综合行政执法局")


def test_a_matter_of_accountability_is_its_parties_alone(office: Office, people: People) -> None:
    """31: the agency meant learns nothing of it, the government office neither, justice once it is reported to it."""
    of, facts = f"{LEDGERS}/accountability", {"meant": "zonghe", "situations": ["31-5"], "reporter": "zhujian"}
    hear(office, replace(case_event("accountability_entered", {**facts, "offices": [], "state": "entered"}, "a-1"),
                         source="oversight"))
    everyone = ("zhujian", "zonghe", "sifa", "zhengfuban", "jijian")
    assert [agency for agency in everyone if cases(people, agency, of=of)] == ["zhujian"]
    reported = {**facts, "offices": ["jijian", "sifa"], "state": "reported"}
    hear(office, replace(case_event("accountability_reported", reported, "a-1", DAY + timedelta(days=1)),
                         source="oversight"))
    assert [agency for agency in everyone if cases(people, agency, of=of)] == ["zhujian", "sifa", "jijian"]
    assert cases(people, "sifa", of=of, as_of=DAY.isoformat()) == []


# what is wrong

@pytest.mark.parametrize("path, asked, status, code", (
    (f"{LEDGERS}/nothing", {}, 404, "UNKNOWN_LEDGER"), (TRANSFERS, {"format": "pdf"}, 400, "UNKNOWN_FORMAT"),
    (TRANSFERS, {"from": "yesterday"}, 400, "BAD_DAY"), (TRANSFERS, {"bound": "x"}, 400, "UNKNOWN_PARAMETER"),
    (TRANSFERS, {"agency": "nobody"}, 400, "BAD_FILTER"),
    (f"{REPORTS}/2025", {"agency": "x"}, 400, "BAD_FILTER"),
    (TRANSFERS, {"as_of": "2099-01-01"}, 400, "AS_OF_TO_COME"), (TRANSFERS, {"after": "x"}, 400, "BAD_AFTER"),
    (f"{REPORTS}/2025-Q9", {}, 404, "BAD_PERIOD"), (f"{REPORTS}/2025", {"as_of": "x"}, 400, "BAD_DAY"),
))
def test_what_makes_no_sense_is_told(people: People, path: str, asked: dict[str, str], status: int, code: str) -> None:
    answer = people.get(path, "sifa", **asked)
    assert (answer.status, answer.codes) == (status, [code])
