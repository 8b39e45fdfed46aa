"""The front door: every command of the suite. `liandong --help` lists them; each imports only what it needs."""

import io
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from shared.settings import Settings, SettingsError, settings_from


def settings() -> Settings:
    """The settings of this process, or one clear line and exit 1."""
    try:
        return settings_from(os.environ)
    except SettingsError as wrong:
        raise click.ClickException("\n".join(wrong.lines)) from wrong


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Liandong 联动: how a city's enforcement agencies hand over, act jointly, share and are supervised."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in GBK lacks some of our signs


@main.command()
def up() -> None:
    """Run everything in this process on SQLite, with the sample city at first start."""
    from liandong.embedded import run

    _clearly(lambda: run(settings()))


@main.command()
def city() -> None:
    """Run the city's way on this host: an API and a worker for each service, on PostgreSQL and RabbitMQ."""
    from liandong.city import run

    _clearly(lambda: run(settings(), os.environ, click.echo))


@main.command()
@click.argument("name")
@click.option("--port", type=int, help="the port to listen on; LIANDONG_PORT otherwise")
def api(name: str, port: int | None) -> None:
    """Serve one service's HTTP API (gunicorn)."""
    from liandong.processes import serve_api

    _clearly(lambda: serve_api(name, settings(), port))


@main.command()
@click.argument("name")
@click.option("--port", type=int, help="where /healthz, /readyz and /metrics are served; nowhere without it")
def worker(name: str, port: int | None) -> None:
    """Run one service's worker: news in, deadlines, relay, seals (Nameko)."""
    from liandong.processes import run_worker

    _clearly(lambda: run_worker(name, settings(), port))


@main.command()
@click.argument("names", nargs=-1)
def migrate(names: tuple[str, ...]) -> None:
    """Bring the databases of the services (all by default) to this release's schema."""
    from liandong.processes import migrate_all

    _clearly(lambda: migrate_all(names, settings(), click.echo))


@main.command()
@click.option("--sample/--no-sample", default=True, help="with the sample cases; only into an empty home")
def seed(sample: bool) -> None:
    """Register the city's agencies, law, calendars and first accounts; the second time changes nothing."""
    from liandong.seed import seed_city
    from liandong.suite import home_of

    def found(settings: Settings) -> None:
        with home_of(settings):
            seed_city(settings, sample, click.echo)

    _clearly(lambda: found(settings()))


@main.command()
def demo() -> None:
    """Play a case of every turn built so far, with a clock of its own, and print what happened."""
    from liandong.demo import play

    sys.exit(play(os.environ, click.echo))


@main.command()
@click.option("--check", is_flag=True, help="change nothing; exit 1 where a document is stale")
def docs(check: bool) -> None:
    """Write the documents made from the code: OpenAPI, act and state tables, event catalogue, articles, metrics."""
    from liandong.docs import write

    stale = write(Path(__file__).resolve().parent.parent, check)
    for name in stale:
        click.echo(f"{'stale' if check else 'written'}: {name}")
    sys.exit(1 if check and stale else 0)


@main.command()
@click.option(
    "--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="an exported list of checkpoints"
)
@click.argument("names", nargs=-1)
def verify(names: tuple[str, ...], against: Path | None) -> None:
    """Recompute every digest, chain, signature and case; name the first that does not hold."""
    from liandong.ops import verify_all

    sys.exit(0 if _clearly(lambda: verify_all(names, settings(), against, click.echo)) else 1)


@main.command()
def status() -> None:
    """Where every journal, relay and follower stands."""
    from liandong.ops import status_of

    _clearly(lambda: status_of(settings(), click.echo))


@main.group()
def checkpoints() -> None:
    """The signed seals of the journals."""


@checkpoints.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("names", nargs=-1)
def export_checkpoints(file: Path, names: tuple[str, ...]) -> None:
    """Write the checkpoints to FILE, to be kept elsewhere and verified against."""
    from liandong.ops import export

    _clearly(lambda: export(names, settings(), file, click.echo))


@main.group()
def parked() -> None:
    """News that could not be handled."""


@parked.command("list")
@click.argument("name")
def parked_list(name: str) -> None:
    """What service NAME has parked."""
    from liandong.ops import list_parked

    _clearly(lambda: list_parked(name, settings(), click.echo))


@parked.command("show")
@click.argument("name")
@click.argument("source")
@click.argument("position", type=int)
def parked_show(name: str, source: str, position: int) -> None:
    """One parked event, with its cause."""
    from liandong.ops import show_parked

    _clearly(lambda: show_parked(name, source, position, settings(), click.echo))


@parked.command("retry")
@click.argument("name")
@click.argument("source")
@click.argument("position", type=int)
def parked_retry(name: str, source: str, position: int) -> None:
    """Try it again now."""
    from liandong.ops import retry_parked

    _clearly(lambda: retry_parked(name, source, position, settings(), click.echo))


@parked.command("drop")
@click.argument("name")
@click.argument("source")
@click.argument("position", type=int)
@click.option("--reason", required=True)
@click.option("--appointment", required=True, help="who answers for it")
def parked_drop(name: str, source: str, position: int, reason: str, appointment: str) -> None:
    """Give it up, with a reason that is kept."""
    from liandong.ops import drop_parked

    _clearly(lambda: drop_parked(name, source, position, reason, appointment, settings(), click.echo))


@main.group()
def law() -> None:
    """The rulebook: the law as data."""


@law.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def law_check(file: Path | None) -> None:
    """Check a rulebook: its own sense, and against the acts that are built."""
    from liandong.law import check

    sys.exit(check(file or settings().city_folder / "rulebook.yaml", click.echo))


@law.command("show")
@click.argument("article", required=False)
def law_show(article: str | None) -> None:
    """What the rulebook makes of an article, or of the whole regulation."""
    from liandong.law import show

    sys.exit(show(settings().city_folder / "rulebook.yaml", article, click.echo))


@law.command("trace")
def law_trace() -> None:
    """Each article: its rule, its act, the situation that proves it, or why it needs none."""
    from liandong.law import trace

    sys.exit(trace(settings().city_folder / "rulebook.yaml", click.echo))


@main.group()
def calendar() -> None:
    """Working days."""


@calendar.command("due")
@click.argument("start", type=click.DateTime(["%Y-%m-%d"]), metavar="START")
@click.argument("days", type=click.IntRange(min=1))
def calendar_due(start: Any, days: int) -> None:
    """The date DAYS working days after START, then each day counted or skipped and why."""
    from liandong.calendars import due

    sys.exit(due(settings().city_folder, date(start.year, start.month, start.day), days, click.echo))


@calendar.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--appointment", required=True, help="who answers for it: an appointment at justice or 市政府办公室")
@click.option("--yes", is_flag=True, help="do not ask")
def calendar_load(file: Path, appointment: str, yes: bool) -> None:
    """Check a year's notice, show which open deadlines move, ask, publish."""
    from liandong.ops import load_calendar

    sys.exit(_clearly(lambda: load_calendar(file, appointment, yes, settings(), click.echo)))


def _clearly(do: Any) -> Any:
    """Runs it; what cannot be is one clear line and exit 1, never a stack trace."""
    try:
        return do()
    except BrokenPipeError:
        raise  # whoever reads what is printed has enough; click ends quietly
    except Exception as failed:
        if words := _why_not(failed) or _out_of_our_hands(failed):
            raise click.ClickException(words) from failed
        raise


def _why_not(failed: Exception) -> str:
    """The words of what the suite itself says cannot be; empty for anything else. Imports here, not above: a worker
    patches before anything else is loaded."""
    from liandong.errors import SuiteError
    from shared.bus.follower import UnknownEpoch
    from shared.errors import Refused
    from shared.migrate import UnknownSchema
    from shared.yamlfile import Problems

    told = (SuiteError, SettingsError, Refused, Problems, UnknownEpoch, UnknownSchema)
    return str(failed) if isinstance(failed, told) else ""


def _out_of_our_hands(failed: Exception) -> str:
    """The one line about a database or broker that cannot be reached, or a file; empty for anything else."""
    import sqlite3

    from amqp.exceptions import AMQPError
    from sqlalchemy.exc import DatabaseError, OperationalError

    if isinstance(failed, OperationalError):
        return f"the database cannot be reached: {str(failed.orig).strip().splitlines()[-1]}"
    if isinstance(failed, DatabaseError) and type(failed.orig) is sqlite3.DatabaseError:
        return f"a database in the data folder cannot be read: {failed.orig}"
    if isinstance(failed, (AMQPError, ConnectionError)):
        return f"a server cannot be reached: {failed}"
    if isinstance(failed, OSError) and failed.filename:
        return f"{failed.filename}: {failed.strerror}"
    return ""


if __name__ == "__main__":
    main()
