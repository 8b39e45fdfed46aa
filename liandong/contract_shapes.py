"""A JSON Schema as a flat table of its fields: what the field map shows and what a release keeps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

SAID = {"string": "文字", "date": "日期", "date-time": "时间", "integer": "整数", "boolean": "是否", "object": "对象",
        "array": "列表", "number": "数"}
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Shape:
    """A field of an object, by its path: matter.respondent.name, materials[].kind."""

    kind: str                                   # string, date, date-time, integer, boolean, object
    title: str
    required: bool                              # of the object it stands in
    many: bool = False
    nullable: bool = False
    empty: bool = False                         # may be the empty text
    length: int = 0                             # characters at most; 0: nothing said
    least: int | None = None                    # a number's bounds; None: nothing said
    most: int | None = None
    codes: str = ""                             # the rulebook's list
    words: Mapping[str, str] = field(default_factory=dict)      # of a fixed list: code -> 中文
    pattern: str = ""
    form: str = ""                              # its format, where that is not its kind: uuid
    shortest: int = 0                           # characters at least
    fewest: int = 0                             # entries of a list at least
    entries: int = 0                            # and at most; 0: nothing said
    closed: bool = False                        # an object that takes no other field

    @property
    def said(self) -> str:
        """Its type in Chinese."""
        return SAID[self.kind] + ("（列表）" if self.many else "")


def shapes(schema: Mapping[str, Any]) -> dict[str, Shape]:
    """Every field of the schema by its path, those of an object after it."""
    return dict(_fields(schema, schema, "", 0))


def _fields(node: Mapping[str, Any], whole: Mapping[str, Any], before: str, depth: int) -> Iterator[tuple[str, Shape]]:
    node = _resolved(node, whole)
    needed = node.get("required", ())
    for name, said in node.get("properties", {}).items():
        one = _resolved(said, whole)
        many = _type(one) == "array"
        inner = _resolved(one.get("items", {}), whole) if many else one
        path = f"{before}{name}{'[]' if many else ''}"
        yield path, _shape(one, inner, name in needed, many)
        if depth < DEEPEST:
            yield from _fields(inner, whole, f"{path}.", depth + 1)


def _shape(one: Mapping[str, Any], inner: Mapping[str, Any], required: bool, many: bool) -> Shape:
    kind = inner.get("format") if inner.get("format") in ("date", "date-time") else _type(inner)
    listed = [value for value in inner.get("enum", ()) if value not in ("", None)]
    words = inner.get("x-words") or one.get("x-words") or {}
    empty = kind == "string" and ("" in inner["enum"] if "enum" in inner else inner.get("minLength", 0) == 0
                                  and inner.get("pattern", "?$")[-2:] == "?$")
    return Shape(kind or "string", one.get("title") or inner.get("title") or "", required, many,
                 isinstance(inner.get("type"), list) and "null" in inner["type"], empty, inner.get("maxLength", 0),
                 inner.get("minimum"), inner.get("maximum"), inner.get("x-codes") or one.get("x-codes") or "",
                 {str(code): words.get(code, "") for code in listed}, inner.get("pattern", ""),
                 inner.get("format", "") if inner.get("format") != kind else "", inner.get("minLength", 0),
                 one.get("minItems", 0) if many else 0, one.get("maxItems", 0) if many else 0,
                 inner.get("additionalProperties") is False)


def _type(node: Mapping[str, Any]) -> str:
    kind = node.get("type", "object" if "properties" in node else "string")
    return next(each for each in kind if each != "null") if isinstance(kind, list) else str(kind)


def _resolved(node: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the node refers to, with what it says itself over it."""
    own = {key: value for key, value in node.items() if key not in ("$ref", "allOf")}
    for ref in [node, *node.get("allOf", ())]:
        if name := str(ref.get("$ref", "")).removeprefix("#/$defs/"):
            return {**_resolved(whole["$defs"][name], whole), **own}
    return node
