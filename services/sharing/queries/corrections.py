"""第二十七条 查询: 更正, row by row: what of each act its author may correct, and where the query keeps it. Pure.

Never who asks or holds, nor to whom it was passed on. The day of that is the next holder's first: the suite puts it
right there, too (domain/passing.py).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.sharing.queries.commands import Answer, Refuse
from services.sharing.queries.domain import laws as laws
from services.sharing.queries.domain.asking import in_period
from services.sharing.queries.domain.case import ASKER, DECIDER, HOLDER, Query, done
from services.sharing.queries.refusals import BAD_PERIOD, LAW_TO_CHECK
from shared.acts.correct import Correct, facts_of, kept
from shared.acts.corrections import Correctable, Original, applied, rightly
from shared.acts.model import Context, Outcome
from shared.acts.places import Place, fields_of, in_case, in_material, last_of
from shared.kernel.errors import demand

PERIOD = frozenset({"question.since", "question.until"})


def correct(case: Query, command: Correct, context: Context) -> Outcome[Query]:
    said, original = command.said, command.said.original
    assert original is not None
    after, righted = rightly(case, said, ROWS.get(original.act), context)
    facts = facts_of(command, righted)
    if said.field.startswith("withheld."):
        after, to_check = _withheld(after, applied(original.command, said.field, said.new.value), context)
        facts = {**facts, **({"law_to_check": True} if to_check else {})}
    if said.field in PERIOD:
        demand((in_period(after.asking.question, after.asked_on), BAD_PERIOD.at("new")))
    corrected = replace(after, corrections=(*after.corrections, kept(command, context)))
    told = (LAW_TO_CHECK,) if "law_to_check" in facts else ()
    return replace(done(corrected, context, facts, *told), righted=righted)


def _withheld(case: Query, right: Answer | Refuse, context: Context) -> tuple[Query, bool]:
    """What is withheld still rests on a law, and not on secrecy alone; whether justice is to look at it now."""
    rows = laws.withheld_rows(right.withheld, context, right.offline if isinstance(right, Answer) else None)
    demand(*((holds, refusal.at("new")) for holds, refusal in rows))
    to_check = laws.flagged(right.withheld, context)
    return replace(
        case,
        answers=tuple(replace(each, law_to_check=to_check) if each.said == right else each for each in case.answers),
        denials=tuple(replace(each, law_to_check=to_check) if each.said == right else each for each in case.denials),
    ), to_check


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
    Correctable(
        "ask-offline",
        (*fields_of("urgent_reason", "paper", "contact", *_QUESTION), *_PURPOSE, *fields_of(way="query_ways")),
        asking,
        timed=True,
    ),
    Correctable("ask-assistance", fields_of(*_QUESTION, question__respondent__kind="respondent_kinds"), asking),
    Correctable("admit", fields_of("proof", *_OFFICER), in_case("admission", "admitted_on")),
    Correctable("not-admit", fields_of("reason", *_SIGNED), in_case("rejection", "rejected_on")),
    Correctable("add-material", fields_of("name", "copies", "pages", "original", kind="material_kinds"), in_material),
    Correctable(
        "answer",
        fields_of(*_GIVEN, "offline.place", "offline.when", "offline.office"),
        last_of("answers", "said", "on"),
        timed=True,
    ),
    Correctable(
        "answer-partly",
        fields_of(*_GIVEN, "leader", "rest", "withheld.law_article", "withheld.law_text", "withheld.reason"),
        last_of("answers", "said", "on"),
        timed=True,
    ),
    Correctable("give-assistance", fields_of(*_GIVEN), last_of("answers", "said", "on")),
    Correctable("pass-on", fields_of("reason", *_OFFICER), in_case("passing", "passed_on")),
    Correctable(
        "refuse",
        fields_of("withheld.law_article", "withheld.law_text", "withheld.reason", *_SIGNED),
        last_of("denials", "said", "on"),
        timed=True,
    ),
    Correctable("complain", fields_of("reason", *_OFFICER), complaining),
    Correctable(
        "direct-answer", fields_of("what", "reason", *_SIGNED), last_of("complaints", "directed", "decided_on")
    ),
    Correctable("dismiss", fields_of("reason", *_SIGNED), last_of("complaints", "dismissed", "decided_on")),
    Correctable("withdraw", fields_of("reason"), in_case("withdrawal", "withdrawn_on")),
)
ROWS: Mapping[str, Correctable] = {row.act: row for row in CORRECTABLE}
