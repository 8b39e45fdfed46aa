"""What a viewer may see now, as a first load wants it: every case that changed since a day, each with its state, its
revision and the last position that the viewer's agency was told of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts.model import Viewer
from shared.acts.reading import Reads
from shared.acts.store import sees_all
from shared.journal.tables import journal, journal_audience


@dataclass(frozen=True, slots=True)
class Known:
    """A case as a viewer knows it. `position`: the last of it that its agency was told; 0: it was told nothing."""

    path: str
    id: str
    state: str
    revision: int
    position: int


def page(tx: Connection, chapters: Mapping[str, Reads], viewer: Viewer, since: int, limit: int,
         after: tuple[str, str] = ("", "")) -> list[Known]:
    """At most `limit` cases with an entry at the position `since` or later, chapter after chapter, each from its newest
    on; after the chapter and the case `after`."""
    found: list[Known] = []
    for path in sorted(chapters):
        if path < after[0] or len(found) == limit:
            continue
        found += _of_chapter(tx, path, chapters[path], viewer, since, limit - len(found),
                             after[1] if path == after[0] else "")
    return found


def _of_chapter(tx: Connection, path: str, reads: Reads, viewer: Viewer, since: int, limit: int,
                after: str) -> list[Known]:
    snapshot, store = reads.means.law.snapshot(tx), reads.store
    query = store.select(viewer, snapshot.register)
    if since:
        everything = reads.acts.chapter.public or sees_all(viewer, snapshot.register)
        query = query.where(store.tables.case.c.id.in_(_streams(viewer, since, everything)))
    rows = store.page(tx, query, limit, after)
    last = _last(tx, viewer.agency, [row.id for row in rows])
    return [Known(path, row.id, *reads.told(tx, row, viewer, snapshot), last.get(row.id, 0))
            for row in reads.as_left(tx, rows, viewer, snapshot)]


def _streams(viewer: Viewer, since: int, everything: bool) -> sa.Select[Any]:
    """The cases that anything was told of since: to the viewer's agency, or to anybody."""
    if everything:
        return sa.select(journal.c.stream).where(journal.c.position >= since)
    return sa.select(journal.c.stream).select_from(
        journal.join(journal_audience, journal.c.position == journal_audience.c.position)).where(
        journal_audience.c.agency == viewer.agency, journal_audience.c.position >= since)


def _last(tx: Connection, agency: str, cases: Iterable[str]) -> dict[str, int]:
    chosen = sa.select(journal.c.stream, sa.func.max(journal.c.position)).select_from(
        journal.join(journal_audience, journal.c.position == journal_audience.c.position)).where(
        journal_audience.c.agency == agency, journal.c.stream.in_(list(cases))).group_by(journal.c.stream)
    return {row.stream: row[1] for row in tx.execute(chosen)}
