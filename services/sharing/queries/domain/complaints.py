"""第二十七条: complaints of the asker to justice, and what justice says to them. Pure.

The regulation has no procedure for them, so their times are internal (a question for justice).
"""

from collections.abc import Iterable
from dataclasses import replace

from services.sharing.queries import refusals as no
from services.sharing.queries.commands import Complain, DirectAnswer, Dismiss
from services.sharing.queries.domain.case import COMPLAINED, DECIDER, WAITING, Complaint, Query, done
from shared.acts.model import Context, Outcome, Party
from shared.acts.signing import signed
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE
from shared.kernel.errors import Refusal, demand


def none_open(case: Query, _: Context) -> Iterable[Refusal]:
    """A guard: of one answer, or of waiting for one, there is one complaint."""
    if case.complaint is not None:
        yield no.COMPLAINT_OPEN
    elif any(each.decided_on and (each.state, each.turn) == (case.state, case.turn) for each in case.complaints):
        yield no.COMPLAINT_DECIDED


def one_open(case: Query, _: Context) -> Iterable[Refusal]:
    if case.complaint is None:
        yield no.NO_COMPLAINT


def complain(case: Query, command: Complain, context: Context) -> Outcome[Query]:
    """Of an answer or a refusal; of none, once the holder is late, which goes on owing it meanwhile."""
    waiting = case.state in WAITING
    demand((not waiting or command.late, no.NOT_LATE))
    demand((command.reason, no.NO_REASON), (command.officer, no.NO_OFFICER))
    complaint = Complaint(command, context.happened_on, case.state, case.turn)
    asked = replace(case, complaints=(*case.complaints, complaint), parties=_with_decider(case, context))
    return done(asked, context, {"about": case.state}, state=case.state if waiting else COMPLAINED)


def _with_decider(case: Query, context: Context) -> tuple[Party, ...]:
    """Justice; the government office where justice itself asks or holds. Once there it stays."""
    if any(party.part == DECIDER and party.until is None for party in case.parties):
        return case.parties
    justice = context.register.standing_agencies(JUSTICE) - {case.asker, case.holder}
    deciders = justice or context.register.standing_agencies(GOVERNMENT_OFFICE)
    return (*case.parties, *(Party(DECIDER, agency, context.happened_on) for agency in sorted(deciders)))


def direct_answer(case: Query, command: DirectAnswer, context: Context) -> Outcome[Query]:
    """责令提供: it is answered anew, and not refused again."""
    demand((command.what, no.NO_DIRECTION), (command.reason, no.NO_REASON), *signed(command.officer, command.leader))
    return done(case.with_complaint(directed=command, decided_on=context.happened_on), context, {})


def dismiss(case: Query, command: Dismiss, context: Context) -> Outcome[Query]:
    demand((command.reason, no.NO_REASON), *signed(command.officer, command.leader))
    dismissed = case.with_complaint(dismissed=command, decided_on=context.happened_on)
    return done(
        dismissed, context, {}, state=dismissed.complaints[-1].state if case.state == COMPLAINED else case.state
    )
