"""第三章 联合执法: guards of its own acts that need no content, so that `actions` shows them. Pure."""

from collections.abc import Iterable

from services.joint import refusals as no
from services.joint.plan import Joint
from shared.acts.model import Context
from shared.kernel.errors import Refusal
from shared.plans.states import ENDED


def not_proposed(plan: Joint, _: Context) -> Iterable[Refusal]:
    """Proposed once; a proposal that the action has gone beyond, resumed after it, is none."""
    if plan.end_proposal is not None:
        yield no.END_PROPOSED


def proposed(plan: Joint, _: Context) -> Iterable[Refusal]:
    """The lead proposes the end before justice declares it; the true end of one that was presumed is said at once."""
    if plan.state != ENDED and plan.end_proposal is None:
        yield no.END_NOT_PROPOSED


def not_remarked(plan: Joint, context: Context) -> Iterable[Refusal]:
    if any(each.agency == context.viewer.agency for each in plan.remarks):
        yield no.REMARKED
