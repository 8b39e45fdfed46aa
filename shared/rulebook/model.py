"""The rulebook: the law as dated data. Pure. `load` in this room's loader reads the file that an official can check."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from shared.kernel.errors import Refused
from shared.rulebook.choices import NO_RULEBOOK_THEN, UnknownSetting
from shared.rulebook.choices import Choice as Choice
from shared.rulebook.sources import PLAN_WORDS as PLAN_WORDS
from shared.rulebook.sources import Source as Source
from shared.rulebook.sources import article_words as article_words
from shared.rulebook.sources import law_words as law_words
from shared.rulebook.sources import source_words as source_words

GROUNDS = "grounds:"                  # how a code list is named that the section `grounds` holds


@dataclass(frozen=True, slots=True)
class Amount:
    """How long: `unit` working_days, calendar_days or hours with a `value`; or unit `until`, a date in the facts."""

    unit: str
    value: int = 0
    until: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit: who is bound, what starts, meets, pauses and resumes it, and how long it is."""

    id: str                           # transfer.letter
    source: Source
    says: str                         # what it demands, in our own short words: they stand in letters
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
    outlives: bool = False            # runs on when the case comes to a final state, until it is met
    rolls: bool = False               # calendar days that end on a holiday roll to the next working day
    note: str = ""                    # for who reads the rulebook: an interpretation, whence an internal limit comes
    question: str = ""                # the entry of docs/questions-for-justice.md it waits for
    states: tuple[str, ...] = ()      # the states it runs in, so that every open state can be shown to have one

    def hears(self, event: str) -> bool:
        """Whether the event does anything to it."""
        return (event in self.starts or event in self.meets or event in self.cancels or event in self.pauses
                or event in self.resumes)


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

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON data, as events tell a basis; what is empty is left out."""
        data = {"document": self.document, "title": self.title, "kind": self.kind, "since": self.since.isoformat(),
                "until": self.until.isoformat() if self.until else "", "sample": self.sample}
        return {key: value for key, value in data.items() if value}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> "Basis":
        """The basis of `to_dict`'s data. Raises KeyError or ValueError for anything else."""
        until = data.get("until", "")
        return Basis(data["document"], data["title"], data["kind"], date.fromisoformat(data["since"]),
                     date.fromisoformat(until) if until else None, bool(data.get("sample", False)))


@dataclass(frozen=True, slots=True)
class Article:
    """An article or annex: what it demands in our own short words, or why it demands nothing of the software."""

    id: str                           # "22", "annex 1"
    chapter: str                      # "四"
    title: str
    says: str
    needs_none: str = ""              # definition | aim | commencement …: the one word why no rule is needed
    note: str = ""
    service: str = ""                 # who carries it out; its chapter's service unless it says otherwise
    question: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """A coded reason that an article names: joint.15-1, transfer.not_competent."""

    id: str
    article: str
    title: str
    demands: tuple[str, ...] = ()     # the facts that must be given with it
    route: str = ""                   # the route it takes (9, 17): apply, submit, assigned …; empty where it has none
    shown_by: tuple[str, ...] = ()    # clocks whose breach shows it (31)


@dataclass(frozen=True, slots=True)
class Item:
    """A required item of a document or a plan."""

    id: str                           # basis
    title: str                        # 移送依据
    article: str
    when: str = ""                    # a named condition of the domain; empty: always


@dataclass(frozen=True, slots=True)
class Law:
    """Another law that clocks or guards rest on: its short name is its key in the rulebook."""

    name: str                         # 行政处罚法
    title: str                        # 中华人民共和国行政处罚法（2021年修订）
    since: date                       # in force, in this wording
    articles: Mapping[str, str] = field(default_factory=dict)   # those relied on -> what they say, in our words
    rolls: bool = False               # calendar-day limits under it that end on a holiday roll to the next working day
    working_day_limits: tuple[int, ...] = ()   # day limits that its text turns into working days (行政处罚法 85)
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChapterOfLaw:
    """A chapter of the regulation and the service that is it; chapters 一 and 七 have none."""

    number: str                       # 四
    title: str
    service: str = ""


@dataclass(frozen=True, slots=True)
class EventName:
    """An event the rulebook may speak of: its title and the articles it carries out."""

    id: str                           # transfer.announced
    title: str                        # 事先通报
    articles: tuple[str, ...] = ()    # none: internal


@dataclass(frozen=True, slots=True)
class MayRefuse:
    """A right to refuse: who, what, on which grounds, and what must be given with the refusal."""

    id: str                           # transfer.refuse
    by: tuple[str, ...]               # the parts that may
    article: str
    says: str
    demands: tuple[str, ...] = ()     # what must be given with it
    grounds: tuple[str, ...] = ()     # ground ids; none: a reason in words is enough


@dataclass(frozen=True, slots=True)
class Term:
    """The days on which a code may be newly used; read, it may be for ever."""

    since: date | None = None
    until: date | None = None         # the last day

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the personal data of a class of records are kept after its last event: then a person erases them."""

    id: str                           # transfer.cases: a chapter's service and path; sharing.records.short; access_log
    says: str
    source: Source
    months: int = 0                   # 0: for ever
    question: str = ""                # the entry of docs/questions-for-justice.md it waits for

    def kept_until(self, last: date) -> date | None:
        """The last day they are kept, of a record whose last event was on the day; None: for ever."""
        if not self.months:
            return None
        months = last.year * 12 + last.month - 1 + self.months
        year, month = divmod(months, 12)
        return date(year, month + 1, min(last.day, monthrange(year, month + 1)[1]))


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
    code_lists: Mapping[str, str] = field(default_factory=dict)              # list -> its own 中文
    code_terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)   # list -> code -> where not for ever
    settings: Mapping[str, Any] = field(default_factory=dict)                # choices where the text is open
    bases: tuple[Basis, ...] = ()
    document: str = ""                # the 文号 it was issued under, where known
    laws: Mapping[str, Law] = field(default_factory=dict)                    # short name -> law
    chapters: Mapping[str, ChapterOfLaw] = field(default_factory=dict)       # 四 -> chapter
    parties: Mapping[str, Mapping[str, str]] = field(default_factory=dict)   # service -> part -> 中文
    events: Mapping[str, EventName] = field(default_factory=dict)            # every event it may speak of
    may_refuse: Mapping[str, MayRefuse] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)              # each setting with its words
    switches: frozenset[str] = frozenset()                                   # the settings that an event hangs on
    retention: Mapping[str, Retention] = field(default_factory=dict)         # class of records -> how long

    def setting(self, name: str) -> Any:
        """What this version chose. Raises Refused (409) where there is no law that could have chosen, UnknownSetting
        of one that says nothing of it: `choices.lacking` sees to it that none is published so."""
        if name in self.settings:
            return self.settings[name]
        if not self.version:
            raise Refused(NO_RULEBOOK_THEN)
        raise UnknownSetting(f"{self.id} {self.version} has no setting {name}")

    def list_of(self, name: str) -> Mapping[str, str]:
        """The codes of a list with their 中文, those of the past too; `grounds:transfer.refuse.` are the grounds so
        named. Empty for a list that there is not."""
        if not name.startswith(GROUNDS):
            return self.codes.get(name, {})
        begins = name.removeprefix(GROUNDS)
        return {ground.removeprefix(begins): each.title for ground, each in self.grounds.items()
                if ground.rpartition(".")[0] + "." == begins}

    def has_code(self, list_: str, code: str, day: date) -> bool:
        """Whether the list has the code, and it may be newly used on the day."""
        term = self.code_terms.get(list_, {}).get(code)
        return code in self.list_of(list_) and (term is None or term.holds_on(day))

    def basis_on(self, day: date) -> Basis | None:
        """The basis that carries the regulation on a day after its last; None within its own validity too."""
        return next((basis for basis in self.bases if basis.holds_on(day)), None)

    def last_day(self) -> date | None:
        """The last day on which the regulation holds by itself or by bases that follow on; None: it has no end."""
        last = self.valid_to
        while last is not None and (basis := self.basis_on(last + timedelta(days=1))):
            last = basis.until
        return last

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
