"""Spreadsheets that go out: XLSX written row by row, the same bytes for the same rows."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

CHUNK = 1 << 16
A4 = 9                                  # as XLSX names the paper
DAY = "yyyy-mm-dd"
_HEAD = (Font(bold=True), PatternFill("solid", fgColor="DCE6F1"), Alignment(wrap_text=True, vertical="center"))
_STAMPED = (2021, 2, 18, 0, 0, 0)       # every part's time: the regulation's first day, for zip needs one
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what stands above its table, the columns with their widths in characters, and the rows."""

    title: str
    above: Sequence[str]
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Any]]


def write(path: Path, sheets: Iterable[Sheet]) -> None:
    """Writes the file. Rows are taken one by one and go to the disk: memory does not grow with them. Days are days, and
    no text is taken for a formula."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill(book, sheet)
    draft = path.with_suffix(".draft")
    try:
        book.save(draft)
        settle(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _fill(book: Workbook, sheet: Sheet) -> None:
    page, head = book.create_sheet(sheet.title), len(sheet.above) + 1
    for number, (_, width) in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = f"A{head + 1}"
    _to_print(page, head)
    for line in sheet.above:
        page.append([line])
    page.append([_head(page, title) for title, _ in sheet.columns])
    last = head
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])
        last += 1
    page.auto_filter.ref = f"A{head}:{get_column_letter(len(sheet.columns))}{last}"


def _to_print(page: Any, head: int) -> None:
    """On A4 across, all columns on one page's width; each page begins with what stands above and the head."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"1:{head}"


def _head(page: Any, title: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, title)
    cell.font, cell.fill, cell.alignment = _HEAD
    return cell


def _cell(page: Any, value: Any) -> Any:
    if isinstance(value, date):
        cell = WriteOnlyCell(page, value)
        cell.number_format = DAY
        return cell
    if isinstance(value, str) and value.startswith(_FORMULA):
        cell = WriteOnlyCell(page, value)
        cell.data_type, cell.quotePrefix = "s", True
        return cell
    return value


def settle(draft: Path, path: Path) -> None:
    """The file without the clock's traces: openpyxl writes when it was saved, zip when each part was."""
    with zipfile.ZipFile(draft) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(made.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            part = zipfile.ZipInfo(name, _STAMPED)
            part.compress_type = zipfile.ZIP_DEFLATED
            with made.open(name) as source, fixed.open(part, "w", force_zip64=True) as target:
                if name == "docProps/core.xml":
                    target.write(_MODIFIED.sub(rb"\g<1>2021-02-18T00:00:00Z", source.read()))
                else:
                    while chunk := source.read(CHUNK):
                        target.write(chunk)
