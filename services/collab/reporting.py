"""第十三条 执法情况报告: with the enforcement documents and the closing report, filed with justice. Pure."""

from dataclasses import replace

from services.collab import refusals as no
from services.collab.commands import AddClosingReport, Report
from services.collab.plan import Collab, Reported
from shared.acts.filings import NoteFilingReturn
from shared.acts.model import Context, Outcome
from shared.acts.signing import signed
from shared.contracts.register import JUSTICE
from shared.errors import Rows, demand
from shared.numbers.shape import BAD_OWN_NUMBER, numbered
from shared.plans.facts import done
from shared.plans.states import ENDED, REPORTED

REPORTED_WHOLE, DELIVERED = "reported", "report_delivered"
CLOSING_REPORT = "closing_report"                     # of the material kinds


def report(plan: Collab, command: Report, context: Context) -> Outcome[Collab]:
    """One report, filed in the same act. Where a case is still open its closing report may follow (a setting, a
    question for justice): the clock then runs until it is there."""
    demand(
        (numbered(command.number), BAD_OWN_NUMBER),
        (command.says, no.NO_REPORT_TEXT),
        *_enclosed(plan, command, context),
        *signed(command.officer, command.leader),
    )
    whole = bool(command.closing_report)
    reported = replace(plan, reports=(*plan.reports, Reported(command, context.happened_on)))
    return done(reported, context, {**_filed(reported, context), "number": command.number},
                state=REPORTED if whole else ENDED, event=REPORTED_WHOLE if whole else DELIVERED)


def _enclosed(plan: Collab, command: Report, context: Context) -> Rows:
    """执法文书 and 结案报告. An action that was broken off may have left no document."""
    may_follow = context.rulebook.settings.get("closing_report_may_follow", True)
    broken_off = plan.ending is not None and plan.ending.terminated is not None
    yield command.documents or broken_off, no.NO_DOCUMENTS
    yield plan.has(command.documents), no.UNKNOWN_ENCLOSURE
    yield from _documents(plan, command, context)
    yield plan.has(command.closing_report), no.UNKNOWN_ENCLOSURE.at("closing_report")
    yield plan.encloses(CLOSING_REPORT, command.closing_report), no.NOT_CLOSING_REPORT
    if not command.closing_report:
        yield command.open_case or not may_follow, no.NO_CLOSING_REPORT
        yield may_follow, no.NO_LATER_CLOSING


def _documents(plan: Collab, command: Report, context: Context) -> Rows:
    """Each is of a kind that counts as 执法文书 (a setting, a question for justice)."""
    wanted = context.rulebook.settings.get("enforcement_documents", ())
    titles = context.rulebook.codes.get("material_kinds", {})
    kinds = {each.number: each.said.kind for each in plan.materials}
    other = no.NOT_ENFORCEMENT_DOCUMENT
    for at, number in enumerate(command.documents):
        if number in kinds:
            yield kinds[number] in wanted, other.at(f"documents.{at}").filled(
                material=number, kinds="、".join(titles.get(each, each) for each in wanted), codes=", ".join(wanted))


def add_closing_report(plan: Collab, command: AddClosingReport, context: Context) -> Outcome[Collab]:
    standing = plan.report
    assert standing is not None
    demand(
        (numbered(command.number), BAD_OWN_NUMBER),
        (command.closing_report and plan.has(command.closing_report), no.NO_CLOSING_REPORT),
        (plan.encloses(CLOSING_REPORT, command.closing_report), no.NOT_CLOSING_REPORT),
        *signed(command.officer, command.leader),
    )
    added = plan.with_report(replace(standing, closing=command, closing_on=context.happened_on))
    return done(added, context, {**_filed(added, context), "number": command.number})


def note_filing_return(plan: Collab, command: NoteFilingReturn, context: Context) -> Outcome[Collab]:
    """The report must be made again, and its clock counts from the return."""
    demand((command.report == len(plan.reports), no.EARLIER_REPORT))
    returned = replace(plan, returns=(*plan.returns, command))
    return done(returned, context, {"filing": command.filing, "returned_on": command.returned_on,
                                    "report": command.report})


def _filed(plan: Collab, context: Context) -> dict[str, object]:
    """Which report of the plan, of an action that ended when, and with whom it is filed."""
    ended_on = plan.ending.on if plan.ending else None
    return {"report": len(plan.reports), "ended_on": ended_on,
            "filed_with": sorted(context.register.standing_agencies(JUSTICE))}
