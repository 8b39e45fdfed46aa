"""第二十九条 双向督查: the ladder of supervision (提醒, 催办, 督办单, 通报), its explanations and its end (销号). Pure.

市政府办公室 (政务督查) or justice (工作督查) issues the first step about what an agency has let pass, and sees what the
other does. A step is taken once, none is skipped, the next follows when the answer is late, was no help, or its
explanation was not accepted. Nothing is issued while the case is disputed but about the ruling itself, or about a
breach that was withdrawn; after 销号 a ladder begins anew about what is owed still and not excused.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import timedelta

from services.oversight.supervision_case import (
    ANSWERED,
    CLOSED,
    EXCUSED,
    EXPLAINED,
    ISSUED,
    ISSUER,
    REJECTED,
    STATES,
    TARGET,
    Answer,
    Close,
    Explain,
    Found,
    Issue,
    Judge,
    Step,
    StepUp,
    Supervision,
    facts,
    issued_facts,
)
from shared.acts.codes import listed
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Rank, Viewer
from shared.acts.standing import absent
from shared.acts.succession import ASSIGN, SUCCEED, SUCCEEDED, Handing, leaving, rows
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.errors import Refusal, Rows, demand
from shared.rulebook.model import Rulebook

LADDER, BY_LEADER, DAYS = "supervision_ladder", "supervision_by_leader", "supervision_answer_days"
SLIP_DAYS = 366         # a later day to answer by is a slip of the pen, which would hold the ladder up until then
CLOSES_OWED = "supervision_closes_owed"     # a setting: whether an answer is enough for 销号
OWN_CLOCK = "oversight.supervision"     # to answer a step in time: what follows from it is the next step
DISPUTED = "transfer.disputed"          # 24: what it starts is owed by who rules, and no dispute holds that up
# Filings tell other facts under the plain names of these events.
HANDED_OVER = {SUCCEED: "supervision_succeeded", ASSIGN: "supervision_successor_assigned"}

LEADER_ISSUES = Refusal("LEADER_ISSUES", "「{kind}」应当由机关负责人签发。", "A leader issues a document of this kind ({kind}).",
                        "internal", 403, "kind")
NO_DEADLINES = Refusal("NO_DEADLINES", "应当指明所督查的逾期期限。", "Name the deadlines that were let pass.", "29",
                       where="deadlines")
NOTHING_OWED = Refusal("NOTHING_OWED", "所指的期限没有逾期未办的，不能督查：{refs}。",
                       "Nothing is owed and overdue there: {refs}.", "29", 409, "deadlines")
BREACH_WITHDRAWN = Refusal("BREACH_WITHDRAWN", "逾期记录已因补录或者更正撤回，不再督查：{refs}。",
                           "The breach was withdrawn by a correction: {refs}.", "29", 409, "deadlines")
CASE_DISPUTED = Refusal("CASE_DISPUTED", "案件正在争议协调，除明确意见本身逾期的以外，协调期间不发督查文书：{refs}。",
                        "The case is disputed; meanwhile nothing is issued but about the ruling itself: {refs}.", "24",
                        409, "deadlines")
OTHERS_DEADLINE = Refusal("OTHERS_DEADLINE", "所指的期限不由该机关承担：{refs}。", "That agency is not bound there: {refs}.",
                          "29", where="deadlines")
UNKNOWN_TARGET = Refusal("UNKNOWN_TARGET", "被督查机关「{agency}」不是名录中存续的机关。",
                         "The target {agency} is no agency of the register that exists.", "29", where="target")
OWN_DEADLINE = Refusal("OWN_DEADLINE", "不得督查本机关；由另一家督查机关督查。",
                       "An office does not supervise itself: the other one does.", "29", 409, "target")
OWN_LADDER = Refusal("OWN_LADDER", "督查文书逾期未答复的，在原督查中再发下一步：{refs}。",
                     "Where a step was not answered, the next one follows in the same supervision: {refs}.", "internal",
                     409, "deadlines")
UNKNOWN_KIND = Refusal("UNKNOWN_KIND", "督查文书种类不在督查的次序中。", "That kind is no step of the ladder.", "internal",
                       where="kind")
STEP_TAKEN = Refusal("STEP_TAKEN", "这一步已经发出，不得重复：{steps}。", "That step was taken already: {steps}.", "internal",
                     409, "kind")
STEP_SKIPPED = Refusal("STEP_SKIPPED", "不得越过次序，下一步应当是「{next}」。", "No step is skipped; the next is {next}.",
                       "internal", 409, "kind")
AFTER_CLOSING = Refusal("AFTER_CLOSING", "已经销号，也已经办理，不再督查：{refs}。",
                        "Its supervision is closed and nothing is owed any more: {refs}.", "internal", 409, "deadlines")
ALREADY_EXCUSED = Refusal("ALREADY_EXCUSED", "延误说明已经采纳，不再督查：{refs}。", "The delay is excused: {refs}.", "internal",
                          409, "deadlines")
NOT_EXPIRED = Refusal("NOT_EXPIRED", "答复期限至{until}，期满未答复的才能再发。",
                      "It may be answered until {until}; the next step follows after that day.", "internal", 409,
                      "answer_by")
LADDER_ENDED = Refusal("LADDER_ENDED", "督查的各步都已发出，没有下一步。", "Every step of the ladder was taken.", "internal", 409)
NO_NUMBER = Refusal("NO_SUPERVISION_NUMBER", "由机关负责人签发的督查文书应当有文号。",
                    "A document that a leader issues bears a number.", "internal", where="number")
ANSWER_BY_PAST = Refusal("ANSWER_BY_PAST", "答复期限应当在发文日之后。", "The day to answer by comes after the day of issue.",
                         "internal", where="answer_by")
ANSWER_BY_FAR = Refusal("ANSWER_BY_FAR", "答复期限不得晚于发文日之后{most}日，请核对年份。",
                        "The day to answer by is within {most} days after the day of issue: look at its year.",
                        "internal", where="answer_by")
NO_DEMAND = Refusal("NO_DEMAND", "应当写明督查的要求。", "Say what is asked.", "29", where="says")
NO_ANSWER = Refusal("NO_ANSWER", "答复应当写明落实情况。", "An answer says how it was carried out.", "29", where="says")
UNKNOWN_EXCUSE = Refusal("UNKNOWN_EXCUSE", "延误事由不在编码表中。", "That ground is not coded.", "internal", where="ground")
NO_EXPLANATION = Refusal("NO_EXPLANATION", "延误说明应当写明理由。", "An explanation needs its reason.", "internal",
                         where="reason")
NO_REASON = Refusal("NO_JUDGEMENT_REASON", "不采纳延误说明应当说明理由。", "Not to accept needs its reason.", "internal",
                    where="reason")
NO_RESULT = Refusal("NO_CLOSING_RESULT", "销号应当写明结果。", "Closing says what came of it.", "internal", where="result")
STILL_OWED = Refusal("STILL_OWED", "仍逾期未办，没有答复或者答复以后仍未办理，不能销号：{refs}。",
                     "It is owed still, and no answer is enough to close it: {refs}.", "29", 409, "deadlines")
CLOSED_OWED = Refusal("CLOSED_OWED", "销号时仍逾期未办：{refs}。期限总览照常显示；没有采纳延误说明的，可以重新督查。",
                      "Closed though it is owed still: {refs}. The board goes on showing it; where its delay is not "
                      "excused it may be supervised anew.", "29", 200, "deadlines")


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


def _named(refs: Iterable[str], refusal: Refusal) -> tuple[bool, Refusal]:
    """A row for `demand` that holds where there are none of these."""
    found = sorted(refs)
    return not found, refusal.filled(refs="、".join(found))


# What is issued

def issue(_: None, command: Issue, context: Context) -> Outcome[Supervision]:
    """The first step, about what the target has let pass: it owes it still, or it was done or called off late and the
    target may say why."""
    refs, found = tuple(dict.fromkeys(command.deadlines)), command.found
    asked = [each for each in found.breaches if each.ref in refs]
    demand(
        *_signed(command, context),
        (command.target != context.viewer.agency, OWN_DEADLINE),
        _named((ref for ref in refs if found.taken.get(ref) == CLOSED and ref not in found.owed), AFTER_CLOSING),
        _named((ref for ref in refs if found.taken.get(ref) == EXCUSED), ALREADY_EXCUSED),
        *_not_taken(refs, found),
        _named((each.ref for each in asked if each.clock == OWN_CLOCK), OWN_LADDER),
        *_owed(refs, found, found.to_explain, context),
        *_on_ladder(command, None, context),
        (refs, NO_DEADLINES),
        (context.register.exists(command.target, context.happened_on),
         absent(context, command.target, UNKNOWN_TARGET.filled(agency=command.target))),
        _named((each.ref for each in asked if each.bound != command.target), OTHERS_DEADLINE),
        *_written(command, context),
    )
    own, day = context.viewer.agency, context.happened_on
    parties = (Party(ISSUER, own, day), Party(TARGET, command.target, day))
    case = Supervision(ISSUED, parties, tuple(asked), (_step(command, context),))
    return Outcome(case, issued_facts(case))


def step_up(case: Supervision, command: StepUp, context: Context) -> Outcome[Supervision]:
    """The next step of the same ladder, as long as something of it is owed still."""
    found = command.found
    demand(
        *_signed(command, context),
        (case.holder(TARGET) != context.viewer.agency, OWN_DEADLINE),
        (command.kind not in case.kinds, STEP_TAKEN.filled(steps=_title(command.kind, context))),
        *_owed(case.refs, found, found.owed, context, some=True),
        *_on_ladder(command, case, context),
        *_written(command, context),
    )
    after = replace(case, steps=(*case.steps, _step(command, context)))
    return Outcome(after, issued_facts(after))


def _step(command: Issue | StepUp, context: Context) -> Step:
    return Step(command.kind, command.number, command.says, context.happened_on,
                command.answer_by or context.happened_on, context.viewer.agency)


def _signed(command: Issue | StepUp, context: Context) -> Rows:
    by_leader = command.kind in context.rulebook.setting(BY_LEADER)
    yield (not by_leader or context.viewer.rank >= Rank.LEADER,
           LEADER_ISSUES.filled(kind=_title(command.kind, context)))
    yield not by_leader or command.number, NO_NUMBER


def _not_taken(refs: tuple[str, ...], found: Found) -> Rows:
    """Whichever office took it: a step is taken once."""
    taken = sorted(ref for ref in refs if found.taken.get(ref, CLOSED) not in (CLOSED, EXCUSED))
    yield not taken, STEP_TAKEN.filled(steps="、".join(taken))


def _owed(refs: tuple[str, ...], found: Found, these: frozenset[str], context: Context, some: bool = False) -> Rows:
    """Of what was withdrawn or waits for a ruling it is said so; the rest is among `these`. `some`: one is enough."""
    owed, gone = {*refs} & these, {*refs} & {*found.withdrawn}
    enough = some and owed
    clocks = of_dispute(context.rulebook)
    rulings = {each.ref for each in found.breaches if each.clock in clocks}
    yield _named(() if enough else gone, BREACH_WITHDRAWN)
    yield _named(({*found.disputed} - rulings) & (owed if enough else {*refs}), CASE_DISPUTED)
    yield _named(() if enough else {*refs} - owed - gone, NOTHING_OWED)


def _on_ladder(command: Issue | StepUp, case: Supervision | None, context: Context) -> Rows:
    taken = case.kinds if case else ()
    kinds, next_ = ladder(context.rulebook), next_kind(taken, context.rulebook)
    yield listed(context, "supervision_kinds", command.kind, UNKNOWN_KIND, also=command.kind in kinds)
    later = command.kind in kinds and command.kind not in taken and command.kind != next_
    yield not later, STEP_SKIPPED.filled(next=_title(next_, context))


def _written(command: Issue | StepUp, context: Context) -> Rows:
    unknown = command.answer_by is None and command.kind not in ladder(context.rulebook)      # it is said of the kind
    yield unknown or (command.answer_by and command.answer_by > context.happened_on), ANSWER_BY_PAST
    latest = context.happened_on + timedelta(days=SLIP_DAYS)
    yield command.answer_by is None or command.answer_by <= latest, ANSWER_BY_FAR.filled(most=SLIP_DAYS)
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
    """The answer to a step; it is a report on a task too (29), which both offices get."""
    demand((command.says, NO_ANSWER))
    after = case.with_step(answer=command, answered_on=context.happened_on)
    return Outcome(after, {**facts(after), "reporter": context.viewer.agency})


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
    owed = {*case.refs} & command.found.owed
    answered = case.state == ANSWERED and context.rulebook.setting(CLOSES_OWED)
    demand(_named(() if answered or case.state == EXCUSED else owed, STILL_OWED), (command.result, NO_RESULT))
    after = replace(case, result=command.result, closed_on=context.happened_on)
    none, warning = _named(owed, CLOSED_OWED)
    return Outcome(after, facts(after), warnings=() if none else (warning,))


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
