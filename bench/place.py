"""The environment of a run: a database and a vhost of its own on real servers, and offices on that database."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.engine import Connection

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
class Environment:
    """What a run works on: SQLAlchemy's URL of its database, the URL of its vhost with the prefix of all names there,
    a folder."""

    database: str
    amqp: str
    prefix: str
    folder: Path

    @property
    def plain(self) -> str:
        """The database's URL as psycopg and PostgreSQL's own programs take it."""
        return servers.plain(self.database)


@contextmanager
def environment() -> Iterator[Environment]:
    """A database and a vhost, removed at the end. Raises NoServer.

    Servers in Docker are not used: the limits of their containers would be measured too.
    """
    with ExitStack() as stack:
        def at_exit(stop: object) -> None:
            stack.callback(stop)          # type: ignore[arg-type]

        admin = servers.find_postgresql(None, at_exit)
        url = stack.enter_context(servers.own_database(admin))
        _wait_for_the_disk(admin, sa.make_url(url).database or "")
        news = stack.enter_context(servers.own_vhost(servers.find_rabbitmq(None, at_exit)))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="liandong-bench-"))
        yield Environment(url, news.url, news.prefix, Path(folder))


def _wait_for_the_disk(admin: str, name: str) -> None:
    """Makes commits durable, as a city's are; those of the tests' databases are not."""
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} RESET synchronous_commit").format(sql.Identifier(name)))


@contextmanager
def schema(env: Environment, name: str, *metadata: sa.MetaData) -> Iterator[Database]:
    """A service's empty database: a schema of its own with all shared tables, the journal's triggers and `metadata`."""
    with psycopg.connect(env.plain, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
    db = Database(env.database, name)
    try:
        with db.write() as tx:
            create_tables(tx, *metadata)
        yield db
    finally:
        db.dispose()
        with psycopg.connect(env.plain, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


def create_tables(tx: Connection, *metadata: sa.MetaData) -> None:
    """Creates all shared tables, the journal's triggers and `metadata`."""
    for tables in (SHARED, *metadata):
        tables.create_all(tx)
    ddl.install(tx)


def analyze(db: Database, *tables: str) -> None:
    """Brings statistics and visibility maps up to date after a bulk load, and writes it to disk before a round."""
    with db.dedicated() as connection:
        for table in tables:
            connection.exec_driver_sql(f"VACUUM ANALYZE {table}")
        connection.exec_driver_sql("CHECKPOINT")


@contextmanager
def transfer_office(env: Environment, name: str) -> Iterator[Office]:
    """The office of chapter 4 with the real law and a small register."""
    with new_office(env, SPEC, name, AGENCIES, SystemClock()) as office:
        yield office


@contextmanager
def new_office(env: Environment, spec: Spec, name: str, agencies: Iterable[Agency], clock: Clock) -> Iterator[Office]:
    """A chapter's office in a schema of its own, with the real law and these agencies."""
    with schema(env, name, spec.tables) as db:
        office = open_office(spec, env.folder / name, agencies, clock, db)
        try:
            yield office
        finally:
            office.close()


def open_office(spec: Spec, home: Path, agencies: Iterable[Agency], clock: Clock, db: Database) -> Office:
    """The same on an existing database; the caller closes it."""
    office = Office(spec, Settings(home=home, keys=home / "keys", jwks=home / "jwks"), clock, db)
    with office.db.write() as tx:
        law.put_rulebook(tx, VERSION, "rongcheng-2021", RULEBOOK, clock.now())
        law.put_years(tx, {year: file.to_dict() for year, file in YEARS.items()}, clock.now())
        law.put_agencies(tx, agencies)
    office.open()
    memory.settled()            # as in a process that serves
    return office
