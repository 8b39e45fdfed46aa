"""A whole suite of a test's own, its databases migrated once a worker of the run.

They are there before the suite is: `prepare` finds nothing left to run and opens each journal's first epoch. That the
revisions themselves do what they say is shown in tests/migrations.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from liandong.places import SERVICES, has_data
from liandong.suite import Suite
from shared.db.database import Database, sqlite_url
from shared.kernel.clock import HandClock
from shared.kernel.settings import Settings
from shared.migrate import migrate
from tests.schemas import Schemas


@contextmanager
def prepared(settings: Settings, clock: HandClock) -> Iterator[Suite]:
    """The suite of these settings, prepared, while it lasts; no power cut is to be outlived."""
    if not has_data(settings):
        put_files(settings.home)
    suite = Suite(settings, clock, durable=False)
    try:
        suite.prepare()
        yield suite
    finally:
        suite.close()


@contextmanager
def settings_on(home: Path, schemas: Schemas | None) -> Iterator[Settings]:
    """The settings of a whole suite in a home, on SQLite or on those schemas of PostgreSQL; its databases are
    migrated."""
    settings = Settings(home=home, keys=home / "keys", jwks=home / "jwks")
    if schemas is None:
        put_files(home)
        yield settings
        return
    with schemas.migrated(*SERVICES) as url:
        yield replace(settings, database_url=url)


def put_files(home: Path) -> None:
    """Puts every service's file, migrated and without rows, into a home that has none."""
    folder = home / "data"
    folder.mkdir(parents=True)
    for name, content in _files().items():
        (folder / f"{name}.sqlite").write_bytes(content)


@cache
def _files() -> Mapping[str, bytes]:
    made = {}
    with tempfile.TemporaryDirectory(prefix="liandong-tests-") as folder:
        for name in SERVICES:
            file = Path(folder) / f"{name}.sqlite"
            database = Database(sqlite_url(file), durable=False)
            migrate(database, name)
            database.dispose()          # the last connection brings all of the log into the file
            made[name] = file.read_bytes()
    return made
