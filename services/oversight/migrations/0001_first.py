"""The tables of oversight."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _board()
    _board_party()
    _filing()
    _filing_party()


def _board() -> None:
    op.create_table(
        "board",
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("deadline", sa.String(length=36), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("clock", sa.String(length=80), nullable=False),
        sa.Column("bound", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("article", sa.String(length=40), nullable=False),
        sa.Column("law", sa.String(length=80), nullable=False),
        sa.Column("statutory", sa.Boolean(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("yellow_at", sa.BigInteger(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=True),
        sa.Column("warned", sa.Boolean(), nullable=False),
        sa.Column("breached", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("service", "deadline"),
    )
    op.create_index("board_by_bound", "board", ["bound", "due_at"], unique=False)
    op.create_index("board_by_case", "board", ["case"], unique=False)
    op.create_index("board_by_due", "board", ["due_at", "service", "deadline"], unique=False)
    op.create_index("board_by_state", "board", ["state", "due_at"], unique=False)


def _board_party() -> None:
    op.create_table(
        "board_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("agency", "case"),
    )
    op.create_index("board_party_by_case", "board_party", ["case"], unique=False)


def _filing() -> None:
    op.create_table(
        "filing",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("filed_by", sa.String(length=40), nullable=False),
        sa.Column("filing_number", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("filing_number"),
    )
    op.create_index("filing_by_state", "filing", ["state", "id"], unique=False)
    op.create_index(op.f("ix_filing_case"), "filing", ["case"], unique=False)


def _filing_party() -> None:
    op.create_table(
        "filing_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "case", "part", "since"),
    )
    op.create_index("filing_party_by_case", "filing_party", ["case"], unique=False)
