"""承继: what a dissolved agency (3, 27) had in a case goes to who continues its duties; where nobody does, justice holds
it until it names one. Pure.

A chapter whose cases have parties takes `rows(...)` into its ACTS: `succeed` by the suite, `assign-successor` by
justice. It says which causes a case is about and how its own fields follow; who has which part is changed here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from shared.acts.heirs import ending, may_succeed, unlike
from shared.acts.model import Act, Context, Outcome, Party, Rank
from shared.acts.standing import absent
from shared.contracts.register import JUSTICE, SUITE, Heir, heir_of
from shared.deadlines.succeeding import SUCCESSION
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, demand

SUCCEED, ASSIGN = "succeed", "assign-successor"
SUCCEEDED, ASSIGNED = "succeeded", "successor_assigned"
EVENTS = frozenset({SUCCEEDED, ASSIGNED})
CUSTODIAN = "custodian"               # 代管: justice, of what a dissolved agency left to nobody
SIDES = (("asker", "holder"), ("sender", "receiver"))      # parts of a case that face each other
TITLES = {CUSTODIAN: "代管机关"}

NOTHING_LEFT = Refusal("NOTHING_LEFT", "该机关在本案中已没有尚存的身份。", "That agency has no part in the case any more.", "internal",
                       409)
NO_SUCCESSOR = Refusal("UNKNOWN_SUCCESSOR", "承继机关应当是名录中现存的机关；承继行政执法机关的，应当是其他行政执法机关，不是代管机关，也不是"
                       "没有自己权责的受委托组织。",
                       "A successor is an agency of the register that exists; of an enforcement agency another such "
                       "one, never justice itself, nor a body that was entrusted with powers of others.", "internal",
                       where="successor")
NO_DOCUMENT = Refusal("NO_SUCCESSION_DOCUMENT", "指定承继机关应当注明依据文件的文号。",
                      "Naming a successor needs the number of the document it rests on.", "internal", where="document")
NO_REASON = Refusal("NO_SUCCESSION_REASON", "指定承继机关应当说明理由。", "Naming a successor needs its reason.", "internal",
                    where="reason")
REFUSALS = (NO_SUCCESSOR, NO_DOCUMENT, NO_REASON)


@dataclass(frozen=True, slots=True)
class Succeed:
    """What the suite heard: an agency was dissolved. `heirs`: by matter, or one for all; none: nobody."""

    former: str
    last_day: date
    document: str                       # 文号 by which it was dissolved
    heirs: tuple[Heir, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignSuccessor:
    """指定承继机关, of a case that justice holds."""

    successor: str
    document: str                       # 文号 it rests on
    reason: str


@dataclass(frozen=True, slots=True)
class Handing:
    """What is handed over: from whom to whom (empty: to nobody, justice holds it), from which day on."""

    former: str
    heir: str
    since: date
    facts: Mapping[str, Any] = field(default_factory=dict)     # what the event tells of it


HandOver = Callable[[Any, Handing, Context], Outcome[Any]]     # the case, its parties as they are now
Causes = Callable[[Any], Iterable[str]]                        # of a case: what it is about, the main cause first


def no_causes(_: Any) -> tuple[str, ...]:
    """Of cases that are about no cause: they go to who has the rest."""
    return ()


def plainly(case: Any, handing: Handing, _: Context) -> Outcome[Any]:
    """Of cases that name nobody besides their parties."""
    return Outcome(case, handing.facts)


def rows(states: Iterable[str], hand_over: HandOver = plainly, causes: Causes = no_causes,
         single: frozenset[str] = frozenset()) -> tuple[Act, ...]:
    """The two rows of a chapter. `hand_over`: its fields that name who has a part follow; gives facts that tell who has
    which part now, as all its events do. `single`: the parts that one agency has at a time."""
    every = frozenset(states)
    return (
        Act(SUCCEED, "承继", "internal", by=frozenset({SUITE}), states=every, ordered=False, event=SUCCEEDED,
            command=Succeed, decide=partial(succeed, hand_over=hand_over, causes=causes)),
        Act(ASSIGN, "指定承继机关", "internal", by=frozenset({CUSTODIAN}), rank=Rank.LEADER, states=every, ordered=False,
            event=ASSIGNED, command=AssignSuccessor, decide=partial(assign, hand_over=hand_over, single=single)),
    )


def succeed(case: Any, command: Succeed, context: Context, *, hand_over: HandOver, causes: Causes) -> Outcome[Any]:
    """The former agency's last day stands; who takes over begins the day after. Raises Refused (409) where it has no
    part any more: then this was done, or it left by itself."""
    former, since = command.former, command.last_day + timedelta(days=1)
    demand((any(has(each, former) for each in case.parties), NOTHING_LEFT))
    about = tuple(causes(case))
    heir = heir_of(command.heirs, about)
    heir = context.register.heir(heir, about, day_of(context.now)) if heir else ""
    justice = min(context.register.standing_agencies(JUSTICE) - {former}, default="")
    facts = {"former": former, "successor": heir, "document": command.document, "last_day": command.last_day,
             "custodian": "" if heir else justice, SUCCESSION: {"from": former, "to": heir or justice}}
    parties = handed(case.parties, former, heir, since)
    if not heir and justice:
        begun = min(each.since for each in case.parties if has(each, former))
        parties = (*parties, Party(CUSTODIAN, justice, max(since, begun), after=former))
    facts |= one_agency(parties)
    return hand_over(replace(case, parties=parties), Handing(former, heir, since, facts), context)


def assign(case: Any, command: AssignSuccessor, context: Context, *, hand_over: HandOver,
           single: frozenset[str] = frozenset()) -> Outcome[Any]:
    """Whom justice names has the parts that the dissolved agency had, from the day on; justice has the case no more. A
    part that went to another meanwhile, as by a ruling, stays there. Of an heir that is unlike or ends soon it is told
    so."""
    own, day = context.viewer.agency, context.happened_on
    held = next(each for each in case.parties if each.part == CUSTODIAN and has(each, own))
    demand(
        (_may_take(context, held.after, command.successor, own), absent(context, command.successor, NO_SUCCESSOR)),
        (command.document, NO_DOCUMENT),
        (command.reason, NO_REASON),
    )
    left = left_by(case.parties, held.after)
    given = tuple(replace(each, agency=command.successor, since=day, until=None, after=held.after) for each in left
                  if not any(other.part == each.part and other.until is None
                             and (other.agency == command.successor or each.part in single) for other in case.parties))
    parties = (*(replace(each, until=day - EVE) if each is held else each for each in case.parties), *given)
    its = {each.part for each in (*given, *case.parties) if has(each, command.successor)} & {each.part for each in left}
    facts = {"former": held.after, "successor": command.successor, "document": command.document,
             SUCCESSION: {"from": own, "to": command.successor, "parts": sorted(its)},
             **one_agency(parties)}
    handing = Handing(held.after, command.successor, day, facts)
    outcome, register = hand_over(replace(case, parties=parties), handing, context), context.register
    heir = register.get(command.successor)
    return replace(outcome, warnings=(*outcome.warnings, *unlike(register.get(held.after), heir),
                                      *ending(heir, register)))


EVE = timedelta(days=1)


def _may_take(context: Context, former: str, heir: str, custodian: str) -> bool:
    """Another that exists, and may go on in the place of the former, where the register has that one."""
    gone, entry = context.register.get(former), context.register.get(heir)
    if entry is None or heir == custodian or not entry.exists_on(context.happened_on):
        return False
    return gone is None or may_succeed(gone, entry)


def one_agency(parties: Iterable[Party]) -> dict[str, list[str]]:
    """What the event tells where both sides of a case have become one agency: the parts it has. The case goes on, and
    the agency ends it by the acts of either side; nothing is ended for it (question `agency-dissolution`)."""
    now = {(each.part, each.agency) for each in parties if each.until is None}
    both = [part for one, other in SIDES for part in (one, other)
            if any((other, agency) in now for part_, agency in now if part_ == one)]
    return {"one_agency": both} if both else {}


def has(party: Party, agency: str) -> bool:
    """Whether the agency has the part now."""
    return party.agency == agency and party.until is None


def handed(parties: tuple[Party, ...], former: str, heir: str, since: date) -> tuple[Party, ...]:
    """The parties after it: the former's last day is the one before, each part of it is the heir's from the day on.
    What began later, for the end was entered late, the former had on its first day only, and is the heir's from then;
    a part that the heir has itself it goes on having."""
    ended = tuple(replace(each, until=max(each.since, since - EVE)) if has(each, former) else each for each in parties)
    own = {each.part for each in parties if heir and has(each, heir)}
    more = tuple(Party(each.part, heir, max(each.since, since), after=each.after if each.part == CUSTODIAN else former)
                 for each in parties if heir and has(each, former) and each.part not in own)
    return (*ended, *more)


def left_by(parties: Iterable[Party], former: str) -> tuple[Party, ...]:
    """The parts that the former agency had until its end, or got after it: justice holds them from the day after."""
    parties = tuple(parties)
    first = min((each.since for each in parties if each.part == CUSTODIAN and each.after == former), default=date.max)
    return tuple(each for each in parties if each.agency == former and each.until is not None
                 and each.until >= first - EVE)


def leaving(before: Any, after: Any, event: str) -> frozenset[str]:
    """Who loses its part by a succession: it is told of it, and of nothing after."""
    if before is None or event not in EVENTS:
        return frozenset()
    now = {each.agency for each in after.parties if each.until is None}
    return frozenset(each.agency for each in before.parties if each.until is None and each.agency) - now


def forebears(case: Any, agency: str) -> frozenset[str]:
    """The dissolved agencies whose parts in the case the agency has taken over, and those that had them before."""
    found, more = set[str](), {agency}
    while more:
        more = {each.after for each in case.parties if each.agency in more and each.after} - found
        found |= more
    return frozenset(found)
