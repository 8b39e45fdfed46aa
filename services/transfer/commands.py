"""第四章 案件移送: the commands of its acts, as the officer says them. Pure: frozen values, no rule of law here."""

from dataclasses import dataclass
from datetime import date

from services.transfer.origins import Found
from shared.acts.corrections import Original
from shared.acts.persons import Officer, Respondent
from shared.acts.rights import Rights
from shared.contracts.personal import Personal

NOT_COMPETENT, PENALTY_MOVED = "not_competent", "penalty_moved"          # 21: why the case is handed over
PLATFORM = "platform"                                                    # 22: a way to tell or to deliver
NOT_SUPPLEMENTED = "not_supplemented"                                    # 23: why it is sent back, or NOT_COMPETENT


@dataclass(frozen=True, slots=True)
class Matter:
    """What the case is about, whoever receives it: annex 1's fields that are known when it is announced."""

    cause: str                          # 案由, coded
    accepted_on: date                   # 受理日期: the day the sender took the case up
    respondent: Respondent
    facts: str                          # 涉嫌违法事实
    provisions: tuple[str, ...]         # 违反的规定
    ground: str                         # not_competent | penalty_moved
    basis: str                          # 移送依据, not the provisions violated
    document: str = ""                  # 划转文件文号, where the penalty power was moved
    powers_separated: bool = False      # 监管权和处罚权分离, 22 ¶2

    @property
    def separated(self) -> bool:
        """Moved penalty power is the clearest case of separated powers (21)."""
        return self.powers_separated or self.ground == PENALTY_MOVED


@dataclass(frozen=True, slots=True)
class Notice:
    """事先通报: how the receiver was told, and who there. When is the act's true date."""

    receiver: str                       # agency code
    way: str                            # coded in notice_ways
    told_to: str                        # name and office of who was told


@dataclass(frozen=True, slots=True)
class Announce:
    matter: Matter
    notice: Notice
    officer: Officer
    after: str = ""                     # the withdrawn case this notice takes up again
    related: tuple[str, ...] = ()       # cases the officer says belong with it
    open_same: tuple[str, ...] = ()     # looked up by the service: open cases of the same respondent and cause
    withdrawn_same: tuple[str, ...] = ()     # likewise: its withdrawn ones, where it does not say which
    first_announced_on: date | None = None   # likewise: the first notice of the case named in `after`
    first_accepted_on: date | None = None    # likewise: the 受理日期 of that case
    found: Found | None = None          # likewise: what is known of the finding or tip that it comes from


@dataclass(frozen=True, slots=True)
class RecordMeasure:
    kind: str                           # coded in measure_kinds
    taken_on: date                      # may lie before the notice
    says: str                           # what was ordered or fixed, and where
    officers: tuple[Officer, ...]


@dataclass(frozen=True, slots=True)
class IssueLetter:
    """行政案件移送函 (annex 1). 受理日期 and 案由 stand in the matter and are not asked twice."""

    number: str                         # 文号: 荣住建移字〔2025〕第12号
    addressee: str                      # agency code
    case_name: Personal                 # ……案件, with the respondent's name
    reason: str                         # 因为
    basis: str                          # 根据
    materials: tuple[int, ...]          # 移送材料目录: numbers of the case's materials
    officer: Officer
    leader: str                         # who signs
    basic_facts: str = ""               # 基本违法事实的书面材料, 22 ¶2


@dataclass(frozen=True, slots=True)
class ReissueLetter:
    """作废重发移送函: the letter that takes the place of one nobody has got yet, and why."""

    letter: IssueLetter
    void_reason: str
    replaces: Original | None = None    # looked up by the service: the act whose letter is voided


@dataclass(frozen=True, slots=True)
class Deliver:
    """送达, on the act's true date (送达日期)."""

    way: str                            # platform | ems | person
    delivered_by: str                   # 送达人
    ems_number: str = ""
    place: str = ""
    handed_to: str = ""


@dataclass(frozen=True, slots=True)
class SignReceipt:
    """行政案件移送函接收回执 (annex 2), signed on the act's true date (签收日期)."""

    letter_number: str                  # 移送函文号
    sender: str                         # 移送机关, agency code
    delivered_by: str                   # 送达人
    delivered_on: date                  # 送达日期
    sealed: bool                        # 受移送机关签章; else 代收人:
    collector: str = ""
    collector_role: str = ""
    remarks: str = ""                   # 备注


@dataclass(frozen=True, slots=True)
class Lacking:
    """One item that the receiver wants supplemented, and until when."""

    says: str
    due_on: date


@dataclass(frozen=True, slots=True)
class RequestSupplement:
    number: str
    items: tuple[Lacking, ...]
    officer: Officer
    leader: str
    faults: str = ""                    # a second request: what is wrong with the supplement itself


@dataclass(frozen=True, slots=True)
class Answer:
    """What is supplied for one item, by its number in the request (from 1)."""

    item: int
    says: str = ""
    materials: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Supplement:
    answers: tuple[Answer, ...]
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Accept:
    number: str
    feedback: str                       # 书面反馈
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class Refuse:
    number: str
    ground: str                         # coded: transfer.refuse.<ground> in the grounds
    reasons: str
    returned: tuple[int, ...]           # materials that go back
    officer: Officer
    leader: str
    legal_ground: str = ""              # law and article, where it is for want of competence


@dataclass(frozen=True, slots=True)
class SignReturn:
    """退回签收, on the act's true date."""

    signed_by: str
    lacks: tuple[int, ...] = ()         # materials that should have come back and did not


@dataclass(frozen=True, slots=True)
class Reroute:
    notice: Notice
    reason: str                         # why this agency now
    officer: Officer


@dataclass(frozen=True, slots=True)
class Withdraw:
    reason: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class FileCase:
    number: str                         # 立案文号, in the receiver's own form
    same: tuple[str, ...] = ()          # looked up by the service: other cases of the agency with this number


@dataclass(frozen=True, slots=True)
class DeclineCase:
    reasons: str
    officer: Officer
    leader: str


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """处理决定, of the act's true date."""

    number: str                         # in the receiver's own form
    same: tuple[str, ...] = ()          # looked up by the service: other cases of the agency with this number


@dataclass(frozen=True, slots=True)
class ServeDecision:
    """送达处理决定书, on the act's true date."""

    way: str                            # coded in service_ways
    served_to: Personal                 # who took it, or by which post or notice


@dataclass(frozen=True, slots=True)
class Close:
    outcome: str                        # coded in close_outcomes
    decision_number: str
    decision_on: date
    rights: Rights
    same: tuple[str, ...] = ()          # looked up by the service, where no decision was recorded: as there


@dataclass(frozen=True, slots=True)
class ReportClosure:
    number: str
    summary: str
    materials: tuple[int, ...]          # 结案报告 and what goes with it
    officer: Officer
    leader: str
