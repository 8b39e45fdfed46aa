"""第二十九条 双向督查: the ladder of supervision (提醒, 催办, 督办单, 通报), its explanations and its end (销号). Pure.

市政府办公室 (政务督查) or justice (工作督查) issues the first step about what an agency has let pass, and sees what the
other does. A step is taken once, none is skipped, the next follows when the answer is late, was no help, or its
explanation was not accepted. Nothing is issued while the case is disputed but about the ruling itself, or about a
breach that was withdrawn; after 销号 a ladder begins anew about what is owed still and not excused.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from services.oversight.supervision.domain.case import (
    AFTER_CLOSING,
    ALREADY_EXCUSED,
    ANSWER_BY_FAR,
    ANSWER_BY_PAST,
    ANSWERED,
    BREACH_WITHDRAWN,
    CASE_DISPUTED,
    CLOSED,
    CLOSED_OWED,
    DONE_IN_FUTURE,
    EXCUSED,
    EXPLAINED,
    ISSUED,
    ISSUER,
    LADDER_ENDED,
    LEADER_ISSUES,
    NO_ANSWER,
    NO_DEADLINES,
    NO_DEMAND,
    NO_EXPLANATION,
    NO_NUMBER,
    NO_REASON,
    NO_RESULT,
    NOT_EXPIRED,
    NOTHING_OWED,
    NUMBER_USED,
    OTHERS_DEADLINE,
    OWN_DEADLINE,
    OWN_LADDER,
    REJECTED,
    STATES,
    STEP_SKIPPED,
    STEP_TAKEN,
    STILL_OWED,
    TARGET,
    UNKNOWN_EXCUSE,
    UNKNOWN_KIND,
    UNKNOWN_TARGET,
    Answer,
    Close,
    Explain,
    Found,
    Issue,
    Judge,
    Step,
    StepUp,
    Supervision,
    about,
    facts,
    issued_facts,
)
from shared.acts.codes import in_words, listed
from shared.acts.furthest import long_ago, near
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Rank, Viewer, coded
from shared.acts.standing import absent
from shared.acts.succession import ASSIGN, SUCCEED, SUCCEEDED, Handing, leaving, rows
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.kernel.errors import Refusal, Rows, demand
from shared.numbers.doubted import doubts
from shared.rulebook.model import Rulebook

LADDER, BY_LEADER, DAYS = "supervision_ladder", "supervision_by_leader", "supervision_answer_days"
CLOSES_OWED = "supervision_closes_owed"     # a setting: whether an answer is enough for 销号
OWN_CLOCK = "oversight.supervision"     # to answer a step in time: what follows from it is the next step
DISPUTED = "transfer.disputed"          # 24: what it starts is owed by who rules, and no dispute holds that up
# Filings tell other facts under the plain names of these events.
HANDED_OVER = {SUCCEED: "supervision_succeeded", ASSIGN: "supervision_successor_assigned"}


# The ladder as the rulebook has it

def ladder(rulebook: Rulebook) -> tuple[str, ...]:
    """The kinds, from the mildest on."""
    return tuple(rulebook.setting(LADDER))


def next_kind(taken: Collection[str], rulebook: Rulebook) -> str:
    """The next step where those of these kinds were taken; empty: there is none."""
    return next((kind for kind in ladder(rulebook) if kind not in taken), "")


def answer_days(kind: str, rulebook: Rulebook) -> int:
    """Working days in which a step of the kind is to be answered, unless its document says otherwise; of a kind that is
    on no ladder, which nobody issues, none."""
    return int(rulebook.setting(DAYS).get(kind, 0))


def of_dispute(rulebook: Rulebook) -> frozenset[str]:
    """The clocks of a dispute itself (24): they run because of it."""
    return frozenset(name for name, clock in rulebook.clocks.items() if DISPUTED in clock.starts)


def _title(kind: str, context: Context) -> str:
    return context.rulebook.list_of("supervision_kinds").get(kind, kind)


# What is issued

def issue(_: None, command: Issue, context: Context) -> Outcome[Supervision]:
    """The first step, about what the target has let pass: it owes it still, or it was done or called off late and the
    target may say why."""
    refs, found = tuple(dict.fromkeys(command.deadlines)), command.found
    asked = [each for each in found.breaches if each.ref in refs]
    demand(
        *_signed(command, context),
        (command.target != context.viewer.agency, OWN_DEADLINE),
        about((ref for ref in refs if found.taken.get(ref) == CLOSED and ref not in found.owed), found, AFTER_CLOSING),
        about((ref for ref in refs if found.taken.get(ref) == EXCUSED), found, ALREADY_EXCUSED),
        *_not_taken(refs, found),
        about((each.ref for each in asked if each.clock == OWN_CLOCK), found, OWN_LADDER),
        *_owed(refs, found, found.to_explain, context),
        *_on_ladder(command, None, context),
        (refs, NO_DEADLINES),
        (context.register.exists(command.target, context.happened_on),
         absent(context, command.target, UNKNOWN_TARGET.filled(agency=command.target))),
        about((each.ref for each in asked if each.bound != command.target), found, OTHERS_DEADLINE),
        *_written(command, context),
    )
    own, day = context.viewer.agency, context.happened_on
    parties = (Party(ISSUER, own, day), Party(TARGET, command.target, day))
    case = Supervision(ISSUED, parties, tuple(asked), (_step(command, context),))
    return Outcome(case, issued_facts(case), warnings=tuple(doubts(command.number, day.year)))


def step_up(case: Supervision, command: StepUp, context: Context) -> Outcome[Supervision]:
    """The next step of the same ladder, as long as something of it is owed still."""
    found = command.found
    demand(
        *_signed(command, context),
        *against_next(case, found, context),
        (command.kind not in case.kinds, STEP_TAKEN.filled(steps=_title(command.kind, context))),
        *_on_ladder(command, case, context),
        *_written(command, context),
    )
    after = replace(case, steps=(*case.steps, _step(command, context)))
    return Outcome(after, issued_facts(after), warnings=tuple(doubts(command.number, context.happened_on.year)))


def against_next(case: Supervision, found: Found, context: Context) -> Rows:
    """What stands against the next step, whatever it says."""
    yield case.holder(TARGET) != context.viewer.agency, OWN_DEADLINE
    yield from _owed(case.refs, found, found.owed, context, some=True)


def _step(command: Issue | StepUp, context: Context) -> Step:
    return Step(command.kind, command.number, command.says, context.happened_on,
                command.answer_by or context.happened_on, context.viewer.agency)


def _signed(command: Issue | StepUp, context: Context) -> Rows:
    by_leader = command.kind in context.rulebook.setting(BY_LEADER)
    yield (not by_leader or context.viewer.rank >= Rank.LEADER,
           LEADER_ISSUES.filled(kind=_title(command.kind, context)))
    yield not by_leader or command.number, NO_NUMBER
    yield not command.used, NUMBER_USED.filled(number=command.number)


def _not_taken(refs: tuple[str, ...], found: Found) -> Rows:
    """Whichever office took it: a step is taken once."""
    taken = (ref for ref in refs if found.taken.get(ref, CLOSED) not in (CLOSED, EXCUSED))
    yield about(taken, found, STEP_TAKEN, "steps")


def _owed(refs: tuple[str, ...], found: Found, these: frozenset[str], context: Context, some: bool = False) -> Rows:
    """Of what was withdrawn or waits for a ruling it is said so; the rest is among `these`. `some`: one is enough."""
    owed, gone = {*refs} & these, {*refs} & {*found.withdrawn}
    enough = some and owed
    clocks = of_dispute(context.rulebook)
    rulings = {each.ref for each in found.breaches if each.clock in clocks}
    yield about(() if enough else gone, found, BREACH_WITHDRAWN)
    yield about(({*found.disputed} - rulings) & (owed if enough else {*refs}), found, CASE_DISPUTED)
    yield about(() if enough else {*refs} - owed - gone, found, NOTHING_OWED)


def _on_ladder(command: Issue | StepUp, case: Supervision | None, context: Context) -> Rows:
    taken = case.kinds if case else ()
    kinds, next_ = ladder(context.rulebook), next_kind(taken, context.rulebook)
    unknown = UNKNOWN_KIND.filled(kind=command.kind, **in_words(
        {each: _title(each, context) for each in kinds if coded(context, "supervision_kinds", each)}))
    yield command.kind in kinds and coded(context, "supervision_kinds", command.kind), unknown
    later = command.kind in kinds and command.kind not in taken and command.kind != next_
    yield not later, STEP_SKIPPED.filled(next=_title(next_, context))


def _written(command: Issue | StepUp, context: Context) -> Rows:
    unknown = command.answer_by is None and command.kind not in ladder(context.rulebook)      # it is said of the kind
    yield unknown or (command.answer_by and command.answer_by > context.happened_on), ANSWER_BY_PAST
    if command.answer_by:
        yield near(command.answer_by, context.happened_on, context.rulebook, ANSWER_BY_FAR)
    yield command.says, NO_DEMAND


def answer_is_due(case: Supervision, context: Context) -> Iterable[Refusal]:
    """A step that may be answered still is waited for."""
    if case.state == ISSUED and context.happened_on <= case.step.answer_by:
        yield NOT_EXPIRED.filled(until=case.step.answer_by)


def has_next_step(case: Supervision, context: Context) -> Iterable[Refusal]:
    if not next_kind(case.kinds, context.rulebook):
        yield LADDER_ENDED


# What comes of it

def answer(case: Supervision, command: Answer, context: Context) -> Outcome[Supervision]:
    """The answer to a step; it is a report on a task too (29), which both offices get. A day of doing that is still to
    come is refused, one long past warned of."""
    day = context.happened_on
    demand((command.says, NO_ANSWER), (command.done_on is None or command.done_on <= day, DONE_IN_FUTURE))
    after = case.with_step(answer=command, answered_on=day)
    return Outcome(after, {**facts(after), "reporter": context.viewer.agency},
                   warnings=tuple(long_ago(command.done_on, day, context.rulebook, "done_on", "办结日期")))


def explain(case: Supervision, command: Explain, context: Context) -> Outcome[Supervision]:
    demand(listed(context, "excuses", command.ground, UNKNOWN_EXCUSE), (command.reason, NO_EXPLANATION))
    after = case.with_step(explanation=command, explained_on=context.happened_on)
    return Outcome(after, {**facts(after), "ground": command.ground})


def accept(case: Supervision, command: Judge, context: Context) -> Outcome[Supervision]:
    """The delay is excused: nobody counts it against the agency any more."""
    after = case.with_step(judged=command, judged_on=context.happened_on)
    return Outcome(after, facts(after))


def reject(case: Supervision, command: Judge, context: Context) -> Outcome[Supervision]:
    demand((command.reason, NO_REASON))
    after = case.with_step(judged=command, judged_on=context.happened_on)
    return Outcome(after, facts(after))


def close(case: Supervision, command: Close, context: Context) -> Outcome[Supervision]:
    """销号 by its issuer. What is owed still and was not answered is not closed; whether an answer is enough the
    rulebook says, and the officer is told that it is owed."""
    demand(*against_closing(case, command.found, context), (command.result, NO_RESULT))
    after = replace(case, result=command.result, closed_on=context.happened_on)
    none, warning = about({*case.refs} & command.found.owed, command.found, CLOSED_OWED)
    return Outcome(after, facts(after), warnings=() if none else (warning,))


def against_closing(case: Supervision, found: Found, context: Context) -> Rows:
    """What stands against 销号, whatever it says."""
    answered = case.state == ANSWERED and context.rulebook.setting(CLOSES_OWED)
    yield about(() if answered or case.state == EXCUSED else {*case.refs} & found.owed, found, STILL_OWED)


def hand_over(case: Supervision, handing: Handing, _: Context) -> Outcome[Supervision]:
    """What was issued and answered stays as it was; who owes the answer, or closes it, is its party."""
    return Outcome(case, {**facts(case), **handing.facts})


def told(before: Supervision | None, after: Supervision, event: str, context: Context) -> frozenset[str]:
    """Who is supervised, or goes on in its place, and both offices: each hears what the other does."""
    parties = frozenset(each.agency for each in after.parties if each.until is None)
    gone = leaving(before, after, SUCCEEDED) if event in HANDED_OVER.values() else frozenset()
    return parties | gone | context.register.standing_agencies(JUSTICE, GOVERNMENT_OFFICE)


def seen(case: Supervision, _: Viewer, __: Register) -> Supervision:
    """All of it, by everyone who may see it."""
    return case


BOTH = frozenset({JUSTICE, GOVERNMENT_OFFICE})
ACTS = (
    Act("issue", "发出督查文书", "29", by=BOTH, opens=True, to=(ISSUED,), event="supervision_issued", command=Issue,
        decide=issue),
    Act("step-up", "再发督查文书", "29", by=frozenset({ISSUER}), states=frozenset({ISSUED, ANSWERED, REJECTED}), to=(ISSUED,),
        guards=(has_next_step, answer_is_due), event="supervision_issued", command=StepUp, decide=step_up),
    Act("answer", "答复督查", "29", by=frozenset({TARGET}), states=frozenset({ISSUED, REJECTED}), to=(ANSWERED,),
        event="supervision_answered", command=Answer, decide=answer),
    Act("explain", "延误说明", "29", by=frozenset({TARGET}), states=frozenset({ISSUED}), to=(EXPLAINED,),
        event="delay_explained", command=Explain, decide=explain),
    Act("accept-explanation", "采纳延误说明", "internal", by=frozenset({ISSUER}), states=frozenset({EXPLAINED}),
        to=(EXCUSED,), event="explanation_accepted", command=Judge, decide=accept),
    Act("reject-explanation", "不采纳延误说明", "internal", by=frozenset({ISSUER}), states=frozenset({EXPLAINED}),
        to=(REJECTED,), event="explanation_rejected", command=Judge, decide=reject),
    Act("close", "销号", "29", by=frozenset({ISSUER}), states=frozenset({ISSUED, ANSWERED, REJECTED, EXCUSED}),
        to=(CLOSED,), event="supervision_closed", command=Close, decide=close),
    *(replace(act, event=HANDED_OVER[act.name]) for act in rows(STATES, hand_over,
                                                               single=frozenset({TARGET, ISSUER}))),
)
CHAPTER = Chapter("oversight", "督查", "supervision", ACTS, STATES, frozenset({CLOSED}), Supervision, told, seen)
