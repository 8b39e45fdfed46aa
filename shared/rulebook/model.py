"""The rulebook: the law as dated data. Pure. `load` in this room's loader reads the file that an official can check."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands: an article of the regulation, an article of another law, or `internal` (no law at all)."""

    article: str = ""
    law: str = ""                     # empty: the regulation itself
    internal: bool = False

    @property
    def statutory(self) -> bool:
        return not self.internal

    def __str__(self) -> str:
        if self.internal:
            return "internal"
        return f"{self.law} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Amount:
    """How long: `unit` working_days, calendar_days or hours with a `value`; or `until`, a date named in the facts."""

    unit: str
    value: int = 0
    until: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit: who is bound, what starts, meets, pauses and resumes it, and how long it is."""

    id: str                           # transfer.letter
    source: Source
    says: str                         # what it demands, in our own short words
    bound: str                        # the part that must act
    starts: tuple[str, ...]           # events, as "transfer.announced"
    meets: tuple[str, ...]
    amount: Amount
    yellow: Amount                    # turns yellow when so much is left (`until` unused)
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()     # events that end it unmet, besides a final state
    counts_from: str = ""             # a date in the facts; empty: the true date of the act
    item: str = ""                    # a fact that tells items of one case apart (a participant, a task)
    restarts: bool = False            # a start while one is open replaces it
    rolls: bool = False               # calendar days that end on a holiday roll to the next working day
    question: str = ""                # the entry of docs/questions-for-justice.md it waits for
    states: tuple[str, ...] = ()      # the states it runs in, so that every open state can be shown to have one


@dataclass(frozen=True, slots=True)
class Basis:
    """What the regulation rests on after its last day (33): an extension, a new regulation, a higher law."""

    document: str                     # 文号
    title: str
    kind: str                         # extension | replacement | higher_law
    since: date
    until: date | None = None
    sample: bool = False              # 示例: not a real document

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Article:
    """An article or annex: what it demands in our own short words, or why it demands nothing of the software."""

    id: str                           # "22", "annex 1"
    chapter: str                      # "四"
    title: str
    says: str
    needs_none: str = ""              # definition | aim | commencement …: the one word why no rule is needed
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """A coded reason that an article names: joint.15-1, transfer.not_competent."""

    id: str
    article: str
    title: str
    demands: tuple[str, ...] = ()     # the facts that must be given with it


@dataclass(frozen=True, slots=True)
class Item:
    """A required item of a document or a plan."""

    id: str                           # basis
    title: str                        # 移送依据
    article: str
    when: str = ""                    # a named condition of the domain; empty: always


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One version of the law as data. An empty one (no law loaded) has no clocks and is in force on no day."""

    id: str = ""                      # rongcheng-2021
    title: str = ""
    version: str = ""                 # digest of the file, "sha256:…"
    valid_from: date | None = None
    valid_to: date | None = None      # the last day
    counting: Mapping[str, Any] = field(default_factory=dict)
    running_cases: str = "keep"       # keep | move: which version binds a running case
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    grounds: Mapping[str, Ground] = field(default_factory=dict)
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)      # "transfer.letter" -> its items
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)     # list -> code -> 中文
    settings: Mapping[str, Any] = field(default_factory=dict)                # choices where the text is open
    bases: tuple[Basis, ...] = ()

    def basis_on(self, day: date) -> Basis | None:
        """The basis that carries the regulation on a day after its last; None within its own validity too."""
        return next((basis for basis in self.bases if basis.holds_on(day)), None)

    def expired_on(self, day: date) -> bool:
        return self.valid_to is not None and day > self.valid_to

    def may_open_on(self, day: date) -> bool:
        """Whether a case may be opened on the day (33): within validity, or after it on a basis."""
        if self.valid_from is None or day < self.valid_from:
            return False
        return not self.expired_on(day) or self.basis_on(day) is not None

    def with_bases(self, bases: tuple[Basis, ...]) -> "Rulebook":
        """The same version carried by further bases."""
        return replace(self, bases=self.bases + bases)
