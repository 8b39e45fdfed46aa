"""第二十八条 案源共享: claimed, passed on, assigned, and what came of it. Pure.

Who claims first has the tip. What nobody claims justice assigns; the agency assigned may object once, and justice then
decides again.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from services.sharing.tips import refusals as no
from services.sharing.tips.commands import AssignTip, ClaimTip, NoteTransfer, PassOn, ReturnResult
from services.sharing.tips.domain.case import CANDIDATE, CLAIMER, Claim, Handed, Tip, done
from services.sharing.tips.domain.competence import whose_is
from services.sharing.tips.domain.sharing import unnamed
from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.signing import signed
from shared.acts.standing import absent, enforces
from shared.acts.succession import Handing
from shared.kernel.errors import Refusal, demand

OWN, TRANSFERRED = "own_case", "transferred"               # of tip_outcomes


# Guards that need no content

def lost_to(tip: Tip, agency: str) -> Claim | None:
    """The claim by which the agency, which might have claimed the tip, lost it; None while it may claim it."""
    if agency in (*tip.candidates, tip.claimer):
        return None
    return next((claim for claim in reversed(tip.claims) if agency in (claim.agency, *claim.lost)
                 and agency != claim.agency), None)


def came_second(tip: Tip, context: Context) -> bool:
    """Who may try to claim it though it may not any more: it is told who was first, and no more."""
    return lost_to(tip, context.viewer.agency) is not None


def unclaimed(tip: Tip, context: Context) -> Iterable[Refusal]:
    if claim := lost_to(tip, context.viewer.agency):
        yield no.CLAIMED_BEFORE.filled(agency=claim.agency, name=context.register.name_of(claim.agency))


def time_to_assign(tip: Tip, context: Context) -> Iterable[Refusal]:
    """Nobody has claimed it for so many days; what came back from who was assigned it, or from all who might have
    claimed it, need not wait."""
    since = tip.shared_on + timedelta(days=int(context.rulebook.setting("tip_unclaimed_days")))
    waits = tip.candidates and not (tip.claims and tip.claims[-1].objected)
    if waits and context.happened_on < since:
        yield no.TOO_EARLY_TO_ASSIGN.filled(since=since)


def not_bound(tip: Tip, context: Context) -> Iterable[Refusal]:
    """Before an objection: who has objected once handles what it is assigned again."""
    own = context.viewer.agency
    if tip.claim and tip.claim.assigned and any(each.objected and each.agency == own for each in tip.claims):
        yield no.OBJECTED_BEFORE


def no_transfer(tip: Tip, _: Context) -> Iterable[Refusal]:
    if any(each.stands and tip.claim and each.claim == tip.claim.number for each in tip.transfers):
        yield no.TRANSFER_RUNS


# Acts

def claim(tip: Tip, command: ClaimTip, context: Context) -> Outcome[Tip]:
    own = context.viewer.agency
    demand((command.officer, no.NO_OFFICER), *unnamed(tip.said.reporter, says=command.says))
    taken = Claim(len(tip.claims) + 1, own, context.happened_on, claimed=command,
                  lost=tuple(each for each in tip.candidates if each != own))
    return done(tip.given(taken), context, {"claim": taken.number})


def assign(tip: Tip, command: AssignTip, context: Context) -> Outcome[Tip]:
    agency = command.agency
    demand(
        (agency != tip.sharer and enforces(context, agency),
         absent(context, agency, no.UNKNOWN_ASSIGNEE)),
        (command.reason, no.NO_REASON),
        *unnamed(tip.said.reporter, reason=command.reason),
        *signed(command.officer, command.leader),
    )
    given = Claim(len(tip.claims) + 1, agency, context.happened_on, assigned=command,
                  lost=tuple(each for each in tip.candidates if each != agency))
    return done(tip.given(given), context, {"claim": given.number})


def pass_on(tip: Tip, command: PassOn, context: Context) -> Outcome[Tip]:
    """Back to those who may claim it, without any that has passed it on, or to the agency named."""
    left, day, own = tip.claim, context.happened_on, context.viewer.agency
    assert left is not None
    assigned = left.assigned is not None
    demand(
        (command.reason, no.NO_REASON),
        (not assigned or command.legal_ground, no.NO_LEGAL_GROUND),
        (not assigned or not command.to, no.JUSTICE_DECIDES),
        (not command.to or (command.to not in (own, tip.sharer) and enforces(context, command.to)),
         absent(context, command.to, no.UNKNOWN_CANDIDATE)),
        (command.to not in tip.passed_on_by, no.PASSED_ON_BEFORE),
        *unnamed(tip.said.reporter, reason=command.reason, legal_ground=command.legal_ground),
        (command.officer, no.NO_OFFICER),
    )
    left = replace(left, passed_on=command, passed_on_on=day, handed=len(tip.materials))
    back = tip.with_claim(left).without(day, CLAIMER)
    able = whose_is(tip.said.cause, tip.sharer, context, back.passed_on_by).candidates
    offered = (command.to,) if command.to else able
    return done(back.offered(offered, day), context, {
        "claim": left.number, "passed_on_by": own, "objection": assigned})


def return_result(tip: Tip, command: ReturnResult, context: Context) -> Outcome[Tip]:
    """反馈结果, to the sharer: a case of one's own, no violation, or a transfer that began from the tip."""
    own = {each.said.case for each in tip.transfers if each.stands and tip.claim and each.claim == tip.claim.number}
    demand(
        listed(context, "tip_outcomes", command.outcome, no.UNKNOWN_OUTCOME),
        (command.says, no.NO_RESULT),
        (command.outcome != OWN or command.number, no.NO_CASE_NUMBER),
        (command.outcome != TRANSFERRED or command.transfer in own, no.UNKNOWN_TRANSFER),
        *unnamed(tip.said.reporter, says=command.says, number=command.number),
        *signed(command.officer, command.leader),
    )
    told = replace(tip, result=command, resulted_on=context.happened_on)
    transfer = command.transfer if command.outcome == TRANSFERRED else ""
    return done(told, context, {"outcome": command.outcome, "transfer": transfer})


def note_transfer(tip: Tip, command: NoteTransfer, context: Context) -> Outcome[Tip]:
    """What the suite learned of a transfer that began from the tip; the result is the claimer's own to tell."""
    known = next((each for each in tip.transfers if each.said.case == command.case), None)
    its = next((each.number for each in reversed(tip.claims) if command.by in (each.agency, each.held_by)), 0)
    demand((known or its, no.NEVER_ITS_OWN))
    noted = Handed(known.claim if known else its, command)
    others = tuple(each for each in tip.transfers if each.said.case != command.case)
    facts = {"transfer": command.case, "transfer_state": command.state, "noted_on": command.on}
    return done(replace(tip, transfers=(*others, noted)), context, facts)


def hand_over(tip: Tip, handing: Handing, context: Context) -> Outcome[Tip]:
    """Who shared it, or has it now, is followed by the heir; what was said and done stays under the old name. What
    it shared itself no sharer claims."""
    former, heir = handing.former, handing.heir
    if not heir:
        return done(tip, context, handing.facts)
    had = tip.claim
    after = replace(tip, sharer=heir) if tip.sharer == former else tip
    if had and had.holder == former:
        after = after.with_claim(replace(had, held_by=heir))
    kept = tuple(party for party in after.parties if not (party.part == CANDIDATE and party.until is None
                                                          and (after.claim or party.agency == after.sharer)))
    return done(replace(after, parties=kept), context, handing.facts)


def causes(tip: Tip) -> tuple[str, ...]:
    """What a split by matter asks for."""
    return (tip.said.cause,)
