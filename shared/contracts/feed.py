"""The feed's page as it travels: what a feed answers and what a follower reads. Pure.

A page is `{"epoch": …, "next": mark, "more": …, "items": [{"position", "prev", "epoch", "body"}]}`; `body` is the
CloudEvents text of the entry exactly as published, as a string. In NDJSON each item is a line and the rest stands in
headers. A mark goes back as `after` as it is; made by hand it is `<epoch>.<position>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 18        # digits of a position: what a database's integer can hold


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry: where it stands in its source's journal, the position before it for this reader, and its text."""

    position: int
    prev: int
    body: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of a feed. `epoch` is the source's present one; no items: nothing after the mark yet. `head`: the
    journal's last position, told to services only; 0: not told. `more`: there is more to read at once."""

    epoch: str
    items: tuple[FeedItem, ...]
    head: int = 0
    more: bool = False

    def to_json(self, after: int) -> dict[str, Any]:
        """The page as JSON data. `after` is where it was asked from: the next mark where it is empty."""
        last = self.items[-1].position if self.items else after
        head = {"head": self.head} if self.head else {}
        return {**head, "epoch": self.epoch, "next": mark_of(self.epoch, last), "more": self.more,
                "items": [{"position": item.position, "prev": item.prev, "epoch": self.epoch, "body": item.body}
                          for item in self.items]}


def page_from(data: Mapping[str, Any]) -> FeedPage:
    """The page of JSON data. Raises ValueError for anything else."""
    try:
        items = tuple(FeedItem(int(item["position"]), int(item["prev"]), str(item["body"])) for item in data["items"])
        return FeedPage(str(data["epoch"]), items, int(data.get("head", 0)), bool(data.get("more", False)))
    except (KeyError, TypeError) as lacking:
        raise ValueError(f"not a page of a feed: {lacking!r}") from lacking


def item_text(epoch: str, position: int, prev: int, body: bytes) -> bytes:
    """An item as it travels, in a JSON page and as a line: what `json.dumps` would write, in a tenth of its time. For
    a body (UTF-8) that is itself JSON: it holds no control characters, so quotes and backslashes are all there is."""
    text = body.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'{"position":%d,"prev":%d,"epoch":"%b","body":"%b"}' % (position, prev, epoch.encode(), text)


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to where a feed was read: of which epoch (empty: whichever is the present one), the position up to which it
    was looked through, and that of the last item given: another one where only some types are read."""

    epoch: str
    position: int
    last: int

    def __str__(self) -> str:
        return mark_of(self.epoch, self.position) + (f"-{self.last}" if self.last != self.position else "")


def mark_of(epoch: str, position: int) -> str:
    """The mark after `position`. An empty epoch stands for whichever is the present one."""
    return f"{epoch}.{position}"


def mark_from(text: str) -> Mark:
    """The mark of its text; an empty one is the beginning. Raises ValueError."""
    epoch, _, place = (text or ".0").rpartition(".")
    position, dash, last = place.partition("-")
    if not (_whole(position) and (_whole(last) or not dash)):
        raise ValueError(f"not a mark of a feed: {text!r}")
    return Mark(epoch, int(position), int(last or position))


def read_mark(mark: str) -> tuple[str, int]:
    """The epoch and position of a mark; an empty one is the beginning. Raises ValueError."""
    found = mark_from(mark)
    return found.epoch, found.position


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST
