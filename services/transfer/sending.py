"""第四章 案件移送: what the sender decides. Pure: a case and a command in, a new case and facts out."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from services.transfer import refusals as no
from services.transfer.case import RECEIVER, SENDER, Leg, Material, Transfer, done
from services.transfer.commands import (
    NOT_COMPETENT,
    PENALTY_MOVED,
    AddMaterial,
    Announce,
    Deliver,
    IssueLetter,
    Matter,
    Notice,
    Officer,
    RecordMeasure,
    Reroute,
    SignReturn,
    Supplement,
    Withdraw,
)
from services.transfer.guards import enforces
from shared.acts.model import Context, Outcome, Party
from shared.contracts.register import Register
from shared.errors import Refusal, demand

Rows = Iterable[tuple[object, Refusal]]

NUMBER = re.compile(r"[^\s〔〕]{2,30}〔(20\d{2})〕第[1-9]\d{0,5}号")        # annex 1


def coded(context: Context, list_: str, code: str) -> bool:
    """Whether the rulebook's code list has the code."""
    return code in context.rulebook.codes.get(list_, {})


def numbered(number: str) -> bool:
    """Whether a document number has the shape of annex 1."""
    return NUMBER.fullmatch(number) is not None


def signed(officer: Officer, leader: str) -> Rows:
    """An outward document names its officer and the leader who signs."""
    return (officer, no.NO_OFFICER), (leader, no.NO_LEADER)


def announce(_: None, command: Announce, context: Context) -> Outcome[Transfer]:
    sender, day, rulebook = context.viewer.agency, context.happened_on, context.rulebook
    matter, notice = command.matter, command.notice
    demand(*_matter(matter, context), *_notice(notice, sender, context), (command.officer, no.NO_OFFICER))
    parties = (Party(SENDER, sender, day), Party(RECEIVER, notice.receiver, day))
    leg = Leg(1, notice, command.officer, day)
    case = Transfer("", parties, sender, matter, day, (leg,), command.after, command.first_announced_on,
                    command.related)
    basis = rulebook.basis_on(day) if rulebook.expired_on(day) else None
    return done(case, context, {
        "cause": matter.cause, "accepted_on": matter.accepted_on, "ground": matter.ground, "way": notice.way,
        "powers_separated": matter.separated, "related": list(command.related),
        **({"basis": basis.document} if basis else {}),
        **({"after": command.after, "first_announced_on": command.first_announced_on} if command.after else {}),
    }, *_doubts(command, sender, context))


def _matter(matter: Matter, context: Context) -> Rows:
    person = matter.respondent
    return (
        (coded(context, "causes", matter.cause), no.UNKNOWN_CAUSE),
        (matter.accepted_on <= context.happened_on, no.ACCEPTED_LATER),
        (coded(context, "respondent_kinds", person.kind) and person.name, no.NO_RESPONDENT),
        (matter.facts, no.NO_FACTS),
        (matter.provisions and all(matter.provisions), no.NO_PROVISIONS),
        (matter.basis, no.NO_TRANSFER_BASIS),
        (matter.ground in (NOT_COMPETENT, PENALTY_MOVED) and f"transfer.{matter.ground}" in context.rulebook.grounds, no.UNKNOWN_GROUND),
        (matter.ground != PENALTY_MOVED or matter.document, no.NO_TRANSFER_DOCUMENT),
    )


def _notice(notice: Notice, sender: str, context: Context) -> Rows:
    return (
        (coded(context, "notice_ways", notice.way), no.UNKNOWN_WAY),
        (notice.way != "phone" or context.rulebook.settings.get("notice_by_phone", True), no.NO_PHONE_NOTICE),
        (notice.told_to, no.NOBODY_TOLD),
        (notice.receiver != sender, no.SAME_AGENCY),
        (notice.receiver == sender or enforces(context, notice.receiver), no.UNKNOWN_RECEIVER),
    )


def _doubts(command: Announce, sender: str, context: Context) -> Iterable[Refusal]:
    """What the register or other cases make doubtful: said to the officer, who decides."""
    cause, day = command.matter.cause, context.happened_on
    punish = {agency.code for agency in context.register.with_power(cause, "punish", day)}
    if command.open_same:
        yield replace(no.SAME_RESPONDENT, values={"cases": command.open_same})
    if punish and command.notice.receiver not in punish:
        yield no.RECEIVER_WITHOUT_POWER
    if separated_by_register(sender, cause, context.register, day) and not command.matter.separated:
        yield no.POWERS_DIFFER


def separated_by_register(sender: str, cause: str, register: Register, day: date) -> bool:
    """22 ¶2: by the 权责清单 the sender supervises the cause and others punish it."""
    watch = {agency.code for agency in register.with_power(cause, "supervise", day)}
    punish = {agency.code for agency in register.with_power(cause, "punish", day)}
    return sender in watch and bool(punish) and sender not in punish


def record_measure(case: Transfer, command: RecordMeasure, context: Context) -> Outcome[Transfer]:
    officers = context.rulebook.settings.get("officers_per_measure", 1)
    demand(
        (coded(context, "measure_kinds", command.kind), no.UNKNOWN_MEASURE),
        (command.taken_on <= context.happened_on, no.MEASURE_LATER),
        (command.says, no.MEASURE_EMPTY),
        (len(command.officers) >= officers and all(command.officers), no.TOO_FEW_OFFICERS.filled(officers=officers)),
    )
    measured = replace(case, measures=(*case.measures, command))
    return Outcome(measured, {"kind": command.kind, "taken_on": command.taken_on})


def add_material(case: Transfer, command: AddMaterial, context: Context) -> Outcome[Transfer]:
    demand(
        (command.name and coded(context, "material_kinds", command.kind), no.MATERIAL_UNNAMED),
        (command.copies >= 1 and command.pages >= 1, no.MATERIAL_COUNT),
        (coded(context, "carriers", command.carrier), no.UNKNOWN_CARRIER),
        (command.carrier != "electronic" or command.digest, no.NO_DIGEST),
    )
    material = Material(len(case.materials) + 1, command, context.viewer.agency, context.happened_on)
    added = replace(case, materials=(*case.materials, material))
    return Outcome(added, {"material": material.number, "kind": command.kind})


def issue_letter(case: Transfer, command: IssueLetter, context: Context) -> Outcome[Transfer]:
    separated, listed = case.matter.separated, frozenset(command.materials)
    evidence = context.rulebook.settings.get("preliminary_evidence", ())
    enclosed = tuple(material for material in case.materials if material.number in listed)
    demand((command.number not in {leg.letter.number for leg in case.legs if leg.letter}, no.NUMBER_USED))
    demand(
        (numbered(command.number), no.BAD_NUMBER),
        (command.addressee == case.receiver, no.OTHER_ADDRESSEE),
        (command.case_name, no.NO_CASE_NAME),
        (command.reason, no.NO_LETTER_REASON),
        (command.basis, no.NO_LETTER_BASIS),
        (command.materials, no.NO_MATERIALS),
        (case.has(command.materials), no.UNKNOWN_MATERIAL),
        (not separated or command.basic_facts, no.NO_BASIC_FACTS),
        (not separated or any(material.said.kind in evidence for material in enclosed), no.NO_EVIDENCE),
        *signed(command.officer, command.leader),
    )
    leg = replace(case.leg, letter=command, issued_on=context.happened_on, enclosed=enclosed)
    return done(case.with_leg(leg), context, {"number": command.number, "materials": len(enclosed)})


def deliver(case: Transfer, command: Deliver, context: Context) -> Outcome[Transfer]:
    demand(
        (coded(context, "delivery_ways", command.way), no.UNKNOWN_DELIVERY),
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
    leg = replace(case.leg, supplements=(*case.leg.supplements, command))
    return done(case.with_leg(leg), context, {"round": len(leg.supplements), "materials": len(sent)})


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
        *_notice(command.notice, case.sender, context),
        (command.reason, no.NO_REASON),
        (command.officer, no.NO_OFFICER),
    )
    left = replace(case.leg, until=day)
    leg = Leg(left.number + 1, command.notice, command.officer, day, command.reason)
    turned = replace(case, legs=(*case.legs[:-1], left, leg), parties=_handed_on(case.parties, receiver, day))
    return done(turned, context, {"way": command.notice.way})


def _handed_on(parties: tuple[Party, ...], receiver: str, day: date) -> tuple[Party, ...]:
    """The former receiver's last day is the one before: on the day itself the case is the new one's."""
    eve = day - timedelta(days=1)
    kept = (replace(party, until=eve) if party.part == RECEIVER and party.until is None else party for party in parties)
    return (*kept, Party(RECEIVER, receiver, day))


def withdraw(case: Transfer, command: Withdraw, context: Context) -> Outcome[Transfer]:
    demand((command.reason, no.NO_REASON), *signed(command.officer, command.leader))
    letter = case.leg.letter
    return done(replace(case, withdrawal=command), context, {"voided": [letter.number] if letter else []})
