"""From when on tokens hold: a service's own copy of what the desk says of accounts and appointments.

A token is good only if it was issued at or after `valid_after` of its account and of its appointment, and the
appointment has not ended. Only the desk issues tokens, so a copy that is behind trusts one for ten minutes at most.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.access.tokens import DESK, TOKEN_BAD, Claims
from shared.contracts.envelope import Event
from shared.db.database import SHARED, UtcInstant
from shared.kernel.clock import day_of
from shared.kernel.errors import Refused

access_subject = sa.Table(
    "access_subject", SHARED,
    sa.Column("subject", sa.String(36), primary_key=True),        # an account or an appointment
    sa.Column("valid_after", UtcInstant),                         # none: any token of it holds
    sa.Column("until", sa.Date),                                  # the appointment's last day
    sa.Column("closed", sa.Boolean, nullable=False, default=False),
    sa.Column("person", sa.String(36)),                           # of an appointment: the account that holds it
    sa.Column("agency", sa.String(40)),
    sa.Column("rank", sa.Integer),
    sa.Column("since", sa.Date),                                  # its first day
)
_OF = sa.select(access_subject).where(access_subject.c.subject.in_(
    (sa.bindparam("account"), sa.bindparam("appointment"))))
RANKS = {"officer": 1, "leader": 2, "chief": 3}


@dataclass(frozen=True, slots=True)
class Place:
    """An appointment as the desk told it: who holds it, where, at which rank, from when and to which last day."""

    person: str
    agency: str
    rank: int
    since: date
    until: date | None
    ended: bool

    def held_on(self, day: date) -> bool:
        """Whether it was held on the day; one that was ended has its last day in `until`."""
        return self.since <= day and (self.until is None or day <= self.until)


def note(tx: Connection, subject: str, *, valid_after: datetime | None = None, until: date | None = None,
         closed: bool | None = None, place: Mapping[str, Any] | None = None) -> None:
    """Keeps what is told of a subject. `valid_after` only ever moves on. `place`: person, agency, rank and first day of
    an appointment."""
    table, where = access_subject, dict(place or {})
    found = tx.execute(sa.select(table).where(table.c.subject == subject)).first()
    if found is None:
        tx.execute(table.insert(), {"subject": subject, "valid_after": valid_after, "until": until,
                                    "closed": bool(closed), **where})
        return
    values: dict[str, Any] = {"until": until if until is not None else found.until,
                              "closed": found.closed if closed is None else closed, **where}
    if valid_after is not None and (found.valid_after is None or valid_after > found.valid_after):
        values["valid_after"] = valid_after
    tx.execute(table.update().where(table.c.subject == subject).values(**values))


def check(tx: Connection, claims: Claims, now: datetime) -> None:
    """Raises Refused (401) where the account or the appointment of a person's token no longer allows it: no token
    outlives the last day of its appointment."""
    if claims.issuer != DESK:
        return
    for row in tx.execute(_OF, {"account": claims.subject, "appointment": claims.appointment}):
        if row.closed or (row.valid_after is not None and claims.issued_at < row.valid_after):
            raise Refused(TOKEN_BAD)
        if row.until is not None and row.until < day_of(now):
            raise Refused(TOKEN_BAD)


def learn(tx: Connection, account: str, name: str, data: Mapping[str, Any]) -> None:
    """Takes over what the desk's event `name` says of an account. The desk itself does so in its act's transaction."""
    after = datetime.fromisoformat(data["valid_after"]) if data.get("valid_after") else None
    if name in ("appointment_made", "appointment_ended"):
        until = date.fromisoformat(str(data["until"])) if data.get("until") else None
        note(tx, data["appointment"], valid_after=after, until=until, closed=name == "appointment_ended",
             place=_place(account, data) if "rank" in data else None)
    elif name == "succeeded":                     # the appointments that went to a dissolved agency's successor
        for each in data["carried"]:
            note(tx, each["appointment"], until=date.fromisoformat(str(each["until"])) if each.get("until") else None,
                 place=_place(account, each))
    else:
        note(tx, account, valid_after=after, closed=True if name in CLOSING else None)
        if name == "account_closed" and after:
            _end_all(tx, account, day_of(after))


def place_of(tx: Connection, appointment: str) -> Place | None:
    """The appointment, as far as the desk told of it; None for what is none."""
    row = tx.execute(sa.select(access_subject).where(access_subject.c.subject == appointment)).first()
    if row is None or row.agency is None:
        return None
    return Place(row.person, row.agency, row.rank, row.since, row.until, row.closed)


def _place(account: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"person": account, "agency": data["employer"], "rank": RANKS[data["rank"]],
            "since": date.fromisoformat(str(data["since"]))}


def _end_all(tx: Connection, account: str, day: date) -> None:
    """Whoever's account is closed holds nothing after the day."""
    column = access_subject.c
    tx.execute(access_subject.update().where(
        column.person == account, column.until.is_(None) | (column.until > day)).values(until=day))


def _handler(name: str) -> Callable[[Connection, Event], None]:
    return lambda tx, event: learn(tx, event.subject, name, event.data)


CLOSING = frozenset({"account_closed", "client_ended"})
EVENTS = ("account_opened", "appointment_made", "appointment_ended", "account_closed", "password_set", "succeeded",
          "client_changed", "client_rotation_finished", "client_suspended", "client_ended")
HANDLERS: Mapping[str, Callable[[Connection, Event], None]] = {name: _handler(name) for name in EVENTS}
