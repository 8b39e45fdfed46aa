"""第四章 案件移送: 更正, row by row: what of each act its author may correct, and where the case keeps it. Pure.

Never who has the case, nor how far it is. A number that was allotted is corrected by no one: the paper that bears it is
corrected by a 更正函 with a number of its own, or, a letter nobody has signed for, voided and issued again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.transfer import refusals as no
from services.transfer.case import INTERIM_HOLDER, POLICE, REFERRER, RULER, Transfer, done
from services.transfer.commands import PLATFORM
from services.transfer.parts import Leg
from services.transfer.places import (
    announcement,
    call,
    decision,
    delivery,
    filing,
    in_contest,
    in_leg,
    in_referral,
    note,
    receipt,
    reissued,
    rerouting,
    response,
    ruling,
    told_by_call,
    told_by_notice,
    view,
    with_parts,
)
from shared.acts.correct import Correct, facts_of, kept
from shared.acts.corrections import ON, Correctable, Original, rightly
from shared.acts.model import Context, Outcome
from shared.acts.places import fields_of, in_case, in_material, last_of
from shared.acts.signing import signed
from shared.kernel.errors import demand
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
    demand((on == original.on or not _by_platform(original.command), no.PLATFORM_TIME.at("new")))
    demand((all(dates_agree(after, original, on)), no.DATES_DISAGREE))
    leg = int(original.facts.get("leg", 0))
    corrected = replace(after, corrections=(*case.corrections, kept(command, context, leg)))
    return replace(done(corrected, context, facts_of(command, righted)), righted=righted)


PROGRESS = ("ask-progress", "progress")                 # acts on a case that was accepted


def _by_platform(said: Any) -> bool:
    """Whether the notice or the delivery went by the platform, whose own time stands."""
    return getattr(getattr(said, "notice", said), "way", "") == PLATFORM


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
        all(each.responded_on is None or each.on <= each.responded_on for each in case.calls),
        all(each.on <= view.on for each in case.contests for view in each.views),
        original.act not in PROGRESS or any(each.accepted_on and each.accepted_on <= on for each in case.legs),
        original.act != "phone" or original.opened or _within(case.legs[int(original.facts["leg"]) - 1], on),
    )


def _within(leg: Leg, day: date) -> bool:
    """Whether its receiver had the case on the day."""
    return leg.announced_on <= day and (leg.until is None or day <= leg.until)


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
        facts={"accepted_on": "matter.accepted_on"},
        also=told_by_notice,
    ),
    Correctable(
        "phone",
        fields_of("called_person", "ordered", "evidence", "refusal", "facts", *_OFFICER, *_RESPONDENT),
        call,
        also=told_by_call,
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
    Correctable(
        "rule",
        fields_of("reasons", "joint_action", "to_staffing", *_SIGNED),
        ruling,
        document=True,
        facts={"notified_on": ON},
    ),
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
    Correctable("file-case", fields_of("number"), filing),
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
