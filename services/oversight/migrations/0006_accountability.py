"""Accountability (31), and who leads which plan."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _accountability()
    _accountability_party()
    op.create_table(
        "plan_lead",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("lead", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("case"),
    )
    op.create_index(op.f("ix_plan_lead_lead"), "plan_lead", ["lead"], unique=False)


def _accountability() -> None:
    op.create_table(
        "accountability",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.String(length=80), nullable=False),
        sa.Column("meant", sa.String(length=40), nullable=False),
        sa.Column("plan", sa.String(length=80), nullable=False),
        sa.Column("hint", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hint"),
    )
    op.create_index("accountability_by_state", "accountability", ["state", "id"], unique=False)
    op.create_index(op.f("ix_accountability_plan"), "accountability", ["plan"], unique=False)


def _accountability_party() -> None:
    op.create_table(
        "accountability_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "case", "part", "since"),
    )
    op.create_index("accountability_party_by_case", "accountability_party", ["case"], unique=False)
