"""What was done under which version of a plan. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.plans.plan import Plan


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that an agency did. `number`: of its kind in the plan; 0 where the kind has no numbers."""

    act: str                            # as in the path: report-task
    agency: str
    on: date
    version: int
    number: int = 0


def under(plan: Plan, version: int) -> list[Done]:
    """What was done under a version, in the order of the days."""
    return sorted((each for each in _done(plan) if each.version == version), key=lambda each: (each.on, each.act))


def _done(plan: Plan) -> Iterator[Done]:
    yield from (Done("record-interim-measure", each.agency, each.on, each.version) for each in plan.measures)
    yield from (Done("dispatch", "", each.on, each.version, each.number) for each in plan.dispatches)
    for act, made in (("report-task", plan.task_reports), ("record-decision", plan.decisions),
                      ("record-finding", plan.findings)):
        yield from (Done(act, each.agency, each.on, each.version, each.number) for each in made)
