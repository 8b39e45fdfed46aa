"""collab: what its events tell. Generated from the event schemas by sdk/python/generate.py: do not edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from liandong_client.told import Told


@dataclass(frozen=True, slots=True)
class Amended(Told):
    """已变更. Amended: sent when the plan is changed: its new version holds."""

    KEY: ClassVar[str] = "collab.amended"
    act: str
    action: tuple[str, ...]
    agency: str
    amendment: int
    article: str
    dispatch: tuple[Mapping[str, Any], ...]
    effective_on: date
    items: tuple[str, ...]
    lead: str
    minor: bool
    number: str
    occurred_on: date
    participant: tuple[str, ...]
    participants: tuple[str, ...]
    route: str
    tasks: tuple[Mapping[str, Any], ...]
    time_limit: date
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    paper: str | None = None
    replaces: Mapping[str, Any] | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AmendmentPresented(Told):
    """变更已呈报. Amendment presented: sent when justice has presented it to the government."""

    KEY: ClassVar[str] = "collab.amendment_presented"
    act: str
    agency: str
    amendment: int
    article: str
    lead: str
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AmendmentProposed(Told):
    """已提出变更. Amendment proposed: sent when the lead has proposed an amendment."""

    KEY: ClassVar[str] = "collab.amendment_proposed"
    act: str
    action: tuple[str, ...]
    agency: str
    amendment: int
    article: str
    items: tuple[str, ...]
    lead: str
    minor: bool
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AmendmentRejected(Told):
    """变更未获批准. Amendment rejected: sent when the government has rejected it."""

    KEY: ClassVar[str] = "collab.amendment_rejected"
    act: str
    action: tuple[str, ...]
    agency: str
    amendment: int
    article: str
    lead: str
    number: str
    occurred_on: date
    paper: str
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AmendmentReturned(Told):
    """变更已退回. Amendment returned: sent when justice has returned it."""

    KEY: ClassVar[str] = "collab.amendment_returned"
    act: str
    action: tuple[str, ...]
    agency: str
    amendment: int
    article: str
    lead: str
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AmendmentReviewed(Told):
    """变更已审查. Amendment reviewed: sent when justice has passed it."""

    KEY: ClassVar[str] = "collab.amendment_reviewed"
    act: str
    action: tuple[str, ...]
    agency: str
    amendment: int
    article: str
    lead: str
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Approved(Told):
    """已批准. Approved: sent when the government's approval was recorded."""

    KEY: ClassVar[str] = "collab.approved"
    act: str
    agency: str
    article: str
    conditions: int
    effective_on: date
    lead: str
    number: str
    occurred_on: date
    paper: str
    participants: tuple[str, ...]
    route: str
    time_limit: date
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint(Told):
    """检查点. Checkpoint: sent when the journal's chain was sealed and signed."""

    KEY: ClassVar[str] = "collab.checkpoint"
    algorithm: str
    chain: str
    epoch: str
    occurred_on: date
    sealed_at: datetime
    signature: str
    source: str
    to_position: int


@dataclass(frozen=True, slots=True)
class ClosingReportAdded(Told):
    """已补交结案报告. Closing report added: sent when the closing report has come."""

    KEY: ClassVar[str] = "collab.closing_report_added"
    act: str
    agency: str
    article: str
    ended_on: date
    filed_with: tuple[str, ...]
    lead: str
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    report: int
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ConsultationAnswered(Told):
    """已答复意见. Consultation answered: sent when an agency has answered."""

    KEY: ClassVar[str] = "collab.consultation_answered"
    act: str
    agency: str
    answer: str
    article: str
    consultation: str
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Consulted(Told):
    """已征求意见. Consulted: sent when the lead has asked those named for their opinion."""

    KEY: ClassVar[str] = "collab.consulted"
    act: str
    agency: str
    article: str
    consultation: tuple[Mapping[str, Any], ...]
    due_on: date
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ContinuationRecorded(Told):
    """已说明继续履职安排. Continuation recorded: sent when the lead has said how it goes on without the action."""

    KEY: ClassVar[str] = "collab.continuation_recorded"
    act: str
    agency: str
    article: str
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected(Told):
    """已更正. Corrected: sent when an earlier act was put right."""

    KEY: ClassVar[str] = "collab.corrected"
    act: str
    agency: str
    article: str
    corrected: str
    corrected_act: str
    field: str
    number: str
    occurred_on: date
    route: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    lead: str | None = None
    participants: tuple[str, ...] | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    right_on: date | None = None
    state: str | None = None
    version: int | None = None
    was_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineBreached(Told):
    """期限逾期. Deadline breached: sent when its end has passed and it is not met."""

    KEY: ClassVar[str] = "collab.deadline_breached"
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

    KEY: ClassVar[str] = "collab.deadline_cancelled"
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

    KEY: ClassVar[str] = "collab.deadline_corrected"
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

    KEY: ClassVar[str] = "collab.deadline_met"
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

    KEY: ClassVar[str] = "collab.deadline_moved"
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

    KEY: ClassVar[str] = "collab.deadline_paused"
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

    KEY: ClassVar[str] = "collab.deadline_resumed"
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

    KEY: ClassVar[str] = "collab.deadline_started"
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

    KEY: ClassVar[str] = "collab.deadline_warned"
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
class DecisionRecorded(Told):
    """已作出处理决定. Decision recorded: sent when an agency has decided in its own name."""

    KEY: ClassVar[str] = "collab.decision_recorded"
    act: str
    agency: str
    article: str
    cause: str
    decision: int
    fine: int
    kind: str
    lead: str
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    same_fine: tuple[int, ...]
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFailing(Told):
    """推送失败. Delivery failing: sent when what is sent to the agency's system begins to fail."""

    KEY: ClassVar[str] = "collab.delivery_failing"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryPaused(Told):
    """推送暂停. Delivery paused: sent when nothing is sent to the agency's system until it resumes."""

    KEY: ClassVar[str] = "collab.delivery_paused"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryResumed(Told):
    """推送恢复. Delivery resumed: sent when what is sent to the agency's system arrives again."""

    KEY: ClassVar[str] = "collab.delivery_resumed"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DispatchConfirmed(Told):
    """已确认调度. Dispatch confirmed: sent when an agency has confirmed, or said that it cannot come."""

    KEY: ClassVar[str] = "collab.dispatch_confirmed"
    act: str
    agency: str
    article: str
    comes: bool
    dispatch: str
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Dispatched(Told):
    """已调度. Dispatched: sent when those named were dispatched."""

    KEY: ClassVar[str] = "collab.dispatched"
    act: str
    agency: str
    article: str
    dispatch: tuple[Mapping[str, Any], ...]
    lead: str
    meeting_at: datetime
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Drafted(Told):
    """已拟订方案. Drafted: sent when a plan was drafted."""

    KEY: ClassVar[str] = "collab.drafted"
    act: str
    agency: str
    article: str
    causes: tuple[str, ...]
    grounds: tuple[str, ...]
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis: str | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None
    time_limit: date | None = None


@dataclass(frozen=True, slots=True)
class EndCorrected(Told):
    """结束日期已更正. End corrected: sent when the true date of its end was put right."""

    KEY: ClassVar[str] = "collab.end_corrected"
    act: str
    agency: str
    article: str
    ended_on: date
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    was_on: date
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class EndPresumed(Told):
    """已推定结束. End presumed: sent when its limit has passed without end or extension."""

    KEY: ClassVar[str] = "collab.end_presumed"
    act: str
    agency: str
    article: str
    ended_on: date
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    presumed: bool
    route: str
    tasks: tuple[Mapping[str, Any], ...]
    terminated: bool
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Ended(Told):
    """已结束. Ended: sent when the action has ended, or was terminated."""

    KEY: ClassVar[str] = "collab.ended"
    act: str
    agency: str
    article: str
    ended_on: date
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    presumed: bool
    route: str
    tasks: tuple[Mapping[str, Any], ...]
    terminated: bool
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class EpochOpened(Told):
    """新纪元. Epoch opened: sent when the journal began, or began anew after a restore or a switch."""

    KEY: ClassVar[str] = "collab.epoch_opened"
    binding: str
    epoch: str
    occurred_on: date
    why: str


@dataclass(frozen=True, slots=True)
class FilingReturned(Told):
    """备案已退回. Filing returned: sent when justice has returned the filing."""

    KEY: ClassVar[str] = "collab.filing_returned"
    act: str
    agency: str
    article: str
    filing: str
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    report: int
    returned_on: date
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class FindingHandedOn(Told):
    """线索已移送. Finding handed on: sent when what was found was handed on."""

    KEY: ClassVar[str] = "collab.finding_handed_on"
    act: str
    agency: str
    announced_on: date
    article: str
    finding: Mapping[str, Any]
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    to: str
    unclear: tuple[Mapping[str, Any], ...]
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None
    tip: str | None = None
    transfer: str | None = None


@dataclass(frozen=True, slots=True)
class FindingRecorded(Told):
    """已记录线索. Finding recorded: sent when something was found that is the finder's own or nobody's yet."""

    KEY: ClassVar[str] = "collab.finding_recorded"
    act: str
    agency: str
    article: str
    cause: str
    finding: Mapping[str, Any]
    lead: str
    occurred_on: date
    own_case: str
    participants: tuple[str, ...]
    remit: str
    route: str
    to: str
    unclear: tuple[Mapping[str, Any], ...]
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class FindingSettled(Told):
    """线索已查明. Finding settled: sent when what was unclear turned out to be the finder's own, or nothing."""

    KEY: ClassVar[str] = "collab.finding_settled"
    act: str
    agency: str
    article: str
    finding: Mapping[str, Any]
    occurred_on: date
    outcome: str
    own_case: str
    route: str
    unclear: tuple[Mapping[str, Any], ...]
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    lead: str | None = None
    participants: tuple[str, ...] | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class FindingToHandOn(Told):
    """线索应当移送. Finding to hand on: sent when something was found that is another agency's."""

    KEY: ClassVar[str] = "collab.finding_to_hand_on"
    act: str
    agency: str
    article: str
    cause: str
    finding: Mapping[str, Any]
    lead: str
    occurred_on: date
    own_case: str
    participants: tuple[str, ...]
    remit: str
    route: str
    to: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class FollowerSettled(Told):
    """跟随位置已确定. Follower settled: sent when ops settled where a follower stands."""

    KEY: ClassVar[str] = "collab.follower_settled"
    from_: Mapping[str, Any]
    occurred_on: date
    source: str
    to: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class InterimMeasureRecorded(Told):
    """已记录继续履行职责. Interim measure recorded: sent when an agency has recorded what it did in the meantime."""

    KEY: ClassVar[str] = "collab.interim_measure_recorded"
    act: str
    agency: str
    article: str
    lead: str
    measure: int
    measure_of: tuple[Mapping[str, Any], ...]
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    taken_on: date
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class MaterialAdded(Told):
    """已添加材料. Material added: sent when a material was added."""

    KEY: ClassVar[str] = "collab.material_added"
    act: str
    agency: str
    article: str
    kind: str
    lead: str
    material: int
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ParticipantReassigned(Told):
    """已调整配合部门. Participant reassigned: sent when the tasks of one that declined went to others."""

    KEY: ClassVar[str] = "collab.participant_reassigned"
    act: str
    agency: str
    article: str
    decline: int
    declined: str
    lead: str
    occurred_on: date
    participant: tuple[str, ...]
    participants: tuple[str, ...]
    route: str
    tasks: tuple[Mapping[str, Any], ...]
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ParticipationDeclined(Told):
    """不能协同. Participation declined: sent when a participant has declined on a statutory ground."""

    KEY: ClassVar[str] = "collab.participation_declined"
    act: str
    agency: str
    article: str
    decline: int
    declined: str
    dispatch: tuple[Mapping[str, Any], ...]
    ground: str
    law: str
    law_article: str
    lead: str
    number: str
    occurred_on: date
    participant: tuple[str, ...]
    participants: tuple[str, ...]
    route: str
    tasks: tuple[Mapping[str, Any], ...]
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ParticipationQuestioned(Told):
    """已询问事由. Ground questioned: sent when justice has asked about the ground."""

    KEY: ClassVar[str] = "collab.participation_questioned"
    act: str
    agency: str
    article: str
    decline: int
    declined: str
    occurred_on: date
    route: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    lead: str | None = None
    participants: tuple[str, ...] | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class PersonalDataErased(Told):
    """个人信息已删除. Personal data erased: sent when personal data were erased."""

    KEY: ClassVar[str] = "collab.personal_data_erased"
    occurred_on: date
    positions: tuple[int, ...]
    reason: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Presented(Told):
    """已呈报市政府. Presented: sent when justice has presented it to the government."""

    KEY: ClassVar[str] = "collab.presented"
    act: str
    agency: str
    article: str
    lead: str
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Probe(Told):
    """探测. Probe: sent when once a minute, of no case, to time the way of the news."""

    KEY: ClassVar[str] = "collab.probe"
    occurred_on: date


@dataclass(frozen=True, slots=True)
class QuestionAnswered(Told):
    """已答复询问. Question answered: sent when who declined has answered."""

    KEY: ClassVar[str] = "collab.question_answered"
    act: str
    agency: str
    article: str
    decline: int
    declined: str
    occurred_on: date
    question: int
    route: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    lead: str | None = None
    participants: tuple[str, ...] | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Rejected(Told):
    """不予批准. Rejected: sent when the government's rejection was recorded."""

    KEY: ClassVar[str] = "collab.rejected"
    act: str
    agency: str
    article: str
    lead: str
    number: str
    occurred_on: date
    paper: str
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedAdded(Told):
    """已增列相关部门. Related agency added: sent when justice has added an agency."""

    KEY: ClassVar[str] = "collab.related_added"
    act: str
    agency: str
    article: str
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    related: str
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ReportDelivered(Told):
    """已报告、结案报告后补. Report delivered: sent when the report is there, its closing report is still to come."""

    KEY: ClassVar[str] = "collab.report_delivered"
    act: str
    agency: str
    article: str
    ended_on: date
    filed_with: tuple[str, ...]
    lead: str
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    report: int
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Reported(Told):
    """已报告执法情况. Reported: sent when report, documents and closing report are filed with justice."""

    KEY: ClassVar[str] = "collab.reported"
    act: str
    agency: str
    article: str
    ended_on: date
    filed_with: tuple[str, ...]
    lead: str
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    report: int
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Resumed(Told):
    """已恢复. Resumed: sent when the action goes on."""

    KEY: ClassVar[str] = "collab.resumed"
    act: str
    agency: str
    article: str
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    suspended_on: date
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Returned(Told):
    """已退回修改. Returned: sent when justice or the government has returned it."""

    KEY: ClassVar[str] = "collab.returned"
    act: str
    agency: str
    article: str
    lead: str
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    paper: str | None = None
    presenter: Mapping[str, Any] | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Reviewed(Told):
    """已审查. Reviewed: sent when justice has passed the plan."""

    KEY: ClassVar[str] = "collab.reviewed"
    act: str
    agency: str
    article: str
    lead: str
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    presenter: Mapping[str, Any]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Revised(Told):
    """方案已修改. Revised: sent when the plan was revised."""

    KEY: ClassVar[str] = "collab.revised"
    act: str
    agency: str
    article: str
    causes: tuple[str, ...]
    grounds: tuple[str, ...]
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    consultation: tuple[Mapping[str, Any], ...] | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None
    time_limit: date | None = None


@dataclass(frozen=True, slots=True)
class Started(Told):
    """已启动. Started: sent when the action has begun."""

    KEY: ClassVar[str] = "collab.started"
    act: str
    action: tuple[str, ...]
    agency: str
    article: str
    lead: str
    occurred_on: date
    participant: tuple[str, ...]
    participants: tuple[str, ...]
    route: str
    tasks: tuple[Mapping[str, Any], ...]
    time_limit: date
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Submitted(Told):
    """已报送. Submitted: sent when the lead has submitted the plan."""

    KEY: ClassVar[str] = "collab.submitted"
    act: str
    agency: str
    article: str
    causes: tuple[str, ...]
    grounds: tuple[str, ...]
    lead: str
    lead_without_power: tuple[str, ...]
    number: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    time_limit: date
    unanswered: tuple[str, ...]
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Succeeded(Told):
    """已承继. Succeeded: sent when a party ended and its successor, or justice, has taken over its part."""

    KEY: ClassVar[str] = "collab.succeeded"
    act: str
    agency: str
    article: str
    custodian: str
    document: str
    former: str
    last_day: date
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    succession: Mapping[str, Any]
    successor: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    findings: tuple[int, ...] | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SuccessorAssigned(Told):
    """已指定承继机关. Successor assigned: sent when justice has named who takes over a case it held."""

    KEY: ClassVar[str] = "collab.successor_assigned"
    act: str
    agency: str
    article: str
    document: str
    former: str
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    succession: Mapping[str, Any]
    successor: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    findings: tuple[int, ...] | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Suspended(Told):
    """已中止. Suspended: sent when the action stands still."""

    KEY: ClassVar[str] = "collab.suspended"
    act: str
    agency: str
    article: str
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TaskReported(Told):
    """已报告任务落实情况. Task reported: sent when an agency has reported on its tasks."""

    KEY: ClassVar[str] = "collab.task_reported"
    act: str
    agency: str
    article: str
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    report: int
    reported: tuple[int, ...]
    route: str
    tasks: tuple[str, ...]
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn(Told):
    """已撤回方案. Withdrawn: sent when the lead has withdrawn the plan."""

    KEY: ClassVar[str] = "collab.withdrawn"
    act: str
    agency: str
    article: str
    lead: str
    occurred_on: date
    participants: tuple[str, ...]
    route: str
    version: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


BODIES: dict[str, type[Told]] = {
    "amended": Amended,
    "amendment_presented": AmendmentPresented,
    "amendment_proposed": AmendmentProposed,
    "amendment_rejected": AmendmentRejected,
    "amendment_returned": AmendmentReturned,
    "amendment_reviewed": AmendmentReviewed,
    "approved": Approved,
    "checkpoint": Checkpoint,
    "closing_report_added": ClosingReportAdded,
    "consultation_answered": ConsultationAnswered,
    "consulted": Consulted,
    "continuation_recorded": ContinuationRecorded,
    "corrected": Corrected,
    "deadline_breached": DeadlineBreached,
    "deadline_cancelled": DeadlineCancelled,
    "deadline_corrected": DeadlineCorrected,
    "deadline_met": DeadlineMet,
    "deadline_moved": DeadlineMoved,
    "deadline_paused": DeadlinePaused,
    "deadline_resumed": DeadlineResumed,
    "deadline_started": DeadlineStarted,
    "deadline_warned": DeadlineWarned,
    "decision_recorded": DecisionRecorded,
    "delivery_failing": DeliveryFailing,
    "delivery_paused": DeliveryPaused,
    "delivery_resumed": DeliveryResumed,
    "dispatch_confirmed": DispatchConfirmed,
    "dispatched": Dispatched,
    "drafted": Drafted,
    "end_corrected": EndCorrected,
    "end_presumed": EndPresumed,
    "ended": Ended,
    "epoch_opened": EpochOpened,
    "filing_returned": FilingReturned,
    "finding_handed_on": FindingHandedOn,
    "finding_recorded": FindingRecorded,
    "finding_settled": FindingSettled,
    "finding_to_hand_on": FindingToHandOn,
    "follower_settled": FollowerSettled,
    "interim_measure_recorded": InterimMeasureRecorded,
    "material_added": MaterialAdded,
    "participant_reassigned": ParticipantReassigned,
    "participation_declined": ParticipationDeclined,
    "participation_questioned": ParticipationQuestioned,
    "personal_data_erased": PersonalDataErased,
    "presented": Presented,
    "probe": Probe,
    "question_answered": QuestionAnswered,
    "rejected": Rejected,
    "related_added": RelatedAdded,
    "report_delivered": ReportDelivered,
    "reported": Reported,
    "resumed": Resumed,
    "returned": Returned,
    "reviewed": Reviewed,
    "revised": Revised,
    "started": Started,
    "submitted": Submitted,
    "succeeded": Succeeded,
    "successor_assigned": SuccessorAssigned,
    "suspended": Suspended,
    "task_reported": TaskReported,
    "withdrawn": Withdrawn,
}
