"""一企一档: the plans that name a respondent, and who is or was in them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "plan_heard",
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("overseen", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("service", "case"),
    )
    op.create_table(
        "plan_respondent",
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("respondent_key", sa.String(length=200), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("service", "case", "respondent_key"),
    )
    op.create_index("plan_respondent_by_key", "plan_respondent", ["respondent_key"], unique=False)
    op.create_table(
        "plan_member",
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("related", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("service", "case", "agency"),
    )
