"""Who has a part in a ledger's row stands in the row, instead of in a table beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_JOINED = {
    "postgresql": "SELECT string_agg(agency, ',' ORDER BY agency) FROM ledger_party AS party",
    "sqlite": "SELECT group_concat(agency, ',') FROM (SELECT * FROM ledger_party ORDER BY agency) AS party",
}


def upgrade() -> None:
    op.add_column("ledger", sa.Column("parties", sa.Text(), nullable=False, server_default=""))
    op.execute(f"""UPDATE ledger SET parties = ',' || coalesce((
        {_JOINED[op.get_context().dialect.name]} WHERE party.kind = ledger.kind AND party.key = ledger.key
        AND party.position = ledger.position) || ',', '')""")
    op.drop_table("ledger_party")
