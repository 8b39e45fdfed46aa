"""How long personal data are kept, holds on them, and their erasure."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    pass
