"""Task reports: the dual report of article 29, which each office registers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _task_report()
    _task_report_party()


def _task_report() -> None:
    op.create_table(
        "task_report",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("state_hash", sa.String(length=80), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("reporter", sa.String(length=40), nullable=False),
        sa.Column("awaited", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("task_report_by_state", "task_report", ["state", "id"], unique=False)
    op.create_index(op.f("ix_task_report_case"), "task_report", ["case"], unique=False)


def _task_report_party() -> None:
    op.create_table(
        "task_report_party",
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("agency", "case", "part", "since"),
    )
    op.create_index("task_report_party_by_case", "task_report_party", ["case"], unique=False)
