"""Files of archive records as people make them: what is read, and what is told of the ones that can't be. Pure."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from services.sharing.archive import delivery_files
from services.sharing.archive.delivery_files import NDJSON, XLSX, read_delivery
from services.sharing.archive.domain import TITLES
from shared.kernel.errors import Refused
from tests.sharing.archive import CODE, lines, record, sheet
from tests.situations.city import rulebook

HEADER = ("档案编号", "类别", "标题", "发生日期", "案由", "当事人类别", "当事人", "证件号码", "查阅方式")
ROW = ("1", "执法动态", "占道案", date(2025, 6, 2), "占道经营", "法人或者其他组织", "某公司", CODE, "直接查阅")


def read(kind: str, raw: bytes) -> Any:
    return read_delivery(kind, raw, rulebook().codes)


def codes_of(kind: str, raw: bytes) -> list[str]:
    """What a file is refused with as a whole."""
    with pytest.raises(Refused) as refused:
        read(kind, raw)
    return [each.code for each in refused.value.refusals]


def told(kind: str, raw: bytes) -> list[tuple[int, str, str]]:
    """What is told of the lines that can't be read: line, field, code."""
    return [(each.values["line"], each.values["field"], each.code) for each in read(kind, raw).unread.value]


def xlsx(*rows: tuple[Any, ...], header: tuple[Any, ...] = HEADER) -> bytes:
    return sheet(rows, header)


def test_a_sheet_is_read_with_words_for_codes_and_days_as_days() -> None:
    [line] = read(XLSX, xlsx(ROW)).lines.value
    said = line.record
    assert (line.number, said.id, said.category, said.cause, said.access) == (
        2, "1", "dynamics", "road_occupation", "open")
    assert (said.occurred_on, said.respondent.value, said.respondent_number.value) == (date(2025, 6, 2), "某公司", CODE)


@pytest.mark.parametrize("day", ["2025-06-02", "2025/6/2", "2025.6.2", "2025年6月2日", datetime(2025, 6, 2, 9, 30)])
def test_a_day_written_as_text_is_read_where_it_leaves_no_doubt(day: Any) -> None:
    [line] = read(XLSX, xlsx((*ROW[:3], day, *ROW[4:]))).lines.value
    assert line.record.occurred_on == date(2025, 6, 2)


@pytest.mark.parametrize("day", ["6月2日", "02/06/2025", 45810, "2025-13-02"])
def test_any_other_is_told_with_its_row(day: Any) -> None:
    assert told(XLSX, xlsx(ROW, (*ROW[:3], day, *ROW[4:]))) == [(3, "发生日期", "FIELD_TYPE")]


def test_a_whole_number_is_a_text_and_one_that_excel_has_rounded_is_told() -> None:
    assert read(XLSX, xlsx((20250017, *ROW[1:]))).lines.value[0].record.id == "20250017"
    assert told(XLSX, xlsx((*ROW[:7], 91371082012345678, ROW[8]))) == [(2, "证件号码", "ROUNDED_NUMBER")]
    assert told(XLSX, xlsx((1.5, *ROW[1:]))) == [(2, "档案编号", "ROUNDED_NUMBER")]


def test_formulas_flags_and_days_in_the_wrong_column_are_told_each_with_its_cell() -> None:
    rows = (("=A1", *ROW[1:]), (True, *ROW[1:]), (*ROW[:2], date(2025, 1, 1), *ROW[3:]), ROW)
    assert told(XLSX, xlsx(*rows)) == [(2, "档案编号", "FORMULA"), (3, "档案编号", "BAD_CELL"), (4, "标题", "BAD_CELL")]


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers() -> None:
    raw = xlsx((None,) * 9, ROW, ("",) * 9, ("2", *ROW[1:]))
    assert [line.number for line in read(XLSX, raw).lines.value] == [3, 5]


@pytest.mark.parametrize(("header", "says"), [
    (("档案编号", "类别", "题目", "发生日期"), "不认识的表头：题目"), (HEADER[:3], "缺少表头：发生日期"),
    ((*HEADER, "标题"), "重复的表头：标题"), (("档案编号", None, "标题", "发生日期"), "第2列没有表头"),
])
def test_a_header_that_is_not_ours_is_told_with_what_is_wrong_and_what_it_should_be(header: Any, says: str) -> None:
    with pytest.raises(Refused) as refused:
        read(XLSX, xlsx(ROW, header=header))
    [refusal] = refused.value.refusals
    assert refusal.code == "BAD_HEADER" and says in refusal.zh and "、".join(TITLES.values()) in refusal.zh


def test_a_merged_header_is_told_as_a_column_without_one() -> None:
    book = load_workbook(io.BytesIO(xlsx(ROW)))
    book.active.merge_cells("A1:B1")
    assert codes_of(XLSX, _saved(book)) == ["BAD_HEADER"]


@pytest.mark.parametrize("raw", [b"", b"PK", b"\xd0\xcf\x11\xe0 an old .xls", b"id,title\n1,2"],
                         ids=["empty", "cut off", "xls", "csv"])
def test_what_is_no_workbook_is_told_so(raw: bytes) -> None:
    assert codes_of(XLSX, raw) == ["NOT_A_WORKBOOK"]


def test_a_cut_off_or_broken_workbook_is_told_so() -> None:
    whole = xlsx(*[ROW] * 50)
    assert codes_of(XLSX, whole[:-200]) == ["NOT_A_WORKBOOK"]
    broken = _with(whole, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c>")
    assert codes_of(XLSX, broken) == ["NOT_A_WORKBOOK"]
    bomb = (b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet xmlns='
            b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
            b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>')
    assert codes_of(XLSX, _with(whole, "xl/worksheets/sheet1.xml", bomb)) == ["NOT_A_WORKBOOK"]


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_of_which_a_part_was_damaged_on_its_way_is_told_so(part: str) -> None:
    raw = bytearray(xlsx(*[ROW] * 50))
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        begins = packed.getinfo(part).header_offset + 30 + len(part)
    raw[begins:begins + 40] = b"\xff" * 40
    assert codes_of(XLSX, bytes(raw)) == ["NOT_A_WORKBOOK"]


def test_macros_are_refused() -> None:
    assert codes_of(XLSX, _with(xlsx(ROW), "xl/vbaProject.bin", b"\0")) == ["WITH_MACROS"]


def test_a_workbook_that_swells_is_refused_before_it_is_unpacked() -> None:
    bomb = _with(xlsx(ROW), "xl/media/image1.bin", b"\0" * (delivery_files.UNPACKED + 1))
    assert len(bomb) < 1_000_000
    assert codes_of(XLSX, bomb) == ["TOO_LARGE_INSIDE"]


def test_a_sheet_with_a_header_alone_has_no_record() -> None:
    assert codes_of(XLSX, xlsx()) == ["NO_RECORDS"]
    assert codes_of(NDJSON, b"\n \n") == ["NO_RECORDS"]


def test_ndjson_tells_each_line_that_is_no_object_or_no_record() -> None:
    raw = b"\xef\xbb\xbf" + lines([record("1")]) + b"\n[]\n{\n\n" + b'{"id":"2","id":"3"}\n' + lines(
        [record("4", colour="red"), record("5", title=5), {"id": "6"}])
    assert told(NDJSON, raw) == [
        (2, "", "BROKEN_LINE"), (3, "", "BROKEN_LINE"), (5, "档案编号", "FIELD_TWICE"), (6, "colour", "FIELD_UNKNOWN"),
        (7, "标题", "FIELD_TYPE"), (8, "发生日期", "FIELD_REQUIRED")]
    assert [line.number for line in read(NDJSON, raw).lines.value] == [1]


def test_ndjson_is_in_utf_8() -> None:
    assert codes_of(NDJSON, "档案".encode("gbk")) == ["NOT_UTF8"]


def test_a_refusal_of_a_line_names_line_and_column_once() -> None:
    [refusal] = read(NDJSON, lines([record("1", title=5)])).unread.value
    assert (refusal.zh, refusal.en) == ("第1行「标题」应当是文字。", "Line 1, title: This must be a text.")
    assert refusal.where == "1.title"


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _with(raw: bytes, name: str, content: bytes) -> bytes:
    """The package with one part said otherwise, or one more."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in packed.infolist():
            if part.filename != name:
                made.writestr(part.filename, packed.read(part.filename))
        made.writestr(name, content)
    return out.getvalue()


def _book(state: str = "visible", **others: tuple[Any, ...]) -> bytes:
    book = load_workbook(io.BytesIO(xlsx(ROW)))
    book.worksheets[0].sheet_state = state
    for name, row in others.items():
        book.create_sheet(name).append(row)
    if state != "visible":
        book.active = len(book.worksheets) - 1
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def test_a_hidden_first_sheet_and_others_that_hold_something_are_refused_by_name() -> None:
    assert codes_of(XLSX, _book("hidden", 其他=())) == ["HIDDEN_SHEET"]
    with pytest.raises(Refused) as refused:
        read(XLSX, _book(续表=ROW, 空表=(), 说明=("填写说明",)))
    [told_] = refused.value.refusals
    assert told_.code == "MORE_SHEETS" and "续表、说明" in told_.zh and "空表" not in told_.zh
    assert len(read(XLSX, _book(空表=())).lines.value) == 1
