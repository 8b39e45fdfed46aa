"""An office: everything a running service has in hand, opened once for a process."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.access import log, quota
from shared.access.gate import Access
from shared.acts import erasing, handing, repeats
from shared.acts.appointed import Appointments
from shared.acts.convert import Documents
from shared.acts.disclosing import Asked, Found, of_person
from shared.acts.keeping import Keeping, Means
from shared.acts.model import Viewer
from shared.acts.perform import Acts
from shared.acts.reading import Reads
from shared.acts.succession import SUCCEED
from shared.contracts.envelope import Event
from shared.contracts.register import STANDING
from shared.crypto.keys import FileKeys
from shared.crypto.vault import Vault
from shared.db.database import Database, role_of, sqlite_url
from shared.deadlines.ticker import Ticker
from shared.files import uses, waiting
from shared.files.disk import DiskPort
from shared.files.store import Files
from shared.files.uploads import Uploads
from shared.journal import epochs, sent
from shared.journal.findings import Finding
from shared.journal.log import Journal
from shared.journal.sealer import Sealer
from shared.kernel.clock import Clock, day_of
from shared.kernel.errors import Refused
from shared.kernel.settings import Settings
from shared.law.store import Law
from shared.telemetry.metrics import RETENTION_DUE
from shared.wake import Wake

HOUSEKEEPING = 3600.0             # seconds between two rounds
ACCESS_LOG = "access_log"         # its class of records
ORPHANS = timedelta(days=1)       # how long a file may wait for the act that names it

logger = logging.getLogger(__name__)

Handler = Callable[[Connection, Event], None]


@dataclass(frozen=True, slots=True)
class Spec:
    """What the rooms below need to know of a service."""

    name: str                                   # transfer
    title: str                                  # 案件移送
    keepings: tuple[Keeping, ...]
    tables: sa.MetaData
    follows: Mapping[str, Callable[["Office"], Mapping[str, Handler]]]   # source -> event name ("*": any) -> handler
    troves: tuple[erasing.Trove, ...] = ()      # what it keeps of persons besides its cases
    checks: tuple[Callable[[Connection, Means], Iterable[Finding]], ...] = ()     # what `verify` looks at besides
    sweeps: tuple[Callable[[Connection, datetime], Any], ...] = ()     # what goes with the access log of before then


class Office:
    """One service at work: its database and ports, its acts by path, its deadlines' ticker and its journal's sealer."""

    def __init__(self, spec: Spec, settings: Settings, clock: Clock, db: Database | None = None) -> None:
        self.spec, self.settings, self.clock, self.name = spec, settings, clock, spec.name
        self.db = db or database_of(spec.name, settings)
        self.db.tell_use(spec.name)
        self.vault = Vault(FileKeys(settings.keys))
        self.journal = Journal(spec.name, settings.city, clock)
        self.law = Law(self.db)
        self.files = Files(DiskPort(settings.home / "files" / spec.name))
        self.uploads = Uploads(self.db, clock, self.files, settings.file_limit,
                               (settings.waiting_files, settings.waiting_bytes))
        self.wake = Wake(self.db, spec.name)
        self.access = Access(settings, spec.name, self.db, clock)
        means = self.means = Means(
            spec.name,
            settings.city,
            self.db,
            clock,
            self.vault,
            Documents(self.vault),
            self.journal,
            self.law,
            self.files,
            self.wake.ring,
            self._log_refused,
            settings,
        )
        self.acts = {keeping.chapter.path: Acts(handing.kept(keeping), means) for keeping in spec.keepings}
        self.reads = {path: Reads(acts) for path, acts in self.acts.items()}
        self.ticker = Ticker(self.db, clock, self.journal, self.law, self.audience, self.wake.ring)
        self.successions = handing.Successions(means, self.acts)
        self.appointments = Appointments(self.db, clock, self.acts, spec.name, {SUCCEED: self.successions.late})
        self.sealer = Sealer(self.db, self.journal, self.vault, self.overseers)
        clock.on_move(self.wake.ring)

    def open(self) -> None:
        """Opens the journal's epoch, or a new one where the database is in another life. Once, at start."""
        epochs.open_epoch(self.db, self.journal)

    def overseers(self, tx: Connection) -> frozenset[str]:
        """Who keeps the checkpoints: justice, the government office, discipline."""
        return self.law.snapshot(tx).register.standing_agencies(*STANDING)

    def audience(self, tx: Connection, case_ids: Sequence[str]) -> dict[str, tuple[frozenset[str], int]]:
        """Who is told of a deadline of each of these cases, and the case's revision."""
        told: dict[str, tuple[frozenset[str], int]] = {}
        for acts in self.acts.values():
            told |= acts.audience(tx, [case for case in case_ids if case not in told])
        return told

    def tick(self) -> tuple[int, float | None]:
        """All that time brings: deadlines first, so that each fires for who was bound at its instant, then the acts
        that the suite owes, then what ended agencies leave. How many of the latter two were done, and the seconds until
        the next look; None: none is known of."""
        waits = [self.ticker.step()]
        appointed, wait = self.appointments.step()
        handed_over, another = self.successions.step()
        if done := appointed + handed_over:
            self.wake.ring()
        known = [each for each in (*waits, wait, another) if each is not None]
        return done, min(known) if known else None

    def handlers(self) -> Mapping[str, Mapping[str, Handler]]:
        """What this service does on the news of others, by source and event."""
        return {source: handlers(self) for source, handlers in self.spec.follows.items()}

    def housekeep(self) -> float:
        """Forgets what need not be kept: old idempotency keys, access log past its time, files that no case names. What
        it holds of persons it only counts where its time is over.

        Returns the seconds until it wants to be called again.
        """
        now = self.clock.now()
        with self.db.write() as tx:
            repeats.sweep(tx, self.clock, self.law.snapshot(tx).current(day_of(now)))
            waiting.sweep(tx, now - ORPHANS)
            quota.sweep(tx, now)
            kept = timedelta(days=self._log_days(tx))
            log.sweep(tx, now - kept)
            sent.sweep(tx, now - kept)
            for sweep in self.spec.sweeps:
                sweep(tx, now - kept)
        self.uploads.sweep()
        with self.db.read() as tx:
            named = uses.named(tx)
            over = self.due(tx)
        self._warn(over)
        self.files.sweep(named, older_than=ORPHANS)
        erasing.remove_files(self.db, self.files)
        return HOUSEKEEPING

    def due(self, tx: Connection) -> list[erasing.Due]:
        """What the service holds of persons and has kept long enough."""
        return [*(each for acts in self.acts.values() for each in erasing.due(tx, acts)),
                *(each for trove in self.spec.troves for each in trove.due(tx, self.means))]

    def of_person(self, tx: Connection, asked: Asked, viewer: Viewer) -> list[Found]:
        """What the service holds of a person, as far as the viewer may see."""
        return [*(each for reads in self.reads.values() for each in of_person(tx, reads, asked, viewer)),
                *(each for trove in self.spec.troves for each in trove.of_person(tx, self.means, asked, viewer))]

    def _log_days(self, tx: Connection) -> int:
        """How long the access log is kept: as set, and never shorter than the rulebook asks."""
        rule = erasing.rules_of(tx, self.law, self.clock).get(ACCESS_LOG)
        return max(self.settings.access_log_days, rule.months * 31 if rule else 0)

    def _warn(self, over: Sequence[erasing.Due]) -> None:
        """Says what has been kept long enough. Nothing goes by itself: a person decides."""
        counted = Counter(each.class_ for each in over)
        for name in {*counted, *(f"{self.name}.{path}" for path in self.acts)}:
            RETENTION_DUE.labels(self.name, name).set(counted[name])
        if over:
            logger.warning("%s: %d records have been kept long enough: `liandong erase due %s` lists them", self.name,
                           len(over), self.name)

    def close(self) -> None:
        """Gives back every connection."""
        self.wake.close()
        self.db.dispose()

    def _log_refused(self, viewer: Viewer, act: str, case_id: str, refused: Refused) -> None:
        entry = log.Entry(
            log.REFUSED, act, case_id, refused.refusals[0].code, viewer.person, viewer.appointment, viewer.agency
        )
        with self.db.write() as tx:
            log.record(tx, entry, self.clock.now())


def database_of(name: str, settings: Settings, *, durable: bool = True) -> Database:
    """The service's database: its file in the home folder, or its schema. `durable`: see `Database`."""
    if settings.database_url:
        return Database(settings.database_url, name, role=role_of(settings.database_url, name),
                        pool=settings.database_connections)
    folder: Path = settings.home / "data"
    folder.mkdir(parents=True, exist_ok=True)
    return Database(sqlite_url(folder / f"{name}.sqlite"), durable=durable)
