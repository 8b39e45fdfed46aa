"""Reading plans: tasks with their dates and lights, versions and what was done under each, two of them side by side."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from shared.acts.convert import plain
from shared.acts.model import Viewer
from shared.acts.reading import Page, Reads
from shared.deadlines import rules
from shared.deadlines import store as deadline_store
from shared.deadlines.model import MET, Deadline
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import BAD_AFTER
from shared.plans.comparing import compare, told
from shared.plans.parts import Content
from shared.plans.plan import Plan
from shared.plans.store import PlanTables
from shared.plans.tasks import done_on
from shared.plans.under import under

NO_SUCH_VERSION = Refusal("NO_SUCH_VERSION", "方案没有第{number}版，或者本机关无权查看。",
                          "The plan has no version {number}, or not for your agency.", "internal", 404)
NO_LIGHT = ""               # nothing runs: the action has not started, or the task is nobody's any more


class PlanReads:
    """What can be read of a chapter's plans besides what every case shows."""

    def __init__(self, reads: Reads, tables: PlanTables) -> None:
        self._reads, self._tables, self._means = reads, tables, reads.means
        self._clock = f"{reads.acts.chapter.service}.task"

    def tasks(self, plan_id: str, viewer: Viewer) -> list[dict[str, Any]]:
        """The tasks of the plan as the viewer sees it, in its order; one that has left it sees no light of another's.
        Raises Refused 404 for a plan not the viewer's."""
        plan, knows_now = self._reads.seen_now(plan_id, viewer)
        with self._means.db.read() as tx:
            running = _by_item(each for each in deadline_store.open_of(tx, [plan_id])
                               if each.clock == self._clock and (knows_now or each.bound == viewer.agency))
        done, now = done_on(plan), self._means.clock.now()
        reports: dict[int, list[int]] = {}
        for report in plan.task_reports:
            for each in report.said.tasks:
                reports.setdefault(each.task, []).append(report.number)
        return [{**plain(task), "done_on": _day(done.get(task.number)), "own": task.agency == viewer.agency,
                 "light": _light(running.get((plan_id, task.number)), task.due_on, done.get(task.number), now),
                 "reports": reports.get(task.number, [])} for task in plan.content.tasks]

    def own_tasks(self, viewer: Viewer, open_: bool, limit: int, after: str) -> Page:
        """The tasks of the viewer's agency over all plans, those to be done or the others, the earliest due first.
        Raises Refused 400 for an `after` that is no place in the list."""
        now = self._means.clock.now()
        with self._means.db.read() as tx:
            rows = self._tables.tasks_of(tx, viewer.agency, open_=open_, today=day_of(now), limit=limit + 1,
                                         after=_place(after))
            shown = rows[:limit]
            plans = sorted({row["plan"] for row in shown})
            running = _by_item(deadline_store.running(tx, self._clock, viewer.agency, plans))
        titles = self._reads.acts.chapter.states
        items = tuple(_own(row, running.get((row["plan"], row["number"])), titles, now) for row in shown)
        last = shown[-1] if len(rows) > limit else None
        return Page(items, f"{last['due_on'].isoformat()} {last['plan']} {last['number']}" if last else "")

    def versions(self, plan_id: str, viewer: Viewer) -> list[dict[str, Any]]:
        """Every version that the viewer sees, the first one first, whole, with what was done under it."""
        plan: Plan = self._reads.seen(plan_id, viewer)
        return [{**plain(version), "done": [plain(each) for each in under(plan, version.number)]}
                for version in plan.versions]

    def compared(self, plan_id: str, viewer: Viewer, before: int, after: int) -> dict[str, Any]:
        """Two versions side by side, as rows and as text; an amendment under way counts by the number it would have.
        Raises Refused 404."""
        plan: Plan = self._reads.seen(plan_id, viewer)
        contents = {each.number: each.said.content for each in plan.amendments} | {
            each.number: each.content for each in plan.versions}
        rows = compare(_content(contents, before), _content(contents, after))
        names = {code: agency.name for code, agency in self._means.law.now().register.agencies.items()}
        return {"from": before, "to": after, "rows": [plain(row) for row in rows], "text": told(rows, names)}


def _content(contents: Mapping[int, Content], number: int) -> Content:
    if number not in contents:
        raise Refused(NO_SUCH_VERSION.filled(number=number))
    return contents[number]


def _by_item(deadlines: Iterable[Deadline]) -> dict[tuple[str, int], Deadline]:
    return {(each.case, int(each.item)): each for each in deadlines}


def _light(running: Deadline | None, due_on: date, done: date | None, now: datetime) -> str:
    if running:
        return rules.light(running, now)
    if done is None:
        return NO_LIGHT
    return MET if done <= due_on else rules.MET_LATE


def _own(row: Mapping[str, Any], running: Deadline | None, titles: Mapping[str, str], now: datetime) -> dict[str, Any]:
    return {"plan": row["plan"], "plan_title": row["plan_title"], "lead": row["lead"], "state": row["state"],
            "state_title": titles[row["state"]], "number": row["number"], "title": row["title"],
            "from_on": _day(row["from_on"]), "due_on": _day(row["due_on"]), "done_on": _day(row["done_on"]),
            "light": _light(running, row["due_on"], row["done_on"], now)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _place(after: str) -> tuple[date, str, int] | None:
    """The place in the list of own tasks that an `after` tells. Raises Refused (400)."""
    if not after:
        return None
    day, plan, number = (*after.split(" "), "", "")[:3]
    try:
        return date.fromisoformat(day), plan, int(number)
    except ValueError:
        raise Refused(BAD_AFTER) from None
