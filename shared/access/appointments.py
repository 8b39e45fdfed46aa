"""From when on tokens hold: a service's own copy of what the desk says of accounts and appointments.

A token is good only if it was issued at or after `valid_after` of its account and of its appointment, and the
appointment has not ended. Only the desk issues tokens, so a copy that is behind trusts one for ten minutes at most.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.access.tokens import DESK, TOKEN_BAD, Claims
from shared.clock import day_of
from shared.contracts.envelope import Event
from shared.db import SHARED, UtcInstant
from shared.errors import Refused

access_subject = sa.Table(
    "access_subject", SHARED,
    sa.Column("subject", sa.String(36), primary_key=True),        # an account or an appointment
    sa.Column("valid_after", UtcInstant),                         # none: any token of it holds
    sa.Column("until", sa.Date),                                  # the appointment's last day
    sa.Column("closed", sa.Boolean, nullable=False, default=False),
)


def note(tx: Connection, subject: str, *, valid_after: datetime | None = None, until: date | None = None,
         closed: bool | None = None) -> None:
    """Keeps what is told of a subject. `valid_after` only ever moves on."""
    table = access_subject
    found = tx.execute(sa.select(table).where(table.c.subject == subject)).first()
    if found is None:
        tx.execute(table.insert(), {"subject": subject, "valid_after": valid_after, "until": until,
                                    "closed": bool(closed)})
        return
    values: dict[str, Any] = {"until": until if until is not None else found.until,
                              "closed": found.closed if closed is None else closed}
    if valid_after is not None and (found.valid_after is None or valid_after > found.valid_after):
        values["valid_after"] = valid_after
    tx.execute(table.update().where(table.c.subject == subject).values(**values))


def check(tx: Connection, claims: Claims, now: datetime) -> None:
    """Raises Refused (401) where the account or the appointment of a person's token no longer allows it: no token
    outlives the last day of its appointment."""
    if claims.issuer != DESK:
        return
    table = access_subject
    rows = tx.execute(sa.select(table).where(table.c.subject.in_((claims.subject, claims.appointment))))
    for row in rows:
        if row.closed or (row.valid_after is not None and claims.issued_at < row.valid_after):
            raise Refused(TOKEN_BAD)
        if row.until is not None and row.until < day_of(now):
            raise Refused(TOKEN_BAD)


def learn(tx: Connection, account: str, name: str, data: Mapping[str, Any]) -> None:
    """Takes over what the desk's event `name` says of an account. The desk itself does so in its act's transaction."""
    after = datetime.fromisoformat(data["valid_after"]) if data.get("valid_after") else None
    if name in ("appointment_made", "appointment_ended"):
        until = date.fromisoformat(str(data["until"])) if data.get("until") else None
        note(tx, data["appointment"], valid_after=after, until=until, closed=name == "appointment_ended")
    elif name == "succeeded":                     # the appointments that went to a dissolved agency's successor
        for each in data["carried"]:
            note(tx, each["appointment"], until=date.fromisoformat(str(each["until"])) if each.get("until") else None)
    else:
        note(tx, account, valid_after=after, closed=True if name == "account_closed" else None)


def _handler(name: str) -> Callable[[Connection, Event], None]:
    return lambda tx, event: learn(tx, event.subject, name, event.data)


EVENTS = ("account_opened", "appointment_made", "appointment_ended", "account_closed", "password_set", "succeeded")
HANDLERS: Mapping[str, Callable[[Connection, Event], None]] = {name: _handler(name) for name in EVENTS}
