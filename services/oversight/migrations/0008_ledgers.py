"""Ledgers: every version of every row, who had a part in it, and what agencies were called."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _ledger()
    _ledger_party()
    _agency_name()


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "position"),
    )
    op.create_index("ledger_by_day", "ledger", ["kind", "opened_on", "key", "position"], unique=False)
    op.create_index("ledger_by_case", "ledger", ["case", "until"], unique=False)


def _ledger_party() -> None:
    op.create_table(
        "ledger_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("agency", "kind", "key", "position"),
    )
    op.create_index("ledger_party_by_version", "ledger_party", ["kind", "key", "position"], unique=False)


def _agency_name() -> None:
    op.create_table(
        "agency_name",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("agency", "position"),
    )
