"""Log lines of every process: to standard error, no personal values, no secrets."""

import logging
import sys

from shared.settings import Settings

QUIET = ("liandong.http", "alembic", "nameko.runners")  # told from warnings on, unless ops ask for debug


def configure(settings: Settings) -> None:
    """Sets the process's logging up; the second time changes nothing."""
    logging.basicConfig(
        stream=sys.stderr, level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    if settings.log_level != "debug":
        for name in QUIET:
            logging.getLogger(name).setLevel(logging.WARNING)
