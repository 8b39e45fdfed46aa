"""All services in one process: the embedded default, the demo and the tests stand on it."""

import importlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from liandong.errors import SuiteError
from liandong.places import SERVICES, known, needs_data
from shared.acts import appointed
from shared.acts.office import Office, Spec, database_of
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower
from shared.deadlines import store as deadline_store
from shared.kernel.clock import Clock, HandClock, SystemClock
from shared.kernel.settings import Settings, settings_from
from shared.migrate import UnknownSchema, check, migrate

if TYPE_CHECKING:       # a command that serves nothing does not wait for what serves
    from flask import Flask

    from shared.http.front import WSGI


def spec_of(name: str) -> Spec:
    """The service's spec. Raises SuiteError for a name that no service has."""
    spec: Spec = importlib.import_module(f"services.{known(name)}.office").SPEC
    return spec


def app_of(office: Office) -> "Flask":
    """The service's WSGI app."""
    app: Flask = importlib.import_module(f"services.{office.name}.api").make(office)
    return app


def ready_office(name: str, settings: Settings, clock: Clock, *, opens: bool = True) -> Office:
    """A service's office on a database that this release knows. `opens`: its journal's epoch too, as every process that
    writes does; one that only reads leaves it as it is. Raises SuiteError for any other schema, and for a home without
    data: nothing is made there."""
    spec = spec_of(name)
    needs_data(settings)
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

    def __init__(self, settings: Settings, clock: Clock, *, durable: bool = True) -> None:
        """`durable=False`: on SQLite no commit waits for the disk, for data that a power cut may take."""
        self.settings, self.clock = settings, clock
        self.offices = {name: Office(spec_of(name), settings, clock, database_of(name, settings, durable=durable))
                        for name in SERVICES}
        self._following: list[Follower] = []
        self._handled: dict[str, tuple[str, int]] = {}  # source -> the head of its journal that all have handled
        self._parking: set[str] = set()  # sources of whose news something is parked
        self._moved: set[str] = set()  # services that handled news since they looked at what is due
        self._looked: dict[str, tuple[tuple[str, int], datetime | None]] = {}  # at which head, and when once more

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
                yield Follower(office.db, office.name, source, handlers, self.clock, LocalFeed(self.offices[source]),
                               partial(self._moved.add, office.name))

    def catch_up(self) -> None:
        """Handles all news there is, and what it causes, until nothing is left; the deadlines due are fired too."""
        while self._parking:  # what is parked may be due
            self._handled.pop(self._parking.pop(), None)
        self._until_quiet()
        while due := [name for name in SERVICES if self._may_owe(name)]:
            for name in due:
                self._tick(name)
            self._until_quiet(due)  # what is owed is news, and causes more

    def _may_owe(self, name: str) -> bool:
        """Whether its journal, news of others or time may have brought a service something to do since it looked."""
        head, again = self._looked.get(name, (None, None))
        return name in self._moved or head != self._handled[name] or (again is not None and again <= self.clock.now())

    def _tick(self, name: str) -> None:
        self._moved.discard(name)
        _, wait = self.offices[name].tick()
        # what could be done at once and was not is not tried again at the same instant
        again = None if wait is None else self.clock.now() + timedelta(seconds=wait or 1.0)
        self._looked[name] = (self._handled[name], again)

    def _until_quiet(self, asked: Iterable[str] = SERVICES) -> None:
        """Every follower whose source has news takes its turns, until no source has any. Those `asked` are looked at
        first, then whoever has handled news, which may be news of its own."""
        self._following = self._following or list(self.followers())
        while news := {name: head for name in asked if (head := self._head(name)) != self._handled.get(name)}:
            for follower in self._following:
                if follower.source in news:
                    while follower.catch_up() and follower.cursor().position < news[follower.source][1]:
                        pass
                    if follower.may_park and follower.next_retry() is not None:
                        follower.retry()
                        self._parking.add(follower.source)
            self._handled.update(news)
            asked = tuple(self._moved)

    def _head(self, name: str) -> tuple[str, int]:
        office = self.offices[name]
        with office.db.glance() as tx:
            head = office.journal.head(tx)
        return head.epoch, head.position

    def next_instant(self) -> datetime | None:
        """When the next deadline of any service wants to be looked at, or the next act that the suite owes is due."""
        looks: list[datetime | None] = []
        for office in self.offices.values():
            with office.db.read() as tx:
                looks += [deadline_store.next_look(tx), *(each.at for each in appointed.listed(tx, limit=1))]
        return min((look for look in looks if look is not None), default=None)

    def pass_to(self, clock: HandClock, instant: datetime) -> None:
        """Lets time pass on the clock that the suite was given: every deadline that falls due on the way fires at its
        own instant. Raises SuiteError where what is due cannot be done."""
        due = self.next_instant()
        while due is not None and due < instant:
            clock.move_to(max(due, clock.now()))
            self.catch_up()
            done, due = due, self.next_instant()
            if due == done:
                raise SuiteError(f"what was due at {done.isoformat()} is not done")
        clock.move_to(instant)
        self.catch_up()

    def wsgi(self) -> "WSGI":
        """One app for all services, by path."""
        from shared.http.app import database_check
        from shared.http.front import front

        return front(
            {name: app_of(office) for name, office in self.offices.items()},
            {name: database_check(office) for name, office in self.offices.items()},
            {name: office.spec.title for name, office in self.offices.items()},
        )

    def close(self) -> None:
        for office in self.offices.values():
            office.close()
