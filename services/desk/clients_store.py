"""The tables of the agencies' own systems and all their SQL: clients, and the hashes of their keys apart from them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.desk.clients import Client
from services.desk.store import TABLES
from shared.acts.store import case_tables
from shared.crypto.vault import Vault
from shared.db.database import UtcInstant

CLIENTS = case_tables("client", TABLES, sa.Column("keeper", sa.String(40), nullable=False, index=True))
KEYS = sa.Table(
    "client_key", TABLES,
    sa.Column("id", sa.String(20), primary_key=True),             # the part of a key that is no secret
    sa.Column("client", sa.String(36), nullable=False, index=True),
    sa.Column("hash", sa.String(80), nullable=False),             # sha256 of the whole key: 256 bits can't be guessed
    sa.Column("made_at", UtcInstant, nullable=False),
)


def columns(case: Client, vault: Vault) -> Mapping[str, Any]:
    """What lists ask for."""
    return {"keeper": case.keeper}


def key_of(tx: Connection, id: str) -> Any:
    """The row (client, hash) of a key, or None."""
    return tx.execute(sa.select(KEYS.c.client, KEYS.c.hash).where(KEYS.c.id == id)).first()


def add_key(tx: Connection, id: str, client: str, hashed: str, now: datetime) -> None:
    tx.execute(KEYS.insert(), {"id": id, "client": client, "hash": hashed, "made_at": now})


def drop_old(tx: Connection, client: str) -> None:
    """Only the newest key of the client is left. Ids are in the order in which keys were made."""
    newest = sa.select(sa.func.max(KEYS.c.id)).where(KEYS.c.client == client).scalar_subquery()
    tx.execute(KEYS.delete().where(KEYS.c.client == client, KEYS.c.id != newest))


def drop_all(tx: Connection, client: str) -> None:
    tx.execute(KEYS.delete().where(KEYS.c.client == client))
