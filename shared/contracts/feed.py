"""The feed's page as it travels: what a feed answers and what a follower reads. Pure.

A page is `{"epoch": …, "items": [{"position", "prev", "epoch", "body"}], "next": mark}`; `body` is the CloudEvents
text of the entry exactly as published, as a string. The mark is opaque to agencies: it goes back as `after`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry: where it stands in its source's journal, the position before it for this reader, and its text."""

    position: int
    prev: int
    body: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of a feed. `epoch` is the source's present one; no items: nothing after the mark yet. `head`: the
    journal's last position, told to services only; 0: not told."""

    epoch: str
    items: tuple[FeedItem, ...]
    head: int = 0

    def to_json(self, after: int) -> dict[str, Any]:
        """The page as JSON data. `after` is where it was asked from: the next mark where it is empty."""
        last = self.items[-1].position if self.items else after
        head = {"head": self.head} if self.head else {}
        return {**head, "epoch": self.epoch, "next": mark_of(self.epoch, last),
                "items": [{"position": item.position, "prev": item.prev, "epoch": self.epoch, "body": item.body}
                          for item in self.items]}


def page_from(data: Mapping[str, Any]) -> FeedPage:
    """The page of JSON data. Raises ValueError for anything else."""
    try:
        items = tuple(FeedItem(int(item["position"]), int(item["prev"]), str(item["body"])) for item in data["items"])
        return FeedPage(str(data["epoch"]), items, int(data.get("head", 0)))
    except (KeyError, TypeError) as lacking:
        raise ValueError(f"not a page of a feed: {lacking!r}") from lacking


def mark_of(epoch: str, position: int) -> str:
    """The mark after `position`. An empty epoch stands for whichever is the present one."""
    return f"{epoch}.{position}"


def read_mark(mark: str) -> tuple[str, int]:
    """The epoch and position of a mark; an empty one is the beginning. Raises ValueError."""
    epoch, _, position = (mark or ".0").rpartition(".")
    if not position.isascii() or not position.isdigit():
        raise ValueError(f"not a mark of a feed: {mark!r}")
    return epoch, int(position)
