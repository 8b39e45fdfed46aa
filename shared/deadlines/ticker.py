"""The ticker: fires what time alone brings, each once, never early; any number of them may run."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from shared.calendar.model import Calendar
from shared.db.database import Database
from shared.deadlines import store
from shared.deadlines.entries import entries_of
from shared.deadlines.model import WARNED, Change, Deadline
from shared.deadlines.reprojection import Audience, LawNow, plan, reproject_all
from shared.deadlines.rules import fire
from shared.journal.log import Journal
from shared.kernel.clock import Clock, day_of
from shared.telemetry.metrics import TICKER_DELAY

BATCH = 500
HELD = 0.05          # seconds until a look at what another ticker holds: it is a commit away from being done
SETTLING = 60.0      # seconds after which no act is under way any more that read the law before


class Law(Protocol):
    """Where the law is read."""

    def now(self) -> LawNow: ...


class Ticker:
    """One service's ticker. `step` is called at start, when its time has come, when the clock was moved, and when a
    commit may have brought a deadline or a law."""

    def __init__(self, db: Database, clock: Clock, journal: Journal, law: Law, audience: Audience,
                 ring: Callable[[], None] = lambda: None, batch: int = BATCH) -> None:
        self.db, self.clock, self.journal, self.law = db, clock, journal, law
        self.audience, self.ring, self.batch = audience, ring, batch
        self._projected: str | None = None      # the version of the law that every deadline is counted by
        self._again: float | None = None        # when to look for what was started by the law before meanwhile
        self._level: datetime | None = None     # when it saw last that nothing was due
        self._delays = TICKER_DELAY.labels(journal.service)

    def step(self) -> float | None:
        """1. Compute anew what a new law moves, so that nothing fires by an old calendar. 2. Fire what is due, a batch
        a transaction, until nothing is. 3. The seconds until the next instant; None where none is known.

        Wakes the readers of the journal when it wrote. Raises what the database raises; the next step goes on then.
        """
        wrote = self._project()
        while (look := self._look()) is not None and look <= self.clock.now() and (fired := self._batch()):
            wrote += fired
        if wrote:
            self.ring()
        if look is None:
            return None
        left = (look - self.clock.now()).total_seconds()
        return left if left > 0 else HELD

    def plan(self, calendar: Calendar) -> tuple[Change, ...]:
        """What this calendar would move: each deadline as it would be, why, and under `was` what it says now."""
        law = self.law.now()
        with self.db.read() as tx:
            return tuple(plan(tx, law, calendar, day_of(self.clock.now()), self.batch))

    def _project(self) -> int:
        """Once when the law is new, and once more: on PostgreSQL an act that read the old law may commit after the
        first
        time, and what it started would keep the old count."""
        law, again = self.law.now(), None
        if law.version != self._projected:
            again = time.monotonic() + SETTLING
        elif self._again is None or time.monotonic() < self._again:
            return 0
        moved = reproject_all(self.db, self.clock, self.journal, law, self.audience, self.batch)
        self._projected, self._again = law.version, again
        return moved

    def _look(self) -> datetime | None:
        """When something is due next; mostly nothing is, and then nothing is locked."""
        now = self.clock.now()
        with self.db.glance() as tx:
            look = store.next_look(tx)
        if look is None or look > now:
            self._level = now
        return look

    def _batch(self) -> int:
        """Fires one batch and returns how many events that made."""
        with self.db.write() as tx:
            now = self.clock.now()
            due = store.due(tx, now, self.batch)
            changes = store.fired(tx, sorted(_changes(due, now), key=_instant), now)
            if changes:
                told = self.audience(tx, sorted({change.deadline.case for change in changes}))
                self.journal.append(tx, entries_of(changes, told, now))
        for change in changes:
            self._delays.observe((now - self._could_fire(change)).total_seconds())
        return len(changes)

    def _could_fire(self, change: Change) -> datetime:
        """Its instant. What was entered late, or was moved into the past, could not be fired before it was there: that
        was after nothing was due."""
        return max(_instant(change), self._level or _instant(change))


def _changes(due: Sequence[Deadline], now: datetime) -> Iterator[Change]:
    """All that has fallen due of each, the warning before the breach: after a long stop both are told."""
    for deadline in due:
        while change := fire(deadline, now):
            yield change
            deadline = change.deadline


def _instant(change: Change) -> datetime:
    return change.deadline.yellow_at if change.kind == WARNED else change.deadline.due_at
