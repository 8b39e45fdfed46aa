"""Acts that the suite owes at an instant: an agency's end on the day after its last, and the like. They are no
deadlines: nobody is late with them, and no light shows them (docs/adr/0013).

A row is written in the transaction of the act that appoints it and taken away in that of the act itself, so it is done
once, whoever does it, and again from the start where a process ended in between.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts.model import THE_SUITE
from shared.acts.perform import Acts
from shared.acts.request import Request
from shared.acts.trying import Trying, moved_on
from shared.db.database import SHARED, Database, UtcInstant
from shared.kernel.clock import Clock, day_of
from shared.kernel.errors import Refused

BATCH = 100

appointed_act = sa.Table(
    "appointed_act", SHARED,
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("act", sa.String(40), primary_key=True),
    sa.Column("path", sa.String(40), nullable=False),       # of the chapter in its service
    sa.Column("at", UtcInstant, nullable=False, index=True),
)


@dataclass(frozen=True, slots=True)
class Appointed:
    """An act to be done to a case from an instant on; its command says nothing besides."""

    case: str
    act: str
    path: str
    at: datetime


def appoint(tx: Connection, each: Appointed) -> None:
    """The act will be done; one appointed before for the case and of that name is not."""
    cancel(tx, each.case, each.act)
    tx.execute(appointed_act.insert(), {"case": each.case, "act": each.act, "path": each.path, "at": each.at})


def cancel(tx: Connection, case: str, act: str) -> None:
    """The act will not be done."""
    tx.execute(appointed_act.delete().where(appointed_act.c.case == case, appointed_act.c.act == act))


_ROW = appointed_act.c
_LISTED = sa.select(_ROW.case, _ROW.act, _ROW.path, _ROW.at).order_by(_ROW.at, _ROW.case, _ROW.act).limit(
    sa.bindparam("limit"))


def listed(tx: Connection, limit: int = BATCH) -> list[Appointed]:
    """What is appointed, the soonest first."""
    return [Appointed(*each) for each in tx.execute(_LISTED, {"limit": limit})]


class Appointments:
    """Does what has come due, each in a transaction of its own. Any number of processes may. `by`: the acts that need
    content, with what does them and takes their row away."""

    def __init__(self, db: Database, clock: Clock, acts: Mapping[str, Acts], service: str,
                 by: Mapping[str, Callable[[Appointed], int]]) -> None:
        self.db, self.clock, self.acts, self._by = db, clock, acts, by
        self._trying = Trying(service, "appointed")

    def step(self) -> tuple[int, float | None]:
        """How many were done, and the seconds until the next look; None: nothing is appointed.

        Raises what the database raises; one act that fails is tried again later."""
        now, listed_now = self.clock.now(), self._listed()
        due = [each for each in listed_now if each.at <= now]
        done = sum(self._trying.do(each, partial(self._by.get(each.act, self._do), each)) for each in due)
        ahead = [each for each in (self._listed() if due else listed_now) if not self._trying.waits(each)]
        waits = [(each.at - self.clock.now()).total_seconds() for each in ahead[:1]]
        waits += [left] if (left := self._trying.left()) is not None else []
        return done, max(0.0, min(waits)) if waits else None

    def _listed(self) -> list[Appointed]:
        with self.db.glance() as tx:
            return listed(tx)

    def _do(self, each: Appointed) -> int:
        """1 where this process did it. What the case does not allow any more is owed no more."""
        with self.db.write() as tx:
            if not take(tx, each):
                return 0
            acts = self.acts[each.path]
            command, request = acts.chapter.act(each.act).command(), Request(each.case, happened_on=day_of(each.at))
            try:
                acts.do_in(tx, each.act, command, THE_SUITE, request)
            except Refused as refused:
                if not moved_on(refused):
                    raise
        return 1


def take(tx: Connection, each: Appointed) -> bool:
    """Takes the row away; False where another did, or where it was appointed anew for another instant."""
    row = appointed_act.c
    gone = tx.execute(appointed_act.delete().where(row.case == each.case, row.act == each.act, row.at == each.at))
    return gone.rowcount == 1
