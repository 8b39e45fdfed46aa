"""Pages: how much one holds, for gateways and old clients take a megabyte at most, and where the next begins."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

from shared.kernel.errors import Refusal

BAD_AFTER = Refusal("BAD_AFTER", "after 应当是上一页给出的 next。", "after must be the next of an earlier page.", "internal",
                    400, "after")
MOST_BYTES = 1_000_000                # of a page
ENVELOPE = 20_000                     # of it that is not items
Page = TypeVar("Page")
Row = TypeVar("Row")
_ENCODER = msgspec.json.Encoder(enc_hook=str)        # without blanks, as answers are sent; a tenth of json's time


def fits(items: Sequence[Any], most: int = MOST_BYTES - ENVELOPE, *, largest: int = 0) -> int:
    """How many of the items, from the first on, a page has room for; one at least. `largest`: bytes that no item comes
    to, where that is known; where so many of them fit at any rate, none is weighed."""
    if (largest and len(items) * largest <= most) or len(_ENCODER.encode(items)) <= most:
        return len(items)
    size = 1                            # a bracket; with each item a comma, or the other bracket
    for number, item in enumerate(items):
        size += len(_ENCODER.encode(item)) + 1
        if size > most and number:
            return number
    return len(items)


def within(limit: int, ask: Callable[[int], Page], items: Callable[[Page], Sequence[Any]], largest: int = 0) -> Page:
    """The page of at most `limit` items that `ask` gives, or the shorter one that is no megabyte: its own `next` says
    where it goes on. `largest`: as `fits` takes it."""
    page = ask(limit)
    told = items(page)
    room = fits(told, largest=largest)
    return page if room >= len(told) else ask(room)


def cut(found: Sequence[Row], limit: int, mark: Callable[[Row], str]) -> tuple[Sequence[Row], str]:
    """The rows of a page and its `next`, of rows that were asked for with one more than it holds; `mark`: a row's place
    in the list."""
    return found[:limit], mark(found[limit - 1]) if len(found) > limit else ""
