"""Spreadsheets that go out: XLSX written row by row, the same bytes for the same rows, as an office prints them.

Importing this imports openpyxl, which takes as long as a tenth of all else: who starts does not wait for it.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from shared.spreadsheets.model import CHUNK, Sheet

DAY = "yyyy-mm-dd"
_STAMPED = (2021, 2, 18, 0, 0, 0)       # every part's time: the regulation's first day, for zip needs one
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# The page. A column's width is in characters: so many millimetres each, and some for its edges, as a screen of 96 dpi
# shows them and a printer prints them.
A3, A4 = 8, 9                           # as XLSX names the paper
ACROSS = {A4: 297, A3: 420}             # millimetres, the long side
MARGIN = 8
_CHARACTER, _EDGES = 7 * 25.4 / 96, 5 * 25.4 / 96
LEGIBLE = 0.85                          # what would shrink more to fit A4 goes on A3
FOOT = "第 &P 页 共 &N 页"
PRINTED = "制表日期：&D"                    # told by whoever prints it: the file is the same on whichever day it is made
SIGNED = "审核：　　　　　　填表：　　　　　　"

_BODY, _TITLE = "宋体", "黑体"
_LINE, _TALL = 14, 30                   # points: a line of the body, the title
_BOX = Border(*[Side("thin")] * 4)
_LEFT = Alignment(wrap_text=True, vertical="center")
_MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")


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


def shrunk(columns: Sequence[tuple[str, float]], paper: int) -> float:
    """To which part of its size a table is shrunk so that all columns stand on one page's width; 1: not at all."""
    needed = sum(width * _CHARACTER + _EDGES for _, width in columns)
    return min(1.0, (ACROSS[paper] - 2 * MARGIN) / needed)


def paper_of(columns: Sequence[tuple[str, float]]) -> int:
    """A4 across where that is legible, else A3 across."""
    return A4 if shrunk(columns, A4) >= LEGIBLE else A3


def _fill(book: Workbook, sheet: Sheet) -> None:
    page, styles, columns = book.create_sheet(sheet.tab), _styles(book), sheet.columns
    head, last_column = len(sheet.above) + 2, get_column_letter(len(columns))
    for number, (_, width) in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = f"A{head + 1}"
    _to_print(page, head, paper_of(columns))
    _heights(page, sheet, head)
    page.append([_styled(page, sheet.title, styles["title"])])
    for line in sheet.above:
        page.append([_styled(page, line, styles["above"])])
    page.append([_styled(page, title, styles["head"]) for title, _ in columns])
    last = head
    for row in sheet.rows:
        page.append([_cell(page, value, styles) for value in row])
        last += 1
    page.auto_filter.ref = f"A{head}:{last_column}{last}"
    for number in range(1, head):
        page.merged_cells.add(f"A{number}:{last_column}{number}")


def _to_print(page: Any, head: int, paper: int) -> None:
    """All columns on one page's width; each page begins with what stands above and the head, and says which it is."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", paper
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"1:{head}"
    page.print_options.horizontalCentered = True
    margins = page.page_margins
    margins.left = margins.right = MARGIN / 25.4
    margins.top, margins.bottom, margins.footer = 12 / 25.4, 16 / 25.4, 7 / 25.4
    foot = page.oddFooter
    foot.left.text, foot.center.text, foot.right.text = PRINTED, FOOT, SIGNED


def _heights(page: Any, sheet: Sheet, head: int) -> None:
    """Of the rows above the table, which are merged, and of its head: no program makes a merged row as high as its text
    needs. The rows below have none and are made so."""
    whole = sum(width for _, width in sheet.columns)
    page.row_dimensions[1].height = _TALL
    for number, line in enumerate(sheet.above, start=2):
        page.row_dimensions[number].height = _LINE * _lines(line, whole)
    page.row_dimensions[head].height = _LINE * max(2, *(_lines(title, width) for title, width in sheet.columns))


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in so many characters, of which a Chinese one takes two."""
    signs = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return max(1, -int(-signs // max(width - 1, 1)))


def _styles(book: Workbook) -> Mapping[str, Any]:
    """What cells look like, each made once for the book: to build it anew for every cell takes longer than all else."""
    page = book.worksheets[-1]

    def style(alignment: Alignment = _LEFT, font: Font | None = None, **more: Any) -> Any:
        cell = WriteOnlyCell(page)
        cell.font, cell.alignment = font or Font(_BODY, 10), alignment
        for name, value in more.items():
            setattr(cell, name, value)
        return cell._style

    head = {"border": _BOX, "fill": PatternFill("solid", fgColor="DCE6F1")}
    return {
        "title": style(_MIDDLE, Font(_TITLE, 16, b=True)), "above": style(),
        "head": style(_MIDDLE, Font(_BODY, 10, b=True), **head), "text": style(border=_BOX),
        "quoted": style(border=_BOX, quotePrefix=True), "number": style(_MIDDLE, border=_BOX),
        "day": style(_MIDDLE, border=_BOX, number_format=DAY)}


def _styled(page: Any, value: Any, style: Any) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value)
    cell._style = style
    return cell


def _cell(page: Any, value: Any, styles: Mapping[str, Any]) -> WriteOnlyCell:
    if isinstance(value, str):
        if value.startswith(_FORMULA):
            cell = _styled(page, value, styles["quoted"])
            cell.data_type = "s"
            return cell
        return _styled(page, value, styles["text"])
    return _styled(page, value, styles["day" if isinstance(value, date) else "number"])


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
