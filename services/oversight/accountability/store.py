"""The tables of accountability (31): its matters, and who leads which plan."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight.accountability.domain import Accountability
from services.oversight.store import PRIVATE, TABLES
from shared.acts.store import case_tables
from shared.crypto.vault import Vault

PLANS = frozenset({"collab", "joint"})      # the chapters whose cases somebody leads
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
    sa.Column("service", sa.String(40)),                            # its chapter; none: heard by an earlier release
)


def columns(case: Accountability, _: Vault) -> Mapping[str, Any]:
    """What lists ask for."""
    return {"meant": case.agency, "plan": case.plan, "hint": case.hint or None}


def lead_of(tx: Connection, plan: str, viewer: str) -> str:
    """Who leads the plan, named as service/id, as the agency may know of it: of a draft its lead alone. Empty: no such
    plan is known."""
    (service, _, case), row = plan.partition("/"), LEADS.c
    query = sa.select(row.lead).where(
        row.case == case, sa.or_(row.service == service, sa.and_(row.service.is_(None), sa.literal(service in PLANS))),
        sa.or_(row.lead == viewer, row.case.not_in(sa.select(PRIVATE.c.case))))
    return tx.execute(query).scalar() or ""
