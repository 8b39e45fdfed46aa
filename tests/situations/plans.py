"""第二章、第三章: what the situations of collaborative and joint plans share: who acts, what is sent, how a plan comes so
far. A chapter's own builders and its book add the rest."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import ModuleType
from typing import Any

from shared.acts import succession
from shared.acts.materials import REFUSALS as OF_MATERIALS
from shared.acts.model import Act
from shared.acts.succession import ASSIGN
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE
from shared.plans import (
    amending,
    approving,
    corrections,
    deciding,
    drafting,
    ending,
    findings,
    measures,
    running,
)
from shared.plans.approving import SCAN
from shared.plans.commands import NoteHandOn, PresumeEnd
from shared.plans.findings import OWN, UNCLEAR
from shared.plans.parts import Content
from shared.plans.plan import LEAD, PARTICIPANT, Plan
from shared.plans.states import PRESENTED
from shared.plans.tasks import to_do
from tests.plans import bodies
from tests.plans.bodies import BY, SIGNED
from tests.situations import succeeding
from tests.situations.book import Builder, Sent, Step
from tests.situations.city import REGISTER

LEADING, FIRST, SECOND, RELATED = "zjj", "zhzf", "scjg", "jtj"
TASK_DAYS, PLAN_DAYS = 30, 180           # from the day the plan is written to its tasks' last days, and to its limit
MODULES: tuple[ModuleType, ...] = (drafting, approving, measures, running, ending, findings, deciding, amending,
                                   corrections, succession)
MATERIALS = OF_MATERIALS
STANDING = {JUSTICE: "sfj", GOVERNMENT_OFFICE: "zfb"}


def number(agency: str, word: str, day: date, count: int) -> str:
    return f"{REGISTER.agencies[agency].short}{word}〔{day.year}〕第{count}号"


def actor(act: Act, plan: Plan | None) -> str:
    """Who does an act unless the situation says: who is asked, where it answers; else the lead where it may; then a
    participant; then justice, then 市政府办公室."""
    if plan is None:
        return STANDING.get(min(act.by), LEADING)
    if act.name in ("present", "present-amendment"):
        return "sfj"
    if act.name in ASKED and (waiting := ASKED[act.name](plan)):
        return waiting[0]
    if LEAD in act.by:
        return plan.lead
    if PARTICIPANT in act.by:
        return next(iter(plan.parts_of(PARTICIPANT)), FIRST)
    return next(agency for part, agency in STANDING.items() if part in act.by)


def _unconfirmed(plan: Plan) -> tuple[str, ...]:
    """Of the last dispatch."""
    return tuple(each.agency for sent in plan.dispatches[-1:] for each in sent.said.agencies
                 if not sent.answered_by(each.agency))


def _with_tasks(plan: Plan) -> tuple[str, ...]:
    return tuple(each.agency for each in to_do(plan))


ASKED: Mapping[str, Callable[[Any], tuple[str, ...]]] = {
    "answer-consultation": drafting.unanswered, "confirm-dispatch": _unconfirmed, "report-task": _with_tasks}


# What is sent

def task(count: int, agency: str, day: date, days: int = TASK_DAYS) -> Sent:
    return {"number": count, "title": ("现场勘验", "维持秩序", "核查经营主体")[(count - 1) % 3], "says": "按分工完成",
            "agency": agency, "from_on": day.isoformat(), "due_on": (day + timedelta(days=days)).isoformat()}


def content(day: date) -> Sent:
    """A plan that lacks nothing: the lead and two participants, each with one task."""
    tasks = [task(count, agency, day) for count, agency in enumerate((LEADING, FIRST, SECOND), 1)]
    return bodies.content(day, lead=LEADING, participants=(FIRST, SECOND), days=PLAN_DAYS, tasks=tasks)


def consult(plan: Plan, day: date) -> Sent:
    return {"agencies": list(plan.content.agencies), "due_on": (day + timedelta(days=5)).isoformat(), **BY}


def submit(plan: Plan, day: date) -> Sent:
    return {"number": number(plan.lead, "报字", day, len(plan.submissions) + 1), **SIGNED}


def review(plan: Plan, day: date) -> Sent:
    return {**bodies.PLAIN["review"], "number": number("sfj", "审字", day, len(plan.reviews) + 1)}


def present(plan: Plan, day: date) -> Sent:
    return {**bodies.PLAIN["present"], "number": number("sfj", "呈字", day, len(plan.presentations) + 1)}


def paper(plan: Plan, day: date) -> Sent:
    """On the last scan that was added."""
    scan = max((each.number for each in plan.materials if each.said.kind == SCAN), default=0)
    return bodies.paper(scan, f"荣政办〔{day.year}〕第{9 + len(list(approving.papers(plan)))}号")


def approve(plan: Plan, day: date) -> Sent:
    return {"paper": paper(plan, day)}


def turned_down(plan: Plan, day: date) -> Sent:
    return {"paper": paper(plan, day), "reasons": "任务分工不清"}


def record_measure(_: Plan, day: date) -> Sent:
    return bodies.measure(day)


def add_related(_: Plan, day: date) -> Sent:
    return {"agency": RELATED, "reason": "沿街车辆乱停由其管理"}


def add_material(plan: Plan, day: date) -> Sent:
    """Of a plan, or a change of it, that is before the government the scan of its paper; else a record."""
    changing = plan.amendment
    scan = plan.state == PRESENTED or (changing is not None and changing.presented is not None)
    return {**bodies.material("市政府批示" if scan else "现场检查记录"), "kind": SCAN if scan else "site_record",
            "carrier": "electronic", "digest": "sha256:" + "a" * 64}


def dispatch(plan: Plan, day: date) -> Sent:
    return bodies.dispatch(day, plan.parts_of(PARTICIPANT))


def confirm_dispatch(plan: Plan, day: date) -> Sent:
    """The last one: who was named by the order comes."""
    return {"dispatch": max(len(plan.dispatches), 1), "comes": True, "officers": bodies.OFFICERS}


def report_task(plan: Plan, day: date) -> Sent:
    """The first task that is still open: done."""
    open_ = next((each.number for each in to_do(plan)), 1)
    return {"tasks": [{"task": open_, "done": True, "says": "已经完成"}], **BY}


def record_decision(plan: Plan, day: date) -> Sent:
    done = {"done": True, "on": day.isoformat()}
    rights = {**bodies.RIGHTS, "told": done, "heard": done, "remedies": done}
    return {**bodies.decision(f"荣住建罚字〔{day.year}〕第{len(plan.decisions) + 1}号"), "kind": "penalty", "fine": 50_000,
            "rights": rights}


def amend(plan: Plan, day: date) -> Sent:
    """The plan as it stands, the last task to be done in other words: a minor one by the rulebook."""
    whole, last = written(plan.content), max((each.number for each in to_do(plan)), default=0)
    tasks = [{**each, "says": each["says"] + "，逐处留下记录"} if each["number"] == last else each
             for each in whole["tasks"]]
    return {"content": {**whole, "tasks": tasks}, "reason": "处数增加", **SIGNED}


def written(now: Content) -> Sent:
    """What a plan holds, as it would be sent."""
    return {
        "title": now.title, "lead": now.lead, "situation": now.situation, "necessity": now.necessity,
        "respondents": [{"kind": each.kind, "name": each.name.value} for each in now.respondents],
        "tasks": [{"number": each.number, "title": each.title, "says": each.says, "agency": each.agency,
                   "from_on": each.from_on.isoformat(), "due_on": each.due_on.isoformat()} for each in now.tasks],
        "participants": [{"agency": each.agency, "duties": each.duties} for each in now.participants],
        "lead_duties": now.lead_duties, "time_limit": now.time_limit.isoformat() if now.time_limit else None,
        "funds": [{"purpose": each.purpose, "amount": each.amount, "source": each.source} for each in now.funds],
        "safeguards": now.safeguards,
        "contingency": {name: getattr(now.contingency, name) for name in ("events", "measures", "decides", "phone")}
        if now.contingency else None,
    }


def review_amendment(plan: Plan, day: date) -> Sent:
    return {**bodies.PLAIN["review-amendment"], "number": number("sfj", "变审字", day, len(plan.amendments) or 1)}


def present_amendment(plan: Plan, day: date) -> Sent:
    return {**bodies.PLAIN["present-amendment"], "number": number("sfj", "变呈字", day, len(plan.amendments) or 1)}


def decide_amendment(plan: Plan, day: date) -> Sent:
    return {"approved": True, "paper": paper(plan, day)}


def end(plan: Plan, day: date) -> Sent:
    """Of an end that was presumed the true day is said: that very day, unless the situation says."""
    presumed = plan.ending.on.isoformat() if plan.ending and plan.ending.presumed else ""
    return {**bodies.PLAIN["end"], **({"ended_on": presumed} if presumed else {})}


def correct(plan: Plan, day: date) -> Sent:
    """What is corrected, old and new are the step's to say."""
    return {"entry": "e", "field": "", "old": "", "new": "", "reason": "笔误",
            "number": number(plan.lead, "更字", day, len(plan.corrections) + 1), **SIGNED}


def settle_finding(plan: Plan, day: date) -> Sent:
    """The first of which nobody has said yet whose it is."""
    first = next((each.number for each in plan.findings if each.said.remit == UNCLEAR and each.open), 1)
    return {**bodies.PLAIN["settle-finding"], "finding": first}


def _plain(act: str) -> Builder:
    return lambda plan, day: dict(bodies.PLAIN[act])


BUILDERS: Mapping[str, Builder] = {
    ASSIGN: succeeding.assign,
    "consult": consult, "submit": submit, "review": review, "present": present, "approve": approve,
    "return-plan": turned_down, "reject": turned_down, "record-interim-measure": record_measure,
    "add-related": add_related, "add-material": add_material, "dispatch": dispatch,
    "confirm-dispatch": confirm_dispatch, "report-task": report_task, "record-decision": record_decision,
    "amend": amend, "review-amendment": review_amendment, "present-amendment": present_amendment,
    "decide-amendment": decide_amendment, "settle-finding": settle_finding, "end": end, "correct": correct,
    **{act: _plain(act) for act in ("answer-consultation", "withdraw", "record-continuation", "start", "suspend",
                                    "resume", "terminate", "record-finding")},
}


# How a plan comes so far, from the act that opens it

SCANNED: Step = {"act": "add-material", "by": "市政府办公室"}
APPROVING: tuple[str | Step, ...] = ("submit", "review", "present", SCANNED, "approve")
FOUND_UNCLEAR: Step = {"act": "record-finding", "with": {"职责归属": "尚不明确"}, "without": ["有管辖权的部门"]}
TURNED_DOWN: tuple[str | Step, ...] = APPROVING[:4]
MAJOR: tuple[str | Step, ...] = ("amend", "review-amendment", "present-amendment", SCANNED, "decide-amendment")


def paths(*opening: str, ends: tuple[str, ...],
          begins: tuple[str | Step, ...] = ("start",)) -> dict[str, tuple[str | Step, ...]]:
    """`given: {after: …}` for the acts that every plan has. `opening`: the acts from nothing to a plan that is written
    whole; `begins`: those from its approval to its start; `ends`: those from a running plan to its end."""
    approved = (*opening, *APPROVING)
    started = (*approved, *begins)
    ended = (*started, *ends)
    return {
        **{str(act): approved[:count] for count, act in enumerate(approved, 1) if isinstance(act, str)},
        "scan": (*opening, *TURNED_DOWN),
        "consult": (*opening, "consult"), "answer-consultation": (*opening, "consult", "answer-consultation"),
        "return-plan": (*opening, *TURNED_DOWN, "return-plan"), "reject": (*opening, *TURNED_DOWN, "reject"),
        "withdraw": (*opening, "withdraw"),
        "start": started, "dispatch": (*started, "dispatch"),
        "confirm-dispatch": (*started, "dispatch", "confirm-dispatch"),
        "report-task": (*started, "report-task"), "record-decision": (*started, "record-decision"),
        "record-finding": (*started, "record-finding"), "unclear": (*started, {**FOUND_UNCLEAR, "by": "综合执法局"}),
        "own-unclear": (*started, FOUND_UNCLEAR),
        "suspend": (*started, "suspend"),
        "resume": (*started, "suspend", "resume"), "terminate": (*started, "terminate"),
        **{str(act): (*started, *MAJOR[:count]) for count, act in enumerate(MAJOR, 1) if isinstance(act, str)},
        "end": ended,
    }


# What the suite does

def presumption(plan: Plan | None, day: date, looked_up: Step) -> PresumeEnd:
    return PresumeEnd("d-1")


def handed_on(plan: Plan | None, day: date, looked_up: Step) -> NoteHandOn:
    """The finder told the agency of the first finding that is to be handed on, or of what the situation says."""
    found = next((each for each in (plan.findings if plan else ()) if each.said.remit != OWN and not each.handed_on),
                 None)
    first = {"finding": found.number, "by": found.agency} if found else {"finding": 1, "by": LEADING}
    said: dict[str, Any] = {**first, "case": "t-1", "announced_on": day, **looked_up}
    return NoteHandOn(**said)


BY_SUITE = {"presume-end": presumption, "note-hand-on": handed_on,
            "succeed": succeeding.ended(lambda plan: plan.lead)}
UPLOADS = frozenset({"add-material"})
