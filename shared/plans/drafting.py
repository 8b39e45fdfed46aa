"""A plan from its first line until it is submitted (9, 17), or withdrawn. Pure: a plan and a command in, a plan out.

A draft may lack what it likes; the submission hears all that lacks, at once. Until then nobody but the lead and whom it
consults knows of it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from shared.acts.codes import listed
from shared.acts.model import Context, Outcome, Party
from shared.acts.signing import signed
from shared.acts.standing import absent, basis_of, enforces
from shared.kernel.errors import Refusal, Rows, demand
from shared.numbers.shape import numbered
from shared.plans import refusals as no
from shared.plans.commands import Answer, Consult, Submit, Withdraw
from shared.plans.facts import done
from shared.plans.guards import asked_last
from shared.plans.items import lacking
from shared.plans.parts import Content
from shared.plans.plan import LEAD, PARTICIPANT, Consultation, Plan, Response, Submission, Version
from shared.plans.states import DRAFT, DROPPED, PRIVATE, WITHDRAWN

P = TypeVar("P", bound=Plan)
Lacks = Callable[[Any, Context], Iterable[Refusal]]          # plan -> what its grounds lack
Tells = Callable[[Any], Mapping[str, Any]]                   # plan -> what the chapter's events tell besides
REVISED = "revised"
AGREE = "agree"                                              # of the rulebook's consultation_answers


def written(content: Content, context: Context) -> Rows:
    """What is demanded of a draft already, whatever it lacks: who writes it leads."""
    yield content.lead in ("", context.viewer.agency), no.LEAD_IS_OTHER


def opened(kind: type[P], lead: str, content: Content, route: str, day: date, **own: Any) -> P:
    """A plan on its first day. `own`: the fields that the chapter adds."""
    return kind(state="", parties=(Party(LEAD, lead, day),), opened_on=day, route=route,
                versions=(Version(1, replace(content, lead=lead), act="draft"),), **own)


def drafted(plan: P, context: Context, facts: Mapping[str, Any]) -> Outcome[P]:
    """拟订方案: what came of opening one; `facts` are the chapter's own."""
    return done(plan, context, {**_limit(plan), **facts, **basis_of(context)}, state=DRAFT)


def revised(plan: P, content: Content, context: Context, facts: Mapping[str, Any]) -> Outcome[P]:
    """The plan as it is written now, in the state it had. Who is out of it has no part in it any more, nor owes an
    answer."""
    gone = frozenset(plan.parts_of(PARTICIPANT)) - frozenset(content.agencies)
    left = plan.without_party(PARTICIPANT, gone, context.happened_on)
    version = Version(1, replace(content, lead=plan.lead), act="draft")
    dropped = [{"item": str(each.number), "bound": agency, "until": ""} for each in plan.consultations
               for agency in each.said.agencies if agency in gone and not each.answered_by(agency)]
    after = replace(left, versions=(version,))
    return done(after, context, {**_limit(after), "consultation": dropped, **facts}, state=plan.state, event=REVISED)


def _limit(plan: Plan) -> Mapping[str, Any]:
    return {"time_limit": plan.content.time_limit} if plan.content.time_limit else {}


def consult(plan: P, command: Consult, context: Context) -> Outcome[P]:
    """征求意见: who is asked is a participant from now on, and sees the plan."""
    day, own = context.happened_on, frozenset(plan.content.agencies) - {plan.lead}
    demand(
        (command.agencies and len(set(command.agencies)) == len(command.agencies), no.NOBODY_CONSULTED),
        *((agency in own and enforces(context, agency),
           absent(context, agency, no.CONSULTED_STRANGER).at(f"agencies.{at}"))
          for at, agency in enumerate(command.agencies)),
        (command.due_on > day, no.ANSWER_DAY_PAST),
        (command.officer, no.NO_OFFICER),
    )
    number = len(plan.consultations) + 1
    asked = replace(plan.with_party(PARTICIPANT, command.agencies, day),
                    consultations=(*plan.consultations, Consultation(number, command, day)))
    items = [{"item": str(number), "bound": agency, "until": command.due_on} for agency in command.agencies]
    return done(asked, context, {"consultation": items, "due_on": command.due_on})


def answer(plan: P, command: Answer, context: Context) -> Outcome[P]:
    """答复意见, to the last time the agency was asked."""
    agency = context.viewer.agency
    demand(
        listed(context, "consultation_answers", command.answer, no.UNKNOWN_ANSWER),
        (command.answer == AGREE or command.says, no.ANSWER_EMPTY),
        (command.officer, no.NO_OFFICER),
    )
    consultation = asked_last(plan, agency)
    assert consultation is not None
    response = Response(agency, command, context.happened_on)
    answered = replace(consultation, answers=(*consultation.answers, response))
    after = replace(plan, consultations=tuple(answered if each.number == answered.number else each
                                              for each in plan.consultations))
    return done(after, context, {"consultation": str(consultation.number), "answer": command.answer})


def submit(plan: P, command: Submit, context: Context, *, items: str, lacks: Lacks, tells: Tells) -> Outcome[P]:
    """报送审查, 申请, 报送审核: all that lacks is told at once. The participants are parties from now on."""
    day, content = context.happened_on, plan.content
    demand(
        *((False, refusal) for refusal in lacking(content, context.rulebook.items.get(items, ()), context)),
        *((False, refusal) for refusal in lacks(plan, context)),
        (numbered(command.number), no.BAD_OWN_NUMBER),
        *signed(command.officer, command.leader),
    )
    silent = unanswered(plan)
    submission = Submission(command, context.viewer.agency, day)
    submitted = replace(plan.with_party(PARTICIPANT, content.agencies, day),
                        submissions=(*plan.submissions, submission))
    facts = {"number": command.number, **_limit(plan), "unanswered": list(silent), **tells(plan)}
    return done(submitted, context, facts, *([no.CONSULTED_SILENT] if silent else ()))


def unanswered(plan: Plan) -> tuple[str, ...]:
    """The participants that were asked and have not answered the last time they were."""
    last = {agency: consultation for consultation in plan.consultations for agency in consultation.said.agencies}
    return tuple(agency for agency in plan.content.agencies
                 if agency in last and not last[agency].answered_by(agency))


def withdraw(plan: P, command: Withdraw, context: Context) -> Outcome[P]:
    """撤回, before the government has approved. A draft that was never submitted stays unknown to who knew nothing."""
    demand((command.reason, no.NO_REASON), *signed(command.officer, command.leader))
    after = replace(plan, withdrawal=command, withdrawn_on=context.happened_on)
    return done(after, context, {}, state=DROPPED if plan.state in PRIVATE else WITHDRAWN)
