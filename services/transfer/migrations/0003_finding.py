"""The findings of plans that may be handed on, and the cases by where they come from."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "finding",
        sa.Column("ref", sa.String(length=60), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("names", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("ref"),
    )
    op.create_index("transfer_by_origin", "transfer", ["origin"], unique=False)
