"""A service's deadlines at work: a database with an open journal, tickers on it, and what they told."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from shared.calendar.model import Calendar
from shared.db.database import Database
from shared.deadlines import store
from shared.deadlines.entries import Told, entries_of
from shared.deadlines.model import Change, Deadline, Happened
from shared.deadlines.rules import apply
from shared.deadlines.ticker import Ticker
from shared.journal.epochs import open_epoch
from shared.journal.log import Journal
from shared.journal.model import Entry, NewEntry
from shared.kernel.clock import HandClock
from shared.rulebook.model import Rulebook
from tests.deadlines.builders import CALENDAR, RULEBOOK


@dataclass(frozen=True)
class Law:
    """A law that stands still until it is replaced; also its own snapshot."""

    version: str = "1"
    calendar: Calendar = CALENDAR
    current: Rulebook = RULEBOOK
    known: dict[str, Rulebook] = field(default_factory=dict)

    def now(self) -> "Law":
        return self

    def rulebook(self, version: str) -> Rulebook:
        return {**self.known, self.current.version: self.current}[version]

    def binding(self, version: str, day: date) -> Rulebook:
        return self.current if self.current.running_cases == "move" else self.rulebook(version)


class Making:
    """A service with deadlines and nothing else."""

    def __init__(self, db: Database, clock: HandClock) -> None:
        self.db, self.clock, self.law = db, clock, Law()
        self.journal = Journal("transfer", "rongcheng", clock)
        open_epoch(db, self.journal)

    def now(self) -> Law:
        """The law that holds now: what a ticker reads."""
        return self.law

    def audience(self, tx: Connection, cases: Sequence[str]) -> Told:
        return {case: (frozenset({"SFJ"}), 7) for case in cases}

    def ticker(self, **more: Any) -> Ticker:
        return Ticker(self.db, self.clock, self.journal, self, self.audience, **more)

    def act(self, *events: Happened) -> tuple[Change, ...]:
        """Each event as an act's transaction does it: load, apply, save, journal; all in one transaction."""
        done: list[Change] = []
        with self.db.write() as tx:
            for event in events:
                changes = apply(self.law.current, self.law.calendar, store.load_open(tx, event.case), event)
                store.save(tx, changes)
                done += changes
            if done:
                cause = NewEntry("e-1", "announced", events[0].case, events[0].on, {}, actor="apt-1", agency="ZJJ")
                self.journal.append(tx, entries_of(done, self.audience(tx, [event.case for event in events]),
                                                   self.clock.now(), cause))
        return tuple(done)

    def learn(self, **changed: Any) -> None:
        """Another law from now on."""
        self.law = replace(self.law, version=str(int(self.law.version) + 1), **changed)

    def all(self, case: str) -> tuple[Deadline, ...]:
        with self.db.read() as tx:
            return store.for_case(tx, case)

    def told(self, case: str, *kinds: str) -> list[Entry]:
        """The case's journal entries of these kinds, or all."""
        with self.db.read() as tx:
            return [entry for entry in self.journal.of_stream(tx, case)
                    if not kinds or entry.type.removeprefix("deadline_") in kinds]


@pytest.fixture
def making(database: Database, clock: HandClock) -> Making:
    return Making(database, clock)
