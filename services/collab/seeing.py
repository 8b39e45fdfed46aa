"""第二章 协同执法: who hears of what happens to a plan, and what an agency may see of it. Pure. As every plan; and a
participant that declined keeps its own notice, with what justice asked of it and what it answered, and no word of who
took its place or of the report. It hears justice's question; its answer goes to who asked and to the lead."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.collab.plan import Collab
from shared.acts.model import Context, Viewer
from shared.contracts.register import Register
from shared.plans import seeing

QUESTIONED, ANSWERED = "participation_questioned", "question_answered"


def told(before: Collab | None, after: Collab, event: str, context: Context) -> frozenset[str]:
    """As of every plan. Of a question hears the agency that declined, though it has left; of its answer those alone
    who are concerned: itself, the lead, and the overseers."""
    heard = seeing.told(before, after, event, context)
    if before is None or event not in (QUESTIONED, ANSWERED):
        return heard
    asked = {each.agency for each, was in zip(after.declined, before.declined, strict=True) if each != was}
    if event == QUESTIONED:
        return heard | asked
    return heard & {after.lead, *context.register.standing_agencies(*seeing.OVERSEERS)} | asked


def seen(plan: Collab, viewer: Viewer, register: Register) -> Collab | None:
    return seeing.seen(plan, viewer, register, _own)


def _own(plan: Collab, agency: str) -> Mapping[str, Any]:
    """What a former party sees of the fields that this chapter adds."""
    declined = (replace(each, reassigned=None, reassigned_on=None) for each in plan.declined if each.agency == agency)
    return {"causes": plan.causes, "grounds": plan.grounds, "lead_because": plan.lead_because,
            "declined": tuple(declined)}
