"""What the acts on the common things do besides their own case, and how a city's folder comes into an empty suite."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from services.sharing import store
from services.sharing.archive import repository as records_repository
from services.sharing.catalogue import repository as catalogue_repository
from services.sharing.domain import BASES, CALENDARS, RULEBOOKS, LoadCalendar, PublishRulebook
from services.sharing.personal_data import repository as personal_repository
from services.sharing.queries import repository as queries_repository
from services.sharing.register import repository as agencies_repository
from services.sharing.register.agencies import RegisterAgency
from services.sharing.register.repository import alone
from services.sharing.schemas import RegisterSchema
from services.sharing.subscriptions import repository as subscriptions_repository
from services.sharing.tips import repository as tips_repository
from shared.acts.keeping import Keeping, Means
from shared.acts.model import THE_SUITE, Context, Outcome
from shared.acts.office import Office
from shared.acts.request import Request
from shared.acts.store import Row
from shared.calendar.model import FIRST_YEAR
from shared.calendar.sources import load_city, read_year
from shared.http import bodies
from shared.kernel.clock import day_of
from shared.kernel.errors import Refusal, Refused, demand
from shared.kernel.yaml_files import Problems, plain
from shared.law import tables
from shared.law.store import read
from shared.rulebook.choices import lacking

UNREADABLE = Refusal("UNREADABLE", "第 {line} 行：{zh}", "Line {line}: {en}", article="internal", where="text")

SETTINGS_LACKING = Refusal("SETTINGS_LACKING", "规则的 settings 没有写明本版软件要用的设定：{names}。",
                           "The settings say nothing of what this release reads: {names}.", article="internal",
                           where="text")


# before an act is decided

def read_rulebook(tx: Connection, means: Means, row: Row | None, case: Any, command: PublishRulebook,
                  context: Context) -> PublishRulebook:
    """Reads the text with the loader; refuses it with every problem and its line, or with what it lacks of settings."""
    alone(tx, means, row, case, command, context)
    try:
        book = read(command.text)
    except Problems as wrong:
        raise Refused(*_refusals(wrong)) from wrong
    unsaid = "、".join(lacking(book.settings))
    demand((not unsaid, SETTINGS_LACKING.filled(names=unsaid)))
    return replace(command, version=book.version, rulebook=book.id, title=book.title, valid_from=book.valid_from,
                   valid_to=book.valid_to)


def read_calendar(tx: Connection, means: Means, row: Row | None, case: Any, command: LoadCalendar,
                  context: Context) -> LoadCalendar:
    """Reads a year file's text; refuses it with every problem and its line."""
    alone(tx, means, row, case, command, context)
    if command.file is not None or not command.text:
        return command
    try:
        return replace(command, file=read_year(command.text).file)
    except Problems as wrong:
        raise Refused(*_refusals(wrong)) from wrong


def _refusals(wrong: Problems) -> Iterator[Refusal]:
    return (UNREADABLE.filled(line=each.line, zh=each.zh, en=each.en) for each in wrong.problems)


# in the act's transaction: this service knows the law at once, the others when they hear of it

def keep_rulebook(
    tx: Connection, _: Means, __: str, outcome: Outcome[Any], command: PublishRulebook, context: Context
) -> None:
    tables.put_rulebook(tx, outcome.case.version, outcome.case.rulebook, command.text, context.now)


def keep_calendar(tx: Connection, _: Means, __: str, outcome: Outcome[Any], ___: Any, context: Context) -> None:
    tables.put_years(tx, {outcome.case.year: outcome.facts["file"]}, context.now)


def keep_basis(tx: Connection, _: Means, __: str, outcome: Outcome[Any], ___: Any, ____: Context) -> None:
    tables.put_basis(tx, outcome.case.rulebook, outcome.case.basis)


KEEPINGS = (
    agencies_repository.KEEPING,
    Keeping(RULEBOOKS, store.RULEBOOKS, store.rulebook_columns, {"publish": read_rulebook}, {"publish": keep_rulebook},
            lambda case: {"rulebook": case.rulebook, "version": case.version, "title": case.title}),
    Keeping(CALENDARS, store.CALENDARS, store.calendar_columns, {"load": read_calendar}, {"load": keep_calendar},
            lambda case: {"year": case.year, "notice": case.notice, "provisional": case.provisional}),
    Keeping(BASES, store.BASES, store.basis_columns, {"set": alone}, {"set": keep_basis},
            lambda case: {"rulebook": case.rulebook, "basis": case.basis.to_dict()}),
    catalogue_repository.KEEPING,
    queries_repository.KEEPING,
    tips_repository.TIPS,
    records_repository.KEEPING,
    personal_repository.KEEPING,
    subscriptions_repository.KEEPING,
)


# the first start

def seed(office: Office, city_folder: Path) -> int:
    """Brings a city's rulebook, calendars and agencies into the suite; what is there already stays. How many came.

    Agencies come from `sample/agencies.yaml`, where the city has that file. Raises Refused or Problems for files that
    make no sense.
    """
    known = office.law.now()
    acts: list[tuple[str, str, Any]] = [] if known.rulebooks else [("rulebooks", "publish", _rulebook(city_folder))]
    acts += [("calendars", "load", command) for command in _years(office, city_folder)
             if command.file and command.file.year not in known.calendar.years]
    acts += [("agencies", "register", command) for command in _agencies(city_folder / "sample" / "agencies.yaml")
             if known.register.get(command.agency.code) is None]
    for path, act, command in acts:
        office.acts[path].do(act, command, THE_SUITE, Request(origin={"kind": "imported"}))
    return len(acts)


def _rulebook(city_folder: Path) -> PublishRulebook:
    """The city's rulebook. It is read once before its act, whose transaction must not wait for that."""
    text = (city_folder / "rulebook.yaml").read_text(encoding="utf-8")
    with suppress(Problems):               # its act says what is wrong with it
        read(text)
    return PublishRulebook(text)


def _years(office: Office, city_folder: Path) -> Iterator[LoadCalendar]:
    """Every year from 2004 to the one after the last the city has a file of (or after this one)."""
    folder = city_folder / "calendars"
    last = max(load_city(folder).years, default=day_of(office.clock.now()).year)
    years = load_city(folder, range(FIRST_YEAR, last + 2)).years
    return (LoadCalendar(file) for _, file in sorted(years.items()))


def _agencies(file: Path) -> Iterator[RegisterAgency]:
    """The file's agencies in its order, read as strictly as a request: an entrusted body comes after who entrusts
    it."""
    schema = RegisterSchema()
    for row in plain(file, texts=True) or ():
        yield bodies.load(schema, row).command
