"""The desk's tables and all their SQL: accounts, password hashes apart from them, tries at signing in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from services.desk.account import Account
from shared.acts.store import case_tables
from shared.crypto.vault import Vault
from shared.db.database import UtcInstant

TABLES = sa.MetaData()

ACCOUNTS = case_tables(
    "account", TABLES,
    sa.Column("login", sa.String(40), nullable=False, unique=True),
    sa.Column("keeper", sa.String(40), nullable=False, index=True),
)
PASSWORD = sa.Table(
    "password", TABLES,
    sa.Column("account", sa.String(36), primary_key=True),
    sa.Column("hash", sa.String(200), nullable=False),            # Argon2id, with its settings
    sa.Column("must_change", sa.Boolean, nullable=False),
    sa.Column("set_at", UtcInstant, nullable=False),
)
TRIES = sa.Table(
    "sign_in_try", TABLES,
    sa.Column("key", sa.String(120), primary_key=True),           # account:<login, blinded> or address:<address>
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("since", UtcInstant, nullable=False, index=True),   # when the counting began
    sa.Column("until", UtcInstant),                               # no try before this instant
)
FORGOTTEN = timedelta(days=1)


def columns(case: Account, vault: Vault) -> Mapping[str, Any]:
    """What lists ask for and sign-in looks up."""
    return {"login": case.login, "keeper": case.keeper}


def account_of(tx: Connection, login: str) -> str | None:
    """The id of the account with this login."""
    case = ACCOUNTS.case.c
    found: str | None = tx.execute(sa.select(case.id).where(case.login == login)).scalar()
    return found


def password_of(tx: Connection, account: str) -> Any:
    """The row (hash, must_change) of an account's password, or None."""
    return tx.execute(sa.select(PASSWORD.c.hash, PASSWORD.c.must_change).where(PASSWORD.c.account == account)).first()


def set_password(tx: Connection, account: str, hashed: str, now: datetime, *, must_change: bool) -> None:
    values = {"hash": hashed, "must_change": must_change, "set_at": now}
    changed = tx.execute(PASSWORD.update().where(PASSWORD.c.account == account).values(**values)).rowcount
    if not changed:
        tx.execute(PASSWORD.insert(), {"account": account, **values})


def rehash(tx: Connection, account: str, old: str, new: str) -> None:
    """The same password under today's settings, unless it was changed meanwhile."""
    tx.execute(PASSWORD.update().where(PASSWORD.c.account == account, PASSWORD.c.hash == old).values(hash=new))


def drop_password(tx: Connection, account: str) -> None:
    tx.execute(PASSWORD.delete().where(PASSWORD.c.account == account))


def count_try(tx: Connection, key: str, limit: int, now: datetime, pause: timedelta) -> datetime | None:
    """Counts a try before it is made, so that tries at the same time can't pass the limit together.

    Returns None where it may be made, else the instant from which one may be made again.
    """
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    first = insert(TRIES).values(key=key, count=1, since=now).on_conflict_do_nothing().returning(TRIES.c.key)
    if tx.execute(first).first() is not None:
        tx.execute(TRIES.delete().where(TRIES.c.since < now - FORGOTTEN))
        return None
    found = tx.execute(sa.select(TRIES).where(TRIES.c.key == key).with_for_update()).one()
    if found.until is not None and now < found.until:
        return found.until      # type: ignore[no-any-return]
    fresh = found.until is not None or found.since <= now - pause
    count = 1 if fresh else found._mapping[TRIES.c.count] + 1
    until = now + pause if count > limit else None
    tx.execute(TRIES.update().where(TRIES.c.key == key).values(
        count=count, since=now if fresh else found.since, until=until))
    return until


def uncount_try(tx: Connection, key: str) -> None:
    """A try that turned out good: many people behind one address don't add up to an attack."""
    tx.execute(TRIES.update().where(TRIES.c.key == key, TRIES.c.count > 0).values(count=TRIES.c.count - 1))


def forget_tries(tx: Connection, key: str) -> None:
    tx.execute(TRIES.delete().where(TRIES.c.key == key))
