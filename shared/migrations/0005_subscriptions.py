"""What agencies' own systems are sent: their subscriptions as this service knows them, and how far their queues were
sent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "subscription_copy",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("carrier", sa.String(length=40), nullable=False),
        sa.Column("types", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("subscription_copy_by_carrier", "subscription_copy", ["carrier", "state", "agency"], unique=False)
    op.create_table(
        "agency_queue",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=True),
        sa.Column("replay_after", sa.BigInteger(), nullable=True),
        sa.Column("replay_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("agency"),
    )
