"""The tables of webhooks and all their SQL: the secrets, sealed; how the calls go; how far each was sent.

Deliverer and acts both write here. What the deliverer notes holds only for the `turn` in which it read the row: an act
that changes where a webhook goes, or whether, begins another.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.store import TABLES
from services.sharing.subscriptions.domain import ACTIVE, WAITING, Subscription
from services.sharing.webhooks.signing import new_secret
from shared.contracts.envelope import canonical
from shared.contracts.feed import Mark
from shared.crypto.vault import Vault
from shared.db.database import UtcInstant

webhook = sa.Table(
    "webhook", TABLES,
    sa.Column("id", sa.String(36), primary_key=True),          # its subscription
    sa.Column("agency", sa.String(40), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("types", sa.Text, nullable=False),               # JSON: as transfer.announced; none: all
    sa.Column("state", sa.String(40), nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("secret", sa.Text, nullable=False),              # JSON of a sealed text
    sa.Column("former", sa.Text, nullable=False),              # likewise, while it is rotated; empty: none
    sa.Column("failures", sa.Integer, nullable=False),         # on end
    sa.Column("failing_since", UtcInstant),
    sa.Column("next_try", UtcInstant),                         # not before then; null: at once
    sa.Column("why", sa.Text, nullable=False),                 # what became of the last try that failed
    sa.Index("webhook_by_state", "state", "next_try"),
)
webhook_cursor = sa.Table(
    "webhook_cursor", TABLES,
    sa.Column("webhook", sa.String(36), primary_key=True),
    sa.Column("source", sa.String(40), primary_key=True),
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),      # looked through up to here
    sa.Column("last", sa.BigInteger, nullable=False),          # the last one sent
)
AT_WORK = (WAITING, ACTIVE)
_FRESH: Mapping[str, Any] = {"failures": 0, "failing_since": None, "next_try": None, "why": ""}


@dataclass(frozen=True, slots=True)
class Webhook:
    """A row, without its secrets. `types`: none is all."""

    id: str
    agency: str
    url: str
    types: tuple[str, ...]
    state: str
    turn: int
    failures: int
    failing_since: datetime | None
    next_try: datetime | None
    why: str

    def types_of(self, source: str) -> tuple[str, ...] | None:
        """The event names it wants of a service; empty: all; None: nothing of it."""
        if not self.types:
            return ()
        return tuple(name for of, _, name in (each.partition(".") for each in self.types) if of == source) or None


def add(tx: Connection, vault: Vault, id: str, case: Subscription) -> None:
    """A webhook as it was subscribed, with its first secret."""
    tx.execute(webhook.insert(), {"id": id, "agency": case.agency, "turn": 1, "secret": _sealed(vault, id),
                                  "former": "", **_of(case), **_FRESH})


def follow(tx: Connection, id: str, case: Subscription, *, anew: bool) -> None:
    """The webhook as an act left it. `anew`: it is to be tried at once, whatever failed before."""
    before = get(tx, id)
    if before is None:
        return
    tx.execute(webhook.update().where(webhook.c.id == id).values(
        turn=before.turn + 1, **_of(case), **(_FRESH if anew else {})))
    wanted = {each.partition(".")[0] for each in case.types}
    if case.types:      # what it has not been sent of it begins when it is chosen again
        row = webhook_cursor.c
        tx.execute(webhook_cursor.delete().where(row.webhook == id, row.source.not_in(wanted)))


def rotate(tx: Connection, vault: Vault, id: str) -> None:
    """Another secret; the one before signs too."""
    tx.execute(webhook.update().where(webhook.c.id == id).values(former=webhook.c.secret, secret=_sealed(vault, id)))


def finish(tx: Connection, id: str) -> None:
    """The secret before signs no more."""
    tx.execute(webhook.update().where(webhook.c.id == id).values(former=""))


def drop(tx: Connection, id: str) -> None:
    """All that is kept of a webhook that has ended, its secrets first of all."""
    tx.execute(webhook_cursor.delete().where(webhook_cursor.c.webhook == id))
    tx.execute(webhook.delete().where(webhook.c.id == id))


def get(tx: Connection, id: str) -> Webhook | None:
    row = tx.execute(sa.select(*_PLAIN).where(webhook.c.id == id)).first()
    return _read(row) if row else None


def at_work(tx: Connection) -> list[Webhook]:
    """Those to be tried or sent to, by their next try."""
    return list(map(_read, tx.execute(sa.select(*_PLAIN).where(webhook.c.state.in_(AT_WORK)).order_by(
        webhook.c.next_try, webhook.c.id))))


def addresses(tx: Connection, agency: str) -> list[tuple[str, str]]:
    """Each webhook of an agency that has not ended, with the URL to which it goes."""
    rows = tx.execute(sa.select(webhook.c.id, webhook.c.url).where(webhook.c.agency == agency))
    return [(str(id), str(url)) for id, url in rows]


def secrets(tx: Connection, vault: Vault, id: str) -> tuple[str, ...]:
    """The secrets that sign, newest first; none: there is no such webhook. Raises VaultError."""
    row = tx.execute(sa.select(webhook.c.secret, webhook.c.former).where(webhook.c.id == id)).first()
    return tuple(vault.open(json.loads(each), _aad(id)) for each in row or () if each)


def cursors(tx: Connection, id: str) -> dict[str, Mark]:
    """How far it was sent, by service."""
    rows = tx.execute(sa.select(webhook_cursor).where(webhook_cursor.c.webhook == id))
    return {row.source: Mark(row.epoch, row.position, row.last) for row in rows}


def begin(tx: Connection, hook: Webhook, source: str, mark: Mark) -> None:
    """Where it begins with a service; where it has begun already that stays."""
    if source not in cursors(tx, hook.id):
        tx.execute(webhook_cursor.insert(), {"webhook": hook.id, "source": source, **_mark(mark)})


def move(tx: Connection, hook: Webhook, source: str, before: Mark, after: Mark) -> bool:
    """Moves on how far it was sent, by compare-and-set; False where it is not there any more."""
    row = webhook_cursor.c
    return tx.execute(webhook_cursor.update().where(
        row.webhook == hook.id, row.source == source, row.epoch == before.epoch, row.position == before.position,
    ).values(**_mark(after))).rowcount == 1


def failed(tx: Connection, hook: Webhook, why: str, now: datetime, next_try: datetime) -> bool:
    """Notes a try that failed; False where an act came between."""
    return _noted(tx, hook, failures=hook.failures + 1, failing_since=hook.failing_since or now, next_try=next_try,
                  why=why[:400])


def worked(tx: Connection, hook: Webhook) -> bool:
    """Notes that it takes calls again."""
    return _noted(tx, hook, **_FRESH)


def counted(tx: Connection) -> dict[str, int]:
    """How many webhooks there are in each state that one is in."""
    rows = tx.execute(sa.select(webhook.c.state, sa.func.count()).group_by(webhook.c.state))
    return {str(state): int(number) for state, number in rows}


def _noted(tx: Connection, hook: Webhook, **values: Any) -> bool:
    return tx.execute(webhook.update().where(webhook.c.id == hook.id, webhook.c.turn == hook.turn)
                      .values(**values)).rowcount == 1


def _of(case: Subscription) -> dict[str, Any]:
    return {"url": case.url, "types": canonical(list(case.types)), "state": case.state}


def _mark(mark: Mark) -> dict[str, Any]:
    return {"epoch": mark.epoch, "position": mark.position, "last": mark.last}


def _sealed(vault: Vault, id: str) -> str:
    return canonical(dict(vault.seal(new_secret(), _aad(id))))


def _aad(id: str) -> str:
    return f"{id}:webhook"


_PLAIN = tuple(webhook.c[name] for name in Webhook.__dataclass_fields__)


def _read(row: Any) -> Webhook:
    return Webhook(**{**row._mapping, "types": tuple(json.loads(row.types))})
