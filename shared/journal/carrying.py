"""How each carrier to an agency is: when it begins to fail, is paused or works again the agency is told, once, by an
event in its feed: what it can still read when its queue or its webhook is what fails."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import SHARED, UtcInstant
from shared.journal.log import Journal
from shared.journal.model import NewEntry
from shared.journal.sent import CARRIERS
from shared.kernel.clock import day_of
from shared.kernel.ids import new_id

FAILING, PAUSED, RESUMED = STATES = ("failing", "paused", "resumed")

carrier_state = sa.Table(
    "carrier_state", SHARED,
    sa.Column("agency", sa.String(40), primary_key=True),
    sa.Column("carrier", sa.String(20), primary_key=True),
    sa.Column("reader", sa.String(80), primary_key=True),      # the subscription; empty: the agency's one queue
    sa.Column("state", sa.String(20), nullable=False),         # failing, paused, resumed
    sa.Column("since", UtcInstant, nullable=False),
    sa.Column("why", sa.String(400), nullable=False),
)


def tell(tx: Connection, journal: Journal, agency: str, carrier: str, reader: str, state: str, why: str) -> bool:
    """Keeps how a carrier is, and tells its agency where that is news: `delivery_<state>`. Nothing may follow in the
    transaction but the commit. False where nothing changed. Raises ValueError for a state or carrier there is not."""
    if state not in STATES or carrier not in CARRIERS:
        raise ValueError(f"{carrier} {state}")
    now, table = journal.clock.now(), carrier_state.c
    key = table.agency == agency, table.carrier == carrier, table.reader == reader
    was = tx.execute(sa.select(table.state).where(*key).with_for_update()).scalar()
    if was == state or (was is None and state == RESUMED):
        return False
    values = {"state": state, "since": now, "why": why[:400]}
    if was is None:
        tx.execute(carrier_state.insert(), {"agency": agency, "carrier": carrier, "reader": reader, **values})
    else:
        tx.execute(carrier_state.update().where(*key).values(**values))
    journal.append(tx, [_entry(agency, carrier, reader, state, why[:400], now)])
    return True


def _entry(agency: str, carrier: str, reader: str, state: str, why: str, now: datetime) -> NewEntry:
    data = {"agency": agency, "carrier": carrier, "subscription": reader, "why": why}
    told = {key: value for key, value in data.items() if value}
    return NewEntry(new_id(now), f"delivery_{state}", "", day_of(now), told, audience=frozenset({agency}))


def states(tx: Connection, agency: str) -> list[dict[str, object]]:
    """How the agency's carriers are: those that ever failed or were paused."""
    return [{"carrier": row.carrier, "subscription": row.reader, "state": row.state, "since": row.since, "why": row.why}
            for row in tx.execute(sa.select(carrier_state).where(carrier_state.c.agency == agency).order_by(
                carrier_state.c.carrier, carrier_state.c.reader))]
