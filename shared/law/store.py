"""The law and the register at one moment, for the decisions of one transaction; kept in memory until they change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeVar

from sqlalchemy.engine import Connection

from shared.calendar.model import Calendar, YearFile, calendar_of
from shared.contracts.register import Register, register_of
from shared.db.database import Database
from shared.db.pipelining import Trip
from shared.kernel.errors import Refused
from shared.law import tables
from shared.rulebook.loader import load
from shared.rulebook.model import Basis, Rulebook

T = TypeVar("T")
read = lru_cache(maxsize=16)(load)      # a text is read once a process, whichever service asks
MOVE = "move"              # a rulebook's word for: running cases come along


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What holds now. `rulebooks`: by version (digest), the last published last, each with the bases set for it."""

    version: str = ""
    rulebooks: Mapping[str, Rulebook] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=lambda: calendar_of(()))
    register: Register = field(default_factory=Register)

    def current(self, day: date) -> Rulebook:
        """The rulebook for a case opened on the day: the youngest regulation then in force from, in its last version.

        An empty Rulebook where none had begun by then.
        """
        current = Rulebook()
        for rulebook in self.rulebooks.values():
            begun = rulebook.valid_from
            if begun is not None and begun <= day and (current.valid_from is None or begun >= current.valid_from):
                current = rulebook
        return current

    def first_day(self, otherwise: date) -> date:
        """The day on which the oldest regulation that is known came into force; `otherwise` where none is."""
        return min((each.valid_from for each in self.rulebooks.values() if each.valid_from), default=otherwise)

    def rulebook(self, version: str) -> Rulebook:
        """The rulebook of that version. Raises KeyError for one that was never published here."""
        return self.rulebooks[version]

    def binding(self, version: str, day: date) -> Rulebook:
        """The rulebook that binds on the day a case opened under `version`: its own, unless the rulebook that is
        current on the day says that it takes running cases along. Raises KeyError as `rulebook` does."""
        current = self.current(day)
        return current if current.running_cases == MOVE else self.rulebook(version)


class Law:
    """Snapshots of a service's law, read once per change. Safe for any number of threads."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._current = Snapshot()

    def snapshot(self, tx: Connection, version: str | None = None) -> Snapshot:
        """What this transaction sees: one indexed read while nothing has changed; none where the caller has read the
        `version`, a row of `tables.TOKEN`, in it."""
        version, current = tables.token(tx) if version is None else version, self._current
        if version == current.version:
            return current
        calendar = calendar_of(YearFile.from_dict(doc) for doc in tables.year_docs(tx))
        fresh = Snapshot(version, self._rulebooks(tx), calendar, register_of(tables.agencies(tx)))
        self._current = fresh
        return fresh

    def under(self, trip: Trip, work: Callable[[Snapshot], T]) -> T:
        """What `work` makes under the law as it stands. With what it asks goes the question whether what was read
        last is still the law; only where it is not, the work is done once more. Raises what it raises."""
        known = self._current
        if not known.version:                   # no law at all is none that work was made for
            return work(self.snapshot(trip.tx))
        holds = trip.beside(tables.HOLDS, known_law=known.version)
        try:
            made = work(known)
            if any(row[0] for row in holds()):
                return made
        except Refused:
            if any(row[0] for row in holds()):
                raise
        return work(self.snapshot(trip.tx))

    def now(self) -> Snapshot:
        """What holds now: one indexed read where nothing has changed, else read in a transaction of its own."""
        with self.db.glance() as tx:
            version = tables.token(tx)
        if version == (current := self._current).version:
            return current
        with self.db.read() as tx:
            return self.snapshot(tx)

    def _rulebooks(self, tx: Connection) -> dict[str, Rulebook]:
        set_for: dict[str, tuple[Basis, ...]] = {}
        for rulebook, basis in tables.bases(tx):
            set_for[rulebook] = (*set_for.get(rulebook, ()), basis)
        parsed = {version: read(text) for version, text in tables.rulebook_texts(tx)}
        return {version: rulebook.with_bases(set_for.get(rulebook.id, ())) for version, rulebook in parsed.items()}
