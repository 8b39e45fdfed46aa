"""第四章 案件移送: disputes about who is competent, and their rulings (24). Pure.

Until the ruling the present holder keeps acting, and the clocks of the state it came from stand still.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from services.transfer import refusals as no
from services.transfer.case import INTERIM_HOLDER, POLICE, RECEIVER, REFERRER, RULER, SENDER, Transfer, done
from services.transfer.commands import Notice
from services.transfer.parts import Contest, View
from services.transfer.sending import handed_on
from services.transfer.turns import (
    COMPETENCE,
    NEW_FACTS,
    RECEPTION,
    TO_RECEIVER,
    TO_SENDER,
    TO_THIRD,
    Attempt,
    Dispute,
    Rule,
    StateView,
    Unaccept,
)
from shared.acts.codes import listed
from shared.acts.model import Context, Outcome, Party
from shared.acts.signing import signed
from shared.acts.standing import absent, enforces
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE
from shared.kernel.errors import Rows, demand
from shared.numbers.shape import numbered

WITH_SENDER = frozenset({"issued", "refused"})             # there the sender holds the case
BY_RULING = "ruling"                                       # how the third agency was told: the ruling is its notice
RULED_RECEIVED, RULED_ACCEPTED, RULED_ISSUED = "ruled_received", "ruled_accepted", "ruled_issued"
RULED_ANNOUNCED, RULED_ENDED = "ruled_announced", "ruled_ended"
RULINGS = (RULED_RECEIVED, RULED_ACCEPTED, RULED_ISSUED, RULED_ANNOUNCED, RULED_ENDED)
# To the receiver the case goes back to where it was; one that had sent it back, or waited for more, reviews it anew.
BACK: Mapping[str, tuple[str, str]] = {
    "issued": ("issued", RULED_ISSUED), "received": ("received", RULED_RECEIVED),
    "supplementing": ("received", RULED_RECEIVED), "refused": ("received", RULED_RECEIVED),
    "accepted": ("accepted", RULED_ACCEPTED),
}


def dispute(case: Transfer, command: Dispute, context: Context) -> Outcome[Transfer]:
    """Before reception it is about who refused to receive; after it about competence."""
    ground = RECEPTION if case.state == "issued" else COMPETENCE
    demand(
        (command.own_view, no.NO_OWN_VIEW),
        *_attempts(command.attempts, ground, context),
        *(_reception(case, command, context) if ground == RECEPTION else ()),
        *signed(command.officer, command.leader),
    )
    return _contested(case, _contest(case, ground, context, asked=command), context)


def _attempts(attempts: tuple[Attempt, ...], ground: str, context: Context) -> Rows:
    demands = context.rulebook.grounds[f"transfer.dispute.{ground}"].demands
    least = int(context.rulebook.setting("attempts_at_agreement")) if "attempts" in demands else 0
    yield len(attempts) >= least and all(attempt.says for attempt in attempts), no.TOO_FEW_ATTEMPTS.filled(least=least)
    yield all(attempt.on <= context.happened_on for attempt in attempts), no.ATTEMPT_LATER


def _reception(case: Transfer, command: Dispute, context: Context) -> Rows:
    issued, refused = case.leg.issued_on, command.refused_on
    yield command.refused_by and command.refused_why and refused, no.NO_RECEPTION_REFUSED
    yield refused is None or issued is None or issued <= refused <= context.happened_on, no.RECEPTION_DAY


def unaccept(case: Transfer, command: Unaccept, context: Context) -> Outcome[Transfer]:
    """撤销受理: on new facts about competence only, and into a dispute: the case is never handed on directly."""
    demand(
        (command.new_facts, no.NO_NEW_FACTS),
        (command.own_view, no.NO_OWN_VIEW),
        *signed(command.officer, command.leader),
    )
    return _contested(case, _contest(case, NEW_FACTS, context, unaccepted=command), context)


def _contest(case: Transfer, ground: str, context: Context, *, asked: Dispute | None = None,
             unaccepted: Unaccept | None = None) -> Contest:
    holder = case.sender if case.state in WITH_SENDER else case.receiver
    return Contest(len(case.contests) + 1, case.leg.number, ground, context.viewer.agency, context.happened_on,
                   case.state, holder, asked, unaccepted)


def _contested(case: Transfer, contest: Contest, context: Context) -> Outcome[Transfer]:
    day, rulers = context.happened_on, ruling_agencies(case, context)
    more = (Party(INTERIM_HOLDER, contest.holder, day), *(Party(RULER, ruler, day) for ruler in rulers))
    contested = replace(case, parties=(*case.parties, *more), contests=(*case.contests, contest))
    return done(contested, context, {
        "dispute": contest.number, "ground": contest.ground, "from_state": contest.from_state,
        "interim_holder": contest.holder, "rulers": list(rulers)})


def ruling_agencies(case: Transfer, context: Context) -> tuple[str, ...]:
    """司法局; where it is a party itself, 市政府办公室."""
    justice = context.register.standing_agencies(JUSTICE)
    own_case = justice & {case.sender, case.receiver}
    return tuple(sorted(context.register.standing_agencies(GOVERNMENT_OFFICE) if own_case else justice))


def rules_on(case: Transfer, context: Context) -> bool:
    """Whether the viewer's agency is the one to rule, or would be if there were a dispute: then the state refuses."""
    own = context.viewer.agency
    return case.has_now(own, RULER) or (case.contest is None and own in ruling_agencies(case, context))


def may_correct(case: Transfer, context: Context) -> bool:
    """Whether it handles the case, or ruled on a dispute of it: a ruler's part ends with its ruling, not its answer for
    what it wrote."""
    own, ruled = context.viewer.agency, {contest.ruled_by for contest in case.contests}
    return case.has_now(own, SENDER, RECEIVER, REFERRER, POLICE) or own in ruled


def the_dispute(case: Transfer, _: StateView, __: Context) -> date | None:
    """A view is stated on a dispute that there is."""
    return case.contest.on if case.contest else None


def state_view(case: Transfer, command: StateView, context: Context) -> Outcome[Transfer]:
    """陈述意见, by the side that did not ask."""
    demand((command.view, no.NO_VIEW), (command.officer, no.NO_OFFICER))
    contest = case.contests[-1]
    view = View(context.viewer.agency, command, context.happened_on)
    stated = case.with_contest(replace(contest, views=(*contest.views, view)))
    return done(stated, context, {"dispute": contest.number})


def rule(case: Transfer, command: Rule, context: Context) -> Outcome[Transfer]:
    """争议明确意见: to the receiver, to a third agency, whose notice it is, or to the sender, who then keeps the case."""
    demand(
        listed(context, "ruling_outcomes", command.outcome, no.UNKNOWN_RULING),
        (command.reasons, no.NO_REASON.at("reasons")),
        (numbered(command.number), no.BAD_NUMBER),
        *(_third(case, command, context) if command.outcome == TO_THIRD else ()),
        *signed(command.officer, command.leader),
    )
    contest, day = case.contests[-1], context.happened_on
    names = {TO_RECEIVER: case.receiver, TO_THIRD: command.receiver, TO_SENDER: ""}[command.outcome]
    ruled = replace(contest, ruling=command, ruled_by=context.viewer.agency, ruled_on=day, names=names)
    settled = case.with_contest(ruled).without(day, RULER, INTERIM_HOLDER)
    after, state, event = _followed(settled, ruled, command, context)
    outcome = done(after, context, {
        "dispute": ruled.number, "number": command.number, "outcome": command.outcome, "notified_on": day,
        "joint_action": command.joint_action, "to_staffing": command.to_staffing,
    }, *((no.ONE_SIDED,) if not contest.views else ()))
    return replace(outcome, state=state, event=event)


def _third(case: Transfer, command: Rule, context: Context) -> Rows:
    yield command.receiver not in (case.sender, case.receiver), no.THIRD_IS_PARTY
    known = command.receiver in (case.sender, case.receiver) or enforces(context, command.receiver)
    yield known, absent(context, command.receiver, no.UNKNOWN_THIRD)


def _followed(case: Transfer, contest: Contest, command: Rule, context: Context) -> tuple[Transfer, str, str]:
    """The case as the ruling leaves it, its state and event."""
    day = context.happened_on
    if command.outcome == TO_SENDER:
        return replace(case, ended_on=day), "ended", RULED_ENDED
    if command.outcome == TO_THIRD:
        handled = case.handled_so_far() if contest.from_state == "accepted" else case
        notice = Notice(command.receiver, BY_RULING, "")
        return handed_on(handled, notice, case.leg.officer, day, command.reasons), "announced", RULED_ANNOUNCED
    state, event = BACK[contest.from_state]
    leg = case.leg
    if leg.refusal is not None:
        leg = replace(leg, overruled=(*leg.overruled, leg.refusal), refusal=None, refused_on=None, returned=None,
                      return_signed_on=None)
    return case.with_leg(replace(leg, presumed_on=None, presumed_noted_on=None)), state, event
