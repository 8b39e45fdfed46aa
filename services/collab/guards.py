"""第二章 协同执法: guards of its own acts that need no content, so that `actions` shows them. Pure."""

from collections.abc import Iterable

from services.collab import refusals as no
from services.collab.grounds import SUBMIT
from services.collab.plan import Collab
from shared.acts.model import Context, Whose
from shared.contracts.register import JUSTICE
from shared.kernel.errors import Refusal
from shared.plans.plan import LEAD, PARTICIPANT

PRESENTER = "presents_under_9_1"         # of the settings


def presents(plan: Collab, context: Context) -> Iterable[Refusal]:
    """9: justice presents; under 9(一), whose subject is open, the lead where the rulebook is set so."""
    own = context.viewer.agency
    if lead_presents(plan, context):
        if own != plan.lead:
            yield no.PRESENTED_BY_LEAD
    elif JUSTICE not in context.register.standing(own):
        yield no.PRESENTED_BY_JUSTICE


def lead_presents(plan: Collab, context: Context) -> bool:
    return plan.route == SUBMIT and bool(context.rulebook.setting(PRESENTER) == LEAD)


# Under 9(二) justice presents, however 9(一) is set.
PRESENTING = Whose(PRESENTER, {JUSTICE: frozenset({JUSTICE}), LEAD: frozenset({LEAD, JUSTICE})}, presents)


def someone_declined(plan: Collab, _: Context) -> Iterable[Refusal]:
    if not plan.declined:
        yield no.NOT_DECLINED


def was_questioned(plan: Collab, context: Context) -> bool:
    """Whether justice waits for the agency's answer: it gives it though it left the plan by declining."""
    return plan.questioned(context.viewer.agency) is not None


def answer_awaited(plan: Collab, context: Context) -> Iterable[Refusal]:
    if not was_questioned(plan, context):
        yield no.NOT_QUESTIONED


def someone_to_replace(plan: Collab, _: Context) -> Iterable[Refusal]:
    if not plan.waiting:
        yield no.NOTHING_TO_REASSIGN


def someone_assists(plan: Collab, _: Context) -> Iterable[Refusal]:
    """6: in a collaborative action others assist. A reassignment makes a version in which one still does."""
    if not plan.parts_of(PARTICIPANT):
        yield no.NOBODY_ASSISTS


def report_wanted(plan: Collab, _: Context) -> Iterable[Refusal]:
    if plan.report is not None:
        yield no.REPORT_STANDS


def closing_awaited(plan: Collab, _: Context) -> Iterable[Refusal]:
    if plan.report is None or plan.report.complete:
        yield no.NO_CLOSING_AWAITED
