"""第四章 案件移送: the places of a transfer besides those that every case has: its leg, its dispute, its referral. Pure."""

from datetime import date
from typing import Any

from services.transfer.case import Transfer
from shared.acts.corrections import Original
from shared.acts.places import Place, replaced


def in_leg(part: str, day: str = "") -> Place[Transfer]:
    """A part of the present leg: one that another receiver has ended stays as it was."""
    def put(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
        its = case.leg.number == original.facts.get("leg")
        leg = replaced(case.leg, part, day, original, command, on) if its else None
        return case.with_leg(leg) if leg else None
    return put


def in_contest(part: str, day: str = "") -> Place[Transfer]:
    """A part of the last dispute."""
    def put(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
        contest = replaced(case.contests[-1], part, day, original, command, on) if case.contests else None
        return case.with_contest(contest) if contest else None
    return put


def in_referral(part: str, day: str = "") -> Place[Transfer]:
    """A part of the last reference to the police."""
    def put(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
        referral = replaced(case.referrals[-1], part, day, original, command, on) if case.referrals else None
        return case.with_referral(referral) if referral else None
    return put
