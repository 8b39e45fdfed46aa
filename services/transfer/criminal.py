"""第四章 案件移送: cases that go to the police (21 ¶2, 国务院令第310号). Pure.

While the police have the case the administrative clocks stand still; returned, it is again where it was.
"""

from dataclasses import replace

from services.transfer import refusals as no
from services.transfer.case import POLICE, REFERRER, Transfer, done
from services.transfer.parts import Referral
from services.transfer.states import CRIMINAL, CRIMINAL_CLOSED
from services.transfer.turns import CloseCriminal, DeliverCriminal, HandOverCriminal, ReferCriminal, ReturnCriminal
from shared.acts.model import Context, Outcome, Party
from shared.acts.persons import enough
from shared.acts.standing import absent
from shared.kernel.errors import demand


def with_the_police(case: Transfer, context: Context) -> bool:
    """Of sender and receiver the one that referred the case, and the police. While neither has, the state refuses."""
    if case.state not in (CRIMINAL, CRIMINAL_CLOSED):
        return True
    return case.has_now(context.viewer.agency, REFERRER, POLICE)


def refer(case: Transfer, command: ReferCriminal, context: Context) -> Outcome[Transfer]:
    """The approval: from any open state, by the head of the sender or the receiver."""
    own, day = context.viewer.agency, context.happened_on
    officers = int(context.rulebook.setting("criminal_team_officers"))
    demand(
        (_is_police(command.police, case, context), absent(context, command.police, no.UNKNOWN_POLICE)),
        (command.offence, no.NO_OFFENCE),
        (command.reasons, no.NO_SUSPICION),
        (enough(command.team, officers), no.TEAM_TOO_SMALL.filled(officers=officers)),
        (command.materials and case.has(command.materials), no.NO_CRIMINAL_FILE),
        (command.leader, no.NO_LEADER),
    )
    referral = Referral(len(case.referrals) + 1, case.leg.number, command, own, day, case.state)
    parties = (*case.parties, Party(REFERRER, own, day), Party(POLICE, command.police, day))
    referred = replace(case, parties=parties, referrals=(*case.referrals, referral))
    return done(referred, context, {"referral": referral.number, "referrer": own, "police": command.police,
                                    "from_state": case.state})


def _is_police(agency: str, case: Transfer, context: Context) -> bool:
    """Whether the city's rulebook names the agency as 公安机关; it is in the register, and neither side of the case."""
    named = context.rulebook.setting("police_agencies")
    sides = (case.sender, case.receiver)
    return agency in named and agency not in sides and context.register.exists(agency, context.happened_on)


def deliver(case: Transfer, command: DeliverCriminal, context: Context) -> Outcome[Transfer]:
    """Within 24 hours of the approval; the police sign for it."""
    demand((command.signed_by, no.NO_POLICE_RECEIPT))
    referral = replace(case.referrals[-1], delivery=command, delivered_on=context.happened_on)
    return done(case.with_referral(referral), context, {"referral": referral.number})


def give_back(case: Transfer, command: ReturnCriminal, context: Context) -> Outcome[Transfer]:
    """不予立案: the case is again in the state from which it went to the police."""
    demand((command.number, no.NO_POLICE_NUMBER), (command.reasons, no.NO_POLICE_REASONS))
    day = context.happened_on
    referral = replace(case.referrals[-1], returned=command, returned_on=day)
    returned = case.with_referral(referral).without(day, REFERRER, POLICE)
    facts = {"referral": referral.number, "number": command.number, "to_state": referral.from_state}
    return replace(done(returned, context, facts), state=referral.from_state)


def close(case: Transfer, command: CloseCriminal, context: Context) -> Outcome[Transfer]:
    """公安立案: the case is theirs, and ends here."""
    demand((command.number, no.NO_POLICE_NUMBER))
    referral = replace(case.referrals[-1], closed=command, closed_on=context.happened_on)
    return done(case.with_referral(referral), context, {"referral": referral.number, "number": command.number})


def hand_over(case: Transfer, command: HandOverCriminal, context: Context) -> Outcome[Transfer]:
    """The objects and whatever else belongs to the case follow it within three days."""
    demand((command.says, no.NOTHING_HANDED_OVER), (command.taken_by, no.NOBODY_TOOK))
    referral = replace(case.referrals[-1], handed_over=command, handed_over_on=context.happened_on)
    return done(case.with_referral(referral), context, {"referral": referral.number})
