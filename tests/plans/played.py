"""A running action with a record of every kind by every agency: what a former party may see is told apart in it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from shared.acts.corrections import Corrected
from shared.acts.rights import Right, Rights
from shared.contracts.personal import Personal
from shared.kernel.clock import CITY_ZONE
from shared.plans import commands as said
from shared.plans.parts import Content, Handed, Ordered, Participant, Place
from shared.plans.plan import LEAD as LEADS
from shared.plans.plan import (
    PARTICIPANT,
    AgencyDecision,
    Amendment,
    Confirmation,
    Dispatched,
    Finding,
    Measure,
    Plan,
    TaskReport,
    Version,
)
from shared.plans.states import RUNNING
from tests.plans.written import (
    DAY,
    FIRST,
    LEAD,
    LEADER,
    OFFICER,
    SECOND,
    STRANGER,
    approved,
    content,
    material,
    plan,
    submitted,
)

START, BEFORE, GONE, AFTER = (DAY + timedelta(days=days) for days in (1, 5, 10, 15))
NOT_APPLICABLE = Right(False, reason="不适用")
AGENCIES = (LEAD, FIRST, SECOND)


def mark(agency: str, on: date, what: str) -> str:
    """A word that tells which record it stands in, whose it is and when it was made."""
    return f"{what}/{agency}/{on:%d}/"


def running() -> Plan:
    """The action under way, nothing done yet."""
    start = said.Start(mark(LEAD, START, "start"), OFFICER)
    return replace(approved(submitted(plan())), state=RUNNING, started=start, started_on=START)


def worked(before: Plan, on: date, agencies: tuple[str, ...] = AGENCIES) -> Plan:
    """The action after a day on which everybody did everything."""
    after = before
    for agency in agencies:
        after = _recorded(after, agency, on)
    order = said.Dispatch(mark(LEAD, on, "order"), Place(datetime(2025, 7, 1, 8, tzinfo=CITY_ZONE), "路口", OFFICER),
                          tuple(Ordered(each, (), mark(each, on, "ordered")) for each in agencies if each != LEAD),
                          OFFICER)
    confirmed = tuple(Confirmation(each, said.ConfirmDispatch(1, True, (), mark(each, on, "confirmed")), on)
                      for each in agencies if each != LEAD)
    dispatched = Dispatched(len(after.dispatches) + 1, order, on, after.version.number, confirmed)
    return replace(after, dispatches=(*after.dispatches, dispatched))


def _recorded(before: Plan, agency: str, on: date) -> Plan:
    version, number = before.version.number, len(before.task_reports) + 1
    respondent = content().respondents[0]
    rights = Rights(*[NOT_APPLICABLE] * 4)
    measure = said.RecordMeasure(mark(agency, on, "measure"), "", on, (OFFICER,), "")
    report = said.ReportTask((said.TaskDone(2, False, mark(agency, on, "report")),), (), OFFICER)
    decision = said.RecordDecision("penalty", mark(agency, on, "decision"), "other", respondent, 1, rights, OFFICER,
                                   LEADER)
    finding = said.RecordFinding("other", mark(agency, on, "finding"), "own", OFFICER)
    corrected = Corrected("e", mark(agency, on, "correction"), "f", Personal(""), Personal(""), "", agency, on)
    paper = material(len(before.materials) + 1, by=agency)
    named = replace(paper, said=replace(paper.said, name=mark(agency, on, "material")))
    return replace(
        before,
        measures=(*before.measures, Measure(agency, measure, on, version)),
        task_reports=(*before.task_reports, TaskReport(number, agency, report, on, version)),
        decisions=(*before.decisions, AgencyDecision(number, agency, decision, on, version)),
        findings=(*before.findings, Finding(number, agency, finding, on, version)),
        corrections=(*before.corrections, corrected), materials=(*before.materials, named))


def amended(before: Plan, written: Content, on: date) -> Plan:
    """The action under a new version; who is not in it any more leaves first."""
    day = before.without_party(PARTICIPANT, set(before.content.agencies) - set(written.agencies), on)
    if written.lead != before.lead:
        day = day.without_party(LEADS, [before.lead], on).with_party(LEADS, [written.lead], on)
    present = replace(before.version, effective_until=on)
    after = replace(day, versions=(*before.versions[:-1], present,
                                   Version(present.number + 1, written, on, act="amend")))
    return after.with_party(PARTICIPANT, written.agencies, on)


def replaced() -> Plan:
    """FIRST is replaced by STRANGER on GONE; everybody worked before and after."""
    written = content(participants=(Participant(STRANGER, mark(STRANGER, GONE, "duties")), Participant(SECOND, "核查")),
                      tasks=())
    return worked(amended(worked(running(), BEFORE), written, GONE), AFTER, (LEAD, STRANGER, SECOND))


def led_by_another() -> Plan:
    """SECOND leads from GONE on; the former lead is out of the plan."""
    before = worked(running(), BEFORE)
    written = content(lead=SECOND, participants=(Participant(FIRST, mark(FIRST, GONE, "duties")),), tasks=())
    handed = (Handed("案卷", "case_file", 1),)
    proposal = said.Amend(written, mark(LEAD, BEFORE, "amendment"), False, OFFICER, LEADER, handed)
    proposed = replace(before, amendments=(Amendment(2, proposal, LEAD, BEFORE, "amended"),))
    return worked(amended(proposed, written, GONE), AFTER, (SECOND, FIRST))
