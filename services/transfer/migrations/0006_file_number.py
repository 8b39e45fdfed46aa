"""The number under which the receiver filed a case (立案文号), told by its document so far."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("transfer", sa.Column("file_number", sa.String(length=80), nullable=True))
    op.create_index(op.f("ix_transfer_file_number"), "transfer", ["file_number"], unique=False)
    case = sa.table("transfer", sa.column("id"), sa.column("doc"), sa.column("file_number"))
    tx = op.get_bind()
    for row in tx.execute(sa.select(case.c.id, case.c.doc)).all():
        filed = json.loads(row.doc).get("filed") or {}
        if number := filed.get("number"):
            tx.execute(sa.update(case).where(case.c.id == row.id).values(file_number=number))
