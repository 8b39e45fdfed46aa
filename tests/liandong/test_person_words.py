"""The text of `liandong person export`: every field by its 中文 title, whatever object it stands in."""

from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest

from liandong.person_words import FORMS, readable
from liandong.places import SERVICES
from liandong.suite import spec_of
from services.transfer.commands import IssueLetter, ServeDecision
from shared.acts.convert import objects_with
from shared.acts.corrections import Corrected
from shared.acts.disclosing import Asked, Found
from shared.acts.persons import Officer, Respondent
from shared.contracts.personal import Personal
from shared.contracts.register import Agency, Register
from tests.situations.city import rulebook

NOBODY = Officer("", "", "")
REGISTER = Register({code: Agency(code, name, "statutory", "city", date(2019, 1, 1)) for code, name in (
    ("zhujian", "荣成市住房和城乡建设局"), ("zonghe", "荣成市综合行政执法局"))})
LETTER = IssueLetter("荣综执罚〔2025〕1号", "zonghe", Personal("张三擅自搭建案"), "不属本机关管辖", "行政处罚法第二十二条", (1,), NOBODY,
                     "赵局长")
PERSON = Respondent("person", Personal("张三"), Personal("37108219800101123X"), phone=Personal("0631-7551001"))
CORRECTED = Corrected("e1", "issue-letter", "case_name", Personal("张三案"), Personal("张山案"), "笔误", "zhujian",
                      date(2025, 10, 9), "荣住建更字〔2025〕1号")


def _text(path: str, facts: Any, service: str = "transfer", class_: str = "transfer.cases") -> str:
    held = [{"where": path, **told} for _, told in objects_with(facts, lambda value: True)]
    return _read(service, Found(class_, "0195", True, "issued", True, "2025-10-09", ("zhujian",), "", tuple(held)))


def _read(service: str, found: Found) -> str:
    return readable(Asked("张三", "", "申请1号"), "2025-11-03", [(service, found)], rulebook(), REGISTER)


@pytest.mark.parametrize(("path", "facts", "line"), [
    ("legs/0/letter", LETTER, "移送函：文号 荣综执罚〔2025〕1号；受文机关 荣成市综合行政执法局；移送原因 不属本机关管辖；"
     "移送依据 行政处罚法第二十二条；签发的机关负责人 赵局长；案件名称 张三擅自搭建案"),
    ("legs/0/voided/1", LETTER, "移送函：文号 荣综执罚〔2025〕1号；"),
    ("service", ServeDecision("lien", Personal("张三")), "送达处理决定书：送达方式 留置送达；签收人或者送达凭证 张三"),
    ("matter/respondent", PERSON, "当事人：类别 自然人；姓名或者名称 张三；证件号码 37108219800101123X；联系电话 0631-7551001"),
    ("calls/0/said/respondent", PERSON, "当事人：类别 自然人；"),
    ("corrections/0", CORRECTED, "更正：被更正的记录 e1；被更正的行为 发出移送函；更正的栏目 case_name；更正的理由 笔误；"
     "更正机关 荣成市住房和城乡建设局；更正日期 2025-10-09；文号 荣住建更字〔2025〕1号；"),
])
def test_an_object_is_read_by_the_titles_of_the_form_it_came_in_with(path: str, facts: Any, line: str) -> None:
    text = _text(path, facts)
    assert f"\n  {line}" in text
    assert "案件 transfer/0195（案件移送，2025-10-09 起）\n  知悉的机关：荣成市住房和城乡建设局\n" in text


@pytest.mark.parametrize(("called", "heading"), [
    ({"letter_number": "荣住建移字〔2025〕第1号", "cause": "illegal_building"},
     "案件移送（移送函文号：荣住建移字〔2025〕第1号；案由：违法建设；2025-10-09 起；平台编号 transfer/0195）"),
    ({"cause": "illegal_building"}, "案件移送（案由：违法建设；2025-10-09 起；平台编号 transfer/0195）"),
    ({}, "案件 transfer/0195（案件移送，2025-10-09 起）"),
])
def test_a_case_is_headed_by_its_number_and_cause_where_they_are_known(called: dict[str, str], heading: str) -> None:
    found = Found("transfer.cases", "0195", True, "issued", True, "2025-10-09", ("zhujian",), "", called=called)
    assert f"\n{heading}\n" in _read("transfer", found)


def test_a_record_of_the_archive_is_read_so_too() -> None:
    held = {"where": "respondent", "name": "张三", "number": "37108219800101123X", "title": "处罚决定", "text": "罚款"}
    found = Found("sharing.records.long", "0195", True, "delivered", False, "2025-10-09", (), "", (held,))
    text = _read("sharing", found)
    assert "（执法档案，" in text
    assert "\n  当事人：姓名或者名称 张三；证件号码 37108219800101123X；标题 处罚决定；正文 罚款\n" in text


def test_every_object_of_a_case_that_may_name_a_person_has_a_title_and_every_field_of_it() -> None:
    kinds = {kind for service in SERVICES for keeping in spec_of(service).keepings if keeping.told_of
             for kind in _personal(keeping.chapter.case)}
    assert {IssueLetter, ServeDecision, Respondent, Corrected} <= kinds
    assert kinds <= FORMS.keys()
    plain = [(kind, name) for kind in kinds for name, hint in get_type_hints(kind).items()
             if not get_args(hint) and (hint is Personal or not is_dataclass(hint))]
    assert [(kind.__name__, name) for kind, name in plain if FORMS[kind].title_of(name) == name] == []


def _personal(kind: Any) -> Iterator[type]:
    """The types in a dataclass, however deep, that have a field for something personal."""
    for inner in get_args(kind):
        yield from _personal(inner)
    if is_dataclass(kind) and isinstance(kind, type) and kind is not Personal:
        hints = get_type_hints(kind).values()
        if Personal in hints:
            yield kind
        for hint in hints:
            yield from _personal(hint)
