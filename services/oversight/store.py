"""The tables of chapter 6: filings, and the board of all deadlines as the events of every service tell them."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.filings.domain import Filing
from shared.acts.store import case_tables
from shared.bus.scratch import WHILE_FILLED
from shared.crypto.vault import Vault
from shared.db.database import UtcInstant

TABLES = sa.MetaData()

FILINGS = case_tables(
    "filing", TABLES,
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("service", sa.String(40), nullable=False),
    sa.Column("case", sa.String(36), nullable=False, index=True),           # the case it belongs to
    sa.Column("filed_by", sa.String(40), nullable=False),
    sa.Column("filing_number", sa.String(200), unique=True),                # 备案号; none before it is registered
)

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
    sa.Column("unit", sa.String(20)),                                       # None: kept before it was, until a rebuild
    sa.Column("amount", sa.Integer),
    sa.Column("paused_on", sa.Date),                            # since when it stands still, or stood still when met
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

def filing_columns(case: Filing, _: Vault) -> Mapping[str, Any]:
    return {"kind": case.received.kind, "service": case.received.service, "case": case.received.case,
            "filed_by": case.received.filed_by, "filing_number": case.registered.number if case.registered else None}


def number_used(tx: Connection, number: str) -> bool:
    """Whether a filing was ever registered under the number."""
    filing = FILINGS.case.c
    return tx.execute(sa.select(filing.id).where(filing.filing_number == number)).first() is not None
