"""第四章 案件移送: what a case is made of besides itself: its materials, its legs, its calls, disputes and references. Pure.

What an act said is kept as it was said, beside its true date.
"""

from dataclasses import dataclass
from datetime import date, datetime

from services.transfer.commands import (
    Accept,
    Close,
    DeclineCase,
    Deliver,
    FileCase,
    IssueLetter,
    Notice,
    RecordDecision,
    Refuse,
    ReportClosure,
    RequestSupplement,
    ServeDecision,
    SignReceipt,
    SignReturn,
    Supplement,
)
from services.transfer.turns import (
    CannotSupplement,
    CloseCriminal,
    ConsentWithdrawal,
    DeliverCriminal,
    Dispute,
    HandOverCriminal,
    Phone,
    ReferCriminal,
    Reopen,
    Respond,
    ReturnCriminal,
    Rule,
    StateView,
    Unaccept,
)
from shared.acts.filings import NoteFilingReturn
from shared.acts.materials import Material
from shared.acts.persons import Officer


@dataclass(frozen=True, slots=True)
class Call:
    """A call from the scene and what came of it; calls are numbered within the case, from 1."""

    number: int
    said: Phone
    on: date
    at: datetime
    response: Respond | None = None
    responded_on: date | None = None
    held_by: str = ""                   # who is to answer in the place of a dissolved agency

    @property
    def called(self) -> str:
        """The agency that answers."""
        return self.held_by or self.said.called


@dataclass(frozen=True, slots=True)
class View:
    """What a side of a dispute stated."""

    agency: str
    said: StateView
    on: date


@dataclass(frozen=True, slots=True)
class Contest:
    """A dispute (24) from its request, or the acceptance undone, until its ruling."""

    number: int
    leg: int                            # the leg it is about
    ground: str
    by: str                             # agency code
    on: date
    from_state: str
    holder: str                         # who keeps acting until the ruling
    asked: Dispute | None = None
    unaccepted: Unaccept | None = None
    views: tuple[View, ...] = ()
    ruling: Rule | None = None
    ruled_by: str = ""
    ruled_on: date | None = None
    names: str = ""                     # the agency that the ruling names


@dataclass(frozen=True, slots=True)
class Referral:
    """A reference to the police, from the approval until they file the case or return it."""

    number: int
    leg: int                            # the leg it had then
    said: ReferCriminal
    by: str                             # agency code
    on: date
    from_state: str
    delivery: DeliverCriminal | None = None
    delivered_on: date | None = None
    returned: ReturnCriminal | None = None
    returned_on: date | None = None
    closed: CloseCriminal | None = None
    closed_on: date | None = None
    handed_over: HandOverCriminal | None = None
    handed_over_on: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Progress asked or given."""

    agency: str
    says: str
    on: date


@dataclass(frozen=True, slots=True)
class Handled:
    """How a receiver handled the case until it was reopened or another got it; it stays as it was."""

    receiver: str
    filed: FileCase | None
    filed_on: date | None
    declined: DeclineCase | None
    decision: RecordDecision | None
    decided_on: date | None
    service: ServeDecision | None
    served_on: date | None
    closure: Close | None
    closed_on: date | None
    reports: tuple[ReportClosure, ...]
    reported_on: date | None
    returns: tuple[NoteFilingReturn, ...]
    reopened: Reopen | None = None
    reopened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """The case's way with one receiver, from its notice until another receiver took its place."""

    number: int
    notice: Notice                      # way empty: only called so far
    officer: Officer
    announced_on: date
    reason: str = ""                    # of the reroute or the ruling
    until: date | None = None           # the day another receiver took its place
    letter: IssueLetter | None = None
    issued_on: date | None = None
    enclosed: tuple[Material, ...] = ()      # the letter's list, frozen
    voided: tuple[IssueLetter, ...] = ()     # letters it takes the place of, never delivered
    delivery: Deliver | None = None
    delivered_on: date | None = None
    receipt: SignReceipt | None = None
    received_on: date | None = None
    presumed_on: date | None = None     # 推定接收: the day from which review runs
    presumed_noted_on: date | None = None
    requests: tuple[RequestSupplement, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    unable: tuple[CannotSupplement, ...] = ()
    consent: ConsentWithdrawal | None = None     # to a withdrawal, while this supplement is awaited
    consented_on: date | None = None
    acceptance: Accept | None = None
    accepted_on: date | None = None
    refusal: Refuse | None = None
    refused_on: date | None = None
    returned: SignReturn | None = None
    return_signed_on: date | None = None
    overruled: tuple[Refuse, ...] = ()  # refusals that a ruling lifted
    held_by: str = ""                   # who goes on in the place of a dissolved receiver

    @property
    def receiver(self) -> str:
        """Who has the leg: the agency that was told, or its heir."""
        return self.held_by or self.notice.receiver

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

    def went_unsupplemented(self, day: date) -> bool:
        """Whether on the day what was asked for last is missing: the sender said it cannot, or its time has run out."""
        due = self.supplement_due
        answered = len(self.supplements) + len(self.unable) >= len(self.requests)
        return due is not None and (bool(self.unable) if answered else due < day)
