"""The first start of a city: its law, calendars, agencies and accounts; for the sample city cases and plans in all
states.

Sample cases and plans are entered with a clock moved by hand, into an empty home only, so that every recorded time is
what it would have been; the clock ends at the present moment and the machine's takes over.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from liandong import seed_steps
from liandong.player import Account, Player
from liandong.seed_cases import SampleCases
from liandong.seed_catalogue import SampleCatalogue
from liandong.seed_conferences import SampleAccountability, SampleConferences
from liandong.seed_plans import SamplePlans, plan_rows
from liandong.seed_queries import SampleQueries
from liandong.seed_records import SampleRecords
from liandong.seed_supervision import SampleSupervision
from liandong.seed_tips import SampleTips
from liandong.suite import Suite
from services.desk.domain import Appoint, OpenAccount
from services.desk.store import account_of
from services.desk.usecases import Desk
from services.sharing.usecases import seed as seed_sharing
from shared.access.passwords import Passwords, generate
from shared.contracts.personal import Personal
from shared.kernel.clock import HandClock, SystemClock, day_of
from shared.kernel.settings import Settings
from shared.kernel.yaml_files import plain

Echo = Callable[[str], None]

RANKS = {"officer": 1, "leader": 2, "chief": 3}
ACCOUNTS = "accounts.txt"  # in the home folder, for its owner alone


def found_city(suite: Suite) -> list[Account]:
    """Registers what the city's folder says and opens its sample accounts; what is there stays. Those opened."""
    folder = suite.settings.city_folder
    if seed_sharing(suite.sharing, folder):
        suite.catch_up()
    if accounts := list(_accounts(suite, folder / "sample" / "accounts.yaml")):
        suite.catch_up()
    return accounts


def _accounts(suite: Suite, file: Path) -> Iterator[Account]:
    """Opens those accounts of the file that are not there yet."""
    rows = plain(file) or []
    office = suite.offices["desk"]
    with office.db.read() as tx:
        rows = [row for row in rows if account_of(tx, row["login"]) is None]
    if not rows:
        return
    passwords = _passwords(suite.settings.home / ACCOUNTS, rows)
    desk = Desk(office, Passwords())
    for row in rows:
        person, held = desk.provision(
            OpenAccount(row["login"], Personal(row["name"]), row["agency"]),
            (Appoint(row["rank"], row["agency"], post=row["post"]),),
            passwords[row["login"]],
        )
        yield Account(row["login"], person, held[0], row["name"], row["agency"], RANKS[row["rank"]])


def _passwords(path: Path, rows: list[dict[str, Any]]) -> dict[str, str]:
    """A password for each account, by login, in the file before the first of them is opened: a start that is cut off
    leaves no account without one."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    known = {words[0]: words[1] for words in map(str.split, lines) if len(words) > 1}
    for row in rows:
        if row["login"] not in known:
            known[row["login"]] = generate()
            lines.append(
                f"{row['login']:<18} {known[row['login']]}  {row['name']} {row['post']}（{row['agency']}，{row['rank']}）"
            )
    making = path.with_suffix(".making")
    making.touch(mode=0o600)
    making.write_text("".join(line + "\n" for line in lines), "utf-8")
    making.replace(path)
    return known


def sample_accounts(settings: Settings) -> str:
    """The sample accounts with their passwords, as kept at first start; empty where there are none."""
    path = settings.home / ACCOUNTS
    return path.read_text("utf-8") if path.exists() else ""


def seed_city(settings: Settings, sample: bool, echo: Echo) -> None:
    """Founds the city where it is new; with `sample`, plays the sample cases. The second time changes nothing."""
    first = not _founded(settings)
    if first and sample:
        echo("founding the city with its sample cases, which takes half a minute or so ...")
    with _apart(settings) as place:
        opened = _seed(place, first and sample, durable=place is settings)
    echo("the city is founded" if first else "the city was founded before; nothing is new unless its folder says so")
    if opened:
        echo(f"{len(opened)} sample accounts are opened, their passwords are in {settings.home / ACCOUNTS}")


def _seed(settings: Settings, sample: bool, durable: bool) -> list[Account]:
    """Founds the city, and plays its sample cases or not. The accounts opened."""
    now = SystemClock().now()
    clock = HandClock(now - timedelta(days=120) if sample else now)
    suite = Suite(settings, clock, durable=durable)
    try:
        suite.prepare()
        accounts = found_city(suite)
        if sample:
            _play(suite, clock, now, accounts)
        return accounts
    finally:
        suite.close()


def _founded(settings: Settings) -> bool:
    if _untouched(settings):
        return False
    suite = Suite(settings, SystemClock())
    try:
        suite.prepare()
        return bool(suite.sharing.law.now().rulebooks)
    finally:
        suite.close()


def _untouched(settings: Settings) -> bool:
    """Whether the home has no databases yet."""
    return not settings.database_url and not (settings.home / "data").exists()


@contextmanager
def _apart(settings: Settings) -> Iterator[Settings]:
    """Where the city is founded: an untouched home gets its first databases from a folder beside, whole or not at all,
    so that a first start that is cut off is simply made again. So no act on the way waits for the disk: all of it is
    there before the first part moves."""
    beside = settings.home / "founding"
    shutil.rmtree(beside, ignore_errors=True)
    if not _untouched(settings):
        yield settings
        return
    beside.mkdir(parents=True)
    yield replace(settings, home=beside)
    for part in (*beside.rglob("*"), beside):
        _sync(part)
    shutil.rmtree(settings.home / "files", ignore_errors=True)
    for part in sorted(beside.iterdir(), key=lambda part: part.name == "data"):  # the databases last: they decide
        part.replace(settings.home / part.name)
    beside.rmdir()
    _sync(settings.home)


def _sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _play(suite: Suite, clock: HandClock, now: datetime, accounts: list[Account]) -> None:
    """The sample's cases and plans, each act on its day, as far as the present moment."""
    folder, today = suite.settings.city_folder / "sample", day_of(now)
    rows = [row for file in sorted(folder.glob("cases*.yaml")) for row in plain(file)]
    player = Player(suite, clock, accounts)
    plans = SamplePlans(player, clock, plan_rows(folder), today)
    cases = SampleCases(player, clock, rows, plans.named)
    catalogue = SampleCatalogue(player, clock, folder / "catalogue.yaml")
    queries = SampleQueries(player, clock, folder / "queries.yaml")
    records = SampleRecords(player, clock, folder / "records.yaml")
    tips = SampleTips(player, clock, folder / "tips.yaml")
    shared = (each for sample in (catalogue, records, queries, tips) for each in sample.steps(today))
    supervised = SampleSupervision(player, clock, folder / "supervision.yaml")
    conferences = SampleConferences(player, clock, folder / "conferences.yaml")
    accountability = SampleAccountability(player, clock, folder / "accountability.yaml")
    sixth = (each for sample in (supervised, conferences, accountability) for each in sample.steps(today))
    seed_steps.play((*shared, *cases.steps(today), *plans.steps(), *sixth))
    player.move_to(now)
