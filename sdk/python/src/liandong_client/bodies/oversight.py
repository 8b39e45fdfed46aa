"""What the events of oversight tell. Made by `make docs`: do not edit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from liandong_client.bodies.every import Act


class FilingsAct(Act):
    """What most events of filings tell."""
    kind: str
    chapter: str
    case: str
    report: int
    number: str
    filed_by: str
    filed_on: date


class TaskReportsAct(Act):
    """What most events of task-reports tell."""
    chapter: str
    collection: str
    case: str
    report: int
    reporter: str
    delivered_on: date
    reported: tuple[int, ...]
    tasks: tuple[str, ...]
    awaited: tuple[str, ...]


class SupervisionAct(Act):
    """What most events of supervision tell."""
    target: str
    issuer: str
    kind: str
    step: int
    breaches: tuple[Mapping[str, Any], ...]


class ConferencesAct(Act):
    """What most events of conferences tell."""
    session: int


class AccountabilityAct(Act):
    """What most events of accountability tell."""
    meant: str
    situations: tuple[str, ...]
    reporter: str
    offices: tuple[str, ...]
    plan: str


class FilingReceived(FilingsAct, key="oversight.filing_received"):
    """已收到备案材料. Filing received: sent when something was delivered for filing."""


class FilingRegistered(FilingsAct, key="oversight.filing_registered"):
    """已登记备案. Filing registered: sent when justice has registered it."""
    filing_number: str


class FilingReturned(FilingsAct, key="oversight.filing_returned"):
    """已退回补报. Filing returned: sent when justice has returned it for what lacks."""
    ground: str
    lacks: int


class TaskReportDelivered(TaskReportsAct, key="oversight.task_report_delivered"):
    """任务落实情况已送两家. Task report delivered: sent when an agency has reported on tasks, and both offices have
    it."""
    office: tuple[Mapping[str, Any], ...]


class TaskReportRegistered(TaskReportsAct, key="oversight.task_report_registered"):
    """任务落实情况已签收. Task report registered: sent when an office has registered it."""
    office: tuple[str, ...]


class Succeeded(FilingsAct, key="oversight.succeeded"):
    """已承继. Succeeded: sent when a party ended and its successor, or justice, has taken over its part."""
    former: str
    successor: str
    document: str
    last_day: date
    custodian: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None


class SuccessorAssigned(FilingsAct, key="oversight.successor_assigned"):
    """已指定承继机关. Successor assigned: sent when justice has named who takes over a case it held."""
    former: str
    successor: str
    document: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None


class TaskReportSucceeded(TaskReportsAct, key="oversight.task_report_succeeded"):
    """任务落实情况已承继. Task report succeeded: sent when a party ended and its successor, or justice, has taken over
    its part."""
    former: str
    successor: str
    document: str
    last_day: date
    custodian: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None


class TaskReportSuccessorAssigned(TaskReportsAct, key="oversight.task_report_successor_assigned"):
    """任务落实情况已指定承继机关. Task report successor assigned: sent when justice has named who takes over a case it
    held."""
    former: str
    successor: str
    document: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None


class SupervisionIssued(SupervisionAct, key="oversight.supervision_issued"):
    """已发出督查文书. Supervision issued: sent when a step of supervision was taken."""
    answer_by: date
    number: str | None = None


class SupervisionAnswered(SupervisionAct, key="oversight.supervision_answered"):
    """已答复督查. Supervision answered: sent when who is supervised has answered."""
    reporter: str


class DelayExplained(SupervisionAct, key="oversight.delay_explained"):
    """已说明延误. Delay explained: sent when who is supervised has explained the delay."""
    ground: str


class ExplanationAccepted(SupervisionAct, key="oversight.explanation_accepted"):
    """延误说明已采纳. Explanation accepted: sent when the explanation was accepted: the delay is excused."""


class ExplanationRejected(SupervisionAct, key="oversight.explanation_rejected"):
    """延误说明未采纳. Explanation rejected: sent when the explanation was not accepted."""


class SupervisionClosed(SupervisionAct, key="oversight.supervision_closed"):
    """已销号. Supervision closed: sent when its issuer has closed it."""


class SupervisionSucceeded(SupervisionAct, key="oversight.supervision_succeeded"):
    """督查已承继. Supervision succeeded: sent when a party ended and its successor, or justice, has taken over its
    part."""
    former: str
    successor: str
    document: str
    last_day: date
    custodian: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None


class SupervisionSuccessorAssigned(SupervisionAct, key="oversight.supervision_successor_assigned"):
    """督查已指定承继机关. Supervision successor assigned: sent when justice has named who takes over a case it held."""
    former: str
    successor: str
    document: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None


class ConferenceDue(ConferencesAct, key="oversight.conference_due"):
    """应当召集联席会议. Conference due: sent when the period for the next conference has begun."""
    previous: str


class ConferenceCalled(ConferencesAct, key="oversight.conference_called"):
    """已召集联席会议. Conference called: sent when justice has called it, or called it anew for another day or
    place."""
    meets_on: date
    members: tuple[str, ...]


class AgendaSet(ConferencesAct, key="oversight.agenda_set"):
    """已设置议题. Agenda set: sent when justice has set the agenda."""
    items: tuple[Mapping[str, Any], ...]


class AttendanceRecorded(ConferencesAct, key="oversight.attendance_recorded"):
    """已报名参会. Attendance recorded: sent when a member has said who attends."""
    member: str


class AbsenceRecorded(ConferencesAct, key="oversight.absence_recorded"):
    """已登记缺席. Absence recorded: sent when justice has recorded that a member is absent."""
    member: str


class ConferenceHeld(ConferencesAct, key="oversight.conference_held"):
    """已召开联席会议. Conference held: sent when it was held."""
    present: tuple[str, ...]
    absent: tuple[str, ...]


class ResolutionRecorded(ConferencesAct, key="oversight.resolution_recorded"):
    """已登记议定事项. Resolutions recorded: sent when its minutes are recorded."""
    number: str
    resolution: tuple[Mapping[str, Any], ...]


class ResolutionReported(ConferencesAct, key="oversight.resolution_reported"):
    """已报告议定事项落实情况. Resolution reported: sent when an owner has reported on a resolution."""
    resolution: tuple[str, ...]
    report: int
    reported: tuple[int, ...]
    tasks: tuple[str, ...]


class ResolutionDone(ConferencesAct, key="oversight.resolution_done"):
    """议定事项已办结. Resolution done: sent when an owner has reported that it is done."""
    resolution: tuple[str, ...]
    report: int
    reported: tuple[int, ...]
    tasks: tuple[str, ...]


class ConferenceSucceeded(ConferencesAct, key="oversight.conference_succeeded"):
    """联席会议事项已承继. Conference succeeded: sent when a party ended and its successor, or justice, has taken over
    its part."""
    former: str
    successor: str
    document: str
    last_day: date
    custodian: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None


class ConferenceSuccessorAssigned(ConferencesAct, key="oversight.conference_successor_assigned"):
    """联席会议事项已指定承继机关. Conference successor assigned: sent when justice has named who takes over a case it
    held."""
    former: str
    successor: str
    document: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None


class AccountabilityEntered(AccountabilityAct, key="oversight.accountability_entered"):
    """已录入问责线索. Accountability entered: sent when it was entered and is not reported yet."""


class HintSetAside(AccountabilityAct, key="oversight.hint_set_aside"):
    """不采纳问责提示. Hint set aside: sent when it was set aside with a reason."""


class AccountabilityReported(AccountabilityAct, key="oversight.accountability_reported"):
    """已报告问责线索. Accountability reported: sent when it was reported to discipline and justice in one act."""


class AccountabilityReceived(AccountabilityAct, key="oversight.accountability_received"):
    """问责线索已签收. Accountability received: sent when discipline has signed for it."""


class AccountabilityConcluded(AccountabilityAct, key="oversight.accountability_concluded"):
    """已反馈问责结果. Accountability concluded: sent when discipline has told what came of it."""


class AccountabilitySucceeded(AccountabilityAct, key="oversight.accountability_succeeded"):
    """问责线索已承继. Accountability succeeded: sent when a party ended and its successor, or justice, has taken over
    its part."""
    former: str
    successor: str
    document: str
    last_day: date
    custodian: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None


class AccountabilitySuccessorAssigned(AccountabilityAct, key="oversight.accountability_successor_assigned"):
    """问责线索已指定承继机关. Accountability successor assigned: sent when justice has named who takes over a case it
    held."""
    former: str
    successor: str
    document: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None
