"""How far the news of each source has been handled here: what every answer of board and ledgers says of itself."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts.office import Office
from shared.bus.tables import follower_cursor, parked
from shared.contracts.envelope import stamp

_HELD = sa.select(sa.func.count()).where(
    parked.c.consumer == follower_cursor.c.consumer, parked.c.source == follower_cursor.c.source,
    parked.c.dropped_at.is_(None)).scalar_subquery()
_HEARD = sa.select(follower_cursor, _HELD.label("waiting")).where(      # asked with every answer, so built once
    follower_cursor.c.consumer == sa.bindparam("consumer"))


def as_of(tx: Connection, office: Office) -> list[dict[str, Any]]:
    """Of each source followed, in the order in which the office names them: the last position handled and when that
    entry was recorded (None: nothing yet), and how much of its news waits parked, so that it is not on the board."""
    heard = {row.source: row for row in tx.execute(_HEARD, {"consumer": office.name})}
    return [_one(source, heard.get(source)) for source in office.spec.follows]


def instants(tx: Connection, office: Office) -> dict[str, datetime]:
    """Of each source followed of which something was heard: when the last entry that was handled was recorded."""
    heard = {row.source: row.last_at for row in tx.execute(_HEARD, {"consumer": office.name}) if row.last_at}
    return {source: heard[source] for source in office.spec.follows if source in heard}


def heard(tx: Connection, office: Office, sources: Collection[str], until: datetime) -> list[dict[str, Any]]:
    """Of each of these sources: up to which of its instants its news was handled, no later than `until`, so that what
    comes after it changes nothing (None: nothing yet); and how much of its news waits parked."""
    told = {row.source: row for row in tx.execute(_HEARD, {"consumer": office.name})}
    return [{"service": source, "recorded_at": stamp(min(row.last_at, until)) if row and row.last_at else None,
             "waiting": row.waiting if row else 0}
            for source in office.spec.follows if source in sources for row in [told.get(source)]]


def _one(source: str, row: Any) -> dict[str, Any]:
    if row is None:
        return {"service": source, "epoch": "", "position": 0, "recorded_at": None, "waiting": 0}
    return {"service": source, "epoch": row.epoch, "position": row.position,
            "recorded_at": stamp(row.last_at) if row.last_at else None, "waiting": row.waiting}
