"""A service's journal: append, and the ways to read it. Readers keep one number, the position.

Positions become visible in their order on both back ends: the head's row is held until its commit is seen by all. So a
page that starts after a position a reader knows can never be missing an entry that comes in later.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.pipelining import Trip
from shared.journal.append import NotOpened, insert, written
from shared.journal.model import Appended, Delivered, Entry, ForRelay, Head, NewEntry
from shared.journal.tables import journal, journal_audience, journal_detail, journal_head
from shared.kernel.clock import Clock

HEAD = sa.select(journal_head.c.epoch, journal_head.c.position)
_ENTRY = sa.select(*(journal.c[name] for name in Entry.__dataclass_fields__))
_TEXT = (journal.c.position, journal.c.id, journal.c.type, journal.c.stream, journal.c.body)
_PAGE = sa.select(*_TEXT).where(journal.c.position > sa.bindparam("after")).order_by(journal.c.position) \
    .limit(sa.bindparam("limit"))
_TEXTS = sa.select(journal.c.position, journal.c.body).where(journal.c.position > sa.bindparam("after")) \
    .order_by(journal.c.position).limit(sa.bindparam("limit"))
_PAGE_OF_AGENCY = sa.select(*_TEXT).select_from(
    journal_audience.join(journal, journal.c.position == journal_audience.c.position)) \
    .where(journal_audience.c.agency == sa.bindparam("agency"), journal_audience.c.position > sa.bindparam("after"),
           journal.c.position > sa.bindparam("after")) \
    .order_by(journal_audience.c.position).limit(sa.bindparam("limit"))
PREV = sa.select(sa.func.max(journal_audience.c.position)).where(
    journal_audience.c.agency == sa.bindparam("agency"), journal_audience.c.position <= sa.bindparam("after"))
_TOLD = sa.select(journal_audience.c.position, journal_audience.c.agency).where(
    journal_audience.c.position > sa.bindparam("after"), journal_audience.c.position <= sa.bindparam("last")) \
    .order_by(journal_audience.c.position, journal_audience.c.agency)


class Journal:
    """The journal of one service of one city. Every method takes the caller's transaction."""

    def __init__(self, service: str, city: str, clock: Clock) -> None:
        self.service, self.city, self.clock = service, city, clock

    def append(self, tx: Connection, entries: Sequence[NewEntry]) -> Appended:
        """Appends the batch in order. Nothing may follow it in the transaction but the commit.

        Raises NotOpened before `open_epoch`, ValueError for an empty batch, IntegrityError for an id that is there,
        or for a second entry of one cause, type and stream.
        """
        if not entries:
            raise ValueError("an empty batch has no position")
        recorded_at = self.clock.now()
        rows = [written(entry, city=self.city, service=self.service, recorded_at=recorded_at) for entry in entries]
        first, epoch = insert(tx, rows)
        return Appended(first, first + len(rows) - 1, epoch, tuple(row.row["body"] for row in rows))

    def head(self, tx: Connection) -> Head:
        """Where the journal stands. Raises NotOpened."""
        found = tx.execute(HEAD).one_or_none()
        if found is None:
            raise NotOpened("the journal has no head yet")
        return Head(found.epoch, found.position)

    def recorded_at(self, tx: Connection, position: int) -> datetime | None:
        """When the entry of a position was recorded; None where there is none."""
        return tx.execute(sa.select(journal.c.recorded_at).where(journal.c.position == position)).scalar()

    def texts(self, tx: Connection, after: int, limit: int) -> Sequence[tuple[int, str]]:
        """Position and text of at most `limit` entries after the position `after`, for who reads the whole journal."""
        return Trip(tx, binary=True).ask(_TEXTS, after=after, limit=limit)()

    def feed(self, tx: Connection, after: int, limit: int, agency: str | None = None) -> list[Delivered]:
        """At most `limit` entries after the position `after`: all of them, or those that `agency` was told."""
        epoch = self.head(tx).epoch
        if agency is None:
            rows = tx.execute(_PAGE, {"after": after, "limit": limit})
            return [Delivered(epoch, at, at - 1, "", id, type, subject, body) for at, id, type, subject, body in rows]
        found = tx.execute(_PAGE_OF_AGENCY, {"agency": agency, "after": after, "limit": limit}).all()
        prev = _prev(tx, agency, after) if found else 0
        page = []
        for at, id, type, subject, body in found:
            page.append(Delivered(epoch, at, prev, agency, id, type, subject, body))
            prev = at
        return page

    def for_relay(self, tx: Connection, after: int, limit: int) -> list[ForRelay]:
        """At most `limit` entries after `after`, each with the agencies told and their `prev`."""
        epoch = self.head(tx).epoch
        found = tx.execute(_PAGE, {"after": after, "limit": limit}).all()
        if not found:
            return []
        told: dict[int, list[tuple[str, int]]] = {}
        prev: dict[str, int] = {}
        for position, agency in tx.execute(_TOLD, {"after": after, "last": found[-1].position}):
            if agency not in prev:
                prev[agency] = _prev(tx, agency, after)
            told.setdefault(position, []).append((agency, prev[agency]))
            prev[agency] = position
        return [ForRelay(epoch, at, id, type, subject, body, tuple(told.get(at, ())))
                for at, id, type, subject, body in found]

    def of_stream(self, tx: Connection, stream: str, after: int = 0, limit: int = 10_000,
                  agency: str | Collection[str] | None = None) -> list[Entry]:
        """The history of a case, in order: all of it, or what an agency, or any of several, was told."""
        chosen = _ENTRY.where(journal.c.stream == stream, journal.c.position > after)
        if agency is not None:
            chosen = chosen.where(journal.c.position.in_(
                sa.select(journal_audience.c.position).where(journal_audience.c.agency.in_(
                    [agency] if isinstance(agency, str) else sorted(agency)))))
        return [Entry(*row) for row in tx.execute(chosen.order_by(journal.c.position).limit(limit))]

    def revision_told(self, tx: Connection, stream: str, agency: str) -> int:
        """The revision of a case that the agency was told last; 0 where it was told none."""
        chosen = sa.select(journal.c.body).where(journal.c.stream == stream, journal.c.position.in_(
            sa.select(journal_audience.c.position).where(journal_audience.c.agency == agency)))
        told = tx.execute(chosen.order_by(journal.c.position.desc())).scalars()
        return next((revision for body in told if (revision := int(json.loads(body).get("caserevision", 0)))), 0)

    def judged_anew(self, tx: Connection, told: Iterable[str], before: int, limit: int) -> list[Entry]:
        """At most `limit` entries of deadlines that were judged otherwise, of which any of the agencies was `told`,
        newest first, before a position (0: the end)."""
        audience = journal_audience.c
        heard = sa.exists().where(audience.agency.in_(sorted(told)), audience.position == journal.c.position)
        chosen = _ENTRY.where(journal.c.type == sa.literal_column("'deadline_corrected'"), heard)
        if before:
            chosen = chosen.where(journal.c.position < before)
        return [Entry(*row) for row in tx.execute(chosen.order_by(journal.c.position.desc()).limit(limit))]

    def entry(self, tx: Connection, id: str) -> Entry | None:
        """The entry of an id."""
        row = tx.execute(_ENTRY.where(journal.c.id == id)).one_or_none()
        return None if row is None else Entry(*row)

    def caused(self, tx: Connection, causation: str, type: str, stream: str | None = None) -> list[Entry]:
        """What the event with the id `causation` has caused so far, of one type, in order."""
        chosen = _ENTRY.where(journal.c.causation == causation, journal.c.causation != "", journal.c.type == type)
        if stream is not None:
            chosen = chosen.where(journal.c.stream == stream)
        return [Entry(*row) for row in tx.execute(chosen.order_by(journal.c.position))]

    def detail(self, tx: Connection, position: int) -> dict[str, Any] | None:
        """The whole act behind an entry; None where it had none or was erased."""
        text = tx.execute(sa.select(journal_detail.c.detail).where(journal_detail.c.position == position)).scalar()
        return None if text is None else dict(json.loads(text))


def _prev(tx: Connection, agency: str, after: int) -> int:
    """The agency's last position up to `after`; 0 if none. Looked up when read: at write time a snapshot is stale."""
    return tx.execute(PREV, {"agency": agency, "after": after}).scalar() or 0
