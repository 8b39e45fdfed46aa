"""第三章 联合执法: who hears of what happens to a plan, and what an agency may see of it. Pure.

As every plan; and of the evaluations each agency that took part sees its own (20), also one that had left. The lead,
justice and the government office see all of them, and the report itself, in which they stand.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from services.joint.commands import Report
from services.joint.plan import EVALUATED, Joint
from shared.acts.model import Context, Viewer
from shared.acts.succession import forebears
from shared.contracts.register import Register
from shared.plans import seeing
from shared.plans.plan import LEAD
from shared.plans.seeing import OVERSEERS
from shared.plans.states import REPORTED

REPORT_MADE, REMARKED, CORRECTED = "reported", "report_remarked", "corrected"
REMARK = "remark"                       # the act


def told(before: Joint | None, after: Joint, event: str, context: Context) -> frozenset[str]:
    """As of every plan. Of the report hear all who were evaluated in it; of a remark, made or corrected, who made it
    and who reads it."""
    if author := _remarking(after, event):
        return frozenset({*after.parts_of(LEAD), author, *context.register.standing_agencies(*OVERSEERS)})
    evaluated = after.parts_of(EVALUATED) if event == REPORT_MADE else ()
    return seeing.told(before, after, event, context) | frozenset(evaluated)


def _remarking(plan: Joint, event: str) -> str:
    """Whose remark the event tells of; empty for any other event."""
    if event == CORRECTED and plan.corrections and plan.corrections[-1].act == REMARK:
        return plan.corrections[-1].by
    return plan.remarks[-1].agency if event == REMARKED else ""


def seen(plan: Joint, viewer: Viewer, register: Register) -> Joint | None:
    shown = seeing.seen(plan, viewer, register, _own)
    own = viewer.agency
    if shown is None or viewer.suite or own in plan.parts_of(LEAD) or register.standing(own) & OVERSEERS:
        return shown
    if not seeing.sees_whole(plan, viewer, register):
        return replace(shown, state=REPORTED) if own in plan.parts_of(EVALUATED) else shown
    papers = _report_papers(plan)
    return replace(shown, report=_of_its_own(plan.report, {own, *forebears(plan, own)}),
                   remarks=tuple(each for each in plan.remarks if each.agency == own),
                   corrections=tuple(each for each in plan.corrections if each.act != REMARK or each.by == own),
                   materials=tuple(each for each in plan.materials if each.number not in papers))


def _report_papers(plan: Joint) -> frozenset[int]:
    """The materials in which all the evaluations stand: those of the report. Before it is made any that the lead adds
    once the action has ended may be one."""
    if plan.report is not None:
        return frozenset(plan.report.materials)
    ending = plan.ending
    return frozenset(each.number for each in plan.materials
                     if ending is not None and each.added_by == plan.lead and each.added_on >= ending.noted_on)


def _own(plan: Joint, agency: str) -> Mapping[str, Any]:
    """What a former party sees of the fields that this chapter adds: of the report its own evaluation, and no more."""
    report = _of_its_own(plan.report, {agency})
    evaluation = report if report and report.evaluations else None
    return {"grounds": plan.grounds, "lead_because": plan.lead_because, "assigned": plan.assigned,
            "directed": plan.directed, "ordered_on": plan.ordered_on,
            "report": replace(evaluation, result="", effect="") if evaluation else None,
            "reported_on": plan.reported_on if evaluation else None,
            "remarks": tuple(each for each in plan.remarks if each.agency == agency)}


def _of_its_own(report: Report | None, names: Collection[str]) -> Report | None:
    """What the report says, with the agency's own evaluation and no other: not its papers, in which all of them stand.
    One that has none in it reads the rest."""
    if report is None:
        return None
    return replace(report, evaluations=tuple(each for each in report.evaluations if each.agency in names),
                   materials=())
