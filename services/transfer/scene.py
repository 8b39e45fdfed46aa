"""第四章 案件移送: calls from the scene (22 ¶3), and how a case ends without a transfer. Pure."""

from dataclasses import replace
from datetime import date

from services.transfer import refusals as no
from services.transfer.case import Transfer, done
from services.transfer.commands import Matter, Notice
from services.transfer.origins import named_other, whence
from services.transfer.parts import Call
from services.transfer.sending import opened
from services.transfer.states import WITH_RECEIVER
from services.transfer.turns import End, Phone, Respond
from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.signing import signed
from shared.acts.standing import absent, enforces
from shared.kernel.errors import Refusal, demand

PHONE_OPENED, PHONE_NOTIFIED = "phone_opened", "phone_notified"


def phone(case: Transfer | None, command: Phone, context: Context) -> Outcome[Transfer]:
    """Opens a case that is only called so far, or adds a call to a running one."""
    sender = context.viewer.agency
    demand(
        (enforces(context, command.called), absent(context, command.called, no.UNKNOWN_CALLED)),
        (command.called != sender, no.SAME_AGENCY.at("called")),
        (case is None or command.called in (case.receiver, sender), no.CALLED_OTHER),
        (command.called_person, no.NOBODY_CALLED),
        (command.ordered, no.NO_ORDER),
        (command.evidence, no.NO_EVIDENCE_FIXED),
        (command.refusal, no.NO_STUBBORNNESS),
        (command.officer, no.NO_OFFICER),
        *(_what_about(command, context) if case is None else ()),
    )
    before = case or _called(command, context)
    call = Call(len(before.calls) + 1, replace(command, found=None), context.happened_on, context.happened_at)
    after = replace(before, calls=(*before.calls, call))
    event = PHONE_NOTIFIED if case else PHONE_OPENED
    cause = {} if case else {"cause": command.cause}
    doubts = [*named_other(command.found, command.called)]
    if command.open_same:
        doubts.append(replace(no.SAME_RESPONDENT, values={"cases": list(command.open_same)}))
    return replace(done(after, context, {"call": call.number, "called": command.called, **cause}, *doubts), event=event)


def _what_about(command: Phone, context: Context) -> tuple[tuple[object, Refusal], ...]:
    return (
        listed(context, "causes", command.cause, no.UNKNOWN_CAUSE.at("cause")),
        (command.facts, no.NO_FACTS.at("facts")),
        *whence(command.found, context),
    )


def _called(command: Phone, context: Context) -> Transfer:
    """What is known at the scene; the notice that follows says the whole of it."""
    day = context.happened_on
    matter = Matter(command.cause, day, command.respondent, command.facts, (), "", "")
    notice = Notice(command.called, "", command.called_person)
    return opened(context.viewer.agency, matter, notice, command.officer, day)


def was_called(case: Transfer, context: Context) -> bool:
    """Whether the agency was called and has not answered: it does so though another one was announced meanwhile. It
    sees no more of the case than its call, so it may not learn either that the case has gone on."""
    return case.state in WITH_RECEIVER and case.awaited(context.viewer.agency) is not None


def the_call(case: Transfer, _: Respond, context: Context) -> date | None:
    """An answer follows the call that it is to."""
    call = case.awaited(context.viewer.agency)
    return call.on if call else None


def respond(case: Transfer, command: Respond, context: Context) -> Outcome[Transfer]:
    """The answer to the first call that has none; its event is of the leg of the agency called."""
    demand(listed(context, "responses", command.came, no.UNKNOWN_RESPONSE), (command.says, no.NO_RESPONSE))
    own = context.viewer.agency
    call = case.awaited(own) or case.calls[-1]
    answered = replace(call, response=command, responded_on=context.happened_on)
    calls = tuple(answered if each.number == call.number else each for each in case.calls)
    leg = next((leg.number for leg in reversed(case.legs) if leg.receiver == own), case.leg.number)
    facts = {"call": call.number, "came": command.came, "receiver": own, "leg": leg}
    return done(replace(case, calls=calls), context, facts)


def keep(case: Transfer, command: End, context: Context) -> Outcome[Transfer]:
    """自行处理: the sender decides the case itself."""
    return _ended(case, command, context, kept=True)


def end(case: Transfer, command: End, context: Context) -> Outcome[Transfer]:
    """终止移送: nobody goes on with it, for the reason given."""
    return _ended(case, command, context, kept=False)


def _ended(case: Transfer, command: End, context: Context, *, kept: bool) -> Outcome[Transfer]:
    demand(
        (command.reason, no.NO_REASON),
        (command.instead, no.NOTHING_INSTEAD),
        *signed(command.officer, command.leader),
    )
    return done(replace(case, ending=command, ended_on=context.happened_on), context, {"kept": kept})
