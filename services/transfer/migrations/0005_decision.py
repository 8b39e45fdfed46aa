"""The number of the decision by which a case was dealt with, told by its document so far."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
AT_ONCE = 500            # cases read and written at a time: a document may be long


def upgrade() -> None:
    op.add_column("transfer", sa.Column("decision_number", sa.String(length=80), nullable=True))
    case = sa.table("transfer", sa.column("id"), sa.column("doc"), sa.column("decision_number"))
    some = sa.select(case.c.id, case.c.doc).order_by(case.c.id).limit(AT_ONCE)
    put = sa.update(case).where(case.c.id == sa.bindparam("case")).values(decision_number=sa.bindparam("number"))
    tx, last = op.get_bind(), ""
    while found := tx.execute(some.where(case.c.id > last)).all():
        if told := [{"case": row.id, "number": number} for row in found if (number := _number(row.doc))]:
            tx.execute(put, told)
        last = found[-1].id
    op.create_index(op.f("ix_transfer_decision_number"), "transfer", ["decision_number"], unique=False)


def _number(doc: str) -> str:
    said = json.loads(doc)
    decision, closure = said.get("decision") or {}, said.get("closure") or {}
    return decision.get("number") or closure.get("decision_number") or ""
