"""第三章 联合执法 as its situations play it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.joint import corrections, drafting, ending, ordering, reporting
from services.joint.domain import CHAPTER
from services.joint.plan import EVALUATED, Joint
from services.joint.refusals import REFUSALS, WARNINGS
from services.joint.schemas import SCHEMAS
from shared.acts.model import Act
from tests.situations import plans
from tests.situations.book import Book
from tests.situations.city import REGISTER
from tests.situations.joint.builders import BUILDERS, PATHS


def actor(act: Act, plan: Joint | None) -> str:
    """As in every plan; of those evaluated the first that has not remarked."""
    if plan is not None and act.by == {EVALUATED}:
        remarked = {each.agency for each in plan.remarks}
        return next((each for each in plan.parts_of(EVALUATED) if each not in remarked), plans.FIRST)
    return plans.actor(act, plan)


def names(agencies: Iterable[str]) -> list[str]:
    return [REGISTER.agencies[agency].name for agency in agencies]


VIEWS: Mapping[str, Callable[[Joint], Any]] = {
    "版本": lambda plan: [each.number for each in plan.versions],
    "评价": lambda plan: names(each.agency for each in plan.report.evaluations) if plan.report else [],
    "执法总结": lambda plan: plan.report.result if plan.report else "",
    "对评价提出意见的部门": lambda plan: names(each.agency for each in plan.remarks),
    "处理决定": lambda plan: [each.said.number for each in plan.decisions],
    "调度": lambda plan: [each.number for each in plan.dispatches],
}
JOINT = Book(
    chapter=CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(*REFUSALS, *plans.MATERIALS),
    warnings=WARNINGS,
    modules=(*plans.MODULES, drafting, ordering, ending, reporting),
    actor=actor,
    correctable=corrections.ROWS,
    by_suite=plans.BY_SUITE,
    uploads=plans.UPLOADS,
    views=VIEWS,
)
