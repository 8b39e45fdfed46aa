"""A page of what a search of the archive finds, and what a list shows of a record.

A search ranks within windows. A window is the newest so many records that hold what is asked for; in it a hit in the
title comes first, then more hits, then the later day. The next window begins where it ends. So the first page is had
without counting all hits, and pages stay as they are while records come in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from services.sharing import keeping_records as keeping
from services.sharing import store_records as store
from services.sharing.looking import Own, way_to_ask
from services.sharing.record_words import as_written, excerpt, hits_in, merged
from services.sharing.records import OPEN
from services.sharing.store_archive import Asking, Shown, candidates
from shared.errors import Refused
from shared.pages import BAD_AFTER
from shared.trips import Trip

WINDOW = 200                      # records among which hits are ranked
MOST_WINDOWS = 25                 # looked through for one page: where words seldom stand together it may come out short
NEWEST = 1 << 62


class Rank(NamedTuple):
    """The place of a record in its window; the greatest comes first."""

    in_title: int
    hits: int
    day: int
    nr: int


Row = dict[str, Any]                    # a `Shown` by name
Ranked = tuple[int, int, int, int]      # a `Rank` bare, as hundreds are compared for a page


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: in the window below the number `before`, at the rank `last` (None: not begun)."""

    before: int = NEWEST
    last: Rank | None = None

    def told(self) -> str:
        return ".".join(map(str, (self.before, *(self.last or ()))))

    @staticmethod
    def of(text: str) -> "Place":
        """Raises Refused (400) for what no page has told."""
        if not text:
            return Place()
        parts = text.split(".")
        if len(parts) not in (1, 5) or not all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts):
            raise Refused(BAD_AFTER)
        before, *rank = map(int, parts)
        return Place(before, Rank(*rank) if rank else None)


class Found(NamedTuple):
    """A page: its rows in their order, what is told of each, and where it ends; None at the end of all."""

    rows: Sequence[Mapping[str, Any]]
    items: list[dict[str, Any]]
    end: Place | None


def page(trip: Trip, asking: Asking, place: Place, limit: int, own: Own) -> Found:
    """A page of what is asked for, from a place on. `trip`: a binary one."""
    rows, end = _page(trip, asking, place, limit, own)
    return Found(rows, heads(rows, own, asking.words), end)


def _page(trip: Trip, asking: Asking, place: Place, limit: int, own: Own) -> tuple[list[Row], Place | None]:
    """The rows of a page in their order, and where it ends; None at the end of all."""
    found: list[Row] = []
    for _ in range(MOST_WINDOWS):
        rows = candidates(trip, asking, place.before, WINDOW)
        ranked = ranked_rows(rows, asking.words, own)
        rest = [(rank, row) for rank, row in ranked if place.last is None or rank < place.last]
        taken = rest[:limit - len(found)]
        found += [row._asdict() for _, row in taken]
        more = len(rest) > len(taken)
        last_window = len(rows) < WINDOW
        if len(found) == limit and (more or not last_window):
            top = rows[0].nr + 1 if place.before == NEWEST else place.before
            if more:
                return found, Place(top, Rank._make(taken[-1][0]))
            return found, Place(rows[-1].nr)
        if last_window:
            return found, None
        place = Place(rows[-1].nr)
    return found, place


def ranked_rows(rows: Iterable[Shown], words: Sequence[str], own: Own) -> list[tuple[Ranked, Shown]]:
    """The rows that truly hold the words and may be read, the best first; without words all, the newest first."""
    ranked, plain = list[tuple[Ranked, Shown]](), as_written(words)
    for row in rows:
        if words and row.access != OPEN and not own.may_read(row._asdict()):       # most are open: no mapping is made
            continue
        if plain and not row.hidden:
            hits = hits_in(row.title, f"{row.text}\n{row.number}\n{row.organisation}", words)
        else:
            hits = store.searched(row._asdict()).hits(words)
        if hits is not None:
            day = row.occurred_on.toordinal() if words else 0
            ranked.append(((int(hits[0] > 0), hits[1], day, row.nr), row))
    ranked.sort(reverse=True)                      # no two have one rank
    return ranked


def heads(rows: Iterable[Mapping[str, Any]], own: Own, words: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Records as a list shows them: with what was hit, or, where one is given on request, who holds it."""
    plain = as_written(words)
    return [_head(row, own, words, plain) if own.may_read(row) else way_to_ask(row, own.holder(row)) for row in rows]


def _head(row: Mapping[str, Any], own: Own, words: Sequence[str], plain: bool) -> dict[str, Any]:
    mine = own.has(row)
    title, text = texts(row, mine)
    if plain and not row["hidden"]:
        ranges = {"title": merged(title, words), "text": merged(text, words)}
    else:
        ranges = store.searched(row).ranges(words)
    begin, part = excerpt(text, ranges["text"])
    return alike(row, mine, title) | {"excerpt": {"from": begin, "text": part}, "highlights": ranges}


def alike(row: Mapping[str, Any], mine: bool, title: str) -> dict[str, Any]:
    """What a list and the record itself show alike; `title`: as `texts` gives it."""
    told = {"id": row["id"], "agency": row["agency"], "category": row["category"], "cause": row["cause"],
            "number": row["number"], "access": row["access"], "organisation": row["organisation"],
            "version": row["version"], "title": title, "occurred_on": row["occurred_on"].isoformat(), "own": mine}
    if mine:
        told["external_id"] = row["external_id"]
    return told


def texts(row: Mapping[str, Any], mine: bool) -> tuple[str, str]:
    """Title and text; for others with 某 in place of each sign of a natural person whom the record is about, * of his
    number, so that highlights stand where they stood."""
    return (row["title"], row["text"]) if mine or not row["hidden"] else keeping.impersonal(row, "某", "*")
