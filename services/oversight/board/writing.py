"""The board's tables as they are written: for one event or for the thousands of a rebuild."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight import writing
from services.oversight.accountability.store import LEADS
from services.oversight.store import BOARD, PARTIES
from services.oversight.writing import Row
from shared.db.database import among, microseconds

_TOLD = tuple(column.name for column in BOARD.c if column.name != "service")
_LEFT = PARTIES.delete().where(PARTIES.c.agency == sa.bindparam("of_agency"), PARTIES.c.case == sa.bindparam("of_case"))
_DUE, _YELLOW = _TOLD.index("due_at"), _TOLD.index("yellow_at")


def board_row(service: str, data: Mapping[str, Any]) -> Row:
    """A row of the board as the database takes it, in the order of the columns, of what an event tells: days are told
    as they are written."""
    row: list[Any] = list(map(data.get, _TOLD))
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
    party = PARTIES.c
    known = {(row.agency, row.case) for some in writing.some(tx, parties)
             for row in tx.execute(sa.select(party.agency, party.case).where(among(tx, party.case, some)))}
    now = {(agency, case) for case, agencies in parties.items() for agency in agencies}
    if gone := known - now:
        tx.execute(_LEFT, [{"of_agency": agency, "of_case": case} for agency, case in gone])
    writing.put_new(tx, PARTIES, sorted(now - known))


def keep_marks(tx: Connection, table: sa.Table, cases: Mapping[str, bool]) -> None:
    """Keeps of each of these cases whether it stands in a table of cases."""
    known = {case for some in writing.some(tx, cases)
             for case in tx.execute(sa.select(table.c.case).where(among(tx, table.c.case, some))).scalars()}
    now = {case for case, marked in cases.items() if marked}
    for gone in writing.some(tx, known - now):
        tx.execute(table.delete().where(among(tx, table.c.case, gone)))
    writing.put_new(tx, table, [(case,) for case in sorted(now - known)])


def keep_leads(tx: Connection, service: str, leads: Mapping[str, str]) -> None:
    """Keeps who leads each of these plans of a service now."""
    writing.put(tx, LEADS, [(case, lead, service) for case, lead in sorted(leads.items())])
