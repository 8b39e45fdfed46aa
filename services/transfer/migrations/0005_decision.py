"""The number of the decision by which a case was dealt with, told by its document so far."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("transfer", sa.Column("decision_number", sa.String(length=80), nullable=True))
    op.create_index(op.f("ix_transfer_decision_number"), "transfer", ["decision_number"], unique=False)
    case = sa.table("transfer", sa.column("id"), sa.column("doc"), sa.column("decision_number"))
    tx = op.get_bind()
    for row in tx.execute(sa.select(case.c.id, case.c.doc)).all():
        doc = json.loads(row.doc)
        decision, closure = doc.get("decision") or {}, doc.get("closure") or {}
        if number := decision.get("number") or closure.get("decision_number"):
            tx.execute(sa.update(case).where(case.c.id == row.id).values(decision_number=number))
