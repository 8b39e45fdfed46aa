"""第二章 协同执法: its acts in the order of the articles. Pure.

Which events start, meet or cancel a clock stands in the rulebook. What every plan does is in shared/plans, what this
chapter decides by itself in its own modules; who may do what, from which state, by which article, stands here.
"""

from functools import partial

from services.collab import declining, drafting, reporting
from services.collab.commands import (
    AddClosingReport,
    AnswerQuestion,
    Decline,
    Draft,
    QuestionDecline,
    Reassign,
    Report,
)
from services.collab.corrections import correct
from services.collab.guards import (
    PRESENTING,
    answer_awaited,
    closing_awaited,
    report_wanted,
    someone_assists,
    someone_declined,
    someone_to_replace,
    was_questioned,
)
from services.collab.plan import Collab, causes
from services.collab.seeing import seen, told
from shared.acts.correct import Correct
from shared.acts.filings import NoteFilingReturn
from shared.acts.materials import AddMaterial
from shared.acts.model import Act, Chapter, Rank
from shared.acts.standing import by_enforcement, in_force
from shared.acts.succession import rows
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, SUITE
from shared.plans import amending, approving, deciding, ending, findings, materials, measures, preceding, running
from shared.plans import states as every
from shared.plans.amending import none_open, to_decide, to_present, to_review
from shared.plans.commands import (
    AddRelated,
    Amend,
    Answer,
    Approve,
    ConfirmDispatch,
    Consult,
    DecideAmendment,
    Dispatch,
    End,
    NoteHandOn,
    Present,
    PresentAmendment,
    PresumeEnd,
    RecordContinuation,
    RecordDecision,
    RecordFinding,
    RecordMeasure,
    Reject,
    ReportTask,
    Resume,
    Review,
    ReviewAmendment,
    SendBack,
    SettleFinding,
    Start,
    Submit,
    Suspend,
    Terminate,
    Withdraw,
)
from shared.plans.drafting import REVISED, answer, consult, withdraw
from shared.plans.ending import limit_past, not_ended
from shared.plans.findings import TO_HAND_ON
from shared.plans.guards import asked, not_continued, was_party
from shared.plans.plan import FORMER, LEAD, PARTICIPANT, RELATED
from shared.plans.running import dispatched, has_tasks
from shared.plans.seeing import IN_PLAN
from shared.plans.states import (
    APPROVED,
    ASKING,
    ASSIGNED,
    DROPPED,
    ENDED,
    FINAL,
    IN_FORCE,
    PRESENTED,
    PRIVATE,
    REJECTED,
    REPORTED,
    RETURNED,
    REVIEWED,
    RUNNING,
    SUBMITTED,
    SUSPENDED,
    UNDER_WAY,
    WITHDRAWN,
)
from shared.plans.succeeding import hand_over


def _by(*who: str) -> frozenset[str]:
    return frozenset(who)


STATES = {state: title for state, title in every.STATES.items() if state != ASSIGNED}   # nobody is named by order here
DRAFTING, BEFORE_REPORT = every.DRAFTING.intersection(STATES), every.BEFORE_REPORT.intersection(STATES)
MEMBERS, ALL = _by(LEAD, PARTICIPANT, RELATED), _by(LEAD, PARTICIPANT, RELATED, JUSTICE, GOVERNMENT_OFFICE)

ACTS = (
    Act("record-interim-measure", "继续履行职责", "5", by=MEMBERS, states=BEFORE_REPORT, adds_only=True, machine=True,
        event="interim_measure_recorded", command=RecordMeasure,
        decide=partial(measures.record_measure, items="collab.interim_measure")),
    Act("add-related", "增列相关部门", "5", by=_by(JUSTICE), states=BEFORE_REPORT - PRIVATE, adds_only=True,
        event="related_added", command=AddRelated, decide=measures.add_related,
        follows=preceding.the_submission),
    Act("record-continuation", "说明继续履职安排", "5", by=_by(LEAD), rank=Rank.LEADER,
        states=_by(REJECTED, WITHDRAWN, DROPPED), guards=(not_continued,), event="continuation_recorded",
        command=RecordContinuation, decide=measures.record_continuation),
    Act("draft", "拟订方案", "7, 9", by=_by(LEAD), opens=True, states=DRAFTING, machine=True,
        guards=(by_enforcement, in_force), event="drafted", also=(REVISED,), command=Draft, decide=drafting.draft),
    Act("consult", "征求意见", "internal", by=_by(LEAD), states=DRAFTING, event="consulted", command=Consult,
        decide=consult),
    Act("answer-consultation", "答复意见", "internal", by=_by(PARTICIPANT), states=DRAFTING, adds_only=True,
        guards=(asked,), event="consultation_answered", command=Answer, decide=answer,
        follows=preceding.the_consultation),
    Act("add-material", "添加材料", "internal", by=ALL, states=_by(*STATES) - FINAL | {REPORTED}, adds_only=True,
        machine=True, event="material_added", command=AddMaterial, decide=materials.add_material),
    Act("submit", "报送审查或者申请", "9", by=_by(LEAD), rank=Rank.LEADER, states=DRAFTING, to=(SUBMITTED,),
        event="submitted", command=Submit, decide=drafting.submit),
    Act("withdraw", "撤回方案", "internal", by=_by(LEAD), rank=Rank.LEADER, states=DRAFTING | ASKING,
        to=(WITHDRAWN, DROPPED), event="withdrawn", command=Withdraw, decide=withdraw),
    Act("review", "审查或者审核", "9", by=_by(JUSTICE), rank=Rank.LEADER, states=_by(SUBMITTED), to=(REVIEWED, RETURNED),
        event="reviewed", also=("returned",), command=Review, decide=drafting.review),
    Act("present", "呈请市政府", "9", by=_by(JUSTICE, LEAD), rank=Rank.LEADER, states=_by(REVIEWED), to=(PRESENTED,),
        whose=PRESENTING, event="presented", command=Present, decide=approving.present),
    Act("approve", "批准", "9", by=_by(GOVERNMENT_OFFICE), states=_by(PRESENTED), to=(APPROVED,), event="approved",
        command=Approve, decide=approving.approve),
    Act("return-plan", "退回修改", "internal", by=_by(GOVERNMENT_OFFICE), states=_by(PRESENTED), to=(RETURNED,),
        event="returned", command=SendBack, decide=approving.send_back),
    Act("reject", "不予批准", "9", by=_by(GOVERNMENT_OFFICE), states=_by(PRESENTED), to=(REJECTED,), event="rejected",
        command=Reject, decide=approving.reject),
    Act("start", "启动", "8, 11", by=_by(LEAD), rank=Rank.LEADER, states=_by(APPROVED), to=(RUNNING,),
        guards=(running.limit_open,), event="started", command=Start, decide=running.start),
    Act("record-decision", "作出处理决定", "4, 10", by=_by(LEAD, PARTICIPANT), rank=Rank.LEADER,
        states=UNDER_WAY | {ENDED}, adds_only=True, event="decision_recorded", command=RecordDecision,
        decide=deciding.record_decision,
        follows=preceding.the_start),
    Act("record-finding", "记录另案线索", "10", by=MEMBERS, states=UNDER_WAY | {ENDED}, adds_only=True, machine=True,
        event="finding_recorded", also=(TO_HAND_ON,), command=RecordFinding, decide=findings.record_finding,
        follows=preceding.the_start),
    Act("note-hand-on", "记录线索已移送", "internal", by=_by(SUITE), states=UNDER_WAY | {ENDED, REPORTED}, adds_only=True,
        event="finding_handed_on", command=NoteHandOn, decide=findings.note_hand_on),
    Act("settle-finding", "查明线索", "internal", by=MEMBERS, besides=findings.found_it,
        states=UNDER_WAY | {ENDED, REPORTED}, adds_only=True, guards=(findings.unclear_left,), event="finding_settled",
        command=SettleFinding, decide=findings.settle_finding, follows=preceding.the_finding),
    Act("dispatch", "调度", "11", by=_by(LEAD), states=_by(RUNNING), event="dispatched", command=Dispatch,
        decide=running.dispatch),
    Act("confirm-dispatch", "确认调度", "11", by=_by(PARTICIPANT), states=UNDER_WAY, adds_only=True, guards=(dispatched,),
        event="dispatch_confirmed", command=ConfirmDispatch, decide=running.confirm_dispatch,
        follows=preceding.the_dispatch),
    Act("report-task", "报告任务落实情况", "11, 29", by=_by(LEAD, PARTICIPANT),
        states=UNDER_WAY | {ENDED, REPORTED}, adds_only=True, machine=True, guards=(has_tasks,),
        event="task_reported", command=ReportTask, decide=running.report_task,
        follows=preceding.the_start),
    Act("decline", "不能协同", "12", by=_by(PARTICIPANT), rank=Rank.LEADER, states=ASKING | IN_FORCE,
        event="participation_declined", command=Decline, decide=declining.decline),
    Act("question-decline", "询问不能协同的事由", "internal", by=_by(JUSTICE), states=ASKING | IN_FORCE, adds_only=True,
        guards=(someone_declined,), event="participation_questioned", command=QuestionDecline,
        decide=declining.question,
        follows=declining.the_decline),
    Act("answer-question", "答复询问", "internal", by=_by(PARTICIPANT), besides=was_questioned,
        states=ASKING | IN_FORCE | {RETURNED, REJECTED, WITHDRAWN, ENDED, REPORTED}, adds_only=True,
        guards=(answer_awaited,), event="question_answered", command=AnswerQuestion, decide=declining.answer,
        follows=declining.the_question),
    Act("reassign", "调整配合部门", "internal", by=_by(LEAD), rank=Rank.LEADER, states=IN_FORCE,
        guards=(someone_to_replace, someone_assists), event="participant_reassigned", command=Reassign,
        decide=declining.reassign),
    Act("amend", "提出变更方案", "internal", by=_by(LEAD), rank=Rank.LEADER, states=IN_FORCE, guards=(none_open,),
        event="amendment_proposed", command=Amend, decide=drafting.amend),
    Act("review-amendment", "审查变更方案", "internal", by=_by(JUSTICE), rank=Rank.LEADER, states=IN_FORCE,
        guards=(to_review,), event="amendment_reviewed", also=("amended", "amendment_returned"),
        command=ReviewAmendment, decide=amending.review),
    Act("present-amendment", "呈请变更方案", "internal", by=_by(JUSTICE, LEAD), rank=Rank.LEADER, states=IN_FORCE,
        whose=PRESENTING, guards=(to_present,), event="amendment_presented", command=PresentAmendment,
        decide=amending.present),
    Act("decide-amendment", "批准或者不批准变更", "internal", by=_by(GOVERNMENT_OFFICE), states=IN_FORCE,
        guards=(to_decide,), event="amended", also=("amendment_rejected",), command=DecideAmendment,
        decide=amending.decide),
    Act("suspend", "中止", "internal", by=_by(LEAD), rank=Rank.LEADER, states=_by(RUNNING), to=(SUSPENDED,),
        event="suspended", command=Suspend, decide=running.suspend),
    Act("resume", "恢复", "internal", by=_by(LEAD), rank=Rank.LEADER, states=_by(SUSPENDED), to=(RUNNING,),
        event="resumed", command=Resume, decide=running.resume),
    Act("terminate", "终止", "internal", by=_by(LEAD), rank=Rank.LEADER, states=UNDER_WAY, to=(ENDED,),
        event="ended", command=Terminate, decide=ending.terminate,
        follows=preceding.all_that_was_done),
    Act("end", "结束", "internal", by=_by(LEAD), states=UNDER_WAY | {ENDED}, to=(ENDED,), guards=(not_ended,),
        event="ended", also=(ending.CORRECTED,), command=End, decide=ending.end,
        follows=preceding.all_that_was_done),
    Act("presume-end", "推定结束", "internal", by=_by(SUITE), states=UNDER_WAY, to=(ENDED,), guards=(limit_past,),
        event="end_presumed", command=PresumeEnd, decide=ending.presume_end),
    Act("report", "执法情况报告", "13", by=_by(LEAD), rank=Rank.LEADER, states=_by(ENDED), to=(REPORTED, ENDED),
        guards=(report_wanted,), event=reporting.REPORTED_WHOLE, also=(reporting.DELIVERED,), command=Report,
        decide=reporting.report),
    Act("add-closing-report", "补交结案报告", "13", by=_by(LEAD), rank=Rank.LEADER, states=_by(ENDED), to=(REPORTED,),
        guards=(closing_awaited,), event="closing_report_added", command=AddClosingReport,
        decide=reporting.add_closing_report),
    Act("note-filing-return", "备案退回", "13", by=_by(SUITE), states=_by(REPORTED), to=(ENDED,), event="filing_returned",
        command=NoteFilingReturn, decide=reporting.note_filing_return),
    Act("correct", "更正", "internal", by=ALL | {FORMER}, besides=was_party, states=_by(*STATES), event="corrected",
        command=Correct, decide=correct),
    *rows(STATES, hand_over, causes, single=_by(LEAD)),
)

CHAPTER = Chapter(
    service="collab", title="协同执法", path="plans", acts=ACTS, states=STATES, final=FINAL, case=Collab, told=told,
    seen=seen, private=PRIVATE, knowing=IN_PLAN,
)
