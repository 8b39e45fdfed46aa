"""第二十七条 转持有机关: a query is passed on, begins anew at the next holder, and the day of that is put right. Pure.

The next holder's whole time counts from that day. Who passed it on corrects its own act; the suite carries the day
over to the query that the act opened at the next holder, whose clock is judged again by it. No day is taken on which
the next holder would have acted before it had the query.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from services.sharing.queries import refusals as no
from services.sharing.queries.commands import CorrectPassed, Passed, PassOn, ReceivePassed
from services.sharing.queries.domain.asking import ASSISTANCE_ASKED, QUERY_ASKED, URGENT_ASKED, facts_of
from services.sharing.queries.domain.case import ADMITTED, ASKER, ASSISTING, HOLDER, Query, done
from shared.acts.corrections import ON, Corrected
from shared.acts.materials import Material
from shared.acts.model import Context, Outcome, Party, Righted
from shared.acts.standing import absent, enforces
from shared.contracts.personal import Personal
from shared.deadlines.correcting import Redated
from shared.kernel.clock import CITY_ZONE, aware, day_of
from shared.kernel.errors import demand

PASS_ON, RECEIVE = "pass-on", "receive-passed"       # the acts
CORRECTED = "query_corrected"


def pass_on(case: Query, command: PassOn, context: Context) -> Outcome[Query]:
    """To an agency that has not passed it on itself. It meets the clock; the suite opens the query there."""
    demand((command.to not in {each.by for each in case.earlier}, no.PASSED_BEFORE.at("to")))
    there = context.register.exists(command.to, context.happened_on)
    demand(
        (there if case.asking.assistance else enforces(context, command.to),
         absent(context, command.to, no.UNKNOWN_HOLDER.at("to"))),
        (command.to not in (case.asker, case.holder), no.SAME_AGENCY.at("to")),
        (command.reason, no.NO_REASON),
        (command.officer, no.NO_OFFICER),
    )
    day = context.happened_on
    return done(replace(case, passing=command, passed_on=day).overtaken(day), context, {"to": command.to})


def passed(case: Query, case_id: str) -> ReceivePassed:
    """The query as the next holder gets it. `case` was passed on."""
    assert case.passing is not None and case.passed_on is not None
    earlier = (*case.earlier, Passed(case.holder, case.passed_on, case.passing.reason))
    enclosed = tuple(each.said for each in case.materials if each.added_by in case.ever(ASKER))
    return ReceivePassed(replace(case.asking, holder=case.passing.to), case.asker, case_id, earlier, enclosed)


def receive_passed(_: None, command: ReceivePassed, context: Context) -> Outcome[Query]:
    """The query at the next holder, with the whole time from the day it was passed on, and what the asker enclosed."""
    asking, day = command.asking, context.happened_on
    parties = (Party(ASKER, command.asker, day, outside=asking.outside), Party(HOLDER, asking.holder, day))
    materials = tuple(Material(number, said, command.asker, day) for number, said in enumerate(command.materials, 1))
    case = Query("", parties, asking, day, command.passed_from, command.earlier, materials)
    event, state = (ASSISTANCE_ASKED, ASSISTING) if asking.assistance else (
        URGENT_ASKED if asking.urgent_reason else QUERY_ASKED, ADMITTED)
    return done(case, context, {**facts_of(case), "passed_by": command.earlier[-1].by}, event=event, state=state)


def correct_passed(case: Query, command: CorrectPassed, context: Context) -> Outcome[Query]:
    """The query that began on the right day; why, it says in its corrections."""
    assert command.was_at is not None
    on, was = command.right_on, command.was_on
    at = aware(datetime.combine(on, command.was_at.astimezone(CITY_ZONE).time(), CITY_ZONE))
    at = min(at, context.now) if on == day_of(context.now) else at
    said = Corrected(command.entry, RECEIVE, ON, Personal(was.isoformat()), Personal(on.isoformat()), command.reason,
                     command.by, context.happened_on)
    began = replace(
        case, asked_on=on, earlier=(*case.earlier[:-1], replace(case.earlier[-1], on=on)),
        parties=tuple(replace(party, since=on) if party.part in (ASKER, HOLDER) and party.since == was else party
                      for party in case.parties),
        materials=tuple(replace(each, added_on=on) if each.added_on == was and each.added_by in case.ever(ASKER)
                        else each for each in case.materials),
        corrections=(*case.corrections, said))
    redated = Redated(command.entry, command.event, on, at, was, command.was_at)
    facts = {"corrected": command.entry, "corrected_act": RECEIVE, "field": ON, "number": "", "was_on": was,
             "right_on": on}
    return replace(done(began, context, facts),
                   righted=Righted(command.entry, redated, max(command.others_last, on), on))


def moved(facts: Mapping[str, object]) -> date | None:
    """The right day, where what was corrected is the day on which a query was passed on."""
    right = facts.get("right_on")
    return date.fromisoformat(str(right)) if right and facts.get("corrected_act") == PASS_ON else None
