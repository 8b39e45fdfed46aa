"""第四章 案件移送: the case that the acts build. Pure: frozen values, no rule of law here.

What an act said is kept as it was said: the parts of a case are the commands themselves, beside their true dates.
A case has a leg for each receiver it was sent to, so that a former receiver can be shown its own and no other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from services.transfer.commands import (
    NOT_COMPETENT,
    Close,
    DeclineCase,
    FileCase,
    Matter,
    RecordDecision,
    RecordMeasure,
    ReportClosure,
    ServeDecision,
    Withdraw,
)
from services.transfer.parts import Call, Contest, Handled, Leg, Note, Referral
from services.transfer.turns import End, Reopen
from shared.acts.corrections import Corrected
from shared.acts.filings import NoteFilingReturn
from shared.acts.materials import Material
from shared.acts.model import Context, Outcome, Party
from shared.acts.standing import BASIS_ENDED, basis_ended
from shared.acts.succession import forebears
from shared.kernel.errors import Refusal

SENDER, RECEIVER = "sender", "receiver"
RULER, INTERIM_HOLDER = "ruler", "interim_holder"           # 24: while a dispute is open
REFERRER, POLICE = "referrer", "police"                     # 21 ¶2: while the police have the case


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
    calls: tuple[Call, ...] = ()
    ending: End | None = None           # 自行处理 or 终止移送
    ended_on: date | None = None
    contests: tuple[Contest, ...] = ()
    referrals: tuple[Referral, ...] = ()
    progress: tuple[Note, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    handled: tuple[Handled, ...] = ()   # earlier handlings, before it was reopened or given to another

    @property
    def leg(self) -> Leg:
        return self.legs[-1]

    @property
    def receiver(self) -> str:
        return self.leg.receiver

    def has_now(self, agency: str, *parts: str) -> bool:
        """Whether the agency has one of these parts."""
        return any(party.agency == agency and party.part in parts and party.until is None for party in self.parties)

    @property
    def refused_as_not_competent(self) -> frozenset[str]:
        """The agencies that sent the case back for want of competence, but for the one that a ruling names since."""
        back = frozenset(leg.receiver for leg in self.legs if leg.refusal and leg.refusal.ground == NOT_COMPETENT)
        return back - {self.named}

    @property
    def named(self) -> str:
        """The agency that the last ruling names as competent; empty where there is none."""
        return next((contest.names for contest in reversed(self.contests) if contest.ruling), "")

    @property
    def contest(self) -> Contest | None:
        """The dispute that is open."""
        return next((contest for contest in self.contests if contest.ruling is None), None)

    @property
    def refusals(self) -> int:
        """How often the case was sent back."""
        return sum((leg.refusal is not None) + len(leg.overruled) for leg in self.legs)

    @property
    def earlier_decisions(self) -> frozenset[str]:
        """Numbers of the decisions by which the present receiver handled the case before it was reopened."""
        same = {self.receiver, *forebears(self, self.receiver)}
        own = [each for each in self.handled if each.receiver in same]
        return frozenset({each.decision.number for each in own if each.decision}
                         | {each.closure.decision_number for each in own if each.closure})

    @property
    def reports_made(self) -> int:
        """How many closing reports were made, those before it was reopened too."""
        return len(self.reports) + sum(len(earlier.reports) for earlier in self.handled)

    def awaited(self, agency: str) -> Call | None:
        """The first call to the agency that it has not answered."""
        return next((call for call in self.calls if call.response is None and call.called == agency), None)

    @property
    def announced_on(self) -> date:
        """The day of the first notice; of the first call while there is none."""
        return next((leg.announced_on for leg in self.legs if leg.notice.way), self.opened_on)

    def moved(self, state: str) -> "Transfer":
        return replace(self, state=state)

    def with_leg(self, leg: Leg) -> "Transfer":
        """The case with its present leg replaced."""
        return replace(self, legs=(*self.legs[:-1], leg))

    def with_contest(self, contest: Contest) -> "Transfer":
        """The case with its last dispute replaced."""
        return replace(self, contests=(*self.contests[:-1], contest))

    def with_referral(self, referral: Referral) -> "Transfer":
        """The case with its last reference to the police replaced."""
        return replace(self, referrals=(*self.referrals[:-1], referral))

    def without(self, day: date, *parts: str) -> "Transfer":
        """The case in which nobody has these parts any more from the day on."""
        return replace(self, parties=ended(self.parties, day, *parts))

    def handled_so_far(self, reopened: Reopen | None = None, on: date | None = None) -> "Transfer":
        """The case with its present handling laid by, to be handled anew; reopened, what was filed stays filed."""
        earlier = Handled(self.receiver, self.filed, self.filed_on, self.declined, self.decision, self.decided_on,
                          self.service, self.served_on, self.closure, self.closed_on, self.reports, self.reported_on,
                          self.returns, reopened, on)
        filed = (self.filed, self.filed_on) if reopened else (None, None)
        return replace(self, handled=(*self.handled, earlier), filed=filed[0], filed_on=filed[1], declined=None,
                       decision=None, decided_on=None,
                       service=None, served_on=None, closure=None, closed_on=None, reports=(),
                       reported_on=None, returns=())

    def has(self, numbers: tuple[int, ...]) -> bool:
        """Whether the case has materials of all these numbers."""
        return {material.number for material in self.materials} >= set(numbers)


def ended(parties: tuple[Party, ...], day: date, *parts: str) -> tuple[Party, ...]:
    """The parties without these parts: their last day is the one before, for on the day itself another may have it."""
    eve = day - timedelta(days=1)
    return tuple(replace(party, until=eve) if party.part in parts and party.until is None else party
                 for party in parties)


def done(case: Transfer, context: Context, facts: Mapping[str, Any], *warnings: Refusal) -> Outcome[Transfer]:
    """The outcome of an act that moves the case on, with the facts that every event of the chapter tells.

    A running case is finished after the regulation has expired (33); its events and the officer are told so.
    """
    common: dict[str, Any] = {"sender": case.sender, "receiver": case.receiver, "leg": case.leg.number}
    if basis_ended(context):
        common["basis_ended"] = True
        warnings = (*warnings, BASIS_ENDED)
    return Outcome(case, {**common, **facts}, warnings=warnings)
