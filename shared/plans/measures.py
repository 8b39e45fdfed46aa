"""第五条: nobody may rest on a plan: what agencies go on doing before the government answers, and afterwards. Pure."""

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from shared.acts.model import Context, Outcome
from shared.acts.persons import enough
from shared.acts.signing import signed
from shared.acts.standing import absent, enforces
from shared.kernel.errors import Refusal, Rows, demand
from shared.plans import refusals as no
from shared.plans.commands import AddRelated, RecordContinuation, RecordMeasure
from shared.plans.facts import done
from shared.plans.plan import LEAD, PARTICIPANT, RELATED, Continuation, Measure, Plan

P = TypeVar("P", bound=Plan)


def record_measure(plan: P, command: RecordMeasure, context: Context, *, items: str) -> Outcome[P]:
    """继续履行职责: all that lacks at once, each with the article of its item."""
    least = int(context.rulebook.setting("officers_per_measure"))
    day, articles = context.happened_on, {item.id: item.article for item in context.rulebook.items.get(items, ())}

    def of(item: str, refusal: Refusal) -> Refusal:
        return replace(refusal, article=articles.get(item, "internal"))

    demand(
        (command.what, of("what", no.MEASURE_EMPTY)),
        (command.where, of("where", no.NO_MEASURE_PLACE)),
        (command.taken_on <= day, of("when", no.MEASURE_LATER)),
        *((holds, of("when", refusal)) for holds, refusal in of_its_time(plan, command, context)),
        (enough(command.officers, least),
         of("officers", no.TOO_FEW_OFFICERS.filled(officers=least))),
        (command.effect, of("effect", no.NO_EFFECT)),
    )
    measure = Measure(context.viewer.agency, command, day, plan.version_on(day))
    after = replace(plan, measures=(*plan.measures, measure))
    own = [{"item": "", "bound": measure.agency}]               # another's measure is none of the lead's
    return done(after, context, {"measure": len(after.measures), "taken_on": command.taken_on, "measure_of": own})


def of_its_time(plan: Plan, command: RecordMeasure, context: Context) -> Rows:
    """A measure of long before the plan is none of what is done until the government answers."""
    before = int(context.rulebook.setting("measure_before_days"))
    yield command.taken_on >= plan.opened_on - timedelta(days=before), no.MEASURE_EARLIER.filled(days=before)


def record_continuation(plan: P, command: RecordContinuation, context: Context) -> Outcome[P]:
    """未批准或者撤回后的履职安排."""
    demand((command.how, no.NO_CONTINUATION), *signed(command.officer, command.leader))
    return done(replace(plan, continuation=Continuation(command, context.happened_on)), context, {})


def add_related(plan: P, command: AddRelated, context: Context) -> Outcome[P]:
    """增列相关部门: by justice, an agency that goes on with its own duties though the plan does not name it."""
    agency, parties = command.agency, plan.parts_of(LEAD, PARTICIPANT, RELATED)
    demand(
        (enforces(context, agency), absent(context, agency, no.UNKNOWN_RELATED)),
        (agency not in parties, no.ALREADY_IN_PLAN),
        (command.reason, no.NO_REASON),
    )
    added = plan.with_party(RELATED, (agency,), context.happened_on)
    return done(replace(added, related=(*plan.related, command)), context, {"related": agency})
