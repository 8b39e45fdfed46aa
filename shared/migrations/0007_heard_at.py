"""When the last entry that a consumer has handled was recorded: how far the news of a source has come.

None where nothing was handled since: it is not guessed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("follower_cursor", sa.Column("last_at", sa.BigInteger(), nullable=True))
