"""What each deadline on the board is counted in, and how many; `liandong rebuild oversight` fills it for the old."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("board", sa.Column("unit", sa.String(length=20), nullable=True))
    op.add_column("board", sa.Column("amount", sa.Integer(), nullable=True))
