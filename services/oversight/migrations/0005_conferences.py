"""Conferences (30). A city that is at work already has its first period begin now, though none was ever held."""

import time

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _conference()
    _conference_party()
    _first_period()


def _conference() -> None:
    op.create_table(
        "conference",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.String(length=80), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.String(length=200), nullable=True),
        sa.Column("owes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("minutes"),
        sa.UniqueConstraint("session"),
    )
    op.create_index("conference_by_state", "conference", ["state", "id"], unique=False)


def _conference_party() -> None:
    op.create_table(
        "conference_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "case", "part", "since"),
    )
    op.create_index("conference_party_by_case", "conference_party", ["case"], unique=False)


def _first_period() -> None:
    """A new city begins its own when it hears of its law; one that has heard of it hears no more of it."""
    rulebook = sa.table("law_rulebook", sa.column("version"))
    if op.get_bind().execute(sa.select(rulebook.c.version).limit(1)).first() is None:
        return
    owed = sa.table("appointed_act", *(sa.column(name) for name in ("case", "act", "path", "at")))
    now = time.time_ns() // 1000            # instants are microseconds since 1970
    op.execute(owed.insert().values({"case": "", "act": "fall-due", "path": "conferences", "at": now}))
