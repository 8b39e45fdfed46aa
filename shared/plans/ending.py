"""How an action ends: by an act, broken off, or presumed when nobody ended it in time. Pure.

The true day of an end that was presumed is said by the act that ends; the report is due from the presumption's entry.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from shared.acts.model import Context, Outcome
from shared.acts.signing import NO_OFFICER, signed
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, demand
from shared.plans import refusals_running as no
from shared.plans.commands import End, PresumeEnd, Terminate
from shared.plans.facts import done
from shared.plans.plan import Ending, Plan
from shared.plans.preceding import done_in
from shared.plans.refusals import NO_REASON
from shared.plans.states import ENDED
from shared.plans.tasks import extending, falling_away, to_do

P = TypeVar("P", bound=Plan)
CORRECTED = "end_corrected"             # the event of a true end that comes after a presumed one
LAPSED = "lapsed"                       # what became of an amendment that was open at the end


def not_ended(plan: Plan, _: Context) -> Iterable[Refusal]:
    """A guard of the act that ends: an end that was presumed may be said truly, once."""
    if plan.state == ENDED and (plan.ending is None or plan.ending.presumed is None or plan.ending.ended is not None):
        yield no.ALREADY_ENDED


def limit_past(plan: Plan, context: Context) -> Iterable[Refusal]:
    """A guard of the presumption: the time limit may have been moved since, or is asked to be: an amendment of it that
    is open was proposed in time."""
    limit = plan.content.time_limit
    if limit is None or day_of(context.now) <= limit:
        yield no.LIMIT_NOT_PAST
    elif plan.amendment is not None and extending(plan, plan.amendment):
        yield no.EXTENSION_OPEN


def end(plan: P, command: End, context: Context) -> Outcome[P]:
    """结束 on the act's true date; of an end that was presumed, the day on which it truly was."""
    if plan.state == ENDED:
        return _corrected(plan, command, context)
    day = context.happened_on
    demand((command.says, no.NO_END_SAID), (command.ended_on in (None, day), no.OTHER_END_DAY),
           (command.officer, NO_OFFICER))
    ending = Ending(day, context.viewer.agency, day_of(context.now), ended=command)
    return _ended(plan, ending, context, *tasks_open(plan))


def tasks_open(plan: Plan) -> Iterator[Refusal]:
    """Said to who ends an action in which tasks are still to be done: which, and whose."""
    if open_ := to_do(plan):
        yield replace(no.TASKS_OPEN.filled(tasks="；".join(f"第{each.number}项「{each.title}」" for each in open_)),
                      values={"tasks": [{"task": each.number, "agency": each.agency} for each in open_]})


def _corrected(plan: P, command: End, context: Context) -> Outcome[P]:
    ending, day = plan.ending, command.ended_on
    assert ending is not None
    since = max((plan.started_on or plan.opened_on, *(each for each in done_in(plan) if each <= ending.on)))
    demand((command.says, no.NO_END_SAID), (day and since <= day <= ending.on, no.END_DAY),
           (command.officer, NO_OFFICER))
    assert day is not None
    said = replace(ending, on=day, by=context.viewer.agency, ended=command)
    return done(replace(plan, ending=said), context, {"ended_on": day, "was_on": ending.on}, state=ENDED,
                event=CORRECTED)


def terminate(plan: P, command: Terminate, context: Context) -> Outcome[P]:
    """终止: broken off; what was to be done is not, and the report stays due."""
    demand((command.reason, NO_REASON), *signed(command.officer, command.leader))
    ending = Ending(context.happened_on, context.viewer.agency, day_of(context.now), terminated=command)
    return _ended(plan, ending, context)


def presume_end(plan: P, command: PresumeEnd, context: Context) -> Outcome[P]:
    """推定结束 on the last day of the time limit; the act's true date is the day of entry."""
    limit = plan.content.time_limit
    assert limit is not None
    return _ended(plan, Ending(limit, "", context.happened_on, presumed=command), context)


def _ended(plan: P, ending: Ending, context: Context, *warnings: Refusal) -> Outcome[P]:
    amendments = tuple(replace(each, outcome=each.outcome or LAPSED) for each in plan.amendments)
    after = replace(plan, ending=ending, amendments=amendments)
    return done(after, context, _told(plan, ending), *warnings, state=ENDED)


def _told(plan: Plan, ending: Ending) -> dict[str, Any]:
    broken_off = ending.terminated is not None
    return {"ended_on": ending.on, "terminated": broken_off, "presumed": ending.presumed is not None,
            "tasks": falling_away(plan, ending.on, broken_off)}
