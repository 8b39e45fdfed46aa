"""第四章 案件移送: its states, who sees and is told what, and its acts in the order of the articles. Pure.

Which events start, meet or pause a clock stands in the rulebook. The decisions are in sending.py and receiving.py.
"""

from datetime import date

from services.transfer import receiving, sending
from services.transfer.case import RECEIVER, SENDER, Transfer
from services.transfer.commands import (
    Accept,
    AddMaterial,
    Announce,
    Close,
    DeclineCase,
    Deliver,
    FileCase,
    IssueLetter,
    NoteFilingReturn,
    RecordDecision,
    RecordMeasure,
    Refuse,
    ReportClosure,
    RequestSupplement,
    Reroute,
    ServeDecision,
    SignReceipt,
    SignReturn,
    Supplement,
    Withdraw,
)
from services.transfer.guards import (
    by_enforcement,
    decided,
    filed,
    in_force,
    not_asked_twice,
    not_decided,
    not_delivered,
    not_filed,
    not_served,
    not_signed_for,
    report_stands,
    report_wanted,
    time_is_up,
)
from shared.acts.model import Act, Chapter, Context, Rank, Viewer
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, SUITE, Register

ANNOUNCED, ISSUED, RECEIVED, SUPPLEMENTING = "announced", "issued", "received", "supplementing"
ACCEPTED, REFUSED, CLOSED, REPORTED, WITHDRAWN = "accepted", "refused", "closed", "reported", "withdrawn"

STATES = {
    ANNOUNCED: "已通报待移送", ISSUED: "已移送待接收", RECEIVED: "审查中", SUPPLEMENTING: "待补正", ACCEPTED: "已受理",
    REFUSED: "已退回", CLOSED: "已办结", REPORTED: "已通报结案", WITHDRAWN: "已撤回",
}
FINAL = frozenset({REPORTED, WITHDRAWN})
SEES_ALL = frozenset({JUSTICE, GOVERNMENT_OFFICE})


def receivers(register: Register, cause: str, sender: str, day: date) -> tuple[str, ...]:
    """Who may be proposed as receiver: by the 权责清单, the agencies with penalty power for the cause on the day (22)."""
    return tuple(agency.code for agency in register.with_power(cause, "punish", day) if agency.code != sender)


def told(_: Transfer | None, after: Transfer, event: str, context: Context) -> frozenset[str]:
    """Who hears of an event: the parties of now, justice and the government office.

    A former receiver is not told what comes after it, nor who does; that holds for every event, deadlines among them.
    """
    now = frozenset(party.agency for party in after.parties if party.until is None and party.agency)
    return now | context.register.standing_agencies(*SEES_ALL)


def seen(case: Transfer, viewer: Viewer, register: Register) -> Transfer | None:
    """The case as the viewer's agency may see it; None where it may not.

    The sender, the present receiver, justice and the government office see all of it. A former receiver sees its own
    legs: the case as it stood when it left, with what it was handed, and no word of who came before or after.
    """
    if viewer.suite or register.standing(viewer.agency) & SEES_ALL or viewer.agency in (case.sender, case.receiver):
        return case
    own = tuple(leg for leg in case.legs if leg.receiver == viewer.agency)
    if not own:
        return None
    handed = frozenset[int]().union(*(leg.handed for leg in own))
    its = tuple(party for party in case.parties if party.part == SENDER or party.agency == viewer.agency)
    return Transfer(
        state=REFUSED, parties=its,
        sender=case.sender, matter=case.matter, opened_on=own[0].announced_on, legs=own,
        materials=tuple(item for item in case.materials if item.number in handed or item.added_by == viewer.agency),
        measures=tuple(measure for measure in case.measures if measure.taken_on <= (own[-1].refused_on or date.min)),
    )


def _by(*who: str) -> frozenset[str]:
    return frozenset(who)


BEFORE_ACCEPTED = _by(ANNOUNCED, ISSUED, RECEIVED, SUPPLEMENTING, REFUSED)

ACTS = (
    Act("announce", "事先通报", "22", by=_by(SENDER), opens=True, to=(ANNOUNCED,), machine=True,
        guards=(by_enforcement, in_force), event="announced", command=Announce, decide=sending.announce),
    Act("record-measure", "先期处置", "22", by=_by(SENDER), states=BEFORE_ACCEPTED, adds_only=True, machine=True,
        event="measure_recorded", command=RecordMeasure, decide=sending.record_measure),
    Act("add-material", "添加材料", "22", by=_by(SENDER, RECEIVER), states=_by(*STATES) - {WITHDRAWN}, adds_only=True,
        machine=True, event="material_added", command=AddMaterial, decide=sending.add_material),
    Act("issue-letter", "发出移送函", "22, annex 1", by=_by(SENDER), rank=Rank.LEADER, states=_by(ANNOUNCED), to=(ISSUED,),
        event="letter_issued", command=IssueLetter, decide=sending.issue_letter),
    Act("deliver", "送达", "22", by=_by(SENDER), states=_by(ISSUED), machine=True, guards=(not_delivered,),
        event="delivered", command=Deliver, decide=sending.deliver),
    Act("sign-receipt", "出具接收回执", "23, annex 2", by=_by(RECEIVER), states=_by(ISSUED), to=(RECEIVED,), machine=True,
        event="received", command=SignReceipt, decide=receiving.sign_receipt),
    Act("request-supplement", "告知补正", "23", by=_by(RECEIVER), states=_by(RECEIVED), to=(SUPPLEMENTING,),
        guards=(not_asked_twice,), event="supplement_requested", command=RequestSupplement,
        decide=receiving.request_supplement),
    Act("supplement", "补正", "23", by=_by(SENDER), states=_by(SUPPLEMENTING), to=(RECEIVED,),
        event="supplemented", command=Supplement, decide=sending.supplement),
    Act("accept", "受理", "23", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(RECEIVED), to=(ACCEPTED,),
        event="accepted", command=Accept, decide=receiving.accept),
    Act("refuse", "不予受理", "23", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(RECEIVED, SUPPLEMENTING), to=(REFUSED,),
        guards=(time_is_up,), event="refused", command=Refuse, decide=receiving.refuse),
    Act("sign-return", "退回签收", "23", by=_by(SENDER), states=_by(REFUSED), guards=(not_signed_for,),
        event="return_signed", command=SignReturn, decide=sending.sign_return),
    Act("reroute", "重新确定接收案件机关", "23", by=_by(SENDER), states=_by(REFUSED), to=(ANNOUNCED,),
        event="rerouted", command=Reroute, decide=sending.reroute),
    Act("withdraw", "撤回移送", "internal", by=_by(SENDER), rank=Rank.LEADER, states=_by(ANNOUNCED, ISSUED, REFUSED),
        to=(WITHDRAWN,), event="withdrawn", command=Withdraw, decide=sending.withdraw),
    Act("file-case", "立案", "行政处罚法 54", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(ACCEPTED),
        guards=(not_filed,), event="case_filed", command=FileCase, decide=receiving.file_case),
    Act("decline-case", "不予立案", "行政处罚法 54", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(ACCEPTED), to=(CLOSED,),
        guards=(not_filed,), event="closed", command=DeclineCase, decide=receiving.decline_case),
    Act("record-decision", "作出处理决定", "行政处罚法 57", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(ACCEPTED),
        guards=(filed, not_decided), event="decision_recorded", command=RecordDecision,
        decide=receiving.record_decision),
    Act("serve-decision", "送达处理决定书", "行政处罚法 61", by=_by(RECEIVER), states=_by(ACCEPTED), machine=True,
        guards=(decided, not_served), event="decision_served", command=ServeDecision, decide=receiving.serve_decision),
    Act("close", "办结", "25", by=_by(RECEIVER), states=_by(ACCEPTED), to=(CLOSED,), guards=(filed,),
        event="closed", command=Close, decide=receiving.close),
    Act("report-closure", "结案报告", "25", by=_by(RECEIVER), states=_by(CLOSED, REPORTED), to=(REPORTED,),
        guards=(report_wanted,), event="closure_reported", command=ReportClosure,
        decide=receiving.report_closure),
    Act("note-filing-return", "备案退回", "25", by=_by(SUITE), states=_by(REPORTED), guards=(report_stands,),
        event="filing_returned", command=NoteFilingReturn, decide=receiving.note_filing_return),
)

CHAPTER = Chapter(
    service="transfer", title="案件移送", path="cases", acts=ACTS, states=STATES, final=FINAL, case=Transfer,
    told=told, seen=seen,
)
