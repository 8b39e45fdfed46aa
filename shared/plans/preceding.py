"""What an act on a plan follows, where that is not the act that moved the plan last: rows of `Act.follows`. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from shared.acts.model import Context
from shared.plans.commands import ConfirmDispatch, SettleFinding
from shared.plans.guards import asked_last
from shared.plans.plan import Plan


def the_consultation(plan: Plan, _: Any, context: Context) -> date | None:
    """An answer follows the last question to the agency."""
    asked = asked_last(plan, context.viewer.agency)
    return asked.on if asked else None


def the_submission(plan: Plan, _: Any, __: Context) -> date | None:
    """Before it is first submitted nobody but its parties knows of a plan."""
    return plan.submissions[0].on if plan.submissions else None


def the_start(plan: Plan, _: Any, __: Context) -> date | None:
    """What is done in an action is done after it began."""
    return plan.started_on


def the_dispatch(plan: Plan, command: ConfirmDispatch, _: Context) -> date | None:
    """A confirmation follows the dispatch that it names."""
    return next((each.on for each in plan.dispatches if each.number == command.dispatch), plan.started_on)


def the_finding(plan: Plan, command: SettleFinding, _: Context) -> date | None:
    """What a finding turned out to be is known after it was made."""
    return next((each.on for each in plan.findings if each.number == command.finding), plan.started_on)


def all_that_was_done(plan: Plan, _: Any, __: Context) -> date | None:
    """An action ends after what was done in it: no report, decision or finding of it lies behind its end. Of one that
    has ended nothing is asked here: what is said of its end then is the day on which it truly was."""
    return max(done_in(plan), default=None) if plan.ending is None else None


def done_in(plan: Plan) -> Iterator[date]:
    """The days of all that agencies did in the action."""
    for made in (plan.task_reports, plan.decisions, plan.findings, plan.dispatches):
        yield from (each.on for each in made)
    yield from (each.on for sent in plan.dispatches for each in sent.confirmations)
