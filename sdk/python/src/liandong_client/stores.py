"""Where a reader keeps how far it came: in a file, or in SQLite beside the effects of its handler."""

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Protocol

from liandong_client.events import Event

CITY = timezone(timedelta(hours=8))         # Asia/Shanghai, whose days a reconciliation counts


@dataclass(frozen=True, slots=True)
class Place:
    """The last position of a source's journal that is done with, in which of its epochs. An empty epoch is whichever is
    the present one; position 0 is the beginning. `given`: the mark that a feed gave for what comes after."""

    epoch: str = ""
    position: int = 0
    given: str = ""

    @property
    def mark(self) -> str:
        """What a feed takes as `after`."""
        return self.given or (f"{self.epoch}.{self.position}" if self.epoch else "")


@dataclass(frozen=True, slots=True)
class Had:
    """A source's events of a day, by the city's clock: how many, the first and last position, and a digest over their
    ids in order. Equal here and there: nothing is missing, nothing is too many."""

    count: int
    first: int | None
    last: int | None
    digest: str


class Store(Protocol):
    """What a reader needs to remember. `done` and `move` are called inside `transaction`."""

    def place(self, source: str) -> Place:
        """How far the source is read."""
        ...

    def transaction(self) -> AbstractContextManager[object]:
        """Keeps what is done inside; where it ends by an exception and the store can, nothing of it."""
        ...

    def done(self, event: Event) -> None:
        """The event is handled."""
        ...

    def move(self, source: str, place: Place) -> None:
        """All up to that place is handled, or concerns this reader not."""
        ...

    def seen(self, source: str, id: str) -> bool | None:
        """Whether an event of that id was handled; None where the store keeps no ids."""
        ...

    def ids(self, source: str) -> set[str]:
        """The ids of the handled events of a source, where they are kept."""
        ...


class FileStore:
    """Places in a JSON file, replaced whole. It is written after what was handled, so after a crash the last events may
    come again: the handler must take them twice without harm (by `event.id`)."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._places: dict[str, Place] = {}
        if self._path.exists():
            kept = json.loads(self._path.read_text("utf-8"))
            self._places = {source: Place(str(each["epoch"]), int(each["position"]), str(each.get("given", "")))
                            for source, each in kept.items()}

    def place(self, source: str) -> Place:
        """See Store."""
        return self._places.get(source, Place())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What was handled before an exception stays handled: its effects can't be taken back here."""
        before = dict(self._places)
        try:
            yield
        finally:
            if self._places != before:
                self._write()

    def done(self, event: Event) -> None:
        """See Store."""
        self._places[event.source] = Place(event.epoch, event.position)

    def move(self, source: str, place: Place) -> None:
        """See Store."""
        self._places[source] = place

    def seen(self, source: str, id: str) -> bool | None:
        """No ids are kept."""
        return None

    def ids(self, source: str) -> set[str]:
        """No ids are kept."""
        return set()

    def _write(self) -> None:
        text = json.dumps({source: asdict(place) for source, place in sorted(self._places.items())}, indent=1)
        beside = self._path.with_name(f"{self._path.name}.new")
        with beside.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
        with contextlib.suppress(OSError):              # some systems can't open a folder
            folder = os.open(self._path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


class SqliteStore:
    """Places and ids in one's own SQLite database. What the handler writes with `connection` is committed with the
    place, so each event has its effect once, whenever the process or the machine stops."""

    TABLES = ("CREATE TABLE IF NOT EXISTS liandong_place (source TEXT PRIMARY KEY, epoch TEXT NOT NULL, "
              "position INTEGER NOT NULL, given TEXT NOT NULL)",
              "CREATE TABLE IF NOT EXISTS liandong_seen (source TEXT NOT NULL, id TEXT NOT NULL, epoch TEXT NOT NULL, "
              "position INTEGER NOT NULL, day TEXT NOT NULL, PRIMARY KEY (source, id)) WITHOUT ROWID",
              "CREATE INDEX IF NOT EXISTS liandong_seen_day ON liandong_seen (source, day)")

    def __init__(self, database: Path | str) -> None:
        self.connection = sqlite3.connect(database, isolation_level=None)       # transactions are begun here alone
        self.connection.execute("PRAGMA journal_mode = WAL")
        for table in self.TABLES:
            self.connection.execute(table)

    def close(self) -> None:
        """Closes the database."""
        self.connection.close()

    def place(self, source: str) -> Place:
        """See Store."""
        row = self.connection.execute("SELECT epoch, position, given FROM liandong_place WHERE source = ?", (source,))
        found = row.fetchone()
        return Place(*found) if found else Place()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commits at its end; an exception rolls all of it back, the handler's writes too."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    def done(self, event: Event) -> None:
        """See Store."""
        self.connection.execute("INSERT OR REPLACE INTO liandong_seen VALUES (?, ?, ?, ?, ?)", (
            event.source, event.id, event.epoch, event.position, event.time.astimezone(CITY).date().isoformat()))
        self.move(event.source, Place(event.epoch, event.position))

    def move(self, source: str, place: Place) -> None:
        """See Store."""
        self.connection.execute("INSERT OR REPLACE INTO liandong_place VALUES (?, ?, ?, ?)",
                                (source, place.epoch, place.position, place.given))

    def seen(self, source: str, id: str) -> bool | None:
        """See Store."""
        row = self.connection.execute("SELECT 1 FROM liandong_seen WHERE source = ? AND id = ?", (source, id))
        return row.fetchone() is not None

    def ids(self, source: str) -> set[str]:
        """See Store."""
        return {row[0] for row in self.connection.execute("SELECT id FROM liandong_seen WHERE source = ?", (source,))}

    def had(self, source: str, day: date) -> Had:
        """What was handled of a source's events that were recorded on a day, as a reconciliation counts it."""
        rows = self.connection.execute(
            "SELECT id, position FROM liandong_seen WHERE source = ? AND day = ? AND epoch = ? ORDER BY position",
            (source, day.isoformat(), self.place(source).epoch)).fetchall()
        digest = hashlib.sha256("".join(f"{id}\n" for id, _ in rows).encode()).hexdigest()
        return Had(len(rows), rows[0][1] if rows else None, rows[-1][1] if rows else None, f"sha256:{digest}")
