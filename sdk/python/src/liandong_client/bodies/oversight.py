"""oversight: what its events tell. Generated from the event schemas by sdk/python/generate.py: do not edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from liandong_client.told import Told


@dataclass(frozen=True, slots=True)
class AbsenceRecorded(Told):
    """已登记缺席. Absence recorded: sent when justice has recorded that a member is absent."""

    KEY: ClassVar[str] = "oversight.absence_recorded"
    act: str
    agency: str
    article: str
    member: str
    occurred_on: date
    session: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AccountabilityConcluded(Told):
    """已反馈问责结果. Accountability concluded: sent when discipline has told what came of it."""

    KEY: ClassVar[str] = "oversight.accountability_concluded"
    act: str
    agency: str
    article: str
    meant: str
    occurred_on: date
    offices: tuple[str, ...]
    plan: str
    reporter: str
    situations: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AccountabilityEntered(Told):
    """已录入问责线索. Accountability entered: sent when it was entered and is not reported yet."""

    KEY: ClassVar[str] = "oversight.accountability_entered"
    act: str
    agency: str
    article: str
    meant: str
    occurred_on: date
    offices: tuple[str, ...]
    plan: str
    reporter: str
    situations: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AccountabilityReceived(Told):
    """问责线索已签收. Accountability received: sent when discipline has signed for it."""

    KEY: ClassVar[str] = "oversight.accountability_received"
    act: str
    agency: str
    article: str
    meant: str
    occurred_on: date
    offices: tuple[str, ...]
    plan: str
    reporter: str
    situations: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AccountabilityReported(Told):
    """已报告问责线索. Accountability reported: sent when it was reported to discipline and justice in one act."""

    KEY: ClassVar[str] = "oversight.accountability_reported"
    act: str
    agency: str
    article: str
    meant: str
    occurred_on: date
    offices: tuple[str, ...]
    plan: str
    reporter: str
    situations: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AccountabilitySucceeded(Told):
    """问责线索已承继. Accountability succeeded: sent when a party ended and its successor, or justice, has taken over its
    part."""

    KEY: ClassVar[str] = "oversight.accountability_succeeded"
    act: str
    agency: str
    article: str
    custodian: str
    document: str
    former: str
    last_day: date
    meant: str
    occurred_on: date
    offices: tuple[str, ...]
    plan: str
    reporter: str
    situations: tuple[str, ...]
    succession: Mapping[str, Any]
    successor: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AccountabilitySuccessorAssigned(Told):
    """问责线索已指定承继机关. Accountability successor assigned: sent when justice has named who takes over a case it held."""

    KEY: ClassVar[str] = "oversight.accountability_successor_assigned"
    act: str
    agency: str
    article: str
    document: str
    former: str
    meant: str
    occurred_on: date
    offices: tuple[str, ...]
    plan: str
    reporter: str
    situations: tuple[str, ...]
    succession: Mapping[str, Any]
    successor: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AgendaSet(Told):
    """已设置议题. Agenda set: sent when justice has set the agenda."""

    KEY: ClassVar[str] = "oversight.agenda_set"
    act: str
    agency: str
    article: str
    items: tuple[Mapping[str, Any], ...]
    occurred_on: date
    session: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AttendanceRecorded(Told):
    """已报名参会. Attendance recorded: sent when a member has said who attends."""

    KEY: ClassVar[str] = "oversight.attendance_recorded"
    act: str
    agency: str
    article: str
    member: str
    occurred_on: date
    session: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint(Told):
    """检查点. Checkpoint: sent when the journal's chain was sealed and signed."""

    KEY: ClassVar[str] = "oversight.checkpoint"
    algorithm: str
    chain: str
    epoch: str
    occurred_on: date
    sealed_at: datetime
    signature: str
    source: str
    to_position: int


@dataclass(frozen=True, slots=True)
class ConferenceCalled(Told):
    """已召集联席会议. Conference called: sent when justice has called it, or called it anew for another day or place."""

    KEY: ClassVar[str] = "oversight.conference_called"
    act: str
    agency: str
    article: str
    meets_on: date
    members: tuple[str, ...]
    occurred_on: date
    session: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ConferenceDue(Told):
    """应当召集联席会议. Conference due: sent when the period for the next conference has begun."""

    KEY: ClassVar[str] = "oversight.conference_due"
    act: str
    agency: str
    article: str
    occurred_on: date
    previous: str
    session: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ConferenceHeld(Told):
    """已召开联席会议. Conference held: sent when it was held."""

    KEY: ClassVar[str] = "oversight.conference_held"
    absent: tuple[str, ...]
    act: str
    agency: str
    article: str
    occurred_on: date
    present: tuple[str, ...]
    session: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ConferenceSucceeded(Told):
    """联席会议事项已承继. Conference succeeded: sent when a party ended and its successor, or justice, has taken over its
    part."""

    KEY: ClassVar[str] = "oversight.conference_succeeded"
    act: str
    agency: str
    article: str
    custodian: str
    document: str
    former: str
    last_day: date
    occurred_on: date
    session: int
    succession: Mapping[str, Any]
    successor: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ConferenceSuccessorAssigned(Told):
    """联席会议事项已指定承继机关. Conference successor assigned: sent when justice has named who takes over a case it held."""

    KEY: ClassVar[str] = "oversight.conference_successor_assigned"
    act: str
    agency: str
    article: str
    document: str
    former: str
    occurred_on: date
    session: int
    succession: Mapping[str, Any]
    successor: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class DeadlineBreached(Told):
    """期限逾期. Deadline breached: sent when its end has passed and it is not met."""

    KEY: ClassVar[str] = "oversight.deadline_breached"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineCancelled(Told):
    """期限终止. Deadline cancelled: sent when it is owed no more."""

    KEY: ClassVar[str] = "oversight.deadline_cancelled"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    by: str | None = None
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineCorrected(Told):
    """期限更正. Deadline corrected: sent when a true date put right has it judged anew."""

    KEY: ClassVar[str] = "oversight.deadline_corrected"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    was: Mapping[str, Any]
    why: str
    withdrawn: Mapping[str, Any]
    yellow_at: datetime
    by: str | None = None
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineMet(Told):
    """期限完成. Deadline met: sent when what it asks for was done, in time or late."""

    KEY: ClassVar[str] = "oversight.deadline_met"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    by: str | None = None
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineMoved(Told):
    """期限变动. Deadline moved: sent when calendar or rulebook have moved it."""

    KEY: ClassVar[str] = "oversight.deadline_moved"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    by: str | None = None
    paused_on: date | None = None
    was: Mapping[str, Any] | None = None
    was_bound: str | None = None
    withdrawn: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class DeadlinePaused(Told):
    """期限中止. Deadline paused: sent when it stands still."""

    KEY: ClassVar[str] = "oversight.deadline_paused"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    by: str | None = None
    left: int | None = None
    paused_on: date | None = None
    used: int | None = None


@dataclass(frozen=True, slots=True)
class DeadlineResumed(Told):
    """期限恢复. Deadline resumed: sent when it runs again."""

    KEY: ClassVar[str] = "oversight.deadline_resumed"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    by: str | None = None
    left: int | None = None
    paused_on: date | None = None
    used: int | None = None
    was: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class DeadlineStarted(Told):
    """期限起算. Deadline started: sent when a clock has begun to run."""

    KEY: ClassVar[str] = "oversight.deadline_started"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineWarned(Told):
    """期限预警. Deadline warned: sent when it has turned yellow."""

    KEY: ClassVar[str] = "oversight.deadline_warned"
    amount: int
    article: str
    bound: str
    breached: bool
    calendar: str
    case: str
    clock: str
    deadline: str
    due_at: datetime
    due_on: date | None
    generation: int
    item: str
    late: bool | None
    law: str
    met_at: datetime | None
    met_on: date | None
    occurred_on: date
    provisional: bool
    rulebook: str
    says: str
    started_at: datetime
    started_by: str
    started_on: date
    state: str
    statutory: bool
    unit: str
    warned: bool
    why: str
    yellow_at: datetime
    paused_on: date | None = None


@dataclass(frozen=True, slots=True)
class DelayExplained(Told):
    """已说明延误. Delay explained: sent when who is supervised has explained the delay."""

    KEY: ClassVar[str] = "oversight.delay_explained"
    act: str
    agency: str
    article: str
    breaches: tuple[Mapping[str, Any], ...]
    ground: str
    issuer: str
    kind: str
    occurred_on: date
    step: int
    target: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFailing(Told):
    """推送失败. Delivery failing: sent when what is sent to the agency's system begins to fail."""

    KEY: ClassVar[str] = "oversight.delivery_failing"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryPaused(Told):
    """推送暂停. Delivery paused: sent when nothing is sent to the agency's system until it resumes."""

    KEY: ClassVar[str] = "oversight.delivery_paused"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryResumed(Told):
    """推送恢复. Delivery resumed: sent when what is sent to the agency's system arrives again."""

    KEY: ClassVar[str] = "oversight.delivery_resumed"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class EpochOpened(Told):
    """新纪元. Epoch opened: sent when the journal began, or began anew after a restore or a switch."""

    KEY: ClassVar[str] = "oversight.epoch_opened"
    binding: str
    epoch: str
    occurred_on: date
    why: str


@dataclass(frozen=True, slots=True)
class ExplanationAccepted(Told):
    """延误说明已采纳. Explanation accepted: sent when the explanation was accepted: the delay is excused."""

    KEY: ClassVar[str] = "oversight.explanation_accepted"
    act: str
    agency: str
    article: str
    breaches: tuple[Mapping[str, Any], ...]
    issuer: str
    kind: str
    occurred_on: date
    step: int
    target: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ExplanationRejected(Told):
    """延误说明未采纳. Explanation rejected: sent when the explanation was not accepted."""

    KEY: ClassVar[str] = "oversight.explanation_rejected"
    act: str
    agency: str
    article: str
    breaches: tuple[Mapping[str, Any], ...]
    issuer: str
    kind: str
    occurred_on: date
    step: int
    target: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class FilingReceived(Told):
    """已收到备案材料. Filing received: sent when something was delivered for filing."""

    KEY: ClassVar[str] = "oversight.filing_received"
    act: str
    agency: str
    article: str
    case: str
    chapter: str
    filed_by: str
    filed_on: date
    kind: str
    number: str
    occurred_on: date
    report: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class FilingRegistered(Told):
    """已登记备案. Filing registered: sent when justice has registered it."""

    KEY: ClassVar[str] = "oversight.filing_registered"
    act: str
    agency: str
    article: str
    case: str
    chapter: str
    filed_by: str
    filed_on: date
    filing_number: str
    kind: str
    number: str
    occurred_on: date
    report: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class FilingReturned(Told):
    """已退回补报. Filing returned: sent when justice has returned it for what lacks."""

    KEY: ClassVar[str] = "oversight.filing_returned"
    act: str
    agency: str
    article: str
    case: str
    chapter: str
    filed_by: str
    filed_on: date
    ground: str
    kind: str
    lacks: int
    number: str
    occurred_on: date
    report: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class FollowerSettled(Told):
    """跟随位置已确定. Follower settled: sent when ops settled where a follower stands."""

    KEY: ClassVar[str] = "oversight.follower_settled"
    from_: Mapping[str, Any]
    occurred_on: date
    source: str
    to: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class HintSetAside(Told):
    """不采纳问责提示. Hint set aside: sent when it was set aside with a reason."""

    KEY: ClassVar[str] = "oversight.hint_set_aside"
    act: str
    agency: str
    article: str
    meant: str
    occurred_on: date
    offices: tuple[str, ...]
    plan: str
    reporter: str
    situations: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class PersonalDataErased(Told):
    """个人信息已删除. Personal data erased: sent when personal data were erased."""

    KEY: ClassVar[str] = "oversight.personal_data_erased"
    occurred_on: date
    positions: tuple[int, ...]
    reason: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Probe(Told):
    """探测. Probe: sent when once a minute, of no case, to time the way of the news."""

    KEY: ClassVar[str] = "oversight.probe"
    occurred_on: date


@dataclass(frozen=True, slots=True)
class ResolutionDone(Told):
    """议定事项已办结. Resolution done: sent when an owner has reported that it is done."""

    KEY: ClassVar[str] = "oversight.resolution_done"
    act: str
    agency: str
    article: str
    occurred_on: date
    report: int
    reported: tuple[int, ...]
    resolution: tuple[str, ...]
    session: int
    tasks: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ResolutionRecorded(Told):
    """已登记议定事项. Resolutions recorded: sent when its minutes are recorded."""

    KEY: ClassVar[str] = "oversight.resolution_recorded"
    act: str
    agency: str
    article: str
    number: str
    occurred_on: date
    resolution: tuple[Mapping[str, Any], ...]
    session: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ResolutionReported(Told):
    """已报告议定事项落实情况. Resolution reported: sent when an owner has reported on a resolution."""

    KEY: ClassVar[str] = "oversight.resolution_reported"
    act: str
    agency: str
    article: str
    occurred_on: date
    report: int
    reported: tuple[int, ...]
    resolution: tuple[str, ...]
    session: int
    tasks: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Succeeded(Told):
    """已承继. Succeeded: sent when a party ended and its successor, or justice, has taken over its part."""

    KEY: ClassVar[str] = "oversight.succeeded"
    act: str
    agency: str
    article: str
    case: str
    chapter: str
    custodian: str
    document: str
    filed_by: str
    filed_on: date
    former: str
    kind: str
    last_day: date
    number: str
    occurred_on: date
    report: int
    succession: Mapping[str, Any]
    successor: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SuccessorAssigned(Told):
    """已指定承继机关. Successor assigned: sent when justice has named who takes over a case it held."""

    KEY: ClassVar[str] = "oversight.successor_assigned"
    act: str
    agency: str
    article: str
    case: str
    chapter: str
    document: str
    filed_by: str
    filed_on: date
    former: str
    kind: str
    number: str
    occurred_on: date
    report: int
    succession: Mapping[str, Any]
    successor: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SupervisionAnswered(Told):
    """已答复督查. Supervision answered: sent when who is supervised has answered."""

    KEY: ClassVar[str] = "oversight.supervision_answered"
    act: str
    agency: str
    article: str
    breaches: tuple[Mapping[str, Any], ...]
    issuer: str
    kind: str
    occurred_on: date
    reporter: str
    step: int
    target: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SupervisionClosed(Told):
    """已销号. Supervision closed: sent when its issuer has closed it."""

    KEY: ClassVar[str] = "oversight.supervision_closed"
    act: str
    agency: str
    article: str
    breaches: tuple[Mapping[str, Any], ...]
    issuer: str
    kind: str
    occurred_on: date
    step: int
    target: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SupervisionIssued(Told):
    """已发出督查文书. Supervision issued: sent when a step of supervision was taken."""

    KEY: ClassVar[str] = "oversight.supervision_issued"
    act: str
    agency: str
    answer_by: date
    article: str
    breaches: tuple[Mapping[str, Any], ...]
    issuer: str
    kind: str
    occurred_on: date
    step: int
    target: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    number: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SupervisionSucceeded(Told):
    """督查已承继. Supervision succeeded: sent when a party ended and its successor, or justice, has taken over its
    part."""

    KEY: ClassVar[str] = "oversight.supervision_succeeded"
    act: str
    agency: str
    article: str
    breaches: tuple[Mapping[str, Any], ...]
    custodian: str
    document: str
    former: str
    issuer: str
    kind: str
    last_day: date
    occurred_on: date
    step: int
    succession: Mapping[str, Any]
    successor: str
    target: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SupervisionSuccessorAssigned(Told):
    """督查已指定承继机关. Supervision successor assigned: sent when justice has named who takes over a case it held."""

    KEY: ClassVar[str] = "oversight.supervision_successor_assigned"
    act: str
    agency: str
    article: str
    breaches: tuple[Mapping[str, Any], ...]
    document: str
    former: str
    issuer: str
    kind: str
    occurred_on: date
    step: int
    succession: Mapping[str, Any]
    successor: str
    target: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TaskReportDelivered(Told):
    """任务落实情况已送两家. Task report delivered: sent when an agency has reported on tasks, and both offices have it."""

    KEY: ClassVar[str] = "oversight.task_report_delivered"
    act: str
    agency: str
    article: str
    awaited: tuple[str, ...]
    case: str
    chapter: str
    collection: str
    delivered_on: date
    occurred_on: date
    office: tuple[Mapping[str, Any], ...]
    report: int
    reported: tuple[int, ...]
    reporter: str
    tasks: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TaskReportRegistered(Told):
    """任务落实情况已签收. Task report registered: sent when an office has registered it."""

    KEY: ClassVar[str] = "oversight.task_report_registered"
    act: str
    agency: str
    article: str
    awaited: tuple[str, ...]
    case: str
    chapter: str
    collection: str
    delivered_on: date
    occurred_on: date
    office: tuple[str, ...]
    report: int
    reported: tuple[int, ...]
    reporter: str
    tasks: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TaskReportSucceeded(Told):
    """任务落实情况已承继. Task report succeeded: sent when a party ended and its successor, or justice, has taken over its
    part."""

    KEY: ClassVar[str] = "oversight.task_report_succeeded"
    act: str
    agency: str
    article: str
    awaited: tuple[str, ...]
    case: str
    chapter: str
    collection: str
    custodian: str
    delivered_on: date
    document: str
    former: str
    last_day: date
    occurred_on: date
    report: int
    reported: tuple[int, ...]
    reporter: str
    succession: Mapping[str, Any]
    successor: str
    tasks: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TaskReportSuccessorAssigned(Told):
    """任务落实情况已指定承继机关. Task report successor assigned: sent when justice has named who takes over a case it held."""

    KEY: ClassVar[str] = "oversight.task_report_successor_assigned"
    act: str
    agency: str
    article: str
    awaited: tuple[str, ...]
    case: str
    chapter: str
    collection: str
    delivered_on: date
    document: str
    former: str
    occurred_on: date
    report: int
    reported: tuple[int, ...]
    reporter: str
    succession: Mapping[str, Any]
    successor: str
    tasks: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    state: str | None = None


BODIES: dict[str, type[Told]] = {
    "absence_recorded": AbsenceRecorded,
    "accountability_concluded": AccountabilityConcluded,
    "accountability_entered": AccountabilityEntered,
    "accountability_received": AccountabilityReceived,
    "accountability_reported": AccountabilityReported,
    "accountability_succeeded": AccountabilitySucceeded,
    "accountability_successor_assigned": AccountabilitySuccessorAssigned,
    "agenda_set": AgendaSet,
    "attendance_recorded": AttendanceRecorded,
    "checkpoint": Checkpoint,
    "conference_called": ConferenceCalled,
    "conference_due": ConferenceDue,
    "conference_held": ConferenceHeld,
    "conference_succeeded": ConferenceSucceeded,
    "conference_successor_assigned": ConferenceSuccessorAssigned,
    "deadline_breached": DeadlineBreached,
    "deadline_cancelled": DeadlineCancelled,
    "deadline_corrected": DeadlineCorrected,
    "deadline_met": DeadlineMet,
    "deadline_moved": DeadlineMoved,
    "deadline_paused": DeadlinePaused,
    "deadline_resumed": DeadlineResumed,
    "deadline_started": DeadlineStarted,
    "deadline_warned": DeadlineWarned,
    "delay_explained": DelayExplained,
    "delivery_failing": DeliveryFailing,
    "delivery_paused": DeliveryPaused,
    "delivery_resumed": DeliveryResumed,
    "epoch_opened": EpochOpened,
    "explanation_accepted": ExplanationAccepted,
    "explanation_rejected": ExplanationRejected,
    "filing_received": FilingReceived,
    "filing_registered": FilingRegistered,
    "filing_returned": FilingReturned,
    "follower_settled": FollowerSettled,
    "hint_set_aside": HintSetAside,
    "personal_data_erased": PersonalDataErased,
    "probe": Probe,
    "resolution_done": ResolutionDone,
    "resolution_recorded": ResolutionRecorded,
    "resolution_reported": ResolutionReported,
    "succeeded": Succeeded,
    "successor_assigned": SuccessorAssigned,
    "supervision_answered": SupervisionAnswered,
    "supervision_closed": SupervisionClosed,
    "supervision_issued": SupervisionIssued,
    "supervision_succeeded": SupervisionSucceeded,
    "supervision_successor_assigned": SupervisionSuccessorAssigned,
    "task_report_delivered": TaskReportDelivered,
    "task_report_registered": TaskReportRegistered,
    "task_report_succeeded": TaskReportSucceeded,
    "task_report_successor_assigned": TaskReportSuccessorAssigned,
}
