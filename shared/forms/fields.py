"""The fields of what comes in: each with its 中文 title, strict about its type, with refusals in both languages.

They are marshmallow fields, so OpenAPI is made from them; any other marshmallow field may stand beside them.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from shared.contracts.classified import forbidden
from shared.contracts.personal import Personal
from shared.forms.rows import Checked, read
from shared.kernel.clock import FIRST_DAY, LAST_DAY, aware, possible
from shared.kernel.errors import Refusal

LONGEST = 4000          # characters of a text, where a field says nothing else
MOST = 500              # items of a list

NOT_TEXT = Refusal("FIELD_TYPE", "应当是文字。", "This must be a text.")
HIDDEN_SIGNS = Refusal("FIELD_VALUE", "含有不可见的控制字符。", "It holds invisible control characters.")
TOO_SHORT = Refusal("FIELD_LENGTH", "不能为空，至少 {least} 个字符。", "At least {least} characters are needed.")
TOO_LONG = Refusal("FIELD_LENGTH", "过长，最多 {most} 个字符。", "It is too long: at most {most} characters.")
BAD_CODE = Refusal("FIELD_VALUE", "格式不正确，应当符合 {pattern}。", "It must match {pattern}.")
NO_CODE = Refusal("FIELD_VALUE", "应当填写代码（字母、数字和 . _ : -），不是名称。",
                  "A code belongs here (letters, digits and . _ : -), no name.")
NOT_ALLOWED = Refusal("FIELD_VALUE", "应当是下列之一：{choices}。", "It must be one of: {choices}.")
NOT_DAY = Refusal("FIELD_TYPE", "应当是日期，如 2026-09-30，不是「{value}」。",
                  "This must be a date such as 2026-09-30, not {value}.")
DAY_OUT_OF_RANGE = Refusal("DAY_OUT_OF_RANGE", f"日期应当在 {FIRST_DAY} 与 {LAST_DAY} 之间，不是「{{value}}」，请核对年份。",
                           f"A date lies between {FIRST_DAY} and {LAST_DAY}, not {{value}}: look at its year.")
NOT_INSTANT = Refusal("FIELD_TYPE", "应当是带时区的时间，如 2026-09-30T09:00:00+08:00，不是「{value}」。",
                      "This must be a time with its zone, such as 2026-09-30T09:00:00+08:00, not {value}.")
NOT_FLAG = Refusal("FIELD_TYPE", "应当是 true 或者 false。", "This must be true or false.")
NOT_WHOLE = Refusal("FIELD_TYPE", "应当是整数。", "This must be a whole number.")
OUT_OF_RANGE = Refusal("FIELD_VALUE", "应当在 {least} 与 {most} 之间。", "It must lie between {least} and {most}.")
TOO_MANY = Refusal("FIELD_LENGTH", "应当有 {least} 至 {most} 项。", "Between {least} and {most} items are needed.")

_HIDDEN = frozenset({"Cc", "Cs", "Co", "Cn"})
WIDTHLESS = "Cf"        # signs of no width: they come with what is pasted, hide words from a search, and say nothing


def plain_text(value: str) -> str:
    """A text in Unicode's composed form, without signs of no width, trimmed."""
    text = unicodedata.normalize("NFC", value)
    if not text.isprintable():
        text = "".join(sign for sign in text if unicodedata.category(sign) != WIDTHLESS)
    return text.strip()


def refuse(refusal: Refusal) -> ValidationError:
    """The refusal in the form in which marshmallow collects what is wrong."""
    return ValidationError([refusal])


def given(value: Any) -> str:
    """A value that is refused, as its refusal repeats it: so much of it that it is known again, on one line."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return " ".join(text.split())[:40]


def _meta(title: str, kwargs: dict[str, Any], **more: Any) -> dict[str, Any]:
    kwargs["metadata"] = {"title": title, **more, **kwargs.get("metadata", {})}
    return kwargs


class Text(Checked, fields.String):
    """A text of `least` to `most` characters, trimmed, in Unicode's composed form, without signs of no width, and not
    marked as a state secret: every field that takes words is one of these, so that guard stands here alone."""

    def __init__(self, title: str, *, least: int = 1, most: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(**_meta(title, kwargs, minLength=least, maxLength=most))
        self.least, self.most = least, most

    def take(self, value: Any) -> str:
        if not isinstance(value, str):
            raise refuse(NOT_TEXT)
        text = unicodedata.normalize("NFC", value).strip()          # `plain_text` of nearly every text
        if not text.isprintable():
            text = plain_text(value)
            if any(unicodedata.category(sign) in _HIDDEN and sign not in "\n\t" for sign in text):
                raise refuse(HIDDEN_SIGNS)
        if len(text) < self.least:
            raise refuse(TOO_SHORT.filled(least=self.least))
        if len(text) > self.most:
            raise refuse(TOO_LONG.filled(most=self.most))
        if "密" in text and (secret := forbidden(text)):
            raise refuse(secret)
        return text

    def ordinary(self, values: Sequence[Any]) -> Sequence[Any] | None:
        if {*map(type, values)} != {str}:
            return None
        texts = [*map(str.strip, values)]
        whole, lengths = " ".join(texts), [*map(len, texts)]        # a blank composes with nothing
        right = (self.least <= min(lengths) and max(lengths) <= self.most and whole.isprintable() and "密" not in whole
                 and unicodedata.is_normalized("NFC", whole))
        return texts if right else None


class PersonalField(Text):
    """Personal data of a natural person (name, number, address, phone): becomes `Personal`, kept encrypted."""

    def __init__(self, title: str, **kwargs: Any) -> None:
        super().__init__(title, **_personal(kwargs))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return Personal(self.take(value))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value.value if isinstance(value, Personal) else value


def _personal(kwargs: dict[str, Any]) -> dict[str, Any]:
    kwargs["metadata"] = {"x-personal": True, **kwargs.get("metadata", {})}
    return kwargs


PLAIN = r"[A-Za-z0-9._:-]+"       # a code of a list, as a rulebook or the register writes them


class Code(Text):
    """A code, id or digest: a text that matches `pattern` whole. One with a `load_default` may be sent empty: that is
    to leave it out, and what lacks then is for the law to say."""

    def __init__(self, title: str, *, pattern: str = PLAIN, most: int = 200, **kwargs: Any) -> None:
        optional = "load_default" in kwargs
        shape = f"(?:{pattern})?" if optional else f"(?:{pattern})"
        super().__init__(title, least=0 if optional else 1, most=most, **_meta(title, kwargs, pattern=f"^{shape}$"))
        self.pattern = re.compile(pattern)

    def take(self, value: Any) -> Any:
        text = super().take(value)
        if not text:
            return self.load_default
        if not self.pattern.fullmatch(text):
            raise refuse(NO_CODE if self.pattern.pattern == PLAIN else BAD_CODE.filled(pattern=self.pattern.pattern))
        return text

    def ordinary(self, values: Sequence[Any]) -> Sequence[Any] | None:
        texts = super().ordinary(values)
        return texts if texts and all(map(self.pattern.fullmatch, {*texts})) and all(texts) else None


class OneOf(fields.String):
    """One code of a list; `choices` maps each to its 中文."""

    def __init__(self, title: str, choices: Mapping[str, str], **kwargs: Any) -> None:
        kwargs.setdefault("validate", validate.OneOf(tuple(choices)))     # OpenAPI's enum
        super().__init__(**_meta(title, kwargs, **{"x-words": dict(choices)}))
        self.choices = choices

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str):
            raise refuse(NOT_TEXT)
        if value not in self.choices:
            told = ", ".join(f"{code} {word}".strip() for code, word in self.choices.items())
            raise refuse(NOT_ALLOWED.filled(choices=told))
        return value


class Day(Checked, fields.Date):
    """A calendar day in ISO 8601 (the city's), of FIRST_DAY to LAST_DAY."""

    def __init__(self, title: str, **kwargs: Any) -> None:
        super().__init__(**_meta(title, kwargs))

    def take(self, value: Any) -> date:
        try:
            return _day(value)
        except (TypeError, ValueError):             # a list is no key of a cache either
            raise refuse(NOT_DAY.filled(value=given(value))) from None

    def ordinary(self, values: Sequence[Any]) -> Sequence[Any] | None:
        try:
            days = {value: _day(value) for value in {*values}}
        except (TypeError, ValueError):
            return None
        return [*map(days.__getitem__, values)]


@lru_cache(maxsize=4096)
def _day(value: Any) -> date:
    """Hundreds of tasks share a few dozen days. Raises ValueError for what is no day, ValidationError for an
    impossible one."""
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError
    day = date.fromisoformat(value)
    if not possible(day):
        raise refuse(DAY_OUT_OF_RANGE.filled(value=day))
    return day


class Instant(fields.AwareDateTime):
    """An instant in RFC 3339 with its zone; becomes an aware one in UTC."""

    def __init__(self, title: str, **kwargs: Any) -> None:
        super().__init__(**_meta(title, kwargs))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        try:
            if not isinstance(value, str) or len(value) < 16:
                raise ValueError
            at = aware(datetime.fromisoformat(value))
        except (ValueError, OverflowError):
            raise refuse(NOT_INSTANT.filled(value=given(value))) from None
        if not possible(at.date()):
            raise refuse(DAY_OUT_OF_RANGE.filled(value=at.date()))
        return at


class Flag(fields.Boolean):
    """true or false, nothing else."""

    def __init__(self, title: str, **kwargs: Any) -> None:
        super().__init__(**_meta(title, kwargs))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise refuse(NOT_FLAG)
        return value


class Whole(Checked, fields.Integer):
    """A whole number from `least` to `most`."""

    def __init__(self, title: str, *, least: int = 0, most: int = 1_000_000_000, **kwargs: Any) -> None:
        super().__init__(strict=True, **_meta(title, kwargs, minimum=least, maximum=most))
        self.least, self.most = least, most

    def take(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise refuse(NOT_WHOLE)
        if not self.least <= value <= self.most:
            raise refuse(OUT_OF_RANGE.filled(least=self.least, most=self.most))
        return value

    def ordinary(self, values: Sequence[Any]) -> Sequence[Any] | None:
        right = {*map(type, values)} == {int} and self.least <= min(values) and max(values) <= self.most
        return values if right else None


class One(fields.Nested):
    """A value object of its own schema."""

    def __init__(self, title: str, schema: type[Schema] | Callable[[], Schema], **kwargs: Any) -> None:
        super().__init__(schema, **_meta(title, kwargs))


class Many(fields.List[Any]):
    """`least` to `most` items; becomes a tuple. `item` is a field, or the schema of value objects."""

    def __init__(self, title: str, item: fields.Field[Any] | type[Schema], *, least: int = 0, most: int = MOST,
                 **kwargs: Any) -> None:
        field = item if isinstance(item, fields.Field) else fields.Nested(item)
        super().__init__(field, **_meta(title, kwargs, minItems=least, maxItems=most))
        self.least, self.most = least, most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, list) and not self.least <= len(value) <= self.most:
            raise refuse(TOO_MANY.filled(least=self.least, most=self.most))
        if isinstance(value, list):
            inner = self.inner
            try:
                return (tuple(read(inner.schema, value)) if isinstance(inner, fields.Nested)
                        else tuple(map(inner.deserialize, value)))
            except ValidationError:
                pass                        # below all that is wrong is said, and where
        return tuple(super()._deserialize(value, attr, data, **kwargs))
