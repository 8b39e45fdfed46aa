"""第二章 协同执法: one builder for each act of its own, what is sent when a situation says nothing else. It always goes
through. Those of every plan are in tests/situations/plans.py."""

from collections.abc import Mapping
from datetime import date

from services.collab.enclosing import CLOSING_REPORT
from services.collab.plan import Collab
from tests.plans import bodies
from tests.plans.bodies import BY, SIGNED
from tests.situations import plans
from tests.situations.book import Builder, Sent, Step
from tests.situations.plans import FIRST, content, number


def draft(plan: Collab | None, day: date) -> Sent:
    return bodies.draft("collab", day, content=content(day))


def decline(plan: Collab, day: date) -> Sent:
    """With the last material as its notice."""
    return {"ground": "statutory", "law": "行政处罚法", "law_article": "第二十六条",
            "law_text": "协助事项属于被请求机关职权范围内的，应当依法予以协助", "number": number(FIRST, "拒字", day, len(plan.declined) + 1),
            "notice": len(plan.materials), **SIGNED}


def question_decline(plan: Collab, day: date) -> Sent:
    return {"participant": plan.declined[-1].agency if plan.declined else FIRST, "question": "请说明该条文与本次任务的关系", **BY}


def answer_question(plan: Collab, day: date) -> Sent:
    return {"says": "该项任务不在本机关权责清单之内，本机关没有这项职权", **BY}


def reassign(plan: Collab, day: date) -> Sent:
    """Its open tasks go to the lead."""
    gone = plan.waiting[0].agency if plan.waiting else FIRST
    given = [{"task": each.number, "agency": plan.lead} for each in plan.open_tasks(gone)]
    return {"participant": gone, "tasks": given, "reason": "任务由牵头部门承担", **SIGNED}


def report(plan: Collab, day: date) -> Sent:
    """With the first of the enforcement documents, and the closing report that is there."""
    return {"number": number(plan.lead, "情字", day, len(plan.reports) + 1), "says": "占道经营已清理",
            "documents": [each.number for each in plan.materials if each.said.kind == "site_record"][:1],
            "closing_report": _closing(plan), **SIGNED}


def _closing(plan: Collab) -> list[int]:
    """The last closing report in the file."""
    return [each.number for each in plan.materials if each.said.kind == CLOSING_REPORT][-1:]


def add_closing_report(plan: Collab, day: date) -> Sent:
    return {"number": number(plan.lead, "结字", day, 1), "closing_report": _closing(plan), **SIGNED}


BUILDERS: Mapping[str, Builder] = {
    **plans.BUILDERS, "draft": draft, "decline": decline, "question-decline": question_decline, "reassign": reassign,
    "answer-question": answer_question,
    "report": report, "add-closing-report": add_closing_report,
}

_RECORD: Step = {"act": "add-material", "by": "住建局"}                # an enforcement document: what the report encloses
_OF_EVERY_PLAN = plans.paths("draft", begins=(_RECORD, "start"), ends=("end",))
_STARTED, _ENDED = _OF_EVERY_PLAN["start"], _OF_EVERY_PLAN["end"]
_CLOSING: Step = {"act": "add-material", "with": {"材料名称": "结案报告", "材料种类": "结案报告"}}
_NOTICE: Step = {"act": "add-material", "by": "综合执法局"}
_DECLINED = (*_STARTED, _NOTICE, "decline")
_SENT_BACK: Step = {"act": "review", "with": {"通过": False}}
_LATER: Step = {"act": "report", "with": {"结案报告": [], "尚未办结的案件及原因": "示例公司案在复议中"}}
PATHS: Mapping[str, tuple[str | Step, ...]] = {
    **_OF_EVERY_PLAN,
    "returned": ("draft", "submit", _SENT_BACK), "notice": _DECLINED[:-1], "decline": _DECLINED,
    "question-decline": (*_DECLINED, "question-decline"),
    "answer-question": (*_DECLINED, "question-decline", "answer-question"), "reassign": (*_DECLINED, "reassign"),
    "report": (*_ENDED, _CLOSING, "report"), "report-delivered": (*_ENDED, _LATER),
    "add-closing-report": (*_ENDED, _LATER, _CLOSING, "add-closing-report"),
    "note-filing-return": (*_ENDED, _CLOSING, "report", "note-filing-return"),
}
