"""Which files the cases name: what the sweeper keeps."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import SHARED, UtcInstant

file_use = sa.Table(
    "file_use", SHARED,
    sa.Column("digest", sa.String(80), primary_key=True),
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("since", UtcInstant, nullable=False),
)


def note(tx: Connection, digest: str, case: str, now: datetime) -> None:
    """Keeps that the case names the file, in the transaction of the act that does."""
    found = tx.execute(sa.select(file_use.c.digest).where(file_use.c.digest == digest, file_use.c.case == case)).first()
    if found is None:
        tx.execute(file_use.insert(), {"digest": digest, "case": case, "since": now})


def of_case(tx: Connection, digest: str, case: str) -> bool:
    """Whether the case names the file."""
    return tx.execute(sa.select(file_use.c.digest).where(
        file_use.c.digest == digest, file_use.c.case == case)).first() is not None


def forget(tx: Connection, case: str) -> list[str]:
    """Drops what the case names; the digests that no other case names."""
    own = set(tx.execute(sa.select(file_use.c.digest).where(file_use.c.case == case)).scalars())
    tx.execute(file_use.delete().where(file_use.c.case == case))
    return sorted(own - set(tx.execute(sa.select(file_use.c.digest).where(file_use.c.digest.in_(own))).scalars()))


def named(tx: Connection) -> frozenset[str]:
    """The digests that any case names."""
    return frozenset(tx.execute(sa.select(file_use.c.digest).distinct()).scalars())
