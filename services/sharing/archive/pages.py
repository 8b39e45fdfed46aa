"""A page of what a search of the archive finds, and what a list shows of a record.

A search ranks within windows. A window is the newest so many records that hold what is asked for; in it a hit in the
title comes first, then more hits, then the later day. The next window begins where it ends. So the first page is had
without counting all hits, and pages stay as they are while records come in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from services.sharing.archive import repository, store
from services.sharing.archive.access import Own, way_to_ask
from services.sharing.archive.domain import OPEN
from services.sharing.archive.search_store import UNIT, Asking, Shown, by_name, candidates
from services.sharing.archive.words import as_written, excerpt, hits_in, merged
from shared.db.pipelining import Trip
from shared.kernel.errors import Refused
from shared.kernel.page_limits import BAD_AFTER

WINDOW = 200                      # records among which hits are ranked
MOST_WINDOWS = 25                 # looked through for one page: where words seldom stand together it may come out short
NEWEST = 1 << 62
LARGEST_ITEM = 8_000              # bytes that a record in a list does not come to, its texts of four bytes a sign


class Rank(NamedTuple):
    """The place of a record in its window; the greatest comes first."""

    in_title: int
    hits: int
    day: int
    nr: int


Row = dict[str, Any]                            # a `Shown` by name
Ranked = tuple[int, int, int, int, Shown]       # a `Rank`, bare, and whose: hundreds are made for a page
PARTED = UNIT.encode()
PLAIN = f"{OPEN}{UNIT}{UNIT}".encode()          # so begins what is told of a record that all may read, and all of it


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


def page(trip: Trip, asking: Asking, place: Place, own: Own, limit: int) -> Found:
    """A page of what is asked for, from a place on. `trip`: a binary one."""
    rows, end = _page(trip, asking, place, own, limit)
    return Found(rows, heads(rows, own, asking.words), end)


def _page(trip: Trip, asking: Asking, place: Place, own: Own, limit: int) -> tuple[list[Row], Place | None]:
    """The rows of a page in their order, and where it ends; None at the end of all."""
    found: list[Row] = []
    for _ in range(MOST_WINDOWS):
        rows = candidates(trip, asking, place.before, WINDOW)
        ranked = ranked_rows(rows, asking.words, own)
        rest = [each for each in ranked if each < place.last] if place.last else ranked      # no two have one rank
        taken = rest[:limit - len(found)]
        found += [by_name(row) for *_, row in taken]
        more = len(rest) > len(taken)
        last_window = len(rows) < WINDOW
        if len(found) == limit and (more or not last_window):
            top = rows[0][0] + 1 if place.before == NEWEST else place.before
            if more:
                return found, Place(top, Rank._make(taken[-1][:4]))
            return found, Place(rows[-1][0])
        if last_window:
            return found, None
        place = Place(rows[-1][0])
    return found, place


def ranked_rows(rows: Iterable[Shown], words: Sequence[str], own: Own) -> list[Ranked]:
    """The rows that truly hold the words and may be read, the best first; without words all, the newest first."""
    ranked, sought = list[Ranked](), [word.encode() for word in words] if as_written(words) else None
    for row in rows:
        nr, day, told, said = row
        if sought is not None and told.startswith(PLAIN):            # most are: nothing else of it is read
            hits = hits_in(said, said.find(PARTED), sought)
        else:
            hits = _hits(row, words, sought, own)
        if hits is not None:
            ranked.append((hits[0], hits[1], day if words else 0, nr, row))
    ranked.sort(reverse=True)                      # no two have one number: rows are never compared
    return ranked


def _hits(row: Shown, words: Sequence[str], sought: Sequence[bytes] | None, own: Own) -> tuple[int, int] | None:
    """The same of any row as `hits_in`; None also where it may not be read."""
    named = by_name(row)
    if words and not own.may_read(named):
        return None
    if sought is not None and not named["hidden"]:
        return hits_in(row[-1], row[-1].find(PARTED), sought)
    return store.searched(named).hits(words)


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
    told = alike(row, mine, title)
    told["excerpt"], told["highlights"] = {"from": begin, "text": part}, ranges
    return told


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
    return (row["title"], row["text"]) if mine or not row["hidden"] else repository.impersonal(row, "某", "*")
