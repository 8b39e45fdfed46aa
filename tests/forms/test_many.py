"""Many objects are looked at together, and each becomes what it would become alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from marshmallow import ValidationError

from shared.forms.fields import Code, Day, Many, PersonalField, Text, Whole
from shared.forms.schemas import ValueSchema


@dataclass(frozen=True)
class Made:
    """Its fields in another order than the schema's."""

    on: date
    named: str
    number: int


class MadeSchema(ValueSchema):
    makes = Made
    number = Whole("序号", least=1, most=9, required=True)
    named = Text("名称", load_default="无名")
    on = Day("日期", required=True)


class Thing(ValueSchema):
    number = Whole("序号", least=1, most=9, required=True)
    says = Text("内容", least=0, most=6, load_default="")
    named = Text("名称", least=1, most=6)
    agency = Code("部门", load_default="")
    code = Code("编号", pattern="[a-z]+")
    due_on = Day("期限", allow_none=True)
    who = PersonalField("姓名", least=0)


WORDS = st.sampled_from(["", " ", "清理", " 清理\n", "é", "e\u0301", "\u0301", "清\u200b理", "\u200b", "a\x00", "一\n二",
                         "绝密", "秘密★5年", "保密", "七个字太长了吧", "ja01", "abc", "Ａ", "\ud800"])
ODD = st.sampled_from([None, True, 1, 1.0, [], {}])
GIVEN = st.fixed_dictionaries({}, optional={
    "number": st.integers(0, 10) | ODD | WORDS,
    "due_on": st.sampled_from(["2026-01-31", "2026-02-30", "0001-01-01"]) | ODD,
    **dict.fromkeys(("says", "named", "agency", "code", "who"), WORDS | ODD), "more": WORDS})
RIGHT = st.fixed_dictionaries({"number": st.integers(1, 9)}, optional={
    "says": st.text(st.sampled_from("清理e\u0301 \u200b\n密"), max_size=5), "agency": st.sampled_from(["", "ja01", " a "]),
    "code": st.sampled_from(["a", "bc"]), "due_on": st.sampled_from(["2026-01-31", None]), "named": WORDS})


@given(st.lists(GIVEN | RIGHT, min_size=1, max_size=3) | st.lists(RIGHT, min_size=1, max_size=5))
@example([{"number": 1, "says": "e"}, {"number": 2, "says": "\u0301"}])
@example([{"number": 1, "says": "绝"}, {"number": 2, "says": "密"}])
@example([{"number": 1, "agency": ""}, {"number": 2, "agency": "ja01"}])
def test_each_of_many_objects_is_read_or_refused_as_it_is_alone(items: list[dict[str, Any]]) -> None:
    alone, wrong = [], {}
    for at, item in enumerate(items):
        try:
            alone.append(Thing().load(item))
        except ValidationError as refused:
            wrong[at] = refused.messages
    try:
        together = Many("各项", Thing).deserialize(items)
    except ValidationError as refused:
        assert refused.messages == wrong
        return
    assert not wrong and list(together) == alone


@pytest.mark.parametrize("items", [[1], [{"number": 1}, None], [[]], [{"number": 1}, "x"]])
def test_what_is_no_object_is_refused_among_objects(items: list[Any]) -> None:
    with pytest.raises(ValidationError):
        Many("各项", Thing).deserialize(items)


@pytest.mark.parametrize("lacking", [(), ("named",)])
def test_each_value_gets_its_own_fields_in_whatever_order_its_class_has_them(lacking: tuple[str, ...]) -> None:
    items = [{"number": number, "named": f"第{number}项", "on": f"2026-01-{number:02}"} for number in (3, 1, 2)]
    for name in lacking:
        del items[1][name]
    assert Many("各项", MadeSchema).deserialize(items) == tuple(MadeSchema().load(item) for item in items)


@pytest.mark.parametrize("item", [{"number": 1, "named": "甲", "of": "x"}, {"number": 1, "named": "甲"}])
def test_as_many_fields_as_there_are_but_others_are_refused(item: dict[str, Any]) -> None:
    right = {"number": 1, "named": "甲", "on": "2026-01-01"}
    with pytest.raises(ValidationError):
        Many("各项", MadeSchema).deserialize([right, item])


def test_no_objects_are_an_empty_list() -> None:
    assert Many("各项", Thing).deserialize([]) == ()
