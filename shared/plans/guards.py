"""Guards of drafting and approval that need no content, so that `actions` shows them: each one with a name. Pure."""

from collections.abc import Iterable

from shared.acts.model import Context
from shared.kernel.errors import Refusal
from shared.plans import refusals as no
from shared.plans.plan import Consultation, Plan


def asked_last(plan: Plan, agency: str) -> Consultation | None:
    """The last consultation that asked the agency."""
    return next((each for each in reversed(plan.consultations) if agency in each.said.agencies), None)


def was_party(plan: Plan, context: Context) -> bool:
    """Whether the viewer's agency has left the plan: what it said there itself stays its own to correct."""
    own = [each.until for each in plan.parties if each.agency == context.viewer.agency]
    return bool(own) and None not in own


def asked(plan: Plan, context: Context) -> Iterable[Refusal]:
    """Before an answer: the agency was asked and has not answered."""
    consultation = asked_last(plan, context.viewer.agency)
    if consultation is None:
        yield no.NOT_CONSULTED
    elif consultation.answered_by(context.viewer.agency):
        yield no.ALREADY_ANSWERED


def not_continued(plan: Plan, _: Context) -> Iterable[Refusal]:
    if plan.continuation is not None:
        yield no.ALREADY_CONTINUED
