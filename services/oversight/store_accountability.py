"""The tables of accountability (31): its matters, and who leads which plan."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.accountability import Accountability
from services.oversight.store import TABLES
from shared.acts.store import case_tables
from shared.vault import Vault

ACCOUNTABILITY = case_tables(
    "accountability", TABLES,
    sa.Column("meant", sa.String(40), nullable=False),
    sa.Column("plan", sa.String(80), nullable=False, index=True),
    sa.Column("hint", sa.String(80), unique=True),                  # service/deadline/generation; taken up once
)
LEADS = sa.Table(
    "plan_lead", TABLES,                                            # a projection, as the board is
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("lead", sa.String(40), nullable=False, index=True),
)


def columns(case: Accountability, _: Vault) -> Mapping[str, Any]:
    """What lists ask for."""
    return {"meant": case.agency, "plan": case.plan, "hint": case.hint or None}


def lead_of(tx: Connection, plan: str) -> str:
    """Who leads the plan, named as service/id; empty: it is not known."""
    case = plan.partition("/")[2]
    return tx.execute(sa.select(LEADS.c.lead).where(LEADS.c.case == case)).scalar() or ""
