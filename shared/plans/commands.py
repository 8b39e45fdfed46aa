"""The commands of the acts that collaborative and joint plans share, as the officer says them. Pure."""

from dataclasses import dataclass
from datetime import date

from shared.acts.persons import NOTHING, Officer, Respondent
from shared.acts.rights import Rights
from shared.contracts.personal import Personal
from shared.plans.parts import Content, Handed, Ordered, Paper, Place

# drafting

@dataclass(frozen=True, slots=True)
class Consult:
    """征求意见: asked of agencies of the plan, until a day."""

    agencies: tuple[str, ...]
    due_on: date
    officer: Officer


@dataclass(frozen=True, slots=True)
class Answer:
    """答复意见."""

    answer: str                         # coded in consultation_answers
    says: str                           # what to amend, why not
    officer: Officer


@dataclass(frozen=True, slots=True)
class Submit:
    """报送审查, 申请 or 报送审核, by the plan's route."""

    number: str                         # 文号
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    reason: str
    officer: Officer
    leader: str


# review and approval

@dataclass(frozen=True, slots=True)
class Review:
    """审查 or 审核 by justice: passed, or returned for amendment."""

    passed: bool
    number: str                         # 文号 of the opinion
    opinion: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Present:
    """呈请, 提报."""

    number: str
    to: str                             # the meeting or the leader it goes to
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Approve:
    """批准; with conditions 原则同意."""

    paper: Paper
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SendBack:
    """退回修改, as the government decided."""

    paper: Paper
    reasons: str


@dataclass(frozen=True, slots=True)
class Reject:
    """不予批准."""

    paper: Paper
    reasons: str


# article 5

@dataclass(frozen=True, slots=True)
class RecordMeasure:
    """继续履行职责: a measure of an agency's own powers, before the government has answered and until the report."""

    what: str
    where: str
    taken_on: date
    officers: tuple[Officer, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class RecordContinuation:
    """未批准或者撤回后的履职安排."""

    how: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class AddRelated:
    """增列相关部门: an agency that goes on with its own duties, though the plan does not name it (5)."""

    agency: str
    reason: str


# carrying out

@dataclass(frozen=True, slots=True)
class Start:
    says: str                           # how it begins
    officer: Officer


@dataclass(frozen=True, slots=True)
class Dispatch:
    """调度: an order to agencies of the plan, with time, place and who commands."""

    order: str
    meeting: Place
    agencies: tuple[Ordered, ...]
    officer: Officer


@dataclass(frozen=True, slots=True)
class ConfirmDispatch:
    """确认调度, or why the agency cannot come."""

    dispatch: int
    comes: bool
    officers: tuple[Officer, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TaskDone:
    task: int
    done: bool                          # finished with this report
    says: str


@dataclass(frozen=True, slots=True)
class ReportTask:
    """任务落实情况; goes to 市政府办公室 and justice in the same act (29)."""

    tasks: tuple[TaskDone, ...]
    materials: tuple[int, ...]
    officer: Officer


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """处理决定 of one agency, on its own responsibility (10, 16, 19), with article 4's block."""

    kind: str                           # coded in decision_kinds
    number: str
    cause: str                          # coded in causes: the act decided on
    respondent: Respondent
    fine: int                           # in 分; nought where there is none
    rights: Rights
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """另案线索: what was found besides."""

    cause: str                          # coded in causes
    facts: str
    remit: str                          # coded in finding_remits: own | other | unclear
    officer: Officer
    agency: str = ""                    # whose it is, where it is another's
    own_case: str = ""                  # 立案文号, where it is one's own
    respondent: Personal = NOTHING


@dataclass(frozen=True, slots=True)
class SettleFinding:
    """查明线索: what was unclear turned out to be one's own case, or nothing that anybody pursues."""

    finding: int
    officer: Officer
    own_case: str = ""                  # 立案文号, where it is one's own
    reason: str = ""                    # why it is not pursued, where it is nothing


@dataclass(frozen=True, slots=True)
class NoteHandOn:
    """What the suite learned: a transfer began from a finding, or a tip."""

    finding: int
    case: str                           # id of the transfer or tip
    by: str
    announced_on: date
    receiver: str = ""                  # the agency told: the finding may name another; of a tip nobody yet
    kind: str = "transfer"              # transfer | tip


@dataclass(frozen=True, slots=True)
class Suspend:
    reason: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Resume:
    reason: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Terminate:
    """终止: it ends before its purpose is reached; the report stays due."""

    reason: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class End:
    """结束, on the act's true date; of an end that was presumed, the day on which it truly was."""

    says: str
    officer: Officer
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class PresumeEnd:
    """What the suite does when nobody ended the action in time: it ended on the last day of its limit."""

    deadline: str                       # id of the deadline that ran out


# amendment

@dataclass(frozen=True, slots=True)
class Amend:
    """变更方案: the whole plan as it is to be, and why."""

    content: Content
    reason: str
    minor: bool                         # justice approves it, where the rulebook lets it
    officer: Officer
    leader: str
    handover: tuple[Handed, ...] = ()   # where the lead is replaced


@dataclass(frozen=True, slots=True)
class ReviewAmendment:
    passed: bool
    number: str
    opinion: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class PresentAmendment:
    number: str
    to: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class DecideAmendment:
    """市政府 approves the amendment, or does not."""

    approved: bool
    paper: Paper
    reasons: str = ""
