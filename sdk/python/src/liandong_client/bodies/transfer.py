"""transfer: what its events tell. Generated from the event schemas by sdk/python/generate.py: do not edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from liandong_client.told import Told


@dataclass(frozen=True, slots=True)
class Accepted(Told):
    """已受理. Accepted: sent when the receiver has accepted the case."""

    KEY: ClassVar[str] = "transfer.accepted"
    act: str
    agency: str
    article: str
    leg: int
    number: str
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Announced(Told):
    """已事先通报. Announced: sent when the sender has told the receiver of the case."""

    KEY: ClassVar[str] = "transfer.announced"
    accepted_on: date
    act: str
    agency: str
    article: str
    cause: str
    ground: str
    leg: int
    notified_on: date
    occurred_on: date
    powers_separated: bool
    receiver: str
    related: tuple[str, ...]
    sender: str
    way: str
    after: str | None = None
    back_entry: bool | None = None
    basis: str | None = None
    basis_ended: bool | None = None
    days_since_first: int | None = None
    first_announced_on: date | None = None
    in_name_of: str | None = None
    origin_kind: str | None = None
    origin_ref: str | None = None
    respondent_key: str | None = None
    state: str | None = None
    withdrawn_before: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CaseFiled(Told):
    """已立案. Case filed: sent when the receiver has filed the case."""

    KEY: ClassVar[str] = "transfer.case_filed"
    act: str
    agency: str
    article: str
    leg: int
    number: str
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint(Told):
    """检查点. Checkpoint: sent when the journal's chain was sealed and signed."""

    KEY: ClassVar[str] = "transfer.checkpoint"
    algorithm: str
    chain: str
    epoch: str
    occurred_on: date
    sealed_at: datetime
    signature: str
    source: str
    to_position: int


@dataclass(frozen=True, slots=True)
class Closed(Told):
    """已办结. Closed: sent when the receiver has closed the case, or not filed it."""

    KEY: ClassVar[str] = "transfer.closed"
    act: str
    agency: str
    article: str
    leg: int
    occurred_on: date
    outcome: str
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    decision_number: str | None = None
    decision_on: date | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ClosureReported(Told):
    """已通报结案. Closure reported: sent when the closing report went to the sender and is filed with justice."""

    KEY: ClassVar[str] = "transfer.closure_reported"
    act: str
    agency: str
    article: str
    closed_on: date
    filed_with: tuple[str, ...]
    leg: int
    number: str
    occurred_on: date
    receiver: str
    report: int
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected(Told):
    """已更正. Corrected: sent when an earlier act was put right."""

    KEY: ClassVar[str] = "transfer.corrected"
    act: str
    agency: str
    article: str
    corrected: str
    corrected_act: str
    field: str
    leg: int
    number: str
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    right_on: date | None = None
    state: str | None = None
    was_on: date | None = None


@dataclass(frozen=True, slots=True)
class CriminalClosed(Told):
    """公安已立案. Filed by the police: sent when the police have filed the case."""

    KEY: ClassVar[str] = "transfer.criminal_closed"
    act: str
    agency: str
    article: str
    leg: int
    number: str
    occurred_on: date
    receiver: str
    referral: int
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class CriminalDelivered(Told):
    """已送交公安. Delivered to the police: sent when the file was handed to the police."""

    KEY: ClassVar[str] = "transfer.criminal_delivered"
    act: str
    agency: str
    article: str
    leg: int
    occurred_on: date
    receiver: str
    referral: int
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class CriminalHandedOver(Told):
    """已移交涉案物品和材料. Things handed over: sent when things and papers were handed to the police."""

    KEY: ClassVar[str] = "transfer.criminal_handed_over"
    act: str
    agency: str
    article: str
    leg: int
    occurred_on: date
    receiver: str
    referral: int
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class DeadlineBreached(Told):
    """期限逾期. Deadline breached: sent when its end has passed and it is not met."""

    KEY: ClassVar[str] = "transfer.deadline_breached"
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

    KEY: ClassVar[str] = "transfer.deadline_cancelled"
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

    KEY: ClassVar[str] = "transfer.deadline_corrected"
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

    KEY: ClassVar[str] = "transfer.deadline_met"
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

    KEY: ClassVar[str] = "transfer.deadline_moved"
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

    KEY: ClassVar[str] = "transfer.deadline_paused"
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

    KEY: ClassVar[str] = "transfer.deadline_resumed"
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

    KEY: ClassVar[str] = "transfer.deadline_started"
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

    KEY: ClassVar[str] = "transfer.deadline_warned"
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
    """已作出处理决定. Decision recorded: sent when the receiver has decided the case."""

    KEY: ClassVar[str] = "transfer.decision_recorded"
    act: str
    agency: str
    article: str
    leg: int
    number: str
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionServed(Told):
    """处理决定已送达. Decision served: sent when the decision was served on the respondent."""

    KEY: ClassVar[str] = "transfer.decision_served"
    act: str
    agency: str
    article: str
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    way: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Delivered(Told):
    """已送达. Delivered: sent when the letter was delivered."""

    KEY: ClassVar[str] = "transfer.delivered"
    act: str
    agency: str
    article: str
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    way: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFailing(Told):
    """推送失败. Delivery failing: sent when what is sent to the agency's system begins to fail."""

    KEY: ClassVar[str] = "transfer.delivery_failing"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryPaused(Told):
    """推送暂停. Delivery paused: sent when nothing is sent to the agency's system until it resumes."""

    KEY: ClassVar[str] = "transfer.delivery_paused"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryResumed(Told):
    """推送恢复. Delivery resumed: sent when what is sent to the agency's system arrives again."""

    KEY: ClassVar[str] = "transfer.delivery_resumed"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Disputed(Told):
    """已提请协调争议. Disputed: sent when a dispute was taken to justice."""

    KEY: ClassVar[str] = "transfer.disputed"
    act: str
    agency: str
    article: str
    dispute: int
    from_state: str
    ground: str
    interim_holder: str
    leg: int
    occurred_on: date
    receiver: str
    rulers: tuple[str, ...]
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Ended(Told):
    """已终止移送. Ended: sent when the sender keeps the case, or nobody goes on with it."""

    KEY: ClassVar[str] = "transfer.ended"
    act: str
    agency: str
    article: str
    kept: bool
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class EpochOpened(Told):
    """新纪元. Epoch opened: sent when the journal began, or began anew after a restore or a switch."""

    KEY: ClassVar[str] = "transfer.epoch_opened"
    binding: str
    epoch: str
    occurred_on: date
    why: str


@dataclass(frozen=True, slots=True)
class FilingReturned(Told):
    """备案已退回. Filing returned: sent when justice has returned the filing."""

    KEY: ClassVar[str] = "transfer.filing_returned"
    act: str
    agency: str
    article: str
    filing: str
    leg: int
    occurred_on: date
    receiver: str
    report: int
    returned_on: date
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class FollowerSettled(Told):
    """跟随位置已确定. Follower settled: sent when ops settled where a follower stands."""

    KEY: ClassVar[str] = "transfer.follower_settled"
    from_: Mapping[str, Any]
    occurred_on: date
    source: str
    to: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LetterIssued(Told):
    """已发出移送函. Letter issued: sent when the letter of annex 1 was issued."""

    KEY: ClassVar[str] = "transfer.letter_issued"
    act: str
    agency: str
    article: str
    leg: int
    materials: int
    number: str
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class LetterReissued(Told):
    """已作废重发移送函. Letter issued again: sent when a wrong letter was voided and issued again under a new number."""

    KEY: ClassVar[str] = "transfer.letter_reissued"
    act: str
    agency: str
    article: str
    leg: int
    materials: int
    number: str
    occurred_on: date
    receiver: str
    sender: str
    voided: tuple[str, ...]
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class MaterialAdded(Told):
    """已添加材料. Material added: sent when a material was added to the case."""

    KEY: ClassVar[str] = "transfer.material_added"
    act: str
    agency: str
    article: str
    kind: str
    material: int
    occurred_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class MeasureRecorded(Told):
    """已先期处置. Measure recorded: sent when a first measure was recorded."""

    KEY: ClassVar[str] = "transfer.measure_recorded"
    act: str
    agency: str
    article: str
    kind: str
    occurred_on: date
    taken_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class PersonalDataErased(Told):
    """个人信息已删除. Personal data erased: sent when personal data were erased."""

    KEY: ClassVar[str] = "transfer.personal_data_erased"
    occurred_on: date
    positions: tuple[int, ...]
    reason: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class PhoneNotified(Told):
    """再次电话告知. Phoned again: sent when a call from the scene was made in a case."""

    KEY: ClassVar[str] = "transfer.phone_notified"
    act: str
    agency: str
    article: str
    call: int
    called: str
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class PhoneOpened(Told):
    """已现场电话告知. Phoned: sent when a call from the scene has opened a case."""

    KEY: ClassVar[str] = "transfer.phone_opened"
    act: str
    agency: str
    article: str
    call: int
    called: str
    cause: str
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis: str | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class PhoneResponded(Told):
    """已到场处置. Call answered: sent when who was called has said whether it came and what it did."""

    KEY: ClassVar[str] = "transfer.phone_responded"
    act: str
    agency: str
    article: str
    call: int
    came: str
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class PresumptionUndone(Told):
    """推定接收已撤销. Presumption undone: sent when a date put right has undone the presumed reception."""

    KEY: ClassVar[str] = "transfer.presumption_undone"
    act: str
    agency: str
    article: str
    deadline: str
    leg: int
    occurred_on: date
    presumed: bool
    presumed_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Probe(Told):
    """探测. Probe: sent when once a minute, of no case, to time the way of the news."""

    KEY: ClassVar[str] = "transfer.probe"
    occurred_on: date


@dataclass(frozen=True, slots=True)
class ProgressAsked(Told):
    """已询问进展. Progress asked for: sent when the sender has asked how the case stands."""

    KEY: ClassVar[str] = "transfer.progress_asked"
    act: str
    agency: str
    article: str
    leg: int
    note: int
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ProgressGiven(Told):
    """已告知进展. Progress given: sent when the receiver has said how the case stands."""

    KEY: ClassVar[str] = "transfer.progress_given"
    act: str
    agency: str
    article: str
    leg: int
    note: int
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Received(Told):
    """已出具接收回执. Received: sent when the receiver has signed the receipt of annex 2."""

    KEY: ClassVar[str] = "transfer.received"
    act: str
    agency: str
    article: str
    delivered_on: date
    leg: int
    number: str
    occurred_on: date
    presumed: bool
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    presumption_undone: date | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ReceivedLate(Told):
    """推定接收后出具回执. Received late: sent when the receiver has signed after reception had been presumed."""

    KEY: ClassVar[str] = "transfer.received_late"
    act: str
    agency: str
    article: str
    delivered_on: date
    leg: int
    number: str
    occurred_on: date
    presumed: bool
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ReceptionPresumed(Told):
    """已推定接收. Reception presumed: sent when nobody signed in time and the suite presumes reception."""

    KEY: ClassVar[str] = "transfer.reception_presumed"
    act: str
    agency: str
    article: str
    deadline: str
    delivered_on: date | None
    leg: int
    occurred_on: date
    presumed: bool
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ReferredCriminal(Told):
    """已移送公安. Referred to the police: sent when the case goes to the police as a suspected crime."""

    KEY: ClassVar[str] = "transfer.referred_criminal"
    act: str
    agency: str
    article: str
    from_state: str
    leg: int
    occurred_on: date
    police: str
    receiver: str
    referral: int
    referrer: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Refused(Told):
    """已退回. Refused: sent when the receiver has refused the case and returns it."""

    KEY: ClassVar[str] = "transfer.refused"
    act: str
    agency: str
    article: str
    bounced: bool
    ground: str
    leg: int
    number: str
    occurred_on: date
    receiver: str
    refusals: int
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Reopened(Told):
    """已恢复办理. Reopened: sent when review, judgment or new facts have reopened the case."""

    KEY: ClassVar[str] = "transfer.reopened"
    act: str
    agency: str
    article: str
    closed_on: date
    document: str
    ground: str
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    times: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Rerouted(Told):
    """已重新确定接收机关. Rerouted: sent when the sender has told another receiver."""

    KEY: ClassVar[str] = "transfer.rerouted"
    act: str
    agency: str
    article: str
    leg: int
    notified_on: date
    occurred_on: date
    receiver: str
    sender: str
    way: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ReturnSigned(Told):
    """已签收退回. Return signed for: sent when the sender has signed for what came back."""

    KEY: ClassVar[str] = "transfer.return_signed"
    act: str
    agency: str
    article: str
    lacks: int
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ReturnedCriminal(Told):
    """公安已退回. Returned by the police: sent when the police have returned the case."""

    KEY: ClassVar[str] = "transfer.returned_criminal"
    act: str
    agency: str
    article: str
    leg: int
    number: str
    occurred_on: date
    receiver: str
    referral: int
    sender: str
    to_state: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RuledAccepted(Told):
    """明确由接收机关办理. Ruled: accepted: sent when the ruling has the receiver go on with the case."""

    KEY: ClassVar[str] = "transfer.ruled_accepted"
    act: str
    agency: str
    article: str
    dispute: int
    joint_action: bool
    leg: int
    notified_on: date
    number: str
    occurred_on: date
    outcome: str
    receiver: str
    sender: str
    to_staffing: bool
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RuledAnnounced(Told):
    """明确由第三机关办理. Ruled: a third agency: sent when the ruling names a third agency, and is its notice."""

    KEY: ClassVar[str] = "transfer.ruled_announced"
    act: str
    agency: str
    article: str
    dispute: int
    joint_action: bool
    leg: int
    notified_on: date
    number: str
    occurred_on: date
    outcome: str
    receiver: str
    sender: str
    to_staffing: bool
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RuledEnded(Told):
    """明确由移送机关处理. Ruled: the sender: sent when the ruling has the sender keep the case."""

    KEY: ClassVar[str] = "transfer.ruled_ended"
    act: str
    agency: str
    article: str
    dispute: int
    joint_action: bool
    leg: int
    notified_on: date
    number: str
    occurred_on: date
    outcome: str
    receiver: str
    sender: str
    to_staffing: bool
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RuledIssued(Told):
    """明确由接收机关接收. Ruled: to be received: sent when the ruling has the receiver sign for the letter."""

    KEY: ClassVar[str] = "transfer.ruled_issued"
    act: str
    agency: str
    article: str
    dispute: int
    joint_action: bool
    leg: int
    notified_on: date
    number: str
    occurred_on: date
    outcome: str
    receiver: str
    sender: str
    to_staffing: bool
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RuledReceived(Told):
    """明确由接收机关审查. Ruled: received: sent when the ruling has the receiver examine the case."""

    KEY: ClassVar[str] = "transfer.ruled_received"
    act: str
    agency: str
    article: str
    dispute: int
    joint_action: bool
    leg: int
    notified_on: date
    number: str
    occurred_on: date
    outcome: str
    receiver: str
    sender: str
    to_staffing: bool
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Succeeded(Told):
    """已承继. Succeeded: sent when a party ended and its successor, or justice, has taken over its part."""

    KEY: ClassVar[str] = "transfer.succeeded"
    act: str
    agency: str
    article: str
    custodian: str
    document: str
    former: str
    last_day: date
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    succession: Mapping[str, Any]
    successor: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SuccessorAssigned(Told):
    """已指定承继机关. Successor assigned: sent when justice has named who takes over a case it held."""

    KEY: ClassVar[str] = "transfer.successor_assigned"
    act: str
    agency: str
    article: str
    document: str
    former: str
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    succession: Mapping[str, Any]
    successor: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    one_agency: tuple[str, ...] | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SupplementRequested(Told):
    """已告知补正. Supplement requested: sent when the receiver has asked in writing for what lacks."""

    KEY: ClassVar[str] = "transfer.supplement_requested"
    act: str
    agency: str
    article: str
    items: int
    leg: int
    number: str
    occurred_on: date
    receiver: str
    second: bool
    sender: str
    supplement_by: date
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Supplemented(Told):
    """已补正. Supplemented: sent when the sender has supplemented, or said that it cannot."""

    KEY: ClassVar[str] = "transfer.supplemented"
    act: str
    agency: str
    article: str
    leg: int
    materials: int
    occurred_on: date
    receiver: str
    round: int
    sender: str
    unable: bool
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class ViewStated(Told):
    """已陈述意见. View stated: sent when a side of the dispute has stated its view."""

    KEY: ClassVar[str] = "transfer.view_stated"
    act: str
    agency: str
    article: str
    dispute: int
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawalConsented(Told):
    """已同意撤回. Withdrawal consented to: sent when the receiver has consented to a withdrawal."""

    KEY: ClassVar[str] = "transfer.withdrawal_consented"
    act: str
    agency: str
    article: str
    leg: int
    occurred_on: date
    receiver: str
    round: int
    sender: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn(Told):
    """已撤回移送. Withdrawn: sent when the sender has withdrawn the transfer."""

    KEY: ClassVar[str] = "transfer.withdrawn"
    act: str
    agency: str
    article: str
    leg: int
    occurred_on: date
    receiver: str
    sender: str
    voided: tuple[str, ...]
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    respondent_key: str | None = None
    state: str | None = None


BODIES: dict[str, type[Told]] = {
    "accepted": Accepted,
    "announced": Announced,
    "case_filed": CaseFiled,
    "checkpoint": Checkpoint,
    "closed": Closed,
    "closure_reported": ClosureReported,
    "corrected": Corrected,
    "criminal_closed": CriminalClosed,
    "criminal_delivered": CriminalDelivered,
    "criminal_handed_over": CriminalHandedOver,
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
    "decision_served": DecisionServed,
    "delivered": Delivered,
    "delivery_failing": DeliveryFailing,
    "delivery_paused": DeliveryPaused,
    "delivery_resumed": DeliveryResumed,
    "disputed": Disputed,
    "ended": Ended,
    "epoch_opened": EpochOpened,
    "filing_returned": FilingReturned,
    "follower_settled": FollowerSettled,
    "letter_issued": LetterIssued,
    "letter_reissued": LetterReissued,
    "material_added": MaterialAdded,
    "measure_recorded": MeasureRecorded,
    "personal_data_erased": PersonalDataErased,
    "phone_notified": PhoneNotified,
    "phone_opened": PhoneOpened,
    "phone_responded": PhoneResponded,
    "presumption_undone": PresumptionUndone,
    "probe": Probe,
    "progress_asked": ProgressAsked,
    "progress_given": ProgressGiven,
    "received": Received,
    "received_late": ReceivedLate,
    "reception_presumed": ReceptionPresumed,
    "referred_criminal": ReferredCriminal,
    "refused": Refused,
    "reopened": Reopened,
    "rerouted": Rerouted,
    "return_signed": ReturnSigned,
    "returned_criminal": ReturnedCriminal,
    "ruled_accepted": RuledAccepted,
    "ruled_announced": RuledAnnounced,
    "ruled_ended": RuledEnded,
    "ruled_issued": RuledIssued,
    "ruled_received": RuledReceived,
    "succeeded": Succeeded,
    "successor_assigned": SuccessorAssigned,
    "supplement_requested": SupplementRequested,
    "supplemented": Supplemented,
    "view_stated": ViewStated,
    "withdrawal_consented": WithdrawalConsented,
    "withdrawn": Withdrawn,
}
