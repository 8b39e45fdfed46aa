"""What an act is and when it may be done. Pure: `perform` in this room's store does it in a transaction.

`actions`, the permission table, the routes and the refusal of a real attempt all come from `Act`; nothing says it
twice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from typing import Any, Generic, Protocol, Self, TypeVar

from shared.acts import machines
from shared.acts.whose import wrong_party
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, STANDING, SUITE, Register
from shared.deadlines.correcting import Redated
from shared.deadlines.model import Deadline
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal
from shared.rulebook.model import Rulebook

_STANDING = frozenset({*STANDING, SUITE})


class Rank(IntEnum):
    """The rank of the person who acts."""

    OFFICER = 1   # 承办人
    LEADER = 2    # 机关负责人
    CHIEF = 3     # 正职负责人 or 主持工作的负责人


RANK_TOO_LOW = Refusal("RANK_TOO_LOW", "该行为应当由机关负责人作出。", "A leader of the agency must do this.", status=403)
CHIEF_ONLY = Refusal("RANK_TOO_LOW", "该行为应当由正职负责人或者主持工作的负责人作出。",
                     "The head of the agency, or who presides over it, must do this.", status=403)
DISSOLVED = Refusal("AGENCY_DISSOLVED", "本机关已于{until}撤销，只能查阅，不能再作出行为；{heir}。",
                    "Your agency ended on {until}: it may read, and act no more. {heir_en}", "3", 403)
BEFORE_PART = Refusal("BEFORE_PART", "本机关自{since}起才是其中一方，发生日期不得早于该日。",
                      "Your agency has been a party only since {since}: the true date lies before that.", "internal",
                      409, "happened_on")
WRONG_STATE = Refusal("WRONG_STATE", "当前状态为「{state}」，不能进行该行为。",
                      "The state is {state}, which does not allow this act.", status=409, where="state")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks or acts: one appointment of one person, a machine client, or the suite itself."""

    agency: str
    rank: Rank
    person: str = ""                  # account id
    appointment: str = ""             # appointment id
    name: str = ""                    # as it stands in documents
    machine: bool = False
    suite: bool = False               # acts `by` the suite, and ops commands
    acts: frozenset[str] | None = None      # of a machine: what its agency's leader allows it; None: not said
    unsigned: Refusal | None = None   # of a machine: why the signature that it names is none


THE_SUITE = Viewer(agency="", rank=Rank.CHIEF, name="liandong", suite=True)


@dataclass(frozen=True, slots=True)
class Context:
    """All that a decision may ask besides the case and the command."""

    now: datetime                     # aware, UTC: the moment of entry
    happened_on: date                 # the true date of the act, the city's day
    happened_at: datetime             # the true time; noon where only a day is known
    rulebook: Rulebook
    register: Register
    viewer: Viewer
    origin: Mapping[str, Any] = field(default_factory=dict, hash=False)     # whence the case comes: its kind and ref
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)     # how parts and standings are called


def coded(context: Context, list_: str, code: str) -> bool:
    """Whether the rulebook's code list has the code, which may be newly used on the true date of the act."""
    return context.rulebook.has_code(list_, code, context.happened_on)


@dataclass(frozen=True, slots=True)
class Party:
    """An agency's part in a case and the days it had it. `outside`: its name, where it is not in the register."""

    part: str                         # sender, receiver, lead, participant
    agency: str                       # code; empty for one outside the register
    since: date
    until: date | None = None         # the last day
    outside: str = ""
    after: str = ""                   # the dissolved agency that had it before (承继)

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def shown(self) -> Self:
        """As it is told: who came and went on one day was a party on that day, though it may not act on it any more."""
        return replace(self, until=self.until and max(self.since, self.until))


class Case(Protocol):
    """What every chapter's case has. It is a frozen dataclass; `moved` returns it in another state."""

    @property
    def state(self) -> str: ...

    @property
    def parties(self) -> tuple[Party, ...]: ...

    def moved(self, state: str) -> Self: ...


C = TypeVar("C", bound=Case)


@dataclass(frozen=True, slots=True)
class Righted:
    """What a correction sets right besides the case: the entry's dates, and the case's own days where they are
    others."""

    entry: str                        # id of the entry corrected
    redated: Redated | None = None
    last_on: date | None = None       # true date of the latest act that moved it
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[C]):
    """What an act decided. `facts` is what the event tells besides who and when: codes, ids, dates; nothing
    personal."""

    case: C
    facts: Mapping[str, Any] = field(default_factory=dict)
    state: str = ""                   # only where the act chooses among its `to`
    event: str = ""                   # likewise among its events
    warnings: tuple[Refusal, ...] = ()   # said to the officer, refusing nothing
    righted: Righted | None = None    # 更正: of an act that corrects another


Guard = Callable[[Any, Context], Iterable[Refusal]]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose act it is of the parts that its row names, where a setting of the rulebook has its say."""

    setting: str                              # its name
    parts: Mapping[str, frozenset[str]]       # its value -> who does the act under it, in one case or another
    others: Guard                             # refuses whoever it is not in this case, with 403


@dataclass(frozen=True, slots=True)
class Act:
    """One legal act: a row of its chapter's ACTS."""

    name: str                         # as in the path: issue-letter
    title: str                        # 发出移送函
    article: str                      # "22, annex 1"; or "internal"
    by: frozenset[str]                # the parts and standings that may do it; SUITE: no route
    event: str
    command: type
    decide: Callable[[Any, Any, Context], Outcome[Any]]
    states: frozenset[str] = frozenset()      # it starts from; an act that only opens has none
    to: tuple[str, ...] = ()                  # none: the state stays
    rank: Rank = Rank.OFFICER
    opens: bool = False                       # makes a new case; with `states` it may also be done to one
    adds_only: bool = False                   # needs no If-Match, moves no revision, and on a case no state
    machine: bool = False
    guards: tuple[Guard, ...] = ()            # need no content, so `actions` shows them
    also: tuple[str, ...] = ()                # further events it may raise instead of `event`
    ordered: bool = True                      # False: its true date is an earlier act's, and orders nothing
    only: Callable[[Any, Context], bool] | None = None     # which agencies of `by`, where that alone doesn't say it
    whose: Whose | None = None                # which of the parts in `by`, as a setting has it
    besides: Callable[[Any, Context], bool] | None = None  # who else may do it, though it has no part any more
    settled: tuple[Guard, ...] = ()           # of a race that another has won: asked before what the caller saw
    follows: Callable[[Any, Any, Context], date | None] | None = None
    # case, command -> the day of what it follows, besides the act that moved the case last

    @property
    def events(self) -> tuple[str, ...]:
        return (self.event, *self.also)

    def refuses_opening(self, viewer: Viewer, context: Context) -> Refusal | None:
        """The refusal of an act that opens a case, before any content is looked at; its guards are asked with None."""
        if gone := dissolved(viewer, context):
            return gone
        standing = frozenset({SUITE}) if viewer.suite else context.register.standing(viewer.agency)
        if self.by <= _STANDING and not self.by & standing:
            return self._wrong_party(context)
        return self._refuses_rank(viewer) or self._guarded(None, context)

    def refuses_who(self, case: Case, viewer: Viewer, context: Context,
                    shown: Callable[[], Iterable[Party]] = tuple) -> Refusal | None:
        """The refusal of this viewer whatever the state: wrong party, rank too low, a machine. `shown`: the case's
        parties that the viewer may be told of."""
        if gone := dissolved(viewer, context):
            return gone
        own = parts(case, viewer, context)
        its = bool(self.by & own or (self.besides and self.besides(case, context)))
        if not its or (self.only and not self.only(case, context)):
            return self._wrong_party(context, shown(), without=own if its else frozenset())
        others = self.whose.others(case, context) if self.whose else ()
        return next((self.named(refusal) for refusal in others), None) or self._refuses_rank(viewer)

    def by_under(self, rulebook: Rulebook) -> frozenset[str]:
        """Who does it as the rulebook is set."""
        if self.whose is None or not rulebook.settings:
            return self.by              # on a day that no law speaks of it is refused whoever asks
        return self.whose.parts.get(str(rulebook.setting(self.whose.setting)), self.by)

    def _wrong_party(self, context: Context, shown: Iterable[Party] = (),
                     without: frozenset[str] = frozenset()) -> Refusal:
        """Whose act it is, in the order in which the chapter names its parts. `without`: the parts that don't make it
        the viewer's, though it has them."""
        done_by, day = self.by_under(context.rulebook), day_of(context.now)
        its = done_by - without or done_by
        has = ((each.part, each.outside or context.register.name_of(each.agency)) for each in shown
               if each.on(day) and each.agency != context.viewer.agency)
        by = [part for part in context.titles if part in its] or sorted(its)
        return self.named(wrong_party(by, context.titles, has))

    def _refuses_rank(self, viewer: Viewer) -> Refusal | None:
        if viewer.machine and (refusal := machines.refuses(self.name, self.rank, self.machine, viewer)):
            return self.named(refusal)
        if viewer.rank < self.rank:
            return self.named(CHIEF_ONLY if self.rank is Rank.CHIEF else RANK_TOO_LOW)
        return None

    def _guarded(self, case: Any, context: Context) -> Refusal | None:
        return next((self.named(refusal) for guard in self.guards for refusal in guard(case, context)), None)

    def named(self, refusal: Refusal) -> Refusal:
        """The refusal with an article: its own, or else the act's."""
        return refusal if refusal.article else replace(refusal, article=self.article)

    def refuses_settled(self, case: Case, context: Context) -> Refusal | None:
        """The refusal of what another was faster in: it says so, whatever the state and the revision are by now."""
        return next((self.named(refusal) for guard in self.settled for refusal in guard(case, context)), None)

    def refuses_when(self, case: Case, context: Context, titles: Mapping[str, str]) -> Refusal | None:
        """The refusal that state or history give, before any content is looked at; of an existing case only."""
        if refusal := self.refuses_settled(case, context):
            return refusal
        if case.state not in self.states:
            wrong = WRONG_STATE.filled(state=titles.get(case.state, case.state))
            return self.named(replace(wrong, values={"state": case.state}))
        begun = [party.since for party in held(case, context.viewer, context) if party.part in self.by]
        if begun and context.happened_on < min(begun):
            return BEFORE_PART.filled(since=min(begun))
        return self._guarded(case, context)


def dissolved(viewer: Viewer, context: Context) -> Refusal | None:
    """The refusal of whatever an agency would do after its last day, by whatever true date; it tells who is to do
    it."""
    gone = None if viewer.suite else context.register.dissolved(viewer.agency, day_of(context.now))
    if gone is None:
        return None
    zh, en = context.register.heirs_in_words(gone, day_of(context.now))
    return DISSOLVED.filled(until=gone.until, heir=zh, heir_en=en)


def parts(case: Case, viewer: Viewer, context: Context) -> frozenset[str]:
    """The parts the viewer's agency has in the case: its standing ones, and its own that it still has."""
    if viewer.suite:
        return frozenset({SUITE})
    own = frozenset(party.part for party in held(case, viewer, context))
    return own | context.register.standing(viewer.agency)


def held(case: Case, viewer: Viewer, context: Context) -> tuple[Party, ...]:
    """The parts the viewer's agency has today. One begun after the true date is among them: the date is wrong then.
    Who has left a case is no party again by a true date within its time: it would act on what it no longer sees.
    """
    last = max(day_of(context.now), context.happened_on)
    return tuple(party for party in case.parties if party.agency == viewer.agency and not viewer.suite
                 and (party.until is None or last <= party.until))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the law as the rooms below need it: a tuple of acts and what cannot be read off them."""

    service: str                                # transfer
    title: str                                  # 案件移送
    path: str                                   # cases: the collection of its cases
    acts: tuple[Act, ...]
    states: Mapping[str, str]                   # state -> 中文, in the order of the chapter
    final: frozenset[str]                       # states that end every open clock
    case: type                                  # the frozen dataclass
    told: Callable[[Any, Any, str, Context], frozenset[str]]   # (before | None, after, event) -> agencies
    seen: Callable[[Any, Viewer, Register], Any]               # the case as the viewer may see it: its own leg only
    marks: Callable[[Any, Deadline], str] = lambda _, __: ""   # (case, its deadline) -> what is said of it besides
    internal: bool = False                      # no chapter of the law: nobody acts in another's name in it
    public: bool = False                        # every signed-in viewer may see its cases: no party is needed
    private: frozenset[str] = frozenset()       # states in which parties alone know of a case: no overseer does yet
    apart: bool = False                         # none but its parties may ever know of its cases, no heir for them
    knowing: frozenset[str] = frozenset()       # the parts in which one knows the case as it is now; none: every part

    def act(self, name: str) -> Act:
        """Raises KeyError for a name that no act has."""
        return {act.name: act for act in self.acts}[name]

    @property
    def events(self) -> tuple[str, ...]:
        """Every event the chapter raises, in the order of its acts, each once."""
        return tuple(dict.fromkeys(event for act in self.acts for event in act.events))

    def knows_now(self, case: Case, agency: str) -> bool:
        """Whether the agency has a part in which it knows the case as it is now; one that has left knows its time."""
        return agency in self._knowing(case)

    def heard_late(self, before: Case | None, after: Case, told: frozenset[str], register: Register) -> bool:
        """Whether among those told of an act is one that had left the case before it."""
        present = self._knowing(after) | (self._knowing(before) if before else frozenset())
        return bool(self.knowing and told - present - register.standing_agencies(JUSTICE, GOVERNMENT_OFFICE))

    def _knowing(self, case: Case) -> frozenset[str]:
        return frozenset(party.agency for party in case.parties
                         if party.until is None and (not self.knowing or party.part in self.knowing))
