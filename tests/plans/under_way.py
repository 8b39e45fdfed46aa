"""An approved plan and what is done under it: what the tests of carrying out and amending start from."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from shared.acts.model import THE_SUITE, Context
from shared.acts.persons import Respondent
from shared.acts.rights import Right, Rights
from shared.contracts.personal import Personal
from shared.plans import amending, deciding, ending, findings, materials, running
from shared.plans.commands import (
    Amend,
    Dispatch,
    End,
    PresentAmendment,
    PresumeEnd,
    RecordDecision,
    RecordFinding,
    ReportTask,
    ReviewAmendment,
    Start,
    Suspend,
    TaskDone,
    Terminate,
)
from shared.plans.parts import Content, Ordered, Place
from shared.plans.plan import PARTICIPANT, Plan
from shared.plans.states import ENDED, RUNNING, SUSPENDED
from tests.plans.written import (
    BOOK,
    DAY,
    FIRST,
    JUSTICE,
    LEADER,
    LIMIT,
    OFFICE,
    OFFICER,
    OTHER,
    SECOND,
    approved,
    context,
    plan,
    scan,
    submitted,
)
from tests.situations.city import noon

DUE = date(2025, 7, 31)                 # of the lead's task; the other runs until LIMIT
LATER = date(2025, 6, 20)
ITEMS = BOOK.items["joint.plan"]
GRANTED = Right(True, DAY)
RIGHTS = Rights(GRANTED, GRANTED, Right(False, None, "未达听证标准"), GRANTED)
SHOP = Respondent("organisation", Personal("示例商贸有限公司"), Personal("91371082MA3D0X0X0X"))
DISPATCH = Dispatch("到场清理", Place(datetime.combine(DAY + timedelta(days=1), noon(DAY).timetz()), "滨海路", OFFICER),
                    (Ordered(FIRST, (OFFICER, OTHER)), Ordered(SECOND, (OFFICER, OTHER))), OFFICER)


def suite(on: date) -> Context:
    return Context(noon(on), on, noon(on), BOOK, context().register, THE_SUITE)


def ready(**other: Any) -> Plan:
    """Approved, not started."""
    return approved(submitted(plan(**other)))


def started(before: Plan | None = None, on: date = DAY) -> Plan:
    return running.start(before or ready(), Start("启动会", OFFICER), context(on=on)).case.moved(RUNNING)


def dispatched(before: Plan | None = None, on: date = DAY, **other: Any) -> Plan:
    return running.dispatch(before or started(), replace(DISPATCH, **other), context(on=on)).case


def reported(before: Plan, agency: str, *tasks: int, done: bool = True, on: date = LATER) -> Plan:
    return running.report_task(before, report(*tasks, done=done), context(agency, on)).case


def report(*tasks: int, done: bool = True) -> ReportTask:
    return ReportTask(tuple(TaskDone(task, done, "已落实") for task in tasks), (), OFFICER)


def declined(before: Plan, agency: str, on: date = LATER) -> Plan:
    """As an agency leaves a plan that still names it."""
    return before.without_party(PARTICIPANT, [agency], on)


def suspended(before: Plan | None = None, on: date = LATER) -> Plan:
    return running.suspend(before or started(), Suspend("台风", OFFICER, LEADER), context(on=on)).case.moved(SUSPENDED)


def ended(before: Plan | None = None, on: date = LATER) -> Plan:
    return ending.end(before or started(), End("清理完毕", OFFICER), context(on=on)).case.moved(ENDED)


def terminated(before: Plan | None = None, on: date = LATER) -> Plan:
    said = Terminate("上级另有安排", OFFICER, LEADER)
    return ending.terminate(before or started(), said, context(on=on)).case.moved(ENDED)


def presumed(before: Plan | None = None, on: date = LIMIT + timedelta(days=8)) -> Plan:
    return ending.presume_end(before or started(), PresumeEnd("d1"), suite(on)).case.moved(ENDED)


def decision(**other: Any) -> RecordDecision:
    whole = RecordDecision("penalty", "荣综执罚字〔2025〕第7号", "illegal_building", SHOP, 500_000, RIGHTS, OFFICER, LEADER)
    return replace(whole, **other)


def decided(before: Plan, agency: str, on: date = LATER, **other: Any) -> Plan:
    return deciding.record_decision(before, decision(**other), context(agency, on)).case


def found(before: Plan, agency: str, on: date = LATER, **other: Any) -> Plan:
    return findings.record_finding(before, finding(**other), context(agency, on)).case


def finding(**other: Any) -> RecordFinding:
    return replace(RecordFinding("food_safety", "后厨不洁", "other", OFFICER, agency="jtj"), **other)


def amendment(content: Content, **other: Any) -> Amend:
    whole = Amend(content, "情况变化", minor=False, officer=OFFICER, leader=LEADER)
    return replace(whole, **other)


def proposed(before: Plan, content: Content, on: date = LATER, **other: Any) -> Plan:
    return amending.amend(before, amendment(content, **other), context(on=on), items=ITEMS).case


def passed(before: Plan, on: date = LATER, *, passed: bool = True) -> Any:
    said = ReviewAmendment(passed, "荣司协变审字〔2025〕第1号", "同意", OFFICER, LEADER)
    return amending.review(before, said, context(JUSTICE, on))


def put_forward(before: Plan, on: date = LATER) -> Plan:
    said = PresentAmendment("荣司协变呈字〔2025〕第1号", "市政府常务会", OFFICER, LEADER)
    presented = amending.present(before, said, context(JUSTICE, on)).case
    return materials.add_material(presented, scan(), context(OFFICE, on)).case
