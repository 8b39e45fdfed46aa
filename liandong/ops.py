"""What city ops do at the command line: verify, look, retry and drop, export the seals, load a year's calendar."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from liandong.errors import SuiteError
from liandong.followers import how_far
from liandong.offices import Echo, answering, counted, each_office, office_of
from liandong.places import SERVICES
from shared.acts.office import Office
from shared.bus import cursors, parking
from shared.bus.tables import relay_cursor
from shared.journal import checkpoints, verified
from shared.journal.findings import Finding
from shared.journal.model import Head
from shared.journal.verify import verify
from shared.kernel.settings import Settings


def verify_all(names: tuple[str, ...], settings: Settings, against: Path | None, echo: Echo) -> bool:
    """Verifies the services named (all by default); whether everything held."""
    sound = True
    for office in each_office(names, settings, echo):
        sound = verify_offices((office,), against, echo) and sound
    return sound


def verify_offices(offices: Iterable[Office], against: Path | None, echo: Echo) -> bool:
    """Verifies each journal, each case against its last entry, and what else a service has checks of; whether
    everything held."""
    sound = True
    for office in offices:
        try:
            report = verify(office.db, office.journal, office.vault, against=against, cases=_cases(office),
                            besides=_besides(office))
        except ValueError as unreadable:
            raise SuiteError(str(unreadable)) from unreadable
        echo(f"{office.name}: {report.zh} {report.en}")
        _note(office, report.ok, echo)
        sound = sound and report.ok
    return sound


def _note(office: Office, held: bool, echo: Echo) -> None:
    """Leaves for the metrics that it was verified. A standby is verified too, where nothing can be written."""
    try:
        with office.db.write() as tx:
            verified.note(tx, held, office.clock.now())
    except DBAPIError as failed:
        echo(f"{office.name}: when it was verified cannot be noted ({type(failed.orig).__name__})")


def _cases(office: Office) -> Callable[[Connection], Iterable[tuple[str, str]]]:
    def cases(tx: Connection) -> Iterator[tuple[str, str]]:
        for acts in office.acts.values():
            yield from acts.store.hashes(tx)

    return cases


def _besides(office: Office) -> Callable[[Connection], Iterable[Finding]]:
    def besides(tx: Connection) -> Iterator[Finding]:
        for check in office.spec.checks:
            yield from check(tx, office.means)

    return besides


def reindex(settings: Settings, echo: Echo) -> None:
    """Makes the index of archive records' words anew, in one transaction."""
    from services.sharing.archive.store import reindex as anew

    with office_of("sharing", settings) as office, office.db.write() as tx:
        count = anew(tx)
    echo(counted(count, "record"))


def export(names: tuple[str, ...], settings: Settings, file: Path, echo: Echo) -> None:
    """Writes the checkpoints of the services named (all by default) into one file."""
    try:
        with file.open("w", encoding="utf-8") as out:
            for name in names or SERVICES:
                with office_of(name, settings) as office, office.db.read() as tx:
                    count = checkpoints.export(tx, checkpoints.source_of(settings.city, name), out)
                echo(f"{name}: {counted(count, 'checkpoint')}")
    except OSError as failed:
        raise SuiteError(f"{file} cannot be written: {failed.strerror}") from failed


def status_of(settings: Settings, echo: Echo) -> None:
    """Journal heads, what is sealed, published and parked, service by service; then the followers."""
    heads: dict[str, Head] = {}
    rows: list[cursors.Cursor] = []
    for office in each_office((), settings, echo):
        with office.db.read() as tx:
            heads[office.name] = head = office.journal.head(tx)
            rows += cursors.listed(tx)
            parked = len(parking.listed(tx))
            last = checkpoints.last(tx, checkpoints.source_of(settings.city, office.name))
            relayed = tx.scalar(sa.select(relay_cursor.c.position))
        echo(
            f"{office.name}: journal {head.position} (epoch {head.epoch}), sealed {last.to_position if last else 0}, "
            f"{'' if relayed is None else f'published {relayed}, '}parked {parked}"
        )
    for row in rows:
        echo(f"{row.consumer} follows {row.source}: {row.position} ({how_far(row, heads[row.source], settings)})")


def list_parked(names: tuple[str, ...], settings: Settings, echo: Echo) -> None:
    """Every parked event of the services named (all by default), a line each: consumer, source, position, and why."""
    count = 0
    for name in names or SERVICES:
        with office_of(name, settings) as office, office.db.read() as tx:
            found = parking.listed(tx)
        for row in found:
            cause, event = row.cause.partition("\n")[0][:120], row.event or "(unreadable)"
            echo(f"{name} {row.source} {row.position} {event} stream={row.stream} tries={row.tries} {cause}")
        count += len(found)
    echo(f"{count} parked")


def show_parked(name: str, source: str, position: int, settings: Settings, echo: Echo) -> None:
    """One parked event whole."""
    with office_of(name, settings) as office, office.db.read() as tx:
        row = _parked(lambda: parking.shown(tx, name, source, position))
    end = f"dropped at {row.dropped_at} by {row.dropped_by}: {row.reason}" if row.dropped_at else f"next {row.next_try}"
    echo(
        f"{row.source} {row.position} {row.event} stream={row.stream}\nparked at {row.parked_at}, tries {row.tries}, "
        f"{end}\n{row.cause}\n{row.body}"
    )


def retry_parked(name: str, source: str, position: int, settings: Settings, echo: Echo) -> None:
    """Lets the worker try it at once."""
    with office_of(name, settings) as office:
        with office.db.write() as tx:
            _parked(lambda: parking.retry(tx, name, source, position, office.clock.now()))
        office.wake.ring()
    echo("it is tried again now")


def drop_parked(
    name: str, source: str, position: int, reason: str, appointment: str, settings: Settings, echo: Echo
) -> None:
    """Gives it up; the reason and who answers for it are kept."""
    by = answering(appointment, settings).appointment
    with office_of(name, settings) as office:
        with office.db.write() as tx:
            _parked(lambda: parking.drop(tx, name, source, position, now=office.clock.now(), by=by, reason=reason))
        office.wake.ring()
    echo("dropped; the next of its stream goes on")


def _parked(do: Callable[[], Any]) -> Any:
    try:
        return do()
    except (parking.NotParked, ValueError) as cannot:
        raise SuiteError(str(cannot)) from cannot


def load_calendar(file: Path, appointment: str, yes: bool, settings: Settings, echo: Echo) -> int:
    """Checks a notice's year file, shows which open deadlines it moves, asks, and publishes it through sharing."""
    import click

    from liandong.calendars import may_load, prepare_load

    viewer = answering(appointment, settings)
    with office_of("sharing", settings, opens=True) as sharing:
        may_load(viewer, sharing)
        loading = prepare_load(file, sharing, echo)
        if loading is None:
            return 1
        if not loading.news:
            echo(f"calendar {loading.year} unchanged: this is what is published already")
            return 0
        moved = 0
        for name in SERVICES:
            with office_of(name, settings) as office:
                moved += _moved(office, loading.calendar, echo)
        echo(f"{counted(moved, 'open deadline')} move{'s' if moved == 1 else ''}")
        if not yes and not click.confirm(f"publish {loading.year}?"):
            return 1
        loading.publish(viewer)
    echo(f"calendar {loading.year} published")
    return 0


def _moved(office: Office, calendar: Any, echo: Echo) -> int:
    count = 0
    for plan in office.ticker.plan(calendar):
        count += 1
        echo(f"  {office.name} {plan.deadline.case} {plan.deadline.clock}: {plan.why}")
    return count
