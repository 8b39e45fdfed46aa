"""sharing: what its events tell. Generated from the event schemas by sdk/python/generate.py: do not edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from liandong_client.told import Told


@dataclass(frozen=True, slots=True)
class AgencyChanged(Told):
    """机关登记已变更. Agency changed: sent when what the register says of an agency has changed."""

    KEY: ClassVar[str] = "sharing.agency_changed"
    act: str
    agency: str
    article: str
    document: str
    occurred_on: date
    registered: Mapping[str, Any]
    back_entry: bool | None = None
    former: str | None = None
    in_name_of: str | None = None
    standing: str | None = None
    state: str | None = None
    successors: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class AgencyDissolved(Told):
    """机关已撤销. Agency dissolved: sent when an agency has ended."""

    KEY: ClassVar[str] = "sharing.agency_dissolved"
    act: str
    agency: str
    article: str
    document: str
    entrustment: tuple[Mapping[str, Any], ...]
    former: str
    last_day: date
    occurred_on: date
    registered: Mapping[str, Any]
    split: bool
    standing: str
    successors: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AgencyRegistered(Told):
    """机关已登记. Agency registered: sent when an agency has come into the register."""

    KEY: ClassVar[str] = "sharing.agency_registered"
    act: str
    agency: str
    article: str
    document: str
    entrustment: tuple[Mapping[str, Any], ...]
    occurred_on: date
    registered: Mapping[str, Any]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AssistanceAsked(Told):
    """已请求协助. Assistance asked for: sent when assistance was asked for."""

    KEY: ClassVar[str] = "sharing.assistance_asked"
    act: str
    agency: str
    article: str
    asker: str
    assistance: str
    case: str
    category: str
    group: str
    holder: str
    kind: str
    occurred_on: date
    passed_from: str
    purpose: str
    way: str
    back_entry: bool | None = None
    basis: str | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    passed_by: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class AssistanceGiven(Told):
    """已提供协助. Assistance given: sent when the holder has assisted."""

    KEY: ClassVar[str] = "sharing.assistance_given"
    act: str
    agency: str
    answer: str
    article: str
    asker: str
    holder: str
    kind: str
    materials: int
    occurred_on: date
    records: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class BasisSet(Told):
    """延续依据已确定. Basis set: sent when justice has set what carries the regulation on."""

    KEY: ClassVar[str] = "sharing.basis_set"
    act: str
    agency: str
    article: str
    basis: Mapping[str, Any]
    occurred_on: date
    rulebook: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarPublished(Told):
    """年度日历已发布. Calendar published: sent when a year's working days were published."""

    KEY: ClassVar[str] = "sharing.calendar_published"
    act: str
    agency: str
    article: str
    file: Mapping[str, Any]
    notice: str
    occurred_on: date
    provisional: bool
    year: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class CataloguePublished(Told):
    """目录条目已公布. Entry published: sent when an agency has published what it holds."""

    KEY: ClassVar[str] = "sharing.catalogue_published"
    act: str
    agency: str
    article: str
    category: str
    data_on: date | None
    occurred_on: date
    publisher: str
    title: str
    version: int
    ways: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class CatalogueRefreshed(Told):
    """目录数据日期已更新. Entry refreshed: sent when its data are newer."""

    KEY: ClassVar[str] = "sharing.catalogue_refreshed"
    act: str
    agency: str
    article: str
    category: str
    data_on: date | None
    occurred_on: date
    publisher: str
    title: str
    version: int
    ways: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class CatalogueRevised(Told):
    """目录条目已修改. Entry revised: sent when an entry was revised."""

    KEY: ClassVar[str] = "sharing.catalogue_revised"
    act: str
    agency: str
    article: str
    category: str
    data_on: date | None
    occurred_on: date
    publisher: str
    title: str
    version: int
    ways: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class CatalogueWithdrawn(Told):
    """目录条目已撤下. Entry withdrawn: sent when an entry was withdrawn."""

    KEY: ClassVar[str] = "sharing.catalogue_withdrawn"
    act: str
    agency: str
    article: str
    category: str
    data_on: date | None
    occurred_on: date
    publisher: str
    title: str
    version: int
    ways: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint(Told):
    """检查点. Checkpoint: sent when the journal's chain was sealed and signed."""

    KEY: ClassVar[str] = "sharing.checkpoint"
    algorithm: str
    chain: str
    epoch: str
    occurred_on: date
    sealed_at: datetime
    signature: str
    source: str
    to_position: int


@dataclass(frozen=True, slots=True)
class ComplaintDismissed(Told):
    """异议已驳回. Complaint dismissed: sent when the complaint was dismissed."""

    KEY: ClassVar[str] = "sharing.complaint_dismissed"
    act: str
    agency: str
    article: str
    asker: str
    holder: str
    kind: str
    occurred_on: date
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class DeadlineBreached(Told):
    """期限逾期. Deadline breached: sent when its end has passed and it is not met."""

    KEY: ClassVar[str] = "sharing.deadline_breached"
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

    KEY: ClassVar[str] = "sharing.deadline_cancelled"
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

    KEY: ClassVar[str] = "sharing.deadline_corrected"
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

    KEY: ClassVar[str] = "sharing.deadline_met"
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

    KEY: ClassVar[str] = "sharing.deadline_moved"
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

    KEY: ClassVar[str] = "sharing.deadline_paused"
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

    KEY: ClassVar[str] = "sharing.deadline_resumed"
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

    KEY: ClassVar[str] = "sharing.deadline_started"
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

    KEY: ClassVar[str] = "sharing.deadline_warned"
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
class DeliveryFailing(Told):
    """推送失败. Delivery failing: sent when what is sent to the agency's system begins to fail."""

    KEY: ClassVar[str] = "sharing.delivery_failing"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryPaused(Told):
    """推送暂停. Delivery paused: sent when nothing is sent to the agency's system until it resumes."""

    KEY: ClassVar[str] = "sharing.delivery_paused"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryResumed(Told):
    """推送恢复. Delivery resumed: sent when what is sent to the agency's system arrives again."""

    KEY: ClassVar[str] = "sharing.delivery_resumed"
    agency: str
    carrier: str
    occurred_on: date
    subscription: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DissolutionOrdered(Told):
    """已决定撤销. Dissolution ordered: sent when an agency is to end: its last day and who takes over are known."""

    KEY: ClassVar[str] = "sharing.dissolution_ordered"
    act: str
    agency: str
    article: str
    document: str
    former: str
    last_day: date
    occurred_on: date
    registered: Mapping[str, Any]
    split: bool
    successors: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class DissolutionRevoked(Told):
    """撤销登记已撤回. Dissolution revoked: sent when it does not end after all."""

    KEY: ClassVar[str] = "sharing.dissolution_revoked"
    act: str
    agency: str
    article: str
    document: str
    occurred_on: date
    registered: Mapping[str, Any]
    back_entry: bool | None = None
    former: str | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class EntrustmentEnded(Told):
    """委托关系已终止. Entrustment ended: sent when who entrusted it has ended, and so does the entrustment."""

    KEY: ClassVar[str] = "sharing.entrustment_ended"
    act: str
    agency: str
    article: str
    document: str
    entrustment: tuple[Mapping[str, Any], ...]
    former: str
    occurred_on: date
    principal: str
    registered: Mapping[str, Any]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class EntrustmentPassed(Told):
    """委托关系已承继. Entrustment passed on: sent when the successor of who entrusts it goes on."""

    KEY: ClassVar[str] = "sharing.entrustment_passed"
    act: str
    agency: str
    article: str
    document: str
    former: str
    occurred_on: date
    principal: str
    registered: Mapping[str, Any]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class EntrustmentRenewed(Told):
    """委托已续签. Entrustment renewed: sent when an entrustment was renewed or changed."""

    KEY: ClassVar[str] = "sharing.entrustment_renewed"
    act: str
    agency: str
    article: str
    document: str
    entrustment: tuple[Mapping[str, Any], ...]
    occurred_on: date
    registered: Mapping[str, Any]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class EpochOpened(Told):
    """新纪元. Epoch opened: sent when the journal began, or began anew after a restore or a switch."""

    KEY: ClassVar[str] = "sharing.epoch_opened"
    binding: str
    epoch: str
    occurred_on: date
    why: str


@dataclass(frozen=True, slots=True)
class FollowerSettled(Told):
    """跟随位置已确定. Follower settled: sent when ops settled where a follower stands."""

    KEY: ClassVar[str] = "sharing.follower_settled"
    from_: Mapping[str, Any]
    occurred_on: date
    source: str
    to: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class HoldConfirmed(Told):
    """已续行保全. Hold confirmed: sent when a hold goes on."""

    KEY: ClassVar[str] = "sharing.hold_confirmed"
    act: str
    agency: str
    article: str
    occurred_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class HoldLifted(Told):
    """已解除保全. Hold lifted: sent when a hold was lifted."""

    KEY: ClassVar[str] = "sharing.hold_lifted"
    act: str
    agency: str
    article: str
    document: str
    occurred_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class HoldPlaced(Told):
    """已保全. Hold placed: sent when a case or a person's data are held."""

    KEY: ClassVar[str] = "sharing.hold_placed"
    act: str
    agency: str
    article: str
    document: str
    held: Mapping[str, Any]
    occurred_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class OfflineQueryAsked(Told):
    """已登记书面或者电话查询. Offline query asked: sent when a query on paper or by phone was entered."""

    KEY: ClassVar[str] = "sharing.offline_query_asked"
    act: str
    agency: str
    article: str
    asker: str
    assistance: str
    case: str
    category: str
    group: str
    holder: str
    kind: str
    occurred_on: date
    passed_from: str
    purpose: str
    way: str
    back_entry: bool | None = None
    basis: str | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    passed_by: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class PersonalDataErased(Told):
    """个人信息已删除. Personal data erased: sent when personal data were erased."""

    KEY: ClassVar[str] = "sharing.personal_data_erased"
    occurred_on: date
    positions: tuple[int, ...]
    reason: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Probe(Told):
    """探测. Probe: sent when once a minute, of no case, to time the way of the news."""

    KEY: ClassVar[str] = "sharing.probe"
    occurred_on: date


@dataclass(frozen=True, slots=True)
class QueryAdmitted(Told):
    """查询认证通过. Query admitted: sent when who asked is who it says."""

    KEY: ClassVar[str] = "sharing.query_admitted"
    act: str
    agency: str
    article: str
    asker: str
    holder: str
    kind: str
    occurred_on: date
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class QueryAnswered(Told):
    """查询已答复. Query answered: sent when the holder has answered, whole or in part."""

    KEY: ClassVar[str] = "sharing.query_answered"
    act: str
    agency: str
    answer: str
    article: str
    asker: str
    holder: str
    kind: str
    materials: int
    occurred_on: date
    records: int
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    law_to_check: bool | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class QueryAsked(Told):
    """已提出查询. Query asked: sent when a query was asked: its three days begin."""

    KEY: ClassVar[str] = "sharing.query_asked"
    act: str
    agency: str
    article: str
    asker: str
    assistance: str
    case: str
    category: str
    group: str
    holder: str
    kind: str
    occurred_on: date
    passed_from: str
    purpose: str
    way: str
    back_entry: bool | None = None
    basis: str | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    passed_by: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class QueryComplained(Told):
    """已提出异议. Query complained of: sent when who asked has complained to justice."""

    KEY: ClassVar[str] = "sharing.query_complained"
    about: str
    act: str
    agency: str
    article: str
    asker: str
    holder: str
    kind: str
    occurred_on: date
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class QueryCorrected(Told):
    """查询已更正. Query corrected: sent when an earlier act was put right."""

    KEY: ClassVar[str] = "sharing.query_corrected"
    act: str
    agency: str
    article: str
    asker: str
    corrected: str
    corrected_act: str
    field: str
    holder: str
    kind: str
    number: str
    occurred_on: date
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    law_to_check: bool | None = None
    right_on: date | None = None
    state: str | None = None
    was_on: date | None = None


@dataclass(frozen=True, slots=True)
class QueryDirected(Told):
    """已责令提供. Query directed: sent when the holder was directed to answer."""

    KEY: ClassVar[str] = "sharing.query_directed"
    act: str
    agency: str
    article: str
    asker: str
    holder: str
    kind: str
    occurred_on: date
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class QueryMaterialAdded(Told):
    """查询已添加材料. Query material added: sent when a material was added to a query."""

    KEY: ClassVar[str] = "sharing.query_material_added"
    act: str
    agency: str
    article: str
    kind: str
    material: int
    occurred_on: date
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class QueryNotAdmitted(Told):
    """查询认证未通过. Query not admitted: sent when who asked could not be confirmed."""

    KEY: ClassVar[str] = "sharing.query_not_admitted"
    act: str
    agency: str
    article: str
    asker: str
    holder: str
    kind: str
    occurred_on: date
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class QueryPassedOn(Told):
    """查询已转持有机关. Query passed on: sent when it went on to who holds it."""

    KEY: ClassVar[str] = "sharing.query_passed_on"
    act: str
    agency: str
    article: str
    asker: str
    holder: str
    kind: str
    occurred_on: date
    to: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class QueryRefused(Told):
    """查询已依法拒绝. Query refused: sent when the holder has refused on a named law."""

    KEY: ClassVar[str] = "sharing.query_refused"
    act: str
    agency: str
    article: str
    asker: str
    holder: str
    kind: str
    law: str
    law_article: str
    occurred_on: date
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    law_to_check: bool | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class QueryWithdrawn(Told):
    """查询已撤回. Query withdrawn: sent when the query was withdrawn."""

    KEY: ClassVar[str] = "sharing.query_withdrawn"
    act: str
    agency: str
    article: str
    asker: str
    holder: str
    kind: str
    occurred_on: date
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RecordsAdded(Told):
    """执法档案已报送. Records added: sent when an agency has delivered records."""

    KEY: ClassVar[str] = "sharing.records_added"
    act: str
    agency: str
    article: str
    categories: Mapping[str, Any]
    data_on: Mapping[str, Any]
    digest: str
    new: int
    occurred_on: date
    replaced: int
    unchanged: int
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class RulebookPublished(Told):
    """规则已发布. Rulebook published: sent when a version of the rulebook was published."""

    KEY: ClassVar[str] = "sharing.rulebook_published"
    act: str
    agency: str
    article: str
    occurred_on: date
    rulebook: str
    text: str
    title: str
    valid_from: date
    valid_to: date | None
    version: str
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionChanged(Told):
    """订阅已变更. Subscription changed: sent when its types, contact or address change."""

    KEY: ClassVar[str] = "sharing.subscription_changed"
    act: str
    agency: str
    article: str
    carrier: str
    occurred_on: date
    subscriber: str
    types: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionConfirmed(Told):
    """接收地址已验证. Address confirmed: sent when the webhook's address gave the challenge back: it is sent to from now
    on."""

    KEY: ClassVar[str] = "sharing.subscription_confirmed"
    act: str
    agency: str
    article: str
    carrier: str
    occurred_on: date
    subscriber: str
    types: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionEnded(Told):
    """订阅已终止. Subscription ended: sent when it has ended, by its agency or with it."""

    KEY: ClassVar[str] = "sharing.subscription_ended"
    act: str
    agency: str
    article: str
    carrier: str
    occurred_on: date
    subscriber: str
    types: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionNotConfirmed(Told):
    """接收地址验证未通过. Address not confirmed: sent when the webhook's address did not give the challenge back, however
    often it was tried."""

    KEY: ClassVar[str] = "sharing.subscription_not_confirmed"
    act: str
    agency: str
    article: str
    carrier: str
    occurred_on: date
    subscriber: str
    types: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionOpened(Told):
    """已订阅. Subscribed: sent when an agency subscribes."""

    KEY: ClassVar[str] = "sharing.subscription_opened"
    act: str
    agency: str
    article: str
    carrier: str
    occurred_on: date
    subscriber: str
    types: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionPaused(Told):
    """推送已暂停. Subscription paused: sent when nothing is sent until it is resumed."""

    KEY: ClassVar[str] = "sharing.subscription_paused"
    act: str
    agency: str
    article: str
    carrier: str
    occurred_on: date
    subscriber: str
    types: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionResumed(Told):
    """推送已恢复. Subscription resumed: sent when it goes on."""

    KEY: ClassVar[str] = "sharing.subscription_resumed"
    act: str
    agency: str
    article: str
    carrier: str
    occurred_on: date
    subscriber: str
    types: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionRotationFinished(Told):
    """签名密钥更换已完成. Rotation finished: sent when the secret before signs no more."""

    KEY: ClassVar[str] = "sharing.subscription_rotation_finished"
    act: str
    agency: str
    article: str
    carrier: str
    occurred_on: date
    subscriber: str
    types: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionSecretRotated(Told):
    """签名密钥已更换. Secret rotated: sent when the webhook has a new secret; both sign."""

    KEY: ClassVar[str] = "sharing.subscription_secret_rotated"
    act: str
    agency: str
    article: str
    carrier: str
    occurred_on: date
    subscriber: str
    types: tuple[str, ...]
    back_entry: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Succeeded(Told):
    """已承继. Succeeded: sent when a party ended and its successor, or justice, has taken over its part."""

    KEY: ClassVar[str] = "sharing.succeeded"
    act: str
    agency: str
    article: str
    custodian: str
    document: str
    former: str
    last_day: date
    occurred_on: date
    succession: Mapping[str, Any]
    successor: str
    asker: str | None = None
    back_entry: bool | None = None
    basis_ended: bool | None = None
    candidates: tuple[str, ...] | None = None
    category: str | None = None
    claimer: str | None = None
    data_on: date | None = None
    holder: str | None = None
    in_name_of: str | None = None
    kind: str | None = None
    one_agency: tuple[str, ...] | None = None
    publisher: str | None = None
    sharer: str | None = None
    state: str | None = None
    title: str | None = None
    version: int | None = None
    ways: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SuccessorAssigned(Told):
    """已指定承继机关. Successor assigned: sent when justice has named who takes over a case it held."""

    KEY: ClassVar[str] = "sharing.successor_assigned"
    act: str
    agency: str
    article: str
    document: str
    former: str
    occurred_on: date
    succession: Mapping[str, Any]
    successor: str
    asker: str | None = None
    back_entry: bool | None = None
    basis_ended: bool | None = None
    candidates: tuple[str, ...] | None = None
    category: str | None = None
    claimer: str | None = None
    data_on: date | None = None
    holder: str | None = None
    in_name_of: str | None = None
    kind: str | None = None
    one_agency: tuple[str, ...] | None = None
    publisher: str | None = None
    sharer: str | None = None
    state: str | None = None
    title: str | None = None
    version: int | None = None
    ways: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class TipAssigned(Told):
    """案源已指派. Tip assigned: sent when justice has assigned it."""

    KEY: ClassVar[str] = "sharing.tip_assigned"
    act: str
    agency: str
    article: str
    candidates: tuple[str, ...]
    claim: int
    claimer: str
    occurred_on: date
    sharer: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TipClaimed(Told):
    """案源已认领. Tip claimed: sent when an agency has claimed it."""

    KEY: ClassVar[str] = "sharing.tip_claimed"
    act: str
    agency: str
    article: str
    candidates: tuple[str, ...]
    claim: int
    claimer: str
    occurred_on: date
    sharer: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TipCorrected(Told):
    """案源已更正. Tip corrected: sent when an earlier act was put right."""

    KEY: ClassVar[str] = "sharing.tip_corrected"
    act: str
    agency: str
    article: str
    candidates: tuple[str, ...]
    claimer: str
    corrected: str
    corrected_act: str
    field: str
    number: str
    occurred_on: date
    sharer: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    right_on: date | None = None
    state: str | None = None
    was_on: date | None = None


@dataclass(frozen=True, slots=True)
class TipMaterialAdded(Told):
    """案源已添加材料. Tip material added: sent when a material was added."""

    KEY: ClassVar[str] = "sharing.tip_material_added"
    act: str
    agency: str
    article: str
    candidates: tuple[str, ...]
    claimer: str
    kind: str
    material: int
    occurred_on: date
    sharer: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TipPassedOn(Told):
    """案源已转送. Tip passed on: sent when who had claimed it has passed it on."""

    KEY: ClassVar[str] = "sharing.tip_passed_on"
    act: str
    agency: str
    article: str
    candidates: tuple[str, ...]
    claim: int
    claimer: str
    objection: bool
    occurred_on: date
    passed_on_by: str
    sharer: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TipResultReturned(Told):
    """案源结果已反馈. Tip result returned: sent when who claimed it has told its result."""

    KEY: ClassVar[str] = "sharing.tip_result_returned"
    act: str
    agency: str
    article: str
    candidates: tuple[str, ...]
    claimer: str
    occurred_on: date
    outcome: str
    sharer: str
    transfer: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TipShared(Told):
    """案源已推送. Tip shared: sent when a tip was shared: nobody is definitely competent."""

    KEY: ClassVar[str] = "sharing.tip_shared"
    act: str
    agency: str
    article: str
    candidates: tuple[str, ...]
    cause: str
    claimer: str
    kind: str
    occurred_on: date
    received_on: date
    sharer: str
    back_entry: bool | None = None
    basis: str | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    origin_cause: str | None = None
    origin_kind: str | None = None
    origin_ref: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TipTransferNoted(Told):
    """案源移送已记录. Tip transfer noted: sent when the transfer it became has moved on."""

    KEY: ClassVar[str] = "sharing.tip_transfer_noted"
    act: str
    agency: str
    article: str
    candidates: tuple[str, ...]
    claimer: str
    noted_on: date
    occurred_on: date
    sharer: str
    transfer: str
    transfer_state: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class TipWithdrawn(Told):
    """案源已撤回. Tip withdrawn: sent when the tip was withdrawn."""

    KEY: ClassVar[str] = "sharing.tip_withdrawn"
    act: str
    agency: str
    article: str
    candidates: tuple[str, ...]
    claimer: str
    occurred_on: date
    sharer: str
    back_entry: bool | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class UrgentOfflineQueryAsked(Told):
    """已登记紧急书面或者电话查询. Urgent offline query asked: sent when an urgent query on paper or by phone was entered."""

    KEY: ClassVar[str] = "sharing.urgent_offline_query_asked"
    act: str
    agency: str
    article: str
    asker: str
    assistance: str
    case: str
    category: str
    group: str
    holder: str
    kind: str
    occurred_on: date
    passed_from: str
    purpose: str
    way: str
    back_entry: bool | None = None
    basis: str | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    passed_by: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class UrgentQueryAsked(Told):
    """已提出特别紧急查询. Urgent query asked: sent when an urgent query was asked."""

    KEY: ClassVar[str] = "sharing.urgent_query_asked"
    act: str
    agency: str
    article: str
    asker: str
    assistance: str
    case: str
    category: str
    group: str
    holder: str
    kind: str
    occurred_on: date
    passed_from: str
    purpose: str
    way: str
    back_entry: bool | None = None
    basis: str | None = None
    basis_ended: bool | None = None
    in_name_of: str | None = None
    passed_by: str | None = None
    state: str | None = None


BODIES: dict[str, type[Told]] = {
    "agency_changed": AgencyChanged,
    "agency_dissolved": AgencyDissolved,
    "agency_registered": AgencyRegistered,
    "assistance_asked": AssistanceAsked,
    "assistance_given": AssistanceGiven,
    "basis_set": BasisSet,
    "calendar_published": CalendarPublished,
    "catalogue_published": CataloguePublished,
    "catalogue_refreshed": CatalogueRefreshed,
    "catalogue_revised": CatalogueRevised,
    "catalogue_withdrawn": CatalogueWithdrawn,
    "checkpoint": Checkpoint,
    "complaint_dismissed": ComplaintDismissed,
    "deadline_breached": DeadlineBreached,
    "deadline_cancelled": DeadlineCancelled,
    "deadline_corrected": DeadlineCorrected,
    "deadline_met": DeadlineMet,
    "deadline_moved": DeadlineMoved,
    "deadline_paused": DeadlinePaused,
    "deadline_resumed": DeadlineResumed,
    "deadline_started": DeadlineStarted,
    "deadline_warned": DeadlineWarned,
    "delivery_failing": DeliveryFailing,
    "delivery_paused": DeliveryPaused,
    "delivery_resumed": DeliveryResumed,
    "dissolution_ordered": DissolutionOrdered,
    "dissolution_revoked": DissolutionRevoked,
    "entrustment_ended": EntrustmentEnded,
    "entrustment_passed": EntrustmentPassed,
    "entrustment_renewed": EntrustmentRenewed,
    "epoch_opened": EpochOpened,
    "follower_settled": FollowerSettled,
    "hold_confirmed": HoldConfirmed,
    "hold_lifted": HoldLifted,
    "hold_placed": HoldPlaced,
    "offline_query_asked": OfflineQueryAsked,
    "personal_data_erased": PersonalDataErased,
    "probe": Probe,
    "query_admitted": QueryAdmitted,
    "query_answered": QueryAnswered,
    "query_asked": QueryAsked,
    "query_complained": QueryComplained,
    "query_corrected": QueryCorrected,
    "query_directed": QueryDirected,
    "query_material_added": QueryMaterialAdded,
    "query_not_admitted": QueryNotAdmitted,
    "query_passed_on": QueryPassedOn,
    "query_refused": QueryRefused,
    "query_withdrawn": QueryWithdrawn,
    "records_added": RecordsAdded,
    "rulebook_published": RulebookPublished,
    "subscription_changed": SubscriptionChanged,
    "subscription_confirmed": SubscriptionConfirmed,
    "subscription_ended": SubscriptionEnded,
    "subscription_not_confirmed": SubscriptionNotConfirmed,
    "subscription_opened": SubscriptionOpened,
    "subscription_paused": SubscriptionPaused,
    "subscription_resumed": SubscriptionResumed,
    "subscription_rotation_finished": SubscriptionRotationFinished,
    "subscription_secret_rotated": SubscriptionSecretRotated,
    "succeeded": Succeeded,
    "successor_assigned": SuccessorAssigned,
    "tip_assigned": TipAssigned,
    "tip_claimed": TipClaimed,
    "tip_corrected": TipCorrected,
    "tip_material_added": TipMaterialAdded,
    "tip_passed_on": TipPassedOn,
    "tip_result_returned": TipResultReturned,
    "tip_shared": TipShared,
    "tip_transfer_noted": TipTransferNoted,
    "tip_withdrawn": TipWithdrawn,
    "urgent_offline_query_asked": UrgentOfflineQueryAsked,
    "urgent_query_asked": UrgentQueryAsked,
}
