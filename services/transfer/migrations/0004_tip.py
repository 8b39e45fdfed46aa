"""The tips that may be handed on, and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "tip",
        sa.Column("ref", sa.String(length=36), nullable=False),
        sa.Column("claimer", sa.String(length=40), nullable=False),
        sa.Column("finding", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("ref"),
    )
    op.create_index(op.f("ix_tip_finding"), "tip", ["finding"], unique=False)
