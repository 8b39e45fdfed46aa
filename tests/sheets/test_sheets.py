"""Sheets are written row by row: the same rows give the same bytes, and memory does not grow with them."""

import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from shared.spreadsheets import writer
from shared.spreadsheets.model import Sheet
from shared.spreadsheets.writer import A3, A4, write

COLUMNS = [("序号", 7), ("机关", 28), ("日期", 12), ("事由", 40)]


def rows(many: int) -> Iterator[list[Any]]:
    for number in range(many):
        yield [number, f"第{number}机关", date(2026, 1, 1 + number % 28), f"事由{number}，不与他行相同"]


def made(folder: Path, many: int) -> bytes:
    path = folder / f"{many}.xlsx"
    write(path, (Sheet("台账", "台账", ("截至今日",), COLUMNS, rows(many)),))
    return path.read_bytes()


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path, 50) == made(tmp_path, 50)


def test_every_row_is_there_below_what_stands_above(tmp_path: Path) -> None:
    made(tmp_path, 300)
    page = load_workbook(tmp_path / "300.xlsx").worksheets[0]
    assert [row[0] for row in page.iter_rows(min_row=4, values_only=True)] == list(range(300))
    assert (page["A2"].value, page["C4"].value.date(), page.freeze_panes) == ("截至今日", date(2026, 1, 1), "A4")


def test_each_printed_page_has_the_head_and_all_columns_and_every_row_is_filtered(tmp_path: Path) -> None:
    made(tmp_path, 300)
    page = load_workbook(tmp_path / "300.xlsx").worksheets[0]
    setup = page.page_setup
    assert (page.print_title_rows, page.auto_filter.ref) == ("$1:$3", "A3:D303")
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", A4, 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage, "else the widths count for nothing"


def test_it_looks_as_an_office_prints_it(tmp_path: Path) -> None:
    """A title over the whole width, lines around every cell, long texts wrapped, the page's number and the day."""
    made(tmp_path, 3)
    page = load_workbook(tmp_path / "3.xlsx").worksheets[0]
    assert {str(each) for each in page.merged_cells.ranges} == {"A1:D1", "A2:D2"}
    assert (page["A1"].font.size, page["A1"].alignment.horizontal) == (16, "center")
    foot = page.oddFooter
    assert (foot.center.text, foot.left.text) == ("第 &P 页 共 &N 页", "制表日期：&D")
    for row in page.iter_rows(min_row=3):
        for cell in row:
            assert cell.border.left.style == cell.border.bottom.style == "thin", cell.coordinate
            assert cell.alignment.wrap_text, cell.coordinate
    assert page.row_dimensions[1].height == 30 and page.row_dimensions[4].height is None, "as high as its text needs"


def test_an_empty_cell_has_its_lines_and_a_number_is_a_number(tmp_path: Path) -> None:
    write(tmp_path / "x.xlsx", (Sheet("台账", "台账", (), COLUMNS[:3], ([7, None, None],)),))
    row = load_workbook(tmp_path / "x.xlsx").worksheets[0][3]
    assert [cell.value for cell in row] == [7, None, None]
    assert all(cell.border.top.style == "thin" for cell in row)


@pytest.mark.parametrize("widths, paper, least", (([28] * 4, A4, 1.0), ([20] * 8, A4, 0.85), ([20] * 10, A3, 1.0),
                                                  ([20] * 14, A3, 0.7)), ids=str)
def test_what_would_be_too_small_on_a4_goes_on_a3(widths: list[float], paper: int, least: float) -> None:
    columns = [("栏", width) for width in widths]
    assert writer.paper_of(columns) == paper
    assert writer.shrunk(columns, paper) >= least


def test_a_long_line_above_is_as_high_as_its_text(tmp_path: Path) -> None:
    write(tmp_path / "x.xlsx", (Sheet("台账", "台账", ("短", "各来源处理至" * 20), COLUMNS, ()),))
    page = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert (page.row_dimensions[2].height, page.row_dimensions[3].height) == (14, 42)


def test_a_sheet_without_rows_filters_its_head(tmp_path: Path) -> None:
    made(tmp_path, 0)
    assert load_workbook(tmp_path / "0.xlsx").worksheets[0].auto_filter.ref == "A3:D3"


def test_nothing_but_the_file_is_left(tmp_path: Path) -> None:
    made(tmp_path, 3)
    assert [path.name for path in tmp_path.iterdir()] == ["3.xlsx"]


def test_four_times_the_rows_take_no_more_memory(tmp_path: Path) -> None:
    def peak(many: int) -> int:
        tracemalloc.reset_peak()
        write(tmp_path / "x.xlsx", (Sheet("台账", "台账", (), COLUMNS, rows(many)),))
        return tracemalloc.get_traced_memory()[1]

    write(tmp_path / "x.xlsx", (Sheet("台账", "台账", (), COLUMNS, rows(10)),))      # what is made once for all
    tracemalloc.start()
    try:
        assert peak(4000) < peak(1000) + 200_000, "bytes; 3,000 rows in memory would be two megabytes"
    finally:
        tracemalloc.stop()
