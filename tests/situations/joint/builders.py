"""第三章 联合执法: one builder for each act of its own, what is sent when a situation says nothing else. It always goes
through. Those of every plan are in tests/situations/plans.py."""

from collections.abc import Mapping
from datetime import date

from services.joint.plan import Joint
from services.joint.reporting import SUMMARY
from shared.plans.states import ENDED
from tests.plans import bodies
from tests.plans.bodies import BY, SIGNED
from tests.situations import plans
from tests.situations.book import Builder, Sent, Step
from tests.situations.city import REGISTER
from tests.situations.plans import LEADING, content, number


def draft(plan: Joint | None, day: date) -> Sent:
    """On 15(一), by who bears the main task; a plan that was ordered needs no other ground and no application."""
    if plan is not None and plan.ordered:
        return {"content": content(day), **BY}
    return bodies.draft("joint", day, content=content(day), lead_because="main_task")


def assign(_: None, day: date) -> Sent:
    return {"title": "沿海岸线违法建设专项治理", "document": f"鲁政办字〔{day.year}〕3号", "ordered_by": "山东省人民政府办公厅",
            "field_or_area": "沿海岸线违法建设", "lead": LEADING, **BY}


def decide_directly(_: None, day: date) -> Sent:
    return {"title": "台风灾后市场秩序联合执法", "kind": "minutes", "number": f"荣政纪〔{day.year}〕12号",
            "decided_by": "市政府第48次常务会", "lead": LEADING, "scan": "sha256:" + "b" * 64, **BY}


def add_material(plan: Joint, day: date) -> Sent:
    """As of every plan; of one that has ended the summary itself."""
    said = plans.add_material(plan, day)
    return {**said, "name": "联合执法总结报告", "kind": SUMMARY} if plan.state == ENDED else said


def report(plan: Joint, day: date) -> Sent:
    """With every material that its lead added, and an evaluation of all who took part."""
    said = [{"agency": agency, "says": f"{REGISTER.agencies[agency].name}按分工完成了任务"} for agency in plan.evaluated]
    return {"number": number(plan.lead, "总字", day, 1), "result": "清理占道经营十二处", "effect": "沿街秩序明显好转，未见反弹",
            "evaluations": said, "materials": [each.number for each in plan.materials if each.added_by == plan.lead],
            **SIGNED}


def propose_end(_: Joint, day: date) -> Sent:
    return dict(bodies.PLAIN["propose-end"])


def remark(_: Joint, day: date) -> Sent:
    return dict(bodies.PLAIN["remark"])


BUILDERS: Mapping[str, Builder] = {
    **plans.BUILDERS, "add-material": add_material, "draft": draft, "assign": assign,
    "decide-directly": decide_directly, "propose-end": propose_end, "report": report, "remark": remark,
}

Path = tuple[str | Step, ...]
ENDS = ("propose-end", "end")
_OF_EVERY_PLAN = plans.paths("draft", ends=ENDS)
_ASSIGNED = plans.paths("assign", "draft", ends=ENDS)
_DIRECTED = plans.paths("decide-directly", "draft", ends=ENDS)
_STARTED = _OF_EVERY_PLAN["start"]
_TO_REPORT: Path = (*_OF_EVERY_PLAN["end"], "add-material")          # by the lead: the summary itself
ORDERED: Mapping[str, Path] = {"assign": _ASSIGNED["start"], "decide-directly": _DIRECTED["start"]}
PATHS: Mapping[str, Path] = {
    **_OF_EVERY_PLAN,
    "assign": ("assign",), "decide-directly": ("decide-directly",),
    **{f"assign … {act}": path for act, path in _ASSIGNED.items()},
    **{f"decide-directly … {act}": path for act, path in _DIRECTED.items()},
    "propose-end": (*_STARTED, "propose-end"), "summary": _TO_REPORT, "report": (*_TO_REPORT, "report"),
    "remark": (*_TO_REPORT, "report", "remark"),
}
