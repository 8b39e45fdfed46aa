"""第四章 案件移送: the places of a transfer besides those that every case has: its leg, its dispute, its referral. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.transfer.case import INTERIM_HOLDER, RECEIVER, RULER, Transfer
from services.transfer.sending import notified_on
from services.transfer.turns import TO_SENDER, TO_THIRD
from shared.acts.corrections import Original
from shared.acts.model import Context, Party
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


# Where one place is not enough: an act that gave the case to another, one that others have confirmed

def opened_on(case: Transfer, on: date) -> Transfer:
    """The case begun on another day, with the first two parts: of its sender, and of the first receiver."""
    sender, receiver, *others = case.parties
    return replace(case, opened_on=on, parties=(replace(sender, since=on), replace(receiver, since=on), *others))


def shifted(case: Transfer, was: date, on: date, since: tuple[str, ...] = (), until: tuple[str, ...] = ()) -> Transfer:
    """The case in which the parts that began on the day `was` begin on `on`, and those that then ended end with it."""
    eve, was_eve = on - timedelta(days=1), was - timedelta(days=1)

    def right(party: Party) -> Party:
        if party.part in since and party.since == was:
            return replace(party, since=on)
        if party.part in until and party.until == was_eve:
            return replace(party, until=eve)
        return party

    return replace(case, parties=tuple(map(right, case.parties)))


def with_parts(put: Place[Transfer], since: tuple[str, ...] = (), until: tuple[str, ...] = ()) -> Place[Transfer]:
    """As `put`, and the parts that the act began or ended follow its true date."""
    def putting(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
        after = put(case, original, command, on)
        return after and (shifted(after, original.on, on, since, until) if on != original.on else after)
    return putting


def announcement(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """The notice of a case: what it is about stands in the matter, how the receiver was told in its leg."""
    was, leg = original.command, case.legs[int(original.facts["leg"]) - 1]
    if case.matter != was.matter:
        return None
    after = replace(case, matter=command.matter)
    if (command.notice, command.officer, on) == (was.notice, was.officer, original.on):
        return after
    if leg != case.leg or (leg.notice, leg.officer) != (was.notice, was.officer):
        return None
    after = after.with_leg(replace(leg, notice=command.notice, officer=command.officer, announced_on=on))
    return opened_on(after, on) if original.opened else shifted(after, original.on, on)


def rerouting(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """Another receiver's notice: its leg, and the day on which the former one's ended."""
    was, leg = original.command, case.leg
    said = (original.facts["leg"], was.notice, was.officer, was.reason)
    if (leg.number, leg.notice, leg.officer, leg.reason) != said:
        return None
    after = case.with_leg(replace(leg, notice=command.notice, officer=command.officer, reason=command.reason,
                                  announced_on=on))
    return handed_over(after, original.on, on)


def handed_over(case: Transfer, was: date, on: date) -> Transfer:
    """The case given to its present receiver on another day."""
    *earlier, former, present = case.legs
    legs = (*earlier, replace(former, until=on), replace(present, announced_on=on))
    return shifted(replace(case, legs=legs), was, on, (RECEIVER,), (RECEIVER,))


def delivery(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """The receipt has confirmed who delivered it and when."""
    after = in_leg("delivery", "delivered_on")(case, original, command, on)
    confirmed = on != original.on or command.delivered_by != original.command.delivered_by
    return None if case.leg.receipt and confirmed else after


def reissued(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """A letter that took the place of another."""
    letter = replace(original, command=original.command.letter)
    return in_leg("letter", "issued_on")(case, letter, command.letter, on)


def receipt(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """A receipt without a recorded delivery recorded it: its date is then the receiver's to correct."""
    after = in_leg("receipt", "received_on")(case, original, command, on)
    if after is None or command.delivered_on == original.command.delivered_on:
        return after
    if after.leg.delivery is None or after.leg.delivery.way:
        return None
    return after.with_leg(replace(after.leg, delivered_on=command.delivered_on))


def filing(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """Reopened, a case stays filed: its earlier handling was filed by the same act."""
    after = replaced(case, "filed", "filed_on", original, command, on)
    if after is None:
        return None
    same = (original.command, original.on)
    handled = tuple(replace(each, filed=command, filed_on=on) if (each.filed, each.filed_on) == same else each
                    for each in case.handled)
    return replace(after, handled=handled)


def decision(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """What the close has confirmed of the decision is corrected no more."""
    return None if case.closure else replaced(case, "decision", "decided_on", original, command, on)


def call(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """A call from the scene. The one that opened the case began it, and says what it is about until it is announced."""
    number = int(original.facts["call"])
    calls = tuple(replace(each, said=command, on=on, at=each.at + (on - each.on)) if each.number == number else each
                  for each in case.calls)
    after, first = replace(case, calls=calls), case.legs[0]
    if not original.opened:
        return after
    if not first.notice.way:
        after = replace(after, legs=(replace(first, announced_on=on), *after.legs[1:]))
    if not case.leg.notice.way:
        about = replace(case.matter, facts=command.facts, respondent=command.respondent, cause=command.cause,
                        accepted_on=on)
        after = replace(after, matter=about)
    return opened_on(after, on)


def told_by_notice(case: Transfer, original: Original, context: Context) -> Mapping[str, Mapping[str, date]]:
    """The day from which its letter is due: its own, or that of a call before it (a setting)."""
    leg = case.legs[int(original.facts["leg"]) - 1]
    return {original.entry: {"notified_on": notified_on(case, leg, context)}}


def told_by_call(case: Transfer, original: Original, context: Context) -> Mapping[str, Mapping[str, date]]:
    """The notice of its leg, where a call counts as one: the day from which the letter is due."""
    leg = case.legs[int(original.facts["leg"]) - 1]
    return {entry: {"notified_on": notified_on(case, leg, context)} for entry, facts in original.others.items()
            if facts["act"] == "announce" and facts["leg"] == leg.number}


def response(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    number = int(original.facts["call"])
    return replace(case, calls=tuple(replace(each, response=command, responded_on=on) if each.number == number else each
                                     for each in case.calls))


def view(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """A view stated while its dispute is open."""
    if case.contest is None:
        return None
    views = tuple(replace(each, said=command, on=on) if each.said == original.command else each
                  for each in case.contest.views)
    return case.with_contest(replace(case.contest, views=views)) if views != case.contest.views else None


def note(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    number = int(original.facts["note"])
    return replace(case, progress=tuple(replace(each, says=command.says, on=on) if at == number else each
                                        for at, each in enumerate(case.progress, 1)))


def ruling(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """Its words and its day, never whom it names; while its receiver has the case, and no later dispute is open."""
    after = in_contest("ruling", "ruled_on")(case, original, command, on)
    if after is None or case.leg.number != original.facts["leg"]:
        return None
    if command.outcome == TO_THIRD:
        after = after.with_leg(replace(after.leg, reason=command.reasons))
    if on == original.on:
        return after
    after = shifted(after, original.on, on, (), (RULER, INTERIM_HOLDER))
    if command.outcome == TO_SENDER:
        return replace(after, ended_on=on)
    return handed_over(after, original.on, on) if command.outcome == TO_THIRD else after
