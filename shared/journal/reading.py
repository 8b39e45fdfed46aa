"""A journal as one reader may read it, a page at a time: cut by how many, by how large, and by how much is looked
through where only some of it is wanted. What is held in memory is a page and the next few hundred entries."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.contracts.feed import Mark, item_text
from shared.db.pipelining import Trip, utf8
from shared.journal.log import HEAD, PREV
from shared.journal.model import Head
from shared.journal.tables import journal, journal_audience
from shared.kernel.page_limits import MOST_BYTES

CHUNK = 500         # entries read at once, where nothing is known of their size
WINDOW = 20_000     # entries looked through for a page of what is wanted of them

Chosen = Callable[[Connection, Collection[str]], Collection[str]]       # of these cases, those that the reader may read

_TEXT = (journal.c.position, journal.c.stream, utf8(journal.c.body))
_ALL = sa.select(*_TEXT).where(journal.c.position > sa.bindparam("after")).order_by(journal.c.position) \
    .limit(sa.bindparam("limit"))
_MINE = journal_audience.c.agency == sa.bindparam("agency"), journal_audience.c.position > sa.bindparam("after")
# Which they are first, then each by its key: a join may begin at the journal's first entry, or read all of them.
_NTH = sa.select(journal_audience.c.position).where(*_MINE).order_by(journal_audience.c.position) \
    .limit(sa.bindparam("limit")).subquery()
_TOLD = sa.select(*_TEXT).select_from(_NTH.join(journal, journal.c.position == _NTH.c.position)) \
    .order_by(_NTH.c.position)
_WITHIN = journal.c.position <= sa.bindparam("until"), journal.c.type.in_(sa.bindparam("types", expanding=True))
_ALL_OF_TYPES = _ALL.where(*_WITHIN)
_TOLD_OF_TYPES = sa.select(*_TEXT).select_from(
    journal_audience.join(journal, journal.c.position == journal_audience.c.position)) \
    .where(*_MINE, journal.c.position > sa.bindparam("after"), *_WITHIN) \
    .order_by(journal_audience.c.position).limit(sa.bindparam("limit"))
_NEXT = sa.select(journal_audience.c.position).where(*_MINE) \
    .order_by(journal_audience.c.position).limit(WINDOW).subquery()
_END = sa.select(sa.func.max(_NEXT.c.position), sa.func.count()).select_from(_NEXT)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who reads what: everything (`agency` None) or what one agency was told; of that these types (none: all), and of
    that the cases which `chosen` lets through."""

    agency: str | None
    types: tuple[str, ...] = ()
    chosen: Chosen | None = None

    @property
    def whole(self) -> bool:
        return not self.types and self.chosen is None


@dataclass(frozen=True, slots=True)
class Read:
    """A page: the texts of its items, their first and last position (0: none), where to go on, and whether there is
    more now."""

    items: tuple[bytes, ...]
    first: int
    last: int
    mark: Mark
    more: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """What a page begins with, asked for in one trip: the journal's head, and of a whole feed the position before and
    the first entries."""

    head: Head
    prev: int
    rows: Sequence[Any] = ()
    asked: int = 0              # how many entries were asked for


class Sizes:
    """How many entries have room on a page, as the pages before had them: so that one trip brings the next."""

    def __init__(self) -> None:
        self._room = CHUNK

    def likely(self, limit: int) -> int:
        """How many entries to ask for: one more than will be on the page, to see whether there is more."""
        return min(self._room, limit) + 1

    def learn(self, read: "Read", limit: int) -> None:
        """From a page that ended before the feed did: by its bytes (a little more may have room next time), or by its
        number."""
        if read.more:
            count = len(read.items)
            self._room = count + count // 20 if count < limit else max(self._room, limit)


def begin(tx: Connection, wanted: Wanted, after: int, limit: int, sizes: Sizes | None = None) -> Begun:
    """Asks what a page after the position `after` begins with."""
    trip = Trip(tx, binary=True)
    head, asked = trip.ask(HEAD), (sizes or Sizes()).likely(limit)
    if not wanted.whole:
        return Begun(Head(*head()[0]), 0)
    if wanted.agency is None:
        rows = trip.ask(_ALL, after=after, limit=asked)
        return Begun(Head(*head()[0]), after, rows(), asked)
    prev = trip.ask(PREV, agency=wanted.agency, after=after)
    rows = trip.ask(_TOLD, agency=wanted.agency, after=after, limit=asked)
    return Begun(Head(*head()[0]), prev()[0][0] or 0, rows(), asked)


def page(tx: Connection, wanted: Wanted, mark: Mark, begun: Begun, limit: int, most: int = MOST_BYTES) -> Read:
    """At most `limit` items after the mark, together at most `most` bytes with one more for each; one item that is
    larger comes alone. `mark` is of the journal's own epoch, and `begun` after it."""
    reading = _Reading(wanted, mark, limit, most)
    if mark.position < begun.head.position:
        reading.run(tx, begun)
    return reading.done(mark.epoch)


class _Reading:
    """A page while it is read."""

    def __init__(self, wanted: Wanted, mark: Mark, limit: int, most: int) -> None:
        self.wanted, self.limit, self.most, self.room = wanted, limit, most, most
        self.seen, self.prev, self.epoch = mark.position, mark.last, mark.epoch
        self.items: list[bytes] = []
        self.first, self.more = 0, False

    def run(self, tx: Connection, begun: Begun) -> None:
        """Reads until the page is full or there is nothing more to look through."""
        wanted = self.wanted
        who = {} if wanted.agency is None else {"agency": wanted.agency}
        if not wanted.types:
            if wanted.whole:
                self.prev = begun.prev
            self.more = not self._through(tx, _TOLD if who else _ALL, who, begun.rows, begun.asked)
            return
        until, beyond = self._window(tx, begun.head.position)
        within = {**who, "until": until, "types": list(wanted.types)}
        if self._through(tx, _TOLD_OF_TYPES if who else _ALL_OF_TYPES, within):
            self.seen, self.more = until, beyond
        else:
            self.more = True

    def _window(self, tx: Connection, head: int) -> tuple[int, bool]:
        """How far is looked, and whether there may be something beyond."""
        if self.wanted.agency is None:
            until = min(head, self.seen + WINDOW)
            return until, until < head
        end, count = tx.execute(_END, {"agency": self.wanted.agency, "after": self.seen}).one()
        return end or self.seen, count == WINDOW

    def _through(self, tx: Connection, select: sa.Select[Any], values: dict[str, Any], rows: Sequence[Any] = (),
                 want: int = 0) -> bool:
        """Reads in chunks, `rows` of the `want` that were asked for first; whether there is nothing more of the
        selection."""
        looked = 0
        while looked < WINDOW:
            if not want:
                want = self._want()
                rows = self._asked(tx, select, {**values, "after": self.seen, "limit": want})
            if not self._take(tx, rows):
                return False
            if len(rows) < want:
                return True
            looked, want = looked + len(rows), 0
        return False

    def _asked(self, tx: Connection, select: sa.Select[Any], values: dict[str, Any]) -> Sequence[Any]:
        if self.wanted.types:               # a list of any length, which SQLAlchemy writes out each time
            return tx.execute(select, values).all()
        return Trip(tx, binary=True).ask(select, **values)()

    def _want(self) -> int:
        """How many entries to read next: as many as have room, by the size of those before, and one to see more."""
        likely = self.room * len(self.items) // max(1, self.most - self.room) if self.items else CHUNK
        return min(CHUNK, self.limit - len(self.items) + 1, likely + 2)

    def _take(self, tx: Connection, rows: Sequence[Any]) -> bool:
        """Adds what has room; False where something has none."""
        chosen = self.wanted.chosen
        its = None if chosen is None else set(chosen(tx, {stream for _, stream, _ in rows}))
        for position, stream, body in rows:
            if its is not None and stream not in its:
                self.seen = position
                continue
            text = item_text(self.epoch, position, self.prev, body)
            if len(self.items) == self.limit or (self.items and len(text) + 1 > self.room):
                return False
            self.room -= len(text) + 1
            self.items.append(text)
            self.first = self.first or position
            self.seen = self.prev = position
        return True

    def done(self, epoch: str) -> Read:
        last = self.prev if self.items else 0
        return Read(tuple(self.items), self.first, last,
                    Mark(epoch, self.seen, self.seen if self.wanted.whole else self.prev), self.more)
