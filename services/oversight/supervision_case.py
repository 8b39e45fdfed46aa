"""第二十九条 督查: what a supervision is, and what its acts say. Pure values.

One supervision is one ladder: it is about deadlines that one agency has let pass, and its steps are the documents
issued, from the mildest on. Each deadline has one ladder at a time, whichever of the two offices began it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from services.oversight.evidence import placed
from shared.acts.model import Party

ISSUED, ANSWERED, EXPLAINED = "issued", "answered", "explained"
REJECTED, EXCUSED, CLOSED = "rejected", "excused", "closed"
STATES = {ISSUED: "待答复", ANSWERED: "已答复", EXPLAINED: "延误说明待认定", REJECTED: "延误说明未采纳",
          EXCUSED: "延误说明已采纳", CLOSED: "已销号"}
TARGET, ISSUER = "target", "issuer"


@dataclass(frozen=True, slots=True)
class Breach:
    """A deadline that was let pass, as its `deadline_breached` told it, and where that stands: the evidence."""

    service: str
    deadline: str
    generation: int                     # the computation of the deadline that was breached
    case: str                           # of that service
    clock: str                          # rulebook id: transfer.letter
    bound: str                          # who is bound to it now
    says: str
    due_on: date | None                 # None: it runs in hours
    epoch: str
    position: int                       # in the service's journal
    event: str
    digest: str                         # of the event's text as it was received: sha256:…

    @property
    def ref(self) -> str:
        """As it is named: transfer/<deadline's id>."""
        return f"{self.service}/{self.deadline}"


@dataclass(frozen=True, slots=True)
class Found:
    """What the board holds of deadlines, by their refs. One of which there is no breach is in none of it."""

    breaches: tuple[Breach, ...] = ()
    withdrawn: tuple[str, ...] = ()     # the breach was withdrawn
    settled: tuple[str, ...] = ()       # nothing is owed any more
    disputed: tuple[str, ...] = ()      # their case is disputed (24)
    # another supervision has it: its state, and `excused` where that is closed
    taken: Mapping[str, str] = field(default_factory=dict, hash=False)
    late: tuple[str, ...] = ()          # of the settled: done late, or called off when it was late

    @property
    def standing(self) -> frozenset[str]:
        """Those whose breach stands."""
        return frozenset(each.ref for each in self.breaches) - {*self.withdrawn}

    @property
    def owed(self) -> frozenset[str]:
        """Those that are overdue still."""
        return self.standing - {*self.settled}

    @property
    def to_explain(self) -> frozenset[str]:
        """Those whose delay may be asked about: what is overdue still, and what was done or called off late."""
        return self.owed | (self.standing & {*self.late})


@dataclass(frozen=True, slots=True)
class Issue:
    """发出督查文书, the first step. `found` is looked up."""

    kind: str                           # supervision_kinds
    target: str                         # agency
    deadlines: tuple[str, ...] = ()     # refs of what it has let pass
    says: str = ""                      # what is asked of it
    number: str = ""                    # 文号
    answer_by: date | None = None       # None: as many working days as the rulebook gives this kind
    found: Found = Found()


@dataclass(frozen=True, slots=True)
class StepUp:
    """再发督查文书: the next step of the same ladder."""

    kind: str
    says: str = ""
    number: str = ""
    answer_by: date | None = None
    found: Found = Found()


@dataclass(frozen=True, slots=True)
class Answer:
    """答复督查."""

    says: str = ""
    done_on: date | None = None         # the day by which it is done, or will be


@dataclass(frozen=True, slots=True)
class Explain:
    """延误说明."""

    ground: str                         # excuses
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """认定延误说明, either way."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """销号."""

    result: str = ""
    found: Found = Found()


@dataclass(frozen=True, slots=True)
class Step:
    """A document of the ladder and what came of it, each on its true day."""

    kind: str
    number: str
    says: str
    issued_on: date
    answer_by: date
    issuer: str                         # who issued it then
    answer: Answer | None = None
    answered_on: date | None = None
    explanation: Explain | None = None
    explained_on: date | None = None
    judged: Judge | None = None
    judged_on: date | None = None


@dataclass(frozen=True, slots=True)
class Supervision:
    """A ladder: of whom, about which deadlines, step by step."""

    state: str
    parties: tuple[Party, ...]
    breaches: tuple[Breach, ...]
    steps: tuple[Step, ...]
    result: str = ""
    closed_on: date | None = None

    def moved(self, state: str) -> "Supervision":
        return replace(self, state=state)

    def holder(self, part: str) -> str:
        """Who has the part now; empty: nobody."""
        return next((each.agency for each in reversed(self.parties) if each.part == part and each.until is None), "")

    @property
    def step(self) -> Step:
        return self.steps[-1]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of the steps that were taken."""
        return tuple(each.kind for each in self.steps)

    @property
    def refs(self) -> tuple[str, ...]:
        return tuple(each.ref for each in self.breaches)

    def with_step(self, **changed: object) -> "Supervision":
        """With its last step changed."""
        return replace(self, steps=(*self.steps[:-1], replace(self.step, **changed)))      # type: ignore[arg-type]


def facts(case: Supervision) -> dict[str, Any]:
    """What every event of a supervision tells: of whom, by whom, at which step, about which deadlines."""
    return {"target": case.holder(TARGET), "issuer": case.holder(ISSUER), "kind": case.step.kind,
            "step": len(case.steps), "breaches": [_evidence(each) for each in case.breaches]}


def issued_facts(case: Supervision) -> dict[str, Any]:
    """The same of a step that was issued, with the day to answer it by and its 文号, where it has one."""
    return {**facts(case), "answer_by": case.step.answer_by, "number": case.step.number}


def _evidence(breach: Breach) -> dict[str, Any]:
    return {**placed(breach), "deadline": breach.deadline, "generation": breach.generation, "case": breach.case,
            "clock": breach.clock}
