"""The language in which a service declares what its events tell. Pure: plain values, from which schemas, catalogue,
samples and field map are made, and against which the tests hold whatever is published.

A `Telling` is an event, a `Fact` a field of its body. What an act's row says already (article, title, states) is not
said again: it is read from the row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

TEXT, CODE, AGENCY, ID, REF, DAY, INSTANT = "text", "code", "agency", "id", "ref", "day", "instant"
WHOLE, FLAG, OBJECT = "whole", "flag", "object"
TYPES: Mapping[str, tuple[str, str]] = {
    TEXT: ("文字", "text"), CODE: ("代码", "code"), AGENCY: ("机关代码", "agency code"), ID: ("编号", "id (UUID)"),
    REF: ("引用", "reference"), DAY: ("日期", "date"), INSTANT: ("时间", "instant (UTC)"), WHOLE: ("整数", "integer"),
    FLAG: ("是否", "boolean"), OBJECT: ("对象", "object"),
}
LENGTHS = {TEXT: 200, CODE: 200, AGENCY: 200, ID: 36, REF: 200, DAY: 10, INSTANT: 27}   # characters at most
EXAMPLES: Mapping[str, Any] = {
    TEXT: "示例", CODE: "other", AGENCY: "zonghe", ID: "019a474c-b200-7000-980d-d7258bea32db",
    REF: "019a474c-b200-7000-980d-d7258bea32db", DAY: "2025-10-15", INSTANT: "2025-10-15T01:00:00.000000Z", WHOLE: 1,
    FLAG: False,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of an event's body."""

    name: str
    zh: str
    en: str
    type: str = TEXT
    most: int = 0                               # characters; 0: as its type has it
    codes: str = ""                             # the rulebook's list that its codes are of
    choices: Mapping[str, str] | None = None    # code -> 中文, where the list is fixed
    many: bool = False                          # a list of it
    keyed: bool = False                         # an object of it by free keys: category -> count
    facts: tuple["Fact", ...] = ()              # of an object
    required: bool = True
    nullable: bool = False
    empty: bool = False                         # may be the empty text
    article: str = ""                           # that asks for it
    example: Any = None

    @property
    def length(self) -> int:
        """Characters at most; 0: its type has none."""
        return self.most or LENGTHS.get(self.type, 0)

    def may(self) -> "Fact":
        """The same, where it may lack."""
        return replace(self, required=False)

    def or_empty(self) -> "Fact":
        """The same, where it may be the empty text."""
        return replace(self, empty=True)

    def shown(self) -> Any:
        """An example of its value."""
        one = self.example
        if one is None:
            one = {fact.name: fact.shown() for fact in self.facts} if self.type == OBJECT else EXAMPLES[self.type]
            one = next(iter(self.choices)) if self.choices else one
        if self.many:
            return one if isinstance(one, (list, tuple)) else [one]
        return one


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told, in words; exactly whom, the chapter's `told` says."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Telling:
    """An event: `liandong.<service>.<name>.v1`. `when` and `sent` follow 在…… and "sent when"."""

    name: str
    zh: str
    en: str
    when: str                                   # 中文
    sent: str                                   # English
    facts: tuple[Fact, ...] = ()                # besides the frame
    audience: Audience | None = None            # None: its chapter's
    article: str = ""                           # only where no act raises it: an act's row says its own


def fact_of(type_: str, name: str, zh: str, en: str, **more: Any) -> Fact:
    return Fact(name, zh, en, type_, **more)


def text(name: str, zh: str, en: str, most: int = 200, **more: Any) -> Fact:
    return Fact(name, zh, en, TEXT, most, **more)


def code(name: str, zh: str, en: str, codes: str = "", **more: Any) -> Fact:
    """A code of the rulebook's list `codes`, or of fixed `choices`."""
    return Fact(name, zh, en, CODE, codes=codes, **more)


def agency(name: str, zh: str, en: str, **more: Any) -> Fact:
    return Fact(name, zh, en, AGENCY, **more)


def day(name: str, zh: str, en: str, **more: Any) -> Fact:
    return Fact(name, zh, en, DAY, **more)


def whole(name: str, zh: str, en: str, **more: Any) -> Fact:
    return Fact(name, zh, en, WHOLE, **more)


def flag(name: str, zh: str, en: str, **more: Any) -> Fact:
    return Fact(name, zh, en, FLAG, **more)


def ref(name: str, zh: str, en: str, **more: Any) -> Fact:
    """What names a case or a part of one: an id, or <service>/<id>, or <service>/<id>/<number>."""
    return Fact(name, zh, en, REF, **more)


def thing(name: str, zh: str, en: str, *facts: Fact, **more: Any) -> Fact:
    return Fact(name, zh, en, OBJECT, facts=facts, **more)


def number(of: str, en: str, name: str = "number", **more: Any) -> Fact:
    """文号 of a document."""
    return text(name, f"{of}文号", f"number of the {en}", 200, **{"example": "荣综执字〔2025〕第1号", **more})
