"""订阅, as every service knows them: which agency is sent copies of what, by which carrier. `sharing` tells of them.

A service's relay reads here what goes to an agency's queue. Projections: the same event again changes nothing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.contracts.envelope import Event, canonical
from shared.db.database import SHARED

ACTIVE, PAUSED, ENDED = "active", "paused", "ended"
QUEUE = "queue"

subscription = sa.Table(
    "subscription_copy", SHARED,
    sa.Column("id", sa.String(36), primary_key=True),            # its case in `sharing`
    sa.Column("agency", sa.String(40), nullable=False),
    sa.Column("carrier", sa.String(40), nullable=False),         # queue, webhook
    sa.Column("types", sa.Text, nullable=False),                 # JSON: as transfer.announced; none: all
    sa.Column("state", sa.String(40), nullable=False),
    sa.Index("subscription_copy_by_carrier", "carrier", "state", "agency"),
)


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription as far as a relay needs it. `types`: none is all."""

    id: str
    agency: str
    carrier: str
    types: tuple[str, ...]
    state: str

    def wants(self, type: str) -> bool:
        """Whether an event, as transfer.announced, is among those chosen."""
        return not self.types or type in self.types


def put(tx: Connection, said: Subscribed) -> None:
    """Keeps a subscription as it now is; one that has ended is kept no more."""
    tx.execute(subscription.delete().where(subscription.c.id == said.id))
    if said.state != ENDED:
        tx.execute(subscription.insert(), {"id": said.id, "agency": said.agency, "carrier": said.carrier,
                                           "types": canonical(list(said.types)), "state": said.state})


def there(tx: Connection, carrier: str, state: str = ACTIVE) -> tuple[Subscribed, ...]:
    """The subscriptions of a carrier in a state, by agency, as far as this service knows."""
    row = subscription.c
    found = tx.execute(sa.select(subscription).where(row.carrier == carrier, row.state == state)
                       .order_by(row.agency, row.id))
    return tuple(map(_read, found))


def of_agency(tx: Connection, agency: str, carrier: str) -> tuple[Subscribed, ...]:
    """The agency's subscriptions of a carrier that have not ended, active or paused."""
    row = subscription.c
    return tuple(map(_read, tx.execute(sa.select(subscription).where(row.agency == agency, row.carrier == carrier)
                                       .order_by(row.id))))


def _read(row: sa.Row[*tuple[object, ...]]) -> Subscribed:
    return Subscribed(row.id, row.agency, row.carrier, tuple(json.loads(row.types)), row.state)


def _heard(state: str) -> Callable[[Connection, Event], None]:
    def heard(tx: Connection, event: Event) -> None:
        said = event.data
        put(tx, Subscribed(event.subject, said["subscriber"], said["carrier"], tuple(said["types"]),
                           said.get("state") or state or _state(tx, event.subject)))
    return heard


def _state(tx: Connection, id: str) -> str:
    """The state it is in: what a change leaves as it is."""
    return tx.execute(sa.select(subscription.c.state).where(subscription.c.id == id)).scalar() or ACTIVE


HANDLERS: Mapping[str, Callable[[Connection, Event], None]] = {
    "subscription_opened": _heard(ACTIVE), "subscription_changed": _heard(""), "subscription_paused": _heard(PAUSED),
    "subscription_resumed": _heard(ACTIVE), "subscription_ended": _heard(ENDED),
    **dict.fromkeys(("subscription_confirmed", "subscription_not_confirmed", "subscription_secret_rotated",
                     "subscription_rotation_finished"), _heard(""))}
