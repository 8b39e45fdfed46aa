"""第四章 案件移送: where the case keeps what an act said, so that a correction finds it there and nowhere else. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from services.transfer.case import Transfer
from shared.acts.corrections import Original

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
Put = Callable[[Transfer, Original, Any, date], Transfer | None]


def in_case(part: str, day: str = "") -> Put:
    """A part of the case itself: the command, or the last like it of several, beside its true date."""
    def put(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
        return _replaced(case, part, day, original, command, on)
    return put


def in_leg(part: str, day: str = "") -> Put:
    """A part of the present leg: one that another receiver has ended stays as it was."""
    def put(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
        its = case.leg.number == original.facts.get("leg")
        leg = _replaced(case.leg, part, day, original, command, on) if its else None
        return case.with_leg(leg) if leg else None
    return put


def in_contest(part: str, day: str = "") -> Put:
    """A part of the last dispute."""
    def put(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
        contest = _replaced(case.contests[-1], part, day, original, command, on) if case.contests else None
        return case.with_contest(contest) if contest else None
    return put


def in_referral(part: str, day: str = "") -> Put:
    """A part of the last reference to the police."""
    def put(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
        referral = _replaced(case.referrals[-1], part, day, original, command, on) if case.referrals else None
        return case.with_referral(referral) if referral else None
    return put


def last_of(many: str, part: str = "", day: str = "") -> Put:
    """One of several in the case: it is the command, or the last of them holds it."""
    def put(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
        if not part:
            return _replaced(case, many, "", original, command, on)
        held = getattr(case, many)
        last = _replaced(held[-1], part, day, original, command, on) if held else None
        changed: dict[str, Any] = {many: (*held[:-1], last)}
        return replace(case, **changed) if last else None
    return put


def _replaced(holder: T, part: str, day: str, original: Original, command: Any, on: date) -> T | None:
    """The holder with what is right in the place of what the act said; None where that is not there any more."""
    standing = getattr(holder, part)
    if isinstance(standing, tuple):
        at = max((number for number, each in enumerate(standing) if each == original.command), default=None)
        if at is None:
            return None
        standing = (*standing[:at], command, *standing[at + 1:])
    elif standing != original.command:
        return None
    else:
        standing = command
    changed: dict[str, Any] = {part: standing}
    if day and getattr(holder, day) == original.on:
        changed[day] = on
    return replace(holder, **changed)
