"""When the journal was last verified, and whether it held. No evidence: who can change the journal can change this."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.journal.tables import verification


def note(tx: Connection, held: bool, now: datetime) -> None:
    """Keeps that it was verified now."""
    tx.execute(verification.delete().where(verification.c.held.is_(held)))
    tx.execute(verification.insert(), {"held": held, "at": now})


def last(tx: Connection) -> dict[bool, datetime]:
    """When it last held, and when it last did not; without those that never were."""
    return {row.held: row.at for row in tx.execute(sa.select(verification))}
