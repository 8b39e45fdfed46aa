"""第三章 联合执法: what its events tell; what every plan's do, shared/plans/events.py says. Pure."""

from shared.contracts.telling import Telling, agency, number, text, whole
from shared.plans.events import (
    AMENDING,
    CONSULTED,
    DUTIES,
    ENDED_ON,
    ENDING,
    KEPT,
    LIMIT,
    OPENING,
    PAPER,
    PAPER_NUMBER,
    PREPARING,
    RETURNED_PAPER,
    RUNNING,
    ground,
    left,
    plan,
)

GROUNDS = ground("grounds:joint.", "15", "15-1")

EVENTS: tuple[Telling, ...] = (
    *DUTIES,
    plan("drafted", "已拟订方案", "Drafted", "牵头部门拟订方案时", "a plan was drafted", GROUNDS, LIMIT.may(), *OPENING),
    plan("revised", "方案已修改", "Revised", "牵头部门修改方案时", "the plan was revised", GROUNDS, LIMIT.may(), CONSULTED.may()),
    plan("lead_assigned", "已指定主要牵头部门", "Lead assigned", "市政府或者上级机关指定主要牵头部门时",
         "a superior or the government has named the lead of a campaign", GROUNDS,
         text("document", "安排的文号", "number of the order", 200, article="17", example="鲁海渔发〔2026〕3号"), *OPENING),
    plan("decided_directly", "市政府已直接决定", "Decided directly", "市政府直接决定开展联合执法时",
         "the government has decided on the action itself", GROUNDS, PAPER_NUMBER, PAPER,
         whole("material", "材料序号", "number of the scanned paper"), *OPENING),
    *PREPARING,
    plan("submitted", "已报送", "Submitted", "主要牵头部门申请或者报送审核时", "the lead has submitted the plan", GROUNDS, LIMIT,
         number("报送", "submission", example="荣住建报字〔2025〕第1号"),
         agency("unanswered", "未答复的部门", "who was asked and has not answered", many=True, example=[])),
    plan("reviewed", "已审核", "Reviewed", "司法局审核通过时", "justice has passed the plan",
         number("审核意见", "opinion", example="荣司审字〔2025〕第1号")),
    plan("returned", "已退回修改", "Returned", "司法局或者市政府退回修改时", "justice or the government has returned it",
         *RETURNED_PAPER),
    *RUNNING,
    *AMENDING,
    plan("end_proposed", "已提议结束", "End proposed", "主要牵头部门提议结束时", "the lead has proposed to end the action"),
    *ENDING,
    left("reported", "已总结报告", "Reported", "主要牵头部门向市政府作出总结报告时", "the summary went to the government",
         number("总结报告", "summary", example="荣住建总字〔2025〕第1号"), ENDED_ON,
         agency("delivered_to", "报送机关", "to whom it was delivered", many=True, article="20", example=["zhengfuban"]),
         whole("evaluated", "评价的部门数", "how many agencies are evaluated", article="20", example=4)),
    left("report_remarked", "已对评价提出意见", "Report remarked on", "被评价部门对评价提出意见时",
         "an agency has remarked on its evaluation", whole("remark", "第几条意见", "which remark, from 1")),
    *KEPT,
)
