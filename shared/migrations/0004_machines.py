"""The agencies' own systems: who signed what they push, whose references they give, their uploads and their quota.

Which appointment was whose, at which rank and from when, was not kept before: every service but the desk reads the
desk's news again from the beginning. What it does with it can be done twice.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for column in (
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("agency", sa.String(length=40), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
    ):
        op.add_column("access_subject", column)
    op.add_column("external_ref", sa.Column("path", sa.String(length=40), nullable=True))
    op.create_table(
        "machine_quota",
        sa.Column("client", sa.String(length=36), nullable=False),
        sa.Column("span", sa.String(length=10), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("client", "span"),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("appointment", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("upload_of_whom", "upload", ["appointment", "digest"], unique=True)
    op.create_index("ix_upload_touched_at", "upload", ["touched_at"], unique=False)
    cursor = sa.table("follower_cursor", sa.column("source"), sa.column("position"), sa.column("last_id"))
    op.execute(cursor.update().where(cursor.c.source == "desk").values(position=0, last_id=""))
