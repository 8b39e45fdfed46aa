"""第三章 联合执法: its acts in the order of the articles. Pure.

Which events start, meet or cancel a clock stands in the rulebook. What every plan does is in shared/plans, what this
chapter decides by itself in its own modules; who may do what, from which state, by which article, stands here.
"""

from functools import partial

from services.joint import drafting, ordering, reporting
from services.joint.commands import Assign, DecideDirectly, Draft, ProposeEnd, Remark, Report
from services.joint.corrections import correct
from services.joint.ending import propose_end
from services.joint.guards import not_proposed, not_remarked, proposed
from services.joint.plan import EVALUATED, Joint
from services.joint.seeing import REMARKED, REPORT_MADE, seen, told
from shared.acts.correct import Correct
from shared.acts.materials import AddMaterial
from shared.acts.model import Act, Chapter, Rank
from shared.acts.standing import by_enforcement, in_force
from shared.acts.succession import rows
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, SUITE
from shared.plans import amending, approving, deciding, ending, findings, materials, measures, preceding, running
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
    BEFORE_REPORT,
    DRAFTING,
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
    STATES,
    SUBMITTED,
    SUSPENDED,
    UNDER_WAY,
    WITHDRAWN,
)
from shared.plans.succeeding import hand_over


def _by(*who: str) -> frozenset[str]:
    return frozenset(who)


MEMBERS, ALL = _by(LEAD, PARTICIPANT, RELATED), _by(LEAD, PARTICIPANT, RELATED, JUSTICE, GOVERNMENT_OFFICE)

ACTS = (
    Act("record-interim-measure", "继续履行职责", "5", by=MEMBERS, states=BEFORE_REPORT, adds_only=True, machine=True,
        event="interim_measure_recorded", command=RecordMeasure,
        decide=partial(measures.record_measure, items="joint.interim_measure")),
    Act("add-related", "增列相关部门", "5", by=_by(JUSTICE), states=BEFORE_REPORT - PRIVATE, adds_only=True,
        event="related_added", command=AddRelated, decide=measures.add_related,
        follows=ordering.known_since),
    Act("record-continuation", "说明继续履职安排", "5", by=_by(LEAD), rank=Rank.LEADER,
        states=_by(REJECTED, WITHDRAWN, DROPPED), guards=(not_continued,), event="continuation_recorded",
        command=RecordContinuation, decide=measures.record_continuation),
    Act("draft", "拟订方案", "15, 17, 18", by=_by(LEAD), opens=True, states=DRAFTING, machine=True,
        guards=(by_enforcement, in_force), event="drafted", also=(REVISED,), command=Draft, decide=drafting.draft),
    Act("assign", "指定主要牵头部门", "17", by=_by(GOVERNMENT_OFFICE), opens=True, to=(ASSIGNED,), guards=(in_force,),
        event="lead_assigned", command=Assign, decide=ordering.assign),
    Act("decide-directly", "市政府直接决定", "17", by=_by(GOVERNMENT_OFFICE), opens=True, to=(ASSIGNED,),
        guards=(in_force,), event="decided_directly", command=DecideDirectly, decide=ordering.decide_directly),
    Act("consult", "征求意见", "internal", by=_by(LEAD), states=DRAFTING, event="consulted", command=Consult,
        decide=consult),
    Act("answer-consultation", "答复意见", "internal", by=_by(PARTICIPANT), states=DRAFTING, adds_only=True,
        guards=(asked,), event="consultation_answered", command=Answer, decide=answer,
        follows=preceding.the_consultation),
    Act("add-material", "添加材料", "internal", by=ALL, states=_by(*STATES) - FINAL | {REPORTED}, adds_only=True,
        machine=True, event="material_added", command=AddMaterial, decide=materials.add_material),
    Act("submit", "申请或者报送审核", "17", by=_by(LEAD), rank=Rank.LEADER, states=DRAFTING, to=(SUBMITTED,),
        event="submitted", command=Submit, decide=drafting.submit),
    Act("withdraw", "撤回方案", "internal", by=_by(LEAD), rank=Rank.LEADER, states=DRAFTING | ASKING,
        to=(WITHDRAWN, DROPPED), event="withdrawn", command=Withdraw, decide=withdraw),
    Act("review", "审核", "17", by=_by(JUSTICE), rank=Rank.LEADER, states=_by(SUBMITTED), to=(REVIEWED, RETURNED),
        event="reviewed", also=("returned",), command=Review,
        decide=partial(approving.review, opinion=approving.always)),
    Act("present", "提报市政府", "17", by=_by(JUSTICE), rank=Rank.LEADER, states=_by(REVIEWED), to=(PRESENTED,),
        event="presented", command=Present, decide=approving.present),
    Act("approve", "批准", "17", by=_by(GOVERNMENT_OFFICE), states=_by(PRESENTED), to=(APPROVED,), event="approved",
        command=Approve, decide=partial(approving.approve, by_meeting_or_head=drafting.by_meeting_or_head)),
    Act("return-plan", "退回修改", "internal", by=_by(GOVERNMENT_OFFICE), states=_by(PRESENTED), to=(RETURNED,),
        event="returned", command=SendBack,
        decide=partial(approving.send_back, by_meeting_or_head=drafting.by_meeting_or_head)),
    Act("reject", "不予批准", "17", by=_by(GOVERNMENT_OFFICE), states=_by(PRESENTED), to=(REJECTED,), event="rejected",
        command=Reject, decide=partial(approving.reject, by_meeting_or_head=drafting.by_meeting_or_head)),
    Act("start", "启动", "16, 19", by=_by(JUSTICE), rank=Rank.LEADER, states=_by(APPROVED), to=(RUNNING,),
        guards=(running.limit_open,), event="started", command=Start, decide=running.start),
    Act("dispatch", "调度", "19", by=_by(JUSTICE), states=_by(RUNNING), event="dispatched", command=Dispatch,
        decide=running.dispatch),
    Act("confirm-dispatch", "确认调度", "19", by=_by(LEAD, PARTICIPANT), states=UNDER_WAY, adds_only=True,
        guards=(dispatched,), event="dispatch_confirmed", command=ConfirmDispatch, decide=running.confirm_dispatch,
        follows=preceding.the_dispatch),
    Act("report-task", "报告任务落实情况", "19, 29", by=_by(LEAD, PARTICIPANT),
        states=UNDER_WAY | {ENDED, REPORTED}, adds_only=True, machine=True, guards=(has_tasks,),
        event="task_reported", command=ReportTask, decide=running.report_task,
        follows=preceding.the_start),
    Act("record-decision", "作出处理决定", "4, 16, 19", by=_by(LEAD, PARTICIPANT), rank=Rank.LEADER,
        states=UNDER_WAY | {ENDED}, adds_only=True, event="decision_recorded", command=RecordDecision,
        decide=partial(deciding.record_decision, several_norms=True),
        follows=preceding.the_start),
    Act("record-finding", "记录另案线索", "19", by=MEMBERS, states=UNDER_WAY | {ENDED}, adds_only=True, machine=True,
        event="finding_recorded", also=(TO_HAND_ON,), command=RecordFinding, decide=findings.record_finding,
        follows=preceding.the_start),
    Act("note-hand-on", "记录线索已移送", "internal", by=_by(SUITE), states=UNDER_WAY | {ENDED, REPORTED}, adds_only=True,
        event="finding_handed_on", command=NoteHandOn, decide=findings.note_hand_on),
    Act("settle-finding", "查明线索", "internal", by=MEMBERS, besides=findings.found_it,
        states=UNDER_WAY | {ENDED, REPORTED}, adds_only=True, guards=(findings.unclear_left,), event="finding_settled",
        command=SettleFinding, decide=findings.settle_finding, follows=preceding.the_finding),
    Act("amend", "提出变更方案", "internal", by=_by(LEAD), rank=Rank.LEADER, states=IN_FORCE, guards=(none_open,),
        event="amendment_proposed", command=Amend, decide=drafting.amend),
    Act("review-amendment", "审核变更方案", "internal", by=_by(JUSTICE), rank=Rank.LEADER, states=IN_FORCE,
        guards=(to_review,), event="amendment_reviewed", also=("amended", "amendment_returned"),
        command=ReviewAmendment, decide=amending.review),
    Act("present-amendment", "提报变更方案", "internal", by=_by(JUSTICE), rank=Rank.LEADER, states=IN_FORCE,
        guards=(to_present,), event="amendment_presented", command=PresentAmendment, decide=amending.present),
    Act("decide-amendment", "批准或者不批准变更", "internal", by=_by(GOVERNMENT_OFFICE), states=IN_FORCE,
        guards=(to_decide,), event="amended", also=("amendment_rejected",), command=DecideAmendment,
        decide=partial(amending.decide, by_meeting_or_head=drafting.by_meeting_or_head)),
    Act("suspend", "中止", "internal", by=_by(JUSTICE), rank=Rank.LEADER, states=_by(RUNNING), to=(SUSPENDED,),
        event="suspended", command=Suspend, decide=running.suspend),
    Act("resume", "恢复", "internal", by=_by(JUSTICE), rank=Rank.LEADER, states=_by(SUSPENDED), to=(RUNNING,),
        event="resumed", command=Resume, decide=running.resume),
    Act("terminate", "终止", "internal", by=_by(JUSTICE), rank=Rank.LEADER, states=UNDER_WAY, to=(ENDED,),
        event="ended", command=Terminate, decide=ending.terminate,
        follows=preceding.all_that_was_done),
    Act("propose-end", "提议结束", "internal", by=_by(LEAD), states=UNDER_WAY, guards=(not_proposed,),
        event="end_proposed", command=ProposeEnd, decide=propose_end),
    Act("end", "结束", "internal", by=_by(JUSTICE), states=UNDER_WAY | {ENDED}, to=(ENDED,), guards=(not_ended, proposed),
        event="ended", also=(ending.CORRECTED,), command=End, decide=ending.end,
        follows=preceding.all_that_was_done),
    Act("presume-end", "推定结束", "internal", by=_by(SUITE), states=UNDER_WAY, to=(ENDED,), guards=(limit_past,),
        event="end_presumed", command=PresumeEnd, decide=ending.presume_end),
    Act("report", "总结报告", "20", by=_by(LEAD), rank=Rank.LEADER, states=_by(ENDED), to=(REPORTED,), event=REPORT_MADE,
        command=Report, decide=reporting.report),
    Act("remark", "对评价提出意见", "internal", by=_by(EVALUATED), states=_by(REPORTED), adds_only=True,
        guards=(not_remarked,), event=REMARKED, command=Remark, decide=reporting.remark,
        follows=reporting.the_report),
    Act("correct", "更正", "internal", by=ALL | {EVALUATED, FORMER}, besides=was_party, states=_by(*STATES),
        event="corrected", command=Correct, decide=correct),
    *rows(STATES, hand_over, single=_by(LEAD)),
)

CHAPTER = Chapter(
    service="joint", title="联合执法", path="plans", acts=ACTS, states=STATES, final=FINAL, case=Joint, told=told,
    seen=seen, private=PRIVATE, knowing=IN_PLAN,
)
