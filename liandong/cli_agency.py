"""The commands for agencies' own systems: `liandong agency`. Each imports what it needs when it runs."""

from functools import partial

import click

from liandong.clearly import clearly, settings

APPOINTMENT = click.option("--appointment", required=True, help="who answers for it")


@click.group()
def agency() -> None:
    """Agencies' queues on the broker: their users, what waits there, what is sent again."""


@agency.command("provision")
@click.argument("code")
@APPOINTMENT
def agency_provision(code: str, appointment: str) -> None:
    """Make the queue of agency CODE and a user that may read it; the password is shown once."""
    from liandong.agency import provision

    clearly(lambda: provision(code, appointment, settings(), click.echo))


@agency.command("rotate")
@click.argument("code")
@click.option("--finish", "end", flag_value="finish", help="end the user before: the agency's system uses the new one")
@click.option("--undo", "end", flag_value="undo", help="end the new user: its password was lost")
@APPOINTMENT
def agency_rotate(code: str, end: str | None, appointment: str) -> None:
    """Make another user beside the present one; both read until --finish."""
    from liandong.agency import rotate

    clearly(lambda: rotate(code, end or "", appointment, settings(), click.echo))


@agency.command("revoke")
@click.argument("code")
@APPOINTMENT
@click.option("--yes", is_flag=True, help="do not ask")
def agency_revoke(code: str, appointment: str, yes: bool) -> None:
    """End the users of agency CODE and remove its queue. Its feed has all of it."""
    from liandong.agency import revoke

    if not yes:
        click.confirm(f"end the users of {code} and remove its queue?", abort=True)
    clearly(lambda: revoke(code, appointment, settings(), click.echo))


@agency.command("replay")
@click.argument("code")
@click.argument("service")
@click.option("--from", "first", type=click.IntRange(min=1), required=True, help="the first position of SERVICE")
@APPOINTMENT
def agency_replay(code: str, service: str, first: int, appointment: str) -> None:
    """Send the queue of agency CODE again what SERVICE told it, from a position on."""
    from liandong.agency import replay

    clearly(lambda: replay(code, service, first, appointment, settings(), click.echo))


@agency.command("status")
@click.argument("codes", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="one JSON object, by queue")
def agency_status(codes: tuple[str, ...], as_json: bool) -> None:
    """What waits in the queues (all by default), who reads, how far they were sent, what was dropped, alarms."""
    from liandong.agency import status

    aside = partial(click.echo, err=True) if as_json else None
    clearly(lambda: status(codes, settings(), click.echo, aside=aside))
