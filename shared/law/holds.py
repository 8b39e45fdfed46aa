"""保全: what may not be erased, as every service knows it. `sharing` keeps the holds and tells; here is what holds now.

A hold is on a case, or on a person by keyed digests of number and name; neither table nor event names anybody.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.contracts.envelope import Event, canonical
from shared.db.database import SHARED

legal_hold = sa.Table(
    "legal_hold", SHARED,
    sa.Column("id", sa.String(36), primary_key=True),            # the hold's own case
    sa.Column("service", sa.String(40), nullable=False),         # of the case held; empty where a person is
    sa.Column("case", sa.String(36), nullable=False, index=True),
    sa.Column("keys", sa.Text, nullable=False),                  # JSON: keyed digests of the person held
)


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that is in force."""

    id: str
    service: str
    case: str
    keys: frozenset[str]


def put(tx: Connection, held: Held) -> None:
    """Keeps a hold; the same again changes nothing."""
    lift(tx, held.id)
    tx.execute(legal_hold.insert(), {"id": held.id, "service": held.service, "case": held.case,
                                     "keys": canonical(sorted(held.keys))})


def there(tx: Connection) -> tuple[Held, ...]:
    """Every hold in force, as far as this service knows."""
    return tuple(Held(row.id, row.service, row.case, frozenset(json.loads(row.keys)))
                 for row in tx.execute(sa.select(legal_hold).order_by(legal_hold.c.id)))


def take_over(tx: Connection, holds: Iterable[Held]) -> None:
    """What holds now, as the service that keeps them says: for who can't wait for the news."""
    tx.execute(legal_hold.delete())
    for held in holds:
        put(tx, held)


def lift(tx: Connection, id: str) -> None:
    tx.execute(legal_hold.delete().where(legal_hold.c.id == id))


def on(tx: Connection, service: str, case: str, keys: Callable[[], Iterable[str]]) -> Held | None:
    """A hold on the case, or on a person in it. `keys`: digests of all persons in it, asked for only where needed."""
    known = there(tx)
    if found := next((held for held in known if (held.service, held.case) == (service, case)), None):
        return found
    persons = [held for held in known if held.keys]
    whom = frozenset(keys()) if persons else frozenset()
    return next((held for held in persons if held.keys & whom), None)


def hold_placed(tx: Connection, event: Event) -> None:
    said = event.data["held"]
    put(tx, Held(event.subject, said["service"], said["case"], frozenset(said["keys"])))


def hold_lifted(tx: Connection, event: Event) -> None:
    lift(tx, event.subject)


HANDLERS: Mapping[str, Callable[[Connection, Event], None]] = {"hold_placed": hold_placed, "hold_lifted": hold_lifted}
