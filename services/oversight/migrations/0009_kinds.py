"""Of which kinds the steps of a ladder are, told by its document so far."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("supervision", sa.Column("kinds", sa.Text(), nullable=True))
    case = sa.table("supervision", sa.column("id"), sa.column("doc"), sa.column("kinds"))
    tx = op.get_bind()
    for row in tx.execute(sa.select(case.c.id, case.c.doc)).all():
        kinds = "".join(f"{step['kind']}," for step in json.loads(row.doc)["steps"])
        tx.execute(sa.update(case).where(case.c.id == row.id).values(kinds=f",{kinds}"))
