"""Keyset paging and filters from a query string; nothing personal stands in a URL."""

import base64
import binascii
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from flask import request

from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import BAD_AFTER

DEFAULT, MOST = 50, 200

BAD_LIMIT = Refusal("BAD_LIMIT", "limit 应当在 1 与 {most} 之间。", "limit must lie between 1 and {most}.", "internal",
                    400, "limit")
BAD_QUERY = Refusal("BAD_QUERY", "参数「{name}」重复或者含有不可见字符。", "The parameter {name} stands twice or holds hidden signs.",
                    "internal", 400)
UNKNOWN_PARAMETER = Refusal("UNKNOWN_PARAMETER", "没有查询参数「{name}」；可以使用：{told}。",
                            "There is no query parameter {name}; known are: {known}.", "internal", 400)
NO_PARAMETER = Refusal(UNKNOWN_PARAMETER.code, "没有查询参数「{name}」；这里没有查询参数。",
                       "There is no query parameter {name}: none is known here.", "internal", 400)


class Asked(NamedTuple):
    """A page of a list, as asked for."""

    limit: int
    after: str
    filters: Mapping[str, str]


def asked(most: int = MOST) -> Asked:
    """The page the query string asks for. Raises Refused (400)."""
    values: dict[str, str] = {}
    for name, value in request.args.items(multi=True):
        if name in values or any(unicodedata.category(sign)[0] == "C" for sign in value):
            raise Refused(BAD_QUERY.filled(name=name[:100]).at(name[:100]))
        values[name] = value
    limit = limit_of(values.pop("limit", str(DEFAULT)), most)
    return Asked(limit, opened(values.pop("after", "")), values)


def unpaged(known: Collection[str]) -> dict[str, str]:
    """The parameters of what comes without pages; `known`: those that there are. Raises Refused (400), but leaves to
    others what they know better: filters that there are not."""
    found = dict(asked().filters)
    for name in ("limit", "after"):
        if name in request.args:
            raise Refused(unknown(name, known))
    return found


def only(known: Collection[str]) -> None:
    """Raises Refused (400) for a parameter that is not known, stands twice or holds hidden signs."""
    given: set[str] = set()
    for name, value in request.args.items(multi=True):
        if name not in known:
            raise Refused(unknown(name, known))
        if name in given or any(unicodedata.category(sign)[0] == "C" for sign in value):
            raise Refused(BAD_QUERY.filled(name=name).at(name))
        given.add(name)


def unknown(name: str, known: Iterable[str]) -> Refusal:
    """That there is no parameter of the name, and which there are."""
    known = tuple(known)
    told = "、".join(f"「{each}」" for each in known)
    refusal = UNKNOWN_PARAMETER if known else NO_PARAMETER
    return refusal.filled(name=name[:100], known=", ".join(known), told=told).at(name[:100])


class Items(Protocol):
    """What every page has."""

    @property
    def items(self) -> Sequence[Any]: ...


def items(page: Items) -> Sequence[Any]:
    """The items of a page."""
    return page.items


def limit_of(text: str, most: int = MOST) -> int:
    """Raises Refused (400) for what is no number from 1 to `most`."""
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= most):
        raise Refused(BAD_LIMIT.filled(most=most))
    return int(text)


def position(place: str) -> int:
    """The position in a journal that a place tells; 0 for an empty one. Raises Refused (400)."""
    if not (place or "0").isascii() or not (place or "0").isdigit() or len(place) > 18:
        raise Refused(BAD_AFTER)
    return int(place or "0")


def closed(place: str) -> str:
    """The opaque mark of a place in a list; empty stays empty."""
    return base64.urlsafe_b64encode(place.encode()).rstrip(b"=").decode()


def opened(mark: str) -> str:
    """The place of a mark. Raises Refused (400)."""
    try:
        place = base64.b64decode(mark + "=" * (-len(mark) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise Refused(BAD_AFTER) from None
    if not place.isprintable():
        raise Refused(BAD_AFTER)
    return place
