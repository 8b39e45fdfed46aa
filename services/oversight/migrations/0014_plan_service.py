"""Of which chapter each plan is whose lead is known, as the board tells it; `liandong rebuild oversight` fills the
rest."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("plan_lead", sa.Column("service", sa.String(length=40), nullable=True))
    plan = sa.table("plan_lead", sa.column("case"), sa.column("service"))
    board = sa.table("board", sa.column("case"), sa.column("service"))
    of_plan = sa.select(sa.func.min(board.c.service)).where(
        board.c.case == plan.c.case, board.c.service.in_(("collab", "joint"))).scalar_subquery()
    op.execute(plan.update().values(service=of_plan))
