"""第四章 案件移送: what the sender decides. Pure: a case and a command in, a new case and facts out."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from services.transfer import refusals as no
from services.transfer.case import RECEIVER, SENDER, Transfer, done, ended
from services.transfer.commands import (
    PENALTY_MOVED,
    PLATFORM,
    Announce,
    Deliver,
    IssueLetter,
    Matter,
    Notice,
    RecordMeasure,
    ReissueLetter,
    Reroute,
    SignReturn,
    Supplement,
    Withdraw,
)
from services.transfer.origins import named_other, origin_facts, whence
from services.transfer.parts import Leg
from services.transfer.turns import CannotSupplement
from shared.acts.codes import listed
from shared.acts.furthest import long_ago
from shared.acts.materials import AddMaterial, next_material
from shared.acts.model import Context, Outcome, Party, Righted
from shared.acts.persons import Officer, enough
from shared.acts.signing import signed
from shared.acts.standing import absent, basis_of, enforces
from shared.contracts.register import Register
from shared.deadlines.correcting import Redated
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Rows, demand
from shared.numbers.shape import numbered

# 《行政处罚法》, 第二十二条, 荣政发〔2020〕3号
BASIS = re.compile(r"《[^《》]+》|第[0-9一二三四五六七八九十百零〇]+条|[〔\[][0-9]{4}[〕\]]\s*第?\s*[0-9]+\s*号")


def announce(phoned: Transfer | None, command: Announce, context: Context) -> Outcome[Transfer]:
    """Opens a case, or goes on with one that a call from the scene opened."""
    sender, day = context.viewer.agency, context.happened_on
    matter, notice, first = command.matter, command.notice, command.first_announced_on
    demand(*_matter(matter, context), *_taken_up(phoned, command), *told_how(notice, sender, context),
           (command.officer, no.NO_OFFICER), *whence(command.found, context))
    case = replace(_announced(phoned, command, day) if phoned else opened(sender, matter, notice, command.officer, day),
                   after=command.after, first_announced_on=first, related=command.related)
    return done(case, context, {
        "cause": matter.cause, "accepted_on": matter.accepted_on, "ground": matter.ground, "way": notice.way,
        "powers_separated": matter.separated, "related": list(command.related),
        "notified_on": notified_on(case, case.leg, context),
        **origin_facts(context),
        **basis_of(context),
        **(_again(command.after, first, day) if first else {}),
        **({"withdrawn_before": list(command.withdrawn_same)} if command.withdrawn_same else {}),
    }, *_doubts(command, sender, context))


def _again(after: str, first: date, day: date) -> dict[str, Any]:
    """A case taken up again after a withdrawal: which, and the time since its first notice."""
    return {"after": after, "first_announced_on": first, "days_since_first": (day - first).days}


def opened(sender: str, matter: Matter, notice: Notice, officer: Officer, day: date) -> Transfer:
    """A case on its first day."""
    parties = (Party(SENDER, sender, day), Party(RECEIVER, notice.receiver, day))
    return Transfer("", parties, sender, matter, day, (Leg(1, notice, officer, day),))


def _announced(phoned: Transfer, command: Announce, day: date) -> Transfer:
    """The phoned case with its notice. The agency called is left where another one is told."""
    matter, notice = command.matter, command.notice
    if notice.receiver != phoned.receiver:
        return replace(handed_on(phoned, notice, command.officer, day), matter=matter)
    leg = replace(phoned.leg, notice=notice, officer=command.officer, announced_on=day)
    return replace(phoned.with_leg(leg), matter=matter)


def notified_on(case: Transfer, leg: Leg, context: Context) -> date:
    """The day from which 22 counts: of the notice, or of an earlier call where the rulebook takes a call for one."""
    if not context.rulebook.setting("phone_call_is_notice"):
        return leg.announced_on
    return min([leg.announced_on, *(call.on for call in case.calls if call.called == leg.receiver)])


def names_a_basis(said: str) -> bool:
    """21: 根据法律法规和有关规定. A law or document by its title or number, or an article; what it says is not looked up."""
    return BASIS.search(said) is not None


def _matter(matter: Matter, context: Context) -> Rows:
    person = matter.respondent
    return (
        listed(context, "causes", matter.cause, no.UNKNOWN_CAUSE),
        (matter.accepted_on <= context.happened_on, no.ACCEPTED_LATER),
        listed(context, "respondent_kinds", person.kind, no.NO_RESPONDENT, also=person.name),
        (matter.facts, no.NO_FACTS),
        (matter.provisions and all(matter.provisions), no.NO_PROVISIONS),
        (names_a_basis(matter.basis) and matter.basis not in matter.provisions, no.NO_TRANSFER_BASIS),
        listed(context, "grounds:transfer.", matter.ground, no.UNKNOWN_GROUND),
        (matter.ground != PENALTY_MOVED or matter.document, no.NO_TRANSFER_DOCUMENT),
    )


def _taken_up(phoned: Transfer | None, command: Announce) -> Rows:
    """受理日期, from which 压案 is judged: a case was taken up when it was first called in, and a withdrawn one that is
    told again when it was first taken up. A later day is refused, not moved: the letter states it as the sender's."""
    accepted, first = command.matter.accepted_on, command.first_accepted_on
    called = min((call.on for call in phoned.calls), default=None) if phoned else None
    return (
        (called is None or accepted <= called, no.ACCEPTED_AFTER_CALL.filled(called=called)),
        (first is None or accepted <= first, no.ACCEPTED_AFTER_FIRST.filled(first=first)),
    )


def told_how(notice: Notice, sender: str, context: Context) -> Rows:
    return (
        listed(context, "notice_ways", notice.way, no.UNKNOWN_WAY),
        (notice.way != "phone" or context.rulebook.setting("notice_by_phone"), no.NO_PHONE_NOTICE),
        (not late_on_platform(notice.way, context), no.PLATFORM_TIME.at("notice.way")),
        (notice.told_to, no.NOBODY_TOLD),
        (notice.receiver != sender, no.SAME_AGENCY),
        (notice.receiver == sender or enforces(context, notice.receiver),
         absent(context, notice.receiver, no.UNKNOWN_RECEIVER.filled(receiver=notice.receiver))),
    )


def late_on_platform(way: str, context: Context) -> bool:
    """What goes by the platform happens when it is entered there: it has no other true date."""
    return way == PLATFORM and context.happened_on != day_of(context.now)


def _doubts(command: Announce, sender: str, context: Context) -> Iterable[Refusal]:
    """What the register or other cases make doubtful: said to the officer, who decides."""
    cause, day = command.matter.cause, context.happened_on
    if command.open_same:
        yield replace(no.SAME_RESPONDENT, values={"cases": list(command.open_same)})
    if command.withdrawn_same:
        yield replace(no.WITHDRAWN_BEFORE, values={"cases": list(command.withdrawn_same)})
    yield from _powerless(command.notice.receiver, cause, context)
    yield from named_other(command.found, command.notice.receiver)
    yield from long_ago(command.matter.accepted_on, day, context.rulebook, "matter.accepted_on", "受理日期")
    if separated_by_register(sender, cause, context.register, day) and not command.matter.separated:
        yield no.POWERS_DIFFER


def _powerless(receiver: str, cause: str, context: Context) -> Iterable[Refusal]:
    """By the 权责清单 others punish the cause, and this one does not."""
    punish = context.register.holders(cause, "punish", context.happened_on)
    if punish and receiver not in punish:
        yield no.RECEIVER_WITHOUT_POWER


def separated_by_register(sender: str, cause: str, register: Register, day: date) -> bool:
    """22 ¶2: by the 权责清单 the sender supervises the cause and others punish it."""
    watch = register.holders(cause, "supervise", day)
    punish = register.holders(cause, "punish", day)
    return sender in watch and bool(punish) and sender not in punish


def record_measure(case: Transfer, command: RecordMeasure, context: Context) -> Outcome[Transfer]:
    officers = context.rulebook.setting("officers_per_measure")
    demand(
        listed(context, "measure_kinds", command.kind, no.UNKNOWN_MEASURE),
        (command.taken_on <= context.happened_on, no.MEASURE_LATER),
        (command.says, no.MEASURE_EMPTY),
        (enough(command.officers, officers), no.TOO_FEW_OFFICERS.filled(officers=officers)),
    )
    measured = replace(case, measures=(*case.measures, command))
    return Outcome(measured, {"kind": command.kind, "taken_on": command.taken_on})


def add_material(case: Transfer, command: AddMaterial, context: Context) -> Outcome[Transfer]:
    material = next_material(case.materials, command, context, no.MATERIAL_UNNAMED)
    with_it = replace(case, materials=(*case.materials, material))
    return Outcome(with_it, {"material": material.number, "kind": command.kind})


def issue_letter(case: Transfer, command: IssueLetter, context: Context) -> Outcome[Transfer]:
    separated, listed = case.matter.separated, frozenset(command.materials)
    evidence = context.rulebook.setting("preliminary_evidence")
    enclosed = tuple(material for material in case.materials if material.number in listed)
    demand((command.number not in {leg.letter.number for leg in case.legs if leg.letter}, no.NUMBER_USED))
    demand(
        (numbered(command.number), no.BAD_NUMBER),
        (command.addressee == case.receiver, no.OTHER_ADDRESSEE),
        (command.case_name, no.NO_CASE_NAME),
        (command.reason, no.NO_LETTER_REASON),
        (names_a_basis(command.basis), no.NO_LETTER_BASIS),
        (command.materials, no.NO_MATERIALS),
        (case.has(command.materials), no.UNKNOWN_MATERIAL),
        (not separated or command.basic_facts, no.NO_BASIC_FACTS),
        (not separated or any(material.said.kind in evidence for material in enclosed), no.NO_EVIDENCE),
        *signed(command.officer, command.leader),
    )
    leg = replace(case.leg, letter=command, issued_on=context.happened_on, enclosed=enclosed)
    return done(case.with_leg(leg), context, {"number": command.number, "materials": len(enclosed)})


def reissue_letter(case: Transfer, command: ReissueLetter, context: Context) -> Outcome[Transfer]:
    """作废重发: the voided letter met nothing, so the days of 22 are judged by the one that takes its place."""
    demand((command.void_reason, no.NO_VOID_REASON))
    old, replaced, on = case.leg.letter, command.replaces, context.happened_on
    assert old is not None and replaced is not None
    issued = issue_letter(case, command.letter, context)
    leg = replace(issued.case.leg, voided=(*case.leg.voided, old))
    redated = Redated("", replaced.event, on, context.happened_at, replaced.on, replaced.at, met=replaced.met)
    facts = {**issued.facts, "voided": [old.number]}
    return replace(issued, case=issued.case.with_leg(leg), facts=facts, righted=Righted(replaced.entry, redated, on))


def deliver(case: Transfer, command: Deliver, context: Context) -> Outcome[Transfer]:
    demand(
        listed(context, "delivery_ways", command.way, no.UNKNOWN_DELIVERY),
        (not late_on_platform(command.way, context), no.PLATFORM_TIME),
        (command.delivered_by, no.NO_DELIVERER),
        (command.way != "ems" or command.ems_number, no.NO_EMS_NUMBER),
        (command.way != "person" or (command.place and command.handed_to), no.NO_PLACE),
    )
    leg = replace(case.leg, delivery=command, delivered_on=context.happened_on)
    return done(case.with_leg(leg), context, {"way": command.way})


def supplement(case: Transfer, command: Supplement, context: Context) -> Outcome[Transfer]:
    asked = set(range(1, len(case.leg.requests[-1].items) + 1))
    answered = {answer.item for answer in command.answers if answer.says or answer.materials}
    sent = tuple(number for answer in command.answers for number in answer.materials)
    demand(
        (answered == asked, no.ITEMS_UNANSWERED),
        (case.has(sent), no.UNKNOWN_MATERIAL.at("answers")),
        *signed(command.officer, command.leader),
    )
    leg = replace(case.leg, supplements=(*case.leg.supplements, command), consent=None, consented_on=None)
    return done(case.with_leg(leg), context, {"round": len(leg.requests), "materials": len(sent), "unable": False})


def cannot_supplement(case: Transfer, command: CannotSupplement, context: Context) -> Outcome[Transfer]:
    """The receiver decides on what it has; a consent to a withdrawal lapses."""
    demand((command.reasons, no.NO_REASON.at("reasons")), *signed(command.officer, command.leader))
    leg = replace(case.leg, unable=(*case.leg.unable, command), consent=None, consented_on=None)
    return done(case.with_leg(leg), context, {"round": len(leg.requests), "materials": 0, "unable": True})


def sign_return(case: Transfer, command: SignReturn, context: Context) -> Outcome[Transfer]:
    demand(
        (command.signed_by, no.NOBODY_SIGNED),
        (set(command.lacks) <= case.leg.handed, no.NOT_ON_RETURN_LIST),
    )
    leg = replace(case.leg, returned=command, return_signed_on=context.happened_on)
    return done(case.with_leg(leg), context, {"lacks": len(command.lacks)})


def reroute(case: Transfer, command: Reroute, context: Context) -> Outcome[Transfer]:
    receiver, day = command.notice.receiver, context.happened_on
    demand((receiver not in case.refused_as_not_competent, no.REFUSED_BEFORE))
    demand(
        *told_how(command.notice, case.sender, context),
        (command.reason, no.NO_REASON),
        (command.officer, no.NO_OFFICER),
    )
    turned = handed_on(case, command.notice, command.officer, day, command.reason)
    doubts = _powerless(receiver, case.matter.cause, context)
    return done(turned, context, {"way": command.notice.way, "notified_on": day}, *doubts)


def handed_on(case: Transfer, notice: Notice, officer: Officer, day: date, reason: str = "") -> Transfer:
    """The case with another receiver. The former one's last day is the day before: on the day it is the new one's."""
    left = replace(case.leg, until=day)
    leg = Leg(left.number + 1, notice, officer, day, reason)
    parties = (*ended(case.parties, day, RECEIVER), Party(RECEIVER, notice.receiver, day))
    return replace(case, legs=(*case.legs[:-1], left, leg), parties=parties)


def withdraw(case: Transfer, command: Withdraw, context: Context) -> Outcome[Transfer]:
    demand((command.reason, no.NO_REASON), *signed(command.officer, command.leader))
    letter = case.leg.letter
    return done(replace(case, withdrawal=command), context, {"voided": [letter.number] if letter else []})
