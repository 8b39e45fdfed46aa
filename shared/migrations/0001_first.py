"""The tables that every service has in its own database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _access_log()
    _access_subject()
    _checkpoint()
    _deadline()
    _external_ref()
    _file_use()
    _file_waiting()
    _follower_cursor()
    _idempotency()
    _journal()
    _journal_audience()
    _journal_detail()
    _journal_erasure()
    _journal_head()
    _law_agency()
    _law_basis()
    _law_calendar()
    _law_rulebook()
    _law_version()
    _parked()
    _relay_cursor()
    _deadline_firing()


def _access_log() -> None:
    op.create_table(
        "access_log",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("appointment", sa.String(length=36), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("access_log_by_subject", "access_log", ["subject"], unique=False)
    op.create_index("access_log_by_time", "access_log", ["at"], unique=False)


def _access_subject() -> None:
    op.create_table(
        "access_subject",
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("valid_after", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )


def _checkpoint() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("to_position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("to_position"),
    )


def _deadline() -> None:
    op.create_table(
        "deadline",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("bound", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("yellow_at", sa.BigInteger(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("statutory", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("pauses", sa.Text(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_at", sa.BigInteger(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=True),
        sa.Column("warned_generation", sa.Integer(), nullable=False),
        sa.Column("breached_generation", sa.Integer(), nullable=False),
        sa.Column("next_look", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("deadline_case", "deadline", ["case"], unique=False)
    op.create_index("deadline_next_look", "deadline", ["next_look", "id"], unique=False,
        postgresql_where=sa.text("next_look IS NOT NULL"), sqlite_where=sa.text("next_look IS NOT NULL"))
    op.create_index('deadline_one_running', 'deadline', ['case', 'clock', 'bound', 'item'], unique=True,
        postgresql_where=sa.text("state IN ('open', 'paused')"), sqlite_where=sa.text("state IN ('open', 'paused')"))
    op.create_index('deadline_unsettled', 'deadline', ['id'], unique=False,
        postgresql_where=sa.text("state IN ('open', 'paused') OR state = 'met' AND provisional"),
            sqlite_where=sa.text("state IN ('open', 'paused') OR state = 'met' AND provisional = 1"))


def _external_ref() -> None:
    op.create_table(
        "external_ref",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("system", sa.String(length=80), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("body_key", sa.String(length=160), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("agency", "system", "ref"),
    )
    op.create_index(op.f("ix_external_ref_case"), "external_ref", ["case"], unique=False)


def _file_use() -> None:
    op.create_table(
        "file_use",
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "case"),
    )


def _file_waiting() -> None:
    op.create_table(
        "file_waiting",
        sa.Column("appointment", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("appointment", "digest"),
    )
    op.create_index(op.f("ix_file_waiting_at"), "file_waiting", ["at"], unique=False)


def _follower_cursor() -> None:
    op.create_table(
        "follower_cursor",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "source"),
    )


def _idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("appointment", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("body_key", sa.String(length=160), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("appointment", "key"),
    )
    op.create_index(op.f("ix_idempotency_kept_at"), "idempotency", ["kept_at"], unique=False)


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql"), nullable=False),
        sa.Column("stream", sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql"), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("causation", sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("detail_hash", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("id"),
    )
    op.create_index('journal_caused_once', 'journal', ['causation', 'type', 'stream'], unique=True,
        postgresql_where=sa.text("causation <> '' AND type NOT LIKE 'deadline%'"),
            sqlite_where=sa.text("causation <> '' AND type NOT LIKE 'deadline%'"))
    op.create_index('journal_judged_anew', 'journal', ['position'], unique=False,
        postgresql_where=sa.text("type = 'deadline_corrected'"), sqlite_where=sa.text("type = 'deadline_corrected'"))
    op.create_index("journal_stream", "journal", ["stream", "position"], unique=False)


def _journal_audience() -> None:
    op.create_table(
        "journal_audience",
        sa.Column("agency", sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql"), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("agency", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("journal_audience_position", "journal_audience", ["position", "agency"], unique=False)


def _journal_detail() -> None:
    op.create_table(
        "journal_detail",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )


def _journal_erasure() -> None:
    op.create_table(
        "journal_erasure",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )


def _journal_head() -> None:
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("binding", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint("id = 1"),
    )


def _law_agency() -> None:
    op.create_table(
        "law_agency",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )


def _law_basis() -> None:
    op.create_table(
        "law_basis",
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rulebook", "document"),
    )


def _law_calendar() -> None:
    op.create_table(
        "law_calendar",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )


def _law_rulebook() -> None:
    op.create_table(
        "law_rulebook",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )


def _law_version() -> None:
    op.create_table(
        "law_version",
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("one"),
    )


def _parked() -> None:
    op.create_table(
        "parked",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.BigInteger(), nullable=True),
        sa.Column("parked_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("dropped_at", sa.BigInteger(), nullable=True),
        sa.Column("dropped_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "source", "position"),
    )
    op.create_index("parked_stream", "parked", ["consumer", "source", "stream", "position"], unique=False)


def _relay_cursor() -> None:
    op.create_table(
        "relay_cursor",
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("carrier"),
    )


def _deadline_firing() -> None:
    op.create_table(
        "deadline_firing",
        sa.Column("deadline", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("fired_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["deadline"], ["deadline.id"], ),
        sa.PrimaryKeyConstraint("deadline", "generation", "kind"),
    )
