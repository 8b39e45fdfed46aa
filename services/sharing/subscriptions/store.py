"""The tables of subscriptions and all their SQL."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.store import TABLES
from services.sharing.subscriptions.domain import ENDED, QUEUE, Subscription
from shared.acts.store import case_tables
from shared.crypto.vault import Vault

SUBSCRIPTIONS = case_tables(
    "subscription", TABLES,
    sa.Column("agency", sa.String(40), nullable=False, index=True),
    sa.Column("carrier", sa.String(40), nullable=False),
)


def columns(case: Subscription, _: Vault) -> Mapping[str, Any]:
    return {"agency": case.agency, "carrier": case.carrier}


def has_queue(tx: Connection, agency: str) -> bool:
    """Whether the agency's queue has a subscription that is not ended."""
    row = SUBSCRIPTIONS.case.c
    return tx.execute(sa.select(row.id).where(row.agency == agency, row.carrier == QUEUE, row.state != ENDED)
                      .limit(1)).first() is not None


def going_on(tx: Connection, agency: str) -> list[str]:
    """The agency's subscriptions that are not ended."""
    row = SUBSCRIPTIONS.case.c
    chosen = sa.select(row.id).where(row.agency == agency, row.state != ENDED)
    return list(tx.execute(chosen.order_by(row.id)).scalars())
