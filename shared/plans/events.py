"""What the events of a plan tell, in chapter 2 as in chapter 3; what differs is each chapter's own. Pure."""

from dataclasses import replace

from shared.contracts.frame import (
    BASIS,
    BASIS_ENDED,
    CORRECTION,
    MATERIAL,
    RETURNED_FILING,
    bound_items,
    succession,
)
from shared.contracts.telling import (
    INSTANT,
    Audience,
    Fact,
    Telling,
    agency,
    code,
    day,
    fact_of,
    flag,
    number,
    ref,
    text,
    thing,
    whole,
)

ROUTES = {"submit": "报送审查", "apply": "申请", "assigned": "指定", "direct": "市政府直接决定"}
LEAD = agency("lead", "牵头部门", "leading agency", example="zonghe")
PARTICIPANTS = agency("participants", "配合或者参与部门", "agencies that take part", many=True,
                      example=["gongan", "ziran"])
ROUTE = code("route", "报批途径", "by which route it is approved", choices=ROUTES)
VERSION = whole("version", "方案版本", "version of the plan, from 1")
_KEY = "hmac-sha256:1-e521f1:20b684d6e903462c4af983252bda903650451bf6927c269bdf"
KEYS = text("respondent_keys", "新载明的当事人摘要", "keyed digests of respondents that the plan names from now on, no name",
            200, many=True, required=False, article="27", example=[_KEY])
GONE = text("respondent_keys_gone", "不再载明的当事人摘要", "keyed digests of respondents that it names no more", 200,
            many=True, required=False, article="27", example=[_KEY])
PLAN = (LEAD, PARTICIPANTS, ROUTE, VERSION, BASIS_ENDED, KEYS, GONE)
LEFT = (LEAD.may(), PARTICIPANTS.may(), *PLAN[2:3], VERSION.may(), *PLAN[4:])  # where one hears it that has left
LIMIT = day("time_limit", "执法时限", "last day of the action")
CAUSES = code("causes", "案由", "causes", "causes", many=True, example=["illegal_building"])
TASKS = bound_items("tasks", "工作任务", "tasks, each with who is bound and until when")
GIVEN = bound_items("dispatch", "调度", "dispatches, each with who is bound")
CONSULTED = bound_items("consultation", "征求意见", "consultations, each with who is asked and until when")
PAPER = code("paper", "市政府文件种类", "kind of the government's paper", "government_papers", example="instruction")
PAPER_NUMBER = number("市政府决定", "government's paper", example="荣政办〔2025〕9号")
AMENDMENT = whole("amendment", "变更后的版本", "version that it would make")
ACTION = text("action", "行动时限", "one empty item where the action's limit runs anew; else none", many=True, empty=True,
              example=[])
ITEMS = code("items", "变更的项目", "items that change", many=True, example=["tasks"])
MINOR = flag("minor", "一般变更", "a minor one, which justice decides")
WHO = agency("participant", "变动的部门", "agencies whose part changes", many=True, example=[])
ENDED_ON = day("ended_on", "结束日期", "true date of its end")
FILED_WITH = agency("filed_with", "备案机关", "with whom it is filed", many=True, example=["sifa"])
REPORT = whole("report", "第几次报告", "which report, from 1")
FINDING = thing("finding", "线索", "finding, with who has it", text("item", "线索序号", "number of the finding", example="1"),
                agency("bound", "承担机关", "who is to hand it on", empty=True))
FOUND = (FINDING, code("cause", "案由", "cause", "causes", example="illegal_building"),
         code("remit", "职责归属", "whose remit it is", "finding_remits", article="10", example="other"),
         text("own_case", "本机关立案文号", "number of the own case", 200, empty=True),
         agency("to", "拟移送机关", "agency it is to go to", empty=True))
UNCLEAR = thing("unclear", "尚不明确的线索", "finding of which nobody says whose it is, with who is to find out",
                *FINDING.facts, many=True, example=[])
DECLINE = whole("decline", "第几次不能协同", "which declining, from 1")
DECLINED = agency("declined", "不能协同的部门", "agency that declined", article="12")


def ground(of: str, article: str, example: str) -> Fact:
    """The grounds of a chapter, coded."""
    return code("grounds", "情形", "grounds", of, many=True, article=article, example=[example])


TOLD = Audience("方案各方，报送后还有司法局和市政府办公室",
                "who is in the plan; once it is submitted justice and the government office too")


def plan(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    """An event that tells who is in the plan now."""
    return Telling(name, zh, en, when, sent, (*PLAN, *facts), TOLD)


def left(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    """An event that may go to one that has left the plan: it tells nothing of the plan as it is now then."""
    return Telling(name, zh, en, when, sent, (*LEFT, *facts), TOLD)


DUTIES = (
    plan("interim_measure_recorded", "已记录继续履行职责", "Interim measure recorded", "部门记录其继续履行职责的措施时",
         "an agency has recorded what it did in the meantime", whole("measure", "第几项措施", "which measure, from 1"),
         bound_items("measure_of", "措施由谁采取", "whose measure it is"), day("taken_on", "采取日期", "day of it", article="5")),
    plan("related_added", "已增列相关部门", "Related agency added", "司法局增列相关部门时", "justice has added an agency",
         agency("related", "相关部门", "agency that was added", article="5")),
    plan("continuation_recorded", "已说明继续履职安排", "Continuation recorded", "方案未获批准或者撤回后说明如何继续时",
         "the lead has said how it goes on without the action"),
)
PREPARING = (
    plan("consulted", "已征求意见", "Consulted", "牵头部门征求意见时", "the lead has asked those named for their opinion", CONSULTED,
         day("due_on", "答复期限", "last day for an answer")),
    plan("consultation_answered", "已答复意见", "Consultation answered", "部门答复意见时", "an agency has answered",
         text("consultation", "第几次征求", "which consultation", example="1"),
         code("answer", "答复", "its answer", "consultation_answers", example="agree")),
    plan("material_added", "已添加材料", "Material added", "方案添加材料时", "a material was added", *MATERIAL),
    plan("withdrawn", "已撤回方案", "Withdrawn", "牵头部门撤回方案时", "the lead has withdrawn the plan"),
    plan("presented", "已呈报市政府", "Presented", "司法局呈请、提报市政府时", "justice has presented it to the government",
         number("呈请", "presentation", example="荣司呈字〔2025〕第1号")),
    plan("approved", "已批准", "Approved", "记录市政府批准时", "the government's approval was recorded", PAPER_NUMBER, PAPER,
         day("effective_on", "生效日期", "day from which it holds"), LIMIT,
         whole("conditions", "条件项数", "how many conditions", example=0)),
    plan("rejected", "不予批准", "Rejected", "记录市政府不予批准时", "the government's rejection was recorded", PAPER_NUMBER, PAPER),
)
RUNNING = (
    plan("started", "已启动", "Started", "行动启动时", "the action has begun", TASKS, LIMIT, ACTION, WHO),
    plan("dispatched", "已调度", "Dispatched", "发出调度时", "those named were dispatched", GIVEN,
         fact_of(INSTANT, "meeting_at", "集合时间", "instant of the meeting")),
    plan("dispatch_confirmed", "已确认调度", "Dispatch confirmed", "部门确认调度或者说明不能到场时",
         "an agency has confirmed, or said that it cannot come",
         text("dispatch", "第几次调度", "which dispatch", example="1"), flag("comes", "到场", "it comes", example=True)),
    plan("task_reported", "已报告任务落实情况", "Task reported", "部门报告任务落实情况时", "an agency has reported on its tasks",
         REPORT, text("tasks", "完成的任务", "tasks that are done", many=True, article="29", example=["1"]),
         whole("reported", "报告的任务", "tasks reported on", many=True, example=[1])),
    plan("decision_recorded", "已作出处理决定", "Decision recorded", "部门作出处理决定时", "an agency has decided in its own name",
         whole("decision", "第几项决定", "which decision, from 1"),
         code("kind", "处理决定种类", "kind of it", "decision_kinds", article="4", example="penalty"),
         code("cause", "案由", "cause", "causes", example="illegal_building"),
         number("处理决定", "decision"), whole("fine", "罚款（分）", "fine, in cents", example=50000),
         whole("same_fine", "可能重复罚款的决定", "decisions that may fine the same act", many=True, example=[])),
    plan("finding_recorded", "已记录线索", "Finding recorded", "记录属于本部门或者尚不明确的线索时",
         "something was found that is the finder's own or nobody's yet", *FOUND, UNCLEAR),
    plan("finding_to_hand_on", "线索应当移送", "Finding to hand on", "记录属于其他部门的线索时",
         "something was found that is another agency's", *FOUND),
    plan("finding_handed_on", "线索已移送", "Finding handed on", "线索已移送其他机关时", "what was found was handed on",
         FINDING, ref("transfer", "移送案件", "transfer it became", required=False),
         ref("tip", "案源", "tip it became", required=False), agency("to", "接收机关", "who got it", empty=True),
         day("announced_on", "通报日期", "day of the notice"), UNCLEAR),
    left("finding_settled", "线索已查明", "Finding settled", "尚不明确的线索查明属于本部门或者不需要查处时",
         "what was unclear turned out to be the finder's own, or nothing", FINDING,
         code("outcome", "查明结果", "what it turned out to be", choices={"own": "属于本部门", "nothing": "不需要查处"},
              example="own"),
         text("own_case", "本机关立案文号", "number of the own case", 200, empty=True), UNCLEAR),
)
_NUMBERED = number("审查意见", "opinion", example="荣司变审字〔2025〕第1号")
AMENDING = (
    plan("amendment_proposed", "已提出变更", "Amendment proposed", "牵头部门提出变更方案时", "the lead has proposed an amendment",
         AMENDMENT, ITEMS, MINOR, ACTION),
    plan("amendment_reviewed", "变更已审查", "Amendment reviewed", "司法局审查变更方案通过时", "justice has passed it", AMENDMENT,
         _NUMBERED, ACTION),
    plan("amendment_returned", "变更已退回", "Amendment returned", "司法局退回变更方案时", "justice has returned it", AMENDMENT,
         _NUMBERED, ACTION),
    plan("amendment_presented", "变更已呈报", "Amendment presented", "司法局呈报变更方案时",
         "justice has presented it to the government", AMENDMENT, number("呈请", "presentation")),
    plan("amended", "已变更", "Amended", "变更方案生效时", "the plan is changed: its new version holds", AMENDMENT, ITEMS, MINOR,
         number("批准变更", "approval"), PAPER.may(), day("effective_on", "生效日期", "day from which it holds"), LIMIT, TASKS,
         GIVEN, WHO, ACTION,
         thing("replaces", "被替换的牵头部门", "who is replaced", agency("lead", "原牵头部门", "lead before", required=False),
               required=False)),
    plan("amendment_rejected", "变更未获批准", "Amendment rejected", "市政府不批准变更时", "the government has rejected it", AMENDMENT,
         PAPER_NUMBER, PAPER, ACTION),
)
_END = (ENDED_ON, flag("presumed", "推定结束", "the end is presumed"), flag("terminated", "提前终止", "ended before its time"),
        TASKS)
ENDING = (
    plan("suspended", "已中止", "Suspended", "行动中止时", "the action stands still"),
    plan("resumed", "已恢复", "Resumed", "行动恢复时", "the action goes on",
         day("suspended_on", "中止日期", "day it had been suspended")),
    plan("ended", "已结束", "Ended", "行动结束或者终止时", "the action has ended, or was terminated", *_END),
    plan("end_corrected", "结束日期已更正", "End corrected", "结束日期更正时", "the true date of its end was put right", ENDED_ON,
         day("was_on", "原结束日期", "day it had ended before")),
    plan("end_presumed", "已推定结束", "End presumed", "时限届满未结束也未延期时", "its limit has passed without end or extension",
         *_END),
)
KEPT = (
    left("corrected", "已更正", "Corrected", "更正此前的行为时", "an earlier act was put right", *CORRECTION),
    *(replace(each, audience=TOLD) for each in succession(
        *PLAN, whole("findings", "随之移交的线索", "numbers of the findings that go along", many=True, required=False,
                     example=[1]))),
)
FILING_RETURNED = plan("filing_returned", "备案已退回", "Filing returned", "司法局退回备案时", "justice has returned the filing",
                       *RETURNED_FILING)
RETURNED_PAPER = (number("退回", "return"), PAPER.may())
OPENING = (BASIS,)
