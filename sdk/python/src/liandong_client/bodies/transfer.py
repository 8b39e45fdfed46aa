"""What the events of transfer tell. Made by `make docs`: do not edit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from liandong_client.bodies.every import Act


class CasesAct(Act):
    """What most events of cases tell."""
    sender: str
    receiver: str
    leg: int
    basis_ended: bool | None = None
    respondent_key: str | None = None


class Announced(CasesAct, key="transfer.announced"):
    """已事先通报. Announced: sent when the sender has told the receiver of the case."""
    way: str
    notified_on: date
    accepted_on: date
    cause: str
    ground: str
    powers_separated: bool
    related: tuple[str, ...]
    after: str | None = None
    first_announced_on: date | None = None
    days_since_first: int | None = None
    withdrawn_before: tuple[str, ...] | None = None
    origin_kind: str | None = None
    origin_ref: str | None = None
    basis: str | None = None


class PhoneOpened(CasesAct, key="transfer.phone_opened"):
    """已现场电话告知. Phoned: sent when a call from the scene has opened a case."""
    call: int
    called: str
    cause: str
    basis: str | None = None


class PhoneNotified(CasesAct, key="transfer.phone_notified"):
    """再次电话告知. Phoned again: sent when a call from the scene was made in a case."""
    call: int
    called: str


class PhoneResponded(CasesAct, key="transfer.phone_responded"):
    """已到场处置. Call answered: sent when who was called has said whether it came and what it did."""
    call: int
    came: str


class MeasureRecorded(Act, key="transfer.measure_recorded"):
    """已先期处置. Measure recorded: sent when a first measure was recorded."""
    kind: str
    taken_on: date
    respondent_key: str | None = None


class MaterialAdded(Act, key="transfer.material_added"):
    """已添加材料. Material added: sent when a material was added to the case."""
    material: int
    kind: str
    respondent_key: str | None = None


class LetterIssued(CasesAct, key="transfer.letter_issued"):
    """已发出移送函. Letter issued: sent when the letter of annex 1 was issued."""
    number: str
    materials: int


class LetterReissued(CasesAct, key="transfer.letter_reissued"):
    """已作废重发移送函. Letter issued again: sent when a wrong letter was voided and issued again under a new
    number."""
    number: str
    materials: int
    voided: tuple[str, ...]


class Delivered(CasesAct, key="transfer.delivered"):
    """已送达. Delivered: sent when the letter was delivered."""
    way: str


class Received(CasesAct, key="transfer.received"):
    """已出具接收回执. Received: sent when the receiver has signed the receipt of annex 2."""
    number: str
    delivered_on: date
    presumed: bool
    presumption_undone: date | None = None


class ReceivedLate(CasesAct, key="transfer.received_late"):
    """推定接收后出具回执. Received late: sent when the receiver has signed after reception had been presumed."""
    number: str
    delivered_on: date
    presumed: bool


class ReceptionPresumed(CasesAct, key="transfer.reception_presumed"):
    """已推定接收. Reception presumed: sent when nobody signed in time and the suite presumes reception."""
    deadline: str
    delivered_on: date | None
    presumed: bool


class PresumptionUndone(CasesAct, key="transfer.presumption_undone"):
    """推定接收已撤销. Presumption undone: sent when a date put right has undone the presumed reception."""
    deadline: str
    presumed: bool
    presumed_on: date


class SupplementRequested(CasesAct, key="transfer.supplement_requested"):
    """已告知补正. Supplement requested: sent when the receiver has asked in writing for what lacks."""
    number: str
    items: int
    supplement_by: date
    second: bool


class Supplemented(CasesAct, key="transfer.supplemented"):
    """已补正. Supplemented: sent when the sender has supplemented, or said that it cannot."""
    round: int
    materials: int
    unable: bool


class Accepted(CasesAct, key="transfer.accepted"):
    """已受理. Accepted: sent when the receiver has accepted the case."""
    number: str


class Refused(CasesAct, key="transfer.refused"):
    """已退回. Refused: sent when the receiver has refused the case and returns it."""
    number: str
    ground: str
    refusals: int
    bounced: bool


class ReturnSigned(CasesAct, key="transfer.return_signed"):
    """已签收退回. Return signed for: sent when the sender has signed for what came back."""
    lacks: int


class Rerouted(CasesAct, key="transfer.rerouted"):
    """已重新确定接收机关. Rerouted: sent when the sender has told another receiver."""
    way: str
    notified_on: date


class Ended(CasesAct, key="transfer.ended"):
    """已终止移送. Ended: sent when the sender keeps the case, or nobody goes on with it."""
    kept: bool


class Disputed(CasesAct, key="transfer.disputed"):
    """已提请协调争议. Disputed: sent when a dispute was taken to justice."""
    dispute: int
    ground: str
    from_state: str
    interim_holder: str
    rulers: tuple[str, ...]


class ViewStated(CasesAct, key="transfer.view_stated"):
    """已陈述意见. View stated: sent when a side of the dispute has stated its view."""
    dispute: int


class RuledReceived(CasesAct, key="transfer.ruled_received"):
    """明确由接收机关审查. Ruled: received: sent when the ruling has the receiver examine the case."""
    dispute: int
    number: str
    outcome: str
    notified_on: date
    joint_action: bool
    to_staffing: bool


class RuledAccepted(CasesAct, key="transfer.ruled_accepted"):
    """明确由接收机关办理. Ruled: accepted: sent when the ruling has the receiver go on with the case."""
    dispute: int
    number: str
    outcome: str
    notified_on: date
    joint_action: bool
    to_staffing: bool


class RuledIssued(CasesAct, key="transfer.ruled_issued"):
    """明确由接收机关接收. Ruled: to be received: sent when the ruling has the receiver sign for the letter."""
    dispute: int
    number: str
    outcome: str
    notified_on: date
    joint_action: bool
    to_staffing: bool


class RuledAnnounced(CasesAct, key="transfer.ruled_announced"):
    """明确由第三机关办理. Ruled: a third agency: sent when the ruling names a third agency, and is its notice."""
    dispute: int
    number: str
    outcome: str
    notified_on: date
    joint_action: bool
    to_staffing: bool


class RuledEnded(CasesAct, key="transfer.ruled_ended"):
    """明确由移送机关处理. Ruled: the sender: sent when the ruling has the sender keep the case."""
    dispute: int
    number: str
    outcome: str
    notified_on: date
    joint_action: bool
    to_staffing: bool


class WithdrawalConsented(CasesAct, key="transfer.withdrawal_consented"):
    """已同意撤回. Withdrawal consented to: sent when the receiver has consented to a withdrawal."""
    round: int


class Withdrawn(CasesAct, key="transfer.withdrawn"):
    """已撤回移送. Withdrawn: sent when the sender has withdrawn the transfer."""
    voided: tuple[str, ...]


class ReferredCriminal(CasesAct, key="transfer.referred_criminal"):
    """已移送公安. Referred to the police: sent when the case goes to the police as a suspected crime."""
    referral: int
    from_state: str
    referrer: str
    police: str


class CriminalDelivered(CasesAct, key="transfer.criminal_delivered"):
    """已送交公安. Delivered to the police: sent when the file was handed to the police."""
    referral: int


class ReturnedCriminal(CasesAct, key="transfer.returned_criminal"):
    """公安已退回. Returned by the police: sent when the police have returned the case."""
    referral: int
    number: str
    to_state: str


class CriminalClosed(CasesAct, key="transfer.criminal_closed"):
    """公安已立案. Filed by the police: sent when the police have filed the case."""
    referral: int
    number: str


class CriminalHandedOver(CasesAct, key="transfer.criminal_handed_over"):
    """已移交涉案物品和材料. Things handed over: sent when things and papers were handed to the police."""
    referral: int


class CaseFiled(CasesAct, key="transfer.case_filed"):
    """已立案. Case filed: sent when the receiver has filed the case."""
    number: str


class ProgressAsked(CasesAct, key="transfer.progress_asked"):
    """已询问进展. Progress asked for: sent when the sender has asked how the case stands."""
    note: int


class ProgressGiven(CasesAct, key="transfer.progress_given"):
    """已告知进展. Progress given: sent when the receiver has said how the case stands."""
    note: int


class DecisionRecorded(CasesAct, key="transfer.decision_recorded"):
    """已作出处理决定. Decision recorded: sent when the receiver has decided the case."""
    number: str


class DecisionServed(CasesAct, key="transfer.decision_served"):
    """处理决定已送达. Decision served: sent when the decision was served on the respondent."""
    way: str


class Closed(CasesAct, key="transfer.closed"):
    """已办结. Closed: sent when the receiver has closed the case, or not filed it."""
    outcome: str
    decision_number: str | None = None
    decision_on: date | None = None


class ClosureReported(CasesAct, key="transfer.closure_reported"):
    """已通报结案. Closure reported: sent when the closing report went to the sender and is filed with justice."""
    number: str
    report: int
    closed_on: date
    filed_with: tuple[str, ...]


class FilingReturned(CasesAct, key="transfer.filing_returned"):
    """备案已退回. Filing returned: sent when justice has returned the filing."""
    filing: str
    returned_on: date
    report: int


class Reopened(CasesAct, key="transfer.reopened"):
    """已恢复办理. Reopened: sent when review, judgment or new facts have reopened the case."""
    ground: str
    document: str
    closed_on: date
    times: int


class Corrected(CasesAct, key="transfer.corrected"):
    """已更正. Corrected: sent when an earlier act was put right."""
    corrected: str
    corrected_act: str
    field: str
    number: str
    was_on: date | None = None
    right_on: date | None = None


class Succeeded(CasesAct, key="transfer.succeeded"):
    """已承继. Succeeded: sent when a party ended and its successor, or justice, has taken over its part."""
    former: str
    successor: str
    document: str
    last_day: date
    custodian: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None


class SuccessorAssigned(CasesAct, key="transfer.successor_assigned"):
    """已指定承继机关. Successor assigned: sent when justice has named who takes over a case it held."""
    former: str
    successor: str
    document: str
    succession: Mapping[str, Any]
    one_agency: tuple[str, ...] | None = None
