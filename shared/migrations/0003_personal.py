"""Whom a case is about, what may not be erased, and what was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "person_key",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("key", "case"),
    )
    op.create_index("person_key_by_case", "person_key", ["case"], unique=False)
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_legal_hold_case"), "legal_hold", ["case"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("path", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case"),
    )
