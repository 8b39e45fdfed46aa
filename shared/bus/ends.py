"""What ends some day unless somebody sees to it, told in metrics: calendar, basis, keys, the last verification; and
what became new last: law, the journal's epoch."""

import math
from datetime import date, datetime

from sqlalchemy.engine import Connection

from shared.acts.office import Office
from shared.journal import verified
from shared.kernel.clock import day_of, end_of
from shared.law import tables
from shared.telemetry.metrics import (
    BASIS_UNTIL,
    CALENDAR_UNTIL,
    EPOCH,
    KEY_MADE,
    LAW_PUBLISHED,
    VERIFY_FAILURE,
    VERIFY_SUCCESS,
)

TOKEN = "token"         # the kind of the keys that sign tokens
DIGITS = 12             # of an epoch that stand in a figure: a float holds 48 bits whole


def tell(office: Office) -> None:
    """Tells all of it as the service knows it now. Raises the database's errors, OSError where a key is gone."""
    with office.db.read() as tx:
        _law(tx, office)
        last, head = verified.last(tx), office.journal.head(tx)
    EPOCH.labels(office.name).set(int(head.epoch[:DIGITS], 16))
    for held, told in ((True, VERIFY_SUCCESS), (False, VERIFY_FAILURE)):
        if held in last:
            told.labels(office.name).set(last[held].timestamp())
    for kind, made in {**office.vault.keys_made(), TOKEN: office.access.keys.made()}.items():
        if made:
            KEY_MADE.labels(office.name, kind).set(made.timestamp())


def _law(tx: Connection, office: Office) -> None:
    snapshot, today = office.law.snapshot(tx), day_of(office.clock.now())
    until = date(snapshot.calendar.known_until(today.year), 12, 31)
    CALENDAR_UNTIL.labels(office.name).set(end_of(until).timestamp())
    for kind, at in tables.last_published(tx).items():
        LAW_PUBLISHED.labels(office.name, kind).set(at.timestamp())
    rulebook = snapshot.current(today)
    if rulebook.version:
        last = rulebook.last_day()
        BASIS_UNTIL.labels(office.name).set(_seconds(end_of(last) if last else None))


def _seconds(instant: datetime | None) -> float:
    """Unix time; what has no end is infinitely far away, so that no alert on what is left fires."""
    return instant.timestamp() if instant else math.inf
