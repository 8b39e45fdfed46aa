"""The probe: an entry that concerns no case and goes the way that every entry goes, so that the way can be timed.

It is as small as an entry can be: no detail, no state, nobody told but the siblings and the canary.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.contracts.envelope import event_of
from shared.db.database import Database, one_at_a_time
from shared.journal.log import Journal
from shared.journal.model import PROBE, NewEntry
from shared.journal.tables import journal as entries
from shared.kernel.clock import day_of
from shared.kernel.ids import new_id

EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Probe:
    """A probe that was written: where it stands, and when it was recorded. All its legs are timed from there."""

    epoch: str
    position: int
    recorded_at: datetime


def wait(tx: Connection, now: datetime) -> timedelta:
    """How long until the next probe is due, whichever process wrote the last; zero means now. A clock set back is no
    reason to wait longer."""
    at = entries.c.recorded_at
    last = tx.scalar(sa.select(sa.func.max(at)).where(at > now - EVERY, at <= now, entries.c.type == PROBE))
    return last + EVERY - now if last else timedelta(0)


def write(db: Database, journal: Journal, canary: str) -> Probe | None:
    """Writes a probe that the agency `canary` is told of; None where another process has just written one."""
    with db.write() as tx:
        one_at_a_time(tx, f"{journal.service}.probe")
        now = journal.clock.now()           # what another wrote while this one waited lies before it
        if wait(tx, now):
            return None
        made = journal.append(tx, [NewEntry(id=new_id(now), type=PROBE, stream="", occurred_on=day_of(now), data={},
                                            audience=frozenset({canary}))])
    return Probe(made.epoch, made.first, recorded_at(made.bodies[0], made.epoch, made.first))


def recorded_at(body: str, epoch: str, position: int) -> datetime:
    """When the entry of a text was recorded. Raises ValueError for what is no entry's."""
    return event_of(body, epoch, position).time
