"""Reading a delivery of archive records: NDJSON and XLSX, line by line. What cannot be read as a record is told with
its line; what is no such file at all is refused whole. A file comes from outside: nothing in it is trusted.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError

from services.sharing.archive.domain import LISTS, MOST, NO_RECORDS, TITLES, TOO_MANY, AddRecords, Line, Record, at_line
from services.sharing.archive.schemas import RecordSchema
from shared.contracts.apart import Apart
from shared.files.words import BROKEN_ZIP
from shared.forms.rows import read
from shared.http.words import refusals_of
from shared.kernel.errors import Refusal, Refused

NDJSON, XLSX = "application/x-ndjson", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPACKED = 100 * 1024 ** 2        # bytes that an XLSX may come to when it is unpacked
PARTS = 200                       # files within it
COLUMNS = 64                      # columns looked at
BLANKS = 1_000                    # empty rows in a row after which a sheet is taken to have ended
SHOWN = "visible"                 # a sheet's state
EXACT = 10 ** 15                  # above it Excel has rounded a number

NOT_UTF8 = Refusal("NOT_UTF8", "文件应当用 UTF-8 编码。", "The file must be in UTF-8.", "internal")
NOT_A_WORKBOOK = Refusal("NOT_A_WORKBOOK", "文件不是可以读取的 XLSX 工作簿；.xls、加密的和损坏的都不能读取。",
                         "This is no XLSX workbook that can be read.", "internal")
WITH_MACROS = Refusal("WITH_MACROS", "工作簿含有宏，请另存为不含宏的 XLSX。", "The workbook holds macros: save it without.", "internal")
TOO_LARGE_INSIDE = Refusal("TOO_LARGE_INSIDE", "工作簿解压后过大，请分批报送。", "Unpacked the workbook is too large.", "internal",
                           413)
NO_SHEET = Refusal("NO_SHEET", "工作簿没有工作表。", "The workbook has no sheet.", "internal")
HIDDEN_SHEET = Refusal("HIDDEN_SHEET", "第一张工作表「{sheet}」是隐藏的，请取消隐藏并核对，或者移到后面删去。",
                       "The first sheet, {sheet}, is hidden: show it and look at it, or take it out.", "internal")
MORE_SHEETS = Refusal("MORE_SHEETS", "档案只能放在第一张工作表；以下工作表也有内容：{sheets}。请并入第一张或者删去。",
                      "Records stand on the first sheet alone; these hold something too: {sheets}.", "internal")
BAD_HEADER = Refusal("BAD_HEADER", "第一行应当是表头，且不得合并单元格；{zh}。表头为：{titles}。",
                     "The first row is the header, without merged cells; {en}. Its titles: {titles}.", "internal")
BROKEN_LINE = Refusal("BROKEN_LINE", "不是一个 JSON 对象。", "It is no JSON object.", "internal")
FIELD_TWICE = Refusal("FIELD_TWICE", "出现两次。", "It stands twice.", "internal")
FORMULA = Refusal("FORMULA", "是公式，请粘贴为数值。", "It is a formula: paste its value.", "internal")
ROUNDED = Refusal("ROUNDED_NUMBER", "是数字格式，可能已被四舍五入，请设为文本格式后重新填写。",
                  "It is a number that may be rounded: make the cell a text and enter it again.", "internal")
BAD_CELL = Refusal("BAD_CELL", "单元格是错误值或者不是文字、数字、日期。", "The cell holds an error, or no text, number or date.",
                   "internal")

_SCHEMA = RecordSchema()
_BY_TITLE = {title: name for name, title in TITLES.items()}
_NEEDED = ("id", "category", "title", "occurred_on")
_WRITTEN = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?", re.ASCII)
Codes = Mapping[str, Mapping[str, str]]
Row = tuple[int, Mapping[str, Any], list[Refusal]]      # its line, its fields, what is wrong with how they stand there


def read_delivery(kind: str, raw: bytes, codes: Codes) -> AddRecords:
    """The command of a file of this media type. Raises Refused where it is no such file, or is empty or too long."""
    return gathered(_lines(raw) if kind == NDJSON else _workbook(raw, codes))


def gathered(rows: Iterable[Row]) -> AddRecords:
    """The command of rows. Raises Refused where there are none or too many."""
    lines: list[Line] = []
    halves: list[Line] = []
    unread: list[Refusal] = []
    count = 0
    for number, fields, wrong in rows:
        count += 1
        if count > MOST:
            raise Refused(TOO_MANY.filled(most=MOST))
        if wrong:
            unread += wrong
            continue
        try:
            lines.append(Line(number, _record(fields)))
        except ValidationError as found:
            unread += [at_line(each, number, each.where) for each in _plain(found)]
            halves.append(_rest(number, found))
    if not count:
        raise Refused(NO_RECORDS)
    return AddRecords(Apart(tuple(lines)), Apart(tuple(unread)), halves=Apart(tuple(halves)))


def _rest(number: int, found: ValidationError) -> Line:
    """What of a line could be read, so that its content is looked at too, and all that is wrong told at once."""
    wrong = frozenset(name for name in TITLES if name in found.messages)
    valid = found.valid_data if isinstance(found.valid_data, dict) else {}
    read_ = {name: value for name, value in valid.items() if name in TITLES and name not in wrong}
    blank = {"id": "", "category": "", "title": "", "occurred_on": date.min}
    return Line(number, Record(**{**blank, **read_}), wrong | (blank.keys() - read_.keys() - {"category", "title"}))


def objects(listed: Iterable[Any]) -> Iterator[Row]:
    """The rows of records that came as a list in JSON."""
    for number, each in enumerate(listed, 1):
        yield number, each, [] if isinstance(each, dict) else [at_line(BROKEN_LINE, number, "")]


def _record(fields: Mapping[str, Any]) -> Any:
    """By the short way; by marshmallow's own where something is wrong, which then says what."""
    try:
        return next(read(_SCHEMA, [fields]))
    except ValidationError:
        return _SCHEMA.load(fields)


def _plain(found: ValidationError) -> list[Refusal]:
    """What is wrong, at its field, without the field's title: that is said of the line."""
    told = []
    for refusal in refusals_of(found.messages, _SCHEMA):
        title, name = f"「{TITLES.get(refusal.where, refusal.where)}」", f"{refusal.where}: "
        told.append(Refusal(refusal.code, refusal.zh.removeprefix(title), refusal.en.removeprefix(name),
                            refusal.article or "internal", refusal.status, refusal.where, refusal.values))
    return told


# NDJSON

def _lines(raw: bytes) -> Iterator[Row]:
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(NOT_UTF8) from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _object(number, line)


def _object(number: int, line: str) -> Row:
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                twice.append(name[:60])
            found[name] = value
        return found

    try:
        found = json.loads(line, object_pairs_hook=once)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return number, {}, [at_line(BROKEN_LINE, number, "")]
    return number, found, [at_line(FIELD_TWICE, number, name) for name in twice]


# XLSX

def _workbook(raw: bytes, codes: Codes) -> Iterator[Row]:
    _safe(raw)
    from openpyxl import load_workbook  # here: it is large, and a process starts without it

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
    except Exception:                            # as in `_cells`
        raise Refused(NOT_A_WORKBOOK) from None
    try:
        if not book.worksheets:
            raise Refused(NO_SHEET)
        first, *others = book.worksheets
        if first.sheet_state != SHOWN:
            raise Refused(HIDDEN_SHEET.filled(sheet=first.title[:60]))
        yield from _sheet(first, codes)
        if filled := [sheet.title[:60] for sheet in others if _holds_something(sheet)]:
            raise Refused(MORE_SHEETS.filled(sheets="、".join(filled)))
    finally:
        book.close()


def _holds_something(sheet: Any) -> bool:
    """Whether any of its first cells is filled: empty sheets come with every new workbook."""
    sheet.reset_dimensions()
    return any(cell.value is not None and str(cell.value).strip()
               for _, cells in zip(range(BLANKS), _cells(sheet), strict=False) for cell in cells)


def _safe(raw: bytes) -> None:
    """Raises Refused before anything of it is unpacked: no workbook, one with macros, or one that swells."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            kinds = packed.read("[Content_Types].xml") if sum(each.file_size for each in parts) <= UNPACKED else b""
    except BROKEN_ZIP:
        raise Refused(NOT_A_WORKBOOK) from None
    if len(parts) > PARTS or not kinds:
        raise Refused(TOO_LARGE_INSIDE)
    if any("vbaproject" in each.filename.lower() for each in parts) or b"macroEnabled" in kinds:
        raise Refused(WITH_MACROS)


def _sheet(sheet: Any, codes: Codes) -> Iterator[Row]:
    """Rows below the header; empty ones are passed over."""
    sheet.reset_dimensions()                     # what the file says of its size need not be so
    names: list[str] = []
    blanks = 0
    for number, cells in enumerate(_cells(sheet), 1):
        if not names:
            names = _header(cells)
            continue
        if all(cell.value is None or str(cell.value).strip() == "" for cell in cells):
            blanks += 1
            if blanks > BLANKS:
                return
            continue
        blanks = 0
        yield _row(number, names, cells, codes)


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet; what breaks while they are unpacked is told as a file that cannot be read."""
    rows = sheet.iter_rows(max_col=COLUMNS)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except Exception:                        # its XML is anybody's: expat, zlib and openpyxl each have their errors
            raise Refused(NOT_A_WORKBOOK) from None


def _header(cells: tuple[Any, ...]) -> list[str]:
    titles = [str(cell.value).strip() if cell.value is not None else "" for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    unknown = [title[:40] for title in titles if title and title not in _BY_TITLE and title not in TITLES]
    names = [_BY_TITLE.get(title, title) for title in titles]
    lacks = [TITLES[name] for name in _NEEDED if name not in names]
    twice = sorted({TITLES[name] for name in names if name in TITLES and names.count(name) > 1})
    if "" in names:
        column = names.index("") + 1
        raise Refused(_bad_header(f"第{column}列没有表头", f"column {column} has none"))
    for zh, en, found in (("不认识的表头：", "unknown: ", unknown), ("缺少表头：", "lacking: ", lacks),
                          ("重复的表头：", "twice: ", twice)):
        if found:
            raise Refused(_bad_header(zh + "、".join(found), en + ", ".join(found)))
    return names


def _bad_header(zh: str, en: str) -> Refusal:
    return BAD_HEADER.filled(zh=zh, en=en, titles="、".join(TITLES.values()))


def _row(number: int, names: list[str], cells: tuple[Any, ...], codes: Codes) -> Row:
    fields: dict[str, Any] = {}
    wrong: list[Refusal] = []
    for name, cell in zip(names, cells, strict=False):
        value = cell.value
        if value is None:
            continue
        refusal = _unfit(name, cell.data_type, value)
        if refusal:
            wrong.append(at_line(refusal, number, name))
        else:
            fields[name] = _said(name, value, codes)
    return number, fields, wrong


def _unfit(name: str, kind: str, value: Any) -> Refusal | None:
    """Why a cell can't be taken as it stands."""
    if kind == "f":
        return FORMULA
    if kind in ("e", "b") or not isinstance(value, str | int | float | date):
        return BAD_CELL
    if isinstance(value, int | float) and (abs(value) >= EXACT or value != int(value)):
        return ROUNDED
    return BAD_CELL if isinstance(value, date) and name != "occurred_on" else None


def _said(name: str, value: Any, codes: Codes) -> str:
    """A cell as the schema reads it: a day in ISO 8601, a whole number as its digits, a listed word as its code."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = str(int(value)) if isinstance(value, int | float) else value.strip()
    if name == "occurred_on":
        return _day(text)
    words = codes.get(LISTS.get(name, ""), {})
    return next((code for code, word in words.items() if word == text), text)


def _day(text: str) -> str:
    """The day in ISO 8601 where it is written without doubt; else as it stands, for the schema to refuse."""
    found = _WRITTEN.fullmatch(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else text
    except ValueError:
        return text
