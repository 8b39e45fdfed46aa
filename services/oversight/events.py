"""第六章 督查: what the events of filings (备案), of task reports and of supervision (29) tell. Pure."""

from dataclasses import replace

from services.oversight.accountability import events as accountability_events
from services.oversight.conferences import events as conferences_events
from shared.contracts.frame import bound_items, succession
from shared.contracts.telling import (
    AGENCY,
    Audience,
    Fact,
    Telling,
    agency,
    code,
    day,
    fact_of,
    number,
    ref,
    text,
    thing,
    whole,
)

FILED = {"transfer": "案件移送", "collab": "协同执法"}           # the services of what is filed, and of what has tasks
PLANS = {"collab": "协同执法", "joint": "联合执法", "oversight": "督查"}    # and what is answered by a task report too
COLLECTIONS = {"plans": "方案", "supervision": "督查", "conferences": "联席会议"}    # where the cases of task reports are
FILERS = Audience("报备案的机关、司法局和市政府办公室", "who filed it, justice and the government office")
FILING = (
    code("kind", "备案种类", "kind", "filing_kinds", example="closing_report"),
    code("chapter", "所属服务", "service its case is of", choices=FILED), ref("case", "案件", "case it is of"),
    whole("report", "第几次报告", "which report of the case, from 1"), number("报备案的文书", "document filed"),
    agency("filed_by", "报备案的机关", "who filed it"), day("filed_on", "报备案日期", "day it was delivered", article="13, 25"),
)

REPORTERS = Audience("报告机关、司法局和市政府办公室", "who reported, justice and the government office")
TASK_REPORT = (
    code("chapter", "所属服务", "service it is of", choices=PLANS),
    code("collection", "方案、督查或者联席会议", "collection its case is in", choices=COLLECTIONS, empty=True),
    ref("case", "所属案件", "plan, supervision or conference it is of"),
    whole("report", "第几次报告", "which task report of it, from 1"),
    agency("reporter", "报告机关", "who reported"), day("delivered_on", "送达日期", "day it was delivered", article="29"),
    whole("reported", "报告的任务或者议定事项", "tasks or resolutions reported on", many=True, example=[1]),
    text("tasks", "完成的任务或者议定事项", "tasks or resolutions that are done", many=True, example=["1"]),
    fact_of(AGENCY, "awaited", "待签收的机关", "who still has to register it", many=True, example=["zhengfuban"]),
)

SUPERVISED = Audience("被督查机关、司法局和市政府办公室", "who is supervised, justice and the government office")
BREACH = thing(
    "breaches", "逾期记录", "breaches it is about: the evidence",
    code("service", "服务", "service that told it", example="transfer"), ref("deadline", "期限编号", "deadline"),
    whole("generation", "核算次数", "computation of the deadline that was breached"), ref("case", "案件", "case it is of"),
    code("clock", "时限", "clock of the rulebook", example="transfer.letter"),
    text("epoch", "纪元", "epoch of that service's journal", empty=True), whole("position", "位置", "position in it"),
    ref("event", "逾期事件", "event that told of it"),
    text("digest", "摘要", "digest of that event's text as received", 80, example=f"sha256:{'0' * 64}"), many=True)
SUPERVISION = (
    agency("target", "被督查机关", "who is supervised", empty=True), agency("issuer", "督查机关", "who supervises", empty=True),
    code("kind", "文书种类", "kind of the last step", "supervision_kinds", example="reminder"),
    whole("step", "第几步", "which step of the ladder, from 1"), BREACH,
)


def supervision(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    return Telling(name, zh, en, when, sent, (*SUPERVISION, *facts), SUPERVISED)


def task_report(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    return Telling(name, zh, en, when, sent, (*TASK_REPORT, *facts), REPORTERS)


def filing(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    return Telling(name, zh, en, when, sent, (*FILING, *facts), FILERS)


EVENTS: tuple[Telling, ...] = (
    filing("filing_received", "已收到备案材料", "Filing received", "备案材料送达司法局时", "something was delivered for filing"),
    filing("filing_registered", "已登记备案", "Filing registered", "司法局登记备案时", "justice has registered it",
           text("filing_number", "备案号", "number of the filing", 200, example="荣司备〔2025〕1号")),
    filing("filing_returned", "已退回补报", "Filing returned", "司法局退回补报时", "justice has returned it for what lacks",
           code("ground", "退回事由", "ground", "filing_return_reasons", example="incomplete"),
           whole("lacks", "需补报项数", "how many things lack")),
    task_report("task_report_delivered", "任务落实情况已送两家", "Task report delivered", "部门报告任务落实情况、同时送达两家时",
                "an agency has reported on tasks, and both offices have it",
                bound_items("office", "收件机关", "offices it was delivered to, each bound to register it", article="29")),
    task_report("task_report_registered", "任务落实情况已签收", "Task report registered", "一家收件机关签收时",
                "an office has registered it",
                fact_of(AGENCY, "office", "所签收的收件机关", "offices whose duty is done", many=True, article="29",
                        example=["sifa"])),
    *succession(*FILING),
    *(replace(each, name=f"task_report_{each.name}", zh=f"任务落实情况{each.zh}", en=f"Task report {each.en.lower()}",
              audience=REPORTERS) for each in succession(*TASK_REPORT)),
    supervision("supervision_issued", "已发出督查文书", "Supervision issued", "发出或者再发督查文书时",
                "a step of supervision was taken", day("answer_by", "答复期限", "day to answer by"),
                number("督查文书", "document issued; empty: it has none", empty=True, example="荣司督〔2026〕1号").may()),
    supervision("supervision_answered", "已答复督查", "Supervision answered", "被督查机关答复时", "who is supervised has answered",
                agency("reporter", "答复机关", "who answered", article="29")),
    supervision("delay_explained", "已说明延误", "Delay explained", "被督查机关说明延误时",
                "who is supervised has explained the delay",
                code("ground", "延误事由", "ground", "excuses", example="appraisal")),
    supervision("explanation_accepted", "延误说明已采纳", "Explanation accepted", "督查机关采纳延误说明时",
                "the explanation was accepted: the delay is excused"),
    supervision("explanation_rejected", "延误说明未采纳", "Explanation rejected", "督查机关不采纳延误说明时",
                "the explanation was not accepted"),
    supervision("supervision_closed", "已销号", "Supervision closed", "督查机关销号时", "its issuer has closed it"),
    *(replace(each, name=f"supervision_{each.name}", zh=f"督查{each.zh}", en=f"Supervision {each.en.lower()}",
              audience=SUPERVISED) for each in succession(*SUPERVISION)),
    *conferences_events.EVENTS,
    *accountability_events.EVENTS,
)
