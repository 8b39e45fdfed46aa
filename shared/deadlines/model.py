"""What a deadline is, what happens to it, and what a change tells. Pure values."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

OPEN, PAUSED, MET, CANCELLED = "open", "paused", "met", "cancelled"
LIVE = (OPEN, PAUSED)

STARTED, WARNED, BREACHED, METS = "started", "warned", "breached", "met"
MOVED, PAUSES, RESUMED, CANCELS, CORRECTED = "moved", "paused", "resumed", "cancelled", "corrected"
KINDS = (STARTED, WARNED, BREACHED, METS, MOVED, PAUSES, RESUMED, CANCELS, CORRECTED)   # deadline_<kind>
NOTED = "noted"                   # kept, and told to nobody: nothing that was said changes

_NAMES = uuid.UUID("6f0a3f0e-52c4-5d0c-9a55-2f6a4b6f5c11")     # the namespace of deadline ids


@dataclass(frozen=True, slots=True)
class Pause:
    """A span in which the clock stood still, by true dates. Open-ended while it still does.

    One that began when the deadline had run out held nothing still. It is kept all the same: a date put right may show
    that it began in time. Whether it did is computed, never stored.

    `causes`: how many pausing events hold it still (a dispute, and in it the police); it ends with the last of them.
    """

    since_on: date
    since: datetime
    until_on: date | None = None
    until: datetime | None = None
    causes: int = 1

    def holds(self, day: date) -> bool:
        """Whether the day does not count: the days of both events count as little as those between.

        A pause that ends on the day it began takes no day away.
        """
        return self.until_on is not None and self.since_on < self.until_on and self.since_on <= day <= self.until_on


@dataclass(frozen=True, slots=True)
class Deadline:
    """One running of one clock: (case, clock, bound agency, item, starting entry), as last computed.

    `generation` counts the computations of the same start. Instants are in UTC; days are the city's.
    """

    id: str
    case: str
    clock: str                        # rulebook id: transfer.letter
    bound: str                        # code of the agency that must act; empty: none in the register
    item: str
    started_by: str                   # id of the journal entry that started it
    started_on: date                  # the day that does not count
    started_at: datetime
    due_at: datetime                  # breached from this instant on
    yellow_at: datetime               # warned from this instant on; due_at: never
    provisional: bool                 # 暂定: reaches into a year whose calendar is not known
    rulebook: str                     # version it was computed with
    calendar: str                     # version it was computed with
    says: str
    article: str                      # "22"; empty for internal
    law: str                          # another law's name; empty: the regulation
    statutory: bool
    unit: str                         # working_days | calendar_days | hours | until
    amount: int
    due_on: date | None = None        # the last day; None for hours
    until_on: date | None = None      # the date of the facts that an `until` clock runs to
    generation: int = 1
    state: str = OPEN
    pauses: tuple[Pause, ...] = ()
    met_on: date | None = None
    met_at: datetime | None = None
    late: bool | None = None          # of a met one; None: not settled while provisional
    warned_generation: int = 0        # the generation whose warning has fired; 0: none
    breached_generation: int = 0

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def pausing(self) -> Pause | None:
        """The pause that has not ended."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].until_on is None else None

    @property
    def paused_on(self) -> date | None:
        """Since when it stands still, or stood still when it was met; a pause of one that was over held nothing."""
        held = self.state == PAUSED or (self.state == MET and not self.late)
        return self.pausing.since_on if self.pausing and held else None

    @property
    def warned(self) -> bool:
        """Whether the warning of the present generation has fired."""
        return self.warned_generation == self.generation

    @property
    def breached(self) -> bool:
        """Whether the breach of the present generation has fired, and so stands."""
        return self.breached_generation == self.generation


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a case, as deadlines need it."""

    entry: str                        # id of its journal entry
    event: str                        # "transfer.announced"
    case: str
    on: date                          # true date
    at: datetime                      # true time
    facts: Mapping[str, Any] = field(default_factory=dict)
    bound: Mapping[str, tuple[str, ...]] = field(default_factory=dict)   # part -> the agencies that have it now
    final: bool = False               # the case's state is now final
    agency: str = ""                  # who acted; empty: the suite
    item: str = ""                    # where the facts do not name the clock's item


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a deadline: `deadline` is as it is after it, `data` what the event tells."""

    kind: str
    deadline: Deadline
    on: date | None                   # the true day; None: the day of entry
    why: str = ""                     # 中文
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)


class AlreadyRunning(ValueError):
    """An event starts a clock for an agency and item that has one running, and the clock does not say `restarts`."""

    def __init__(self, deadline: Deadline, event: str) -> None:
        super().__init__(f"{event} starts {deadline.clock} for {deadline.bound or 'nobody'} "
                         f"{deadline.item or ''} while {deadline.id} is {deadline.state}")


class LacksDate(ValueError):
    """The facts lack the date that a clock counts from or runs to."""

    def __init__(self, clock: str, event: str, fact: str) -> None:
        super().__init__(f"{event} starts {clock} but its facts have no date {fact!r}")


def id_of(entry: str, clock: str, bound: str, item: str) -> str:
    """A deadline's id: the same for the same start, so that an entry never starts one twice."""
    return str(uuid.uuid5(_NAMES, "\n".join((entry, clock, bound, item))))


def change(kind: str, deadline: Deadline, on: date | None, why: str = "", **more: Any) -> Change:
    """The change with the data that its event tells: enough to compute the light at any instant without asking."""
    return Change(kind, deadline, on, why, {**data_of(deadline), "why": why, **more})


def data_of(deadline: Deadline) -> dict[str, Any]:
    """What every deadline event tells: codes, dates and instants, nothing personal."""
    paused = {"paused_on": deadline.paused_on} if deadline.paused_on else {}
    return {
        "deadline": deadline.id, "clock": deadline.clock, "case": deadline.case, "bound": deadline.bound,
        "item": deadline.item, "generation": deadline.generation, "state": deadline.state,
        "article": deadline.article, "law": deadline.law, "statutory": deadline.statutory, "says": deadline.says,
        "unit": deadline.unit, "amount": deadline.amount,
        "started_by": deadline.started_by, "started_on": deadline.started_on, "started_at": deadline.started_at,
        "due_on": deadline.due_on, "due_at": deadline.due_at, "yellow_at": deadline.yellow_at,
        "provisional": deadline.provisional, "late": deadline.late,
        "met_on": deadline.met_on, "met_at": deadline.met_at,
        "warned": deadline.warned, "breached": deadline.breached,
        "rulebook": deadline.rulebook, "calendar": deadline.calendar, **paused,
    }
