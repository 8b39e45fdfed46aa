"""What is held on a person who asks (个人信息保护法 45): found by the keyed index, told no further than its asker may see.

A number names one person. A name may be another's too: a case that knows a name only is listed to be looked at, and
told once the official who asks has made sure and names it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy.engine import Connection

from shared.acts import whom
from shared.acts.convert import objects_with
from shared.acts.erasing import class_of, ended, last_event, rules_of
from shared.acts.model import RANK_TOO_LOW, Rank, Viewer
from shared.acts.perform import Acts
from shared.acts.reading import Reads
from shared.kernel.errors import Refusal, demand

LAW = "个人信息保护法 45"
NO_PERSON = Refusal("NO_PERSON", "应当写明姓名或者公民身份号码。", "A name or a number is required.", LAW, where="number")
NO_APPLICATION = Refusal("NO_APPLICATION", "应当写明本人申请的编号。", "The number of the person's application is required.", LAW,
                         where="application")
LEADER_ONLY = Refusal(RANK_TOO_LOW.code, RANK_TOO_LOW.zh, RANK_TOO_LOW.en, LAW, 403)
CALLED = ("cause", "letter_number")       # of a case's summary
NOTE = ("告知将妨碍履行法定职责的，依法可以不告知（第三十五条、第四十五条）：办理中的案件由经办机关决定。",
        "What would hamper the agency's duties need not be told (35, 45): of cases under way the agency decides.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and on which application. `cases`: those known by name only that were made sure of."""

    name: str
    number: str
    application: str
    cases: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What one case holds of the person: where, and what stands there. `sure`: by the number, or made sure of."""

    class_: str                       # transfer.cases
    case: str
    sure: bool
    state: str
    under_way: bool
    opened_on: str
    agencies: tuple[str, ...]         # that have or had a part in it
    kept_until: str
    held: tuple[Mapping[str, Any], ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)       # its cause and 文号, where it is sure and has them

    def to_dict(self) -> dict[str, Any]:
        told = asdict(self) | {"class": self.class_, "agencies": list(self.agencies), "held": list(self.held)}
        del told["class_"]
        return told


def may_ask(asked: Asked, viewer: Viewer) -> None:
    """Raises Refused unless a leader asks for somebody, on an application."""
    demand((viewer.rank >= Rank.LEADER, LEADER_ONLY))
    demand((whom.bare(asked.name + asked.number), NO_PERSON), (asked.application.strip(), NO_APPLICATION))


def of_person(tx: Connection, reads: Reads, asked: Asked, viewer: Viewer) -> Iterator[Found]:
    """What the chapter's cases that the viewer may see hold of the person, oldest first."""
    if not reads.acts.keeping.told_of:
        return
    vault = reads.means.vault
    by_number, by_name = (whom.cases(tx, value, vault) for value in (asked.number, asked.name))
    for case in sorted(by_number | by_name):
        if found := _found(tx, reads, case, asked, viewer):
            yield found


def _found(tx: Connection, reads: Reads, case_id: str, asked: Asked, viewer: Viewer) -> Found | None:
    acts, snapshot = reads.acts, reads.means.law.snapshot(tx)
    row = reads.store.seen(tx, case_id, viewer, snapshot.register)
    if row is None:
        return None
    seen = (acts.keeping.disclosed or acts.chapter.seen)(acts.store.case_of(row), viewer, snapshot.register)
    name, number = whom.bare(asked.name), whom.bare(asked.number)
    held = tuple({"where": path, **told} for path, told in objects_with(seen, lambda value: bool(
        (name and name in whom.bare(value)) or (number and number in whom.bare(value)))))
    mine = tuple(each for each in held if _is(each, name, number))
    sure = bool(number and any(number in _values(each) for each in held)) or case_id in asked.cases
    if not mine:
        return None
    rule = rules_of(tx, reads.means.law, reads.means.clock).get(class_of(acts))
    final = row.state in ended(acts)
    until = rule.kept_until(last_event(tx, row)) if rule and final else None
    agencies = tuple(dict.fromkeys(party.agency for party in seen.parties if party.agency))
    return Found(class_of(acts), case_id, sure, seen.state, not final, row.opened_on.isoformat(), agencies,
                 until.isoformat() if until else "", mine if sure else (), _called(acts, seen) if sure else {})


def _called(acts: Acts, seen: Any) -> Mapping[str, str]:
    """What a list calls the case by, but for what is free text and may name others."""
    summary = acts.keeping.summary(seen)
    return {name: summary[name] for name in CALLED if summary.get(name)}


def _is(told: Mapping[str, Any], name: str, number: str) -> bool:
    """Whether an object may be about the person: one with another number is about another of the name."""
    other = whom.bare(str(told.get("number") or ""))
    return not (number and other and other != number)


def _values(told: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(whom.bare(value) for value in told.values() if isinstance(value, str))
