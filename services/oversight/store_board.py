"""The board's tables written many rows at a time: what a rebuild does. The same rows as `store` writes one by one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight import writing
from services.oversight.store import BOARD, PARTIES, PRIVATE
from services.oversight.writing import Row
from shared.db import among, microseconds

_TOLD = tuple(column.name for column in BOARD.c if column.name != "service")
_DUE, _YELLOW = _TOLD.index("due_at"), _TOLD.index("yellow_at")


def board_row(service: str, data: Mapping[str, Any]) -> Row:
    """A row of the board as the database takes it, in the order of the columns, of what an event tells: days are told
    as they are written."""
    row: list[Any] = [data.get(name) for name in _TOLD]
    row[_DUE] = microseconds(datetime.fromisoformat(row[_DUE]))
    row[_YELLOW] = microseconds(datetime.fromisoformat(row[_YELLOW]))
    return (service, *row)


def keep_deadlines(tx: Connection, new: Sequence[Row], known: Sequence[Row]) -> None:
    """Keeps these rows of the board, each of another deadline, over those that are there; `new`: of deadlines that
    have only begun."""
    writing.put_new(tx, BOARD, new)
    writing.put(tx, BOARD, known)


def keep_parties(tx: Connection, parties: Mapping[str, frozenset[str]]) -> None:
    """Keeps who has a part in each of these cases now."""
    _anew(tx, PARTIES, parties, [(agency, case) for case, agencies in parties.items() for agency in sorted(agencies)])


def keep_private(tx: Connection, private: Mapping[str, bool]) -> None:
    """Keeps of each of these cases whether no overseer knows of it now."""
    _anew(tx, PRIVATE, private, [(case,) for case, hidden in private.items() if hidden])


def _anew(tx: Connection, table: sa.Table, cases: Iterable[str], rows: Sequence[Row]) -> None:
    """The cases' rows of a table, in place of those that were there."""
    if some := sorted(cases):
        for first in range(0, len(some), 500):      # so many names SQLite takes in one statement
            tx.execute(table.delete().where(among(tx, table.c.case, some[first:first + 500])))
        writing.put_new(tx, table, rows)
