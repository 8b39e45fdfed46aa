"""The sealer: one a service (the caller holds the lock) computes the chain in order and signs where it stands.

1. Look at least once a minute. 2. When there is news since the last checkpoint and that is a minute old, seal; when
there is none, seal once an hour. So no entry stays unsealed for more than a minute. 3. Sealing reads digests on from
the last checkpoint in pages, then commits the signed row and the entry that tells it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.crypto.digests import algorithm_of
from shared.crypto.vault import Vault
from shared.db.database import Database
from shared.journal import checkpoints, epochs
from shared.journal.checkpoints import Checkpoint
from shared.journal.hashing import GENESIS, chain_of
from shared.journal.log import Journal
from shared.journal.model import CHECKPOINT, NO_NEWS, NewEntry
from shared.journal.tables import checkpoint, journal
from shared.kernel.clock import day_of
from shared.kernel.ids import new_id
from shared.telemetry.metrics import SEALED

WITH_NEWS, WITHOUT = timedelta(minutes=1), timedelta(hours=1)
_PAGE = 2000
_NEWS = sa.select(journal.c.position).where(journal.c.position > sa.bindparam("after"),
                                            journal.c.type.not_in(NO_NEWS)).limit(1)
_DIGESTS = sa.select(journal.c.position, journal.c.digest).where(journal.c.position > sa.bindparam("after")) \
    .order_by(journal.c.position).limit(_PAGE)


class JournalBroken(RuntimeError):
    """A position is missing: nothing more is signed. `verify` tells what and where."""


class Sealer:
    """`told` names who gets the checkpoints: the codes of justice, the government office and discipline."""

    def __init__(self, db: Database, journal: Journal, vault: Vault,
                 told: Callable[[Connection], frozenset[str]] = lambda tx: frozenset()) -> None:
        self._db, self._journal, self._vault, self._told = db, journal, vault, told
        self._source = checkpoints.source_of(journal.city, journal.service)

    def step(self) -> float:
        """Seals if it is time; returns the seconds until it wants to look again (at most a minute).

        Raises JournalBroken where a position is missing.
        """
        now = self._journal.clock.now()
        with self._db.read() as tx:
            before = checkpoints.last(tx, self._source)
            news = tx.execute(_NEWS, {"after": before.to_position if before else 0}).first() is not None
        SEALED.labels(self._journal.service).set(before.to_position if before else 0)
        epochs.note(self._db, self._journal)
        wait = _wait(before, news, now)
        if wait:
            return min(wait, WITH_NEWS).total_seconds()
        self.seal()
        return WITH_NEWS.total_seconds()

    def seal(self) -> Checkpoint:
        """Seals now, up to the head. Raises JournalBroken."""
        now = self._journal.clock.now()
        with self._db.read() as tx:
            before = checkpoints.last(tx, self._source)
            position, chain = _chain(tx, *((before.to_position, before.chain) if before else (0, GENESIS)))
            epoch = self._journal.head(tx).epoch
        made = Checkpoint(self._source, epoch, position, chain, algorithm_of(chain), now)
        made = replace(made, signature=self._vault.sign(made.signed_text()))
        fields = made.to_dict()
        with self._db.write() as tx:
            tx.execute(checkpoint.insert(), {**{name: fields[name] for name in fields if name != "source"},
                                             "sealed_at": now})
            self._journal.append(tx, [NewEntry(id=new_id(now), type=CHECKPOINT, stream="", occurred_on=day_of(now),
                                               data=fields, audience=self._told(tx))])
        SEALED.labels(self._journal.service).set(position)
        return made


def _wait(before: Checkpoint | None, news: bool, now: datetime) -> timedelta:
    """How long until a checkpoint is due; zero or less means now. A clock set back is no reason to wait longer."""
    if before is None or now < before.sealed_at:
        return timedelta(0)
    return max(before.sealed_at + (WITH_NEWS if news else WITHOUT) - now, timedelta(0))


def _chain(tx: Connection, position: int, chain: str) -> tuple[int, str]:
    while page := tx.execute(_DIGESTS, {"after": position}).all():
        for at, digest in page:
            if at != position + 1:
                raise JournalBroken(f"position {position + 1} is missing")
            position, chain = at, chain_of(chain, at, digest)
    return position, chain
