"""第四章 案件移送: the commands of the turns a case may take: calls at the scene, ends without transfer, disputes, the
criminal track, reopening. Pure: frozen values, no rule of law here."""

from dataclasses import dataclass
from datetime import date

from services.transfer.origins import Found
from shared.acts.persons import NOTHING, Officer, Respondent

RECEPTION, COMPETENCE, NEW_FACTS = "reception", "competence", "new_facts"          # 24: what a dispute is about
TO_RECEIVER, TO_THIRD, TO_SENDER = "receiver", "third", "sender"                   # 24: whom a ruling names
NOBODY_YET = Respondent("", NOTHING)


@dataclass(frozen=True, slots=True)
class Phone:
    """现场电话告知 (22 ¶3). When is the act's true time; what the case is about is told by the call that opens it."""

    called: str                         # agency code
    called_person: str
    ordered: str                        # what was ordered at the scene
    evidence: str                       # how facts and evidence were fixed
    refusal: str                        # how correction was refused
    officer: Officer                    # who called
    cause: str = ""                     # 案由, coded
    respondent: Respondent = NOBODY_YET
    facts: str = ""                     # the violation under way
    open_same: tuple[str, ...] = ()     # looked up by the service: open cases of the same respondent and cause
    found: Found | None = None          # likewise: what is known of the finding that the case comes from


@dataclass(frozen=True, slots=True)
class Respond:
    """到场处置: what the agency called did."""

    came: str                           # coded in responses
    says: str


@dataclass(frozen=True, slots=True)
class End:
    """自行处理 or 终止移送: why, and what is done instead."""

    reason: str
    instead: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class CannotSupplement:
    """说明无法补正."""

    reasons: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class ConsentWithdrawal:
    """同意撤回, while a supplement is awaited."""

    officer: Officer
    says: str = ""


@dataclass(frozen=True, slots=True)
class Presume:
    """What the suite noticed: the time to sign for a letter ran out. Its true date is the day the time ran from."""

    deadline: str                       # id of the deadline that was breached


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of the two agencies to agree."""

    on: date
    says: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """提请协调执法争议. Before reception: who refused it, when and why."""

    own_view: str                       # own view and its basis
    attempts: tuple[Attempt, ...]
    officer: Officer
    leader: str
    refused_by: str = ""
    refused_on: date | None = None
    refused_why: str = ""


@dataclass(frozen=True, slots=True)
class StateView:
    """陈述意见, by the other side."""

    view: str
    officer: Officer


@dataclass(frozen=True, slots=True)
class Unaccept:
    """撤销受理, on new facts about competence only."""

    new_facts: str
    own_view: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Rule:
    """争议明确意见."""

    number: str
    outcome: str                        # coded in ruling_outcomes: receiver | third | sender
    reasons: str
    officer: Officer
    leader: str
    receiver: str = ""                  # the third agency
    joint_action: bool = False          # proposes a joint action, 15(三)
    to_staffing: bool = False           # sends the question to 机构编制部门


@dataclass(frozen=True, slots=True)
class AskProgress:
    says: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    says: str                           # how the case stands


@dataclass(frozen=True, slots=True)
class ReferCriminal:
    """涉嫌犯罪移送, as approved (国务院令第310号 5)."""

    police: str                         # agency code
    offence: str                        # 涉嫌罪名
    reasons: str
    team: tuple[Officer, ...]           # 专案人员
    materials: tuple[int, ...]          # 移送书, 调查报告, 物品清单 …: numbers of the case's materials
    leader: str                         # who approved


@dataclass(frozen=True, slots=True)
class DeliverCriminal:
    """送交公安, on the act's true time."""

    signed_by: str                      # who signed the receipt (国务院令第310号 7)


@dataclass(frozen=True, slots=True)
class ReturnCriminal:
    """公安不予立案, the case comes back."""

    number: str                         # of the notice
    reasons: str


@dataclass(frozen=True, slots=True)
class CloseCriminal:
    """公安立案, the case is theirs."""

    number: str                         # of the notice


@dataclass(frozen=True, slots=True)
class HandOverCriminal:
    """移交涉案物品和材料 (国务院令第310号 12)."""

    says: str                           # what was handed over
    taken_by: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """恢复办理."""

    ground: str                         # coded in reopen_grounds
    reasons: str
    officer: Officer
    leader: str
    document: str = ""                  # 文号 of the 复议决定 or the judgment
