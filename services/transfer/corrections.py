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
from services.transfer.commands import Correct
from services.transfer.parts import Leg
from services.transfer.places import (
    announcement,
    call,
    decision,
    delivery,
    filing,
    in_case,
    in_contest,
    in_leg,
    in_referral,
    last_of,
    material,
    note,
    receipt,
    reissued,
    rerouting,
    response,
    ruling,
    service,
    told_by_call,
    told_by_notice,
    view,
    with_parts,
)
from shared.acts.corrections import ON, Correctable, Corrected, Field, Original, rightly
from shared.acts.model import Context, Outcome
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
        all(each.responded_on is None or each.on <= each.responded_on for each in case.calls),
        original.act != "phone" or original.opened or _within(case.legs[int(original.facts["leg"]) - 1], on),
    )


def _within(leg: Leg, day: date) -> bool:
    """Whether its receiver had the case on the day."""
    return leg.announced_on <= day and (leg.until is None or day <= leg.until)


def _fields(*paths: str, **codes: str) -> tuple[Field, ...]:
    return (*(Field(path) for path in paths), *(Field(path.replace("__", "."), of) for path, of in codes.items()))


_SIGNED = ("officer.name", "officer.licence", "officer.phone", "leader")
_OFFICER = _SIGNED[:3]
_LETTER = ("case_name", "reason", "basis", "basic_facts", *_SIGNED)
_RESPONDENT = tuple(f"respondent.{name}" for name in ("name", "number", "address", "phone", "head"))

CORRECTABLE = (
    Correctable(
        "announce",
        _fields(
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
        _fields("called_person", "ordered", "evidence", "refusal", "facts", *_OFFICER, *_RESPONDENT),
        call,
        also=told_by_call,
    ),
    Correctable("respond", _fields("says", came="responses"), response),
    Correctable("record-measure", _fields("taken_on", "says", kind="measure_kinds"), last_of("measures")),
    Correctable("add-material", _fields("name", "copies", "pages", "original", kind="material_kinds"), material),
    Correctable("issue-letter", _fields(*_LETTER), in_leg("letter", "issued_on"), document=True),
    Correctable(
        "reissue-letter", _fields("void_reason", *(f"letter.{name}" for name in _LETTER)), reissued, document=True
    ),
    Correctable("deliver", _fields("delivered_by", "ems_number", "place", "handed_to", way="delivery_ways"), delivery),
    Correctable(
        "sign-receipt",
        _fields("delivered_by", "delivered_on", "collector", "collector_role", "remarks"),
        receipt,
        document=True,
    ),
    Correctable("request-supplement", _fields("faults", *_SIGNED), in_leg("requests"), document=True),
    Correctable("supplement", _fields(*_SIGNED), in_leg("supplements"), document=True),
    Correctable("cannot-supplement", _fields("reasons", *_SIGNED), in_leg("unable"), document=True),
    Correctable("accept", _fields("feedback", *_SIGNED), in_leg("acceptance", "accepted_on"), document=True),
    Correctable("refuse", _fields("reasons", "legal_ground", *_SIGNED), in_leg("refusal", "refused_on"), document=True),
    Correctable("sign-return", _fields("signed_by"), in_leg("returned", "return_signed_on")),
    Correctable(
        "reroute",
        _fields("notice.told_to", "reason", *_OFFICER, notice__way="notice_ways"),
        rerouting,
        facts={"notified_on": ON},
    ),
    Correctable("keep", _fields("reason", "instead", *_SIGNED), in_case("ending", "ended_on"), document=True),
    Correctable("end", _fields("reason", "instead", *_SIGNED), in_case("ending", "ended_on"), document=True),
    Correctable(
        "dispute",
        _fields("own_view", "refused_by", "refused_on", "refused_why", *_SIGNED),
        with_parts(in_contest("asked", "on"), (INTERIM_HOLDER, RULER)),
        document=True,
    ),
    Correctable("state-view", _fields("view", *_OFFICER), view),
    Correctable(
        "rule",
        _fields("reasons", "joint_action", "to_staffing", *_SIGNED),
        ruling,
        document=True,
        facts={"notified_on": ON},
    ),
    Correctable(
        "unaccept",
        _fields("new_facts", "own_view", *_SIGNED),
        with_parts(in_contest("unaccepted", "on"), (INTERIM_HOLDER, RULER)),
        document=True,
    ),
    Correctable("consent-withdrawal", _fields("says", *_OFFICER), in_leg("consent", "consented_on")),
    Correctable("withdraw", _fields("reason", *_SIGNED), in_case("withdrawal"), document=True),
    Correctable(
        "refer-criminal",
        _fields("offence", "reasons", "leader"),
        with_parts(in_referral("said", "on"), (REFERRER, POLICE)),
        timed=True,
        document=True,
    ),
    Correctable("deliver-criminal", _fields("signed_by"), in_referral("delivery", "delivered_on"), timed=True),
    Correctable(
        "return-criminal",
        _fields("number", "reasons"),
        with_parts(in_referral("returned", "returned_on"), (), (REFERRER, POLICE)),
    ),
    Correctable("close-criminal", _fields("number"), in_referral("closed", "closed_on")),
    Correctable("hand-over-criminal", _fields("says", "taken_by"), in_referral("handed_over", "handed_over_on")),
    Correctable("file-case", _fields("number"), filing),
    Correctable("decline-case", _fields("reasons", *_SIGNED), in_case("declined", "closed_on"), document=True),
    Correctable("ask-progress", _fields("says"), note),
    Correctable("progress", _fields("says"), note),
    Correctable("record-decision", _fields("number"), decision),
    Correctable("serve-decision", _fields("served_to", way="service_ways"), service),
    Correctable(
        "close",
        _fields("rights.told.on", "rights.heard.on", "rights.hearing.on", "rights.remedies.on"),
        in_case("closure", "closed_on"),
    ),
    Correctable("report-closure", _fields("summary", *_SIGNED), in_case("reports", "reported_on"), document=True),
    Correctable(
        "reopen", _fields("reasons", "document", *_SIGNED), last_of("handled", "reopened", "reopened_on"), document=True
    ),
)
ROWS: Mapping[str, Correctable] = {row.act: row for row in CORRECTABLE}
