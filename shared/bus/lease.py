"""One active process of a service for a work that must not be done twice at once: relay, sealer.

PostgreSQL: a session advisory lock on a dedicated connection in autocommit (a pooled one would keep the lock after it
was given back). SQLite: a lock on a file beside the database.
"""

import contextlib
import fcntl
import zlib
from typing import IO

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from shared.db.database import Database

_CLASS = 0x4C44      # "LD": the first key of every advisory lock of this suite


class Lease:
    """The right to do the work `name` on this database. Held until it is released, the process ends or the lock's
    connection breaks: so whoever holds it also moves its results by compare-and-set."""

    def __init__(self, db: Database, name: str) -> None:
        self._db, self._name = db, name
        self._connection: Connection | None = None
        self._file: IO[str] | None = None

    def held(self) -> bool:
        """Whether this process has it now; takes it where it is free. Never blocks."""
        return self._held_by_file() if self._db.sqlite else self._held_by_session()

    def release(self) -> None:
        """Lets others have it."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._connection is not None:
            with contextlib.suppress(SQLAlchemyError):
                self._connection.close()
            self._connection = None

    def _held_by_session(self) -> bool:
        try:
            if self._connection is not None:
                self._connection.exec_driver_sql("SELECT 1")     # a broken session has lost the lock
                return True
            connection = self._db.dedicated()
            key = zlib.crc32(f"{self._name}:{self._db.schema}".encode()) - 2**31
            if connection.scalar(sa.select(sa.func.pg_try_advisory_lock(sa.cast(_CLASS, sa.Integer), key))):
                self._connection = connection
                return True
            connection.close()
            return False
        except SQLAlchemyError:
            self.release()
            raise

    def _held_by_file(self) -> bool:
        if self._file is not None:
            return True
        path = self._db.path
        assert path is not None, "a database in memory has no other process"
        file = path.with_name(f"{path.name}.{self._name}-lock").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True
