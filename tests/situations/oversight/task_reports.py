"""第二十九条 任务落实情况 as its situations play it: what is sent by default, and the book. Its folder has the path's name,
which no module can have."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from services.oversight.task_reports import domain
from services.oversight.task_reports.domain import DeliverTaskReport, TaskReport
from services.oversight.task_reports.schemas import SCHEMAS
from shared.acts import heirs, succession
from shared.acts.model import Act
from shared.acts.succession import ASSIGN
from shared.numbers import doubted
from tests.situations import succeeding
from tests.situations.book import Book, Sent, Step


def register(_: TaskReport, __: date) -> Sent:
    return {"number": "荣司收〔2025〕12号"}


BUILDERS: Mapping[str, Callable[[Any, date], Sent]] = {"register": register, ASSIGN: succeeding.assign}
PATHS: Mapping[str, tuple[str | Mapping[str, Any], ...]] = {
    "deliver": ("deliver",), "register": ("deliver", "register"),
    "both": ("deliver", "register", {"act": "register", "by": "市政府办公室"}),
}


def actor(_: Act, __: TaskReport | None) -> str:
    """Justice, which is one of the two offices."""
    return "sfj"


def delivered(_: TaskReport | None, day: date, said: Step) -> DeliverTaskReport:
    """综合执法局 tells in its plan of two tasks, of which one is done."""
    return DeliverTaskReport("collab", "plan-1", 1, said.get("reporter", "zhzf"), day, (1, 2), ("1",), "plans")


TASK_REPORTS = Book(
    chapter=domain.CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(domain.REGISTERED_BEFORE, *succeeding.REFUSALS),
    warnings=(*doubted.WARNINGS, *heirs.WARNINGS),
    modules=(succession,),
    actor=succeeding.by_justice(actor),
    by_suite={"deliver": delivered, "succeed": succeeding.ended(lambda case: case.delivered.reporter)},
    impossible=succeeding.IMPOSSIBLE,
    views={
        "报告机关": lambda case: case.delivered.reporter,
        "报告的任务": lambda case: list(case.delivered.reported),
        "签收": lambda case: [[each.office, each.holder, each.registered_on] for each in case.receipts],
    },
    among=True,
)
