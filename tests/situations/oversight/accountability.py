"""第三十一条 问责线索 as its situations play it: what is sent by default, and the book. Its folder has the path's name, which no
module can have."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.oversight.accountability import domain
from services.oversight.accountability.domain import NO_DISCIPLINE, REPORTER, Accountability
from services.oversight.accountability.schemas import SCHEMAS
from shared.acts import heirs, succession
from shared.acts.model import Act
from shared.acts.succession import ASSIGN, Succeed
from shared.numbers import doubted
from tests.situations import succeeding
from tests.situations.book import Book, Sent, Step

PLAN = "collab/01955984-0000-7000-8000-000000000001"


def enter(_: None, __: date) -> Sent:
    """住建局 has let a task lie; of a plan the situation says which, and who leads it."""
    return {"situations": ["31-5"], "agency": "zjj", "facts": "两次调度均未确认、未到场"}


def set_aside(_: Accountability | None, __: date) -> Sent:
    return {"reason": "调度当日平台故障，已另行电话确认"}


BUILDERS: Mapping[str, Callable[[Any, date], Sent]] = {
    "enter": enter, "set-aside": set_aside,
    "report": lambda _, __: {"number": "荣综执问〔2025〕1号"}, "sign-receipt": lambda _, __: {"number": "荣纪收〔2025〕7号"},
    "record-result": lambda _, __: {"says": "已对相关责任人批评教育"},
    ASSIGN: succeeding.assign,
}
BY_LEAD: Mapping[str, Any] = {"act": "enter", "by": "综合执法局", "with": {"所涉方案": PLAN}, "looked_up": {"lead": "zhzf"}}
PATHS: Mapping[str, tuple[str | Mapping[str, Any], ...]] = {
    "enter": (BY_LEAD,), "report": (BY_LEAD, "report"), "sign-receipt": (BY_LEAD, "report", "sign-receipt"),
    "record-result": (BY_LEAD, "report", "sign-receipt", "record-result"),
    "set-aside": (BY_LEAD, "set-aside"),
}


def actor(act: Act, case: Accountability | None) -> str:
    """Who reports; of what discipline does, discipline; who opens one is justice, where the situation says nothing."""
    if act.by == frozenset({REPORTER}):
        return next(iter(case.having(REPORTER)), "sfj") if case else "sfj"
    return "jw"


def succeed(case: Accountability | None, day: date, said: Step) -> Succeed:
    """The reporter ended the day before."""
    told: Succeed = succeeding.ended(lambda each: next(iter(each.having(REPORTER)), "zhzf"))(case, day, said)
    return replace(told, former=told.former or "zhzf")


ACCOUNTABILITY = Book(
    chapter=domain.CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    # the register of the situations has its discipline inspection: that there is none a test of the domain shows
    refusals=(*(each for each in domain.REFUSALS if each is not NO_DISCIPLINE), *succeeding.REFUSALS),
    warnings=(*doubted.WARNINGS, *heirs.WARNINGS),
    modules=(domain, succession),
    actor=succeeding.by_justice(actor),
    by_suite={"succeed": succeed},
    impossible={**succeeding.IMPOSSIBLE,
                ("report", NO_DISCIPLINE.code): "the register of the situations has its discipline inspection"},
    views={
        "涉及机关": lambda case: case.agency, "情形": lambda case: list(case.situations), "事实": lambda case: case.facts,
        "报告": lambda case: case.number, "签收": lambda case: case.receipt, "结果": lambda case: case.result,
        "不采纳的理由": lambda case: case.reason,
        "证据": lambda case: [[each.service, each.position, each.digest] for each in case.evidence],
        "收件机关": lambda case: list(case.having("office")),
    },
    among=True,
)
