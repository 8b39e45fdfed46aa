"""第二十八条 案源共享: the commands of its acts, as the officer says them. Pure: frozen values, no rule of law here."""

from dataclasses import dataclass
from datetime import date

from shared.acts.findings import Found
from shared.acts.persons import NOTHING, Officer, Respondent
from shared.contracts.personal import Personal

NO_ONE = Respondent("", NOTHING)


@dataclass(frozen=True, slots=True)
class Reporter:
    """举报人, or who complained. Shown to nobody with the tip: sharer and claimer look, and each look is logged."""

    name: Personal = NOTHING
    phone: Personal = NOTHING
    address: Personal = NOTHING
    anonymous: bool = False             # gave no name
    confidential: bool = False          # asked that it be kept confidential

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.address)


@dataclass(frozen=True, slots=True)
class ShareTip:
    """A complaint, report or lead that is not the sharer's own competence."""

    kind: str                           # coded in tip_kinds: complaint | report | lead
    cause: str                          # 案由, coded
    place: str
    facts: str
    received_on: date                   # when the sharer got it or found it
    channel: str                        # coded in tip_channels: how
    officer: Officer
    respondent: Respondent = NO_ONE     # where it is known
    reporter: Reporter = Reporter()
    competent: str = ""                 # the agency that the sharer holds competent beyond doubt: then it is no tip
    found: Found | None = None          # looked up by the service: what is known of the finding it comes from


@dataclass(frozen=True, slots=True)
class ClaimTip:
    officer: Officer
    says: str = ""


@dataclass(frozen=True, slots=True)
class PassOn:
    """转送: why it is not the claimer's; of an assigned tip the objection, with the law it rests on."""

    reason: str
    officer: Officer
    to: str = ""                        # the agency it goes to; empty: back to all that may claim it
    legal_ground: str = ""              # law and article


@dataclass(frozen=True, slots=True)
class AssignTip:
    agency: str
    reason: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class ReturnResult:
    outcome: str                        # coded in tip_outcomes: own_case | not_violation | transferred
    says: str                           # what was found and done
    officer: Officer
    leader: str
    number: str = ""                    # 立案文号 of one's own case
    transfer: str = ""                  # id of the transfer that began from it


@dataclass(frozen=True, slots=True)
class WithdrawTip:
    reason: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class NoteTransfer:
    """What the suite learned: a transfer that began from the tip, and how far it is."""

    case: str                           # id of the transfer
    by: str                             # who sends it
    state: str                          # of the transfer
    on: date
