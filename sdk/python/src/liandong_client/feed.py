"""Feeds: every event that concerns this agency, in the order of its source, as long as the journal is."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from liandong_client.client import Client
from liandong_client.errors import GapOpen, NewEpoch, Refused, Unreachable
from liandong_client.events import Event, event_of_item
from liandong_client.inbox import Handler, Inbox, Reconciled
from liandong_client.stores import Had, Place, SqliteStore, Store
from liandong_client.transport import pause_asked

log = logging.getLogger("liandong_client")

SERVICES = ("transfer", "collab", "joint", "sharing", "oversight", "desk")
WAIT, LIMIT, BATCH = 20, 1000, 100      # seconds of a long-poll; events a page; events a transaction
LOOK = 0.5                              # seconds between two looks whether to stop
PAUSE = 1.0                             # seconds before a feed is asked again that had no place to wait in


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source's feed: its events, where to go on (a mark), whether there is more at once, and how many
    seconds to leave it alone where it had no place to wait in."""

    source: str
    epoch: str
    events: tuple[Event, ...]
    next: str
    more: bool
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of a feed. `types`: only these events, by their keys (`transfer.announced`); none: all of them.
    `of`: the feed of an agency that one's own succeeded."""

    types: tuple[str, ...] = ()
    limit: int = LIMIT
    of: str = ""

    def names(self, source: str) -> list[str]:
        """The events of a source that are asked for."""
        return [name for service, _, name in (each.partition(".") for each in self.types) if service == source]

    def page(self, client: Client, source: str, mark: str, wait: int = 0) -> Page:
        """The events after a mark; `wait`: how many seconds the answer may wait for one. Raises NewEpoch, Refused,
        Unreachable."""
        asked = {"after": mark, "limit": str(self.limit), "wait": str(wait), "types": ",".join(self.names(source)),
                 "of": self.of}
        try:
            answer = client.send("GET", f"/api/{source}/feed", more=wait,
                                 params={name: value for name, value in asked.items() if value not in ("", "0")})
        except Refused as refused:
            if refused.status == 410 and refused.refusals:
                values = refused.refusals[0].values
                raise NewEpoch(source, str(values["epoch"]), str(values["after"])) from refused
            raise
        told = answer.json()
        events = tuple(event_of_item(item) for item in told["items"])
        return Page(source, str(told["epoch"]), events, str(told["next"]), bool(told.get("more", events)),
                    pause_asked(answer.headers.get("Retry-After", "")))


@dataclass(frozen=True, slots=True)
class Compared:
    """A day's reconciliation. `complete`: the day is over, so what is told of it does not change any more."""

    source: str
    day: date
    complete: bool
    mine: Had
    theirs: Had

    @property
    def holds(self) -> bool:
        """Whether both sides have the very same events of the day."""
        return self.mine == self.theirs


class Reader:
    """Reads the feeds of one or several services, and remembers in `store` how far.

    The order within a source holds. Between sources there is none; each has a page a turn, so none waits for another's
    backlog. With `run` a handler gets each event, in one transaction with its place where the store has transactions;
    iterated, an event counts as done when the next one is asked for. `of` reads what a dissolved agency was told that
    one's own succeeded: with a store of its own, for it is another feed.
    """

    def __init__(self, client: Client, sources: str | Sequence[str], store: Store, *, types: Sequence[str] = (),
                 of: str = "", wait: int = WAIT, limit: int = LIMIT) -> None:
        self.client, self.store, self.wait = client, store, wait
        self._asking = Asking(tuple(types), limit, of)
        self._over: set[tuple[str, str]] = set()        # epochs of sources that are over
        self.sources = tuple(source for source in ((sources,) if isinstance(sources, str) else sources)
                             if not types or self._asking.names(source))

    def run(self, handler: Handler, *, follow: bool = True, stopping: Callable[[], bool] = lambda: False,
            batch: int = BATCH) -> int:
        """Hands each new event to the handler until `stopping`; `follow` false: until every feed is read to its end.
        Returns how many it was. Raises what the handler raises, NewEpoch, Refused; Unreachable unless it follows."""
        inbox, count = Inbox(self.store, handler), 0
        for page in self._pages(follow, stopping):
            for first in range(0, len(page.events), batch):
                count += inbox.take(page.events[first:first + batch])
            inbox.reached(page.source, page.epoch, page.next)
        return count

    def __iter__(self) -> Iterator[Event]:
        """Every new event, for ever. At least once each: of two with the same id handle one."""
        inbox = Inbox(self.store, lambda event: None)
        for page in self._pages(True, lambda: False):
            for event in page.events:
                if not inbox.knows(event):
                    yield event
                    inbox.take((event,))
            inbox.reached(page.source, page.epoch, page.next)

    def take(self, inbox: Inbox, events: Sequence[Event]) -> None:
        """Handles events that came another way (queue, webhook), all in one transaction; where some are missing before
        one, first what the feed has. Raises what the handler raises, NewEpoch, Refused, Unreachable."""
        here = [event for event in events if self._of_now(inbox, event)]
        try:
            inbox.take(here)
        except GapOpen as gap:
            log.info("%s: the feed is read", gap)
            for event in here:
                if inbox.gap_before(event):
                    self.fill(inbox, event.source)
                inbox.take((event,), whole=False)

    def _of_now(self, inbox: Inbox, event: Event) -> bool:
        """False for an event of an epoch that is over: the feed has what became of it. Raises NewEpoch."""
        try:
            inbox.knows(event)
            return True
        except NewEpoch:
            if (event.source, event.epoch) not in self._over:
                self.fill(inbox, event.source)          # it is for the feed to say which of both is over
                self._over.add((event.source, event.epoch))
                log.warning("%s: events of epoch %s, which is over, are passed over", event.source, event.epoch)
            return False

    def fill(self, inbox: Inbox, source: str) -> None:
        """Reads a source's feed to its end."""
        more = True
        while more:
            page = self._asking.page(self.client, source, inbox.store.place(source).mark)
            inbox.take(page.events)
            inbox.reached(source, page.epoch, page.next)
            more = page.more

    def reconcile(self, source: str, handler: Handler) -> Reconciled:
        """After NewEpoch: reads the source from the beginning of its new epoch. What the store has by its id is not
        handled again (a store without ids hands over all of it: the handler must know them)."""
        epoch = self._asking.page(self.client, source, "").epoch
        return Inbox(self.store, handler).again(source, epoch, self._whole(source, Place(epoch, 0).mark))

    def compare(self, source: str, day: date) -> Compared:
        """对账: what was handled of a source's events of a day, and what Liandong says it told. Needs a SqliteStore that
        read all types. Raises Refused, Unreachable; TypeError for a store that keeps no ids."""
        if not isinstance(self.store, SqliteStore):
            raise TypeError("only a SqliteStore knows what it had on which day")
        asked = {"date": day.isoformat(), **({"of": self._asking.of} if self._asking.of else {})}
        told = self.client.get(f"/api/{source}/reconciliation", **asked)
        theirs = Had(int(told["count"]), told["first"], told["last"], str(told["digest"]))
        return Compared(source, day, bool(told["complete"]), self.store.had(source, day), theirs)

    def _whole(self, source: str, mark: str) -> Iterator[Sequence[Event]]:
        more = True
        while more:
            page = self._asking.page(self.client, source, mark)
            if page.events:
                yield page.events
            mark, more = page.next, page.more

    def _pages(self, follow: bool, stopping: Callable[[], bool]) -> Iterator[Page]:
        """Pages of all sources as they come. Each source has at most one waiting here: that is its turn."""
        ready: queue.SimpleQueue[_Arrived] = queue.SimpleQueue()
        fetchers = {source: _Fetcher(self.client.copy(), source, self._asking, self.store.place(source).mark,
                                     self.wait if follow else 0, follow, ready) for source in self.sources}
        for fetcher in fetchers.values():
            fetcher.start()
        open_ones = set(fetchers)
        try:
            while open_ones and not stopping():
                try:
                    arrived = ready.get(timeout=LOOK)
                except queue.Empty:
                    continue
                if isinstance(arrived.what, Exception):
                    raise arrived.what
                if not (follow or arrived.what.more):
                    open_ones.discard(arrived.source)
                fetchers[arrived.source].turn.release()
                yield arrived.what
        finally:
            for fetcher in fetchers.values():
                fetcher.end()


@dataclass(frozen=True, slots=True)
class _Arrived:
    source: str
    what: Page | Exception = field(repr=False)


class _Fetcher(threading.Thread):
    """Fetches a source's pages one ahead of whoever handles them. It ends with the program: a long-poll can't be
    interrupted."""

    def __init__(self, client: Client, source: str, asking: Asking, mark: str, wait: int, follow: bool,
                 ready: "queue.SimpleQueue[_Arrived]") -> None:
        super().__init__(name=f"feed {source}", daemon=True)
        self._client, self._source, self._asking, self._mark = client, source, asking, mark
        self._wait, self._follow, self._ready = wait, follow, ready
        self.turn = threading.Semaphore(0)
        self._ended = threading.Event()

    def run(self) -> None:
        """One page after the other, each after the one before was taken."""
        more = True
        while not self._ended.is_set() and (more or self._follow):
            asked = time.monotonic()
            try:
                page = self._asking.page(self._client, self._source, self._mark, 0 if more else self._wait)
            except Unreachable as lost:
                if not self._follow:
                    self._ready.put(_Arrived(self._source, lost))
                    return
                log.warning("%s", lost)
                self._ended.wait(self._wait)
                continue
            except Exception as failed:
                self._ready.put(_Arrived(self._source, failed))
                return
            if page.next != self._mark or not (page.more or self._follow):
                self._ready.put(_Arrived(self._source, page))
                self.turn.acquire()
            elif not page.more:
                self._ended.wait(max(page.pause, PAUSE - (time.monotonic() - asked)))
            self._mark, more = page.next, page.more

    def end(self) -> None:
        """No page after the one that is being asked for."""
        self._ended.set()
        self.turn.release()
