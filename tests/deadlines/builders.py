"""What the tests of deadlines are made of: clocks as the rulebook has them, events, the city's calendar."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from shared.calendar.model import Calendar, YearFile
from shared.calendar.sources import load_city
from shared.deadlines.rules import Change, Deadline, Happened, apply
from shared.kernel.clock import CITY_ZONE
from shared.rulebook.model import Amount, Clock, Rulebook, Source

CITY = Path(__file__).resolve().parent.parent.parent / "deploy" / "cities" / "rongcheng" / "calendars"
CALENDAR = load_city(CITY, (2027,))
CASE = "case-1"

LETTER = Clock("transfer.letter", Source("22"), "自通报之日起三个工作日内发出移送函", "sender",
               ("transfer.announced", "transfer.rerouted"), ("transfer.letter_issued",),
               Amount("working_days", 3), Amount("working_days", 1), pauses=("transfer.disputed",),
               resumes=("transfer.returned",))
REPORT = Clock("joint.summary", Source("20"), "联合执法活动结束后五个工作日内上报总结报告", "lead",
               ("joint.ended",), ("joint.reported",), Amount("working_days", 5), Amount("working_days", 2))
ANNOUNCE = Clock("transfer.announce", Source(internal=True), "受理后十个工作日内通报", "sender",
                 ("transfer.announced",), ("transfer.announced",),
                 Amount("working_days", 10), Amount("working_days", 2), counts_from="accepted_on")
DECISION = Clock("transfer.decision", Source("60", "行政处罚法"), "自立案之日起九十日内作出行政处罚决定", "receiver",
                 ("transfer.case_filed",), ("transfer.decision_recorded",), Amount("calendar_days", 90),
                 Amount("calendar_days", 10), pauses=("transfer.disputed",), resumes=("transfer.returned",))
URGENT = Clock("sharing.urgent", Source(internal=True), "特别紧急的查询四小时内提供", "holder", ("sharing.asked",),
               ("sharing.answered",), Amount("hours", 4), Amount("hours", 1), pauses=("sharing.held",),
               resumes=("sharing.went_on",))
LIMIT = Clock("joint.limit", Source("18"), "在执法时限内结束", "lead", ("joint.started",), ("joint.ended",),
              Amount("until", until="limit"), Amount("working_days", 2))
TASK = Clock("joint.task", Source("19"), "完成方案确定的工作任务", "participant", ("joint.started",),
             ("joint.task_reported",), Amount("working_days", 5), Amount("working_days", 2), item="tasks")
OWN_DATES = Clock("collab.task", Source(plan=True), "按方案定的日期完成工作任务", "participant",
                  ("collab.started", "collab.amended"), ("collab.task_reported",), Amount("until", until="due_on"),
                  Amount("working_days", 2), item="tasks", restarts=True)
CLOCKS = (LETTER, REPORT, ANNOUNCE, DECISION, URGENT, LIMIT, TASK, OWN_DATES)

PARTS = {"sender": ("ZJJ",), "receiver": ("CGJ",), "lead": ("ZJJ",), "holder": ("SJJ",), "participant": ("GAJ", "HBJ")}


def rulebook(*clocks: Clock, version: str = "law-1", **more: Any) -> Rulebook:
    return Rulebook("rongcheng-2021", "荣成市行政执法联动办法", version, date(2021, 2, 18), date(2026, 2, 17),
                    clocks={clock.id: clock for clock in clocks}, **more)


RULEBOOK = rulebook(*CLOCKS)


def happened(event: str, on: date, *, at: datetime | None = None, entry: str = "", case: str = CASE,
             facts: Mapping[str, Any] | None = None, **more: Any) -> Happened:
    """An event at noon of the day, by nobody's agency unless said."""
    instant = at or datetime.combine(on, time(12), CITY_ZONE)
    entry = entry or str(uuid5(NAMESPACE_OID, f"{case}:{event}@{on}"))
    return Happened(entry, event, case, on, instant.astimezone(UTC), facts or {}, PARTS, **more)


def started(clock: Clock, on: date, *, calendar: Calendar = CALENDAR, **more: Any) -> Deadline:
    """The one deadline that the clock's first event starts on the day."""
    return after(apply(rulebook(clock), calendar, (), happened(clock.starts[0], on, **more)))


def after(changes: tuple[Change, ...]) -> Deadline:
    """The deadline as the last change leaves it."""
    return changes[-1].deadline


def kinds(changes: tuple[Change, ...]) -> list[str]:
    return [change.kind for change in changes]


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """An instant by the city's clock."""
    return datetime.combine(day, time(hour, minute), CITY_ZONE).astimezone(UTC)


def with_work(calendar: Calendar, *days: date) -> Calendar:
    """The calendar with the days' year published, these days being made up for."""
    year = days[0].year
    file = calendar.years[year]
    return calendar.with_year(replace(file, work=dict.fromkeys(days, "测试"), provisional=False, notice="国办发明电〔示例〕"))


def published(calendar: Calendar, year: int, off: Mapping[date, str] | None = None) -> Calendar:
    """The calendar with the year published, the statutory holidays as they are and further days off."""
    file = calendar.years.get(year, YearFile(year, {}))
    return calendar.with_year(replace(file, off={**file.off, **(off or {})}, provisional=False))


def paused(deadline: Deadline, since: date, until: date) -> Deadline:
    """The deadline after a dispute from the one day to the other."""
    stopped = after(apply(RULEBOOK, CALENDAR, (deadline,), happened("transfer.disputed", since)))
    return after(apply(RULEBOOK, CALENDAR, (stopped,), happened("transfer.returned", until)))
