"""Running a handler so that its failure is its event's and nobody else's."""

from collections.abc import Callable

from sqlalchemy.engine import Connection

from shared.contracts.envelope import Event
from shared.db.database import database_gone

Handler = Callable[[Connection, Event], None]


def tried(tx: Connection, handler: Handler, event: Event) -> str:
    """Runs a handler behind a savepoint; returns why it failed, its changes undone, or nothing."""
    savepoint = tx.begin_nested()
    try:
        handler(tx, event)
    except Exception as failed:
        if database_gone(failed):
            raise
        savepoint.rollback()
        return cause_of(failed)
    savepoint.commit()
    return ""


def cause_of(failed: Exception) -> str:
    """A failure in one line, as it is parked and logged."""
    return f"{type(failed).__name__}: {failed}"
