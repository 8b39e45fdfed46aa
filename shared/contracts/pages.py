"""How much an answer holds: gateways and old clients take a megabyte at most. Pure."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

MOST_BYTES = 1_000_000                # of a page
ENVELOPE = 20_000                     # of it that is not items
Page = TypeVar("Page")
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def fits(items: Sequence[Any], most: int = MOST_BYTES - ENVELOPE) -> int:
    """How many of the items, from the first on, a page has room for; one at least."""
    if _size([*items]) <= most:          # its brackets weigh as much as the comma and blank that its last item has not
        return len(items)
    size = 0
    for number, item in enumerate(items):
        size += _size(item) + 2
        if size > most and number:
            return number
    return len(items)


def _size(told: Any) -> int:
    return len(_ENCODER.encode(told).encode("utf-8", "replace"))


def within(limit: int, ask: Callable[[int], Page], items: Callable[[Page], Sequence[Any]]) -> Page:
    """The page of at most `limit` items that `ask` gives, or the shorter one that is no megabyte: its own `next` says
    where it goes on."""
    page = ask(limit)
    told = items(page)
    room = fits(told)
    return page if room >= len(told) else ask(room)
