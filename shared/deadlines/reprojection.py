"""What another calendar or rulebook moves: told beforehand, and done in batches. Doing it twice moves nothing twice."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy.engine import Connection

from shared.calendar.model import Calendar
from shared.db.database import Database
from shared.deadlines import store
from shared.deadlines.entries import Told, entries_of
from shared.deadlines.model import Change, Deadline
from shared.deadlines.rules import recounted, reproject
from shared.journal.log import Journal
from shared.kernel.clock import Clock, day_of
from shared.rulebook.model import Rulebook

BATCH = 500

Audience = Callable[[Connection, Sequence[str]], Told]       # the cases of a batch -> who is told, and their revisions


class LawNow(Protocol):
    """What holds now, as a snapshot of the law has it."""

    @property
    def version(self) -> str: ...

    @property
    def calendar(self) -> Calendar: ...

    def rulebook(self, version: str) -> Rulebook: ...

    def binding(self, version: str, day: date) -> Rulebook: ...


def plan(tx: Connection, law: LawNow, calendar: Calendar, today: date, batch: int = BATCH) -> Iterator[Change]:
    """The changes that the calendar would bring under the law as it is, in the order of ids. Changes nothing.

    Each has the deadline as it would be, why, and in its data under `was` what it says now.
    """
    after = ""
    while found := store.unsettled(tx, after, batch):
        for deadline in found:
            if (rulebook := _binding(law, deadline, today)) and (change := reproject(deadline, rulebook, calendar)):
                yield change
        after = found[-1].id


def reproject_all(db: Database, clock: Clock, journal: Journal, law: LawNow, audience: Audience,
                  batch: int = BATCH) -> int:
    """Computes every deadline anew that the law may move, a batch a transaction; how many moved.

    A crash in between leaves the rest to the next call. Deadlines that stay take over the versions silently; those
    that have them already are not counted again.
    """
    moved, after = 0, ""
    while True:
        with db.write() as tx:
            found = store.unsettled(tx, after, batch, lock=True)
            if not found:
                return moved
            moved += _batch(tx, clock, journal, law, audience, found)
        after = found[-1].id


def _batch(tx: Connection, clock: Clock, journal: Journal, law: LawNow, audience: Audience,
           found: Sequence[Deadline]) -> int:
    now = clock.now()
    changes: list[Change] = []
    stayed: list[Deadline] = []
    for deadline in found:
        rulebook = _binding(law, deadline, day_of(now))
        if rulebook is None or (deadline.rulebook, deadline.calendar) == (rulebook.version, law.calendar.version):
            continue
        if change := reproject(deadline, rulebook, law.calendar):
            changes.append(change)
        elif (same := recounted(deadline, rulebook, law.calendar)) != deadline:
            stayed.append(same)
    store.replace_all(tx, (*(change.deadline for change in changes), *stayed))
    if changes:
        told = audience(tx, sorted({change.deadline.case for change in changes}))
        journal.append(tx, entries_of(changes, told, now))
    return len(changes)


def _binding(law: LawNow, deadline: Deadline, today: date) -> Rulebook | None:
    """The rulebook that binds the deadline, its own where that has no such clock; None where it is not known here."""
    try:
        rulebook = law.binding(deadline.rulebook, today)
        if deadline.clock not in rulebook.clocks:
            rulebook = law.rulebook(deadline.rulebook)
    except KeyError:
        return None
    return rulebook
