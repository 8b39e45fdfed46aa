"""第二十条: the lead proposes the end of a joint action; justice, which carries it out (19), ends it. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from services.joint import refusals as no
from services.joint.commands import ProposeEnd
from services.joint.plan import Joint, Proposed
from shared.acts.model import Context, Outcome
from shared.acts.signing import NO_OFFICER
from shared.errors import Refusal, demand
from shared.plans.facts import done
from shared.plans.states import ENDED


def not_proposed(plan: Joint, _: Context) -> Iterable[Refusal]:
    """Proposed once, until the action has gone on after a pause."""
    if open_proposal(plan):
        yield no.END_PROPOSED


def proposed(plan: Joint, _: Context) -> Iterable[Refusal]:
    """The end is proposed before justice declares it; of one that was presumed, the true end is said at once."""
    if plan.state != ENDED and not open_proposal(plan):
        yield no.END_NOT_PROPOSED


def open_proposal(plan: Joint) -> Proposed | None:
    """The proposal that awaits justice: one that an action resumed since has overtaken is none."""
    last = plan.end_proposals[-1] if plan.end_proposals else None
    resumed = plan.pauses[-1].resumed_on if plan.pauses else None
    return None if last is None or (resumed is not None and resumed > last.on) else last


def propose_end(plan: Joint, command: ProposeEnd, context: Context) -> Outcome[Joint]:
    demand((command.says, no.NO_END_SAID), (command.officer, NO_OFFICER))
    proposal = Proposed(command, context.viewer.agency, context.happened_on)
    return done(replace(plan, end_proposals=(*plan.end_proposals, proposal)), context, {})
