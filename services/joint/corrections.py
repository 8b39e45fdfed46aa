"""第三章 联合执法 更正: what of its own acts may be corrected, and where the plan keeps it. Pure. The rest is every plan's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.joint.drafting import by_meeting_or_head
from services.joint.plan import EVALUATED, Joint
from services.joint.refusals import NOT_SUMMARY_REPORT, REPLY_DECIDES_NOTHING
from services.joint.reporting import SUMMARY
from shared.acts.corrections import Correctable, Original
from shared.acts.model import Context
from shared.acts.places import Place, fields_of, in_case, one_of
from shared.kernel.errors import Rows
from shared.plans import corrections as shared
from shared.plans.approving import MEETING_OR_HEAD, papers
from shared.plans.corrections import OFFICER, correcting, document
from shared.plans.plan import LEAD
from shared.plans.refusals import OTHER_PAPER
from shared.plans.refusals_running import DATES_DISAGREE

_REPORT: Place[Any] = in_case("report", "reported_on")


def order(part: str) -> Place[Joint]:
    """The order that opened the plan; the agency it names has led from its true date."""
    put_in: Place[Any] = in_case(part, "ordered_on")

    def put(plan: Joint, original: Original, command: Any, on: date) -> Joint | None:
        after: Joint | None = put_in(plan, original, command, on)
        return after and replace(shared.since(after, LEAD, original.on, on), opened_on=on)
    return put


def report(plan: Joint, original: Original, command: Any, on: date) -> Joint | None:
    """Those who were evaluated may remark on it from its true date."""
    after: Joint | None = _REPORT(plan, original, command, on)
    return after and shared.since(after, EVALUATED, original.on, on)


CORRECTABLE = (
    Correctable("assign", fields_of("document", "ordered_by", "field_or_area", *OFFICER), order("assigned")),
    Correctable("decide-directly", fields_of("number", "decided_by", *OFFICER, kind="government_papers"),
                order("directed")),
    Correctable("propose-end", fields_of("says", *OFFICER), one_of("end_proposals")),
    document("report", report, "result", "effect"),
    Correctable("remark", fields_of("says", *OFFICER), one_of("remarks")),
)
ROWS: Mapping[str, Correctable] = {**shared.ROWS, **{row.act: row for row in CORRECTABLE}}


def holds(before: Joint, plan: Joint, _: Context) -> Rows:
    """A remark follows the report that it is on, and what was enclosed as the report still is one. 17: what a meeting
    or the head of the government decides stands on their papers, said rightly or set right."""
    if by_meeting_or_head(plan):
        for paper in papers(plan):
            yield paper.kind in MEETING_OR_HEAD, replace(OTHER_PAPER, article="17", where="new")
    yield all(plan.reported_on is None or plan.reported_on <= each.on for each in plan.remarks), DATES_DISAGREE
    if plan.report is not None and plan.materials != before.materials:
        yield plan.encloses(SUMMARY, plan.report.materials), NOT_SUMMARY_REPORT.at("new")
    yield plan.directed is None or plan.directed.kind in MEETING_OR_HEAD, REPLY_DECIDES_NOTHING.at("new")


correct = correcting(ROWS, holds)
