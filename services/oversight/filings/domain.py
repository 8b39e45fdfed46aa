"""第六章 督查, its filings (备案): what 12, 13 and 25 have filed with justice comes in, is registered or returned. Pure.

A filing is no approval: the agency's clock is met when the complete file is delivered, and the filing opens with that.
Justice registers it under a number, or returns it for what lacks; a return starts the agency's clock anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from shared.acts.codes import listed
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Viewer
from shared.acts.succession import Handing, leaving, rows
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, SUITE, Register
from shared.kernel.errors import Refusal, demand
from shared.numbers.doubted import doubts

RECEIVED, REGISTERED, RETURNED = "received", "registered", "returned"
STATES = {RECEIVED: "待登记", REGISTERED: "已登记备案", RETURNED: "已退回补报"}
FILER = "filer"
CLOSING_REPORT, COLLAB_REPORT, DECLINE = "closing_report", "collab", "decline"     # codes of filing_kinds: 25, 13, 12

NO_NUMBER = Refusal("NO_FILING_NUMBER", "应当注明备案号。", "A filing number is needed.", where="number")
NUMBER_USED = Refusal("FILING_NUMBER_USED", "备案号「{number}」已经使用。", "The filing number {number} is used already.",
                      "internal", where="number")
UNKNOWN_GROUND = Refusal("UNKNOWN_GROUND", "应当写明退回事由。", "The ground of a return is needed.", where="ground")
NO_REASON = Refusal("NO_REASON", "退回补报应当说明理由。", "A return needs its reason.", where="reason")
NOTHING_LACKS = Refusal("NOTHING_LACKS", "退回补报应当逐项列明需补报的内容。", "A return lists what lacks.", where="lacks")
DECLINE_STANDS = Refusal(
    "DECLINE_STANDS",
    "不能协同的通知自通知牵头部门之日生效，备案不予退回；对事由有疑问的，在方案中询问。",
    "A notice of declining holds from the day the lead was told, and is not returned: question its ground in the plan.",
    "12",
    409,
)


@dataclass(frozen=True, slots=True)
class ReceiveFiling:
    """What the suite heard: something was delivered for filing."""

    kind: str                           # coded in filing_kinds
    service: str                        # the chapter whose case it belongs to: transfer, collab
    case: str                           # that case's id
    report: int                         # which report, or notice, of the case, counted from 1
    number: str                         # 文号 of what was delivered
    filed_by: str                       # agency
    filed_on: date                      # true date of the delivery


@dataclass(frozen=True, slots=True)
class RegisterFiling:
    """Entered into justice's ledger on the act's true date."""

    number: str                         # 备案号


@dataclass(frozen=True, slots=True)
class ReturnFiling:
    """Sent back for what lacks, item by item."""

    ground: str                         # incomplete, unreadable, wrong_case, other: filing_return_reasons
    reason: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """A file delivered for filing."""

    state: str
    parties: tuple[Party, ...]
    received: ReceiveFiling
    registered: RegisterFiling | None = None
    registered_on: date | None = None
    returned: ReturnFiling | None = None
    returned_on: date | None = None

    def moved(self, state: str) -> "Filing":
        return replace(self, state=state)


def may_come_back(case: Filing, _: Context) -> Iterable[Refusal]:
    if case.received.kind == DECLINE:
        yield DECLINE_STANDS


def receive(_: None, command: ReceiveFiling, context: Context) -> Outcome[Filing]:
    parties = (Party(FILER, command.filed_by, command.filed_on),)
    return Outcome(Filing(RECEIVED, parties, command), _facts(command))


def register(case: Filing, command: RegisterFiling, context: Context) -> Outcome[Filing]:
    demand((command.number, NO_NUMBER))
    registered = replace(case, registered=command, registered_on=context.happened_on)
    return Outcome(registered, {**_facts(case.received), "filing_number": command.number},
                   warnings=tuple(doubts(command.number, context.happened_on.year)))


def return_(case: Filing, command: ReturnFiling, context: Context) -> Outcome[Filing]:
    demand(listed(context, "filing_return_reasons", command.ground, UNKNOWN_GROUND), (command.reason, NO_REASON),
           (command.lacks, NOTHING_LACKS))
    returned = replace(case, returned=command, returned_on=context.happened_on)
    return Outcome(returned, {**_facts(case.received), "ground": command.ground, "lacks": len(command.lacks)})


def _facts(received: ReceiveFiling) -> dict[str, object]:
    """What every event of a filing tells: which report of which case of which chapter."""
    return {"kind": received.kind, "chapter": received.service, "case": received.case, "report": received.report,
            "number": received.number, "filed_by": received.filed_by, "filed_on": received.filed_on}


def hand_over(case: Filing, handing: Handing, _: Context) -> Outcome[Filing]:
    """Who filed it stays as it was received; who answers for it now is its party."""
    return Outcome(case, {**_facts(case.received), **handing.facts})


def told(before: Filing | None, after: Filing, event: str, context: Context) -> frozenset[str]:
    """Who filed it, or goes on in its place, justice and the government office."""
    parties = frozenset(each.agency for each in after.parties if each.until is None)
    return parties | leaving(before, after, event) | context.register.standing_agencies(JUSTICE, GOVERNMENT_OFFICE)


def seen(case: Filing, _: Viewer, __: Register) -> Filing:
    """All of it, by everyone who may see it."""
    return case


ACTS = (
    Act("receive", "收到备案材料", "12, 13, 25", by=frozenset({SUITE}), opens=True, to=(RECEIVED,), event="filing_received",
        command=ReceiveFiling, decide=receive),
    Act("register", "登记备案", "12, 13, 25", by=frozenset({JUSTICE}), states=frozenset({RECEIVED}), to=(REGISTERED,),
        event="filing_registered", command=RegisterFiling, decide=register),
    Act("return", "退回补报", "internal", by=frozenset({JUSTICE}), states=frozenset({RECEIVED}), to=(RETURNED,),
        guards=(may_come_back,), event="filing_returned", command=ReturnFiling, decide=return_),
    *rows(STATES, hand_over),
)
CHAPTER = Chapter(
    "oversight", "备案", "filings", ACTS, STATES,
    frozenset({REGISTERED, RETURNED}), Filing, told, seen)
