"""Looking at archive records: search, one record, who looked at one's own. What was looked at of others is written down
before it is told.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.engine import Connection

from services.sharing.archive import repository, store
from services.sharing.archive.access import (
    NO_SUCH_RECORD,
    NOTHING_ASKED,
    ON_REQUEST_ONLY,
    Look,
    Own,
    masked,
    masked_name,
    may_look,
    of_codes,
    own_of,
    partly_own,
    says_why,
    wholly_own,
)
from services.sharing.archive.domain import PERSON
from services.sharing.archive.pages import LARGEST_ITEM, Found, Place, alike, page, texts
from services.sharing.archive.search_store import Asking
from services.sharing.archive.words import words_of
from shared.acts import whom
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.contracts.envelope import canonical, stamp
from shared.contracts.personal import ERASED_WORD
from shared.db.pipelining import Trip
from shared.kernel.clock import day_of
from shared.kernel.errors import Refused
from shared.kernel.ids import new_id
from shared.kernel.page_limits import within
from shared.law.store import Snapshot


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

    @property
    def filters(self) -> dict[str, str]:
        """What is to be one of a list."""
        return {"agency": self.agency, "category": self.category, "cause": self.cause}

    def __bool__(self) -> bool:
        return any((self.text.strip(), self.respondent, self.agency, self.category, self.cause, self.since, self.until))


class Archive:
    """The records of all agencies, for who may look at them."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.db, self.vault, self.law, self.clock = office.db, office.vault, office.law, office.clock

    def search(self, viewer: Viewer, wanted: Wanted, look: Look, limit: int, after: str = "") -> dict[str, Any]:
        """A page of what is found: `items`, each a record's head with what was hit, or a pointer to who holds it."""
        place = Place.of(after)

        def found(snapshot: Snapshot) -> tuple[Found, Own]:
            own, today = self.admitted(snapshot, viewer)
            if wanted.agency not in own.agencies:
                says_why(look, snapshot.current(today), today)
                if not wanted:
                    raise Refused(NOTHING_ASKED)
            of_codes(wanted.filters, snapshot.register, snapshot.current(today))
            asking = Asking(words_of(wanted.text), wanted.agency, wanted.category, wanted.cause, wanted.since,
                            wanted.until, whom.respondent_keys(wanted.respondent, self.vault), own.agencies)
            ask = partial(page, trip, asking, place, own)
            return within(limit, ask, lambda found: found.items, LARGEST_ITEM), own

        with self.db.glance() as tx:               # one law, one statement a window: nothing that needs a snapshot
            trip = Trip(tx, binary=True)
            told, own = self.law.under(trip, found)
            self.note(viewer, look, "search", told.rows, own, tx)
        return {"items": told.items, "next": told.end.told() if told.end else ""}

    def open(self, viewer: Viewer, record: str, look: Look, version: int = 0) -> dict[str, Any]:
        """One record whole, as it is or as it was in an earlier version."""
        with self.db.read() as tx:
            snapshot = self.law.snapshot(tx)
            own, today = self.admitted(snapshot, viewer)
            current = store.version_of(tx, record)
            row = store.version_of(tx, record, version) if version else current
            if current is None or row is None:
                raise Refused(NO_SUCH_RECORD)
            if not own.has(current):
                says_why(look, snapshot.current(today), today)
            if not (own.may_read(current) and own.may_read(row)):
                holder = snapshot.register.name_of(own.holder(current) or current["agency"])
                raise Refused(ON_REQUEST_ONLY.filled(holder=holder))
            history = [each for each in store.versions(tx, record)
                       if own.may_read({**current, "access": each["access"]})]
        self.note(viewer, look, "open", [row], own)
        return self._whole(row, own, look, history)

    def given(self, viewer: Viewer, record: str, version: int, look: Look) -> dict[str, Any]:
        """The version of a record that its holder gave in answer to a query, whole as it stands, persons too. The
        holder sees who reads it."""
        with self.db.read() as tx:
            own = own_of(viewer, self.law.snapshot(tx).register, day_of(self.clock.now()))
            row = store.version_of(tx, record, version) if version else None
        if row is None:
            raise Refused(NO_SUCH_RECORD)
        self.note(viewer, look, "given", [row], own)
        return self._whole(row, own, look, (row,), given=True)

    def _whole(self, row: Mapping[str, Any], own: Own, look: Look,
               history: Iterable[Mapping[str, Any]], given: bool = False) -> dict[str, Any]:
        """A natural person of another's record is named only for a case in hand, title and text never name him; unless
        the holder gave it."""
        who, mine = repository.opened(self.vault, row), own.has(row)
        name, number = who.get("name", ""), who.get("number", "")
        clear = mine or given
        named = clear or bool(look.case)
        title, text = texts(row, clear)
        return {
            **alike(row, mine, title), "text": text, "retention": row["retention"], "kind": row["kind"],
            "penalty_item": row["penalty_item"], "digest": row["digest"], "recorded_at": stamp(row["recorded_at"]),
            "respondent": {"kind": row["respondent_kind"],
                           "name": name if named else masked_name(row["respondent_kind"], name),
                           "number": number if clear else masked(row["respondent_kind"], number)},
            "versions": [{"version": each["version"], "recorded_at": stamp(each["recorded_at"]),
                          "digest": each["digest"], **({"delivery": each["delivery"]} if mine else {})}
                         for each in history],
        }

    def accesses(self, viewer: Viewer, limit: int, after: str = "") -> dict[str, Any]:
        """Who looked at the viewer's own records, when and why, newest first: those it took over among them. Of an
        agency that was split by matter each heir hears of looks at what went to it: a page may come out short."""
        with self.db.read() as tx:
            own, _ = self.admitted(self.law.snapshot(tx), viewer)
            split = partly_own(own)
            rows = store.accesses(tx, [*wholly_own(own), *split], limit + 1, after)
            shown = {record for row in rows if row["holder"] in split for record in _json(row["records"])}
            mine = {id_ for id_, row in store.current(tx, shown).items() if own.has(row)}
        told = [self._access(row, [id_ for id_ in _json(row["records"]) if row["holder"] not in split or id_ in mine])
                for row in rows[:limit]]
        return {"items": [each for each in told if each["records"]],
                "next": rows[limit - 1]["id"] if len(rows) > limit else ""}

    def _access(self, row: Mapping[str, Any], records: list[str]) -> dict[str, Any]:
        sealed = _json(row["reason"])
        erased = ERASED_WORD if sealed else ""
        reason = self.vault.open(sealed, row["id"] + "/reason") if sealed.get("cipher") else erased
        return {"at": stamp(row["at"]), "what": row["what"], "agency": row["agency"], "person": row["person"],
                "records": records, "purpose": row["purpose"], "reason": reason, "case": row["case"]}

    def admitted(self, snapshot: Snapshot, viewer: Viewer) -> tuple[Own, date]:
        """Whose records are the viewer's own, and the day. Raises Refused for who may not look at all."""
        today = day_of(self.clock.now())
        may_look(viewer, snapshot.register, today)
        return own_of(viewer, snapshot.register, today), today

    def note(self, viewer: Viewer, look: Look, what: str, rows: Sequence[Mapping[str, Any]], own: Own,
             beside: Connection | None = None) -> None:
        """Writes down what is about to be told of others' records, a line a holder; a look that found nothing too.
        `beside`: a glance that goes on."""
        others = [row for row in rows if not own.has(row)]
        holders: dict[tuple[str, str], str] = {}
        shown: dict[str, list[str]] = {}
        for row in others:
            matter = row["agency"], row["cause"]           # what says who holds a record
            if matter not in holders:
                holders[matter] = own.holder(row)
            shown.setdefault(holders[matter], []).append(row["id"])
        if shown or not rows:
            now = self.clock.now()
            lines = [self._line(now, viewer, look, what, holder, ids) for holder, ids in (shown or {"": []}).items()]
            of_persons = any(row["respondent_kind"] == PERSON for row in others)
            with self.db.alone(beside) as tx:
                store.note(tx, lines, of_persons=of_persons)

    def _line(self, now: datetime, viewer: Viewer, look: Look, what: str, holder: str,
              ids: list[str]) -> dict[str, Any]:
        id_ = new_id(now)
        reason = canonical(self.vault.seal(look.reason, id_ + "/reason")) if look.reason else ""
        return {"id": id_, "holder": holder, "at": now, "what": what, "agency": viewer.agency, "person": viewer.person,
                "appointment": viewer.appointment, "records": canonical(ids), "purpose": look.purpose, "reason": reason,
                "case": look.case}


def _json(text: str) -> Any:
    return json.loads(text) if text else {}
