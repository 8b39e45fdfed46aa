"""第二章 协同执法 as its situations play it."""

from datetime import date

from services.collab import corrections, declining, drafting, reporting
from services.collab.commands import NoteFilingReturn
from services.collab.domain import CHAPTER
from services.collab.plan import Collab
from services.collab.refusals import REFUSALS, WARNINGS
from services.collab.schemas import SCHEMAS
from tests.situations import plans
from tests.situations.book import Book, Step
from tests.situations.collab.builders import BUILDERS, PATHS


def filing_return(plan: Collab | None, day: date, looked_up: Step) -> NoteFilingReturn:
    return NoteFilingReturn("f-1", day, looked_up.get("report", len(plan.reports) if plan else 0))


COLLAB = Book(
    chapter=CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(*REFUSALS, *plans.MATERIALS),
    warnings=WARNINGS,
    modules=(*plans.MODULES, drafting, declining, reporting),
    actor=plans.actor,
    correctable=corrections.ROWS,
    by_suite={**plans.BY_SUITE, "note-filing-return": filing_return},
    uploads=plans.UPLOADS,
)
