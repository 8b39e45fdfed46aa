"""joint: what its events tell. Generated from the event schemas by sdk/python/generate.py: do not edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from liandong_client.told import Told


@dataclass(frozen=True, slots=True)
class Amended(Told):
    """已变更. Amended: sent when the plan is changed: its new version holds."""

    KEY: ClassVar[str] = "joint.amended"
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

    KEY: ClassVar[str] = "joint.amendment_presented"
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

    KEY: ClassVar[str] = "joint.amendment_proposed"
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

    KEY: ClassVar[str] = "joint.amendment_rejected"
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

    KEY: ClassVar[str] = "joint.amendment_returned"
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

    KEY: ClassVar[str] = "joint.amendment_reviewed"
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

    KEY: ClassVar[str] = "joint.approved"
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

    KEY: ClassVar[str] = "joint.checkpoint"
    algorithm: str
    chain: str
    epoch: str
    occurred_on: date
    sealed_at: datetime
    signature: str
    source: str
    to_position: int


@dataclass(frozen=True, slots=True)
class ConsultationAnswered(Told):
    """已答复意见. Consultation answered: sent when an agency has answered."""

    KEY: ClassVar[str] = "joint.consultation_answered"
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

    KEY: ClassVar[str] = "joint.consulted"
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

    KEY: ClassVar[str] = "joint.continuation_recorded"
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

    KEY: ClassVar[str] = "joint.corrected"
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

    KEY: ClassVar[str] = "joint.deadline_breached"
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

    KEY: ClassVar[str] = "joint.deadline_cancelled"
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

    KEY: ClassVar[str] = "joint.deadline_corrected"
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

    KEY: ClassVar[str] = "joint.deadline_met"
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

    KEY: ClassVar[str] = "joint.deadline_moved"
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

    KEY: ClassVar[str] = "joint.deadline_paused"
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

    KEY: ClassVar[str] = "joint.deadline_resumed"
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

    KEY: ClassVar[str] = "joint.deadline_started"
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

    KEY: ClassVar[str] = "joint.deadline_warned"
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
class DecidedDirectly(Told):
    """市政府已直接决定. Decided directly: sent when the government has decided on the action itself."""

    KEY: ClassVar[str] = "joint.decided_directly"
    act: str
    agency: str
    article: str
    grounds: tuple[str, ...]
    lead: str
    material: int
    number: str
    occurred_on: date
    paper: str
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


@dataclass(frozen=True, slots=True)
class DecisionRecorded(Told):
    """已作出处理决定. Decision recorded: sent when an agency has decided in its own name."""

    KEY: ClassVar[str] = "joint.decision_recorded"
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

    KEY: ClassVar[str] = "joint.delivery_failing"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryPaused(Told):
    """推送暂停. Delivery paused: sent when nothing is sent to the agency's system until it resumes."""

    KEY: ClassVar[str] = "joint.delivery_paused"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryResumed(Told):
    """推送恢复. Delivery resumed: sent when what is sent to the agency's system arrives again."""

    KEY: ClassVar[str] = "joint.delivery_resumed"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DispatchConfirmed(Told):
    """已确认调度. Dispatch confirmed: sent when an agency has confirmed, or said that it cannot come."""

    KEY: ClassVar[str] = "joint.dispatch_confirmed"
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

    KEY: ClassVar[str] = "joint.dispatched"
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

    KEY: ClassVar[str] = "joint.drafted"
    act: str
    agency: str
    article: str
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

    KEY: ClassVar[str] = "joint.end_corrected"
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

    KEY: ClassVar[str] = "joint.end_presumed"
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
class EndProposed(Told):
    """已提议结束. End proposed: sent when the lead has proposed to end the action."""

    KEY: ClassVar[str] = "joint.end_proposed"
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
class Ended(Told):
    """已结束. Ended: sent when the action has ended, or was terminated."""

    KEY: ClassVar[str] = "joint.ended"
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

    KEY: ClassVar[str] = "joint.epoch_opened"
    binding: str
    epoch: str
    occurred_on: date
    why: str


@dataclass(frozen=True, slots=True)
class FindingHandedOn(Told):
    """线索已移送. Finding handed on: sent when what was found was handed on."""

    KEY: ClassVar[str] = "joint.finding_handed_on"
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

    KEY: ClassVar[str] = "joint.finding_recorded"
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

    KEY: ClassVar[str] = "joint.finding_settled"
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

    KEY: ClassVar[str] = "joint.finding_to_hand_on"
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

    KEY: ClassVar[str] = "joint.follower_settled"
    from_: Mapping[str, Any]
    occurred_on: date
    source: str
    to: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class InterimMeasureRecorded(Told):
    """已记录继续履行职责. Interim measure recorded: sent when an agency has recorded what it did in the meantime."""

    KEY: ClassVar[str] = "joint.interim_measure_recorded"
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
class LeadAssigned(Told):
    """已指定主要牵头部门. Lead assigned: sent when a superior or the government has named the lead of a campaign."""

    KEY: ClassVar[str] = "joint.lead_assigned"
    act: str
    agency: str
    article: str
    document: str
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


@dataclass(frozen=True, slots=True)
class MaterialAdded(Told):
    """已添加材料. Material added: sent when a material was added."""

    KEY: ClassVar[str] = "joint.material_added"
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
class PersonalDataErased(Told):
    """个人信息已删除. Personal data erased: sent when personal data were erased."""

    KEY: ClassVar[str] = "joint.personal_data_erased"
    occurred_on: date
    positions: tuple[int, ...]
    reason: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Presented(Told):
    """已呈报市政府. Presented: sent when justice has presented it to the government."""

    KEY: ClassVar[str] = "joint.presented"
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

    KEY: ClassVar[str] = "joint.probe"
    occurred_on: date


@dataclass(frozen=True, slots=True)
class Rejected(Told):
    """不予批准. Rejected: sent when the government's rejection was recorded."""

    KEY: ClassVar[str] = "joint.rejected"
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

    KEY: ClassVar[str] = "joint.related_added"
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
class ReportRemarked(Told):
    """已对评价提出意见. Report remarked on: sent when an agency has remarked on its evaluation."""

    KEY: ClassVar[str] = "joint.report_remarked"
    act: str
    agency: str
    article: str
    occurred_on: date
    remark: int
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
class Reported(Told):
    """已总结报告. Reported: sent when the summary went to the government."""

    KEY: ClassVar[str] = "joint.reported"
    act: str
    agency: str
    article: str
    delivered_to: tuple[str, ...]
    ended_on: date
    evaluated: int
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
    state: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Resumed(Told):
    """已恢复. Resumed: sent when the action goes on."""

    KEY: ClassVar[str] = "joint.resumed"
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

    KEY: ClassVar[str] = "joint.returned"
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
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Reviewed(Told):
    """已审核. Reviewed: sent when justice has passed the plan."""

    KEY: ClassVar[str] = "joint.reviewed"
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
class Revised(Told):
    """方案已修改. Revised: sent when the plan was revised."""

    KEY: ClassVar[str] = "joint.revised"
    act: str
    agency: str
    article: str
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

    KEY: ClassVar[str] = "joint.started"
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

    KEY: ClassVar[str] = "joint.submitted"
    act: str
    agency: str
    article: str
    grounds: tuple[str, ...]
    lead: str
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

    KEY: ClassVar[str] = "joint.succeeded"
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

    KEY: ClassVar[str] = "joint.successor_assigned"
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

    KEY: ClassVar[str] = "joint.suspended"
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

    KEY: ClassVar[str] = "joint.task_reported"
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

    KEY: ClassVar[str] = "joint.withdrawn"
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
    "decided_directly": DecidedDirectly,
    "decision_recorded": DecisionRecorded,
    "delivery_failing": DeliveryFailing,
    "delivery_paused": DeliveryPaused,
    "delivery_resumed": DeliveryResumed,
    "dispatch_confirmed": DispatchConfirmed,
    "dispatched": Dispatched,
    "drafted": Drafted,
    "end_corrected": EndCorrected,
    "end_presumed": EndPresumed,
    "end_proposed": EndProposed,
    "ended": Ended,
    "epoch_opened": EpochOpened,
    "finding_handed_on": FindingHandedOn,
    "finding_recorded": FindingRecorded,
    "finding_settled": FindingSettled,
    "finding_to_hand_on": FindingToHandOn,
    "follower_settled": FollowerSettled,
    "interim_measure_recorded": InterimMeasureRecorded,
    "lead_assigned": LeadAssigned,
    "material_added": MaterialAdded,
    "personal_data_erased": PersonalDataErased,
    "presented": Presented,
    "probe": Probe,
    "rejected": Rejected,
    "related_added": RelatedAdded,
    "report_remarked": ReportRemarked,
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
