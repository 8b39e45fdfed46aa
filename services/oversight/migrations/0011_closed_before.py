"""Which ladders were closed before another began about the same deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "supervised_before",
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("deadline", sa.String(length=36), nullable=False),
        sa.Column("supervision", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("service", "deadline", "supervision"),
    )
