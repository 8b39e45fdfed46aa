"""The offices that a command at the command line works on, and who answers for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from liandong.errors import SuiteError
from liandong.places import SERVICES, place_of
from liandong.suite import ready_office
from services.desk.domain import OPEN, rank_of
from services.desk.usecases import PATH as ACCOUNTS
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.kernel.clock import SystemClock, day_of
from shared.kernel.settings import Settings

Echo = Callable[[str], None]


@contextmanager
def office_of(name: str, settings: Settings, *, opens: bool = False) -> Iterator[Office]:
    """A service's office for one command. Raises SuiteError where its database is not of this release."""
    office = ready_office(name, settings, SystemClock(), opens=opens)
    try:
        yield office
    finally:
        office.close()


def each_office(names: tuple[str, ...], settings: Settings, echo: Echo) -> Iterator[Office]:
    """The offices of the services named (all by default) in turn, after a line that says whose data are read."""
    for number, name in enumerate(names or SERVICES):
        with office_of(name, settings) as office:
            if not number:
                echo(f"Data: {place_of(settings)}")
            yield office


def counted(number: int, thing: str) -> str:
    """1 checkpoint, 2 checkpoints."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def answering(appointment: str, settings: Settings) -> Viewer:
    """Who answers for a command: the holder of an appointment, by its id or the login of someone who holds one only.

    Raises SuiteError where nobody holds it today.
    """
    with office_of("desk", settings) as desk, desk.db.read() as tx:
        acts, today = desk.acts[ACCOUNTS], day_of(desk.clock.now())
        for row in acts.store.many(tx, tx.scalars(sa.select(acts.keeping.tables.case.c.id)).all()):
            account = acts.store.case_of(row)
            held = account.held_on(today) if row.state == OPEN else ()
            for each in held:
                if each.id == appointment or (account.login == appointment and len(held) == 1):
                    return Viewer(each.agency, rank_of(each.rank), row.id, each.id, account.name.value)
    raise SuiteError(f"nobody holds the appointment {appointment} today")
