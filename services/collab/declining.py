"""第十二条 不能协同: a participant declines on a statutory ground; justice may question it; the lead reassigns. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from services.collab import enclosing
from services.collab import refusals as no
from services.collab.commands import AnswerQuestion, Decline, QuestionDecline, Reassign
from services.collab.plan import Answered, Collab, Declined, Questioned
from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.signing import signed
from shared.kernel.errors import Refusal, Rows, demand
from shared.numbers.shape import BAD_OWN_NUMBER, numbered
from shared.plans.facts import done, for_one_that_left
from shared.plans.parts import Content, Task
from shared.plans.plan import LEAD, PARTICIPANT, Version
from shared.plans.refusals import NO_OFFICER
from shared.plans.tasks import dropped, items, unanswered

RIGHT = "collab.decline"                # in the rulebook's rights to refuse: its grounds are the statutory ones


def decline(plan: Collab, command: Decline, context: Context) -> Outcome[Collab]:
    """It takes effect with the notice to the lead, which this act is; it is filed, and nobody judges it here."""
    right, own, day = context.rulebook.may_refuse.get(RIGHT), context.viewer.agency, context.happened_on
    demand(
        listed(context, f"grounds:{RIGHT}.", command.ground, no.UNKNOWN_DECLINE_GROUND,
               also=right and f"{RIGHT}.{command.ground}" in right.grounds),
        (command.law, no.NO_DECLINE_LAW),
        (command.law_article, no.NO_DECLINE_ARTICLE),
        (command.law_text, no.NO_DECLINE_TEXT),
        (numbered(command.number), BAD_OWN_NUMBER),
        *enclosing.notice(plan, command.notice, own, context),
        *signed(command.officer, command.leader),
    )
    declined = Declined(len(plan.declined) + 1, own, command, day, plan.version.number,
                        consulted=len(plan.consultations))
    left = replace(plan.without_party(PARTICIPANT, [own], day), declined=(*plan.declined, declined))
    return done(left, context, {
        "declined": own, "decline": declined.number, "ground": command.ground, "law": command.law,
        "law_article": command.law_article, "number": command.number, **_over(plan, own),
    })


def _over(plan: Collab, agency: str) -> dict[str, Any]:
    """What the clocks are told: its tasks and dispatches are over; a plan in force is to be changed for it, one that is
    not approved yet runs nothing, and is changed when it has started."""
    return {
        "participant": [agency] if plan.approved else [],
        "tasks": dropped(plan.open_tasks(agency)) if plan.started_on else [],
        "dispatch": unanswered(plan, [agency]),
    }


def the_decline(plan: Collab, command: QuestionDecline, _: Context) -> date | None:
    """A question follows the notice that it is about."""
    return next((each.on for each in reversed(plan.declined) if each.agency == command.participant), None)


def the_question(plan: Collab, _: AnswerQuestion, context: Context) -> date | None:
    """An answer follows the question that it is to."""
    declined = plan.questioned(context.viewer.agency)
    return declined.questions[len(declined.answers)].on if declined else None


def question(plan: Collab, command: QuestionDecline, context: Context) -> Outcome[Collab]:
    declined = next((each for each in reversed(plan.declined) if each.agency == command.participant), None)
    demand((declined, no.NEVER_DECLINED), (command.question, no.NO_QUESTION), (command.officer, NO_OFFICER))
    assert declined is not None
    asked = replace(declined, questions=(*declined.questions, Questioned(command, context.happened_on)))
    return for_one_that_left(done(plan.with_declined(asked), context, {
        "declined": declined.agency, "decline": declined.number}))


def answer(plan: Collab, command: AnswerQuestion, context: Context) -> Outcome[Collab]:
    """The answer to the earliest question that has none: it changes nothing in the plan."""
    demand((command.says, no.NO_REPLY), (command.officer, NO_OFFICER))
    declined = plan.questioned(context.viewer.agency)
    assert declined is not None
    answered = replace(declined, answers=(*declined.answers, Answered(command, context.happened_on)))
    return for_one_that_left(done(plan.with_declined(answered), context, {
        "declined": declined.agency, "decline": declined.number, "question": len(answered.answers)}))


def reassign(plan: Collab, command: Reassign, context: Context) -> Outcome[Collab]:
    """The plan goes on without the agency, in a version of its own: what it had finished stays as it was done."""
    declined = next((each for each in plan.waiting if each.agency == command.participant), None)
    open_ = plan.open_tasks(command.participant)
    demand((declined, no.NOT_WAITING), (command.reason, no.NO_REASSIGN_REASON),
           *_given(command, open_, plan.parts_of(LEAD, PARTICIPANT)), *signed(command.officer, command.leader))
    assert declined is not None
    day = context.happened_on
    content = _without(plan.content, command)
    replaced = replace(declined, reassigned=command, reassigned_on=day)
    after = _in_force(plan.with_declined(replaced), content, command.reason, day)
    moved = {task.number for task in open_}
    return done(after, context, {
        "declined": declined.agency, "decline": declined.number, "participant": [declined.agency],
        "tasks": items(task for task in content.tasks if task.number in moved) if plan.started_on else [],
    })


def still_named(plan: Collab, named: Iterable[tuple[str, str]], context: Context) -> Iterator[Refusal]:
    """12: an agency whose decline stands is not bound again by being named. `named`: an agency, and where."""
    takes_back = bool(context.rulebook.setting("agreeing_takes_decline_back"))
    away = plan.away(agreeing_takes_back=takes_back)
    for agency, where in named:
        if agency in away:
            yield no.STILL_NAMED.filled(name=context.register.name_of(agency)).at(where)


def _given(command: Reassign, open_: Iterable[Task], present: tuple[str, ...]) -> Rows:
    """Every open task goes to one agency of the plan as it is now."""
    wanted, given = {task.number for task in open_}, [each.task for each in command.tasks]
    for number in sorted(wanted - set(given)):
        yield False, no.TASK_NOT_GIVEN.filled(task=number)
    for at, each in enumerate(command.tasks):
        yield (each.task in wanted and each.task not in given[:at],
               no.TASK_NOT_ITS_OWN.filled(task=each.task).at(f"tasks.{at}.task"))
        yield each.agency in present, no.TASK_TO_OUTSIDER.at(f"tasks.{at}.agency")


def _without(content: Content, command: Reassign) -> Content:
    """The plan as written, without the agency, its open tasks with those that do them now."""
    agency = {each.task: each.agency for each in command.tasks}
    return replace(
        content,
        participants=tuple(each for each in content.participants if each.agency != command.participant),
        tasks=tuple(replace(task, agency=agency.get(task.number, task.agency)) for task in content.tasks))


def _in_force(plan: Collab, content: Content, reason: str, day: date) -> Collab:
    """The plan in a new version, in force from the day on."""
    present = plan.version
    version = Version(present.number + 1, content, day, reason=reason, act="reassign")
    return replace(plan, versions=(*plan.versions[:-1], replace(present, effective_until=day), version))
