"""保全: what may not be erased while an inquiry, a dispute or a court needs it (个人信息保护法 47). Pure.

A hold is on one case of any service, or on one person in all of them. Justice and discipline place holds, on their own
decision or on a court's document; only who placed one knows of it, confirms it within the year, and lifts it. Services
hear of it by keyed digests: no event names anybody.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shared.acts import succession
from shared.acts.codes import listed
from shared.acts.model import Act, Chapter, Context, Outcome, Party, Rank, Viewer
from shared.acts.persons import NOTHING
from shared.contracts.personal import Personal
from shared.contracts.register import DISCIPLINE, JUSTICE, Register
from shared.kernel.errors import Refusal, demand

HELD, LIFTED = "held", "lifted"
STATES = {HELD: "保全中", LIFTED: "已解除"}
KEEPER = "keeper"
ISSUERS = "hold_issuers"
OWN = frozenset({JUSTICE, DISCIPLINE})       # of the issuers: who lifts what it decided itself needs no document
LAW = "个人信息保护法 47"
_CASE = re.compile(r"([a-z]+)/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _lacks(code: str, zh: str, en: str, where: str) -> Refusal:
    return Refusal(code, zh, en, LAW, where=where)


NO_HOLD_DOCUMENT = _lacks("NO_HOLD_DOCUMENT", "保全应当有决定或者通知的文号。", "A hold needs the number of the decision or notice.",
                          "document")
UNKNOWN_ISSUER = _lacks("UNKNOWN_ISSUER", "应当写明决定保全的机关。", "Who decided on the hold is required.", "issued_by")
ISSUED_LATER = _lacks("ISSUED_LATER", "决定日期不得晚于发生日期。", "It was not decided after the day of the act.", "issued_on")
NO_HOLD_REASON = _lacks("NO_HOLD_REASON", "应当写明保全的理由。", "A reason is required.", "reason")
ONE_HELD = _lacks("ONE_HELD", "一次保全一个案件或者一个人，应当写明且只写一项。", "A hold is on one case or on one person: say which, and "
                  "not both.", "case")
UNKNOWN_CASE = _lacks("UNKNOWN_CASE", "案件应当写作 服务/编号，如 transfer/0195….",
                      "A case is written service/id, as in transfer/0195….", "case")
NO_LIFTING_DOCUMENT = _lacks("NO_LIFTING_DOCUMENT", "其他机关决定的保全，凭其解除文件的文号解除。",
                             "What another authority decided is lifted on its document.", "document")
REFUSALS = tuple(value for value in tuple(globals().values()) if isinstance(value, Refusal))


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a hold is on, by number or, where none is known, by name: then all of that name."""

    name: Personal = NOTHING
    number: Personal = NOTHING

    def __bool__(self) -> bool:
        return bool(self.name or self.number)


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """`case`: "transfer/<id>". `keys`: keyed digests of the person, filled in before the act is decided."""

    document: str                    # 文号
    issued_by: str                   # coded in hold_issuers
    issued_on: date
    reason: str
    case: str = ""
    person: Person = Person()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmHold:
    """It is still needed, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class LiftHold:
    """It is no longer needed, and why; `document`: of the authority that decided on it, where that is another."""

    reason: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A confirmation or the lifting, as the hold keeps it."""

    reason: str
    on: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold as it stands."""

    state: str
    placed: PlaceHold
    parties: tuple[Party, ...]
    confirmed: tuple[Said, ...] = ()
    lifted: Said | None = None

    def moved(self, state: str) -> "Hold":
        return replace(self, state=state)

    @property
    def keeper(self) -> str:
        """The agency that keeps it; of one handed over to nobody, the last that did."""
        return next((party.agency for party in reversed(self.parties) if party.part == KEEPER), "")


def place(_: None, command: PlaceHold, context: Context) -> Outcome[Hold]:
    services = {chapter.service for chapter in context.rulebook.chapters.values() if chapter.service} | {"desk"}
    named = _CASE.fullmatch(command.case)
    demand(
        (command.document, NO_HOLD_DOCUMENT),
        listed(context, ISSUERS, command.issued_by, UNKNOWN_ISSUER),
        (command.issued_on <= context.happened_on, ISSUED_LATER),
        (command.reason, NO_HOLD_REASON),
        (bool(command.case) != bool(command.person), ONE_HELD),
        (not command.case or (named and named[1] in services), UNKNOWN_CASE),
    )
    service, case = command.case.split("/") if command.case else ("", "")
    facts = {"held": {"service": service, "case": case, "keys": list(command.keys)}, "document": command.document}
    return Outcome(Hold(HELD, command, (Party(KEEPER, context.viewer.agency, context.happened_on),)), facts)


def confirm(case: Hold, command: ConfirmHold, context: Context) -> Outcome[Hold]:
    demand((command.reason, NO_HOLD_REASON))
    return Outcome(replace(case, confirmed=(*case.confirmed, Said(command.reason, context.happened_on))))


def lift(case: Hold, command: LiftHold, context: Context) -> Outcome[Hold]:
    demand(
        (command.reason, NO_HOLD_REASON),
        (command.document or case.placed.issued_by in OWN, NO_LIFTING_DOCUMENT),
    )
    said = Said(command.reason, context.happened_on, command.document)
    return Outcome(replace(case, lifted=said), {"document": command.document})


def told(before: Any, after: Hold, event: str, _: Context) -> frozenset[str]:
    """Who keeps it: that an inquiry goes on is nobody else's."""
    own = {party.agency for party in after.parties if party.until is None}
    return frozenset(own) | succession.leaving(before, after, event)


def seen(case: Hold, _: Viewer, __: Register) -> Hold:
    """All of it, by who may know of it at all."""
    return case


ACTS = (
    Act("hold", "保全", LAW, by=OWN, rank=Rank.LEADER, opens=True, to=(HELD,), event="hold_placed", command=PlaceHold,
        decide=place),
    Act("confirm-hold", "续行保全", LAW, by=frozenset({KEEPER}), rank=Rank.LEADER, states=frozenset({HELD}),
        event="hold_confirmed", command=ConfirmHold, decide=confirm),
    Act("lift-hold", "解除保全", LAW, by=frozenset({KEEPER}), rank=Rank.LEADER, states=frozenset({HELD}), to=(LIFTED,),
        event="hold_lifted", command=LiftHold, decide=lift),
    *succession.rows(STATES),
)
CHAPTER = Chapter("sharing", "保全", "holds", ACTS, STATES, frozenset({LIFTED}), Hold, told, seen,
                  private=frozenset(STATES))
