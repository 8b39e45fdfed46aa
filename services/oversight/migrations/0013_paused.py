"""Since when each deadline on the board stands still, or stood still when it was met; `liandong rebuild oversight`
fills it for the old, as far as their events told it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("board", sa.Column("paused_on", sa.Date(), nullable=True))
