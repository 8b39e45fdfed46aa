"""Archive records of article 27, and what finds them."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    pass
