"""The catalogue of article 26."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    pass
