"""第四章 案件移送: what the receiver decides, and what comes back about its report. Pure."""

from dataclasses import replace
from typing import Any

from services.transfer import refusals as no
from services.transfer.case import Transfer, done
from services.transfer.commands import (
    NOT_COMPETENT,
    NOT_SUPPLEMENTED,
    Accept,
    Close,
    DeclineCase,
    Deliver,
    FileCase,
    RecordDecision,
    Refuse,
    ReportClosure,
    RequestSupplement,
    ServeDecision,
    SignReceipt,
)
from services.transfer.doubtful import DECISION_SHARED, FILE_NUMBER_SHARED, doubts
from services.transfer.guards import bound
from services.transfer.turns import ConsentWithdrawal, Presume
from shared.acts.codes import listed
from shared.acts.filings import NoteFilingReturn
from shared.acts.model import Context, Outcome
from shared.acts.rights import granted_before, long_granted, never_denied, protected
from shared.acts.signing import signed
from shared.acts.succession import forebears
from shared.contracts.register import JUSTICE
from shared.kernel.clock import day_of
from shared.kernel.errors import demand
from shared.numbers.shape import numbered

RECEIVED, RECEIVED_LATE = "received", "received_late"
CLOSING_REPORT = "closing_report"                                          # of the material kinds
NOT_FILED = "not_filed"                                                    # the outcome of decline-case, not of close
EXECUTED = "executed"
BY_DECISION = frozenset({EXECUTED, "no_penalty"})


def sign_receipt(case: Transfer, command: SignReceipt, context: Context) -> Outcome[Transfer]:
    """A receipt without a recorded delivery records it. One signed before its reception was presumed (补录) takes
    the place of what was presumed."""
    leg, day, delivered = case.leg, context.happened_on, command.delivered_on
    demand(
        (leg.letter is not None and command.letter_number == leg.letter.number, no.OTHER_LETTER),
        (command.sender in {case.sender, *forebears(case, case.sender)}, no.OTHER_SENDER),
        (command.delivered_by, no.NO_DELIVERER),
        (leg.issued_on is not None and leg.issued_on <= delivered, no.DELIVERED_BEFORE_LETTER),
        (delivered <= day, no.SIGNED_EARLY),
        (leg.delivered_on in (None, delivered), no.OTHER_DELIVERY),
        (command.sealed or (command.collector and command.collector_role), no.NO_SIGNATURE),
    )
    delivery = leg.delivery or Deliver("", command.delivered_by)
    signed_leg = replace(leg, delivery=delivery, delivered_on=delivered, receipt=command, received_on=day)
    late = leg.presumed_noted_on is not None and leg.presumed_noted_on <= day
    facts: dict[str, Any] = {"number": command.letter_number, "delivered_on": delivered, "presumed": late}
    if leg.presumed_on and not late:
        signed_leg = replace(signed_leg, presumed_on=None, presumed_noted_on=None)
        facts["presumption_undone"] = leg.presumed_on
    return replace(done(case.with_leg(signed_leg), context, facts), event=RECEIVED_LATE if late else RECEIVED)


def rounds(context: Context) -> int:
    """How often a supplement may be asked for without a reason: once, unless the rulebook says otherwise."""
    return int(context.rulebook.setting("supplement_rounds"))


def request_supplement(case: Transfer, command: RequestSupplement, context: Context) -> Outcome[Transfer]:
    second = len(case.leg.requests) >= rounds(context)
    demand((not second or command.faults, no.SECOND_REQUEST))
    demand(
        (numbered(command.number), no.BAD_OWN_NUMBER),
        (command.items and all(item.says for item in command.items), no.NO_ITEMS),
        (all(item.due_on > context.happened_on for item in command.items), no.DUE_TOO_EARLY),
        *signed(command.officer, command.leader),
    )
    leg = replace(case.leg, requests=(*case.leg.requests, command))
    by = leg.supplement_due
    facts = {"number": command.number, "items": len(command.items), "supplement_by": by, "second": second}
    return done(case.with_leg(leg), context, facts)


def consent_withdrawal(case: Transfer, command: ConsentWithdrawal, context: Context) -> Outcome[Transfer]:
    """It holds while this supplement is awaited."""
    demand((command.officer, no.NO_OFFICER))
    leg = replace(case.leg, consent=command, consented_on=context.happened_on)
    return done(case.with_leg(leg), context, {"round": len(leg.requests)})


def presume(case: Transfer, command: Presume, context: Context) -> Outcome[Transfer]:
    """推定接收: nobody signed in time, so review runs from the act's true date; the receipt stays due."""
    leg = replace(case.leg, presumed_on=context.happened_on, presumed_noted_on=day_of(context.now))
    facts = {"presumed": True, "deadline": command.deadline, "delivered_on": leg.delivered_on}
    return done(case.with_leg(leg), context, facts)


def unpresume(case: Transfer, command: Presume, context: Context) -> Outcome[Transfer]:
    """撤销推定接收: by the right dates the time to sign had not run out, or it ran from another day."""
    was = case.leg.presumed_on
    leg = replace(case.leg, presumed_on=None, presumed_noted_on=None)
    return done(case.with_leg(leg), context, {"presumed": False, "deadline": command.deadline, "presumed_on": was})


def accept(case: Transfer, command: Accept, context: Context) -> Outcome[Transfer]:
    demand(
        (numbered(command.number), no.BAD_OWN_NUMBER),
        (command.feedback, no.NO_FEEDBACK),
        *signed(command.officer, command.leader),
    )
    leg = replace(case.leg, acceptance=command, accepted_on=context.happened_on)
    return done(case.with_leg(leg), context, {"number": command.number})


def refuse(case: Transfer, command: Refuse, context: Context) -> Outcome[Transfer]:
    leg, day = case.leg, context.happened_on
    demand(
        (command.ground != NOT_COMPETENT or not bound(case, context), no.BOUND_BY_RULING),
        (command.ground != NOT_SUPPLEMENTED or leg.went_unsupplemented(day), no.NOTHING_OUTSTANDING),
    )
    ground = context.rulebook.grounds.get(f"transfer.refuse.{command.ground}")
    demand(
        (numbered(command.number), no.BAD_OWN_NUMBER),
        listed(context, "grounds:transfer.refuse.", command.ground, no.UNKNOWN_REFUSAL),
        (command.reasons, no.NO_REASONS),
        (ground is None or "legal_ground" not in ground.demands or command.legal_ground, no.NO_LEGAL_GROUND),
        (command.returned, no.NO_RETURN_LIST),
        (set(command.returned) <= leg.handed, no.NOT_RECEIVED),
        *signed(command.officer, command.leader),
    )
    refused = case.with_leg(replace(leg, refusal=command, refused_on=day))
    times = refused.refusals
    bounced = times >= int(context.rulebook.setting("bounced_after_refusals"))
    facts = {"number": command.number, "ground": command.ground, "refusals": times, "bounced": bounced}
    return done(refused, context, facts)


def file_case(case: Transfer, command: FileCase, context: Context) -> Outcome[Transfer]:
    demand((command.number, no.NO_FILE_NUMBER))
    filed = replace(case, filed=replace(command, same=()), filed_on=context.happened_on)
    return done(filed, context, {"number": command.number},
                *doubts(FILE_NUMBER_SHARED, command.number, context.happened_on, command.same))


def decline_case(case: Transfer, command: DeclineCase, context: Context) -> Outcome[Transfer]:
    demand((command.reasons, no.NO_REASON.at("reasons")), *signed(command.officer, command.leader))
    declined = replace(case, declined=command, closed_on=context.happened_on)
    return done(declined, context, {"outcome": NOT_FILED})


def record_decision(case: Transfer, command: RecordDecision, context: Context) -> Outcome[Transfer]:
    demand(
        (command.number, no.NO_DECISION_NUMBER),
        (command.number not in case.earlier_decisions, no.DECISION_NUMBER_USED),
    )
    decided = replace(case, decision=replace(command, same=()), decided_on=context.happened_on)
    return done(decided, context, {"number": command.number},
                *doubts(DECISION_SHARED, command.number, context.happened_on, command.same))


def serve_decision(case: Transfer, command: ServeDecision, context: Context) -> Outcome[Transfer]:
    demand(listed(context, "service_ways", command.way, no.UNKNOWN_SERVICE), (command.served_to, no.NOBODY_SERVED))
    served = replace(case, service=command, served_on=context.happened_on)
    return done(served, context, {"way": command.way})


def close(case: Transfer, command: Close, context: Context) -> Outcome[Transfer]:
    by_decision = command.outcome in BY_DECISION
    demand((not by_decision or case.decision, no.NOT_DECIDED))
    demand((not by_decision or case.service, no.NOT_SERVED))
    named = (command.decision_number, command.decision_on)
    recorded = (case.decision.number, case.decided_on) if case.decision else named
    demand(
        listed(context, "close_outcomes", command.outcome, no.UNKNOWN_OUTCOME, also=command.outcome != NOT_FILED),
        (command.decision_number, no.NO_DECISION_NUMBER.at("decision_number")),
        (command.decision_number not in case.earlier_decisions, no.DECISION_NUMBER_USED.at("decision_number")),
        (case.filed_on is not None and case.filed_on <= command.decision_on <= context.happened_on, no.DECISION_DAY),
        (named == recorded, no.OTHER_DECISION),
        *protected(command.rights, context),
        *(never_denied(command.rights, context) if command.outcome == EXECUTED else ()),
    )
    closed = replace(case, closure=replace(command, same=()), closed_on=context.happened_on)
    doubtful = () if case.decision else doubts(
        DECISION_SHARED, command.decision_number, command.decision_on, command.same, "decision_number")
    facts = {"outcome": command.outcome, "decision_number": command.decision_number, "decision_on": command.decision_on}
    return done(closed, context, facts, *doubtful,
                *granted_before(command.rights, case.matter.accepted_on, context),
                *long_granted(command.rights, context))


def report_closure(case: Transfer, command: ReportClosure, context: Context) -> Outcome[Transfer]:
    """25: one report, delivered to the sender and to justice for filing in the same act."""
    demand(
        (numbered(command.number), no.BAD_OWN_NUMBER),
        (command.summary, no.NO_SUMMARY),
        (case.has(command.materials) and _encloses_report(case, command.materials), no.NO_REPORT),
        *signed(command.officer, command.leader),
    )
    reported = replace(case, reports=(*case.reports, command), reported_on=context.happened_on)
    return done(reported, context, {
        "number": command.number, "report": reported.reports_made, "closed_on": case.closed_on,
        "filed_with": sorted(context.register.standing_agencies(JUSTICE)),
    })


def _encloses_report(case: Transfer, numbers: tuple[int, ...]) -> bool:
    return any(item.number in numbers and item.said.kind == CLOSING_REPORT for item in case.materials)


def note_filing_return(case: Transfer, command: NoteFilingReturn, context: Context) -> Outcome[Transfer]:
    """The state stays reported; the report may and must be made again, and its clock counts from the return."""
    demand((command.report == case.reports_made, no.EARLIER_REPORT))
    returned = replace(case, returns=(*case.returns, command))
    facts = {"filing": command.filing, "returned_on": command.returned_on, "report": command.report}
    return done(returned, context, facts)
