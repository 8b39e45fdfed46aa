"""另案线索 (10, 19): what is found besides. In one's own remit it is a case of one's own; in another's it is handed on, by
transfer (22) or as a tip (28). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.signing import NO_OFFICER
from shared.acts.standing import absent, enforces
from shared.kernel.errors import Refusal, demand
from shared.plans import refusals_running as no
from shared.plans.commands import NoteHandOn, RecordFinding, SettleFinding
from shared.plans.facts import done, for_one_that_left
from shared.plans.guards import was_party
from shared.plans.plan import Finding, Plan

P = TypeVar("P", bound=Plan)
OWN, OTHER, UNCLEAR = "own", "other", "unclear"             # whose the matter is
NOTHING_LEFT = "nothing"                                    # what is not pursued
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
    facts = {"finding": _item(finding), "cause": command.cause, "remit": remit,
             "to": command.agency if remit == OTHER else "", "own_case": command.own_case if remit == OWN else ""}
    if remit != OTHER:
        facts |= _unclear(finding)
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
    return done(after, context, {"finding": _item(found),
                                 command.kind: command.case, "announced_on": command.announced_on,
                                 "to": command.receiver, **_unclear(found)})


def settle_finding(plan: P, command: SettleFinding, context: Context) -> Outcome[P]:
    """Of what was unclear its finder says what it turned out to be. One that is another's after all is handed on as
    every other, which needs no word before."""
    found = next((each for each in _to_settle(plan, context) if each.number == command.finding), None)
    demand(
        (found, no.NOT_UNCLEAR),
        (bool(command.own_case) != bool(command.reason), no.NOT_SETTLED),
        (command.officer, NO_OFFICER),
    )
    assert found is not None
    settled = replace(found, settled=command, settled_on=context.happened_on)
    after = replace(plan, findings=tuple(settled if each.number == found.number else each for each in plan.findings))
    return for_one_that_left(done(after, context, {
        "finding": _item(found), "outcome": OWN if command.own_case else NOTHING_LEFT, "own_case": command.own_case,
        **_unclear(found)}))


def unclear_left(plan: Plan, context: Context) -> Iterable[Refusal]:
    """A guard: the viewer's agency has a finding of which it has yet to say whose it is."""
    if not _to_settle(plan, context):
        yield no.NO_UNCLEAR_LEFT


def found_it(plan: Plan, context: Context) -> bool:
    """Whether the viewer's agency has left the plan and found there what is still unclear: that stays its own."""
    return was_party(plan, context) and bool(_to_settle(plan, context))


def _to_settle(plan: Plan, context: Context) -> tuple[Finding, ...]:
    return tuple(each for each in plan.findings
                 if each.agency == context.viewer.agency and each.said.remit == UNCLEAR and each.open)


def _item(finding: Finding) -> Mapping[str, str]:
    return {"item": str(finding.number), "bound": finding.agency}


def _unclear(finding: Finding) -> Mapping[str, Any]:
    """The item of the clock of what is unclear; none where the finding never was that."""
    return {"unclear": [_item(finding)] if finding.said.remit == UNCLEAR else []}
