"""第四章 案件移送: who hears of what happens to a case, and what an agency may see of it. Pure."""

from datetime import date, timedelta

from services.transfer import disputes
from services.transfer.case import POLICE, RECEIVER, REFERRER, SENDER, Transfer
from services.transfer.parts import Leg, Referral
from services.transfer.states import CRIMINAL, DISPUTED, PHONED, REFUSED
from shared.acts.model import Context, Viewer
from shared.acts.succession import CUSTODIAN, leaving
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.deadlines.model import Deadline

REVIEW, PRESUMED = "transfer.review", "推定接收"
SEES_ALL = frozenset({JUSTICE, GOVERNMENT_OFFICE})
KNOWING = frozenset({SENDER, RECEIVER, POLICE, CUSTODIAN})             # the parts in which one sees the whole case


def told(before: Transfer | None, after: Transfer, event: str, context: Context) -> frozenset[str]:
    """Who hears of an event: the parties of now, justice and the government office.

    A former receiver is not told what comes after it, nor who does; that holds for every event, deadlines among them.
    A ruling is addressed to both sides of its dispute (24): who loses the case by it hears it, and nothing after.
    """
    sides = frozenset({before.receiver} if before and event in disputes.RULINGS else ())
    now = frozenset(party.agency for party in after.parties if party.until is None and party.agency)
    return now | sides | leaving(before, after, event) | context.register.standing_agencies(*SEES_ALL)


def seen(case: Transfer, viewer: Viewer, register: Register) -> Transfer | None:
    """The case as the viewer's agency may see it; None where it may not.

    The sender, the present receiver, justice and the government office see all of it. A former receiver sees its own
    legs: the case as it stood when it left, with what it was handed, and no word of who came before or after. The
    police see all while they have the case, and afterwards what was referred to them.
    """
    if viewer.suite or register.standing(viewer.agency) & SEES_ALL or case.has_now(viewer.agency, *KNOWING):
        return case
    own = tuple(leg for leg in case.legs if leg.receiver == viewer.agency)
    if not own:
        referral = next((each for each in reversed(case.referrals) if each.said.police == viewer.agency), None)
        return _as_referred(case, referral) if referral else None
    numbers, first, last = {leg.number for leg in own}, own[0].announced_on, last_day(own[-1])
    handed = frozenset[int]().union(*(leg.handed for leg in own))
    its = tuple(party.shown() for party in case.parties if party.part == SENDER or party.agency == viewer.agency)
    return Transfer(
        state=left_in(own[-1]), parties=its,
        sender=case.sender, matter=case.matter, opened_on=own[0].announced_on, legs=own,
        materials=tuple(item for item in case.materials if item.number in handed or item.added_by == viewer.agency),
        measures=tuple(measure for measure in case.measures if measure.taken_on <= last),
        calls=tuple(call for call in case.calls if call.called == viewer.agency),
        contests=tuple(contest for contest in case.contests if contest.leg in numbers),
        referrals=tuple(referral for referral in case.referrals if referral.leg in numbers),
        progress=tuple(note for note in case.progress if first <= note.on <= last),
        handled=tuple(each for each in case.handled if each.receiver == viewer.agency),
        corrections=tuple(each for each in case.corrections if each.leg in {leg.number for leg in own}),
    )


def _as_referred(case: Transfer, referral: Referral) -> Transfer:
    """What the police had before them, without what became of the case since."""
    leg = next(leg for leg in case.legs if leg.number == referral.leg)
    return Transfer(
        state=CRIMINAL, parties=tuple(party for party in case.parties if party.part in (SENDER, REFERRER, POLICE)),
        sender=case.sender, matter=case.matter, opened_on=case.opened_on,
        legs=(Leg(leg.number, leg.notice, leg.officer, leg.announced_on),), referrals=(referral,),
        materials=tuple(material for material in case.materials if material.number in referral.said.materials),
    )


def marks(case: Transfer, deadline: Deadline) -> str:
    """推定接收 of a review that runs from a delivery for which nobody signed in time."""
    presumed = any(leg.presumed_on == deadline.started_on and leg.receiver == deadline.bound for leg in case.legs)
    return PRESUMED if deadline.clock == REVIEW and presumed else ""


def last_day(leg: Leg) -> date:
    """The last day of which a former receiver may know."""
    return leg.refused_on or (leg.until - timedelta(days=1) if leg.until else date.min)


def left_in(leg: Leg) -> str:
    """The state in which the case left a former receiver."""
    if leg.refusal or not leg.notice.way:
        return REFUSED if leg.refusal else PHONED
    return DISPUTED
