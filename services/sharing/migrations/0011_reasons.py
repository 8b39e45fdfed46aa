"""Why others' records were looked at: of looks that showed no natural person's record, the reason goes with the time of
the access log. Those of before are put down too."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "record_access_due",
        sa.Column("access", sa.String(length=36), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("access"),
    )
    op.create_index("record_access_due_by_time", "record_access_due", ["at"], unique=False)
    text, number = sa.String(), sa.BigInteger()
    access = sa.table("record_access", *(sa.column(name, text) for name in ("id", "records", "reason")),
                      sa.column("at", number))
    record = sa.table("record", sa.column("id", text), sa.column("respondent_kind", text))
    due = sa.table("record_access_due", sa.column("access", text), sa.column("at", number))
    tx = op.get_bind()
    for row in tx.execute(sa.select(access).where(access.c.reason.contains('"cipher"'))).all():
        of_person = record.c.id.in_(json.loads(row.records)) & (record.c.respondent_kind == "person")
        if tx.execute(sa.select(record.c.id).where(of_person).limit(1)).first() is None:
            tx.execute(due.insert(), {"access": row.id, "at": row.at})
