"""第二十九条 任务落实情况: a task report is the dual report, and each office signs for it by itself. Pure.

An agency writes it once, in its plan; it is delivered to 市政府办公室 and justice with that act, and the agency is done.
To register it is each office's own duty: what one has registered the other still owes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shared.acts.model import Act, Chapter, Context, Outcome, Party, Viewer
from shared.acts.succession import ASSIGN, SUCCEED, SUCCEEDED, Handing, leaving, rows
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, SUITE, Register
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal
from shared.numbers.doubted import doubts

DELIVERED, PARTLY_REGISTERED, REGISTERED = "delivered", "partly_registered", "registered"
STATES = {DELIVERED: "待签收", PARTLY_REGISTERED: "一家已签收", REGISTERED: "两家均已签收"}
REPORTER, OFFICE = "reporter", "office"
# Filings tell other facts under the plain names of these events.
HANDED_OVER = {SUCCEED: "task_report_succeeded", ASSIGN: "task_report_successor_assigned"}

REGISTERED_BEFORE = Refusal("REGISTERED_BEFORE", "本机关已于{on}签收，不再签收。",
                            "Your agency registered it on {on} already.", "29", 409)


@dataclass(frozen=True, slots=True)
class DeliverTaskReport:
    """What the suite heard: an agency has reported on its tasks."""

    service: str                        # whose case it is of: collab, joint, oversight
    case: str                           # the plan, supervision or conference
    report: int                         # which task report of it, from 1
    reporter: str                       # agency
    delivered_on: date                  # true date of the report
    reported: tuple[int, ...]           # numbers of the tasks that it tells of
    tasks: tuple[str, ...] = ()         # those of them that are done
    collection: str = ""                # where the case is: plans, supervision, conferences; empty: it was not told yet


@dataclass(frozen=True, slots=True)
class RegisterTaskReport:
    """签收 by one office, on the act's true date."""

    number: str = ""                    # 收文号 of that office, where it gives one


@dataclass(frozen=True, slots=True)
class Receipt:
    """One office's own duty. `office`: to whom it was delivered; `holder`: who has the duty now."""

    office: str
    holder: str
    registered_on: date | None = None
    number: str = ""

    def awaits(self, agency: str) -> bool:
        return self.holder == agency and self.registered_on is None


@dataclass(frozen=True, slots=True)
class TaskReport:
    """A task report as both offices have it. Its words stand in the plan, which both read; here is who has it."""

    state: str
    parties: tuple[Party, ...]
    delivered: DeliverTaskReport
    receipts: tuple[Receipt, ...]

    def moved(self, state: str) -> "TaskReport":
        return replace(self, state=state)

    @property
    def awaited(self) -> tuple[str, ...]:
        """Who still has to register it."""
        return tuple(each.holder for each in self.receipts if each.registered_on is None)


def not_registered_before(case: TaskReport, context: Context) -> Iterable[Refusal]:
    """Each office registers once; what the other does is no matter to it."""
    own = context.viewer.agency
    days = [each.registered_on for each in case.receipts if each.holder == own and each.registered_on]
    if days and not any(each.awaits(own) for each in case.receipts):
        yield REGISTERED_BEFORE.filled(on=max(days))


def deliver(_: None, command: DeliverTaskReport, context: Context) -> Outcome[TaskReport]:
    """29: both offices (`dual_report_to`) have it the same second; a clock begins for each of them."""
    today, day = day_of(context.now), command.delivered_on
    both = sorted(context.register.standing_agencies(*context.rulebook.setting("dual_report_to")))
    offices = [each for each in both if context.register.exists(each, today)]
    parties = (Party(REPORTER, command.reporter, day), *(Party(OFFICE, each, day) for each in offices))
    case = TaskReport(DELIVERED, parties, command, tuple(Receipt(each, each) for each in offices))
    return Outcome(case, {**_facts(case), OFFICE: [{"item": each, "bound": each} for each in offices]})


def register(case: TaskReport, command: RegisterTaskReport, context: Context) -> Outcome[TaskReport]:
    """签收 of all that the agency has the duty for: one that succeeded the other office registers for both."""
    own, day = context.viewer.agency, context.happened_on
    receipts = tuple(replace(each, registered_on=day, number=command.number) if each.awaits(own) else each
                     for each in case.receipts)
    after = replace(case, receipts=receipts)
    items = [each.office for each in case.receipts if each.awaits(own)]
    return Outcome(after, {**_facts(after), OFFICE: items}, state=PARTLY_REGISTERED if after.awaited else REGISTERED,
                   warnings=tuple(doubts(command.number, day.year)))


def hand_over(case: TaskReport, handing: Handing, _: Context) -> Outcome[TaskReport]:
    """Who reported stays as it was delivered; an office's duty goes on with its heir."""
    receipts = case.receipts
    if handing.heir:
        receipts = tuple(replace(each, holder=handing.heir) if each.holder == handing.former else each
                         for each in receipts)
    after = replace(case, receipts=receipts)
    return Outcome(after, {**_facts(after), **handing.facts})


def _facts(case: TaskReport) -> dict[str, Any]:
    """What every event of a task report tells: which report of which case, of whom, about which tasks."""
    said = case.delivered
    return {"chapter": said.service, "collection": said.collection, "case": said.case, "report": said.report,
            "reporter": said.reporter, "delivered_on": said.delivered_on, "reported": list(said.reported),
            "tasks": list(said.tasks), "awaited": list(case.awaited)}


def told(before: TaskReport | None, after: TaskReport, event: str, context: Context) -> frozenset[str]:
    """Who reported, or goes on in its place, justice and the government office."""
    parties = frozenset(each.agency for each in after.parties if each.until is None)
    gone = leaving(before, after, SUCCEEDED) if event in HANDED_OVER.values() else frozenset()
    return parties | gone | context.register.standing_agencies(JUSTICE, GOVERNMENT_OFFICE)


def seen(case: TaskReport, _: Viewer, __: Register) -> TaskReport:
    """All of it, by everyone who may see it."""
    return case


ACTS = (
    Act("deliver", "报送任务落实情况", "29", by=frozenset({SUITE}), opens=True, to=(DELIVERED,),
        event="task_report_delivered", command=DeliverTaskReport, decide=deliver),
    Act("register", "签收任务落实情况", "29", by=frozenset({OFFICE}), states=frozenset({DELIVERED, PARTLY_REGISTERED}),
        to=(PARTLY_REGISTERED, REGISTERED), guards=(not_registered_before,), event="task_report_registered",
        command=RegisterTaskReport, decide=register),
    *(replace(act, event=HANDED_OVER[act.name]) for act in rows(STATES, hand_over)),
)
CHAPTER = Chapter(
    "oversight", "任务落实情况", "task-reports", ACTS, STATES,
    frozenset({REGISTERED}), TaskReport, told, seen)
