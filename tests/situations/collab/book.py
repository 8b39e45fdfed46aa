"""第二章 协同执法 as its situations play it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from services.collab import corrections, declining, drafting, reporting
from services.collab.domain import CHAPTER
from services.collab.plan import Collab
from services.collab.refusals import REFUSALS, WARNINGS
from services.collab.responsibility import WORDS, responsibility
from services.collab.schemas import SCHEMAS
from shared.acts import heirs
from shared.acts.filings import NoteFilingReturn
from shared.acts.model import Act
from tests.situations import plans, succeeding
from tests.situations.book import Book, Step
from tests.situations.city import REGISTER
from tests.situations.collab.builders import BUILDERS, PATHS


def actor(act: Act, plan: Collab | None) -> str:
    """As in every plan; who was asked why it declined answers."""
    if act.name == "answer-question" and plan is not None and plan.declined:
        return plan.declined[-1].agency
    return plans.actor(act, plan)


def filing_return(plan: Collab | None, day: date, looked_up: Step) -> NoteFilingReturn:
    return NoteFilingReturn("f-1", day, looked_up.get("report", len(plan.reports) if plan else 0))


TEN_ITEMS = "a plan of chapter 2 needs no such item: article 18 is of chapter 3"
ITS_PAPER = "article 9 leaves open which paper the government approves by: 17's meeting or head is chapter 3's"
IMPOSSIBLE = {
    ("submit", "UNKNOWN_LEAD"): "a lead that exists no more acts no more: the kernel refuses it first",
    ("correct", "former"): "nobody has the part: `besides` says who has left, and a situation of 更正 shows it",
    ("answer-question", "WRONG_STATE"): "who is asked has declined, and a plan once submitted is no draft again",
    **{(act, code): TEN_ITEMS for act in ("submit", "amend")
       for code in ("NO_DUTIES", "NO_FUNDS", "NO_SAFEGUARDS", "NO_CONTINGENCY")},
    **{(act, "OTHER_PAPER"): ITS_PAPER for act in ("approve", "return-plan", "reject", "decide-amendment")},
    ("collab.task", "collab.participation_declined"): "the decline ends the tasks of who declines, and starts none",
    ("record-decision", "ONE_ACT_PERHAPS"): "one act under several norms is article 14's, of chapter 3",
}

POWERS = {"": "", "supervise": "监管", "punish": "处罚"}


def answering(plan: Collab) -> list[str]:
    """第十条: who answers for what, by the register of the day it was opened."""
    return [f"{REGISTER.agencies[each.agency].name if each.agency else '市政府'}：{WORDS[each.kind][0]}{POWERS[each.power]}"
            for each in responsibility(plan, REGISTER, plan.opened_on)]


VIEWS: Mapping[str, Callable[[Collab], Any]] = {
    "责任": answering,
    "版本": lambda plan: [each.number for each in plan.versions],
    "处理决定": lambda plan: [each.said.number for each in plan.decisions],
    "答复": lambda plan: [each.said.says for one in plan.declined for each in one.answers],
    "不能协同": lambda plan: [REGISTER.agencies[each.agency].name for each in plan.declined],
    "执法情况报告": lambda plan: [each.said.says for each in plan.reports],
}

COLLAB = Book(
    chapter=CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(*REFUSALS, *plans.MATERIALS, *succeeding.REFUSALS),
    warnings=(*WARNINGS, *heirs.WARNINGS),
    modules=(*plans.MODULES, drafting, declining, reporting),
    actor=succeeding.by_justice(actor),
    correctable=corrections.ROWS,
    by_suite={**plans.BY_SUITE, "note-filing-return": filing_return},
    impossible={**IMPOSSIBLE, **succeeding.IMPOSSIBLE},
    uploads=plans.UPLOADS,
    views=VIEWS,
)
