"""What is wrong with a body, as refusals: marshmallow's findings with their place, title and words in both
languages."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from marshmallow import Schema, fields

from shared.kernel.errors import Refusal

REQUIRED = Refusal("FIELD_REQUIRED", "必填。", "This is required.")
UNKNOWN = Refusal("FIELD_UNKNOWN", "不是可以填写的字段。", "There is no such field.")
MEANT = Refusal("FIELD_UNKNOWN", "不是可以填写的字段，是否应为 {near}（{title}）？", "There is no such field: is {near} meant?")
OTHER = Refusal("FIELD_VALUE", "内容不正确。", "The value is not right.")

MANY = 50       # unknown fields: so many are no slips of the pen, and to compare each with every known one takes long

_TABLE: tuple[tuple[str, Refusal], ...] = (
    (r"Missing data for required field\.", REQUIRED),
    (r"Unknown field\.", UNKNOWN),
    (r"Field may not be null\.", Refusal("FIELD_NULL", "不能为 null；没有内容的字段请不要填写。",
                                         "null is not allowed; leave the field out instead.")),
    (r"Invalid input type\.|Not a valid mapping type\.",
     Refusal("FIELD_TYPE", "应当是一个对象。", "This must be an object.")),
    (r"Not a valid (?:list|tuple)\.|Invalid type\.", Refusal("FIELD_TYPE", "应当是一个列表。", "This must be a list.")),
    (r"Not a valid (?:utf-8 )?string\.", Refusal("FIELD_TYPE", "应当是文字。", "This must be a text.")),
    (r"Not a valid (?:number|integer)\.|Number too large\.", Refusal("FIELD_TYPE", "应当是数字。", "This must be a number.")),
    (r"Not a valid boolean\.", Refusal("FIELD_TYPE", "应当是 true 或者 false。", "This must be true or false.")),
    (r"Not a valid (?:date|(?:aware |naive )?(?:date|time|datetime)|period of time)\.",
     Refusal("FIELD_TYPE", "应当是日期或者时间。", "This must be a date or a time.")),
    (r"Special numeric values .*", Refusal("FIELD_VALUE", "不能是 NaN 或者无穷大。", "NaN and infinity are not allowed.")),
    (r".* cannot be formatted as a .*", OTHER),
    (r"Invalid value\.", OTHER),
    (r"Not a valid (?P<kind>[A-Za-z0-9 ]+)\.", Refusal("FIELD_VALUE", "不是有效的 {kind}。", "This is not a valid {kind}.")),
    (r"Must be one of: (?P<choices>.*)\.", Refusal("FIELD_VALUE", "应当是下列之一：{choices}。",
                                                  "It must be one of: {choices}.")),
    (r"Shorter than minimum length (?P<least>\d+)\.", Refusal("FIELD_LENGTH", "太短，至少 {least}。",
                                                             "It is too short: at least {least}.")),
    (r"Longer than maximum length (?P<most>\d+)\.", Refusal("FIELD_LENGTH", "太长，最多 {most}。",
                                                           "It is too long: at most {most}.")),
    (r"Length must be (?P<length>.*)\.", Refusal("FIELD_LENGTH", "长度应当为 {length}。", "Its length must be {length}.")),
    (r"Must be (?P<range>.*)\.", Refusal("FIELD_VALUE", "数值应当 {range}。", "It must be {range}.")),
    (r"String does not match expected pattern\.", Refusal("FIELD_VALUE", "格式不正确。", "Its form is not right.")),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), refusal) for pattern, refusal in _TABLE)


def refusals_of(messages: Any, schema: Schema) -> tuple[Refusal, ...]:
    """The refusals of a ValidationError's `messages`, each at its field (`materials.0.name`) and naming its title. Of
    fewer than MANY fields that there are not each is told with the one that it is nearest to."""
    found = [(path, finding if isinstance(finding, Refusal) else _translated(str(finding)))
             for path, finding in _leaves(messages, ())]
    few = sum(refusal is UNKNOWN for _, refusal in found) < MANY
    return tuple(_told(_misspelt(path, schema) if few and refusal is UNKNOWN else refusal, path, schema)
                 for path, refusal in found)


def _leaves(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, path if key == "_schema" else (*path, str(key)))
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value, path)
    else:
        yield path, node


def _told(refusal: Refusal, path: tuple[str, ...], schema: Schema) -> Refusal:
    where = ".".join(path)
    title = _title(schema, path) or (path[-1] if path else "")
    zh = f"「{title}」{refusal.zh}" if title else refusal.zh
    en = f"{where}: {refusal.en}" if where else refusal.en
    return Refusal(refusal.code, zh, en, refusal.article or "internal", 422, where, refusal.values)


def _misspelt(path: tuple[str, ...], schema: Schema) -> Refusal:
    """That there is no such field; and the one of its object that it is nearest to, for what lacks where that was meant
    is only heard once it is written right."""
    known = _fields(schema, path[:-1])
    near = get_close_matches(path[-1], known, 1, 0.7)
    return MEANT.filled(near=near[0], title=known[near[0]].metadata.get("title", "")) if near else UNKNOWN


def _translated(text: str) -> Refusal:
    for pattern, refusal in _PATTERNS:
        if found := pattern.fullmatch(text):
            return refusal.filled(**found.groupdict()) if found.groupdict() else refusal
    return Refusal(OTHER.code, OTHER.zh, text)


def _title(schema: Schema, path: tuple[str, ...]) -> str:
    """The 中文 title of the field at `path`; empty where there is none."""
    named = [name for name in path if not name.isdigit()]
    field = _fields(schema, tuple(named[:-1])).get(named[-1]) if named else None
    return str(field.metadata.get("title", "")) if field else ""


def _fields(schema: Any, path: tuple[str, ...]) -> Mapping[str, fields.Field[Any]]:
    """The fields of the object at `path`, by name; none where there is no such object."""
    for name in path:
        if name.isdigit():
            continue
        field = schema.fields.get(name) if isinstance(schema, Schema) else None
        inner = field.inner if isinstance(field, fields.List) else field
        schema = inner.schema if isinstance(inner, fields.Nested) else None
    return schema.fields if isinstance(schema, Schema) else {}
