"""What a plan is made of: its items, each with a shape of its own. Pure: frozen values, no rule of law here.

A collaborative plan needs five of the items, a joint one ten (18); which, the rulebook says.
"""

from dataclasses import dataclass
from datetime import date, datetime

from shared.acts.persons import Officer, Respondent


@dataclass(frozen=True, slots=True)
class Task:
    """工作任务: who does what from when until when."""

    number: int                         # unique in the plan, kept through its versions
    title: str
    says: str
    agency: str                         # code: the lead or a participant
    from_on: date
    due_on: date                        # the last day


@dataclass(frozen=True, slots=True)
class Participant:
    """配合部门 or 参与部门, with its duties and share of the work (各部门工作职责和分工)."""

    agency: str
    duties: str


@dataclass(frozen=True, slots=True)
class Fund:
    """执法经费: an amount and where it comes from. Nought, where the agencies bear their own costs, is an amount."""

    purpose: str
    amount: int                         # in 分, a hundredth of a yuan
    source: str


@dataclass(frozen=True, slots=True)
class Contingency:
    """应急预案: what may happen, what is done then, and who decides."""

    events: str
    measures: str
    decides: str                        # name and office
    phone: str


@dataclass(frozen=True, slots=True)
class Content:
    """方案 as written. What is left out is empty: the submission then hears all that lacks."""

    title: str = ""                     # 方案名称
    lead: str = ""                      # agency code
    situation: str = ""                 # 违法事项 (的基本情况)
    necessity: str = ""                 # 协同的理由, 实行联合执法的必要性
    respondents: tuple[Respondent, ...] = ()
    tasks: tuple[Task, ...] = ()
    participants: tuple[Participant, ...] = ()
    lead_duties: str = ""
    time_limit: date | None = None      # 执法时限: the last day
    funds: tuple[Fund, ...] = ()
    safeguards: str = ""                # 保障措施
    contingency: Contingency | None = None

    @property
    def agencies(self) -> tuple[str, ...]:
        """The participants' codes, in the plan's order."""
        return tuple(each.agency for each in self.participants)

    def task(self, number: int) -> Task | None:
        return next((each for each in self.tasks if each.number == number), None)


@dataclass(frozen=True, slots=True)
class Paper:
    """批示, 会议纪要 or 批复: the paper a decision of the government stands on. Its date is the act's true date."""

    kind: str                           # coded in government_papers
    number: str                         # 文号; of an instruction, its serial in the office's register
    decided_by: str                     # the meeting, by name and number, or the leader, by name and office
    scan: int                           # number of the plan's material that is its scan


@dataclass(frozen=True, slots=True)
class Handed:
    """交接清单: one thing that a replaced lead hands over to the new one."""

    title: str
    kind: str                           # coded in handover_kinds
    copies: int


@dataclass(frozen=True, slots=True)
class Ordered:
    """What a dispatch asks of an agency."""

    agency: str
    officers: tuple[Officer, ...]       # named by the order; those who come are named in the confirmation
    says: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when those dispatched meet."""

    at: datetime
    place: str
    commander: Officer
