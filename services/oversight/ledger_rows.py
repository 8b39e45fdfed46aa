"""How a ledger's row comes of the events of its case. Pure.

A row is plain JSON data by column. Beside the columns it keeps in `_days` which entry told which true date, so that a
correction finds them, in `_over` the deadlines set by law that are or were over, and in `_earlier` what began anew:
what it told of before, and with whom, which no ledger shows and a period's figures count.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import Any

from services.oversight.ledgers import AGENCY, COUNT, DAY, LATE, SEVERAL, Column, Kind
from shared.contracts.envelope import Event

Row = dict[str, Any]
DAYS, OVER, EARLIER = "_days", "_over", "_earlier"
CORRECTIONS = frozenset({"corrected", "query_corrected", "tip_corrected"})


def key_of(kind: Kind, event: Event) -> str:
    """Which row of the ledger the event is about: its case's, or that of one item of it. Empty: none."""
    if not kind.item:
        return event.subject
    item = event.data.get(kind.item)
    return f"{event.subject}/{item}" if item is not None else ""


def after(kind: Kind, row: Row, event: Event) -> Row:
    """The row after an event of its case; the same where it tells nothing that the ledger shows."""
    if event.name in CORRECTIONS:
        return _put_right(row, event.data)
    if begun := kind.anew.get(event.name):
        row = _anew(kind, row, begun)
    changed = {column.id: _told(column, row, event) for column in _columns(kind, event.name)
               if not column.fact or column.fact in event.data}
    days = [name for name in _days(kind, event.name) if name in changed]
    if days:
        changed[DAYS] = {**row.get(DAYS, {}), event.id: days}
    return {**row, **changed} if any(row.get(name) != value for name, value in changed.items()) else row


def _anew(kind: Kind, row: Row, columns: tuple[str, ...]) -> Row:
    """The row in which these columns are empty; the same where they are."""
    was = {name: row[name] for name in columns if row.get(name)}
    if not was:
        return row
    days = {entry: left for entry, names in row.get(DAYS, {}).items()
            if (left := [name for name in names if name not in was])}
    other = kind.roles[1]
    return {**{name: value for name, value in row.items() if name not in was}, DAYS: days,
            EARLIER: [*row.get(EARLIER, ()), {**was, other: row.get(other)}]}


@cache
def _columns(kind: Kind, event: str) -> tuple[Column, ...]:
    """Those that events of the name may tell."""
    return tuple(column for column in kind.columns
                 if (event in column.events if column.events else bool(column.fact)))


@cache
def _days(kind: Kind, event: str) -> tuple[str, ...]:
    """The columns that show the true date of events of the name."""
    return tuple(column.id for column in _columns(kind, event) if column.tells == DAY and not column.fact)


def _told(column: Column, row: Row, event: Event) -> Any:
    if column.tells == COUNT:
        return row.get(column.id, 0) + 1
    return event.data[column.fact] if column.fact else event.data["occurred_on"]


def _put_right(row: Row, said: Mapping[str, Any]) -> Row:
    """A true date that was put right is the row's date, wherever that entry's still stands."""
    right, was = said.get("right_on"), said.get("was_on")
    columns = row.get(DAYS, {}).get(said.get("corrected"), ())
    return {**row, **{name: right for name in columns if row[name] == was}} if right else row


def after_deadline(row: Row, said: Mapping[str, Any]) -> Row:
    """The row after an event of a deadline of its case: one set by law counts while it is over or was met late, and no
    more once a date put right has withdrawn that."""
    known = frozenset(row.get(OVER, ()))
    over = said["statutory"] and (said["breached"] or said["late"] is True)
    now = known | {said["deadline"]} if over else known - {said["deadline"]}
    return row if now == known else {**row, OVER: sorted(now)}


@cache
def has_deadlines(kind: Kind) -> bool:
    return any(column.tells == LATE for column in kind.columns)


def parts(kind: Kind, row: Row) -> frozenset[str]:
    """The agencies with a part in the case as the row tells it."""
    return frozenset(chain.from_iterable(codes_of(row.get(name)) for name in _parts(kind)))


@cache
def _parts(kind: Kind) -> tuple[str, ...]:
    return tuple(column.id for column in kind.columns if column.part)


def shown(kind: Kind, row: Mapping[str, Any], names: Mapping[str, str],
          lists: Mapping[str, Mapping[str, str]]) -> Row:
    """The row as an office reads it: agencies by their `names`, codes by the titles of the rulebook's `lists`, days as
    ISO text, no value as an empty one."""
    return {column.id: _shown(column, row, names, lists) for column in kind.columns}


def _shown(column: Column, row: Mapping[str, Any], names: Mapping[str, str],
           lists: Mapping[str, Mapping[str, str]]) -> Any:
    if column.tells == LATE:
        return len(row.get(OVER, ()))
    told = row.get(column.id)
    if column.tells == COUNT:
        return told or 0
    if column.tells == SEVERAL:
        return len(tuple(codes_of(told)))
    if column.tells == DAY:
        return told or ""
    titles = names if column.tells == AGENCY else column.words or lists.get(column.codes, {})
    return "、".join(titles.get(code, code) for code in codes_of(told))


def codes_of(told: Any) -> Iterable[str]:
    """One code, several or none, as a sequence."""
    if not told:
        return ()
    return (told,) if isinstance(told, str) else tuple(told)
