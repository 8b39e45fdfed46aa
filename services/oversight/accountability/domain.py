"""第三十一条 问责线索: what is reported to discipline and to justice in one act, and by whom. Pure.

The lead of the plan reports; justice does where the lead itself is meant, or where there is none; where justice is
meant as well, the government office, the other side of 29. Nobody reports itself. The machine hints at what data can
show, and a person enters it or sets it aside with a reason; nothing is reported by itself. Until it is reported its
reporter alone knows of it; then justice and discipline do, and nobody else, the agency meant least of all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from shared.acts.codes import listed
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Rank, Viewer
from shared.acts.succession import ASSIGN, NO_SUCCESSOR, SUCCEED, SUCCEEDED, Handing, Succeed, leaving, rows
from shared.contracts.register import DISCIPLINE, GOVERNMENT_OFFICE, JUSTICE, Heir, Register
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Rows, demand
from shared.numbers.doubted import doubts

ENTERED, SET_ASIDE, REPORTED, RECEIVED, CONCLUDED = "entered", "set_aside", "reported", "received", "concluded"
STATES = {ENTERED: "待报告", SET_ASIDE: "不采纳", REPORTED: "待签收", RECEIVED: "已签收", CONCLUDED: "已反馈结果"}
REPORTER, OFFICE = "reporter", "office"
SITUATIONS = "grounds:oversight."     # 31(一) to (六)
# The other chapters of the service tell other facts under the plain names of these events.
HANDED_OVER = {SUCCEED: "accountability_succeeded", ASSIGN: "accountability_successor_assigned"}

NOT_THE_LEAD = Refusal("NOT_THE_LEAD", "问责线索由该方案的牵头部门报告，没有牵头部门的由司法局报告，"
                       "又涉及司法局的由市政府办公室报告。",
                       "The lead of the plan reports, justice where there is none, and the government office where "
                       "justice is meant too.", "31", 403)
LEAD_IS_MEANT = Refusal("LEAD_IS_MEANT", "涉及牵头部门自己的，由司法局报告。",
                        "Where the lead itself is meant, justice reports.", "31", 403)
JUSTICE_IS_MEANT = Refusal("JUSTICE_IS_MEANT", "涉及司法局自己的，由牵头部门报告，没有牵头部门的由市政府办公室报告。",
                           "Where justice itself is meant, the lead reports, and the government office where there is "
                           "none.", "31", 403)
LEAD_REPORTS = Refusal("LEAD_REPORTS", "该方案的牵头部门没有涉及，应当由牵头部门报告。",
                       "The lead of that plan is not meant: it is for the lead to report.", "31", 403)
UNKNOWN_PLAN = Refusal("UNKNOWN_PLAN", "没有所涉方案「{plan}」，或者它的消息尚未到达；请核对方案的服务和编号，稍后再报。",
                       "No plan {plan} is known; its news may be under way still. Look at its service and id, or try "
                       "again later.", "31", 409, "plan")
NO_HINT = Refusal("NO_SUCH_HINT", "没有这一提示，或者已经录入、不采纳，或者逾期记录已经撤回、延误说明已经采纳。",
                  "There is no such hint: it was taken up or set aside, withdrawn or excused.", "internal", 409, "hint")
UNKNOWN_SITUATION = Refusal("UNKNOWN_SITUATION", "应当写明第三十一条的情形。", "Which situation of article 31 it is.", "31",
                            where="situations")
UNKNOWN_AGENCY = Refusal("UNKNOWN_AGENCY_MEANT", "应当写明涉及的机关，该机关应当在名录中。",
                         "Which agency is meant: one of the register.", "31", where="agency")
DISCIPLINE_MEANT = Refusal("DISCIPLINE_MEANT", "纪检监察机关签收问责线索、启动责任追究，不能是涉及的机关。",
                           "Discipline signs for what is reported and follows it up: it is not the agency meant.",
                           "31", where="agency")
NO_FACTS = Refusal("NO_FACTS", "应当写明事实。", "The facts are needed.", "31", where="facts")
NO_REASON = Refusal("NO_REASON", "不采纳应当说明理由。", "Setting it aside needs its reason.", "internal", where="reason")
NO_DISCIPLINE = Refusal("NO_DISCIPLINE", "名录中没有纪检监察机关，无从报告。",
                        "The register has no discipline inspection to report to.", "31", 409)
NUMBER_USED = Refusal("ACCOUNTABILITY_NUMBER_USED", "文号「{number}」本机关已经用于另一问责线索报告。",
                      "Your agency has reported another matter under the number {number} already.", "internal",
                      where="number")
NO_RESULT = Refusal("NO_RESULT", "应当写明处理结果。", "The result is needed.", "internal", where="says")
MEANT_SUCCEEDS = replace(NO_SUCCESSOR, code="MEANT_SUCCEEDS", zh="承继机关不能是问责线索涉及的机关。",
                         en="The agency that is meant cannot succeed the one that reported it.")
REFUSALS = (NOT_THE_LEAD, LEAD_IS_MEANT, JUSTICE_IS_MEANT, LEAD_REPORTS, UNKNOWN_PLAN, NO_HINT, UNKNOWN_SITUATION,
            UNKNOWN_AGENCY, DISCIPLINE_MEANT, NO_FACTS, NO_REASON, NO_DISCIPLINE, NUMBER_USED, NO_RESULT,
            MEANT_SUCCEEDS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry of a service's journal by its place and the digest of its text as it was received."""

    service: str
    epoch: str
    position: int
    event: str
    digest: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What data show at this moment: a deadline that was let pass. `key`: service/deadline/generation."""

    key: str
    situations: tuple[str, ...]
    agency: str
    plan: str = ""                      # service/id, of one that has a lead
    lead: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Enter:
    """录入: typed, or on a hint, which says what is not said here. `found` and `lead` are looked up before the act is
    decided: the hint as it stands, and who leads the plan."""

    situations: tuple[str, ...] = ()
    agency: str = ""                    # the agency meant
    facts: str = ""
    plan: str = ""                      # service/id
    hint: str = ""
    found: Hint | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """不采纳 of a hint, or of what was entered, with its reason."""

    reason: str
    hint: str = ""
    found: Hint | None = None


@dataclass(frozen=True, slots=True)
class ReportAccountability:
    """To discipline and to justice in one act. `used` is looked up."""

    number: str = ""                    # 文号 of the report, where it has one
    used: bool = False                  # the reporter has given it to another report


@dataclass(frozen=True, slots=True)
class SignReceipt:
    """签收 by discipline."""

    number: str = ""                    # its 收文号


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What came of it, where discipline tells."""

    says: str


@dataclass(frozen=True, slots=True)
class Accountability:
    """A matter of accountability as it stands."""

    state: str
    parties: tuple[Party, ...]
    situations: tuple[str, ...]
    agency: str
    facts: str
    plan: str = ""
    hint: str = ""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""                    # why it was set aside
    number: str = ""
    reported_on: date | None = None
    receipt: str = ""
    received_on: date | None = None
    result: str = ""

    def moved(self, state: str) -> "Accountability":
        return replace(self, state=state)

    def having(self, part: str) -> tuple[str, ...]:
        """Who has the part now."""
        return tuple(each.agency for each in self.parties if each.part == part and each.until is None)


def reporter_of(lead: str, agency: str, register: Register) -> str:
    """31: who reports on the agency: the lead, or justice where the lead itself is meant or there is none, or the
    government office where that would be justice on itself. Empty: the register has none of them."""
    if lead and lead != agency:
        return lead
    justice, office = (register.standing_agencies(each) - {agency} for each in (JUSTICE, GOVERNMENT_OFFICE))
    return min(justice or office, default="")


def _its_to_report(lead: str, agency: str, context: Context) -> Rows:
    own = context.viewer.agency
    if reporter_of(lead, agency, context.register) == own:
        return
    justice = JUSTICE in context.register.standing(own)
    if justice:
        yield False, JUSTICE_IS_MEANT if own == agency else LEAD_REPORTS
    else:
        yield False, LEAD_IS_MEANT if own == lead else NOT_THE_LEAD


def enter(_: None, command: Enter, context: Context) -> Outcome[Accountability]:
    """What a hint shows it says; who enters it may say it better. A plan that is named is one that is known: it is by
    its lead that it is said who reports."""
    found = command.found
    demand((found or not command.hint, NO_HINT),
           (command.lead or not command.plan, UNKNOWN_PLAN.filled(plan=command.plan)))
    situations = command.situations or (found.situations if found else ())
    agency, plan = command.agency or (found.agency if found else ""), command.plan or (found.plan if found else "")
    entry = context.register.get(agency)
    demand(*_its_to_report(command.lead if command.plan or not found else found.lead, agency, context))
    demand(
        (situations, UNKNOWN_SITUATION),
        *(listed(context, SITUATIONS, each, UNKNOWN_SITUATION) for each in situations),
        (entry is not None, UNKNOWN_AGENCY),
        (entry is None or entry.standing != DISCIPLINE, DISCIPLINE_MEANT),
        (command.facts, NO_FACTS),
    )
    case = Accountability(ENTERED, _own(context), situations, agency, command.facts, plan, command.hint,
                          found.evidence if found else ())
    return Outcome(case, _facts(case))


def _own(context: Context) -> tuple[Party, ...]:
    return (Party(REPORTER, context.viewer.agency, context.happened_on),)


def set_aside(case: Accountability | None, command: SetAside, context: Context) -> Outcome[Accountability]:
    """The reason stays, and the hint does not come again."""
    if case is None:
        found = command.found
        demand((found, NO_HINT))
        assert found is not None
        demand(*_its_to_report(found.lead, found.agency, context))
        case = Accountability(SET_ASIDE, _own(context), found.situations, found.agency, "", found.plan, found.key,
                              found.evidence)
    demand((command.reason, NO_REASON))
    after = replace(case, reason=command.reason)
    return Outcome(after, _facts(after))


def someone_to_sign(_: Accountability, context: Context) -> Iterable[Refusal]:
    """A guard: the report goes to discipline."""
    if not context.register.standing_agencies(DISCIPLINE):
        yield NO_DISCIPLINE


def report(case: Accountability, command: ReportAccountability, context: Context) -> Outcome[Accountability]:
    """31: discipline and justice have it the same second; where one of them is meant it has it not."""
    demand((not command.used, NUMBER_USED.filled(number=command.number)))
    both = context.register.standing_agencies(DISCIPLINE, JUSTICE) - {case.agency, *case.having(REPORTER)}
    offices = tuple(Party(OFFICE, each, context.happened_on) for each in sorted(both))
    after = replace(case, parties=(*case.parties, *offices), number=command.number, reported_on=context.happened_on)
    return Outcome(after, _facts(after), warnings=tuple(doubts(command.number, context.happened_on.year)))


def sign_receipt(case: Accountability, command: SignReceipt, context: Context) -> Outcome[Accountability]:
    after = replace(case, receipt=command.number, received_on=context.happened_on)
    return Outcome(after, _facts(after), warnings=tuple(doubts(command.number, context.happened_on.year)))


def record_result(case: Accountability, command: RecordResult, context: Context) -> Outcome[Accountability]:
    demand((command.says, NO_RESULT))
    after = replace(case, result=command.says)
    return Outcome(after, _facts(after))


# Who goes on in the reporter's place

def hand_over(case: Accountability, handing: Handing, _: Context) -> Outcome[Accountability]:
    return Outcome(case, {**_facts(case), **handing.facts})


def succeed_apart(case: Accountability, command: Succeed, context: Context, *, decide: Any) -> Outcome[Accountability]:
    """Where the agency meant would succeed who reported it, justice holds the matter instead."""
    today = day_of(context.now)

    def meant(heir: Heir) -> bool:
        return context.register.heir(heir.agency, (), today) == case.agency

    heirs = tuple(each for each in command.heirs if not meant(each))
    outcome: Outcome[Accountability] = decide(case, replace(command, heirs=heirs), context)
    return outcome


def assign_apart(case: Accountability, command: Any, context: Context, *, decide: Any) -> Outcome[Accountability]:
    demand((command.successor != case.agency, MEANT_SUCCEEDS))
    outcome: Outcome[Accountability] = decide(case, command, context)
    return outcome


# Who hears, who sees

def _facts(case: Accountability) -> dict[str, Any]:
    """What every event of it tells: of which agency, which situations, who reports, to whom."""
    reporter = min(case.having(REPORTER), default="")
    return {"meant": case.agency, "situations": list(case.situations), "reporter": reporter,
            "offices": list(case.having(OFFICE)), "plan": case.plan}


def told(before: Accountability | None, after: Accountability, event: str, _: Context) -> frozenset[str]:
    """Its parties and nobody else: who reported, and once it is reported justice and discipline."""
    parties = frozenset(each.agency for each in after.parties if each.until is None)
    return parties | (leaving(before, after, SUCCEEDED) if event in HANDED_OVER.values() else frozenset())


def seen(case: Accountability, _: Viewer, __: Register) -> Accountability:
    """All of it, by who may know of it at all."""
    return case


_APART = {SUCCEED: succeed_apart, ASSIGN: assign_apart}
ACTS = (
    Act("enter", "录入问责线索", "31", by=frozenset({REPORTER}), opens=True, to=(ENTERED,), event="accountability_entered",
        command=Enter, decide=enter),
    Act("set-aside", "不采纳问责提示", "internal", by=frozenset({REPORTER}), rank=Rank.LEADER, opens=True,
        states=frozenset({ENTERED}), to=(SET_ASIDE,), event="hint_set_aside", command=SetAside, decide=set_aside),
    Act("report", "报告问责线索", "31", by=frozenset({REPORTER}), rank=Rank.LEADER, states=frozenset({ENTERED}),
        to=(REPORTED,), guards=(someone_to_sign,), event="accountability_reported", command=ReportAccountability,
        decide=report),
    Act("sign-receipt", "签收问责线索", "31", by=frozenset({DISCIPLINE}), states=frozenset({REPORTED}), to=(RECEIVED,),
        event="accountability_received", command=SignReceipt, decide=sign_receipt),
    Act("record-result", "反馈问责结果", "internal", by=frozenset({DISCIPLINE}), states=frozenset({RECEIVED}),
        to=(CONCLUDED,), event="accountability_concluded", command=RecordResult, decide=record_result),
    *(replace(act, event=HANDED_OVER[act.name], decide=partial(_APART[act.name], decide=act.decide))
      for act in rows(STATES, hand_over)),
)
CHAPTER = Chapter(
    "oversight", "问责线索", "accountability", ACTS, STATES,
    frozenset({SET_ASIDE, RECEIVED, CONCLUDED}), Accountability, told, seen, private=frozenset(STATES), apart=True)
