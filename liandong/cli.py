"""The front door: every command of the suite. `liandong --help` lists them; each imports only what it needs."""

import io
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from liandong.clearly import clearly, settings, settings_of_data
from liandong.cli_agency import agency
from liandong.cli_anew import rebuild, reindex
from liandong.cli_persons import erase, person
from liandong.cli_processes import api, exporter, worker
from liandong.memory import collect_seldom
from shared.kernel.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Liandong 联动: how a city's enforcement agencies hand over, act jointly, share and are supervised."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in GBK lacks some of our signs
    collect_seldom()


@main.command()
def up() -> None:
    """Run everything in this process, on SQLite unless LIANDONG_DATABASE_URL is set; the sample city at first start."""
    from liandong.embedded import run

    clearly(lambda: run(settings()))


@main.command()
def city() -> None:
    """Run the city's way on this host: an API and a worker for each service, on PostgreSQL and RabbitMQ."""
    from liandong.city import run

    clearly(lambda: run(settings(), os.environ, click.echo, lambda words: main(list(words), "liandong")))


@main.command()
@click.argument("names", nargs=-1)
def migrate(names: tuple[str, ...]) -> None:
    """Bring the databases of the services (all by default) to this release's schema."""
    from liandong.places import place_of
    from liandong.processes import migrate_all

    def bring(settings: Settings) -> None:
        click.echo(f"Data: {place_of(settings)}")
        migrate_all(names, settings, click.echo)

    clearly(lambda: bring(settings()))


@main.command()
@click.option(
    "--sample/--no-sample",
    default=True,
    help="with or without the sample cases, which come into an empty home only; the accounts are opened either way",
)
def seed(sample: bool) -> None:
    """Register the city's agencies, law, calendars and first accounts; the second time changes nothing."""
    from liandong.places import home_of, place_of
    from liandong.seed import seed_city

    def found(settings: Settings) -> None:
        with home_of(settings):
            click.echo(f"Data: {place_of(settings)}")
            seed_city(settings, sample, click.echo)

    clearly(lambda: found(settings()))


@main.command()
def demo() -> None:
    """Play a case of every turn built so far, with a clock of its own, and print what happened."""
    from liandong.demo import play

    sys.exit(play(os.environ, click.echo))


@main.command()
@click.option("--check", is_flag=True, help="change nothing; exit 1 where a document is stale")
@click.option("--samples", is_flag=True, help="play the demo first, and take the samples of its events from it")
@click.option("--release", "version", metavar="VERSION", help="freeze events, acts, answers as this release has them")
def docs(check: bool, samples: bool, version: str | None) -> None:
    """Write the documents made from the code: OpenAPI, act and state tables, event catalogue, schemas, articles."""
    from liandong import docs as made

    if version:
        click.echo(f"frozen: {clearly(lambda: made.release(ROOT, version)).relative_to(ROOT)}")
        return
    played = made.play_samples(ROOT) if samples and not check else []
    _told_stale([*played, *clearly(lambda: made.write(ROOT, check))], check)


@main.command()
@click.option("--check", is_flag=True, help="change nothing; exit 1 where a dashboard is stale")
def dashboards(check: bool) -> None:
    """Write Grafana's dashboards, made from the code (deploy/grafana); needs what the tests need."""
    try:
        from liandong.dashboards import files
    except ModuleNotFoundError as missing:
        raise click.ClickException(f"{missing.name} is not installed: sh deploy/venv.sh test installs it") from missing
    _told_stale(clearly(lambda: files.write(ROOT, check)), check)


def _told_stale(stale: list[str], check: bool) -> None:
    """Says which files were stale; with `check` that is a failure."""
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
    told = settings_of_data()
    from liandong.ops import verify_all

    sys.exit(0 if clearly(lambda: verify_all(names, told, against, click.echo)) else 1)


@main.command()
def status() -> None:
    """Where every journal, relay and follower stands."""
    told = settings_of_data()
    from liandong.ops import status_of

    clearly(lambda: status_of(told, click.echo))


@main.group()
def checkpoints() -> None:
    """The signed seals of the journals."""


@checkpoints.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("names", nargs=-1)
def export_checkpoints(file: Path, names: tuple[str, ...]) -> None:
    """Write the checkpoints to FILE, to be kept elsewhere and verified against."""
    told = settings_of_data()
    from liandong.ops import export

    clearly(lambda: export(names, told, file, click.echo))


@main.group()
def parked() -> None:
    """News that could not be handled."""


@parked.command("list")
@click.argument("names", nargs=-1)
def parked_list(names: tuple[str, ...]) -> None:
    """What the services (all by default) have parked: a line each, begun by what show, retry and drop ask for."""
    told = settings_of_data()
    from liandong.ops import list_parked

    clearly(lambda: list_parked(names, told, click.echo))


@parked.command("show")
@click.argument("name")
@click.argument("source")
@click.argument("position", type=int)
def parked_show(name: str, source: str, position: int) -> None:
    """One parked event, with its cause."""
    from liandong.ops import show_parked

    clearly(lambda: show_parked(name, source, position, settings(), click.echo))


@parked.command("retry")
@click.argument("name")
@click.argument("source")
@click.argument("position", type=int)
def parked_retry(name: str, source: str, position: int) -> None:
    """Try it again now."""
    from liandong.ops import retry_parked

    clearly(lambda: retry_parked(name, source, position, settings(), click.echo))


@parked.command("drop")
@click.argument("name")
@click.argument("source")
@click.argument("position", type=int)
@click.option("--reason", required=True)
@click.option("--appointment", required=True, help="who answers for it")
def parked_drop(name: str, source: str, position: int, reason: str, appointment: str) -> None:
    """Give it up, with a reason that is kept."""
    from liandong.ops import drop_parked

    clearly(lambda: drop_parked(name, source, position, reason, appointment, settings(), click.echo))


@main.group()
def law() -> None:
    """The rulebook: the law as data."""


@law.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def law_check(file: Path | None) -> None:
    """Check a rulebook: its own sense, and against the acts that are built."""
    from liandong.law import check

    sys.exit(clearly(lambda: check(file or settings().city_folder / "rulebook.yaml", click.echo)))


@law.command("show")
@click.argument("article", required=False)
def law_show(article: str | None) -> None:
    """What the rulebook makes of an article, or of the whole regulation."""
    from liandong.law import show

    sys.exit(clearly(lambda: show(settings().city_folder / "rulebook.yaml", article, click.echo)))


@law.command("trace")
def law_trace() -> None:
    """Each article: its rule, its act, the situation that proves it, or why it needs none."""
    from liandong.law import trace

    sys.exit(clearly(lambda: trace(settings().city_folder / "rulebook.yaml", click.echo)))


@main.group()
def calendar() -> None:
    """Working days."""


@calendar.command("due")
@click.argument("start", type=click.DateTime(["%Y-%m-%d"]), metavar="START")
@click.argument("days", type=click.IntRange(min=1))
def calendar_due(start: Any, days: int) -> None:
    """The date DAYS working days after START, then each day counted or skipped and why."""
    from liandong.calendars import due

    sys.exit(clearly(lambda: due(settings(), date(start.year, start.month, start.day), days, click.echo)))


@calendar.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--appointment", required=True, help="who answers for it: an appointment at justice or 市政府办公室")
@click.option("--yes", is_flag=True, help="do not ask")
def calendar_load(file: Path, appointment: str, yes: bool) -> None:
    """Check a year's notice, show which open deadlines move, ask, publish."""
    from liandong.ops import load_calendar

    sys.exit(clearly(lambda: load_calendar(file, appointment, yes, settings(), click.echo)))


@main.group()
def follower() -> None:
    """Who follows whose news."""


@follower.command("settle")
@click.argument("consumer")
@click.argument("source")
@click.option("--at", type=click.IntRange(min=0), required=True, help="the last position of SOURCE that is done with")
@click.option("--appointment", required=True, help="who answers for it")
@click.option("--reason", required=True)
def follower_settle(consumer: str, source: str, at: int, appointment: str, reason: str) -> None:
    """Let CONSUMER, stopped at an epoch of SOURCE that it does not know, go on after a position."""
    from liandong.followers import settle

    clearly(lambda: settle(consumer, source, at, appointment, reason, settings(), click.echo))


@main.group()
def epoch() -> None:
    """The lives of a journal."""


@epoch.command("new")
@click.argument("name")
@click.option("--why", required=True)
@click.option("--appointment", required=True, help="who answers for it")
def epoch_new(name: str, why: str, appointment: str) -> None:
    """Open an epoch of service NAME's journal by hand, after a restore that cannot be seen from inside."""
    from liandong.followers import open_epoch

    clearly(lambda: open_epoch(name, why, appointment, settings(), click.echo))


main.add_command(agency)
main.add_command(api)
main.add_command(erase)
main.add_command(exporter)
main.add_command(person)
main.add_command(rebuild)
main.add_command(reindex)
main.add_command(worker)


if __name__ == "__main__":
    main()
