"""The items of a clock that an event names: by name alone, or saying themselves who is bound and until when. Pure.

A fact that a clock's `item` points at is a name, a list of names, or a list of mappings
`{"item": "3", "bound": "zjj", "until": "2025-06-20"}` of which only `item` must be there. `bound` takes the place of
who has the clock's part, `until` that of the date in the facts. An `until` that is empty drops the item: what runs for
it is cancelled, and none starts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.deadlines.model import Deadline, Happened
from shared.rulebook.model import Clock

LISTS = (list, tuple, set, frozenset)


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `until`: the date it runs to, as told; None: the item does not say."""

    name: str
    bound: str = ""                   # empty: who has the clock's part
    until: Any = None

    @property
    def dropped(self) -> bool:
        return isinstance(self.until, str) and not self.until

    def is_of(self, deadline: Deadline) -> bool:
        return self.name == deadline.item and self.bound in ("", deadline.bound)


def named(clock: Clock, happened: Happened) -> tuple[Item, ...] | None:
    """The items of the clock that the event names; empty where it says there are none. None: it names none, so that it
    is about all of the case."""
    fact = happened.facts.get(clock.item) if clock.item else None
    if isinstance(fact, LISTS):
        return tuple(map(_item, fact))
    if fact or (clock.item and happened.item):
        return (_item(fact or happened.item),)
    return None


def _item(said: Any) -> Item:
    if isinstance(said, Mapping):
        return Item(str(said["item"]), str(said.get("bound") or ""), said.get("until"))
    return Item(str(said))


def touched(items: tuple[Item, ...] | None, running: Iterable[Deadline], agency: str) -> tuple[Deadline, ...]:
    """Those of the running deadlines of a clock that an event of `agency` with these items is about.

    An agency that is bound itself acts for itself; any other (a ruling, the suite) acts on all who are bound, and so
    does whoever says itself which of them are meant.
    """
    meant = tuple(each for each in running if items is None or any(item.is_of(each) for item in items))
    if items and any(item.bound for item in items):
        return meant
    return tuple(each for each in meant if agency and each.bound == agency) or meant


def wanted(clock: Clock, items: tuple[Item, ...] | None, happened: Happened) -> Iterator[tuple[str, Item]]:
    """Who is to be bound to which item from the event on. Bound to nobody a deadline is still seen, never lost."""
    for item in (Item(""),) if items is None else items:
        if not item.dropped:
            for agency in (item.bound,) if item.bound else happened.bound.get(clock.bound) or ("",):
                yield agency, item
