"""A plan, collaborative or joint, as its acts build it. Pure: frozen values, no rule of law here.

What an act said is kept as it was said, beside its true date and the version of the plan it was done under.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from shared.acts.corrections import Corrected
from shared.acts.materials import Material
from shared.acts.model import Party
from shared.plans import commands
from shared.plans.parts import Content, Ordered, Task
from shared.plans.states import UNDER_WAY

LEAD, PARTICIPANT, RELATED = "lead", "participant", "related"
FORMER = "former"                     # who has left: may correct what it said itself; in no list of parties


@dataclass(frozen=True, slots=True)
class Version:
    """The plan as it was written; the first is the draft until it is approved."""

    number: int
    content: Content
    effective_on: date | None = None    # approved with effect from; None: not in force yet
    effective_until: date | None = None # the day another version took its place
    reason: str = ""                    # of an amendment
    act: str = ""                       # by which act it came: draft, amend, reassign


@dataclass(frozen=True, slots=True)
class Response:
    agency: str
    said: commands.Answer
    on: date


@dataclass(frozen=True, slots=True)
class Consultation:
    number: int
    said: commands.Consult
    on: date
    answers: tuple[Response, ...] = ()

    def answered_by(self, agency: str) -> bool:
        return any(each.agency == agency for each in self.answers)


@dataclass(frozen=True, slots=True)
class Submission:
    said: commands.Submit
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Reviewed:
    said: commands.Review
    on: date


@dataclass(frozen=True, slots=True)
class Presented:
    said: commands.Present
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Decided:
    """What the government decided on the plan; one of the three is there."""

    on: date                            # of the paper
    approval: commands.Approve | None = None
    sent_back: commands.SendBack | None = None
    rejection: commands.Reject | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    agency: str
    said: commands.RecordMeasure
    on: date
    version: int


@dataclass(frozen=True, slots=True)
class Continuation:
    said: commands.RecordContinuation
    on: date


@dataclass(frozen=True, slots=True)
class Confirmation:
    agency: str
    said: commands.ConfirmDispatch
    on: date


@dataclass(frozen=True, slots=True)
class Dispatched:
    number: int
    said: commands.Dispatch
    on: date
    version: int
    confirmations: tuple[Confirmation, ...] = ()

    def ordered(self, agency: str) -> Ordered | None:
        return next((each for each in self.said.agencies if each.agency == agency), None)

    def answered_by(self, agency: str) -> bool:
        return any(each.agency == agency for each in self.confirmations)


@dataclass(frozen=True, slots=True)
class TaskReport:
    number: int
    agency: str
    said: commands.ReportTask
    on: date
    version: int


@dataclass(frozen=True, slots=True)
class AgencyDecision:
    number: int
    agency: str
    said: commands.RecordDecision
    on: date
    version: int


@dataclass(frozen=True, slots=True)
class Finding:
    number: int
    agency: str
    said: commands.RecordFinding
    on: date
    version: int
    handed_on: commands.NoteHandOn | None = None
    settled: commands.SettleFinding | None = None
    settled_on: date | None = None

    @property
    def open(self) -> bool:
        """Whether it was neither handed on nor settled since it was recorded."""
        return self.handed_on is None and self.settled is None


@dataclass(frozen=True, slots=True)
class Pause:
    """中止 and, once resumed, 恢复."""

    said: commands.Suspend
    on: date
    resumed: commands.Resume | None = None
    resumed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How and when the action ended: by an act, or presumed by the suite."""

    on: date                            # the true date
    by: str                             # agency; empty where it is presumed
    noted_on: date                      # the day it was entered: what the report's clock counts from
    ended: commands.End | None = None
    terminated: commands.Terminate | None = None
    presumed: commands.PresumeEnd | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """变更方案 and what became of it."""

    number: int                         # of the version it would make
    said: commands.Amend
    by: str
    on: date
    outcome: str = ""                   # amended | returned | rejected | lapsed with the end; empty while it is open
    reviewed: commands.ReviewAmendment | None = None
    reviewed_on: date | None = None
    presented: commands.PresentAmendment | None = None
    presented_on: date | None = None
    decided: commands.DecideAmendment | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """An agency whose part ended before the plan did, and the plan as it left it: what it may see of it since."""

    agency: str
    part: str
    on: date                            # the day from which it has the part no more
    state: str
    version: Version


@dataclass(frozen=True, slots=True)
class Plan:
    """What a collaborative and a joint plan have in common; each adds its grounds and its report."""

    state: str
    parties: tuple[Party, ...]
    opened_on: date
    route: str                          # submit | apply | assigned | direct (9, 17)
    versions: tuple[Version, ...]       # the last is the present one
    consultations: tuple[Consultation, ...] = ()
    submissions: tuple[Submission, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    presentations: tuple[Presented, ...] = ()
    decided: tuple[Decided, ...] = ()   # by the government
    withdrawal: commands.Withdraw | None = None
    withdrawn_on: date | None = None
    related: tuple[commands.AddRelated, ...] = ()
    measures: tuple[Measure, ...] = ()
    continuation: Continuation | None = None
    started: commands.Start | None = None
    started_on: date | None = None
    dispatches: tuple[Dispatched, ...] = ()
    task_reports: tuple[TaskReport, ...] = ()
    decisions: tuple[AgencyDecision, ...] = ()
    findings: tuple[Finding, ...] = ()
    pauses: tuple[Pause, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    ending: Ending | None = None
    materials: tuple[Material, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    left: tuple[Left, ...] = ()

    @property
    def version(self) -> Version:
        """The plan as it stands: the draft, or the version in force."""
        return self.versions[-1]

    @property
    def content(self) -> Content:
        return self.versions[-1].content

    def version_on(self, day: date) -> int:
        """The number of the version that was in force on the day: what was done then was done under it. Before the plan
        is approved there is the first alone."""
        return next((each.number for each in reversed(self.versions)
                     if each.effective_on is not None and each.effective_on <= day), self.versions[0].number)

    @property
    def lead(self) -> str:
        return self.content.lead

    @property
    def approved(self) -> bool:
        return self.versions[0].effective_on is not None

    @property
    def amendment(self) -> Amendment | None:
        """The amendment that is open."""
        return next((each for each in self.amendments if not each.outcome), None)

    @property
    def decided_by_paper(self) -> str:
        """The number of the paper by which the government itself decided that there be a plan; empty where it did
        not."""
        return ""

    @property
    def done_tasks(self) -> frozenset[int]:
        """The tasks that are reported as finished."""
        return frozenset(each.task for report in self.task_reports for each in report.said.tasks if each.done)

    def open_tasks(self, agency: str) -> tuple[Task, ...]:
        """The agency's tasks that are not reported as finished."""
        done = self.done_tasks
        return tuple(each for each in self.content.tasks if each.agency == agency and each.number not in done)

    def parts_of(self, *parts: str) -> tuple[str, ...]:
        """The agencies that have any of these parts now."""
        return tuple(each.agency for each in self.parties if each.part in parts and each.until is None)

    def moved(self, state: str) -> Self:
        return replace(self, state=state)

    def with_party(self, part: str, agencies: Iterable[str], since: date) -> Self:
        """The plan with these agencies in it from the day on, those that have the part already as they are."""
        has = self.parts_of(part)
        new = tuple(Party(part, agency, since) for agency in dict.fromkeys(agencies) if agency not in has)
        return replace(self, parties=(*self.parties, *new))

    def without_party(self, part: str, agencies: Iterable[str], day: date) -> Self:
        """The plan in which these agencies have the part no more from the day on: the day before is the last.

        They leave it as it stands now, so they go before what they are not to see comes. One that got the part on that
        very day had no whole day of it: its last day lies before its first, and it acts no more.
        """
        gone, eve = frozenset(agencies) & frozenset(self.parts_of(part)), day - timedelta(days=1)
        parties = tuple(replace(each, until=eve) if each.part == part and each.agency in gone and each.until is None
                        else each for each in self.parties)
        left = tuple(Left(agency, part, day, self.state, self.version) for agency in sorted(gone))
        return replace(self, parties=parties, left=(*self.left, *left))

    def left_under_way(self, party: Party, day: date) -> bool:
        """Whether the party went on the day after the action had begun: the day alone does not tell, the state does."""
        return any((each.agency, each.part, each.on) == (party.agency, party.part, day) and each.state in UNDER_WAY
                   for each in self.left)

    def has(self, numbers: Iterable[int]) -> bool:
        """Whether the plan has materials of all these numbers."""
        return {each.number for each in self.materials} >= set(numbers)

    def encloses(self, kind: str, numbers: Sequence[int]) -> bool:
        """Whether one of these materials is of the kind. None at all, or one that the plan has not, is refused as such
        and not for its kind."""
        kinds = {each.number: each.said.kind for each in self.materials}
        return not numbers or any(kinds.get(number, kind) == kind for number in numbers)
