"""第二章 协同执法: who hears of what happens to a plan, and what an agency may see of it. Pure. As every plan; and a
participant that declined keeps its own notice, with what justice asked of it, and no word of who took its place or of
the report."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.collab.plan import Collab
from shared.acts.model import Viewer
from shared.contracts.register import Register
from shared.plans import seeing
from shared.plans.seeing import told as told


def seen(plan: Collab, viewer: Viewer, register: Register) -> Collab | None:
    return seeing.seen(plan, viewer, register, _own)


def _own(plan: Collab, agency: str) -> Mapping[str, Any]:
    """What a former party sees of the fields that this chapter adds."""
    declined = (replace(each, reassigned=None, reassigned_on=None) for each in plan.declined if each.agency == agency)
    return {"causes": plan.causes, "grounds": plan.grounds, "lead_because": plan.lead_because,
            "declined": tuple(declined)}
