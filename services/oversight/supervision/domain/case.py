"""第二十九条 督查: what a supervision is, what its acts say, and what they are refused for. Pure values.

One supervision is one ladder: it is about deadlines that one agency has let pass, and its steps are the documents
issued, from the mildest on. Each deadline has one ladder at a time, whichever of the two offices began it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from services.oversight.evidence import placed
from shared.acts.model import Party
from shared.kernel.errors import Refusal

ISSUED, ANSWERED, EXPLAINED = "issued", "answered", "explained"
REJECTED, EXCUSED, CLOSED = "rejected", "excused", "closed"
STATES = {ISSUED: "待答复", ANSWERED: "已答复", EXPLAINED: "延误说明待认定", REJECTED: "延误说明未采纳",
          EXCUSED: "延误说明已采纳", CLOSED: "已销号"}
TARGET, ISSUER = "target", "issuer"

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
UNKNOWN_KIND = Refusal("UNKNOWN_KIND", "「{kind}」不在督查的次序中，可以发出：{known}。",
                       "{kind} is no step of the ladder; the steps are: {codes}.", "internal", where="kind")
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
NUMBER_USED = Refusal("SUPERVISION_NUMBER_USED", "文号「{number}」本机关已经用于另一督查文书。",
                      "Your agency has issued a document of supervision under the number {number} already.",
                      "internal", where="number")
ANSWER_BY_PAST = Refusal("ANSWER_BY_PAST", "答复期限应当在发文日之后。", "The day to answer by comes after the day of issue.",
                         "internal", where="answer_by")
ANSWER_BY_FAR = Refusal("ANSWER_BY_FAR", "答复期限不得晚于发文日之后{most}日，请核对年份。",
                        "The day to answer by is within {most} days after the day of issue: look at its year.",
                        "internal", where="answer_by")
NO_DEMAND = Refusal("NO_DEMAND", "应当写明督查的要求。", "Say what is asked.", "29", where="says")
NO_ANSWER = Refusal("NO_ANSWER", "答复应当写明落实情况。", "An answer says how it was carried out.", "29", where="says")
DONE_IN_FUTURE = Refusal("DONE_IN_FUTURE", "办结日期不得晚于答复之日；尚未办结的，不填办结日期。",
                         "It is done on the day of the answer or before. Where it is not done yet, leave the day out.",
                         "internal", where="done_on")
UNKNOWN_EXCUSE = Refusal("UNKNOWN_EXCUSE", "应当写明延误事由。", "The ground of the delay is needed.", "internal",
                         where="ground")
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
REFUSALS = tuple(value for value in tuple(globals().values()) if isinstance(value, Refusal))


@dataclass(frozen=True, slots=True)
class Breach:
    """A deadline that was let pass, as its `deadline_breached` told it, and where that stands: the evidence."""

    service: str
    deadline: str
    generation: int                     # the computation of the deadline that was breached
    case: str                           # of that service
    clock: str                          # rulebook id: transfer.letter
    bound: str                          # who is bound to it now
    says: str
    due_on: date | None                 # None: it runs in hours
    epoch: str
    position: int                       # in the service's journal
    event: str
    digest: str                         # of the event's text as it was received: sha256:…

    @property
    def ref(self) -> str:
        """As it is named: transfer/<deadline's id>."""
        return f"{self.service}/{self.deadline}"


@dataclass(frozen=True, slots=True)
class Found:
    """What the board holds of deadlines, by their refs. One of which there is no breach is in none of it."""

    breaches: tuple[Breach, ...] = ()
    withdrawn: tuple[str, ...] = ()     # the breach was withdrawn
    settled: tuple[str, ...] = ()       # nothing is owed any more
    disputed: tuple[str, ...] = ()      # their case is disputed (24)
    # another supervision has it: its state, and `excused` where that is closed
    taken: Mapping[str, str] = field(default_factory=dict, hash=False)
    late: tuple[str, ...] = ()          # of the settled: done late, or called off when it was late
    called: Mapping[str, str] = field(default_factory=dict, hash=False)     # ref -> case and duty in words

    @property
    def standing(self) -> frozenset[str]:
        """Those whose breach stands."""
        return frozenset(each.ref for each in self.breaches) - {*self.withdrawn}

    @property
    def owed(self) -> frozenset[str]:
        """Those that are overdue still."""
        return self.standing - {*self.settled}

    @property
    def to_explain(self) -> frozenset[str]:
        """Those whose delay may be asked about: what is overdue still, and what was done or called off late."""
        return self.owed | (self.standing & {*self.late})


def about(refs: Iterable[str], found: Found, refusal: Refusal, place: str = "refs") -> tuple[bool, Refusal]:
    """A row for `demand` that holds where there are none of these. In Chinese the cases are called as letters do;
    the refs stand in English and beside the words."""
    named = sorted(refs)
    words = "、".join(found.called.get(ref, ref) for ref in named)
    told = refusal.filled(**{place: "、".join(named)})
    return not named, replace(told, zh=refusal.zh.format(**{place: words}))


@dataclass(frozen=True, slots=True)
class Issue:
    """发出督查文书, the first step. `found` and `used` are looked up."""

    kind: str                           # supervision_kinds
    target: str                         # agency
    deadlines: tuple[str, ...] = ()     # refs of what it has let pass
    says: str = ""                      # what is asked of it
    number: str = ""                    # 文号
    answer_by: date | None = None       # None: as many working days as the rulebook gives this kind
    found: Found = Found()
    used: bool = False                  # the issuer has given the number to another document


@dataclass(frozen=True, slots=True)
class StepUp:
    """再发督查文书: the next step of the same ladder."""

    kind: str
    says: str = ""
    number: str = ""
    answer_by: date | None = None
    found: Found = Found()
    used: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """答复督查."""

    says: str = ""
    done_on: date | None = None         # the day on which it was done; None: it is not, or is not said


@dataclass(frozen=True, slots=True)
class Explain:
    """延误说明."""

    ground: str                         # excuses
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """认定延误说明, either way."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """销号."""

    result: str = ""
    found: Found = Found()


@dataclass(frozen=True, slots=True)
class Step:
    """A document of the ladder and what came of it, each on its true day."""

    kind: str
    number: str
    says: str
    issued_on: date
    answer_by: date
    issuer: str                         # who issued it then
    answer: Answer | None = None
    answered_on: date | None = None
    explanation: Explain | None = None
    explained_on: date | None = None
    judged: Judge | None = None
    judged_on: date | None = None


@dataclass(frozen=True, slots=True)
class Supervision:
    """A ladder: of whom, about which deadlines, step by step."""

    state: str
    parties: tuple[Party, ...]
    breaches: tuple[Breach, ...]
    steps: tuple[Step, ...]
    result: str = ""
    closed_on: date | None = None

    def moved(self, state: str) -> "Supervision":
        return replace(self, state=state)

    def holder(self, part: str) -> str:
        """Who has the part now; empty: nobody."""
        return next((each.agency for each in reversed(self.parties) if each.part == part and each.until is None), "")

    @property
    def step(self) -> Step:
        return self.steps[-1]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of the steps that were taken."""
        return tuple(each.kind for each in self.steps)

    @property
    def refs(self) -> tuple[str, ...]:
        return tuple(each.ref for each in self.breaches)

    def with_step(self, **changed: object) -> "Supervision":
        """With its last step changed."""
        return replace(self, steps=(*self.steps[:-1], replace(self.step, **changed)))      # type: ignore[arg-type]


def facts(case: Supervision) -> dict[str, Any]:
    """What every event of a supervision tells: of whom, by whom, at which step, about which deadlines."""
    return {"target": case.holder(TARGET), "issuer": case.holder(ISSUER), "kind": case.step.kind,
            "step": len(case.steps), "breaches": [_evidence(each) for each in case.breaches]}


def issued_facts(case: Supervision) -> dict[str, Any]:
    """The same of a step that was issued, with the day to answer it by and its 文号, where it has one."""
    return {**facts(case), "answer_by": case.step.answer_by, "number": case.step.number}


def _evidence(breach: Breach) -> dict[str, Any]:
    return {**placed(breach), "deadline": breach.deadline, "generation": breach.generation, "case": breach.case,
            "clock": breach.clock}
