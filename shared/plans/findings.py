"""另案线索 (10, 19): what is found besides. In one's own remit it is a case of one's own; in another's it is handed on, by
transfer (22) or as a tip (28). Pure."""

from dataclasses import replace
from typing import TypeVar

from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.signing import NO_OFFICER
from shared.acts.standing import absent, enforces
from shared.errors import demand
from shared.plans import refusals_running as no
from shared.plans.commands import NoteHandOn, RecordFinding
from shared.plans.facts import done
from shared.plans.plan import Finding, Plan

P = TypeVar("P", bound=Plan)
OWN, OTHER, UNCLEAR = "own", "other", "unclear"             # whose the matter is
RECORDED, TO_HAND_ON = "finding_recorded", "finding_to_hand_on"


def record_finding(plan: P, command: RecordFinding, context: Context) -> Outcome[P]:
    """What is another's must be handed on, by who found it: its clock starts. Of what is unclear its officer is told
    that it may be shared as a tip (28): what goes out is approved by a person, nothing is shared of itself."""
    own, remit, day = context.viewer.agency, command.remit, context.happened_on
    demand(
        listed(context, "causes", command.cause, no.UNKNOWN_CAUSE),
        (command.facts, no.NO_FACTS),
        listed(context, "finding_remits", remit, no.UNKNOWN_REMIT),
        (remit != OWN or command.own_case, no.NO_OWN_CASE),
        (remit != OTHER or (command.agency != own and enforces(context, command.agency)),
         absent(context, command.agency, no.UNKNOWN_REMIT_AGENCY)),
        (command.officer, NO_OFFICER),
    )
    number = len(plan.findings) + 1
    finding = Finding(number, own, command, day, plan.version_on(day))
    facts = {"finding": {"item": str(number), "bound": own}, "cause": command.cause, "remit": remit,
             "to": command.agency if remit == OTHER else "", "own_case": command.own_case if remit == OWN else ""}
    hints = (no.SHARE_AS_TIP,) if remit == UNCLEAR else ()
    return done(replace(plan, findings=(*plan.findings, finding)), context, facts, *hints,
                event=TO_HAND_ON if remit == OTHER else RECORDED)


def note_hand_on(plan: P, command: NoteHandOn, context: Context) -> Outcome[P]:
    """What the suite learned: the agency that found it told another of it. Raises Refused for a finding that is not
    its own to hand on, and for one that was handed on.

    Another agency may have been told than the finding names, which the officer was warned of: it is handed on all the
    same, and the plan shows to whom."""
    found = next((each for each in plan.findings if each.number == command.finding), None)
    demand((found and found.agency == command.by and found.said.remit != OWN, no.NOT_HANDED_ON))
    assert found is not None
    demand((found.handed_on is None, no.HANDED_ON_BEFORE))
    noted = replace(found, handed_on=command)
    after = replace(plan, findings=tuple(noted if each.number == found.number else each for each in plan.findings))
    return done(after, context, {"finding": {"item": str(found.number), "bound": found.agency},
                                 command.kind: command.case, "announced_on": command.announced_on,
                                 "to": command.receiver})
