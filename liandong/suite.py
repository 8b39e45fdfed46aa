"""All services in one process: the embedded default, the demo and the tests stand on it."""

import fcntl
import importlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from flask import Flask

from liandong.errors import SuiteError
from shared.acts import appointed
from shared.acts.office import Office, Spec
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower
from shared.clock import Clock, SystemClock
from shared.deadlines import store as deadline_store
from shared.http.app import database_check
from shared.http.front import WSGI, front
from shared.migrate import UnknownSchema, check, migrate
from shared.settings import Settings, settings_from

SERVICES = ("sharing", "desk", "transfer", "collab", "joint", "oversight")  # in the order in which they are seeded
PORTS = {  # on one host, how many after LIANDONG_PORT: HTTP; health and metrics of the worker. The only such list.
    "api": {name: number for number, name in enumerate(SERVICES, 1)},
    "worker": {name: number for number, name in enumerate(SERVICES, 11)},
}


def database_shown(settings: Settings) -> str:
    """Which database a suite has, for people: no password in it."""
    if not settings.database_url:
        return f"SQLite in {settings.home / 'data'}"
    return sa.make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=True)


def place_of(settings: Settings) -> str:
    """Where a suite has all its data, for people."""
    return database_shown(settings) + (f", files and keys in {settings.home}" if settings.database_url else "")


def has_data(settings: Settings) -> bool:
    """Whether there may be a suite: only a database server is not looked into."""
    return bool(settings.database_url) or (settings.home / "data").is_dir()


def spec_of(name: str) -> Spec:
    """The service's spec. Raises SuiteError for a name that no service has."""
    if name not in SERVICES:
        raise SuiteError(f"no service is called {name}: {', '.join(SERVICES)}")
    spec: Spec = importlib.import_module(f"services.{name}.office").SPEC
    return spec


def app_of(office: Office) -> Flask:
    """The service's WSGI app."""
    app: Flask = importlib.import_module(f"services.{office.name}.api").make(office)
    return app


def ready_office(name: str, settings: Settings, clock: Clock, *, opens: bool = True) -> Office:
    """A service's office on a database that this release knows. `opens`: its journal's epoch too, as every process that
    writes does; one that only reads leaves it as it is. Raises SuiteError for any other schema, and for a home without
    data: nothing is made there."""
    spec = spec_of(name)
    if not has_data(settings):
        raise SuiteError(f"{settings.home} holds no data; LIANDONG_HOME says where they are, `liandong up` makes them")
    office = Office(spec, settings, clock)
    try:
        check(office.db, name)
    except UnknownSchema as unknown:
        office.close()
        raise SuiteError(str(unknown)) from unknown
    if opens:
        office.open()
    return office


@contextmanager
def throwaway_offices(environ: Mapping[str, str]) -> Iterator[dict[str, Office]]:
    """Offices on empty databases in a folder that goes again: for what is read off their apps."""
    with tempfile.TemporaryDirectory(prefix="liandong-") as folder:
        bare = {key: value for key, value in environ.items() if not key.startswith("LIANDONG_")}
        suite = Suite(settings_from({**bare, "LIANDONG_HOME": folder}), SystemClock())
        try:
            yield suite.offices
        finally:
            suite.close()


class Suite:
    """Every service's office in one process, each following the others' feeds directly."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings, self.clock = settings, clock
        self.offices = {name: Office(spec_of(name), settings, clock) for name in SERVICES}
        self._handled: dict[str, tuple[str, int]] = {}  # source -> the head of its journal that all have handled
        self._parking: set[str] = set()  # sources of whose news something is parked

    @property
    def sharing(self) -> Office:
        return self.offices["sharing"]

    def prepare(self) -> None:
        """Brings every database to the present schema and opens its journal's epoch."""
        for office in self.offices.values():
            migrate(office.db, office.name)
            office.open()

    def followers(self) -> Iterator[Follower]:
        """One follower for each (consumer, source), reading the source's journal in process."""
        for office in self.offices.values():
            for source, handlers in office.handlers().items():
                yield Follower(office.db, office.name, source, handlers, self.clock, LocalFeed(self.offices[source]))

    def catch_up(self) -> None:
        """Handles all news there is, and what it causes, until nothing is left; the deadlines due are fired too."""
        while self._parking:  # what is parked may be due
            self._handled.pop(self._parking.pop(), None)
        self._until_quiet()
        while sum([office.tick()[0] for office in self.offices.values()]):      # what is owed is news, and causes more
            self._until_quiet()
        self._until_quiet()

    def _until_quiet(self) -> None:
        """Every follower whose source has news takes its turns, until no source has any."""
        while news := {name: head for name in SERVICES if (head := self._head(name)) != self._handled.get(name)}:
            for follower in self.followers():
                if follower.source in news:
                    while follower.step():
                        pass
                    if follower.next_retry() is not None:
                        self._parking.add(follower.source)
            self._handled.update(news)

    def _head(self, name: str) -> tuple[str, int]:
        office = self.offices[name]
        with office.db.read() as tx:
            head = office.journal.head(tx)
        return head.epoch, head.position

    def next_instant(self) -> datetime | None:
        """When the next deadline of any service wants to be looked at, or the next act that the suite owes is due."""
        looks: list[datetime | None] = []
        for office in self.offices.values():
            with office.db.read() as tx:
                looks += [deadline_store.next_look(tx), *(each.at for each in appointed.listed(tx, limit=1))]
        return min((look for look in looks if look is not None), default=None)

    def wsgi(self) -> WSGI:
        """One app for all services, by path."""
        return front(
            {name: app_of(office) for name, office in self.offices.items()},
            {name: database_check(office) for name, office in self.offices.items()},
        )

    def close(self) -> None:
        for office in self.offices.values():
            office.close()


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
