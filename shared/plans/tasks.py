"""How a plan's tasks stand, and what the clocks are told of them and of dispatches: each with its agency and its last
day. Pure.

An item that says `until` is empty is over: what ran for it is cancelled, and none starts.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from shared.acts.succession import CUSTODIAN
from shared.plans.parts import Task
from shared.plans.plan import LEAD, PARTICIPANT, Amendment, Plan
from shared.plans.states import ENDED, IN_FORCE, REPORTED

Item = dict[str, str]


def items(tasks: Iterable[Task]) -> list[Item]:
    """Tasks that run, each with who does it now and until when."""
    return [{"item": str(each.number), "bound": each.agency, "until": each.due_on.isoformat()} for each in tasks]


def dropped(tasks: Iterable[Task]) -> list[Item]:
    """Tasks that nobody does any more, or not who did: what ran for them is cancelled, and none starts."""
    return [{"item": str(each.number), "bound": each.agency, "until": ""} for each in tasks]


def action(plan: Plan) -> list[str]:
    """The action itself as the one item, without a name, of the clocks of its time limit; none before it begins."""
    return [""] if plan.started_on else []


def extending(plan: Plan, amendment: Amendment) -> list[str]:
    """The action where the amendment would give it more time: until that is decided no end is presumed."""
    limit, asked = plan.content.time_limit, amendment.said.content.time_limit
    return action(plan) if limit is not None and asked is not None and asked > limit else []


def to_do(plan: Plan) -> tuple[Task, ...]:
    """The tasks that are still to be done by an agency that is in the plan; those of a dissolved one that nobody
    succeeds are with justice, which holds them."""
    present, done = frozenset(plan.parts_of(LEAD, PARTICIPANT)), plan.done_tasks
    with_justice = {each.after: each.agency for each in plan.parties if each.part == CUSTODIAN and each.until is None}
    return tuple(each if each.agency in present else replace(each, agency=with_justice[each.agency])
                 for each in plan.content.tasks
                 if each.number not in done and (each.agency in present or each.agency in with_justice))


def moved(before: Plan, after: Plan) -> list[Item]:
    """The tasks after an amendment: those to do, as they are now, and those that are gone. One that did not change is
    told as it was, and its clock goes on."""
    kept = {each.number for each in to_do(after)}
    return [*items(to_do(after)), *dropped(each for each in to_do(before) if each.number not in kept)]


def falling_away(plan: Plan, day: date, broken_off: bool) -> list[Item]:
    """The tasks that an end on the day leaves undone without anyone being late: due after it, or, where the action is
    broken off, any."""
    return dropped(each for each in to_do(plan) if broken_off or each.due_on > day)


def awaited(plan: Plan) -> frozenset[int]:
    """The numbers of the tasks that somebody is still to do: of an action that ended, those that were due by then. The
    lead's report ends none of them."""
    if plan.state in IN_FORCE:
        return frozenset(each.number for each in to_do(plan))
    ending = plan.ending
    if plan.state not in (ENDED, REPORTED) or ending is None or ending.terminated:
        return frozenset()
    return frozenset(each.number for each in to_do(plan) if each.due_on <= ending.on)


def reportable(plan: Plan, agency: str) -> frozenset[int]:
    """The numbers of the agency's tasks that it may report on: all that are open, after the report only those that it
    still owes."""
    open_ = frozenset(each.number for each in plan.open_tasks(agency))
    return open_ & awaited(plan) if plan.state == REPORTED else open_


def done_on(plan: Plan) -> dict[int, date]:
    """The day on which each finished task was finished, by the report that says so first."""
    days: dict[int, date] = {}
    for report in plan.task_reports:
        for each in report.said.tasks:
            if each.done:
                days[each.task] = min(report.on, days.get(each.task, report.on))
    return days


def unanswered(plan: Plan, agencies: Iterable[str]) -> list[Item]:
    """The dispatches that these agencies need not answer any more."""
    gone = frozenset(agencies)
    return [{"item": str(each.number), "bound": ordered.agency, "until": ""} for each in plan.dispatches
            for ordered in each.said.agencies if ordered.agency in gone and not each.answered_by(ordered.agency)]
