"""docs/field-map.xlsx: every field of every event and act, as the people who map them onto their own system read it.

The same input gives the same bytes: no clock is in it.
"""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from liandong.contract import Published
from liandong.contract_acts import Command
from liandong.contract_examples import examples
from liandong.contract_pages import flat
from liandong.contract_shapes import shapes
from liandong.places import SERVICES
from shared import sheets
from shared.contracts.telling import TYPES
from shared.rulebook.codes import lists_of
from shared.rulebook.model import Rulebook, source_words

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = ('<Override PartName="/xl/sharedStrings.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>')
_RELATION = ('<Relationship Id="texts" Target="sharedStrings.xml" '
             'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>')
_INLINE = re.compile(r't="inlineStr"><is><t((?: xml:space="preserve")?>[^<]*)</t></is>')
EVENTS = ("服务", "事件", "事件名称", "何时发出", "字段", "字段名称", "English", "类型", "长度", "代码表", "必填", "条文", "样例")
ACTS = ("服务", "行为", "行为名称", "地址", "字段", "字段名称", "类型", "长度", "代码表", "必填", "条文", "样例")
EVERY = "各服务"
CODES = ("代码表", "代码表名称", "代码", "名称")
WIDTHS = {"服务": 10, "事件": 26, "事件名称": 20, "何时发出": 34, "字段": 30, "字段名称": 22, "English": 34, "类型": 14, "长度": 8,
          "代码表": 26, "必填": 8, "条文": 18, "样例": 34, "行为": 24, "行为名称": 22, "地址": 44, "代码表名称": 24, "代码": 24,
          "名称": 40}
ABOUT = (
    "联动事件与行为字段对照表",
    "“事件”是平台发给机关系统的内容，“行为”是机关系统提交给平台的内容，“代码表”是样例城市规则中的代码。",
    "事件的字段在同一版本内只增不减：不认识的字段请忽略。行为不得带表中没有的字段。",
    "字段名称中带 [] 的是列表，带点的是其中各项。日期为北京时间的日期（2025-10-15），时间为协调世界时（2025-10-15T01:00:00.000000Z）。",
    "本表由程序生成，请勿手工修改。",
)


def field_map(events: Iterable[Published], samples: Mapping[tuple[str, str], Mapping[str, Any]],
              commands: Iterable[Command], rulebook: Rulebook) -> bytes:
    """The workbook. `samples`: service and event -> a good sample's data."""
    book = Workbook()
    about = book.active
    assert isinstance(about, Worksheet)
    about.title = "说明"
    for line in ABOUT:
        about.append([line])
    about["A1"].font, about.column_dimensions["A"].width = Font(bold=True, size=14), 110
    _sheet(book, "事件", EVENTS, _events(events, samples))
    _sheet(book, "行为", ACTS, _acts(commands, rulebook, samples))
    _sheet(book, "代码表", CODES, _codes(rulebook))
    book.properties.creator = "liandong"
    return _same(book)


def _sheet(book: Workbook, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.append(list(columns))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F4E79")
        cell.alignment = Alignment(vertical="center")
    for row in rows:
        sheet.append([_literal(value) for value in row])
    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS[column]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(sheet.max_row, 2)}"
    sheet.print_title_rows, sheet.page_setup.orientation = "1:1", "landscape"
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _literal(value: Any) -> Any:
    """What begins like a formula is text; what is empty is no cell."""
    if value == "":
        return None
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" and len(value) > 1 else value


def _events(events: Iterable[Published], samples: Mapping[tuple[str, str], Mapping[str, Any]]) -> Iterator[list[Any]]:
    for event in events:
        if event.shared and event.service != SERVICES[0]:
            continue
        data = samples.get((event.service, event.name), {})
        for name, fact in flat(event.facts):
            shown = data.get(name.removesuffix("[]"), fact.shown())
            codes = fact.codes or "、".join(f"{code} {word}" for code, word in (fact.choices or {}).items())
            yield [EVERY if event.shared else event.service, event.name, event.telling.zh, event.telling.when, name,
                   fact.zh, fact.en,
                   TYPES[fact.type][0] + ("（列表）" if fact.many else ""), fact.length or None, codes,
                   "是" if fact.required else "否", source_words(fact.article or event.article), _shown(shown)]


def _acts(commands: Iterable[Command], rulebook: Rulebook,
          samples: Mapping[tuple[str, str], Mapping[str, Any]]) -> Iterator[list[Any]]:
    for command in commands:
        address = f"POST /api/{command.service}/{command.path}"
        address += f"/{{编号}}/{command.act.name}" if command.act.states else ""
        found = shapes(command.schema)
        told = [samples[key] for event in command.act.events if (key := (command.service, event)) in samples]
        shown = examples(found, rulebook, told)
        for name, shape in found.items():
            codes = shape.codes or "、".join(f"{code} {word}".strip() for code, word in shape.words.items())
            yield [command.service, command.act.name, command.act.title, address, name, shape.title, shape.said,
                   shape.length or None, codes, "是" if shape.required else "否", source_words(command.act.article),
                   _shown(shown[name])]


def _codes(rulebook: Rulebook) -> Iterator[list[Any]]:
    for each in lists_of(rulebook).values():
        for code in each.codes:
            yield [each.id, each.title, code["code"], code["title"]]


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int):
        return value
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[:120]


def _same(book: Workbook) -> bytes:
    """The file without the clock's traces."""
    with tempfile.TemporaryDirectory() as folder:
        draft, path = Path(folder) / "draft.xlsx", Path(folder) / "field-map.xlsx"
        book.save(draft)
        sheets.settle(_texts_once(draft), path)
        return path.read_bytes()


def _texts_once(draft: Path) -> Path:
    """The file with each text once, to which cells refer: openpyxl writes it in every cell, and the file is a third
    larger."""
    texts: dict[str, int] = {}
    once = draft.with_name("once.xlsx")

    def cell(found: re.Match[str]) -> str:
        return f't="s"><v>{texts.setdefault(found[1], len(texts))}</v>'

    with zipfile.ZipFile(draft) as was, zipfile.ZipFile(once, "w") as now:
        for name in was.namelist():
            text = _INLINE.sub(cell, was.read(name).decode())
            for end, part in (("</Types>", _TYPE), ("</Relationships>", _RELATION if "workbook" in name else "")):
                text = text.replace(end, part + end)
            now.writestr(name, text)
        items = "".join(f"<si><t{text}</t></si>" for text in texts)
        now.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{items}</sst>')
    return once
