"""第二十条: the lead proposes the end of a joint action; justice, which carries it out (19), ends it. Pure."""

from dataclasses import replace

from services.joint import refusals as no
from services.joint.commands import ProposeEnd
from services.joint.plan import Joint, Proposed
from shared.acts.model import Context, Outcome
from shared.acts.signing import NO_OFFICER
from shared.kernel.errors import demand
from shared.plans.facts import done


def propose_end(plan: Joint, command: ProposeEnd, context: Context) -> Outcome[Joint]:
    demand((command.says, no.NO_END_REASON), (command.officer, NO_OFFICER))
    proposal = Proposed(command, context.viewer.agency, context.happened_on, plan.resumptions)
    return done(replace(plan, end_proposals=(*plan.end_proposals, proposal)), context, {})
