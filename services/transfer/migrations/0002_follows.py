"""Which withdrawn case a case takes up again, told by its document so far."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("transfer", sa.Column("follows", sa.String(length=36), nullable=True))
    op.create_index(op.f("ix_transfer_follows"), "transfer", ["follows"], unique=False)
    case = sa.table("transfer", sa.column("id"), sa.column("doc"), sa.column("follows"))
    tx = op.get_bind()
    for row in tx.execute(sa.select(case.c.id, case.c.doc)).all():
        if after := json.loads(row.doc).get("after"):
            tx.execute(sa.update(case).where(case.c.id == row.id).values(follows=after))
