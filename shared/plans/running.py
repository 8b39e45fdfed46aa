"""A plan that is carried out (11, 19): started, dispatched, reported on task by task, interrupted. Pure.

Who may start and dispatch, and by which article, is the chapter's: its acts' rows say it.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from shared.acts.model import Context, Outcome
from shared.acts.persons import Officer, enough
from shared.acts.signing import NO_OFFICER, signed
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Rows, demand
from shared.plans import refusals_running as no
from shared.plans.commands import ConfirmDispatch, Dispatch, ReportTask, Resume, Start, Suspend
from shared.plans.facts import done
from shared.plans.plan import LEAD, PARTICIPANT, Confirmation, Dispatched, Pause, Plan, TaskReport
from shared.plans.refusals import NO_REASON
from shared.plans.tasks import action, items, reportable, to_do

P = TypeVar("P", bound=Plan)


# Guards that need no content

def limit_open(plan: Plan, context: Context) -> Iterable[Refusal]:
    """Before the start: the plan's time limit has not run out; what was approved ends with it."""
    if plan.content.time_limit is not None and context.happened_on > plan.content.time_limit:
        yield no.LIMIT_RAN_OUT


def dispatched(plan: Plan, context: Context) -> Iterable[Refusal]:
    """Before a confirmation: a dispatch awaits the agency's."""
    if not any(_awaits(each, context.viewer.agency) for each in plan.dispatches):
        yield no.NOT_DISPATCHED


def has_tasks(plan: Plan, context: Context) -> Iterable[Refusal]:
    if not reportable(plan, context.viewer.agency):
        yield no.NO_TASK_LEFT


def _awaits(each: Dispatched, agency: str) -> bool:
    return each.ordered(agency) is not None and not each.answered_by(agency)


# Acts

def start(plan: P, command: Start, context: Context) -> Outcome[P]:
    """启动: from now on the tasks run, each until its own day, and the whole until the time limit."""
    demand((command.says, no.NO_START_SAID), (command.officer, NO_OFFICER))
    after = replace(plan, started=command, started_on=context.happened_on)
    present = after.parts_of(PARTICIPANT)
    return done(after, context, {
        "time_limit": plan.content.time_limit, "action": action(after), "tasks": items(to_do(after)),
        "participant": [each for each in plan.content.agencies if each not in present],      # to be replaced
    })


def dispatch(plan: P, command: Dispatch, context: Context) -> Outcome[P]:
    """调度: order, time and place, who commands, and whom it concerns."""
    demand(
        (command.order, no.NO_ORDER),
        (command.meeting.place and command.meeting.commander, no.NO_MEETING),
        (day_of(command.meeting.at) >= context.happened_on, no.MEETING_PAST),
        (command.agencies, no.NOBODY_DISPATCHED),
        *_ordered(plan, command, context),
        (command.officer, NO_OFFICER),
    )
    number = len(plan.dispatches) + 1
    sent = Dispatched(number, command, context.happened_on, plan.version.number)
    return done(replace(plan, dispatches=(*plan.dispatches, sent)), context, {
        "meeting_at": command.meeting.at,
        "dispatch": [{"item": str(number), "bound": each.agency} for each in command.agencies],
    })


def _ordered(plan: Plan, command: Dispatch, context: Context) -> Rows:
    """Those in the plan now but who dispatches, each once, with the officers who come: whole, and enough (行政处罚法 42)."""
    least = int(context.rulebook.setting("officers_on_site"))
    seen, others = set[str](), set(plan.parts_of(LEAD, PARTICIPANT)) - {context.viewer.agency}
    for at, each in enumerate(command.agencies):
        yield each.agency in others - seen, no.DISPATCHED_STRANGER.at(f"agencies.{at}.agency")
        yield (not all(each.officers) or len(each.officers) >= least,
               no.TOO_FEW_ORDERED.filled(officers=least).at(f"agencies.{at}.officers"))
        yield all(each.officers), no.ORDERED_OFFICER.at(f"agencies.{at}.officers")
        yield (not all(each.officers) or enough(each.officers, len(each.officers)),
               no.ORDERED_TWICE.at(f"agencies.{at}.officers"))
        seen.add(each.agency)


def confirm_dispatch(plan: P, command: ConfirmDispatch, context: Context) -> Outcome[P]:
    """确认调度: who comes, or why nobody can."""
    own, day = context.viewer.agency, context.happened_on
    sent = next((each for each in plan.dispatches if each.number == command.dispatch and _awaits(each, own)), None)
    demand((sent, no.UNKNOWN_DISPATCH))
    assert sent is not None
    ordered = sent.ordered(own)
    demand(*_coming(command, ordered.officers if ordered else (), context))
    confirmed = replace(sent, confirmations=(*sent.confirmations, Confirmation(own, command, day)))
    after = replace(plan, dispatches=tuple(confirmed if each.number == sent.number else each
                                           for each in plan.dispatches))
    return done(after, context, {"dispatch": str(sent.number), "comes": command.comes})


def _coming(command: ConfirmDispatch, named: tuple[Officer, ...], context: Context) -> Rows:
    least = int(context.rulebook.setting("officers_on_site"))
    come = command.officers or named
    yield not command.comes or enough(come, least), no.TOO_FEW_COME.filled(officers=least)
    yield command.comes or command.reason, no.NO_INABILITY


def report_task(plan: P, command: ReportTask, context: Context) -> Outcome[P]:
    """任务落实情况 of one's own tasks; the act itself is the report to both supervisors (29)."""
    own, day = reportable(plan, context.viewer.agency), context.happened_on
    demand(
        (command.tasks, no.NOTHING_REPORTED),
        *_told(command, own),
        (plan.has(command.materials), no.UNKNOWN_MATERIAL),
        (command.officer, NO_OFFICER),
    )
    number = len(plan.task_reports) + 1
    report = TaskReport(number, context.viewer.agency, command, day, plan.version_on(day))
    return done(replace(plan, task_reports=(*plan.task_reports, report)), context, {
        "report": number, "reported": [each.task for each in command.tasks],
        "tasks": [str(each.task) for each in command.tasks if each.done],
    })


def _told(command: ReportTask, own: frozenset[int]) -> Rows:
    seen = set[int]()
    for at, each in enumerate(command.tasks):
        yield each.task in own, no.NOT_OWN_TASK.filled(task=each.task).at(f"tasks.{at}.task")
        yield each.task not in seen, no.TASK_TOLD_TWICE.at(f"tasks.{at}.task")
        yield each.says, no.NO_PROGRESS.at(f"tasks.{at}.says")
        seen.add(each.task)


def suspend(plan: P, command: Suspend, context: Context) -> Outcome[P]:
    demand((command.reason, NO_REASON), *signed(command.officer, command.leader))
    return done(replace(plan, pauses=(*plan.pauses, Pause(command, context.happened_on))), context, {})


def resume(plan: P, command: Resume, context: Context) -> Outcome[P]:
    demand((command.reason, NO_REASON), *signed(command.officer, command.leader))
    *earlier, last = plan.pauses
    resumed = replace(last, resumed=command, resumed_on=context.happened_on)
    return done(replace(plan, pauses=(*earlier, resumed)), context, {"suspended_on": last.on})
