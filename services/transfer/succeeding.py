"""第四章 案件移送: a side of the case is dissolved, and another agency goes on in its place. Pure.

What was said stays as it was said, under the old name; who answers for the case now follows.
"""

from dataclasses import replace

from services.transfer.case import INTERIM_HOLDER, POLICE, RECEIVER, REFERRER, RULER, SENDER, Transfer, done
from services.transfer.parts import Call, Contest, Leg
from shared.acts.model import Context, Outcome
from shared.acts.succession import Handing

PARTS = frozenset({SENDER, RECEIVER, RULER, INTERIM_HOLDER, REFERRER, POLICE})      # one agency has each at a time


def hand_over(case: Transfer, handing: Handing, context: Context) -> Outcome[Transfer]:
    """The heir is the sender or the present receiver where the former was: of the leg that is open, of the dispute that
    is open, of a ruling that named it, and of the calls that it has not answered. Earlier legs stay the former's."""
    former, heir = handing.former, handing.heir
    if not heir:
        return done(case, context, handing.facts)
    after = replace(
        case, sender=heir if case.sender == former else case.sender,
        legs=(*case.legs[:-1], _leg(case.leg, former, heir)),
        contests=tuple(_contest(each, former, heir) for each in case.contests),
        calls=tuple(_call(each, former, heir) for each in case.calls))
    return done(after, context, handing.facts)


def causes(case: Transfer) -> tuple[str, ...]:
    """What a split by matter asks for."""
    return (case.matter.cause,)


def _leg(leg: Leg, former: str, heir: str) -> Leg:
    return replace(leg, held_by=heir) if leg.receiver == former else leg


def _contest(contest: Contest, former: str, heir: str) -> Contest:
    """Who holds an open one; of one that was ruled whom it binds."""
    holder = heir if contest.ruling is None and contest.holder == former else contest.holder
    return replace(contest, holder=holder, names=heir if contest.names == former else contest.names)


def _call(call: Call, former: str, heir: str) -> Call:
    return replace(call, held_by=heir) if call.response is None and call.called == former else call
