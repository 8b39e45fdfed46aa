"""第十五条、第十七条: a joint plan is drafted, by who applies or whom an order names, and submitted by its route. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from services.joint import grounds
from services.joint import refusals as no
from services.joint.commands import Draft
from services.joint.grounds import APPLY, ASSIGNED, CAMPAIGN
from services.joint.plan import Joint
from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.signing import NO_OFFICER
from shared.kernel.errors import Refusal, Rows, demand
from shared.plans import amending, drafting
from shared.plans.commands import Amend, Submit
from shared.plans.plan import LEAD

ITEMS, LEAD_REASONS = "joint.plan", "joint_lead_reasons"


def draft(plan: Joint | None, command: Draft, context: Context) -> Outcome[Joint]:
    """Opens a plan that is applied for, or writes one anew. The route of an ordered one is that of its order (17)."""
    ordered = plan is not None and plan.ordered
    demand(*drafting.written(command.content, context), *grounds.named(command.grounds, context),
           *_campaign(command, context, ordered=ordered), *_coded(command, context), (command.officer, NO_OFFICER))
    own: dict[str, Any] = {"grounds": command.grounds, "lead_because": command.lead_because}
    campaign = any(each.code == CAMPAIGN for each in command.grounds)
    route = plan.route if plan is not None and ordered else ASSIGNED if campaign else APPLY
    if plan is None:
        day = context.happened_on
        plan = drafting.opened(Joint, context.viewer.agency, command.content, route, day, **own)
        return drafting.drafted(plan, context, told(plan))
    written = replace(plan, route=route, **own)
    return drafting.revised(written, command.content, context, told(written))


def _campaign(command: Draft, context: Context, *, ordered: bool) -> Rows:
    """15(二): nobody names itself. The government's office records the arrangement (a setting), or the agency that the
    arrangement names drafts on it."""
    by_lead = context.rulebook.setting("campaign_recorded_by") == LEAD
    for at, each in enumerate(command.grounds):
        if each.code == CAMPAIGN:
            where = f"grounds.{at}.code"
            yield not ordered, no.ORDER_IS_GROUND.at(where)
            yield ordered or by_lead, no.CAMPAIGN_BY_ORDER.at(where)
            yield (each.main_task_agency in ("", context.viewer.agency),
                   no.MAIN_TASK_ELSEWHERE.at(f"grounds.{at}.main_task_agency"))


def _coded(command: Draft, context: Context) -> Rows:
    if command.lead_because:
        yield listed(context, LEAD_REASONS, command.lead_because, no.UNKNOWN_LEAD_REASON)


def told(plan: Joint) -> Mapping[str, Any]:
    """What the chapter's events of a draft and its submission tell besides."""
    return {"grounds": list(plan.ground_codes)}


def submit(plan: Joint, command: Submit, context: Context) -> Outcome[Joint]:
    """17(一): 申请; 17(二) and ¶2: 报送审核, on the order."""
    return drafting.submit(plan, command, context, items=ITEMS, lacks=lacks, tells=told)


def lacks(plan: Joint, context: Context) -> Iterator[Refusal]:
    """What lacks besides the ten items: its grounds, of which an order is one, and why an applicant drafts."""
    if not plan.ground_codes:
        yield no.NO_GROUND
    yield from grounds.lacking(plan.grounds, plan.content, context)
    if plan.route == APPLY and not plan.lead_because:
        yield no.NO_LEAD_REASON


def by_meeting_or_head(plan: Joint) -> bool:
    """Whether 17 has a meeting or the head of the government decide: under 17(二) and ¶2, where nobody applies."""
    return plan.route != APPLY


def amend(plan: Joint, command: Amend, context: Context) -> Outcome[Joint]:
    """变更方案: what 18 asks of the plan it asks of it again."""
    return amending.amend(plan, command, context, items=context.rulebook.items.get(ITEMS, ()))
