"""Wake-ups: whoever waits for a service's news is woken right after the commit, in this process and in others.

In the process a ring is a byte in each waiter's pipe, so native threads and the hub's green threads wait the same way.
On PostgreSQL it is also a NOTIFY, a statement of its own after the commit: inside it, it would cost the commit dearly.
A ring may be lost; every waiter has a slow poll behind it.
"""

import contextlib
import logging
import os
import select
import threading
from collections.abc import Callable

import psycopg
from psycopg import sql
from sqlalchemy.exc import SQLAlchemyError

from shared.db.database import Database

log = logging.getLogger(__name__)

HEAR_SECONDS = 1.0      # how long the hearing thread may take to notice that it shall end


class Bell:
    """What one waiter waits on. It may be rung from any thread; rings that nobody waited for are kept as one."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)     # as signal.set_wakeup_fd wants it
        self._lock = threading.Lock()
        self._open, self._rung = True, False

    def fileno(self) -> int:
        """What the hub waits on."""
        return self._read

    def wakeup_fileno(self) -> int:
        """What signal.set_wakeup_fd writes to."""
        return self._write

    def ring(self) -> None:
        """Wakes the waiter, or lets its next wait return at once."""
        with self._lock:
            if self._open and not self._rung:   # one byte at most: in a patched process a full pipe would block
                os.write(self._write, b"!")
                self._rung = True

    def clear(self) -> None:
        """Takes back all rings so far; called by the waiter when there is one."""
        with self._lock:
            os.read(self._read, 4096)
            self._rung = False

    def wait(self, seconds: float | None = None) -> bool:
        """Whether it was rung within that time; for native threads, and for every thread of a patched process."""
        if hasattr(select, "poll"):         # a patched process has only the hub's select
            poll = select.poll()
            poll.register(self._read, select.POLLIN)
            readable = bool(poll.poll(None if seconds is None else max(0, seconds * 1000)))
        else:
            readable = bool(select.select([self._read], [], [], seconds)[0])
        if readable:
            self.clear()
        return readable

    def close(self) -> None:
        """Nobody waits any more. Later rings do nothing."""
        with self._lock:
            if self._open:
                self._open = False
                os.close(self._read)
                os.close(self._write)


class Wake:
    """The wake-up of one service in one process. `schema`: the service's, where `db` is another's of the same server:
    to hear only."""

    def __init__(self, db: Database, name: str, schema: str = "") -> None:
        self._db, self._name = db, name
        self._channel = f"liandong_{schema or db.schema or name}"
        self._telling = sql.SQL("NOTIFY {}").format(sql.Identifier(self._channel))
        self._bells: list[Callable[[], None]] = []
        self._hearing: threading.Thread | None = None
        self._starting = threading.Lock()
        self._listening = self._closed = False

    def ring(self) -> None:
        """Tells every waiter, after a commit, from any thread. Never fails: what is committed stays committed."""
        self.ring_here()
        if not self._db.sqlite:
            try:
                self._notify()
            except (SQLAlchemyError, psycopg.Error) as failed:
                log.warning("%s: no NOTIFY, others find the news by their slow poll: %s", self._name, failed)

    def _notify(self) -> None:
        """By the driver itself: this follows every act, and SQLAlchemy would double its cost."""
        pooled = self._db.engine.raw_connection()
        driver = pooled.driver_connection
        assert isinstance(driver, psycopg.Connection)
        try:
            driver.autocommit = True
            driver.execute(self._telling)
            driver.autocommit = False
            pooled.close()
        except psycopg.Error:
            pooled.invalidate()
            raise

    def ring_here(self) -> None:
        """Tells the waiters of this process only."""
        for ring in tuple(self._bells):
            ring()

    def add(self, ring: Callable[[], None]) -> None:
        """`ring` is called at each ring, from whatever thread it comes; it must not block."""
        self._bells.append(ring)

    def remove(self, ring: Callable[[], None]) -> None:
        """No more calls of `ring`."""
        with contextlib.suppress(ValueError):
            self._bells.remove(ring)

    def hear(self) -> None:
        """From now on rings of other processes are passed on here (PostgreSQL), by one thread, however often it is
        asked for."""
        if self._db.sqlite:
            return
        with self._starting:
            if self._hearing is None and not self._closed:
                self._hearing = threading.Thread(target=self._hear, name=f"hear {self._channel}", daemon=True)
                self._hearing.start()

    def _hear(self) -> None:
        pause = Bell()
        self.add(pause.ring)        # close() ends the pause too
        while not self._closed:
            try:
                self._listen()
            except (SQLAlchemyError, psycopg.Error) as failed:
                log.warning("%s: LISTEN broke off, it is tried again: %s", self._name, failed)
                pause.wait(HEAR_SECONDS)
        self.remove(pause.ring)
        pause.close()

    def _listen(self) -> None:
        with self._db.dedicated() as connection:
            connection.exec_driver_sql(f'LISTEN "{self._channel}"')
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            self._listening = True
            try:
                self.ring_here()        # what was told before the LISTEN was missed
                while not self._closed:
                    for _ in driver.notifies(timeout=HEAR_SECONDS, stop_after=1):
                        self.ring_here()
            finally:
                self._listening = False

    def close(self) -> None:
        """Ends the hearing thread: told by what it hears, as a process may have many of them to end one by one."""
        self._closed = True
        self.ring_here()
        if self._hearing is not None:
            if self._listening:
                with contextlib.suppress(SQLAlchemyError, psycopg.Error):
                    self._notify()
            self._hearing.join(5 * HEAR_SECONDS)
            self._hearing = None
