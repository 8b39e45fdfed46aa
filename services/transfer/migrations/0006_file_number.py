"""The number under which the receiver filed a case (立案文号), told by its document so far."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
AT_ONCE = 500            # cases read and written at a time: a document may be long


def upgrade() -> None:
    op.add_column("transfer", sa.Column("file_number", sa.String(length=80), nullable=True))
    case = sa.table("transfer", sa.column("id"), sa.column("doc"), sa.column("file_number"))
    some = sa.select(case.c.id, case.c.doc).order_by(case.c.id).limit(AT_ONCE)
    put = sa.update(case).where(case.c.id == sa.bindparam("case")).values(file_number=sa.bindparam("number"))
    tx, last = op.get_bind(), ""
    while found := tx.execute(some.where(case.c.id > last)).all():
        if told := [{"case": row.id, "number": number} for row in found if (number := _number(row.doc))]:
            tx.execute(put, told)
        last = found[-1].id
    op.create_index(op.f("ix_transfer_file_number"), "transfer", ["file_number"], unique=False)


def _number(doc: str) -> str:
    filed = json.loads(doc).get("filed") or {}
    return filed.get("number") or ""
