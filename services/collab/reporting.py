"""第十三条 执法情况报告: with the enforcement documents and the closing report, filed with justice. Pure."""

import re
from dataclasses import replace

from services.collab import enclosing
from services.collab import refusals as no
from services.collab.commands import AddClosingReport, Report
from services.collab.plan import Collab, Reported
from shared.acts.filings import NoteFilingReturn
from shared.acts.model import Context, Outcome
from shared.acts.signing import signed
from shared.contracts.register import JUSTICE
from shared.kernel.errors import Rows, demand
from shared.numbers.shape import BAD_OWN_NUMBER, numbered
from shared.plans.facts import done
from shared.plans.states import ENDED, REPORTED

REPORTED_WHOLE, DELIVERED = "reported", "report_delivered"
# What an officer writes where no case is open: a whole text of these words names none.
NONE_OPEN = re.compile(r"(暂|均|目前|现|尚)*(无|没有|不存在)(任何|其他)*(未|尚未|没有)?(结|办结|了结)?(的)?(案件|案)?"
                       r"|不适用|否|已(经)?(全部|均|都)?(办结|结案|审结)|none|no|n/?a|nil", re.I)
NOTHING_SAID = re.compile(r"[\W_]+")                    # blanks and marks around words


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
    may_follow = context.rulebook.setting("closing_report_may_follow")
    broken_off = plan.ending is not None and plan.ending.terminated is not None
    yield command.documents or broken_off, no.NO_DOCUMENTS
    yield plan.has(command.documents), no.UNKNOWN_ENCLOSURE
    yield from enclosing.documents(plan, command.documents, context)
    yield plan.has(command.closing_report), no.UNKNOWN_ENCLOSURE.at("closing_report")
    yield from enclosing.closing_report(plan, command.closing_report, context)
    if not command.closing_report:
        yield command.open_case or not may_follow, no.NO_CLOSING_REPORT
        yield from names_a_case(command)
        yield may_follow, no.NO_LATER_CLOSING


def names_a_case(command: Report) -> Rows:
    """Where the closing report follows, which case is open is said: that none is, is no reason for it to follow."""
    said = NOTHING_SAID.sub("", command.open_case)
    yield not command.open_case or (said and not NONE_OPEN.fullmatch(said)), no.NO_CASE_OPEN


def add_closing_report(plan: Collab, command: AddClosingReport, context: Context) -> Outcome[Collab]:
    standing = plan.report
    assert standing is not None
    demand(
        (numbered(command.number), BAD_OWN_NUMBER),
        (command.closing_report and plan.has(command.closing_report), no.NO_CLOSING_REPORT),
        *enclosing.closing_report(plan, command.closing_report, context),
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
