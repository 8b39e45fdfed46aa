"""What the events of joint tell. Made by `make docs`: do not edit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from liandong_client.bodies.every import Act


class PlansAct(Act):
    """What most events of plans tell."""
    lead: str
    participants: tuple[str, ...]
    route: str
    version: int
    basis_ended: bool | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None


class InterimMeasureRecorded(PlansAct, key="joint.interim_measure_recorded"):
    """已记录继续履行职责. Interim measure recorded: sent when an agency has recorded what it did in the meantime."""
    measure: int
    measure_of: tuple[Mapping[str, Any], ...]
    taken_on: date


class RelatedAdded(PlansAct, key="joint.related_added"):
    """已增列相关部门. Related agency added: sent when justice has added an agency."""
    related: str


class ContinuationRecorded(PlansAct, key="joint.continuation_recorded"):
    """已说明继续履职安排. Continuation recorded: sent when the lead has said how it goes on without the action."""


class Drafted(PlansAct, key="joint.drafted"):
    """已拟订方案. Drafted: sent when a plan was drafted."""
    grounds: tuple[str, ...]
    time_limit: date | None = None
    basis: str | None = None


class Revised(PlansAct, key="joint.revised"):
    """方案已修改. Revised: sent when the plan was revised."""
    grounds: tuple[str, ...]
    time_limit: date | None = None
    consultation: tuple[Mapping[str, Any], ...] | None = None


class LeadAssigned(PlansAct, key="joint.lead_assigned"):
    """已指定主要牵头部门. Lead assigned: sent when a superior or the government has named the lead of a campaign."""
    grounds: tuple[str, ...]
    document: str
    basis: str | None = None


class DecidedDirectly(PlansAct, key="joint.decided_directly"):
    """市政府已直接决定. Decided directly: sent when the government has decided on the action itself."""
    grounds: tuple[str, ...]
    number: str
    paper: str
    material: int
    basis: str | None = None


class Consulted(PlansAct, key="joint.consulted"):
    """已征求意见. Consulted: sent when the lead has asked those named for their opinion."""
    consultation: tuple[Mapping[str, Any], ...]
    due_on: date


class ConsultationAnswered(PlansAct, key="joint.consultation_answered"):
    """已答复意见. Consultation answered: sent when an agency has answered."""
    consultation: str
    answer: str


class MaterialAdded(PlansAct, key="joint.material_added"):
    """已添加材料. Material added: sent when a material was added."""
    material: int
    kind: str


class Withdrawn(PlansAct, key="joint.withdrawn"):
    """已撤回方案. Withdrawn: sent when the lead has withdrawn the plan."""


class Presented(PlansAct, key="joint.presented"):
    """已呈报市政府. Presented: sent when justice has presented it to the government."""
    number: str


class Approved(PlansAct, key="joint.approved"):
    """已批准. Approved: sent when the government's approval was recorded."""
    number: str
    paper: str
    effective_on: date
    time_limit: date
    conditions: int


class Rejected(PlansAct, key="joint.rejected"):
    """不予批准. Rejected: sent when the government's rejection was recorded."""
    number: str
    paper: str


class Submitted(PlansAct, key="joint.submitted"):
    """已报送. Submitted: sent when the lead has submitted the plan."""
    grounds: tuple[str, ...]
    time_limit: date
    number: str
    unanswered: tuple[str, ...]


class Reviewed(PlansAct, key="joint.reviewed"):
    """已审核. Reviewed: sent when justice has passed the plan."""
    number: str


class Returned(PlansAct, key="joint.returned"):
    """已退回修改. Returned: sent when justice or the government has returned it."""
    number: str
    paper: str | None = None


class Started(PlansAct, key="joint.started"):
    """已启动. Started: sent when the action has begun."""
    tasks: tuple[Mapping[str, Any], ...]
    time_limit: date
    action: tuple[str, ...]
    participant: tuple[str, ...]


class Dispatched(PlansAct, key="joint.dispatched"):
    """已调度. Dispatched: sent when those named were dispatched."""
    dispatch: tuple[Mapping[str, Any], ...]
    meeting_at: datetime


class DispatchConfirmed(PlansAct, key="joint.dispatch_confirmed"):
    """已确认调度. Dispatch confirmed: sent when an agency has confirmed, or said that it cannot come."""
    dispatch: str
    comes: bool


class TaskReported(PlansAct, key="joint.task_reported"):
    """已报告任务落实情况. Task reported: sent when an agency has reported on its tasks."""
    report: int
    tasks: tuple[str, ...]
    reported: tuple[int, ...]


class DecisionRecorded(PlansAct, key="joint.decision_recorded"):
    """已作出处理决定. Decision recorded: sent when an agency has decided in its own name."""
    decision: int
    kind: str
    cause: str
    number: str
    fine: int
    same_fine: tuple[int, ...]


class FindingRecorded(PlansAct, key="joint.finding_recorded"):
    """已记录线索. Finding recorded: sent when something was found that is the finder's own or nobody's yet."""
    finding: Mapping[str, Any]
    cause: str
    remit: str
    own_case: str
    to: str
    unclear: tuple[Mapping[str, Any], ...]


class FindingToHandOn(PlansAct, key="joint.finding_to_hand_on"):
    """线索应当移送. Finding to hand on: sent when something was found that is another agency's."""
    finding: Mapping[str, Any]
    cause: str
    remit: str
    own_case: str
    to: str


class FindingHandedOn(PlansAct, key="joint.finding_handed_on"):
    """线索已移送. Finding handed on: sent when what was found was handed on."""
    finding: Mapping[str, Any]
    transfer: str | None = None
    tip: str | None = None
    to: str
    announced_on: date
    unclear: tuple[Mapping[str, Any], ...]


class FindingSettled(Act, key="joint.finding_settled"):
    """线索已查明. Finding settled: sent when what was unclear turned out to be the finder's own, or nothing."""
    lead: str | None = None
    participants: tuple[str, ...] | None = None
    route: str
    version: int | None = None
    basis_ended: bool | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    finding: Mapping[str, Any]
    outcome: str
    own_case: str
    unclear: tuple[Mapping[str, Any], ...]


class AmendmentProposed(PlansAct, key="joint.amendment_proposed"):
    """已提出变更. Amendment proposed: sent when the lead has proposed an amendment."""
    amendment: int
    items: tuple[str, ...]
    minor: bool
    action: tuple[str, ...]


class AmendmentReviewed(PlansAct, key="joint.amendment_reviewed"):
    """变更已审查. Amendment reviewed: sent when justice has passed it."""
    amendment: int
    number: str
    action: tuple[str, ...]


class AmendmentReturned(PlansAct, key="joint.amendment_returned"):
    """变更已退回. Amendment returned: sent when justice has returned it."""
    amendment: int
    number: str
    action: tuple[str, ...]


class AmendmentPresented(PlansAct, key="joint.amendment_presented"):
    """变更已呈报. Amendment presented: sent when justice has presented it to the government."""
    amendment: int
    number: str


class Amended(PlansAct, key="joint.amended"):
    """已变更. Amended: sent when the plan is changed: its new version holds."""
    amendment: int
    items: tuple[str, ...]
    minor: bool
    number: str
    paper: str | None = None
    effective_on: date
    time_limit: date
    tasks: tuple[Mapping[str, Any], ...]
    dispatch: tuple[Mapping[str, Any], ...]
    participant: tuple[str, ...]
    action: tuple[str, ...]
    replaces: Mapping[str, Any] | None = None


class AmendmentRejected(PlansAct, key="joint.amendment_rejected"):
    """变更未获批准. Amendment rejected: sent when the government has rejected it."""
    amendment: int
    number: str
    paper: str
    action: tuple[str, ...]


class EndProposed(PlansAct, key="joint.end_proposed"):
    """已提议结束. End proposed: sent when the lead has proposed to end the action."""


class Suspended(PlansAct, key="joint.suspended"):
    """已中止. Suspended: sent when the action stands still."""


class Resumed(PlansAct, key="joint.resumed"):
    """已恢复. Resumed: sent when the action goes on."""
    suspended_on: date


class Ended(PlansAct, key="joint.ended"):
    """已结束. Ended: sent when the action has ended, or was terminated."""
    ended_on: date
    presumed: bool
    terminated: bool
    tasks: tuple[Mapping[str, Any], ...]


class EndCorrected(PlansAct, key="joint.end_corrected"):
    """结束日期已更正. End corrected: sent when the true date of its end was put right."""
    ended_on: date
    was_on: date


class EndPresumed(PlansAct, key="joint.end_presumed"):
    """已推定结束. End presumed: sent when its limit has passed without end or extension."""
    ended_on: date
    presumed: bool
    terminated: bool
    tasks: tuple[Mapping[str, Any], ...]


class Reported(Act, key="joint.reported"):
    """已总结报告. Reported: sent when the summary went to the government."""
    lead: str | None = None
    participants: tuple[str, ...] | None = None
    route: str
    version: int | None = None
    basis_ended: bool | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    number: str
    ended_on: date
    delivered_to: tuple[str, ...]
    evaluated: int


class ReportRemarked(Act, key="joint.report_remarked"):
    """已对评价提出意见. Report remarked on: sent when an agency has remarked on its evaluation."""
    lead: str | None = None
    participants: tuple[str, ...] | None = None
    route: str
    version: int | None = None
    basis_ended: bool | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    remark: int


class Corrected(Act, key="joint.corrected"):
    """已更正. Corrected: sent when an earlier act was put right."""
    lead: str | None = None
    participants: tuple[str, ...] | None = None
    route: str
    version: int | None = None
    basis_ended: bool | None = None
    respondent_keys: tuple[str, ...] | None = None
    respondent_keys_gone: tuple[str, ...] | None = None
    corrected: str
    corrected_act: str
    field: str
    number: str
    was_on: date | None = None
    right_on: date | None = None


class Succeeded(PlansAct, key="joint.succeeded"):
    """已承继. Succeeded: sent when a party ended and its successor, or justice, has taken over its part."""
    former: str
    successor: str
    document: str
    last_day: date
    custodian: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None
    findings: tuple[int, ...] | None = None


class SuccessorAssigned(PlansAct, key="joint.successor_assigned"):
    """已指定承继机关. Successor assigned: sent when justice has named who takes over a case it held."""
    former: str
    successor: str
    document: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None
    findings: tuple[int, ...] | None = None
