"""Where the bench works: a database and a vhost of its own on real servers, taken as the tests take theirs."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg import sql

from liandong import memory
from services.transfer.office import SPEC
from shared.acts.office import Office, Spec
from shared.contracts.register import Agency
from shared.db.database import Database
from shared.journal import ddl
from shared.kernel.clock import Clock, SystemClock
from shared.kernel.settings import Settings
from shared.law import tables as law
from shared.tables import SHARED
from tests import servers
from tests.acts.conftest import AGENCIES, RULEBOOK, VERSION, YEARS


@dataclass(frozen=True)
class Place:
    """What a run works on: a database as SQLAlchemy names it, a vhost with the prefix its names need, a folder."""

    database: str
    amqp: str
    prefix: str
    folder: Path

    @property
    def plain(self) -> str:
        """The database's URL as psycopg and PostgreSQL's own programs take it."""
        return servers.plain(self.database)


@contextmanager
def place() -> Iterator[Place]:
    """A database and a vhost that are removed at the end. Raises NoServer.

    Docker is not asked for servers: what runs beside the bench in a container's limits would be measured with it.
    """
    with ExitStack() as leaving:
        def leave(what: object) -> None:
            leaving.callback(what)          # type: ignore[arg-type]

        admin = servers.find_postgresql(None, leave)
        url = leaving.enter_context(servers.own_database(admin))
        _durable(admin, sa.make_url(url).database or "")
        news = leaving.enter_context(servers.own_vhost(servers.find_rabbitmq(None, leave)))
        folder = leaving.enter_context(tempfile.TemporaryDirectory(prefix="liandong-bench-"))
        yield Place(url, news.url, news.prefix, Path(folder))


def _durable(admin: str, name: str) -> None:
    """The tests' databases do without the wait for the disk; what is measured here waits, as a city's does."""
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} RESET synchronous_commit").format(sql.Identifier(name)))


@contextmanager
def schema(at: Place, name: str, *metadata: sa.MetaData) -> Iterator[Database]:
    """A service's empty database: a schema of its own with all shared tables, the journal's triggers and `metadata`."""
    with psycopg.connect(at.plain, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
    db = Database(at.database, name)
    try:
        with db.write() as tx:
            for tables in (SHARED, *metadata):
                tables.create_all(tx)
            ddl.install(tx)
        yield db
    finally:
        db.dispose()
        with psycopg.connect(at.plain, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


@contextmanager
def transfer(at: Place, name: str, clock: Clock | None = None) -> Iterator[Office]:
    """The office of chapter 4 with the real law and a small register."""
    with office_of(at, SPEC, name, AGENCIES, clock or SystemClock()) as office:
        yield office


@contextmanager
def office_of(at: Place, spec: Spec, name: str, agencies: Iterable[Agency], clock: Clock) -> Iterator[Office]:
    """A chapter's office with the real law and these agencies."""
    with schema(at, name, spec.tables) as db:
        office = opened(spec, at.folder / name, agencies, clock, db)
        try:
            yield office
        finally:
            office.close()


def opened(spec: Spec, home: Path, agencies: Iterable[Agency], clock: Clock, db: Database) -> Office:
    """The same on a database that is there; whoever opens it closes it."""
    office = Office(spec, Settings(home=home, keys=home / "keys", jwks=home / "jwks"), clock, db)
    with office.db.write() as tx:
        law.put_rulebook(tx, VERSION, "rongcheng-2021", RULEBOOK, clock.now())
        law.put_years(tx, {year: file.to_dict() for year, file in YEARS.items()}, clock.now())
        law.put_agencies(tx, agencies)
    office.open()
    memory.settled()            # as in a process that serves
    return office
