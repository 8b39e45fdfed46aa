"""What was sent to agencies and what they answered, how their carriers are, and the journal by time."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COLLATED = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_index("journal_recorded", "journal", ["recorded_at"], unique=False, postgresql_using="brin",
                    postgresql_with={"autosummarize": "on", "pages_per_range": "32"})
    op.create_table(
        "sent",
        sa.Column("id", COLLATED, nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("carrier", sa.String(length=20), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sent_by_agency", "sent", ["agency", "id"], unique=False)
    op.create_index("sent_at_all", "sent", ["sent_at"], unique=False)
    op.create_index("sent_open", "sent", ["agency", "carrier", "reader", "last"], unique=False,
                    postgresql_where=sa.text("answered_at IS NULL"), sqlite_where=sa.text("answered_at IS NULL"))
    op.create_table(
        "carrier_state",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("carrier", sa.String(length=20), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("agency", "carrier", "reader"),
    )
