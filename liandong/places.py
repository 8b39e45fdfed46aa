"""Where a suite is: its services by name, their ports on one host, its database and the folder of its data.

Imports little: a command that is refused here has not waited for everything else.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from liandong.errors import SuiteError
from shared.kernel.settings import Settings

SERVICES = ("sharing", "desk", "transfer", "collab", "joint", "oversight")  # in the order in which they are seeded
EXPORTERS = ("sla",)  # what is told of a city's tables, by one process each
PORTS = {  # on one host, how many after LIANDONG_PORT: HTTP; health and metrics of all else. The only such list.
    "api": {name: number for number, name in enumerate(SERVICES, 1)},
    "worker": {name: number for number, name in enumerate(SERVICES, 11)},
    "exporter": {name: number for number, name in enumerate(EXPORTERS, 17)},
}


def known(name: str) -> str:
    """The service's name. Raises SuiteError for one that no service has."""
    if name not in SERVICES:
        raise SuiteError(f"no service is called {name}: {', '.join(SERVICES)}")
    return name


def database_shown(settings: Settings) -> str:
    """Which database a suite has, for people: no password in it."""
    if not settings.database_url:
        return f"SQLite in {settings.home / 'data'}"
    from sqlalchemy import make_url

    return make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=True)


def place_of(settings: Settings) -> str:
    """Where a suite has all its data, for people."""
    return database_shown(settings) + (f", files and keys in {settings.home}" if settings.database_url else "")


def has_data(settings: Settings) -> bool:
    """Whether there may be a suite: only a database server is not looked into."""
    return bool(settings.database_url) or (settings.home / "data").is_dir()


def needs_data(settings: Settings) -> None:
    """Raises SuiteError for a home without data: nothing is made there."""
    if not has_data(settings):
        raise SuiteError(f"{settings.home} holds no data; LIANDONG_HOME says where they are, `liandong up` makes them")


@contextmanager
def home_of(settings: Settings) -> Iterator[Path]:
    """The data folder, made and held for this process alone. Raises SuiteError."""
    home = settings.home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (home / "lock").open("a+")
    except OSError as failed:
        raise SuiteError(f"the data folder {home} cannot be written: {failed.strerror}") from failed
    with lock:
        _hold(lock, home)
        yield home


def _hold(lock: IO[str], home: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        raise SuiteError(f"the data folder {home} is in use by another Liandong") from held
    lock.seek(0)
    lock.truncate()
    lock.write(f"{os.getpid()}\n")
    lock.flush()
