"""Archive records of article 27, what finds them, who looked at them, and which cases concern whom."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WORDS = {
    "sqlite": ("CREATE VIRTUAL TABLE record_words USING fts5 (words, content='', detail=none, columnsize=0, "
               "tokenize='ascii')",),
    "postgresql": (
        "CREATE TABLE record_words (nr BIGINT NOT NULL PRIMARY KEY, words TSVECTOR NOT NULL)",
        "CREATE INDEX record_words_by_word ON record_words USING gin (words)",
    ),
}


def upgrade() -> None:
    _delivery()
    _record()
    for statement in WORDS[op.get_bind().dialect.name]:
        op.execute(statement)
    _access()
    _concern()


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.String(length=80), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("delivery_by_state", "delivery", ["state", "id"], unique=False)
    op.create_index("delivery_by_agency", "delivery", ["agency", "id"], unique=False)
    op.create_table(
        "delivery_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "case", "part", "since"),
    )
    op.create_index("delivery_party_by_case", "delivery_party", ["case"], unique=False)


def _record() -> None:
    op.create_table(
        "record",
        sa.Column("nr", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("content_key", sa.String(length=160), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("penalty_item", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("access", sa.String(length=20), nullable=False),
        sa.Column("retention", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hidden", sa.Text(), nullable=False),
        sa.Column("respondent_kind", sa.String(length=40), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column("respondent_key", sa.String(length=160), nullable=False),
        sa.Column("respondent_name_key", sa.String(length=160), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("delivery", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("nr"),
        sa.UniqueConstraint("agency", "external_id", "version"),
        sa.UniqueConstraint("id", "version"),
    )
    op.create_index("record_by_respondent", "record", ["respondent_key"], unique=False)
    op.create_index("record_by_respondent_name", "record", ["respondent_name_key"], unique=False)
    op.create_index("record_by_delivery", "record", ["delivery"], unique=False)


def _access() -> None:
    op.create_table(
        "record_access",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("appointment", sa.String(length=36), nullable=False),
        sa.Column("records", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("case", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("record_access_by_holder", "record_access", ["holder", "id"], unique=False)


def _concern() -> None:
    op.create_table(
        "concern",
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("respondent_key", sa.String(length=200), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("service", "case"),
    )
    op.create_index("concern_by_respondent", "concern", ["respondent_key"], unique=False)
    op.create_table(
        "concern_party",
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("service", "case", "agency"),
    )
