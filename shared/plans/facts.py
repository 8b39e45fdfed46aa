"""What the events of a plan tell besides who did what and when: codes, days and agencies, nothing personal. Pure."""

from collections.abc import Mapping
from typing import Any, TypeVar

from shared.acts.model import Context, Outcome
from shared.acts.standing import BASIS_ENDED, basis_ended
from shared.errors import Refusal
from shared.plans.plan import PARTICIPANT, Plan

P = TypeVar("P", bound=Plan)


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
