"""第七条、第九条: a collaborative plan is drafted, with its grounds, and submitted or applied for by its route. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from services.collab import declining, grounds
from services.collab import refusals as no
from services.collab.commands import Draft
from services.collab.grounds import APPLY
from services.collab.guards import lead_presents
from services.collab.plan import Collab
from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.signing import NO_OFFICER
from shared.contracts.register import PUNISH, SUPERVISE
from shared.kernel.errors import Refusal, Rows, demand
from shared.plans import amending, approving, drafting
from shared.plans.commands import Amend, Review, Submit

ITEMS, LEAD_REASONS = "collab.plan", "collab_lead_reasons"


def draft(plan: Collab | None, command: Draft, context: Context) -> Outcome[Collab]:
    """Opens a plan, or writes it anew. Its grounds give its route (9): it may change until the plan is submitted."""
    demand(*drafting.written(command.content, context), *grounds.named(command.grounds, context),
           *_coded(command, context), (command.officer, NO_OFFICER))
    route = grounds.route_of(command.grounds, context)
    own: dict[str, Any] = {"causes": command.causes, "grounds": command.grounds, "lead_because": command.lead_because}
    if plan is None:
        day = context.happened_on
        plan = drafting.opened(Collab, context.viewer.agency, command.content, route, day, **own)
        return drafting.drafted(plan, context, told(plan))
    written = replace(plan, route=route, **own)
    return drafting.revised(written, command.content, context, told(written))


def _coded(command: Draft, context: Context) -> Rows:
    for at, cause in enumerate(command.causes):
        yield listed(context, "causes", cause, no.UNKNOWN_CAUSE.at(f"causes.{at}"))
    if command.lead_because:
        yield listed(context, LEAD_REASONS, command.lead_because, no.UNKNOWN_LEAD_REASON)


def told(plan: Collab) -> Mapping[str, Any]:
    """What the chapter's events of a draft and its submission tell besides."""
    return {"grounds": [each.code for each in plan.grounds], "causes": list(plan.causes)}


def submit(plan: Collab, command: Submit, context: Context) -> Outcome[Collab]:
    """9(一): 报送审查; 9(二): 申请."""
    submitted = drafting.submit(plan, command, context, items=ITEMS, lacks=lacks, tells=told)
    powerless = without_power(plan, context)
    doubts = [no.LEAD_WITHOUT_POWER] if powerless else ()
    return replace(submitted, facts={**submitted.facts, "lead_without_power": powerless},
                   warnings=(*submitted.warnings, *doubts))


def without_power(plan: Collab, context: Context) -> list[str]:
    """9(一): the causes that by the 权责清单 are others' and not the lead's: said to the officer and to justice, which
    reviews. Under 9(二) the lead is who investigated first, or bears the main duty."""
    if plan.route == APPLY:
        return []
    holders = {cause: frozenset[str]().union(*(context.register.holders(cause, power, context.happened_on)
                                               for power in (SUPERVISE, PUNISH))) for cause in plan.causes}
    return [cause for cause, agencies in holders.items() if agencies and plan.lead not in agencies]


def lacks(plan: Collab, context: Context) -> Iterator[Refusal]:
    """What lacks besides the items of the plan: what it is about, its grounds, and under 9(二) why this agency leads.
    Nor does it name who declined (12)."""
    if not plan.causes:
        yield no.NO_CAUSE
    yield from grounds.lacking(plan.grounds, plan.content, context)
    if plan.route == APPLY and not plan.lead_because:
        yield no.NO_LEAD_REASON
    named = ((each, f"content.participants.{at}.agency") for at, each in enumerate(plan.content.agencies))
    yield from declining.still_named(plan, named, context)


def applied(plan: Collab) -> bool:
    """Whether it was applied for (9(二)): then justice's opinion is written."""
    return plan.route == APPLY


def review(plan: Collab, command: Review, context: Context) -> Outcome[Collab]:
    """审查, 审核; the clock of the presentation is told whom it binds, where that is not justice."""
    reviewed = approving.review(plan, command, context, opinion=applied)
    presenter = {"item": "1", "bound": plan.lead} if lead_presents(plan, context) else {"item": "1"}
    return replace(reviewed, facts={**reviewed.facts, "presenter": presenter})


def amend(plan: Collab, command: Amend, context: Context) -> Outcome[Collab]:
    """变更方案: what is asked of the plan is asked of it again. Whom it names anew has not declined (12); one that it
    goes on to name stays out."""
    content, before = command.content, plan.content
    named = [(each, f"content.participants.{at}.agency") for at, each in enumerate(content.agencies)
             if each not in before.agencies]
    if content.lead != before.lead:
        named.append((content.lead, "content.lead"))
    return amending.amend(plan, command, context, items=context.rulebook.items.get(ITEMS, ()),
                          lacks=declining.still_named(plan, named, context))
