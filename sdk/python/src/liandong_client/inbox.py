"""Each event handled once, in the order of its source: what feed, queue and webhook readers share."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from liandong_client.errors import GapOpen, NewEpoch
from liandong_client.events import Event
from liandong_client.stores import Place, Store

log = logging.getLogger("liandong_client")

Handler = Callable[[Event], object]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What came of reading a source anew in its new epoch: how many events were new, how many were had already, and the
    ids of those that are had and were not met again: report them to the operators of Liandong."""

    source: str
    epoch: str
    new: int
    again: int
    lost: frozenset[str]


class Inbox:
    """Hands events to a handler, each once. A store with transactions keeps effect and place together."""

    def __init__(self, store: Store, handler: Handler) -> None:
        self.store, self._handler = store, handler

    def take(self, events: Sequence[Event], *, whole: bool = True) -> int:
        """Handles those that are new, in one transaction; where one fails, each in its own, so that those before it are
        kept. `whole` false: the events are chosen ones, so a hole before one means nothing. Returns how many were new.
        Raises what the handler raises, GapOpen, NewEpoch."""
        try:
            with self.store.transaction():
                return sum(self._one(event, whole) for event in events)
        except (GapOpen, NewEpoch):
            raise
        except Exception:
            if len(events) < 2:
                raise
            log.info("a batch of %s events failed: one by one", len(events))
        return sum(self.take((event,), whole=whole) for event in events)

    def gap_before(self, event: Event) -> bool:
        """Whether events before this one are missing."""
        place = self.store.place(event.source)
        return event.prev > place.position and place.epoch in ("", event.epoch)

    def knows(self, event: Event) -> bool:
        """Whether the event was handled already. Raises NewEpoch for one of another epoch."""
        place = self.store.place(event.source)
        if place.epoch and event.epoch != place.epoch:
            raise NewEpoch(event.source, event.epoch, Place(event.epoch, 0).mark)
        return event.position <= place.position

    def reached(self, source: str, epoch: str, mark: str) -> None:
        """All before the feed's mark is handled or concerns this reader not. Raises NewEpoch."""
        place = self.store.place(source)
        if place.epoch not in ("", epoch):
            raise NewEpoch(source, epoch, Place(epoch, 0).mark)
        if (moved := Place(epoch, place.position, mark)) != place:
            with self.store.transaction():
                self.store.move(source, moved)

    def again(self, source: str, epoch: str, pages: Iterable[Sequence[Event]]) -> Reconciled:
        """Reads a source anew in its new epoch, from its beginning. Cut off, it is gone on with where it was: what is
        had is known by its id."""
        had, met, new, last = self.store.ids(source), set[str](), 0, 0
        for events in pages:
            with self.store.transaction():
                new += sum(self._handle(event) for event in events)
            met.update(event.id for event in events)
            last = events[-1].position
        with self.store.transaction():
            self.store.move(source, Place(epoch, last))
        lost = frozenset(had - met)
        if lost:
            log.warning("%s: %s events that are had were not met again in epoch %s", source, len(lost), epoch)
        return Reconciled(source, epoch, new, len(met & had), lost)

    def _one(self, event: Event, whole: bool) -> bool:
        if self.knows(event):
            return False
        if whole and self.gap_before(event):
            raise GapOpen(f"{event.source}: after {self.store.place(event.source).position} comes {event.position}, "
                          f"whose prev is {event.prev}")
        return self._handle(event)

    def _handle(self, event: Event) -> bool:
        """Whether it was new: an event of the epoch before keeps its id, not its position."""
        if new := not self.store.seen(event.source, event.id):
            self._handler(event)
        self.store.done(event)
        return new
