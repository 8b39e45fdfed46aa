"""第二十七条 查询: the query that the acts build, and its states. Pure: frozen values, no rule of law here.

Who asks and who holds stand in the parties alone. One that is passed on is another query, at another holder.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.sharing.queries.commands import (
    Admit,
    Answer,
    Ask,
    Complain,
    DirectAnswer,
    Dismiss,
    NotAdmit,
    Passed,
    PassOn,
    Refuse,
    Withdraw,
)
from shared.acts.corrections import Corrected
from shared.acts.materials import Material
from shared.acts.model import Context, Outcome, Party
from shared.acts.standing import BASIS_ENDED, basis_ended
from shared.kernel.errors import Refusal

ASKER, HOLDER, DECIDER = "asker", "holder", "decider"

ASKED, ADMITTED, ASSISTING = "asked", "admitted", "assisting"
COMPLAINED, DIRECTED = "complained", "directed"
ANSWERED, REFUSED, PASSED_ON = "answered", "refused", "passed-on"
NOT_ADMITTED, WITHDRAWN = "not-admitted", "withdrawn"
STATES = {
    ASKED: "待认证", ADMITTED: "待答复", ASSISTING: "待提供协助", ANSWERED: "已答复", REFUSED: "已拒绝",
    PASSED_ON: "已转持有机关", NOT_ADMITTED: "未通过认证", COMPLAINED: "异议处理中", DIRECTED: "责令提供中", WITHDRAWN: "已撤回",
}
FINAL = frozenset({ANSWERED, REFUSED, PASSED_ON, NOT_ADMITTED, WITHDRAWN})
WAITING = frozenset({ASKED, ADMITTED, ASSISTING})           # nothing has been said to it yet

ORDINARY, URGENT, ASSISTANCE = "ordinary", "urgent", "assistance"


@dataclass(frozen=True, slots=True)
class Answered:
    said: Answer
    on: date
    law_to_check: bool = False          # 部分提供: as of a refusal


@dataclass(frozen=True, slots=True)
class Denied:
    """依法拒绝."""

    said: Refuse
    on: date
    law_to_check: bool = False          # on a law or article that the rulebook does not know: justice looks


@dataclass(frozen=True, slots=True)
class Complaint:
    """异议, in the state in which it was made; what is said to it, or that an answer overtook it."""

    said: Complain
    on: date
    state: str
    turn: int                           # how often the holder had answered or refused
    directed: DirectAnswer | None = None
    dismissed: Dismiss | None = None
    decided_on: date | None = None
    lapsed_on: date | None = None       # the query went on of itself

    @property
    def open(self) -> bool:
        return self.decided_on is None and self.lapsed_on is None


@dataclass(frozen=True, slots=True)
class Query:
    """A query of 27, or a request for assistance of 22."""

    state: str
    parties: tuple[Party, ...]
    asking: Ask
    asked_on: date
    passed_from: str = ""               # the query that was passed on to this one
    earlier: tuple[Passed, ...] = ()
    materials: tuple[Material, ...] = ()
    admission: Admit | None = None
    admitted_on: date | None = None
    rejection: NotAdmit | None = None   # 认证未通过
    rejected_on: date | None = None
    answers: tuple[Answered, ...] = ()
    denials: tuple[Denied, ...] = ()
    passing: PassOn | None = None
    passed_on: date | None = None
    complaints: tuple[Complaint, ...] = ()
    withdrawal: Withdraw | None = None
    withdrawn_on: date | None = None
    corrections: tuple[Corrected, ...] = ()

    def moved(self, state: str) -> "Query":
        return replace(self, state=state)

    @property
    def asker(self) -> str:
        """The code of the agency that asks now; empty for one outside the register."""
        return self._of(ASKER).agency

    @property
    def outside(self) -> str:
        """The name of an asking agency that is not in the register."""
        return self._of(ASKER).outside

    @property
    def holder(self) -> str:
        return self._of(HOLDER).agency

    def _of(self, part: str) -> Party:
        return next(party for party in reversed(self.parties) if party.part == part)

    def ever(self, part: str) -> frozenset[str]:
        """Every agency that has or had the part: one that was dissolved, and who goes on in its place."""
        return frozenset(party.agency for party in self.parties if party.part == part and party.agency)

    @property
    def kind(self) -> str:
        """ordinary, urgent or assistance."""
        return ASSISTANCE if self.asking.assistance else URGENT if self.asking.urgent_reason else ORDINARY

    @property
    def turn(self) -> int:
        """How often the holder has answered or refused."""
        return len(self.answers) + len(self.denials)

    @property
    def complaint(self) -> Complaint | None:
        """The complaint that is open."""
        return next((each for each in self.complaints if each.open), None)

    @property
    def given(self) -> frozenset[int]:
        """The materials that the holder gave with its answers."""
        return frozenset(number for each in self.answers for number in each.said.materials)

    def given_version(self, record: str) -> int:
        """The version in which the holder last gave a record; 0 for one that it never gave."""
        pairs = (pair for each in self.answers for pair in zip(each.said.records, each.said.versions, strict=False))
        return next((version for id_, version in reversed(list(pairs)) if id_ == record), 0)

    def with_complaint(self, **changed: Any) -> "Query":
        """The query with its last complaint changed."""
        return replace(self, complaints=(*self.complaints[:-1], replace(self.complaints[-1], **changed)))

    def overtaken(self, day: date) -> "Query":
        """The query that went on while a complaint about it was open."""
        return self.with_complaint(lapsed_on=day) if self.complaint else self

    def added_by_holder(self, numbers: Iterable[int]) -> bool:
        """Whether the holder added materials of all these numbers."""
        its = self.ever(HOLDER)
        return {each.number for each in self.materials if each.added_by in its} >= set(numbers)


def done(
    case: Query, context: Context, facts: Mapping[str, Any], *told: Refusal, event: str = "", state: str = ""
) -> Outcome[Query]:
    """The outcome of an act, with the facts that every event of a query tells, and of what the officer is `told`.

    A running one is finished after the regulation has expired (33); its events and the officer are told so.
    """
    common: dict[str, Any] = {"asker": case.asker, "holder": case.holder, "kind": case.kind}
    if basis_ended(context):
        common["basis_ended"] = True
        told = (*told, BASIS_ENDED)
    return Outcome(case, {**common, **facts}, state, event, told)
