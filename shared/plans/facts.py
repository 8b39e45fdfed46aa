"""What the events of a plan tell besides who did what and when: codes, days and agencies, nothing personal. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from shared.acts.model import Context, Outcome
from shared.acts.standing import BASIS_ENDED, basis_ended
from shared.kernel.errors import Refusal
from shared.plans.plan import PARTICIPANT, Plan

P = TypeVar("P", bound=Plan)
OF_NOW = ("lead", "participants", "version")        # who is in the plan now, and as it is written now


def done(plan: P, context: Context, facts: Mapping[str, Any], *warnings: Refusal, state: str = "",
         event: str = "") -> Outcome[P]:
    """The outcome of an act on a plan, with the facts that every event of its chapter tells.

    A running action is finished after the regulation has expired (33); its events and the officer are told so.
    """
    common: dict[str, Any] = {"lead": plan.lead, "participants": list(plan.parts_of(PARTICIPANT)), "route": plan.route,
                              "version": plan.version.number}
    if basis_ended(context):
        common["basis_ended"] = True
        warnings = (*warnings, BASIS_ENDED)
    return Outcome(plan, {**common, **facts}, state=state, event=event, warnings=warnings)


def for_one_that_left(outcome: Outcome[P]) -> Outcome[P]:
    """The outcome without what the plan is now: its event, or its answer, goes to an agency that has left it.

    Who follows the events takes it that nothing of this has changed."""
    return replace(outcome, facts={name: fact for name, fact in outcome.facts.items() if name not in OF_NOW})
