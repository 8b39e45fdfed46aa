"""The tables of chapter 6: filings, and the board of all deadlines as the events of every service tell them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.domain import Filing
from shared.acts.store import case_tables
from shared.bus.scratch import WHILE_FILLED
from shared.clock import aware
from shared.db import UtcInstant
from shared.vault import Vault

TABLES = sa.MetaData()

FILINGS = case_tables(
    "filing", TABLES,
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("service", sa.String(40), nullable=False),
    sa.Column("case", sa.String(36), nullable=False, index=True),           # the case it belongs to
    sa.Column("filed_by", sa.String(40), nullable=False),
    sa.Column("filing_number", sa.String(200), unique=True),                # 备案号; none before it is registered
)
FILING_FILTERS = frozenset({"kind", "service", "case", "filed_by", "filing_number"})

BOARD = sa.Table(
    "board", TABLES,
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("deadline", sa.String(36), primary_key=True),
    sa.Column("case", sa.String(36), nullable=False),
    sa.Column("clock", sa.String(80), nullable=False),
    sa.Column("bound", sa.String(40), nullable=False),
    sa.Column("item", sa.String(200), nullable=False),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("article", sa.String(40), nullable=False),
    sa.Column("law", sa.String(80), nullable=False),
    sa.Column("statutory", sa.Boolean, nullable=False),
    sa.Column("says", sa.Text, nullable=False),
    sa.Column("started_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date),
    sa.Column("due_at", UtcInstant, nullable=False),
    sa.Column("yellow_at", UtcInstant, nullable=False),
    sa.Column("provisional", sa.Boolean, nullable=False),
    sa.Column("met_on", sa.Date),
    sa.Column("late", sa.Boolean),
    sa.Column("warned", sa.Boolean, nullable=False),
    sa.Column("breached", sa.Boolean, nullable=False),
    sa.Column("why", sa.Text, nullable=False),                              # of the last change, 中文
    sa.Index("board_by_due", "due_at", "service", "deadline"),
    sa.Index("board_by_bound", "bound", "due_at"),
    sa.Index("board_by_state", "state", "due_at"),
    sa.Index("board_by_case", "case"),
    sa.Index("board_by_clock", "clock", "due_at"),
)
PARTIES = sa.Table(
    "board_party", TABLES,                                                  # who has a part in a case now
    sa.Column("agency", sa.String(40), primary_key=True),
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Index("board_party_by_case", "case", info=WHILE_FILLED),
)

PRIVATE = sa.Table(
    "board_private", TABLES,                                                # cases of which no overseer knows yet
    sa.Column("case", sa.String(36), primary_key=True),
)

_DAYS, _INSTANTS = ("started_on", "due_on", "met_on"), ("due_at", "yellow_at")


def filing_columns(case: Filing, _: Vault) -> Mapping[str, Any]:
    return {"kind": case.received.kind, "service": case.received.service, "case": case.received.case,
            "filed_by": case.received.filed_by, "filing_number": case.registered.number if case.registered else None}


def number_used(tx: Connection, number: str) -> bool:
    """Whether a filing was ever registered under the number."""
    filing = FILINGS.case.c
    return tx.execute(sa.select(filing.id).where(filing.filing_number == number)).first() is not None


# asked for every event of a deadline, so built once
_KEEP = BOARD.update().where(BOARD.c.service == sa.bindparam("of_service"),
                             BOARD.c.deadline == sa.bindparam("of_deadline")).values(
    {column.name: sa.bindparam(column.name) for column in BOARD.c if column.name != "service"})


def keep_deadline(tx: Connection, service: str, data: Mapping[str, Any]) -> None:
    """Keeps a deadline as its latest event tells it. `data` is that event's; what the board has no column for is
    left."""
    values: dict[str, Any] = {column.name: data.get(column.name) for column in BOARD.c if column.name != "service"}
    for name in _DAYS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    for name in _INSTANTS:
        values[name] = aware(datetime.fromisoformat(values[name]))
    if not tx.execute(_KEEP, {**values, "of_service": service, "of_deadline": values["deadline"]}).rowcount:
        tx.execute(BOARD.insert(), {"service": service, **values})


def keep_parties(tx: Connection, case: str, agencies: frozenset[str]) -> None:
    """Keeps who has a part in a case now."""
    party = PARTIES.c
    known = frozenset(tx.execute(sa.select(party.agency).where(party.case == case)).scalars())
    if gone := known - agencies:
        tx.execute(PARTIES.delete().where(party.case == case, party.agency.in_(gone)))
    if new := agencies - known:
        tx.execute(PARTIES.insert(), [{"agency": agency, "case": case} for agency in sorted(new)])


def keep_private(tx: Connection, case: str, private: bool) -> None:
    """Keeps whether no overseer knows of a case now."""
    known = tx.execute(sa.select(PRIVATE.c.case).where(PRIVATE.c.case == case)).first() is not None
    if private and not known:
        tx.execute(PRIVATE.insert(), {"case": case})
    elif known and not private:
        tx.execute(PRIVATE.delete().where(PRIVATE.c.case == case))
