"""第二十七条 查询: 更正, row by row: what of each act its author may correct, and where the query keeps it. Pure.

Never who asks or holds. What was passed on stands as it was passed on: the day of that is the next holder's first.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.sharing.query_case import ASKER, DECIDER, HOLDER, Query, done
from services.sharing.query_commands import Withheld
from services.sharing.query_laws import article_rows
from shared.acts.correct import Correct, facts_of, kept
from shared.acts.corrections import Correctable, Original, applied, rightly
from shared.acts.model import Context, Outcome
from shared.acts.places import Place, fields_of, in_case, in_material, last_of
from shared.errors import demand


def correct(case: Query, command: Correct, context: Context) -> Outcome[Query]:
    said, original = command.said, command.said.original
    assert original is not None
    after, righted = rightly(case, said, ROWS.get(original.act), context)
    if said.field == "withheld.law_article":
        right: Withheld = applied(original.command, said.field, said.new.value).withheld
        demand(*((holds, refusal.at("new")) for holds, refusal in article_rows(right, context)))
    corrected = replace(after, corrections=(*after.corrections, kept(command, context)))
    return replace(done(corrected, context, facts_of(command, righted)), righted=righted)


def asking(case: Query, original: Original, command: Any, on: date) -> Query | None:
    """What was asked, beside its day, from which its first two parts are counted. Who asks whom stays."""
    said = replace(command, asker=case.asking.asker, holder=case.asking.holder)
    parties = tuple(replace(party, since=on) if party.part in (ASKER, HOLDER) and party.since == original.on else party
                    for party in case.parties)
    return replace(case, asking=said, asked_on=on, parties=parties)


_complaint: Place[Query] = last_of("complaints", "said", "on")


def complaining(case: Query, original: Original, command: Any, on: date) -> Query | None:
    """The complaint; who decides it does so from its day on."""
    after = _complaint(case, original, command, on)
    if after is None:
        return None
    parties = tuple(replace(party, since=on) if party.part == DECIDER and party.since == original.on else party
                    for party in after.parties)
    return replace(after, parties=parties)


_OFFICER = ("officer.name", "officer.licence", "officer.phone")
_SIGNED = (*_OFFICER, "leader")
_QUESTION = ("question.says", "question.since", "question.until", "outside_case", *_OFFICER,
             *(f"question.respondent.{name}" for name in ("name", "number", "address", "phone", "head")))
_PURPOSE = fields_of("purpose_says", question__category="record_categories", purpose="query_purposes",
                     question__respondent__kind="respondent_kinds")
_GIVEN = ("says", *_OFFICER)

CORRECTABLE = (
    Correctable("ask", (*fields_of(*_QUESTION), *_PURPOSE), asking),
    Correctable("ask-urgent", (*fields_of("urgent_reason", *_QUESTION), *_PURPOSE), asking, timed=True),
    Correctable("ask-offline", (*fields_of("urgent_reason", "paper", "contact", *_QUESTION), *_PURPOSE,
                                *fields_of(way="query_ways")), asking, timed=True),
    Correctable("ask-assistance", fields_of(*_QUESTION, question__respondent__kind="respondent_kinds"), asking),
    Correctable("admit", fields_of("proof", *_OFFICER), in_case("admission", "admitted_on")),
    Correctable("not-admit", fields_of("reason", *_SIGNED), in_case("rejection", "rejected_on")),
    Correctable("add-material", fields_of("name", "copies", "pages", "original", kind="material_kinds"), in_material),
    Correctable("answer", fields_of(*_GIVEN, "offline.place", "offline.when", "offline.office"),
                last_of("answers", "said", "on"), timed=True),
    Correctable("answer-partly", fields_of(*_GIVEN, "leader", "rest", "withheld.law_article", "withheld.reason"),
                last_of("answers", "said", "on"), timed=True),
    Correctable("give-assistance", fields_of(*_GIVEN), last_of("answers", "said", "on")),
    Correctable("pass-on", fields_of("reason", *_OFFICER), in_case("passing", "passed_on"), dated=False),
    Correctable("refuse", fields_of("withheld.law_article", "withheld.reason", *_SIGNED),
                last_of("denials", "said", "on"), timed=True),
    Correctable("complain", fields_of("reason", *_OFFICER), complaining),
    Correctable("direct-answer", fields_of("what", "reason", *_SIGNED),
                last_of("complaints", "directed", "decided_on")),
    Correctable("dismiss", fields_of("reason", *_SIGNED), last_of("complaints", "dismissed", "decided_on")),
    Correctable("withdraw", fields_of("reason"), in_case("withdrawal", "withdrawn_on")),
)
ROWS: Mapping[str, Correctable] = {row.act: row for row in CORRECTABLE}
