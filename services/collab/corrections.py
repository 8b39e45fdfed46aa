"""第二章 协同执法 更正: what of its own acts may be corrected, and where the plan keeps it. Pure. The rest is every plan's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.collab import enclosing, reporting
from services.collab.plan import Collab
from shared.acts.corrections import Correctable, Original
from shared.acts.model import Context
from shared.acts.places import Place, fields_of, in_case, one_of, within
from shared.kernel.errors import Rows
from shared.plans import corrections as shared
from shared.plans.corrections import OFFICER, correcting, document
from shared.plans.plan import PARTICIPANT
from shared.plans.refusals_running import DATES_DISAGREE

_DECLINE: Place[Any] = one_of("declined")
_REASSIGNMENT: Place[Any] = within("declined", in_case("reassigned", "reassigned_on"), "decline")


def decline(plan: Collab, original: Original, command: Any, on: date) -> Collab | None:
    """The notice; the agency's part ended with its true date."""
    after: Collab | None = _DECLINE(plan, original, command, on)
    return after and shared.gone_from(after, (PARTICIPANT,), original.on, on, original.agency)


def reassignment(plan: Collab, original: Original, command: Any, on: date) -> Collab | None:
    """Why it was changed; the version it made is in force from its true date."""
    after: Collab | None = _REASSIGNMENT(plan, original, command, on)
    return after and shared.in_force_from(after, int(original.facts["version"]), on)


CORRECTABLE = (
    document("decline", decline, "law", "law_article", "law_text"),
    Correctable("question-decline", fields_of("question", *OFFICER),
                within("declined", one_of("questions"), "decline")),
    Correctable("answer-question", fields_of("says", *OFFICER), within("declined", one_of("answers"), "decline")),
    document("reassign", reassignment, "reason"),
    document("report", one_of("reports"), "says", "open_case"),
    document("add-closing-report", one_of("reports", "closing", "closing_on")),
)
ROWS: Mapping[str, Correctable] = {**shared.ROWS, **{row.act: row for row in CORRECTABLE}}


def holds(before: Collab, plan: Collab, context: Context) -> Rows:
    """What the report encloses is still what 13 asks for; and a closing report that follows has a case that is open."""
    yield from answered_in_order(plan)
    yield from enclosing.enclosed_rightly(before, plan, context)
    if plan.report is not None and plan.reports != before.reports:
        yield from ((told, refusal.at("new")) for told, refusal in reporting.names_a_case(plan.report.said))


def answered_in_order(plan: Collab) -> Rows:
    """A question follows the notice that it is about, an answer the question that it is to."""
    for declined in plan.declined:
        asked = [each.on for each in declined.questions]
        yield all(declined.on <= day for day in asked), DATES_DISAGREE
        yield all(day <= answer.on for day, answer in zip(asked, declined.answers, strict=False)), DATES_DISAGREE


correct = correcting(ROWS, holds)
