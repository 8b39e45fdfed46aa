"""Cases of which no overseer knows yet: plans that are still drafted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "board_private",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("case"),
    )
