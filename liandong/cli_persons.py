"""The commands about personal data: `liandong erase` and `liandong person`."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from liandong.clearly import clearly, settings

BASES = ("purpose_met", "retention_over", "consent_withdrawn", "unlawful", "other_law")     # 个人信息保护法 47, its items


def _why(command: Callable[..., None]) -> Callable[..., None]:
    """Who answers for an erasure, and why."""
    for option in (
        click.option("--yes", is_flag=True, help="do not ask"),
        click.option("--document", default="", help="文号 of the application or decision, before the time is over"),
        click.option("--reason", required=True, help="in words; kept privately with the entry"),
        click.option("--basis", type=click.Choice(BASES), required=True, help="the item of 个人信息保护法 47"),
        click.option("--appointment", required=True, help="who answers for it: a leader of justice"),
    ):
        command = option(command)
    return command


def _ask(yes: bool) -> Callable[[str], bool]:
    return lambda words: yes or click.confirm(words)


@click.group()
def erase() -> None:
    """Erase personal data whose time is over, or that the law wants erased. Digests and chains stay whole."""


@erase.command("due")
@click.argument("names", nargs=-1)
def erase_due(names: tuple[str, ...]) -> None:
    """List what has been kept long enough in the services (all by default). Changes nothing."""
    from liandong.erase import list_due

    clearly(lambda: list_due(names, settings(), click.echo))


@erase.command("all-due")
@click.argument("names", nargs=-1)
@click.option("--reason", required=True, help="in words; kept privately with the entry")
@click.option("--appointment", required=True, help="who answers for it: a leader of justice")
@click.option("--yes", is_flag=True, help="do not ask")
def erase_all_due(names: tuple[str, ...], reason: str, appointment: str, yes: bool) -> None:
    """Erase all that `erase due` lists and nothing stands in the way of."""
    from liandong.erase import erase_due as do
    from shared.acts.erasing import RETENTION_OVER, Why

    why = Why(RETENTION_OVER, reason)
    sys.exit(0 if clearly(lambda: do(names, why, appointment, settings(), click.echo, _ask(yes))) else 1)


@erase.command("case")
@click.argument("cases", nargs=-1, required=True, metavar="SERVICE/ID...")
@_why
def erase_case(cases: tuple[str, ...], appointment: str, basis: str, reason: str, document: str, yes: bool) -> None:
    """Erase what these cases hold of persons."""
    from liandong.erase import erase_cases
    from shared.acts.erasing import Why

    why = Why(basis, reason, document)
    sys.exit(0 if clearly(lambda: erase_cases(cases, why, appointment, settings(), click.echo, _ask(yes))) else 1)


@erase.command("person")
@_why
def erase_person(appointment: str, basis: str, reason: str, document: str, yes: bool) -> None:
    """Erase the cases of a person. Name and number are asked for: a command line is read by others."""
    from liandong.erase import erase_person as do
    from shared.acts.erasing import Why

    name, number = _person()
    why = Why(basis, reason, document)
    sys.exit(0 if clearly(lambda: do(name, number, why, appointment, settings(), click.echo, _ask(yes))) else 1)


@click.group()
def person() -> None:
    """What is held on a person."""


@person.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--appointment", required=True, help="who answers for it: a leader")
@click.option("--application", required=True, help="the number of the person's application")
@click.option("--case", "cases", multiple=True, help="a case that knows a name only, made sure of")
def person_export(file: Path, appointment: str, application: str, cases: tuple[str, ...]) -> None:
    """Write what all services hold on a person to FILE, and to FILE.txt for reading. Name and number are asked for."""
    from liandong.person import export
    from shared.acts.disclosing import Asked

    name, number = _person()
    clearly(lambda: export(Asked(name, number, application, cases), appointment, file, settings(), click.echo))


@person.command("index")
@click.argument("names", nargs=-1)
def person_index(names: tuple[str, ...]) -> None:
    """Fill the index of persons for cases of before this release."""
    from liandong.person import index

    clearly(lambda: index(names, settings(), click.echo))


def _person() -> tuple[str, str]:
    name = click.prompt("姓名 name", default="", show_default=False)
    return name, click.prompt("公民身份号码 number", default="", show_default=False)
