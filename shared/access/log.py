"""Who looked and who was refused: kept beside the journal's chain, as long as the city sets (six months at least).

No names, no personal values, no secrets: ids, agencies, routes and outcomes.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import SHARED, UtcInstant
from shared.kernel.ids import new_id

READ, REFUSED, SIGN_IN = "read", "refused", "sign_in"

access_log = sa.Table(
    "access_log", SHARED,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("at", UtcInstant, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("person", sa.String(64), nullable=False),           # account id, service name, or empty where unknown
    sa.Column("appointment", sa.String(36), nullable=False),
    sa.Column("agency", sa.String(40), nullable=False),
    sa.Column("what", sa.String(200), nullable=False),            # route template or act
    sa.Column("subject", sa.String(200), nullable=False),         # case id, file digest
    sa.Column("outcome", sa.String(80), nullable=False),          # ok, or the refusal's code
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("request", sa.String(64), nullable=False),          # request id
    sa.Index("access_log_by_time", "at"),
    sa.Index("access_log_by_subject", "subject"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One read, refusal or sign-in."""

    kind: str
    what: str
    subject: str = ""
    outcome: str = "ok"
    person: str = ""
    appointment: str = ""
    agency: str = ""
    address: str = ""
    request: str = ""


def record(tx: Connection, entry: Entry, now: datetime) -> None:
    """Keeps the entry; over-long texts are cut, never refused."""
    tx.execute(access_log.insert(), {
        "id": new_id(now), "at": now, "kind": entry.kind, "person": entry.person[:64],
        "appointment": entry.appointment[:36], "agency": entry.agency[:40], "what": entry.what[:200],
        "subject": entry.subject[:200], "outcome": entry.outcome[:80], "address": entry.address[:64],
        "request": entry.request[:64]})


def sweep(tx: Connection, before: datetime) -> int:
    """Deletes what is older than the city keeps; returns how many entries went."""
    return tx.execute(access_log.delete().where(access_log.c.at < before)).rowcount
