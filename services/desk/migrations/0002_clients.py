"""The agencies' own systems as clients, with the hashes of their keys; and of each appointment whose it is, at which
agency and rank and from when, read from the accounts that are there."""

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

RANKS = {"officer": 1, "leader": 2, "chief": 3}


def upgrade() -> None:
    op.create_table(
        "client",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.String(length=80), nullable=False),
        sa.Column("keeper", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("client_by_state", "client", ["state", "id"], unique=False)
    op.create_index("ix_client_keeper", "client", ["keeper"], unique=False)
    op.create_table(
        "client_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "case", "part", "since"),
    )
    op.create_index("client_party_by_case", "client_party", ["case"], unique=False)
    op.create_table(
        "client_key",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("client", sa.String(length=36), nullable=False),
        sa.Column("hash", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_client_key_client", "client_key", ["client"], unique=False)
    _places()


def _places() -> None:
    """What the acts write from now on of an account's appointments."""
    tx = op.get_bind()
    account = sa.table("account", sa.column("id"), sa.column("state"), sa.column("last_on", sa.Date), sa.column("doc"))
    subject = sa.table("access_subject", sa.column("subject"), sa.column("person"), sa.column("agency"),
                       sa.column("rank"), sa.column("since", sa.Date), sa.column("until", sa.Date),
                       sa.column("closed", sa.Boolean))
    for row in tx.execute(sa.select(account)).all():
        for held in json.loads(row.doc)["appointments"]:
            values = {"person": row.id, "agency": held["agency"], "rank": RANKS[held["rank"]],
                      "since": date.fromisoformat(held["since"])}
            until = date.fromisoformat(held["until"]) if held["until"] else None
            known = tx.execute(subject.update().where(subject.c.subject == held["id"]).values(**values)).rowcount
            if not known:
                tx.execute(subject.insert(), {"subject": held["id"], **values, "until": until,
                                              "closed": bool(held["ended"])})
