"""第二十八条 案源共享: who hears of what happens to a tip, and what an agency may see of it. Pure.

The reporter is shown to nobody with the tip: sharer and claimer look it up, and each look is logged. Before a claim
those who may claim it see what they need to judge whether it is theirs; of one that is claimed they see only by whom.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services.sharing.tips.commands import NO_ONE, Reporter, ShareTip
from services.sharing.tips.domain.case import CANDIDATE, CLAIMED, CLAIMER, SHARED, SHARER, Claim, Tip
from services.sharing.tips.domain.claiming import lost_to
from shared.acts.corrections import Corrected
from shared.acts.materials import Material
from shared.acts.model import Context, Viewer
from shared.acts.persons import NOTHING, Officer
from shared.acts.request import NOT_VISIBLE
from shared.acts.succession import leaving
from shared.acts.whose import WRONG_PARTY
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.kernel.errors import Refusal, Refused

SEES_ALL = frozenset({JUSTICE, GOVERNMENT_OFFICE})
HANDS_OVER = frozenset({"tip_claimed", "tip_assigned", "tip_passed_on"})      # told also to those who had a part before
BY_REPORTER = frozenset({"complaint"})       # of material_kinds: what the reporter wrote itself
PERSON = "person"                            # of respondent_kinds
NO_OFFICER = Officer("", "", "")
REPORTER_NOT_YOURS = Refusal(WRONG_PARTY.code, "举报人只能由推送机关、认领机关查看，不由本机关查看。",
                             "The reporter is looked up by sharer or claimer, not by your agency.", "28", 403)


def told(before: Tip | None, after: Tip, event: str, context: Context) -> frozenset[str]:
    """Who hears of an event: sharer, claimer or those who may claim it now, justice and the government office; of a tip
    that changes hands also those who had or might have had it, and nothing after."""
    tips = (before, after) if before and event in HANDS_OVER else (after,)
    return frozenset(party.agency for tip in tips for party in tip.parties
                     if party.until is None) | leaving(before, after, event) | context.register.standing_agencies(
                         *SEES_ALL)


def seen(tip: Tip, viewer: Viewer, register: Register) -> Tip | None:
    """The tip as the viewer's agency may see it; None where it may not. Never with its reporter."""
    own = viewer.agency
    if own in (tip.sharer, tip.claimer) and own:
        return _masked(tip)
    if viewer.suite or register.standing(own) & SEES_ALL:
        return replace(_masked(tip), materials=_without_reporters(tip.materials))
    if own in tip.candidates:
        return _to_judge(tip)
    left = next((claim for claim in reversed(tip.claims) if own in (claim.agency, claim.held_by)), None)
    if left:
        return _as_left(tip, left, own)
    lost = lost_to(tip, own)
    return _as_lost(tip, lost, own) if lost else None


def disclosed(tip: Tip, viewer: Viewer, register: Register) -> Tip | None:
    """The tip for who is told what it holds on himself: a reporter too, by those who may look one up."""
    shown = seen(tip, viewer, register)
    if shown is None or not (viewer.suite or may_look(tip, viewer.agency)):
        return shown
    return replace(shown, said=tip.said, corrections=tip.corrections)


def reporter_of(tip: Tip | None, agency: str) -> Reporter:
    """The reporter, as the agency looks it up. `tip`: None where the agency may see none of it. Raises Refused: 404 for
    that, 403 for who sees the tip without its reporter."""
    if tip is None:
        raise Refused(NOT_VISIBLE)
    if not may_look(tip, agency):
        raise Refused(REPORTER_NOT_YOURS)
    return tip.said.reporter


def may_look(tip: Tip, agency: str) -> bool:
    """Whether the agency may look the reporter up: who shared the tip, and who has it now; none that was dissolved."""
    return any(party.agency == agency and party.until is None and party.part in (SHARER, CLAIMER)
               for party in tip.parties)


def _masked(tip: Tip) -> Tip:
    said = replace(tip.said, reporter=Reporter(anonymous=tip.said.reporter.anonymous,
                                               confidential=tip.said.reporter.confidential))
    return replace(tip, said=said, corrections=tuple(map(_blank, tip.corrections)))


def _blank(each: Corrected) -> Corrected:
    """A correction of the reporter: that there was one, not what it said."""
    return replace(each, old=NOTHING, new=NOTHING) if each.field.startswith("reporter.") else each


def _to_judge(tip: Tip) -> Tip:
    """What tells an agency whether it is competent: not who a natural person is that it may be about, nor what the
    reporter wrote."""
    masked = _masked(tip)
    return replace(masked, said=_without_person(masked.said), materials=_without_reporters(tip.materials), transfers=(),
                   corrections=_of_others(masked.corrections))


def _as_left(tip: Tip, left: Claim, own: str) -> Tip:
    """What one that passed it on had before it, without what came after."""
    masked = _masked(tip)
    return Tip(
        SHARED, _parties(tip, own), tip.sharer, _without_person(masked.said), left.passed_on_on or left.on,
        claims=(left,), materials=_without_reporters(each for each in tip.materials if each.number <= left.handed),
        transfers=tuple(each for each in tip.transfers if each.claim == left.number),
        corrections=tuple(each for each in _of_others(masked.corrections) if each.by == own))


def _as_lost(tip: Tip, lost: Claim, own: str) -> Tip:
    """That it is claimed, and by whom."""
    said = tip.said
    bare = ShareTip(said.kind, said.cause, "", "", said.received_on, "", NO_OFFICER)
    claim = Claim(lost.number, lost.agency, lost.on)
    return Tip(CLAIMED, _parties(tip, own), tip.sharer, bare, lost.on, claims=(claim,))


def _parties(tip: Tip, own: str) -> Any:
    return tuple(party.shown() for party in tip.parties if party.part == SHARER
                 or (party.agency == own and (party.part != CANDIDATE or party.until is not None)))


def _without_person(said: ShareTip) -> ShareTip:
    respondent = said.respondent
    return replace(said, respondent=replace(NO_ONE, kind=PERSON)) if respondent.kind == PERSON else said


def _without_reporters(materials: Iterable[Material]) -> tuple[Material, ...]:
    """The catalogue whole; what the reporter wrote itself cannot be opened."""
    return tuple(replace(each, said=replace(each.said, digest="")) if each.said.kind in BY_REPORTER else each
                 for each in materials)


def _of_others(corrections: Iterable[Corrected]) -> tuple[Corrected, ...]:
    """Without those of persons."""
    return tuple(each for each in corrections if not each.field.startswith(("reporter.", "respondent.")))
