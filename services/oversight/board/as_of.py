"""How far the news of each source has been handled here: what every answer of board and ledgers says of itself."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts.office import Office
from shared.bus.tables import follower_cursor, parked
from shared.contracts.envelope import stamp
from shared.db.database import instant_of
from shared.db.pipelining import Trip

_CURSOR = follower_cursor.c
_HELD = sa.select(sa.func.count()).where(
    parked.c.consumer == _CURSOR.consumer, parked.c.source == _CURSOR.source, parked.c.dropped_at.is_(None)
).scalar_subquery()
_HEARD = sa.select(
    _CURSOR.source, _CURSOR.epoch, _CURSOR.position, sa.type_coerce(_CURSOR.last_at, sa.BigInteger), _HELD
).where(_CURSOR.consumer == sa.bindparam("consumer", type_=sa.String))


class _Heard(NamedTuple):
    """What was heard of a source; `last_at`: when the last entry that was handled was recorded, as it is kept."""

    source: str
    epoch: str
    position: int
    last_at: int | None
    waiting: int

    @property
    def instant(self) -> datetime | None:
        return None if self.last_at is None else instant_of(self.last_at)


def as_of(tx: Connection, office: Office) -> list[dict[str, Any]]:
    """Of each source followed, in the order in which the office names them: the last position handled and when that
    entry was recorded (None: nothing yet), and how much of its news waits parked, so that it is not on the board."""
    heard = _heard(tx, office)
    return [_one(heard.get(source, _Heard(source, "", 0, None, 0))) for source in office.spec.follows]


def instants(tx: Connection, office: Office) -> dict[str, datetime]:
    """Of each source followed of which something was heard: when the last entry that was handled was recorded."""
    heard = _heard(tx, office)
    return {source: instant for source in office.spec.follows if source in heard
            for instant in [heard[source].instant] if instant}


def heard(tx: Connection, office: Office, sources: Collection[str], until: datetime) -> list[dict[str, Any]]:
    """Of each of these sources: up to which of its instants its news was handled, no later than `until`, so that what
    comes after it changes nothing (None: nothing yet); and how much of its news waits parked."""
    told = _heard(tx, office)
    return [{"service": source, "recorded_at": stamp(min(instant, until)) if instant else None,
             "waiting": row.waiting if row else 0}
            for source in office.spec.follows if source in sources
            for row in [told.get(source)] for instant in [row.instant if row else None]]


def _heard(tx: Connection, office: Office) -> dict[str, _Heard]:
    return {row[0]: _Heard(*row) for row in Trip(tx, binary=True).ask(_HEARD, consumer=office.name)()}


def _one(heard: _Heard) -> dict[str, Any]:
    return {"service": heard.source, "epoch": heard.epoch, "position": heard.position,
            "recorded_at": stamp(heard.instant) if heard.instant else None, "waiting": heard.waiting}
