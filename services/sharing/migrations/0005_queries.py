"""Queries of article 27, and requests under 22."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    pass
