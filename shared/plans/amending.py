"""变更方案: the lead proposes the plan as it is to be, justice reviews it, and who approved the plan approves. Pure.

The regulation says nothing of it: internal. Who took part so far keeps what it did; the new version is in force from
the day of the approval.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from shared.acts.codes import listed
from shared.acts.model import Context, Outcome
from shared.acts.signing import signed
from shared.kernel.errors import Refusal, Rows, demand
from shared.numbers.shape import BAD_OWN_NUMBER, numbered
from shared.plans import refusals_running as no
from shared.plans.approving import never, papered, told
from shared.plans.commands import Amend, DecideAmendment, PresentAmendment, ReviewAmendment
from shared.plans.comparing import TITLES, changed, changed_of_tasks
from shared.plans.facts import done
from shared.plans.items import lacking
from shared.plans.parts import Content
from shared.plans.plan import LEAD, PARTICIPANT, Amendment, Plan, Version
from shared.plans.refusals import NO_REASON, NOBODY_PRESENTED_TO, TASK_OF_STRANGER, TIME_LIMIT_PAST
from shared.plans.tasks import action, extending, moved, to_do, unanswered
from shared.rulebook.model import Item

P = TypeVar("P", bound=Plan)
AMENDED, REVIEWED, RETURNED, REJECTED = (
    "amended", "amendment_reviewed", "amendment_returned", "amendment_rejected")         # events


# Guards that need no content

def none_open(plan: Plan, _: Context) -> Iterable[Refusal]:
    if plan.amendment is not None:
        yield no.AMENDMENT_OPEN


def to_review(plan: Plan, _: Context) -> Iterable[Refusal]:
    if plan.amendment is None:
        yield no.NO_AMENDMENT
    elif plan.amendment.reviewed is not None:
        yield no.AMENDMENT_REVIEWED


def to_present(plan: Plan, _: Context) -> Iterable[Refusal]:
    if plan.amendment is None:
        yield no.NO_AMENDMENT
    elif plan.amendment.reviewed is None:
        yield no.AMENDMENT_NOT_REVIEWED
    elif plan.amendment.presented is not None:
        yield no.AMENDMENT_PRESENTED


def to_decide(plan: Plan, _: Context) -> Iterable[Refusal]:
    if plan.amendment is None:
        yield no.NO_AMENDMENT
    elif plan.amendment.presented is None:
        yield no.AMENDMENT_NOT_PRESENTED


# Acts

def amend(plan: P, command: Amend, context: Context, *, items: Iterable[Item],
          lacks: Iterable[Refusal] = ()) -> Outcome[P]:
    """提出变更: the whole plan as it is to be. `items`: what the chapter's rulebook asks of a plan; `lacks`: what stands
    in the chapter's own way."""
    otherwise = changed(plan.content, command.content)
    demand(*((False, refusal) for refusal in (*_lacking(plan, command.content, items, context),
                                              *lacks, *_wrong(plan, command, otherwise, context))))
    number = plan.version.number + 1
    amendment = Amendment(number, command, context.viewer.agency, context.happened_on)
    return done(replace(plan, amendments=(*plan.amendments, amendment)), context,
                {"amendment": number, "minor": command.minor, "items": in_order(otherwise),
                 "action": extending(plan, amendment)})


def review(plan: P, command: ReviewAmendment, context: Context) -> Outcome[P]:
    """审查变更: a minor one that passes is in force; another goes on to the government."""
    amendment = _open(plan)
    demand(
        (command.opinion, no.NO_AMENDMENT_OPINION),
        (numbered(command.number), BAD_OWN_NUMBER),
        *signed(command.officer, command.leader),
    )
    reviewed = replace(amendment, reviewed=command, reviewed_on=context.happened_on)
    number = {"number": command.number}
    if command.passed and amendment.said.minor:
        return _amended(plan, reviewed, context, number)
    outcome = "" if command.passed else "returned"
    facts = {"amendment": amendment.number, "action": extending(plan, amendment), **number}
    return done(_with(plan, replace(reviewed, outcome=outcome)), context, facts,
                event=REVIEWED if command.passed else RETURNED)


def present(plan: P, command: PresentAmendment, context: Context) -> Outcome[P]:
    """呈请, 提报变更."""
    amendment = _open(plan)
    demand(
        (command.to, NOBODY_PRESENTED_TO),
        (numbered(command.number), BAD_OWN_NUMBER),
        *signed(command.officer, command.leader),
    )
    presented = replace(amendment, presented=command, presented_on=context.happened_on)
    return done(_with(plan, presented), context, {"amendment": amendment.number, "number": command.number})


def decide(plan: P, command: DecideAmendment, context: Context, *,
           by_meeting_or_head: Callable[[Any], bool] = never) -> Outcome[P]:
    """市政府批准 or 不批准变更, on a paper as the plan itself was: in force from its day."""
    amendment = _open(plan)
    demand(
        *papered(plan, command.paper, context, by_meeting_or_head=by_meeting_or_head(plan)),
        (command.approved or command.reasons, no.NO_REJECTION_REASONS),
    )
    decided = replace(amendment, decided=command, decided_on=context.happened_on)
    if command.approved:
        return _amended(plan, decided, context, told(command.paper))
    facts = {"amendment": amendment.number, "action": extending(plan, amendment), **told(command.paper)}
    return done(_with(plan, replace(decided, outcome="rejected")), context, facts, event=REJECTED)


# What an amendment must be

def _lacking(plan: Plan, content: Content, items: Iterable[Item], context: Context) -> Iterator[Refusal]:
    """It is a whole plan. A time limit that stays as it is may be over, and who finished a task may have gone."""
    stays = content.time_limit == plan.content.time_limit
    done_ = plan.done_tasks
    finished = {f"content.tasks.{at}.agency" for at, task in enumerate(content.tasks) if task.number in done_}
    for refusal in lacking(content, items, context):
        gone = refusal.code == TASK_OF_STRANGER.code and refusal.where in finished
        if not gone and not (stays and refusal.code == TIME_LIMIT_PAST.code):
            yield refusal


def _wrong(plan: Plan, command: Amend, otherwise: frozenset[str], context: Context) -> Iterator[Refusal]:
    rows: Rows = (
        (otherwise, no.NOTHING_CHANGED),
        (command.reason, NO_REASON),
        *_minor(plan, command, otherwise, context),
        *_limit(plan, command.content, context),
        *_overdue(plan, command, context),
        *_done_tasks(plan, command.content),
        *_handed_over(plan, command, context),
        *signed(command.officer, command.leader),
    )
    return (refusal for holds, refusal in rows if not holds)


def _minor(plan: Plan, command: Amend, otherwise: frozenset[str], context: Context) -> Rows:
    """The setting names items of a plan, or what of the tasks may be otherwise while they stay who does what."""
    minor = frozenset(context.rulebook.setting("minor_amendments"))
    only_said = "tasks" in otherwise and changed_of_tasks(plan.content, command.content) <= minor
    beyond = otherwise - minor - ({"tasks"} if only_said else frozenset())
    titles = "、".join(TITLES[item] for item in in_order(beyond))
    yield not command.minor or not beyond, no.NOT_MINOR.filled(items=titles)


def _limit(plan: Plan, content: Content, context: Context) -> Rows:
    """A time limit is changed before it ends; of an action that has not begun, also after it: it cannot begin then."""
    was = plan.content.time_limit
    yield (content.time_limit == was or was is None or plan.started_on is None or context.happened_on <= was,
           no.LIMIT_OVER)


def _overdue(plan: Plan, command: Amend, context: Context) -> Rows:
    """A task whose last day is over keeps its dates in a minor amendment: justice alone would undo the delay."""
    if not command.minor or not plan.started_on:
        return
    late = [task for task in to_do(plan) if task.due_on < context.happened_on]
    dates = {task.number: (task.from_on, task.due_on) for task in command.content.tasks} if late else {}
    for task in late:
        yield dates.get(task.number) == (task.from_on, task.due_on), no.TASK_LIMIT_OVER.filled(task=task.number)


def _done_tasks(plan: Plan, content: Content) -> Rows:
    if not (done_ := plan.done_tasks):
        return
    before, after = ({task.number: task for task in each.tasks} for each in (plan.content, content))
    for number in sorted(done_):
        yield after.get(number) == before.get(number), no.DONE_TASK_CHANGED.filled(task=number)


def _handed_over(plan: Plan, command: Amend, context: Context) -> Rows:
    """交接清单, where the lead is replaced and there only."""
    if command.content.lead == plan.lead:
        yield not command.handover, no.NOTHING_TO_HAND_OVER
        return
    yield command.handover, no.NO_HANDOVER
    for at, each in enumerate(command.handover):
        yield listed(context, "handover_kinds", each.kind, no.NO_HANDOVER.at(f"handover.{at}"),
                     also=each.title and each.copies >= 1)


# What it does

def _open(plan: Plan) -> Amendment:
    assert plan.amendment is not None
    return plan.amendment


def _with(plan: P, amendment: Amendment) -> P:
    return replace(plan, amendments=tuple(amendment if not each.outcome else each for each in plan.amendments))


def _amended(plan: P, amendment: Amendment, context: Context, facts: dict[str, Any]) -> Outcome[P]:
    """The new version in force from the act's true date; who is in the plan follows it, and so do the clocks."""
    demand((amendment.number == plan.version.number + 1, no.AMENDMENT_OVERTAKEN))
    content, day = amendment.said.content, context.happened_on
    version = Version(amendment.number, content, day, reason=amendment.said.reason, act="amend")
    written = replace(_with(plan, replace(amendment, outcome="amended")),
                      versions=(*plan.versions[:-1], replace(plan.version, effective_until=day), version))
    after = _parties(plan, written, content, context)
    left = frozenset(plan.content.agencies) - frozenset(content.agencies)
    gone = frozenset(plan.parts_of(LEAD, PARTICIPANT)) - frozenset(after.parts_of(LEAD, PARTICIPANT))
    replaces = {"replaces": {"lead": plan.lead}} if content.lead != plan.lead else {}
    return done(after, context, {
        "amendment": amendment.number, "minor": amendment.said.minor, "time_limit": content.time_limit,
        "items": in_order(changed(plan.content, content)), "effective_on": day,
        "action": action(plan), "tasks": moved(plan, after) if plan.started_on else [],
        "dispatch": unanswered(plan, gone), "participant": sorted(left), **replaces, **facts,
    }, event=AMENDED)


def _parties(before: Plan, plan: P, content: Content, context: Context) -> P:
    """Those the new version leaves out go, those it names anew come. One that declined stays out, until it is named
    anew. They leave the plan as it was before."""
    day = context.happened_on
    was, now = frozenset(before.content.agencies), frozenset(content.agencies)
    leaving = replace(plan, versions=before.versions).without_party(PARTICIPANT, was - now, day)
    if content.lead != before.lead:
        leaving = leaving.without_party(LEAD, [before.lead], day).with_party(LEAD, [content.lead], day)
    came = [agency for agency in content.agencies if agency in now - was]
    return replace(leaving.with_party(PARTICIPANT, came, day), versions=plan.versions)


def in_order(items: Iterable[str]) -> list[str]:
    """Items in the order in which a plan is written."""
    known = frozenset(items)
    return [item for item in TITLES if item in known]
