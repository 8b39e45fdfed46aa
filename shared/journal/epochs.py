"""Epochs: which life of the database a position belongs to. After a restore positions are used again: a new one opens.

PostgreSQL: an epoch is bound to (system identifier, timeline). A promoted standby and a point-in-time restore run on a
new timeline, a dump restored into another cluster has another identifier: each opens an epoch, at start and at every
new connection. The timeline is read from the write-ahead log's file name, as `pg_control_checkpoint()` still shows the
old one until the first checkpoint after a promotion; both functions are open to every role unless an administrator
took that away, which `open_epoch` then says. Not seen: a dump or a snapshot of the disk put back into the same cluster
on the same timeline. Whoever does that calls `new_epoch`.

SQLite: an epoch is bound to the file's inode, and a note beside the file (`<file>.epoch`) keeps the epoch and the last
position known. A copied or replaced file, a missing note, a note of another epoch, and a file that is behind its note
each open an epoch. Not seen: a snapshot of the whole disk put back with the note; and an older copy written over the
same inode that lacks only what came after the note was last written (each start, each look of the sealer).
"""

import json
import secrets
import weakref
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from shared.db.database import Database
from shared.journal.log import Journal
from shared.journal.model import EPOCH_OPENED, Head, NewEntry
from shared.journal.tables import journal_head
from shared.kernel.clock import day_of
from shared.kernel.ids import new_id

_IDENTITY = ("SELECT 'postgresql:' || (SELECT system_identifier FROM pg_control_system()) || ':' || "
             "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)")


class NoIdentity(RuntimeError):
    """The role may not read which cluster and timeline it is on, so no epoch can be told from another."""


def open_epoch(db: Database, journal: Journal) -> Head:
    """Called once at start: makes the head, or opens a new epoch where the database is in another life.

    On PostgreSQL every later new connection is checked too. Raises NoIdentity.
    """
    head = _bind(db, journal)
    if not db.sqlite:
        _watch(db, journal)
    return head


def new_epoch(db: Database, journal: Journal, why: str, *, actor: str = "suite", agency: str = "") -> Head:
    """Opens an epoch by hand: after a restore that cannot be seen from inside. Why in words stays in the detail."""
    with db.write() as tx:
        _open(tx, journal, _binding(db, tx), "by hand", actor=actor, agency=agency, detail={"why": why})
        return _noted(db, journal.head(tx))


def note(db: Database, journal: Journal) -> None:
    """On SQLite keeps epoch and position beside the file, so that an older copy put back is seen at the next start."""
    if db.sqlite:
        with db.write() as tx:
            _noted(db, journal.head(tx))


def _noted(db: Database, head: Head) -> Head:
    """Called under the write lock: a note never goes back behind another."""
    path = _note_path(db)
    if path is None:
        return head
    making = path.with_suffix(".epoch-making")
    making.write_text(json.dumps({"epoch": head.epoch, "position": head.position}))
    making.replace(path)
    return head


def _bind(db: Database, journal: Journal) -> Head:
    with db.write() as tx:
        binding = _binding(db, tx)
        _first(tx)
        row = tx.execute(sa.select(journal_head).with_for_update()).one()
        why = "first start" if not row.epoch else _why(db, binding, row)
        if why:
            _open(tx, journal, binding, why)
        return _noted(db, journal.head(tx))


def _first(tx: Connection) -> None:
    """The empty head, where there is none. Two processes may start at once: the second waits for the first here."""
    tx.execute(sa.text("INSERT INTO journal_head (id, position, epoch, binding) SELECT 1, 0, '', '' "
                       "WHERE NOT EXISTS (SELECT 1 FROM journal_head) ON CONFLICT (id) DO NOTHING"))


def _open(tx: Connection, journal: Journal, binding: str, why: str, **by: Any) -> None:
    """The epoch's own entry is the first of it: readers and `verify` learn of it where it began."""
    _first(tx)
    now, epoch = journal.clock.now(), secrets.token_hex(8)
    tx.execute(journal_head.update().values(epoch=epoch, binding=binding))
    journal.append(tx, [NewEntry(id=new_id(now), type=EPOCH_OPENED, stream="", occurred_on=day_of(now),
                                 data={"epoch": epoch, "binding": binding, "why": why}, **by)])


def _binding(db: Database, tx: Connection) -> str:
    if db.path:
        return f"sqlite:{db.path.stat().st_ino}"
    try:
        return str(tx.exec_driver_sql(_IDENTITY).scalar_one())
    except sa.exc.ProgrammingError as refused:
        raise NoIdentity("grant EXECUTE on pg_control_system(), pg_current_wal_lsn() and pg_walfile_name(pg_lsn) "
                         "to the service's role") from refused


def _why(db: Database, binding: str, row: Any) -> str:
    """Why the database is in another life than its head says; empty if it is not."""
    if row.binding != binding:
        return f"bound to {row.binding}, now {binding}"
    path = _note_path(db)
    if path is None:
        return ""
    try:
        kept = json.loads(path.read_text())
        epoch, position = str(kept["epoch"]), int(kept["position"])
    except FileNotFoundError:
        return "no note beside the file"
    except (ValueError, KeyError, TypeError):
        return "the note beside the file can't be read"
    if epoch != row.epoch:
        return "the note beside the file is of another epoch"
    return f"the file is behind its note: {row.position} < {position}" if row.position < position else ""


def _note_path(db: Database) -> Path | None:
    return db.path.with_name(db.path.name + ".epoch") if db.path else None


_WATCHED: "weakref.WeakSet[Engine]" = weakref.WeakSet()


def _watch(db: Database, journal: Journal) -> None:
    """Checks every new connection: after a failover the pool connects anew, to a server of another timeline."""
    if db.engine in _WATCHED:
        return
    _WATCHED.add(db.engine)

    @sa.event.listens_for(db.engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SELECT binding = ({_IDENTITY}) FROM journal_head")
        row = cursor.fetchone()
        cursor.close()
        connection.commit()
        if row is not None and not row[0]:
            anew = Database(db.url, db.schema, role=db.role, pool=1)
            try:
                _bind(anew, journal)
            finally:
                anew.dispose()
