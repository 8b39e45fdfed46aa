"""Tips of article 28, the transfers that began from them, the findings of plans that they may hand on."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _tip()
    op.create_table(
        "tip_transfer",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("tip", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("case"),
    )
    op.create_table(
        "finding",
        sa.Column("ref", sa.String(length=60), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("names", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("ref"),
    )
    op.create_index(op.f("ix_finding_agency"), "finding", ["agency"], unique=False)


def _tip() -> None:
    op.create_table(
        "tip",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("sharer", sa.String(length=40), nullable=False),
        sa.Column("claimer", sa.String(length=40), nullable=False),
        sa.Column("respondent_key", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("tip_by_state", "tip", ["state", "id"], unique=False)
    op.create_index("tip_by_origin", "tip", ["origin"], unique=False)
    op.create_index(op.f("ix_tip_respondent_key"), "tip", ["respondent_key"], unique=False)
    op.create_table(
        "tip_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "case", "part", "since"),
    )
    op.create_index("tip_party_by_case", "tip_party", ["case"], unique=False)
