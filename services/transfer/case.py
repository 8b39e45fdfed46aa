"""第四章 案件移送: the case that the acts build. Pure: frozen values, no rule of law here.

What an act said is kept as it was said: the parts of a case are the commands themselves, beside their true dates.
A case has a leg for each receiver it was sent to, so that a former receiver can be shown its own and no other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.transfer.commands import (
    NOT_COMPETENT,
    Accept,
    AddMaterial,
    Close,
    DeclineCase,
    Deliver,
    FileCase,
    IssueLetter,
    Matter,
    NoteFilingReturn,
    Notice,
    Officer,
    RecordDecision,
    RecordMeasure,
    Refuse,
    ReportClosure,
    RequestSupplement,
    ServeDecision,
    SignReceipt,
    SignReturn,
    Supplement,
    Withdraw,
)
from services.transfer.refusals import BASIS_ENDED
from shared.acts.model import Context, Outcome, Party
from shared.errors import Refusal

SENDER, RECEIVER = "sender", "receiver"


@dataclass(frozen=True, slots=True)
class Material:
    """A material of the case under its number there; numbers run from 1 and are never used again."""

    number: int
    said: AddMaterial
    added_by: str
    added_on: date


@dataclass(frozen=True, slots=True)
class Leg:
    """The case's way with one receiver, from its notice until the sender turned to another."""

    number: int
    notice: Notice
    officer: Officer
    announced_on: date
    reason: str = ""                    # of the reroute
    until: date | None = None           # the day the sender turned to another receiver
    letter: IssueLetter | None = None
    issued_on: date | None = None
    enclosed: tuple[Material, ...] = ()      # the letter's list, frozen
    delivery: Deliver | None = None
    delivered_on: date | None = None
    receipt: SignReceipt | None = None
    received_on: date | None = None
    requests: tuple[RequestSupplement, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    acceptance: Accept | None = None
    accepted_on: date | None = None
    refusal: Refuse | None = None
    refused_on: date | None = None
    returned: SignReturn | None = None
    return_signed_on: date | None = None

    @property
    def receiver(self) -> str:
        return self.notice.receiver

    @property
    def handed(self) -> frozenset[int]:
        """The materials that the receiver got: with the letter, and as supplements."""
        answers = (answer for supplement in self.supplements for answer in supplement.answers)
        enclosed = frozenset(material.number for material in self.enclosed)
        return enclosed.union(*(answer.materials for answer in answers))

    @property
    def supplement_due(self) -> date | None:
        """The last day of the last request: past it the receiver need not wait."""
        return max(item.due_on for item in self.requests[-1].items) if self.requests else None


@dataclass(frozen=True, slots=True)
class Transfer:
    """A case of chapter 4."""

    state: str
    parties: tuple[Party, ...]
    sender: str
    matter: Matter
    opened_on: date
    legs: tuple[Leg, ...]               # the last is the present one
    after: str = ""
    first_announced_on: date | None = None
    related: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    measures: tuple[RecordMeasure, ...] = ()
    filed: FileCase | None = None       # 立案
    filed_on: date | None = None
    declined: DeclineCase | None = None
    decision: RecordDecision | None = None
    decided_on: date | None = None
    service: ServeDecision | None = None     # 送达处理决定书
    served_on: date | None = None
    closure: Close | None = None
    closed_on: date | None = None
    reports: tuple[ReportClosure, ...] = ()
    reported_on: date | None = None     # of the last report
    returns: tuple[NoteFilingReturn, ...] = ()   # the n-th return is that of the n-th report
    withdrawal: Withdraw | None = None

    @property
    def leg(self) -> Leg:
        return self.legs[-1]

    @property
    def receiver(self) -> str:
        return self.leg.receiver

    @property
    def refused_as_not_competent(self) -> frozenset[str]:
        """The agencies that sent the case back for want of competence."""
        return frozenset(leg.receiver for leg in self.legs if leg.refusal and leg.refusal.ground == NOT_COMPETENT)

    def moved(self, state: str) -> "Transfer":
        return replace(self, state=state)

    def with_leg(self, leg: Leg) -> "Transfer":
        """The case with its present leg replaced."""
        return replace(self, legs=(*self.legs[:-1], leg))

    def has(self, numbers: tuple[int, ...]) -> bool:
        """Whether the case has materials of all these numbers."""
        return {material.number for material in self.materials} >= set(numbers)


def done(case: Transfer, context: Context, facts: Mapping[str, Any], *warnings: Refusal) -> Outcome[Transfer]:
    """The outcome of an act that moves the case on, with the facts that every event of the chapter tells.

    A running case is finished after the regulation has expired (33); its events and the officer are told so.
    """
    common: dict[str, Any] = {"sender": case.sender, "receiver": case.receiver, "leg": case.leg.number}
    day = context.happened_on
    if context.rulebook.expired_on(day) and context.rulebook.basis_on(day) is None:
        common["basis_ended"] = True
        warnings = (*warnings, BASIS_ENDED)
    return Outcome(case, {**common, **facts}, warnings=warnings)
