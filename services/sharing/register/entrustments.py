"""行政处罚法第二十条: what becomes of an entrustment when who gave it is dissolved. Pure.

Who alone succeeds the 委托机关 in all goes on as such until the term ends; where it was split or nobody succeeds it, the
entrustment ends with its last day, and justice, whose clock it is, is told so by a red light. Question
`entrustment-succession` for justice.
"""

from dataclasses import dataclass, replace
from datetime import date

from services.sharing.register.agencies import STATUTORY, Registration, told_whole
from shared.acts.model import Context, Outcome
from shared.contracts.register import Agency
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, demand

PASSED, ENDED = "entrustment_passed", "entrustment_ended"
SETTING = "entrustment_succeeds"

NOT_BY_IT = Refusal("NOT_ENTRUSTED_BY_IT", "该组织不是由被撤销机关委托的。", "That body is not entrusted by the dissolved agency.",
                    "internal", 409)
REFUSALS = (NOT_BY_IT,)


@dataclass(frozen=True, slots=True)
class PassEntrustment:
    """The 委托机关 is no more. `heir`: who alone succeeds it in all; empty: nobody does."""

    former: str
    heir: str
    last_day: date
    document: str                       # 文号 by which it was dissolved


def goes_on(body: Agency, heir: str, context: Context, day: date) -> bool:
    """Whether the body's entrustment is the heir's from the day on: nobody entrusts itself, and who entrusts is a
    statutory agency. What is told of a day before the regulation is under no rule that would end it."""
    entry = context.register.get(heir)
    stands = entry is not None and heir != body.code and entry.kind == STATUTORY and entry.exists_on(day)
    return stands and (not context.rulebook.settings or bool(context.rulebook.setting(SETTING)))


def pass_entrustment(case: Registration, command: PassEntrustment, context: Context) -> Outcome[Registration]:
    """The body acts in the heir's name, under the same 委托书 and term, or in nobody's."""
    agency, heir = case.agency, command.heir
    demand((command.former and agency.entrusted_by == command.former, NOT_BY_IT))
    documents = (*case.documents, command.document)
    if goes_on(agency, heir, context, day_of(context.now)):
        outcome = told_whole(replace(case, agency=replace(agency, entrusted_by=heir), documents=documents))
        return replace(outcome, event=PASSED, facts={**outcome.facts, "former": command.former, "principal": heir})
    until = min(agency.entrusted_until or command.last_day, command.last_day)
    term = case.profile.entrustment
    over = replace(case, agency=replace(agency, entrusted_until=until), documents=documents,
                   profile=replace(case.profile, entrustment=replace(term, until=until) if term else None))
    outcome = told_whole(over)
    return replace(outcome, event=ENDED, facts={
        **outcome.facts, "former": command.former, "principal": "",
        "entrustment": [{"item": agency.code, "until": until.isoformat()}]})
