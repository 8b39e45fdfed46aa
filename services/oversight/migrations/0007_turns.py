"""What one agency turned back to another, for scorecards; and the board by clock."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "board_turn",
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("turn", sa.String(length=20), nullable=False),
        sa.Column("sender", sa.String(length=40), nullable=False),
        sa.Column("receiver", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("event"),
    )
    op.create_index("board_turn_by_day", "board_turn", ["happened_on"], unique=False)
    op.create_index("board_by_clock", "board", ["clock", "due_at"], unique=False)
