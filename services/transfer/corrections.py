"""第四章 案件移送: 更正, row by row: what of each act its author may correct, and where the case keeps it. Pure.

Never who has the case, nor how far it is. A number that was allotted is corrected by no one: the paper that bears it is
corrected by a 更正函 with a number of its own, or, a letter nobody has signed for, voided and issued again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.transfer import refusals as no
from services.transfer.case import INTERIM_HOLDER, POLICE, RECEIVER, REFERRER, RULER, SENDER, Transfer, done
from services.transfer.commands import Correct
from services.transfer.places import in_contest, in_leg, in_referral
from shared.acts.corrections import ON, Correctable, Corrected, Original, rightly
from shared.acts.model import Context, Outcome, Party
from shared.acts.places import Place, fields_of, in_case, in_material, last_of, replaced
from shared.acts.signing import signed
from shared.errors import demand
from shared.numbers.shape import numbered


def correct(case: Transfer, command: Correct, context: Context) -> Outcome[Transfer]:
    """更正: old, new and why. An outward document is corrected by a document: numbered, signed by a leader."""
    said, original = command.said, command.said.original
    assert original is not None
    row = ROWS.get(original.act)
    after, righted = rightly(case, said, row, context)
    if row is not None and row.document:
        demand((numbered(command.number), no.BAD_OWN_NUMBER), *signed(command.officer, command.leader))
    on = righted.redated.on if righted.redated else original.on
    demand((all(dates_agree(after, original, on)), no.DATES_DISAGREE))
    leg = int(original.facts.get("leg", 0))
    kept = Corrected(said.entry, original.act, said.field, said.old, said.new, said.reason, context.viewer.agency,
                     context.happened_on, command.number, command.leader, leg)
    facts: dict[str, Any] = {"corrected": said.entry, "corrected_act": original.act, "field": said.field,
                             "number": command.number}
    if righted.redated and righted.redated.moved:
        facts |= {"was_on": original.on, "right_on": righted.redated.on}
    corrected = replace(after, corrections=(*case.corrections, kept))
    return replace(done(corrected, context, facts), righted=righted)


def dates_agree(case: Transfer, original: Original, on: date) -> tuple[bool, ...]:
    """What acts require of dates among each other still holds."""
    leg, requests = case.leg, case.leg.requests
    delivered, closure = leg.delivered_on, case.closure
    asked = requests[-1].items if original.act == "request-supplement" and requests else ()
    return (
        delivered is None or leg.issued_on is None or leg.issued_on <= delivered,
        delivered is None or leg.received_on is None or delivered <= leg.received_on,
        closure is None or case.filed_on is None or case.filed_on <= closure.decision_on,
        closure is None or case.closed_on is None or closure.decision_on <= case.closed_on,
        all(item.due_on > on for item in asked),
    )


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
    if original.opened:
        after = replace(after, opened_on=on)
    return shifted(after, original.on, on, (SENDER, RECEIVER) if original.opened else ())


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


def decision(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    """What the close has confirmed of the decision is corrected no more."""
    return None if case.closure else replaced(case, "decision", "decided_on", original, command, on)


def call(case: Transfer, original: Original, command: Any, on: date) -> Transfer | None:
    number = int(original.facts["call"])
    calls = tuple(replace(each, said=command) if each.number == number else each for each in case.calls)
    about = case.matter
    if original.opened and not case.leg.notice.way:
        about = replace(about, facts=command.facts, respondent=command.respondent, cause=command.cause)
    return replace(case, calls=calls, matter=about)


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
    """Its words. Its day moves with what it handed over only until the next act, which the order of acts holds."""
    after = in_contest("ruling", "ruled_on")(case, original, command, on)
    if after is None or on == original.on:
        return after
    after = shifted(after, original.on, on, (), (RULER, INTERIM_HOLDER))
    return handed_over(after, original.on, on) if command.outcome == "third" else after


_SIGNED = ("officer.name", "officer.licence", "officer.phone", "leader")
_OFFICER = _SIGNED[:3]
_LETTER = ("case_name", "reason", "basis", "basic_facts", *_SIGNED)
_RESPONDENT = tuple(f"respondent.{name}" for name in ("name", "number", "address", "phone", "head"))

CORRECTABLE = (
    Correctable(
        "announce",
        fields_of(
            *(f"matter.{name}" for name in (*_RESPONDENT, "accepted_on", "facts", "basis", "document")),
            "notice.told_to",
            *_OFFICER,
            matter__cause="causes",
            notice__way="notice_ways",
            matter__respondent__kind="respondent_kinds",
        ),
        announcement,
        facts={"notified_on": ON, "accepted_on": "matter.accepted_on"},
    ),
    Correctable(
        "phone",
        fields_of("called_person", "ordered", "evidence", "refusal", "facts", *_OFFICER, *_RESPONDENT),
        call,
        dated=False,
    ),
    Correctable("respond", fields_of("says", came="responses"), response),
    Correctable("record-measure", fields_of("taken_on", "says", kind="measure_kinds"), last_of("measures")),
    Correctable("add-material", fields_of("name", "copies", "pages", "original", kind="material_kinds"), in_material),
    Correctable("issue-letter", fields_of(*_LETTER), in_leg("letter", "issued_on"), document=True),
    Correctable(
        "reissue-letter", fields_of("void_reason", *(f"letter.{name}" for name in _LETTER)), reissued, document=True
    ),
    Correctable(
        "deliver", fields_of("delivered_by", "ems_number", "place", "handed_to", way="delivery_ways"), delivery
    ),
    Correctable(
        "sign-receipt",
        fields_of("delivered_by", "delivered_on", "collector", "collector_role", "remarks"),
        receipt,
        document=True,
    ),
    Correctable("request-supplement", fields_of("faults", *_SIGNED), in_leg("requests"), document=True),
    Correctable("supplement", fields_of(*_SIGNED), in_leg("supplements"), document=True),
    Correctable("cannot-supplement", fields_of("reasons", *_SIGNED), in_leg("unable"), document=True),
    Correctable("accept", fields_of("feedback", *_SIGNED), in_leg("acceptance", "accepted_on"), document=True),
    Correctable(
        "refuse", fields_of("reasons", "legal_ground", *_SIGNED), in_leg("refusal", "refused_on"), document=True
    ),
    Correctable("sign-return", fields_of("signed_by"), in_leg("returned", "return_signed_on")),
    Correctable(
        "reroute",
        fields_of("notice.told_to", "reason", *_OFFICER, notice__way="notice_ways"),
        rerouting,
        facts={"notified_on": ON},
    ),
    Correctable("keep", fields_of("reason", "instead", *_SIGNED), in_case("ending", "ended_on"), document=True),
    Correctable("end", fields_of("reason", "instead", *_SIGNED), in_case("ending", "ended_on"), document=True),
    Correctable(
        "dispute",
        fields_of("own_view", "refused_by", "refused_on", "refused_why", *_SIGNED),
        with_parts(in_contest("asked", "on"), (INTERIM_HOLDER, RULER)),
        document=True,
    ),
    Correctable("state-view", fields_of("view", *_OFFICER), view),
    Correctable("rule", fields_of("reasons", *_SIGNED), ruling, document=True, facts={"notified_on": ON}),
    Correctable(
        "unaccept",
        fields_of("new_facts", "own_view", *_SIGNED),
        with_parts(in_contest("unaccepted", "on"), (INTERIM_HOLDER, RULER)),
        document=True,
    ),
    Correctable("consent-withdrawal", fields_of("says", *_OFFICER), in_leg("consent", "consented_on")),
    Correctable("withdraw", fields_of("reason", *_SIGNED), in_case("withdrawal"), document=True),
    Correctable(
        "refer-criminal",
        fields_of("offence", "reasons", "leader"),
        with_parts(in_referral("said", "on"), (REFERRER, POLICE)),
        timed=True,
        document=True,
    ),
    Correctable("deliver-criminal", fields_of("signed_by"), in_referral("delivery", "delivered_on"), timed=True),
    Correctable(
        "return-criminal",
        fields_of("number", "reasons"),
        with_parts(in_referral("returned", "returned_on"), (), (REFERRER, POLICE)),
    ),
    Correctable("close-criminal", fields_of("number"), in_referral("closed", "closed_on")),
    Correctable("hand-over-criminal", fields_of("says", "taken_by"), in_referral("handed_over", "handed_over_on")),
    Correctable("file-case", fields_of("number"), in_case("filed", "filed_on")),
    Correctable("decline-case", fields_of("reasons", *_SIGNED), in_case("declined", "closed_on"), document=True),
    Correctable("ask-progress", fields_of("says"), note),
    Correctable("progress", fields_of("says"), note),
    Correctable("record-decision", fields_of("number"), decision),
    Correctable("serve-decision", fields_of("served_to", way="service_ways"), in_case("service", "served_on")),
    Correctable(
        "close",
        fields_of("rights.told.on", "rights.heard.on", "rights.hearing.on", "rights.remedies.on"),
        in_case("closure", "closed_on"),
    ),
    Correctable("report-closure", fields_of("summary", *_SIGNED), in_case("reports", "reported_on"), document=True),
    Correctable(
        "reopen",
        fields_of("reasons", "document", *_SIGNED),
        last_of("handled", "reopened", "reopened_on"),
        document=True,
    ),
)
ROWS: Mapping[str, Correctable] = {row.act: row for row in CORRECTABLE}
