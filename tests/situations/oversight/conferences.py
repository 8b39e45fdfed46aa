"""第三十条 联席会议 as its situations play it: what is sent by default, and the book. Its folder has the path's name, which no
module can have."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from services.oversight.conferences.domain import acts, resolutions
from services.oversight.conferences.domain import case as conference_case
from services.oversight.conferences.domain.case import (
    MEMBER,
    MINUTES_NUMBER_USED,
    NOTHING_RESOLVED,
    OWNER,
    UNKNOWN_REF,
    Conference,
    FallDue,
)
from services.oversight.conferences.schemas import SCHEMAS
from shared.acts import heirs, succession
from shared.acts.model import Act
from shared.acts.succession import ASSIGN
from shared.numbers import doubted
from tests.situations import succeeding
from tests.situations.book import Book, Sent, Step

WARNED = (NOTHING_RESOLVED, UNKNOWN_REF)
Builder = Callable[[Any, date], Sent]
HEADS = {"legal_head": {"name": "周法", "post": "法规科科长"}, "enforcement_head": {"name": "郑执", "post": "执法大队大队长"}}


def call(_: Conference, day: date) -> Sent:
    return {"meets_on": day.isoformat(), "place": "司法局三楼会议室"}


def set_agenda(_: Conference, __: date) -> Sent:
    return {"items": [{"kind": "breach", "title": "渣土案件移送逾期", "ref": "transfer/01955984-0000-7000-8000-000000000000",
                       "agencies": ["zjj"], "says": "移送函超过三个工作日未发出"}]}


def attend(_: Conference, __: date) -> Sent:
    return dict(HEADS)


def record_absence(_: Conference, __: date) -> Sent:
    return {"agency": "gongan", "reason": "执行紧急任务，已请假"}


def hold(_: Conference, __: date) -> Sent:
    return {"chair": "司法局局长"}


def record_minutes(_: Conference, day: date) -> Sent:
    """综合执法局 has fourteen days for the one thing resolved."""
    return {"number": "荣司联纪〔2025〕1号", "resolutions": [
        {"says": "渣土案件一周内清零", "owner": "zhzf", "due_on": (day + timedelta(days=14)).isoformat()}]}


def report(case: Conference, _: date) -> Sent:
    """On the first that is open, or else on the first."""
    open_ = (number for number, each in enumerate(case.resolutions, 1) if each.open)
    return {"resolution": next(open_, 1), "says": "已清理十二件"}


BUILDERS: Mapping[str, Builder] = {
    "call": call, "set-agenda": set_agenda, "attend": attend, "record-absence": record_absence, "hold": hold,
    "record-minutes": record_minutes, "report-resolution": report, "complete-resolution": report,
    ASSIGN: succeeding.assign,
}
SET: tuple[str | Mapping[str, Any], ...] = ("fall-due", "call", "set-agenda")
ACCOUNTED = (*SET, *({"act": "attend", "by": name} for name in ("住建局", "综合执法局", "市场监管局", "交通局")), "record-absence")
PATHS: Mapping[str, tuple[str | Mapping[str, Any], ...]] = {
    "fall-due": ("fall-due",), "call": ("fall-due", "call"), "set-agenda": SET, "record-absence": ACCOUNTED,
    "hold": (*ACCOUNTED, "hold"), "record-minutes": (*ACCOUNTED, "hold", "record-minutes"),
    "complete-resolution": (*ACCOUNTED, "hold", "record-minutes", "complete-resolution"),
}


def actor(act: Act, case: Conference | None) -> str:
    """Justice; of what a member says, 住建局; of what was resolved, the owner."""
    if case is not None and act.by == frozenset({OWNER}):
        return next((each.owner for each in case.resolutions if each.open), "zhzf")
    return "zjj" if act.by == frozenset({MEMBER}) else "sfj"


def due(_: Conference | None, __: date, said: Step) -> FallDue:
    return FallDue(said.get("session", 1), said.get("previous", ""))


def presence(case: Conference) -> list[list[Any]]:
    return [[each.agency, each.attends.legal_head.name if each.attends else None, each.reason]
            for each in case.presence]


CONFERENCES = Book(
    chapter=acts.CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    # whether minutes of that number are kept the service asks, not the act
    refusals=(*(each for each in conference_case.REFUSALS if each not in (MINUTES_NUMBER_USED, *WARNED)),
              *succeeding.REFUSALS),
    warnings=(*WARNED, *doubted.WARNINGS, *heirs.WARNINGS),
    modules=(acts, resolutions, succession),
    actor=succeeding.by_justice(actor),
    by_suite={"fall-due": due, "succeed": succeeding.ended(lambda case: "zhzf")},
    impossible={**succeeding.IMPOSSIBLE,
                (ASSIGN, "WRONG_STATE"): "before it is called it has no party whose part justice could hold"},
    views={
        "会议": lambda case: case.due.session,
        "参会机关": lambda case: list(case.members),
        "到会": lambda case: list(case.present),
        "缺席": lambda case: list(case.absent),
        "议题": lambda case: [each.title for each in case.agenda],
        "参会情况": presence,
        "议定事项": lambda case: [[each.owner, each.due_on, each.done_on] for each in case.resolutions],
        "报告": lambda case: [[each.resolution, each.by, each.says, each.done] for each in case.reports],
    },
    among=True,
)
