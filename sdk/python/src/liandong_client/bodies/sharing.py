"""What the events of sharing tell. Made by `make docs`: do not edit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from liandong_client.bodies.every import Act


class AgenciesAct(Act):
    """What most events of agencies tell."""
    registered: Mapping[str, Any]
    document: str


class CatalogueAct(Act):
    """What most events of catalogue tell."""
    publisher: str
    title: str
    category: str
    version: int
    data_on: date | None
    ways: tuple[str, ...]


class QueriesAct(Act):
    """What most events of queries tell."""
    asker: str
    holder: str
    kind: str
    basis_ended: bool | None = None


class TipsAct(Act):
    """What most events of tips tell."""
    sharer: str
    candidates: tuple[str, ...]
    claimer: str
    basis_ended: bool | None = None


class SubscriptionsAct(Act):
    """What most events of subscriptions tell."""
    subscriber: str
    carrier: str
    types: tuple[str, ...]


class AgencyRegistered(AgenciesAct, key="sharing.agency_registered"):
    """机关已登记. Agency registered: sent when an agency has come into the register."""
    entrustment: tuple[Mapping[str, Any], ...]


class AgencyChanged(AgenciesAct, key="sharing.agency_changed"):
    """机关登记已变更. Agency changed: sent when what the register says of an agency has changed."""
    former: str | None = None
    standing: str | None = None
    successors: tuple[str, ...] | None = None


class EntrustmentRenewed(AgenciesAct, key="sharing.entrustment_renewed"):
    """委托已续签. Entrustment renewed: sent when an entrustment was renewed or changed."""
    entrustment: tuple[Mapping[str, Any], ...]


class DissolutionOrdered(AgenciesAct, key="sharing.dissolution_ordered"):
    """已决定撤销. Dissolution ordered: sent when an agency is to end: its last day and who takes over are known."""
    former: str
    last_day: date
    successors: tuple[str, ...]
    split: bool


class AgencyDissolved(AgenciesAct, key="sharing.agency_dissolved"):
    """机关已撤销. Agency dissolved: sent when an agency has ended."""
    former: str
    last_day: date
    successors: tuple[str, ...]
    split: bool
    entrustment: tuple[Mapping[str, Any], ...]
    standing: str


class DissolutionRevoked(AgenciesAct, key="sharing.dissolution_revoked"):
    """撤销登记已撤回. Dissolution revoked: sent when it does not end after all."""
    former: str | None = None


class EntrustmentPassed(AgenciesAct, key="sharing.entrustment_passed"):
    """委托关系已承继. Entrustment passed on: sent when the successor of who entrusts it goes on."""
    former: str
    principal: str


class EntrustmentEnded(AgenciesAct, key="sharing.entrustment_ended"):
    """委托关系已终止. Entrustment ended: sent when who entrusted it has ended, and so does the entrustment."""
    former: str
    principal: str
    entrustment: tuple[Mapping[str, Any], ...]


class RulebookPublished(Act, key="sharing.rulebook_published"):
    """规则已发布. Rulebook published: sent when a version of the rulebook was published."""
    rulebook: str
    version: str
    title: str
    valid_from: date
    valid_to: date | None
    text: str


class CalendarPublished(Act, key="sharing.calendar_published"):
    """年度日历已发布. Calendar published: sent when a year's working days were published."""
    year: int
    notice: str
    provisional: bool
    file: Mapping[str, Any]


class BasisSet(Act, key="sharing.basis_set"):
    """延续依据已确定. Basis set: sent when justice has set what carries the regulation on."""
    rulebook: str
    basis: Mapping[str, Any]


class CataloguePublished(CatalogueAct, key="sharing.catalogue_published"):
    """目录条目已公布. Entry published: sent when an agency has published what it holds."""


class CatalogueRevised(CatalogueAct, key="sharing.catalogue_revised"):
    """目录条目已修改. Entry revised: sent when an entry was revised."""


class CatalogueRefreshed(CatalogueAct, key="sharing.catalogue_refreshed"):
    """目录数据日期已更新. Entry refreshed: sent when its data are newer."""


class CatalogueWithdrawn(CatalogueAct, key="sharing.catalogue_withdrawn"):
    """目录条目已撤下. Entry withdrawn: sent when an entry was withdrawn."""


class QueryAsked(QueriesAct, key="sharing.query_asked"):
    """已提出查询. Query asked: sent when a query was asked: its three days begin."""
    category: str
    purpose: str
    assistance: str
    way: str
    case: str
    group: str
    passed_from: str
    passed_by: str | None = None
    basis: str | None = None


class UrgentQueryAsked(QueriesAct, key="sharing.urgent_query_asked"):
    """已提出特别紧急查询. Urgent query asked: sent when an urgent query was asked."""
    category: str
    purpose: str
    assistance: str
    way: str
    case: str
    group: str
    passed_from: str
    passed_by: str | None = None
    basis: str | None = None


class OfflineQueryAsked(QueriesAct, key="sharing.offline_query_asked"):
    """已登记书面或者电话查询. Offline query asked: sent when a query on paper or by phone was entered."""
    category: str
    purpose: str
    assistance: str
    way: str
    case: str
    group: str
    passed_from: str
    passed_by: str | None = None
    basis: str | None = None


class UrgentOfflineQueryAsked(QueriesAct, key="sharing.urgent_offline_query_asked"):
    """已登记紧急书面或者电话查询. Urgent offline query asked: sent when an urgent query on paper or by phone was entered."""
    category: str
    purpose: str
    assistance: str
    way: str
    case: str
    group: str
    passed_from: str
    passed_by: str | None = None
    basis: str | None = None


class AssistanceAsked(QueriesAct, key="sharing.assistance_asked"):
    """已请求协助. Assistance asked for: sent when assistance was asked for."""
    category: str
    purpose: str
    assistance: str
    way: str
    case: str
    group: str
    passed_from: str
    passed_by: str | None = None
    basis: str | None = None


class QueryAdmitted(QueriesAct, key="sharing.query_admitted"):
    """查询认证通过. Query admitted: sent when who asked is who it says."""


class QueryNotAdmitted(QueriesAct, key="sharing.query_not_admitted"):
    """查询认证未通过. Query not admitted: sent when who asked could not be confirmed."""


class QueryMaterialAdded(Act, key="sharing.query_material_added"):
    """查询已添加材料. Query material added: sent when a material was added to a query."""
    material: int
    kind: str


class QueryAnswered(QueriesAct, key="sharing.query_answered"):
    """查询已答复. Query answered: sent when the holder has answered, whole or in part."""
    answer: str
    materials: int
    records: int
    law_to_check: bool | None = None


class AssistanceGiven(QueriesAct, key="sharing.assistance_given"):
    """已提供协助. Assistance given: sent when the holder has assisted."""
    answer: str
    materials: int
    records: int


class QueryPassedOn(QueriesAct, key="sharing.query_passed_on"):
    """查询已转持有机关. Query passed on: sent when it went on to who holds it."""
    to: str


class QueryRefused(QueriesAct, key="sharing.query_refused"):
    """查询已依法拒绝. Query refused: sent when the holder has refused on a named law."""
    law: str
    law_article: str
    law_to_check: bool | None = None


class QueryComplained(QueriesAct, key="sharing.query_complained"):
    """已提出异议. Query complained of: sent when who asked has complained to justice."""
    about: str


class QueryDirected(QueriesAct, key="sharing.query_directed"):
    """已责令提供. Query directed: sent when the holder was directed to answer."""


class ComplaintDismissed(QueriesAct, key="sharing.complaint_dismissed"):
    """异议已驳回. Complaint dismissed: sent when the complaint was dismissed."""


class QueryWithdrawn(QueriesAct, key="sharing.query_withdrawn"):
    """查询已撤回. Query withdrawn: sent when the query was withdrawn."""


class QueryCorrected(QueriesAct, key="sharing.query_corrected"):
    """查询已更正. Query corrected: sent when an earlier act was put right."""
    corrected: str
    corrected_act: str
    field: str
    number: str
    was_on: date | None = None
    right_on: date | None = None
    law_to_check: bool | None = None


class TipShared(TipsAct, key="sharing.tip_shared"):
    """案源已推送. Tip shared: sent when a tip was shared: nobody is definitely competent."""
    kind: str
    cause: str
    received_on: date
    origin_kind: str | None = None
    origin_ref: str | None = None
    origin_cause: str | None = None
    basis: str | None = None


class TipMaterialAdded(TipsAct, key="sharing.tip_material_added"):
    """案源已添加材料. Tip material added: sent when a material was added."""
    material: int
    kind: str


class TipClaimed(TipsAct, key="sharing.tip_claimed"):
    """案源已认领. Tip claimed: sent when an agency has claimed it."""
    claim: int


class TipPassedOn(TipsAct, key="sharing.tip_passed_on"):
    """案源已转送. Tip passed on: sent when who had claimed it has passed it on."""
    claim: int
    passed_on_by: str
    objection: bool


class TipAssigned(TipsAct, key="sharing.tip_assigned"):
    """案源已指派. Tip assigned: sent when justice has assigned it."""
    claim: int


class TipTransferNoted(TipsAct, key="sharing.tip_transfer_noted"):
    """案源移送已记录. Tip transfer noted: sent when the transfer it became has moved on."""
    transfer: str
    transfer_state: str
    noted_on: date


class TipResultReturned(TipsAct, key="sharing.tip_result_returned"):
    """案源结果已反馈. Tip result returned: sent when who claimed it has told its result."""
    outcome: str
    transfer: str


class TipWithdrawn(TipsAct, key="sharing.tip_withdrawn"):
    """案源已撤回. Tip withdrawn: sent when the tip was withdrawn."""


class TipCorrected(TipsAct, key="sharing.tip_corrected"):
    """案源已更正. Tip corrected: sent when an earlier act was put right."""
    corrected: str
    corrected_act: str
    field: str
    number: str
    was_on: date | None = None
    right_on: date | None = None


class RecordsAdded(Act, key="sharing.records_added"):
    """执法档案已报送. Records added: sent when an agency has delivered records."""
    categories: Mapping[str, Any]
    new: int
    replaced: int
    unchanged: int
    digest: str
    data_on: Mapping[str, Any]


class HoldPlaced(Act, key="sharing.hold_placed"):
    """已保全. Hold placed: sent when a case or a person's data are held."""
    held: Mapping[str, Any]
    document: str


class HoldConfirmed(Act, key="sharing.hold_confirmed"):
    """已续行保全. Hold confirmed: sent when a hold goes on."""


class HoldLifted(Act, key="sharing.hold_lifted"):
    """已解除保全. Hold lifted: sent when a hold was lifted."""
    document: str


class SubscriptionOpened(SubscriptionsAct, key="sharing.subscription_opened"):
    """已订阅. Subscribed: sent when an agency subscribes."""


class SubscriptionChanged(SubscriptionsAct, key="sharing.subscription_changed"):
    """订阅已变更. Subscription changed: sent when its types, contact or address change."""


class SubscriptionConfirmed(SubscriptionsAct, key="sharing.subscription_confirmed"):
    """接收地址已验证. Address confirmed: sent when the webhook's address gave the challenge back: it is sent to from
    now on."""


class SubscriptionNotConfirmed(SubscriptionsAct, key="sharing.subscription_not_confirmed"):
    """接收地址验证未通过. Address not confirmed: sent when the webhook's address did not give the challenge back,
    however often it was tried."""


class SubscriptionSecretRotated(SubscriptionsAct, key="sharing.subscription_secret_rotated"):
    """签名密钥已更换. Secret rotated: sent when the webhook has a new secret; both sign."""


class SubscriptionRotationFinished(SubscriptionsAct, key="sharing.subscription_rotation_finished"):
    """签名密钥更换已完成. Rotation finished: sent when the secret before signs no more."""


class SubscriptionPaused(SubscriptionsAct, key="sharing.subscription_paused"):
    """推送已暂停. Subscription paused: sent when nothing is sent until it is resumed."""


class SubscriptionResumed(SubscriptionsAct, key="sharing.subscription_resumed"):
    """推送已恢复. Subscription resumed: sent when it goes on."""


class SubscriptionEnded(SubscriptionsAct, key="sharing.subscription_ended"):
    """订阅已终止. Subscription ended: sent when it has ended, by its agency or with it."""


class Succeeded(Act, key="sharing.succeeded"):
    """已承继. Succeeded: sent when a party ended and its successor, or justice, has taken over its part."""
    former: str
    successor: str
    document: str
    last_day: date
    custodian: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None
    asker: str | None = None
    holder: str | None = None
    kind: str | None = None
    sharer: str | None = None
    candidates: tuple[str, ...] | None = None
    claimer: str | None = None
    publisher: str | None = None
    title: str | None = None
    category: str | None = None
    version: int | None = None
    data_on: date | None = None
    ways: tuple[str, ...] | None = None
    basis_ended: bool | None = None


class SuccessorAssigned(Act, key="sharing.successor_assigned"):
    """已指定承继机关. Successor assigned: sent when justice has named who takes over a case it held."""
    former: str
    successor: str
    document: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None
    asker: str | None = None
    holder: str | None = None
    kind: str | None = None
    sharer: str | None = None
    candidates: tuple[str, ...] | None = None
    claimer: str | None = None
    publisher: str | None = None
    title: str | None = None
    category: str | None = None
    version: int | None = None
    data_on: date | None = None
    ways: tuple[str, ...] | None = None
    basis_ended: bool | None = None
