"""Scorecards as a workbook: ranks, sources and pairs, each as an office prints it."""

import io
from dataclasses import replace

from openpyxl import Workbook, load_workbook

from shared.acts.office import Office
from shared.spreadsheets import writer
from tests.offices import People
from tests.oversight.test_scorecards import CARDS, SEPTEMBER, office, turned, worked
from tests.oversight.told import case_event, hear

__all__ = ["office"]


def workbook(people: People, agency: str = "sifa", /, **asked: str) -> Workbook:
    answer = people.fetch(CARDS, agency, period="2025-09", format="xlsx", **asked)
    assert answer.status_code == 200, answer.data
    return load_workbook(io.BytesIO(answer.data))


def test_a_scorecard_is_a_workbook_of_ranks_sources_and_pairs(office: Office, people: People) -> None:
    hear(office, *worked("zhujian", 20, late=3, breached=1), *worked("shichang", 9, late=9),
         *turned("case-1", "zhujian", "zonghe", "letter_issued", "refused"))
    book = workbook(people)
    assert book.sheetnames == ["考核", "按依据", "机关之间"]
    ranks, sources, pairs = (list(page.iter_rows(values_only=True)) for page in book.worksheets)
    assert ranks[0][0] == "2025年9月行政执法联动考核表"
    assert str(ranks[1][0]).startswith("填报单位：荣成市司法局　　数据截至 ") and "2025-09-01 至 2025-09-30" in str(ranks[1][0])
    assert ranks[3] == ("排名", "机关", "案件数", "应办", "按期完成", "逾期完成", "逾期未完成", "待确认", "尚未到期", "说明已采纳",
                        "无正当理由逾期", "无正当理由逾期占比（%）")
    assert ranks[4:] == [(1, "荣成市住房和城乡建设局", 20, 20, 16, 3, 1, 0, 0, 0, 4, 20),
                         (None, "荣成市市场监督管理局", 9, 9, 0, 9, 0, 0, 0, 0, 9, None)]
    assert [row[1:5] for row in sources[3:]] == [
        ("荣成市住房和城乡建设局", "法定期限", 20, 16), ("荣成市市场监督管理局", "法定期限", 9, 0)]
    assert pairs[4][1:7] == ("案件移送", "荣成市住房和城乡建设局", "荣成市综合行政执法局", 1, 1, 0)


def test_who_asked_a_query_and_is_not_in_the_register_is_said_to_be_outside_it(office: Office, people: People) -> None:
    """No event names it, and an empty field looked like a fault of the sheet."""
    asked = {"asker": "", "holder": "zonghe", "kind": "ordinary", "state": "asked"}
    hear(office, replace(case_event("query_asked", asked, "q-1", SEPTEMBER), source="sharing"))
    pairs = list(workbook(people).worksheets[2].iter_rows(min_row=5, values_only=True))
    assert [row[1:5] for row in pairs] == [("信息查询", "册外机关", "荣成市综合行政执法局", 1)]
    item, = people.get(CARDS, "sifa", period="2025-09").data["pairs"]
    assert (item["sender"], item["sender_name"]) == ("", "册外机关")
    row, = people.get("/api/oversight/ledgers/queries", "sifa").data["items"]
    assert row["asker"] == "册外机关"


def test_an_agency_s_workbook_has_its_own_row_alone_and_what_it_asked_for(office: Office, people: People) -> None:
    hear(office, *worked("zhujian", 10), *worked("zonghe", 10))
    for viewer, asked in (("zonghe", {}), ("sifa", {"agency": "zonghe"})):
        page = workbook(people, viewer, **asked).worksheets[0]
        assert [row[1] for row in page.iter_rows(min_row=5, values_only=True)] == ["荣成市综合行政执法局"]


def test_every_sheet_of_a_scorecard_can_be_read_when_it_is_printed(office: Office, people: People) -> None:
    for page in workbook(people).worksheets:
        columns = [(str(cell.value), page.column_dimensions[cell.column_letter].width) for cell in page[page.max_row]]
        assert writer.shrunk(columns, writer.paper_of(columns)) >= 0.7, page.title


def test_what_is_no_format_is_refused(people: People) -> None:
    assert people.get(CARDS, "sifa", format="pdf").codes == ["UNKNOWN_FORMAT"]
