"""Sheets are written row by row: the same rows give the same bytes, and memory does not grow with them."""

import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from shared.sheets import Sheet, write

COLUMNS = [("序号", 7), ("机关", 28), ("日期", 12), ("事由", 40)]


def rows(many: int) -> Iterator[list[Any]]:
    for number in range(many):
        yield [number, f"第{number}机关", date(2026, 1, 1 + number % 28), f"事由{number}，不与他行相同"]


def made(folder: Path, many: int) -> bytes:
    path = folder / f"{many}.xlsx"
    write(path, (Sheet("台账", ("台账", "截至今日"), COLUMNS, rows(many)),))
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
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage, "else the widths count for nothing"


def test_a_sheet_without_rows_filters_its_head(tmp_path: Path) -> None:
    made(tmp_path, 0)
    assert load_workbook(tmp_path / "0.xlsx").worksheets[0].auto_filter.ref == "A3:D3"


def test_nothing_but_the_file_is_left(tmp_path: Path) -> None:
    made(tmp_path, 3)
    assert [path.name for path in tmp_path.iterdir()] == ["3.xlsx"]


def test_four_times_the_rows_take_no_more_memory(tmp_path: Path) -> None:
    def peak(many: int) -> int:
        tracemalloc.reset_peak()
        write(tmp_path / "x.xlsx", (Sheet("台账", ("台账",), COLUMNS, rows(many)),))
        return tracemalloc.get_traced_memory()[1]

    write(tmp_path / "x.xlsx", (Sheet("台账", ("台账",), COLUMNS, rows(10)),))      # what is made once for all
    tracemalloc.start()
    try:
        assert peak(4000) < peak(1000) + 200_000, "bytes; 3,000 rows in memory would be two megabytes"
    finally:
        tracemalloc.stop()
