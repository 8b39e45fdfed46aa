"""How a ledger's row comes of the events of its case. Pure.

A row is plain JSON data by column. Beside the columns it keeps in `_days` which entry told which true date, so that a
correction finds them, in `_over` the deadlines set by law that are or were over, and in `_earlier` what began anew:
what it told of before, and with whom, which no ledger shows and a period's figures count. Where the deadlines began
anew too, `_until` is the entry before which those of the earlier part had begun.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from services.oversight.ledgers.definitions import (
    AGENCY,
    CASES,
    CHAPTER,
    CLOCKS,
    CODE,
    COUNT,
    DAY,
    LATE,
    OVERDUE,
    SEVERAL,
    Column,
    Kind,
)
from shared.contracts.envelope import Event
from shared.rulebook.model import Rulebook

Row = Mapping[str, Any]
DAYS, OVER, EARLIER, UNTIL = "_days", "_over", "_earlier", "_until"
CORRECTIONS = frozenset({"corrected", "query_corrected", "tip_corrected"})


def key_of(kind: Kind, event: Event) -> str:
    """Which row of the ledger the event is about: its case's, or that of one item of it. Empty: none."""
    if not kind.item:
        return event.subject
    item = event.data.get(kind.item)
    return f"{event.subject}/{item}" if item is not None else ""


def after(kind: Kind, row: Row, event: Event) -> Row:
    """The row after an event of its case; the very same where it tells nothing that the ledger shows."""
    said = event.data
    if event.name in CORRECTIONS:
        return _put_right(row, said)
    if begun := kind.anew.get(event.name):
        row = _anew(kind, row, begun, event.id)
    tells = _told(kind, event.name)
    changed = {column: _kept(said[fact], of) for column, fact, of in tells.facts if fact in said}
    for column in tells.counts:
        changed[column] = row.get(column, 0) + 1
    if tells.days:
        changed.update(dict.fromkeys(tells.days, said["occurred_on"]))
        changed[DAYS] = {**row.get(DAYS, {}), event.id: list(tells.days)}
    return {**row, **changed} if any(row.get(name) != value for name, value in changed.items()) else row


def _anew(kind: Kind, row: Row, columns: tuple[str, ...], since: str) -> Row:
    """The row in which these columns are empty since an entry; the very same where they are."""
    kept = [OVER if name == OVERDUE.id else name for name in columns]
    was = {name: row[name] for name in kept if row.get(name)}
    if not was:
        return row
    if OVER in kept:
        was[UNTIL] = since
    days = {entry: left for entry, names in row.get(DAYS, {}).items()
            if (left := [name for name in names if name not in was])}
    other = kind.roles[1]
    return {**{name: value for name, value in row.items() if name not in was}, DAYS: days,
            EARLIER: [*row.get(EARLIER, ()), {**was, other: row.get(other)}]}


@dataclass(frozen=True, slots=True)
class _Told:
    """The columns that events of a name may tell: by a fact, by how many there were, by the true date of the last."""

    facts: tuple[tuple[str, str, tuple[str, ...]], ...]
    counts: tuple[str, ...]
    days: tuple[str, ...]


@cache
def _told(kind: Kind, event: str) -> _Told:
    columns = [column for column in kind.columns if (event in column.events if column.events else bool(column.fact))]
    return _Told(tuple((column.id, column.fact, column.of) for column in columns if column.fact),
                 tuple(column.id for column in columns if column.tells == COUNT),
                 tuple(column.id for column in columns if column.tells == DAY and not column.fact))


def _kept(told: Any, of: Sequence[str]) -> Any:
    """What a row keeps of a fact: all of it; of several things only these of their facts, each once."""
    return list(dict.fromkeys("/".join(each[fact] for fact in of) for each in told)) if of else told


def _put_right(row: Row, said: Mapping[str, Any]) -> Row:
    """A true date that was put right is the row's date, wherever that entry's still stands."""
    right, was = said.get("right_on"), said.get("was_on")
    columns = row.get(DAYS, {}).get(said.get("corrected"), ())
    wrong = [name for name in columns if row[name] == was] if right and right != was else []
    return {**row, **dict.fromkeys(wrong, right)} if wrong else row


def after_deadline(row: Row, said: Mapping[str, Any]) -> Row:
    """The row after an event of a deadline of its case: one set by law counts while it is over or was met late, and no
    more once a date put right has withdrawn that. It counts with the part in which it began: ids sort as entries were
    made. The very same where that has not changed."""
    earlier, deadline = row.get(EARLIER, ()), said["deadline"]
    at = next((at for at, part in enumerate(earlier) if said["started_by"] < part.get(UNTIL, "")), None)
    part = row if at is None else earlier[at]
    known = part.get(OVER, ())
    over = said["statutory"] and (said["breached"] or said["late"] is True)
    if over == (deadline in known):
        return row
    part = {**part, OVER: sorted({*known, deadline} if over else {*known} - {deadline})}
    return part if at is None else {**row, EARLIER: [*earlier[:at], part, *earlier[at + 1:]]}


@cache
def _naming(kind: Kind) -> tuple[Column, ...]:
    return tuple(column for column in kind.columns if column.tells == CASES)


def names_others(kind: Kind) -> bool:
    """Whether a column of it names cases as other ledgers have them."""
    return bool(_naming(kind))


def with_cases(kind: Kind, row: Row, case: str) -> Row:
    """The row with its own case, service/id, in the columns that name that one."""
    own = {column.id: [case] for column in _naming(kind) if not column.fact}
    return {**row, **own} if own else row


def cases_of(kind: Kind, row: Row) -> Iterable[str]:
    """The cases, service/id or service/id/clock, that the row names as other ledgers have them."""
    return (ref for column in _naming(kind) for ref in codes_of(row.get(column.id)))


@cache
def has_deadlines(kind: Kind) -> bool:
    return any(column.tells == LATE for column in kind.columns)


def parts(kind: Kind, row: Row) -> frozenset[str]:
    """The agencies with a part in the case as the row tells it."""
    agencies: set[str] = set()
    for name in _parts(kind):
        agencies.update(codes_of(row.get(name)))
    return frozenset(agencies)


@cache
def _parts(kind: Kind) -> tuple[str, ...]:
    return tuple(column.id for column in kind.columns if column.part)


def lists_of(kind: Kind, rulebook: Rulebook) -> dict[str, Mapping[str, str]]:
    """The rulebook's lists that say what the codes of a ledger mean, for each of its services."""
    names = {column.codes.format(service=service) for column in kind.columns if column.tells == CODE and column.codes
             for service in kind.services}
    return {name: {clock.id: clock.says for clock in rulebook.clocks.values()} if name == CLOCKS
            else rulebook.list_of(name) for name in names}


def shown(kind: Kind, service: str, row: Mapping[str, Any], names: Mapping[str, str],
          lists: Mapping[str, Mapping[str, str]]) -> Row:
    """The row of a case of the `service` as an office reads it: agencies by their `names`, codes by the titles of the
    rulebook's `lists`, other cases by its list `cases`, days as ISO text, no value as an empty one."""
    return {column.id: _shown(kind, column, service, row, names, lists) for column in kind.columns}


def _shown(kind: Kind, column: Column, service: str, row: Mapping[str, Any], names: Mapping[str, str],
           lists: Mapping[str, Mapping[str, str]]) -> Any:
    if column.tells == CHAPTER:
        return kind.services[service]
    if column.tells == LATE:
        return len(row.get(OVER, ()))
    told = row.get(column.id)
    if column.tells == COUNT:
        return told or 0
    if column.tells == SEVERAL:
        return len(tuple(codes_of(told)))
    if column.tells == DAY:
        return told or ""
    list_ = column.codes.format(service=service) or column.tells
    titles = names if column.tells == AGENCY else column.words or lists.get(list_, {})
    words = dict.fromkeys(titles.get(code, code) for code in codes_of(told))
    return "、".join(words) or (column.nobody if told == "" else "")


def codes_of(told: Any) -> Iterable[str]:
    """One code, several or none, as a sequence."""
    if not told:
        return ()
    return (told,) if isinstance(told, str) else tuple(told)
