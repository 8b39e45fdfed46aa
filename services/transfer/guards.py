"""第四章 案件移送: guards that need no content, so that `actions` shows them: each one line with a name. Pure."""

from collections.abc import Iterable

from services.transfer import refusals as no
from services.transfer.case import Transfer
from services.transfer.states import CLOSED, REPORTED, SUPPLEMENTING
from shared.acts.model import Context
from shared.acts.succession import forebears
from shared.kernel.errors import Refusal


def not_the_senders(case: Transfer, context: Context) -> Iterable[Refusal]:
    """After the close only closing papers are added, and those are the receiver's. A new fact is one to reopen on."""
    if case.state in (CLOSED, REPORTED) and context.viewer.agency == case.sender:
        yield no.CLOSING_PAPERS_ONLY


def not_delivered(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.leg.delivered_on is not None:
        yield no.ALREADY_DELIVERED


def not_asked_twice(case: Transfer, context: Context) -> Iterable[Refusal]:
    if len(case.leg.requests) > context.rulebook.setting("supplement_rounds"):
        yield no.NO_THIRD_REQUEST


def supplemented(case: Transfer, context: Context) -> Iterable[Refusal]:
    """A request beyond the rulebook's rounds is for faults of a supplement: there must be one."""
    leg, rounds = case.leg, context.rulebook.setting("supplement_rounds")
    if len(leg.requests) >= rounds and leg.unable and not leg.supplements:
        yield no.NO_SUPPLEMENT_MADE


def time_is_up(case: Transfer, context: Context) -> Iterable[Refusal]:
    """Before the receiver may refuse while it waits for a supplement."""
    due = case.leg.supplement_due
    if case.state == SUPPLEMENTING and due is not None and context.happened_on <= due:
        yield no.NOT_YET_DUE


def not_signed_for(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.leg.returned is not None:
        yield no.RETURN_SIGNED


def not_filed(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.filed is not None:
        yield no.ALREADY_FILED


def filed(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.filed is None:
        yield no.NOT_FILED


def not_decided(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.decision is not None:
        yield no.ALREADY_DECIDED


def decided(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.decision is None:
        yield no.NOT_YET_DECIDED


def no_decision_stands(case: Transfer, _: Context) -> Iterable[Refusal]:
    """A decision that stands is not left behind for another agency to decide the same act again."""
    if case.decision is not None:
        yield no.DECISION_STANDS


def not_served(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.service is not None:
        yield no.ALREADY_SERVED


def report_wanted(case: Transfer, _: Context) -> Iterable[Refusal]:
    if len(case.reports) > len(case.returns):
        yield no.REPORT_STANDS


def report_stands(case: Transfer, _: Context) -> Iterable[Refusal]:
    if len(case.returns) >= len(case.reports):
        yield no.ALREADY_RETURNED


def not_consented(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.leg.consent is not None:
        yield no.ALREADY_CONSENTED


def consented(case: Transfer, _: Context) -> Iterable[Refusal]:
    """While a supplement is awaited the receiver has a say in a withdrawal."""
    if case.state == SUPPLEMENTING and case.leg.consent is None:
        yield no.NO_CONSENT


def presumes(case: Transfer, context: Context) -> Iterable[Refusal]:
    if context.rulebook.setting("presumed_reception") != "from_delivery":
        yield no.NO_PRESUMPTION


def not_presumed(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.leg.presumed_on is not None:
        yield no.ALREADY_PRESUMED


def presumed(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.leg.presumed_on is None:
        yield no.NOT_PRESUMED


def bound(case: Transfer, context: Context) -> bool:
    """Whether a ruling binds the present receiver to take the case (24; a setting, a question for justice)."""
    return case.named == case.receiver and bool(context.rulebook.setting("ruling_binds_competence"))


def not_bound(case: Transfer, context: Context) -> Iterable[Refusal]:
    """The agency that a ruling names asks for no other: a dispute is the sender's then."""
    if context.viewer.agency == case.receiver and bound(case, context):
        yield no.BOUND_BY_RULING


def other_side(case: Transfer, context: Context) -> Iterable[Refusal]:
    """The side that asked has said its view; the other says it once."""
    contest, own = case.contest, context.viewer.agency
    same = {own, *forebears(case, own)}
    if contest is not None and contest.by in same:
        yield no.OWN_DISPUTE
    if contest is not None and any(view.agency in same for view in contest.views):
        yield no.VIEW_STATED


def with_police(case: Transfer, _: Context) -> Iterable[Refusal]:
    """The police decide on what they have received."""
    if case.referrals and case.referrals[-1].delivery is None:
        yield no.NOT_WITH_POLICE


def not_with_police(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.referrals and case.referrals[-1].delivery is not None:
        yield no.ALREADY_WITH_POLICE


def not_handed_over(case: Transfer, _: Context) -> Iterable[Refusal]:
    if case.referrals and case.referrals[-1].handed_over is not None:
        yield no.ALREADY_HANDED_OVER


def called(case: Transfer | None, context: Context) -> Iterable[Refusal]:
    if case is not None and case.awaited(context.viewer.agency) is None:
        yield no.NOT_CALLED
