"""台账: how ledgers are kept of the news, and read as of an instant.

A projection without effects: each version of a row says from which entry it is, when that was recorded and until when
it stood. So a ledger of a past day is the same whenever it is asked for, in whichever order the services were heard,
once they were heard up to that day: `as_of.heard` tells how far.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy.engine import Connection

from services.oversight.board.deadlines import DEADLINE_EVENTS
from services.oversight.ledgers import case_names, store
from services.oversight.ledgers import rows as ledger_rows
from services.oversight.ledgers.definitions import CASES, SHARING, Kind, kinds_of
from services.oversight.ledgers.periods import Span
from services.oversight.ledgers.rows import Row
from services.oversight.ledgers.store import AT_ONCE, Asked, Version
from shared.acts.model import Viewer
from shared.acts.store import sees_all
from shared.bus.projecting import Projection
from shared.contracts.envelope import Event
from shared.kernel.clock import day_of
from shared.law import AGENCY_EVENTS
from shared.law.store import Snapshot

_DEADLINES = frozenset(DEADLINE_EVENTS)


def take(tx: Connection, source: str, events: Sequence[Event]) -> None:
    """What the ledgers keep of these events of a source: of cases, of their deadlines, of what agencies are called."""
    kinds = tuple(kinds_of(source))
    about = [(case, event) for event in events if kinds and (case := _case_of(event))]
    if about:
        kept = _Kept(kinds, store.current(tx, {case for case, _ in about}))
        for case, event in about:
            kept.hear(case, event)
        store.put(tx, kept.ended, kept.made)
    if source == SHARING:
        store.put_names(tx, [
            (event.data["registered"]["code"], event.position, event.time, event.data["registered"]["name"])
            for event in events if event.name in AGENCY_EVENTS])


PROJECTION = Projection(store.PROJECTED, take)


def _case_of(event: Event) -> str:
    return str(event.data["case"]) if event.name in _DEADLINES else event.subject


class _Kept:
    """Rows as a run of events changes them. `ended`: versions of before that stand no more, each with since when."""

    def __init__(self, kinds: Sequence[Kind], current: Iterable[Version]) -> None:
        self._kinds, self._late = kinds, [kind for kind in kinds if ledger_rows.has_deadlines(kind)]
        self.made: list[tuple[Version, frozenset[str]]] = []
        self.ended: list[tuple[Version, datetime]] = []
        self._rows: dict[tuple[str, str], dict[str, Version]] = {}      # of a ledger and a case, by key
        self._new: set[tuple[str, str]] = set()                         # ledger and key, of which a version is made
        for version in current:
            self._rows.setdefault((version.kind, version.case), {})[version.key] = version

    def hear(self, case: str, event: Event) -> None:
        if event.name in _DEADLINES:
            for kind in self._late:
                for before in self._of(kind, case):
                    self._put(kind, event, before, ledger_rows.after_deadline(before.row, event.data))
            return
        for kind in self._kinds:                # of most cases a ledger knows nothing: few are disputed ever
            if (kind.id, case) in self._rows or event.name in kind.opens:
                self._hear(kind, case, event)

    def _hear(self, kind: Kind, case: str, event: Event) -> None:
        key = ledger_rows.key_of(kind, event)
        known = self._rows.get((kind.id, case), {}).get(key)
        if known is not None:
            self._put(kind, event, known, ledger_rows.after(kind, known.row, event))
        elif key and event.name in kind.opens:
            opened_on = date.fromisoformat(event.data["occurred_on"])
            first = Version(kind.id, key, event.position, event.source, case, opened_on, event.time, None, False, {})
            self._put(kind, event, first, ledger_rows.after(kind, first.row, event))
        elif not key:                           # it names no item of the case: it is about all of them
            for before in self._of(kind, case):
                self._put(kind, event, before, ledger_rows.after(kind, before.row, event))

    def _of(self, kind: Kind, case: str) -> Sequence[Version]:
        return tuple(self._rows.get((kind.id, case), {}).values())

    def _put(self, kind: Kind, event: Event, before: Version, row: Row) -> None:
        """A row's new version, where the event has changed it."""
        if row is before.row:
            return
        rows, name = self._rows.setdefault((kind.id, before.case), {}), (kind.id, before.key)
        if name in self._new:
            before.until = event.time
        elif before.key in rows:
            self.ended.append((before, event.time))
        rows[before.key] = after = Version(
            kind.id, before.key, event.position, before.service, before.case, before.opened_on, event.time, None,
            row.get("state") in kind.drafts, row)
        self._new.add(name)
        self.made.append((after, ledger_rows.parts(kind, row)))


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a ledger as it is read."""

    version: Version
    shown: Row

    @property
    def mark(self) -> tuple[date, str]:
        return self.version.opened_on, self.version.key


def asked_by(viewer: Viewer, law: Snapshot, kind: Kind, span: Span, after: tuple[date, str] | None = None) -> Asked:
    """What the viewer may see of a ledger: an agency the rows of the cases it had a part in then, justice and the
    government office all but what its parties alone knew of then: plans drafted still, matters of accountability."""
    return Asked(kind.id, span.since, span.until, span.as_of, viewer.agency, sees_all(viewer, law.register), after,
                 span.agency, kind.about)


def lines(tx: Connection, kind: Kind, asked: Asked, law: Snapshot, limit: int | None = None) -> Iterator[Line]:
    """The rows asked for, in words: agencies as they were called then, codes as that day's rulebook titles them."""
    names = store.names(tx, asked.as_of)
    rulebook = law.current(day_of(asked.as_of))
    lists, naming = ledger_rows.lists_of(kind, rulebook), ledger_rows.names_others(kind)
    found = store.rows(tx, asked, limit)
    while some := list(islice(found, AT_ONCE)):
        rows = [ledger_rows.with_cases(kind, each.row, f"{each.service}/{each.case}") for each in some]
        if naming:
            refs = {ref for row in rows for ref in ledger_rows.cases_of(kind, row)}
            lists[CASES] = case_names.in_words(
                tx, rulebook, refs, asked.as_of, "" if asked.everyone else asked.agency)
        for version, row in zip(some, rows, strict=True):
            yield Line(version, ledger_rows.shown(kind, version.service, row, names, lists))


def item(kind: Kind, line: Line) -> dict[str, Any]:
    """A row as JSON: which case it is, where that is read, and each column."""
    version = line.version
    place = kind.place.format(service=version.service)
    return {"service": version.service, "case": version.case, "path": f"/api/{place}/{version.case}",
            "opened_on": version.opened_on.isoformat(), **line.shown}
