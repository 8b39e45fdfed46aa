"""处理决定 (4, 10, 16, 19): each agency's own, on its own responsibility. Pure."""

from dataclasses import replace
from typing import TypeVar

from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.persons import Respondent
from shared.acts.rights import long_granted, never_denied, protected
from shared.acts.signing import signed
from shared.kernel.errors import Rows, demand
from shared.numbers.doubted import doubts
from shared.plans import refusals_running as no
from shared.plans.commands import RecordDecision
from shared.plans.facts import done
from shared.plans.plan import AgencyDecision, Plan

P = TypeVar("P", bound=Plan)
PENALTY = "penalty"                     # the kind of decision that may hold a fine


def record_decision(plan: P, command: RecordDecision, context: Context, *, several_norms: bool = False) -> Outcome[P]:
    """With article 4's block. A second fine on the respondent for the same act is warned of, and the agency's to
    answer for (行政处罚法 29). `several_norms`: another agency's fine under another cause is warned of too, for in such
    an action one act may violate several norms (14)."""
    own, person, day = context.viewer.agency, command.respondent, context.happened_on
    demand(
        listed(context, "decision_kinds", command.kind, no.UNKNOWN_DECISION),
        (command.number, no.NO_DECISION_NUMBER),
        (not any((each.agency, each.said.number) == (own, command.number) for each in plan.decisions),
         no.DECIDED_BEFORE),
        listed(context, "causes", command.cause, no.UNKNOWN_CAUSE),
        listed(context, "respondent_kinds", person.kind, no.NO_RESPONDENT, also=person.name),
        (fine_fits(command), no.FINE_SHAPE),
        *protected(command.rights, context),
        *punished(command, context),
        *signed(command.officer, command.leader),
    )
    others = [each.number for each in plan.decisions if second_fine(each.said, command)]
    number = len(plan.decisions) + 1
    decision = AgencyDecision(number, own, command, day, plan.version_on(day))
    facts = {"decision": number, "kind": command.kind, "cause": command.cause, "number": command.number,
             "fine": command.fine, "same_fine": others}
    perhaps = [each.number for each in plan.decisions
               if several_norms and each.agency != own and fined_too(each.said, command)]
    warnings = [replace(warning, values={"decisions": found})
                for warning, found in ((no.TWO_FINES, others), (no.ONE_ACT_PERHAPS, perhaps)) if found]
    return done(replace(plan, decisions=(*plan.decisions, decision)), context, facts, *warnings,
                *doubts(command.number, day.year), *long_granted(command.rights, context))


def punished(command: RecordDecision, context: Context, where: str = "rights") -> Rows:
    """What a penalty demands of the rights besides."""
    return never_denied(command.rights, context, where) if command.kind == PENALTY else ()


def fine_fits(command: RecordDecision) -> bool:
    """Only a penalty has a fine."""
    return command.fine == 0 or (command.fine > 0 and command.kind == PENALTY)


def second_fine(one: RecordDecision, other: RecordDecision) -> bool:
    """Whether both fine the same respondent for the same cause."""
    return one.cause == other.cause and _both_fine(one, other)


def fined_too(one: RecordDecision, other: RecordDecision) -> bool:
    """Whether both fine the same respondent, under different causes."""
    return one.cause != other.cause and _both_fine(one, other)


def _both_fine(one: RecordDecision, other: RecordDecision) -> bool:
    return one.fine > 0 and other.fine > 0 and same(one.respondent, other.respondent)


def same(one: Respondent, other: Respondent) -> bool:
    """By number where both have one, else by name; of one that was erased nothing is known."""
    if one.number and other.number:
        return one.number == other.number
    return bool(one.name) and one.name == other.name
