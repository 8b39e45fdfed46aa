"""第二十九条 督查 as its situations play it: 司法局 supervises 住建局, which has let the letter of a transfer be overdue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.oversight.supervision.domain import acts
from services.oversight.supervision.domain import case as supervision_case
from services.oversight.supervision.domain.case import CLOSED_OWED, ISSUER, TARGET, Breach, Issue, Supervision
from services.oversight.supervision.schemas import SCHEMAS
from shared.acts import heirs, succession
from shared.acts.corrections import Original
from shared.acts.furthest import LONG_AGO
from shared.acts.model import Act
from shared.acts.succession import ASSIGN
from shared.numbers import doubted
from tests.situations import succeeding
from tests.situations.book import Book, Sent
from tests.situations.city import rulebook

# A deadline's id begins with who is bound, here; of `none` there is no breach; a `-ruling` is that of a dispute.
OWED = "transfer/zjj-1"
TARGETS = ("answer", "explain")
SIGNED = {"act": "step-up", "rank": "机关负责人"}


def issue(_: Supervision | None, day: date) -> Sent:
    return {"kind": "reminder", "target": "zjj", "deadlines": [OWED], "says": "请在三日内发出移送函并书面答复",
            "number": "荣司督〔2025〕1号", "answer_by": (day + timedelta(days=3)).isoformat()}


def step_up(case: Supervision, day: date) -> Sent:
    sent = issue(None, day)
    del sent["target"], sent["deadlines"]
    return {**sent, "kind": acts.next_kind(case.kinds, rulebook()) or "circular"}


BUILDERS: Mapping[str, Callable[[Any, date], Sent]] = {
    "issue": issue, "step-up": step_up,
    "answer": lambda _, day: {"says": "移送函今日已经发出", "done_on": day.isoformat()},
    "explain": lambda _, __: {"ground": "appraisal", "reason": "检测报告昨日才收到"},
    "accept-explanation": lambda _, __: {}, "reject-explanation": lambda _, __: {"reason": "检测不影响发函"},
    "close": lambda _, __: {"result": "移送函已经发出"}, ASSIGN: succeeding.assign,
}
PATHS: Mapping[str, tuple[str | Mapping[str, Any], ...]] = {
    "issue": ("issue",), "answer": ("issue", "answer"), "explain": ("issue", "explain"),
    "accept": ("issue", "explain", "accept-explanation"), "reject": ("issue", "explain", "reject-explanation"),
    "close": ("issue", "answer", "close"), "urged": ("issue", "answer", "step-up"),
    "circulated": ("issue", "answer", "step-up", "answer", SIGNED, "answer", SIGNED),
}


def actor(act: Act, case: Supervision | None) -> str:
    """Justice issues; who is supervised answers."""
    return "sfj" if case is None else case.holder(TARGET if act.name in TARGETS else ISSUER)


def breach(ref: str) -> Breach:
    service, _, deadline = ref.partition("/")
    ruling = "transfer.ruling" if deadline.endswith("-ruling") else "transfer.letter"
    clock = acts.OWN_CLOCK if service == "oversight" else ruling
    return Breach(service, deadline, 1, "case-1", clock, deadline.partition("-")[0], "通报后三个工作日内发出移送函",
                  date(2025, 6, 6), "epoch", 7, "event", "sha256:" + "0" * 64)


def looked_up(command: Any, said: Sequence[Original]) -> Any:
    """What the board holds of the deadlines: all are breached, but of those that are named so there is nothing."""
    first = said[0].command if said else command
    assert isinstance(first, Issue)
    breaches = tuple(breach(ref) for ref in first.deadlines if "/none" not in ref)
    return replace(command, found=replace(command.found, breaches=breaches))


def target_of(case: Supervision) -> str:
    return case.holder(TARGET)


SUPERVISION = Book(
    chapter=acts.CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(*(each for each in supervision_case.REFUSALS if each is not CLOSED_OWED), *succeeding.REFUSALS),
    warnings=(CLOSED_OWED, LONG_AGO, *doubted.WARNINGS, *heirs.WARNINGS),
    modules=(acts, succession),
    actor=succeeding.by_justice(actor),
    by_suite={"succeed": succeeding.ended(target_of)},
    looked_up=dict.fromkeys(("issue", "step-up", "close"), looked_up),
    impossible=succeeding.IMPOSSIBLE,
    views={
        "被督查机关": target_of,
        "督查机关": lambda case: case.holder(ISSUER),
        "各步": lambda case: [each.kind for each in case.steps],
        "逾期记录": lambda case: [[each.ref, each.position, each.digest[:9]] for each in case.breaches],
    },
    among=True,
)
