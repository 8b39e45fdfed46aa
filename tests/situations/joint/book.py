"""第三章 联合执法 as its situations play it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.joint import corrections, drafting, ending, ordering, reporting
from services.joint.domain import CHAPTER
from services.joint.plan import EVALUATED, Joint
from services.joint.refusals import REFUSALS, WARNINGS
from services.joint.schemas import SCHEMAS
from shared.acts import heirs
from shared.acts.model import Act
from tests.situations import plans, succeeding
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
    "生效日期": lambda plan: [each.effective_on for each in plan.versions],
    "评价": lambda plan: names(each.agency for each in plan.report.evaluations) if plan.report else [],
    "执法总结": lambda plan: plan.report.result if plan.report else "",
    "对评价提出意见的部门": lambda plan: names(each.agency for each in plan.remarks),
    "处理决定": lambda plan: [each.said.number for each in plan.decisions],
    "调度": lambda plan: [each.number for each in plan.dispatches],
}
OVERTAKEN = "a version comes of an amendment alone, one open at a time, or of a succession, which moves that one on"
OF_OTHER_GROUNDS = "an arrangement is the ground of 15(二) alone: the facts of the others are not asked for"
IMPOSSIBLE: Mapping[tuple[str, str], str] = {
    ("submit", "UNKNOWN_LEAD"): "a lead that exists no more acts no more: the kernel refuses it first",
    ("correct", "former"): "nobody has the part: `besides` says who has left, and a situation of 更正 shows it",
    ("remark", "WRONG_STATE"): "the part of one evaluated begins with the report, and a plan that is reported stays so",
    **{(act, "AMENDMENT_OVERTAKEN"): OVERTAKEN for act in ("review-amendment", "decide-amendment")},
    **{("assign", code): OF_OTHER_GROUNDS for code in (
        "TOO_FEW_COMPETENT", "COMPETENT_UNKNOWN", "COMPETENT_TWICE", "COMPETENT_NOT_IN_PLAN", "COMPETENT_WITHOUT_BASIS",
        "TOO_FEW_CANDIDATES", "CANDIDATE_UNKNOWN", "NOT_SAID_WHY_UNDETERMINED", "NO_GROUND_REASON")},
}
JOINT = Book(
    chapter=CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(*REFUSALS, *plans.MATERIALS, *succeeding.REFUSALS),
    warnings=(*WARNINGS, *heirs.WARNINGS),
    modules=(*plans.MODULES, drafting, ordering, ending, reporting),
    actor=succeeding.by_justice(actor),
    correctable=corrections.ROWS,
    by_suite=plans.BY_SUITE,
    impossible={**IMPOSSIBLE, **succeeding.IMPOSSIBLE},
    uploads=plans.UPLOADS,
    views=VIEWS,
)
