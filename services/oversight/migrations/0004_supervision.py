"""Supervision (29): ladders, the breaches they are about, the evidence of every breach, which cases are disputed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _supervision()
    _supervision_party()
    _breach()
    _supervised()
    op.create_table("board_disputed", sa.Column("case", sa.String(length=36), nullable=False),
                    sa.PrimaryKeyConstraint("case"))


def _supervision() -> None:
    op.create_table(
        "supervision",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.String(length=80), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("issuer", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("supervision_by_state", "supervision", ["state", "id"], unique=False)
    op.create_index(op.f("ix_supervision_target"), "supervision", ["target"], unique=False)


def _supervision_party() -> None:
    op.create_table(
        "supervision_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "case", "part", "since"),
    )
    op.create_index("supervision_party_by_case", "supervision_party", ["case"], unique=False)


def _breach() -> None:
    op.create_table(
        "breach",
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("deadline", sa.String(length=36), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("clock", sa.String(length=80), nullable=False),
        sa.Column("bound", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("epoch", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=False),
        sa.Column("withdrawn_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("service", "deadline", "generation"),
    )
    op.create_index("breach_by_case", "breach", ["case"], unique=False)


def _supervised() -> None:
    op.create_table(
        "supervised",
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("deadline", sa.String(length=36), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("supervision", sa.String(length=36), nullable=False),
        sa.Column("excused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("service", "deadline", "generation"),
    )
    op.create_index(op.f("ix_supervised_supervision"), "supervised", ["supervision"], unique=False)
