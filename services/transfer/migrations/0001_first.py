"""The tables of transfer."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _document_number()
    _number_series()
    _transfer()
    _transfer_party()


def _document_number() -> None:
    op.create_table(
        "document_number",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("entered", sa.Boolean(), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "number"),
        sa.UniqueConstraint("agency", "word", "year", "serial", name="document_number_once"),
    )
    op.create_index(op.f("ix_document_number_case"), "document_number", ["case"], unique=False)


def _number_series() -> None:
    op.create_table(
        "number_series",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency", "word", "year"),
    )


def _transfer() -> None:
    op.create_table(
        "transfer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.String(length=80), nullable=False),
        sa.Column("sender", sa.String(length=40), nullable=False),
        sa.Column("receiver", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("letter_number", sa.String(length=80), nullable=False),
        sa.Column("respondent_key", sa.String(length=200), nullable=False),
        sa.Column("respondent_name_key", sa.String(length=200), nullable=False),
        sa.Column("first_announced_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_transfer_letter_number"), "transfer", ["letter_number"], unique=False)
    op.create_index(op.f("ix_transfer_respondent_key"), "transfer", ["respondent_key"], unique=False)
    op.create_index(op.f("ix_transfer_respondent_name_key"), "transfer", ["respondent_name_key"], unique=False)
    op.create_index("transfer_by_state", "transfer", ["state", "id"], unique=False)


def _transfer_party() -> None:
    op.create_table(
        "transfer_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "case", "part", "since"),
    )
    op.create_index("transfer_party_by_case", "transfer_party", ["case"], unique=False)
