"""Every finding that marshmallow can have is told in Chinese and in English."""

import inspect

import pytest
from marshmallow import Schema, fields, validate

from shared.forms.fields import Code, Day, Flag, Instant, Many, One, OneOf, Text, Whole
from shared.forms.schemas import ValueSchema
from shared.http.words import MANY, OTHER, refusals_of

FIELDS = [field for _, field in inspect.getmembers(fields, inspect.isclass)
          if issubclass(field, fields.Field) and hasattr(field, "default_error_messages")]
MESSAGES = sorted({str(message).format(obj_type="date", awareness="aware", input="x", choices="a, b")
                   for field in FIELDS for message in field.default_error_messages.values()}
                  | {str(message) for message in Schema._default_error_messages.values()})
VAGUE = ("Invalid value", "cannot be formatted")       # they say no more in English either
VALIDATORS = [(validate.Length(min=3), "x"), (validate.Length(max=1), "xx"), (validate.Length(equal=1), "xx"),
              (validate.Length(min=3, max=4), "xx"), (validate.Range(min=3), 1), (validate.Range(max=1), 3),
              (validate.OneOf(["a"]), "b"), (validate.Regexp("a"), "b"), (validate.Equal(1), 2)]


class Inner(ValueSchema):
    name = Text("名称", most=3, required=True)


class Outer(ValueSchema):
    code = Code("代码", pattern="[a-z]+")
    ground = Code("事由")
    day = Day("日期")
    at = Instant("时间")
    flag = Flag("是否")
    number = Whole("数量", least=1, most=9)
    kind = OneOf("种类", {"a": "甲", "b": "乙"})
    inner = One("内容", Inner)
    items = Many("列表", Inner, least=1, most=2)


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_of_marshmallow_has_chinese_words(message: str) -> None:
    told, = refusals_of({"code": [message]}, Outer())
    assert told.zh.startswith("「代码」") and told.code.startswith("FIELD_")
    assert OTHER.zh not in told.zh or any(vague in message for vague in VAGUE)


@pytest.mark.parametrize(("validator", "value"), VALIDATORS)
def test_a_validators_message_has_chinese_words(validator: validate.Validator, value: object) -> None:
    with pytest.raises(validate.ValidationError) as found:
        validator(value)
    told, = refusals_of({"code": found.value.messages}, Outer())
    assert OTHER.zh not in told.zh


@pytest.mark.parametrize(("body", "where", "zh"), [
    ({"code": "A b"}, "code", "「代码」格式不正确，应当符合 [a-z]+。"),
    ({"ground": "督办单"}, "ground", "「事由」应当填写代码（字母、数字和 . _ : -），不是名称。"),
    ({"code": None}, "code", "「代码」不能为 null；没有内容的字段请不要填写。"),
    ({"day": "2026-02-30"}, "day", "「日期」应当是日期，如 2026-09-30，不是「2026-02-30」。"),
    ({"day": "20260230"}, "day", "「日期」应当是日期，如 2026-09-30，不是「20260230」。"),
    ({"day": 20260230}, "day", "「日期」应当是日期，如 2026-09-30，不是「20260230」。"),
    ({"day": {"on\n{x}": "2026"}}, "day", "「日期」应当是日期，如 2026-09-30，不是「{\"on\\n{x}\": \"2026\"}」。"),
    ({"day": "0026-09-30"}, "day", "「日期」日期应当在 1949-10-01 与 2999-12-31 之间，不是「0026-09-30」，请核对年份。"),
    ({"at": "2026-02-03T10:00:00"}, "at", "「时间」应当是带时区的时间，如 2026-09-30T09:00:00+08:00，不是「2026-02-03T10:00:00」。"),
    ({"flag": 1}, "flag", "「是否」应当是 true 或者 false。"),
    ({"number": True}, "number", "「数量」应当是整数。"),
    ({"number": 1.0}, "number", "「数量」应当是整数。"),
    ({"number": 10}, "number", "「数量」应当在 1 与 9 之间。"),
    ({"kind": "c"}, "kind", "「种类」应当是下列之一：a 甲, b 乙。"),
    ({"inner": {"name": "  "}}, "inner.name", "「名称」不能为空，至少 1 个字符。"),
    ({"inner": 3}, "inner", "「内容」应当是一个对象。"),
    ({"items": [{"name": "a"}, {"name": "abcd"}]}, "items.1.name", "「名称」过长，最多 3 个字符。"),
    ({"items": []}, "items", "「列表」应当有 1 至 2 项。"),
    ({"items": {}}, "items", "「列表」应当是一个列表。"),
])
def test_a_field_says_what_is_wrong_where(body: dict[str, object], where: str, zh: str) -> None:
    schema = Outer()
    told, = refusals_of(schema.validate(body), schema)
    assert (told.where, told.zh) == (where, zh)
    assert told.en.startswith(f"{where}: ") and (told.en.isascii() or "甲" in told.en)


@pytest.mark.parametrize(("body", "told"), [
    ({"inner": {"nmae": "x"}}, {"inner.nmae": "name", "inner.name": ""}),
    ({"items": [{"name": "x"}, {"naem": "x", "name": "x"}]}, {"items.1.naem": "name"}),
    ({"grund": "x"}, {"grund": "ground"}), ({"entirely": 1}, {"entirely": ""}),
    ({"inner": {"name": "x", "q": 1}}, {"inner.q": ""}),
])
def test_a_misspelt_field_is_told_with_the_one_that_it_is_nearest_to_at_every_depth(
        body: dict[str, object], told: dict[str, str]) -> None:
    schema = Outer()
    refusals = refusals_of(schema.validate(body), schema)
    assert {each.where: each.values.get("near", "") for each in refusals} == told
    assert all(f"是否应为 {near}（" in each.zh for each in refusals if (near := each.values.get("near")))


@pytest.mark.parametrize(("unknown", "near"), [(MANY - 1, "ground"), (MANY, ""), (20_000, "")])
def test_of_fewer_unknown_fields_than_many_each_is_told_with_its_nearest_and_of_many_none(
        unknown: int, near: str) -> None:
    schema = Outer()
    refusals = refusals_of(schema.validate({f"grund{number}": 1 for number in range(unknown)}), schema)
    assert len(refusals) == unknown and {each.code for each in refusals} == {"FIELD_UNKNOWN"}
    assert {each.values.get("near", "") for each in refusals} == {near}


def test_texts_are_trimmed_and_composed() -> None:
    assert Outer().load({"inner": {"name": " e\u0301 "}}) == {"inner": {"name": "é"}}
