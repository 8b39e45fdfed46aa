"""第四章 案件移送: its acts in the order of the articles. Pure.

Which events start, meet or pause a clock stands in the rulebook. The decisions are in the modules of the sides
and turns; states.py has the states, seeing.py who sees and is told what.
"""

from datetime import date

from services.transfer import afterwards, corrections, criminal, disputes, receiving, scene, sending, succeeding
from services.transfer.case import INTERIM_HOLDER, POLICE, RECEIVER, REFERRER, RULER, SENDER, Transfer
from services.transfer.commands import (
    Accept,
    Announce,
    Close,
    DeclineCase,
    Deliver,
    FileCase,
    IssueLetter,
    RecordDecision,
    RecordMeasure,
    Refuse,
    ReissueLetter,
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
    called,
    consented,
    decided,
    filed,
    no_decision_stands,
    not_asked_twice,
    not_bound,
    not_consented,
    not_decided,
    not_delivered,
    not_filed,
    not_handed_over,
    not_presumed,
    not_served,
    not_signed_for,
    not_the_senders,
    not_with_police,
    other_side,
    presumed,
    presumes,
    report_stands,
    report_wanted,
    supplemented,
    time_is_up,
    with_police,
)
from services.transfer.seeing import KNOWING, marks, seen, told
from services.transfer.states import (
    ACCEPTED,
    ANNOUNCED,
    CLOSED,
    CRIMINAL,
    CRIMINAL_CLOSED,
    DISPUTED,
    ENDED,
    FINAL,
    ISSUED,
    PHONED,
    RECEIVED,
    REFUSED,
    REPORTED,
    STATES,
    SUPPLEMENTING,
    WITH_RECEIVER,
    WITHDRAWN,
)
from services.transfer.turns import (
    AskProgress,
    CannotSupplement,
    CloseCriminal,
    ConsentWithdrawal,
    DeliverCriminal,
    Dispute,
    End,
    HandOverCriminal,
    Phone,
    Presume,
    Progress,
    ReferCriminal,
    Reopen,
    Respond,
    ReturnCriminal,
    Rule,
    StateView,
    Unaccept,
)
from shared.acts.correct import Correct
from shared.acts.filings import NoteFilingReturn
from shared.acts.materials import AddMaterial
from shared.acts.model import Act, Chapter, Rank
from shared.acts.standing import by_enforcement, in_force
from shared.acts.succession import rows
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, SUITE, Register


def receivers(register: Register, cause: str, sender: str, day: date) -> tuple[str, ...]:
    """Who may be proposed as receiver: by the 权责清单, the agencies with penalty power for the cause on the day (22)."""
    return tuple(agency.code for agency in register.with_power(cause, "punish", day) if agency.code != sender)


def _by(*who: str) -> frozenset[str]:
    return frozenset(who)


SIDES = (SENDER, RECEIVER)
BEFORE_ACCEPTED = _by(PHONED, ANNOUNCED, ISSUED, RECEIVED, SUPPLEMENTING, REFUSED, DISPUTED)
OPEN = tuple(state for state in STATES if state not in FINAL and state != CRIMINAL)

ACTS = (
    Act("announce", "事先通报", "22", by=_by(SENDER), opens=True, states=_by(PHONED), to=(ANNOUNCED,), machine=True,
        guards=(by_enforcement, in_force), event="announced", command=Announce, decide=sending.announce),
    Act("phone", "现场电话告知", "22", by=_by(SENDER), opens=True, states=WITH_RECEIVER, to=(PHONED,), adds_only=True,
        machine=True, guards=(by_enforcement, in_force), event=scene.PHONE_OPENED, also=(scene.PHONE_NOTIFIED,),
        command=Phone, decide=scene.phone),
    Act("respond", "到场处置", "22", by=_by(RECEIVER), states=WITH_RECEIVER, adds_only=True, machine=True,
        besides=scene.was_called, guards=(called,), event="phone_responded", command=Respond, decide=scene.respond,
        follows=scene.the_call),
    Act("record-measure", "先期处置", "22", by=_by(SENDER, INTERIM_HOLDER), states=BEFORE_ACCEPTED, adds_only=True,
        machine=True, event="measure_recorded", command=RecordMeasure, decide=sending.record_measure),
    Act("add-material", "添加材料", "22", by=_by(SENDER, RECEIVER), states=_by(*STATES) - FINAL | {REPORTED},
        adds_only=True, machine=True, guards=(not_the_senders,), event="material_added", command=AddMaterial,
        decide=sending.add_material),
    Act("issue-letter", "发出移送函", "22, annex 1", by=_by(SENDER), rank=Rank.LEADER, states=_by(ANNOUNCED), to=(ISSUED,),
        machine=True, event="letter_issued", command=IssueLetter, decide=sending.issue_letter),
    Act("reissue-letter", "作废重发移送函", "22, annex 1", by=_by(SENDER), rank=Rank.LEADER, states=_by(ISSUED),
        guards=(not_delivered,), event="letter_reissued", command=ReissueLetter, decide=sending.reissue_letter),
    Act("deliver", "送达", "22", by=_by(SENDER), states=_by(ISSUED), machine=True, guards=(not_delivered,),
        event="delivered", command=Deliver, decide=sending.deliver),
    Act("sign-receipt", "出具接收回执", "23, annex 2", by=_by(RECEIVER), states=_by(ISSUED), to=(RECEIVED,), machine=True,
        event=receiving.RECEIVED, also=(receiving.RECEIVED_LATE,), command=SignReceipt, decide=receiving.sign_receipt),
    Act("presume-reception", "推定接收", "internal", by=_by(SUITE), states=_by(ISSUED), guards=(presumes, not_presumed),
        ordered=False, event="reception_presumed", command=Presume, decide=receiving.presume),
    Act("undo-presumption", "撤销推定接收", "internal", by=_by(SUITE), states=_by(ISSUED, DISPUTED), guards=(presumed,),
        ordered=False, event="presumption_undone", command=Presume, decide=receiving.unpresume),
    Act("request-supplement", "告知补正", "23", by=_by(RECEIVER), states=_by(RECEIVED), to=(SUPPLEMENTING,),
        guards=(not_asked_twice, supplemented), event="supplement_requested", command=RequestSupplement,
        decide=receiving.request_supplement),
    Act("supplement", "补正", "23", by=_by(SENDER), states=_by(SUPPLEMENTING), to=(RECEIVED,),
        event="supplemented", command=Supplement, decide=sending.supplement),
    Act("cannot-supplement", "说明无法补正", "23", by=_by(SENDER), states=_by(SUPPLEMENTING), to=(RECEIVED,),
        event="supplemented", command=CannotSupplement, decide=sending.cannot_supplement),
    Act("accept", "受理", "23", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(RECEIVED), to=(ACCEPTED,),
        machine=True, event="accepted", command=Accept, decide=receiving.accept),
    Act("refuse", "不予受理", "23", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(RECEIVED, SUPPLEMENTING), to=(REFUSED,),
        guards=(time_is_up,), machine=True, event="refused", command=Refuse, decide=receiving.refuse),
    Act("sign-return", "退回签收", "23", by=_by(SENDER), states=_by(REFUSED), guards=(not_signed_for,),
        event="return_signed", command=SignReturn, decide=sending.sign_return),
    Act("reroute", "重新确定接收案件机关", "23", by=_by(SENDER), states=_by(REFUSED), to=(ANNOUNCED,),
        event="rerouted", command=Reroute, decide=sending.reroute),
    Act("keep", "自行处理", "internal", by=_by(SENDER), rank=Rank.LEADER, states=_by(PHONED, REFUSED), to=(ENDED,),
        event="ended", command=End, decide=scene.keep),
    Act("end", "终止移送", "internal", by=_by(SENDER), rank=Rank.LEADER, states=_by(PHONED, REFUSED), to=(ENDED,),
        event="ended", command=End, decide=scene.end),
    Act("dispute", "提请协调执法争议", "24", by=_by(SENDER, RECEIVER), states=_by(ISSUED, RECEIVED, SUPPLEMENTING, REFUSED),
        to=(DISPUTED,), guards=(not_bound,), event="disputed", command=Dispute, decide=disputes.dispute),
    Act("state-view", "陈述意见", "24", by=_by(SENDER, RECEIVER), states=_by(DISPUTED), adds_only=True,
        guards=(other_side,), event="view_stated", command=StateView, decide=disputes.state_view,
        follows=disputes.the_dispute),
    Act("rule", "争议明确意见", "24", by=_by(RULER, JUSTICE, GOVERNMENT_OFFICE), only=disputes.rules_on,
        rank=Rank.LEADER, states=_by(DISPUTED), to=(RECEIVED, ACCEPTED, ISSUED, ANNOUNCED, ENDED),
        event=disputes.RULED_RECEIVED, also=disputes.RULINGS[1:], command=Rule, decide=disputes.rule),
    Act("unaccept", "撤销受理", "24", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(ACCEPTED), to=(DISPUTED,),
        guards=(no_decision_stands,), event="disputed", command=Unaccept, decide=disputes.unaccept),
    Act("consent-withdrawal", "同意撤回", "internal", by=_by(RECEIVER), states=_by(SUPPLEMENTING), guards=(not_consented,),
        event="withdrawal_consented", command=ConsentWithdrawal, decide=receiving.consent_withdrawal),
    Act("withdraw", "撤回移送", "internal", by=_by(SENDER), rank=Rank.LEADER,
        states=_by(ANNOUNCED, ISSUED, SUPPLEMENTING, REFUSED), to=(WITHDRAWN,), guards=(consented,),
        event="withdrawn", command=Withdraw, decide=sending.withdraw),
    Act("refer-criminal", "涉嫌犯罪移送", "21", by=_by(SENDER, RECEIVER), rank=Rank.CHIEF, states=_by(*OPEN),
        to=(CRIMINAL,), event="referred_criminal", command=ReferCriminal, decide=criminal.refer),
    Act("deliver-criminal", "送交公安", "国务院令第310号 5", by=_by(REFERRER, *SIDES), only=criminal.with_the_police,
        states=_by(CRIMINAL), guards=(not_with_police,), event="criminal_delivered", command=DeliverCriminal,
        decide=criminal.deliver),
    Act("return-criminal", "退回行政处理", "21", by=_by(REFERRER, POLICE, *SIDES), only=criminal.with_the_police,
        rank=Rank.CHIEF, states=_by(CRIMINAL), to=OPEN, guards=(with_police,), event="returned_criminal",
        command=ReturnCriminal, decide=criminal.give_back),
    Act("close-criminal", "公安立案", "21", by=_by(REFERRER, POLICE, *SIDES), only=criminal.with_the_police,
        rank=Rank.CHIEF, states=_by(CRIMINAL), to=(CRIMINAL_CLOSED,), guards=(with_police,), event="criminal_closed",
        command=CloseCriminal, decide=criminal.close),
    Act("hand-over-criminal", "移交涉案物品和材料", "国务院令第310号 12", by=_by(REFERRER, *SIDES),
        only=criminal.with_the_police, states=_by(CRIMINAL_CLOSED), guards=(not_handed_over,),
        event="criminal_handed_over", command=HandOverCriminal, decide=criminal.hand_over),
    Act("file-case", "立案", "行政处罚法 54", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(ACCEPTED),
        guards=(not_filed,), machine=True, event="case_filed", command=FileCase, decide=receiving.file_case),
    Act("decline-case", "不予立案", "行政处罚法 54", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(ACCEPTED), to=(CLOSED,),
        guards=(not_filed,), event="closed", command=DeclineCase, decide=receiving.decline_case),
    Act("ask-progress", "询问办理进展", "internal", by=_by(SENDER), states=_by(ACCEPTED), adds_only=True, machine=True,
        event="progress_asked", command=AskProgress, decide=afterwards.ask_progress,
        follows=afterwards.the_acceptance),
    Act("progress", "告知办理进展", "internal", by=_by(RECEIVER), states=_by(ACCEPTED), adds_only=True, machine=True,
        event="progress_given", command=Progress, decide=afterwards.progress,
        follows=afterwards.the_acceptance),
    Act("record-decision", "作出处理决定", "行政处罚法 57", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(ACCEPTED),
        guards=(filed, not_decided), machine=True, event="decision_recorded", command=RecordDecision,
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
    Act("reopen", "恢复办理", "internal", by=_by(RECEIVER), rank=Rank.LEADER, states=_by(CLOSED, REPORTED), to=(ACCEPTED,),
        event="reopened", command=Reopen, decide=afterwards.reopen),
    Act("correct", "更正", "internal", by=_by(*SIDES, REFERRER, POLICE, JUSTICE, GOVERNMENT_OFFICE),
        only=disputes.may_correct, states=_by(*STATES), event="corrected", command=Correct, decide=corrections.correct),
    *rows(STATES, succeeding.hand_over, succeeding.causes, single=succeeding.PARTS),
)

CHAPTER = Chapter(
    service="transfer", title="案件移送", path="cases", acts=ACTS, states=STATES, final=FINAL, case=Transfer,
    told=told, seen=seen, marks=marks, knowing=KNOWING,
)
