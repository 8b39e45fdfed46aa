"""Ledgers and reports as workbooks: as an office opens and prints them."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from services.oversight.ledgers import period_reports, sheets
from services.oversight.ledgers.definitions import KINDS, Kind
from services.oversight.ledgers.periods import Span
from services.oversight.scorecards.periods import period_of
from shared.acts.office import Office
from shared.bus.parking import Parked, park
from shared.bus.tables import follower_cursor, parked
from shared.contracts.envelope import stamp
from shared.kernel.clock import start_of
from shared.spreadsheets import writer
from tests.offices import People
from tests.oversight.reading_ledgers import (
    LEDGERS,
    REPORTS,
    TRANSFERS,
    issued,
    office,
    opened,
    sheet,
)
from tests.oversight.told import (
    DAY,
    hear,
)

__all__ = ["office"]


# sheets

@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_every_ledger_and_report_can_be_read_when_it_is_printed(kind: Kind) -> None:
    """A4 or A3 across; shrunk below seven tenths nobody reads it."""
    span = Span(DAY, DAY, start_of(DAY))
    figures = period_reports.told(period_reports.tally(kind, ()), {})
    pages = [sheets.ledger(kind, "", span, "", ()),
             *sheets.report(period_of("2025"), "", span.as_of, "", ((kind, figures),))]
    shrunk = {page.tab: writer.shrunk(page.columns, writer.paper_of(page.columns)) for page in pages}
    assert {tab: by for tab, by in shrunk.items() if by < 0.7} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_ledger_comes_in_both_forms_as_of_a_past_day(office: Office, people: People, kind: str) -> None:
    hear(office, opened())
    asked, path = {"as_of": DAY.isoformat()}, f"{LEDGERS}/{kind}"
    told = people.get(path, "sifa", **asked)
    assert (told.status, told.data["title"]) == (200, KINDS[kind].title)
    assert sheet(people, path, **asked) == sheet(people, path, **asked)


def test_a_sheet_opens_as_an_office_would_expect(office: Office, people: People) -> None:
    hear(office, opened(), issued(number="=1+1"))
    book = load_workbook(io.BytesIO(sheet(people, TRANSFERS)))
    page = book.worksheets[0]
    assert (page.title, page["A1"].value, page.freeze_panes) == ("案件移送台账", "案件移送台账", "A5")
    last = page.cell(5, page.max_column).coordinate
    assert (page.auto_filter.ref, page.print_title_rows, page.page_setup.orientation) == (
        f"A4:{last}", "$1:$4", "landscape")
    assert page["A2"].value == ("填报单位：荣成市司法局　　数据截至 2025-10-28 24:00（北京时间）　　"
                                "统计期间：2021-02-18 至 2025-10-29（以通报或者电话告知之日计）")
    assert page["A3"].value == "各来源处理至：信息共享 尚未收到；案件移送 尚未收到"
    heads = [cell.value for cell in page[4]]
    assert heads[:4] == ["序号", "移送机关", "接收机关", "案由"] and heads[-1] == "平台编号"
    assert page.column_dimensions["B"].width == 13 and page["B4"].font.bold
    row = dict(zip(heads, page[5], strict=True))
    assert row["移送日期"].value.date() == date(2025, 10, 1) and row["移送日期"].number_format == "yyyy-mm-dd"
    assert (row["移送函文号"].value, row["移送函文号"].data_type) == ("=1+1", "s"), "a text is no formula"
    assert row["受理日期"].value is None and row["法定逾期（各方合计）"].value == 0
    answer = people.fetch(TRANSFERS, "sifa", format="xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6%A1%88%E4%BB%B6")


def test_a_quarter_s_report_has_its_sums_its_agencies_and_its_pairs_on_sheets_of_their_own(
        office: Office, people: People) -> None:
    hear(office, opened(), opened("case-2", receiver="shichang"), opened("case-3", 2))
    book = load_workbook(io.BytesIO(sheet(people, f"{REPORTS}/2025-Q3")))
    assert book.sheetnames[:4] == ["合计", "案件移送（按机关）", "案件移送（机关之间）", "协同执法、联合执法（按机关）"]
    assert len(book.sheetnames) == 1 + 2 * len(KINDS) - 1, "a filing has one agency alone"
    sums, agencies, pairs = book.worksheets[:3]
    assert sums["A1"].value == "2025年第三季度行政执法联动统计表（合计）"
    assert [cell.value for cell in sums[6]] == ["案件移送台账", "通报或者电话告知", "件数", 2]
    housing, market = "荣成市住房和城乡建设局", "荣成市市场监督管理局"
    assert [cell.value for cell in agencies[5]][:4] == ["序号", "移送机关", "件数", "通报"]
    assert [row[:3] for row in agencies.iter_rows(min_row=6, values_only=True)] == [(1, housing, 2)]
    assert [row[:4] for row in pairs.iter_rows(min_row=6, values_only=True)] == [
        (1, housing, market, 1), (2, housing, "荣成市综合行政执法局", 1)]
    assert agencies["A3"].value.startswith("“件数”是统计期间内通报或者电话告知的事项")
    assert sheet(people, f"{REPORTS}/2025-Q3", as_of="2025-10-10") == sheet(
        people, f"{REPORTS}/2025-Q3", as_of="2025-10-10")


def test_it_says_how_far_each_source_was_heard_and_what_comes_later_changes_nothing(
        office: Office, people: People) -> None:
    """Of what was recorded up to the instant that is asked for: heard whole, the answer is the same from then on."""
    def heard_to(position: int, days: int, waiting: int = 0) -> None:
        at = start_of(DAY + timedelta(days=days))
        with office.db.write() as tx:
            for table in (follower_cursor, parked):
                tx.execute(table.delete())
            tx.execute(follower_cursor.insert(), {
                "consumer": "oversight", "source": "transfer", "epoch": "e1", "position": position, "last_id": "x",
                "last_at": at})
            for number in range(waiting):
                park(tx, Parked("oversight", "transfer", number + 1, "e1", "case-1", "x", "", 1, None, at, "{}"))

    hear(office, opened())
    asked = {"as_of": start_of(DAY + timedelta(days=3)).isoformat()}
    heard_to(5, 2, waiting=2)
    assert people.get(TRANSFERS, "sifa", **asked).data["heard"] == [
        {"service": "sharing", "recorded_at": None, "waiting": 0},
        {"service": "transfer", "recorded_at": stamp(start_of(DAY + timedelta(days=2))), "waiting": 2}]
    page = load_workbook(io.BytesIO(sheet(people, TRANSFERS, **asked))).worksheets[0]
    assert page["A3"].value == "各来源处理至：信息共享 尚未收到；案件移送 2025-10-01 00:00:00（另有2条等待处理）"
    heard_to(9, 5)
    whole, file = people.get(TRANSFERS, "sifa", **asked).data, sheet(people, TRANSFERS, **asked)
    assert whole["heard"][1] == {
        "service": "transfer", "recorded_at": stamp(start_of(DAY + timedelta(days=3))), "waiting": 0}
    report = people.get(f"{REPORTS}/2025-Q3", "sifa", **asked).data
    assert whole["heard"][1] in report["heard"] and len(report["heard"]) == 5
    heard_to(12, 8)
    assert (people.get(TRANSFERS, "sifa", **asked).data, sheet(people, TRANSFERS, **asked)) == (whole, file)
    assert people.get(f"{REPORTS}/2025-Q3", "sifa", **asked).data == report
