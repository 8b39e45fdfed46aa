"""Looking at archive records: search, one record, who looked at one's own. What was looked at of others is written down
before it is told.

A search ranks within windows. A window is the newest so many records that hold what is asked for; in it a hit in the
title comes first, then more hits, then the later day. The next window begins where it ends. So the first page is had
without counting all hits, and pages stay as they are while records come in.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from services.sharing import keeping_records as keeping
from services.sharing import store_records as store
from services.sharing.looking import (
    NO_SUCH_RECORD,
    NOTHING_ASKED,
    ON_REQUEST_ONLY,
    Look,
    Own,
    masked,
    may_look,
    own_of,
    says_why,
    way_to_ask,
    wholly_own,
)
from services.sharing.record_words import excerpt, words_of
from services.sharing.store_archive import Asking, candidates
from shared.acts import whom
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.clock import day_of
from shared.contracts.envelope import canonical, stamp
from shared.errors import Refusal, Refused
from shared.ids import new_id
from shared.law.store import Snapshot

WINDOW = 200                      # records among which hits are ranked
MOST_WINDOWS = 25                 # looked through for one page: where words seldom stand together it may come out short
NEWEST = 1 << 62
BAD_PLACE = Refusal("BAD_AFTER", "after 应当是上一页给出的 next。", "after must be the next of an earlier page.", status=400,
                    where="after")


class Rank(NamedTuple):
    """The place of a record in its window; the greatest comes first."""

    in_title: int
    hits: int
    day: int
    nr: int


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
            raise Refused(BAD_PLACE)
        before, *rank = map(int, parts)
        return Place(before, Rank(*rank) if rank else None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as it comes in, its texts not yet read."""

    text: str = ""
    respondent: str = ""
    agency: str = ""
    category: str = ""
    cause: str = ""
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return any((self.text.strip(), self.respondent, self.agency, self.category, self.cause, self.since, self.until))


class Archive:
    """The records of all agencies, for who may look at them."""

    def __init__(self, office: Office) -> None:
        self.db, self.vault, self.law, self.clock = office.db, office.vault, office.law, office.clock

    def search(self, viewer: Viewer, wanted: Wanted, look: Look, limit: int, after: str = "") -> dict[str, Any]:
        """A page of what is found: `items`, each a record's head with what was hit, or a pointer to who holds it."""
        place = Place.of(after)
        with self.db.read() as tx:
            own, snapshot, today = self.admitted(tx, viewer)
            if wanted.agency not in own.agencies:
                says_why(look, snapshot.current(today), today)
                if not wanted:
                    raise Refused(NOTHING_ASKED)
            words = words_of(wanted.text)
            asking = Asking(words, wanted.agency, wanted.category, wanted.cause, wanted.since, wanted.until,
                            whom.respondent_keys(wanted.respondent, self.vault), own.agencies)
            rows, end = page(tx, asking, place, limit, own)
        self.note(viewer, look, "search", rows, own)
        return {"items": [head(row, own, words) for row in rows], "next": end.told() if end else ""}

    def open(self, viewer: Viewer, record: str, look: Look, version: int = 0) -> dict[str, Any]:
        """One record whole, as it is or as it was in an earlier version."""
        with self.db.read() as tx:
            own, snapshot, today = self.admitted(tx, viewer)
            current = store.version_of(tx, record)
            row = store.version_of(tx, record, version) if version else current
            if current is None or row is None:
                raise Refused(NO_SUCH_RECORD)
            if not own.has(current):
                says_why(look, snapshot.current(today), today)
            if not (own.may_read(current) and own.may_read(row)):
                holder = snapshot.register.get(own.holder(current))
                raise Refused(ON_REQUEST_ONLY.filled(holder=holder.name if holder else current["agency"]))
            history = [each for each in store.versions(tx, record)
                       if own.may_read({**current, "access": each["access"]})]
        self.note(viewer, look, "open", [row], own)
        return self._whole(row, own, history)

    def _whole(self, row: Mapping[str, Any], own: Own, history: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        who, mine = keeping.opened(self.vault, row), own.has(row)
        number = who.get("number", "")
        return {
            **_named(row, mine), "text": _texts(row, mine)[1], "retention": row["retention"], "kind": row["kind"],
            "penalty_item": row["penalty_item"], "digest": row["digest"], "recorded_at": stamp(row["recorded_at"]),
            "respondent": {"kind": row["respondent_kind"], "name": who.get("name", ""),
                           "number": number if mine else masked(row["respondent_kind"], number)},
            "versions": [{"version": each["version"], "recorded_at": stamp(each["recorded_at"]),
                          "digest": each["digest"], **({"delivery": each["delivery"]} if mine else {})}
                         for each in history],
        }

    def accesses(self, viewer: Viewer, limit: int, after: str = "") -> dict[str, Any]:
        """Who looked at the viewer's own records, when and why, newest first: those it took over whole among them."""
        with self.db.read() as tx:
            own, *_ = self.admitted(tx, viewer)
            rows = store.accesses(tx, wholly_own(own), limit + 1, after)
        return {"items": [self._access(row) for row in rows[:limit]],
                "next": rows[limit - 1]["id"] if len(rows) > limit else ""}

    def _access(self, row: Mapping[str, Any]) -> dict[str, Any]:
        sealed = _json(row["reason"])
        reason = self.vault.open(sealed, row["id"] + "/reason") if sealed.get("cipher") else ""
        return {"at": stamp(row["at"]), "what": row["what"], "agency": row["agency"], "person": row["person"],
                "records": _json(row["records"]), "purpose": row["purpose"], "reason": reason, "case": row["case"]}

    def admitted(self, tx: Connection, viewer: Viewer) -> tuple[Own, Snapshot, date]:
        """Whose records are the viewer's own, the law, the day. Raises Refused for who may not look at all."""
        snapshot, today = self.law.snapshot(tx), day_of(self.clock.now())
        may_look(viewer, snapshot.register, today)
        return own_of(viewer, snapshot.register, today), snapshot, today

    def note(self, viewer: Viewer, look: Look, what: str, rows: Sequence[Mapping[str, Any]], own: Own) -> None:
        """Writes down what is about to be told of others' records, a line a holder; a look that found nothing too."""
        shown: dict[str, list[str]] = {}
        for row in rows:
            if not own.has(row):
                shown.setdefault(own.holder(row), []).append(row["id"])
        if shown or not rows:
            now = self.clock.now()
            lines = [self._line(now, viewer, look, what, holder, ids) for holder, ids in (shown or {"": []}).items()]
            with self.db.write() as tx:
                store.note(tx, lines)

    def _line(self, now: datetime, viewer: Viewer, look: Look, what: str, holder: str,
              ids: list[str]) -> dict[str, Any]:
        id_ = new_id(now)
        reason = canonical(self.vault.seal(look.reason, id_ + "/reason")) if look.reason else ""
        return {"id": id_, "holder": holder, "at": now, "what": what, "agency": viewer.agency, "person": viewer.person,
                "appointment": viewer.appointment, "records": canonical(ids), "purpose": look.purpose, "reason": reason,
                "case": look.case}


def page(tx: Connection, asking: Asking, place: Place, limit: int,
         own: Own) -> tuple[list[Mapping[str, Any]], Place | None]:
    """The rows of a page in their order, and where it ends; None at the end of all."""
    found: list[Mapping[str, Any]] = []
    for _ in range(MOST_WINDOWS):
        rows = candidates(tx, asking, place.before, WINDOW)
        ranked = ranked_rows(rows, asking.words, own)
        rest = [(rank, row) for rank, row in ranked if place.last is None or rank < place.last]
        taken = rest[:limit - len(found)]
        found += [row for _, row in taken]
        more = len(rest) > len(taken)
        last_window = len(rows) < WINDOW
        if len(found) == limit and (more or not last_window):
            top = rows[0]["nr"] + 1 if place.before == NEWEST else place.before
            if more:
                return found, Place(top, taken[-1][0])
            return found, Place(rows[-1]["nr"])
        if last_window:
            return found, None
        place = Place(rows[-1]["nr"])
    return found, place


def ranked_rows(rows: Iterable[Mapping[str, Any]], words: Sequence[str],
                own: Own) -> list[tuple[Rank, Mapping[str, Any]]]:
    """The rows that truly hold the words and may be read, the best first; without words all, the newest first."""
    ranked = []
    for row in rows:
        if words and not own.may_read(row):
            continue
        hits = store.searched(row).hits(words)
        if hits is not None:
            day = row["occurred_on"].toordinal() if words else 0
            ranked.append((Rank(int(hits[0] > 0), hits[1], day, row["nr"]), row))
    return sorted(ranked, key=lambda pair: pair[0], reverse=True)


def head(row: Mapping[str, Any], own: Own, words: Sequence[str]) -> dict[str, Any]:
    """A record as a list shows it: with what was hit, or, where it is given on request, who holds it."""
    if not own.may_read(row):
        return way_to_ask(row, own.holder(row))
    ranges = store.searched(row).ranges(words)
    mine = own.has(row)
    begin, part = excerpt(_texts(row, mine)[1], ranges["text"])
    return {**_named(row, mine), "excerpt": {"from": begin, "text": part}, "highlights": ranges}


def _named(row: Mapping[str, Any], mine: bool) -> dict[str, Any]:
    told = {name: row[name] for name in (
        "id", "agency", "category", "cause", "number", "access", "organisation", "version")}
    return {**told, "title": _texts(row, mine)[0], "occurred_on": row["occurred_on"].isoformat(), "own": mine,
            **({"external_id": row["external_id"]} if mine else {})}


def _texts(row: Mapping[str, Any], mine: bool) -> tuple[str, str]:
    """Title and text; for others with 某 in place of each sign of a natural person whom the record is about, * of his
    number, so that highlights stand where they stood."""
    return (row["title"], row["text"]) if mine else keeping.impersonal(row, "某", "*")


def _json(text: str) -> Any:
    return json.loads(text) if text else {}

