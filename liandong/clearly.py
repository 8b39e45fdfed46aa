"""What every command does: it reads its settings, and says in one line what cannot be."""

import os
from typing import Any

import click

from liandong.errors import SuiteError
from liandong.places import database_shown, needs_data
from shared.kernel.settings import Settings, SettingsError, settings_from


def settings() -> Settings:
    """The settings of this process, or one clear line and exit 1."""
    try:
        return settings_from(os.environ)
    except SettingsError as wrong:
        raise click.ClickException("\n".join(wrong.lines)) from wrong


def settings_of_data() -> Settings:
    """The same of a home that holds data. For commands that ask this before they import what reads them."""
    told = settings()
    clearly(lambda: needs_data(told))
    return told


def clearly(do: Any) -> Any:
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
    if isinstance(failed, (SuiteError, SettingsError)):
        return str(failed)
    from shared.bus.follower import UnknownEpoch
    from shared.kernel.errors import Refused
    from shared.kernel.yaml_files import Problems
    from shared.migrate import UnknownSchema

    told = (Refused, Problems, UnknownEpoch, UnknownSchema)
    return str(failed) if isinstance(failed, told) else ""


def _out_of_our_hands(failed: Exception) -> str:
    """The one line about a database or broker that cannot be reached, or a file; empty for anything else."""
    import socket
    import sqlite3

    from amqp.exceptions import AMQPError
    from sqlalchemy.exc import DatabaseError, OperationalError

    if isinstance(failed, OperationalError):
        return _unreachable(str(failed.orig).strip().partition("\n")[0])
    if isinstance(failed, DatabaseError) and type(failed.orig) is sqlite3.DatabaseError:
        return f"a database in the data folder cannot be read: {failed.orig}"
    if isinstance(failed, (AMQPError, ConnectionError, TimeoutError, socket.gaierror)):
        return f"a server cannot be reached: {failed}"
    if isinstance(failed, OSError) and failed.filename:
        return f"{failed.filename}: {failed.strerror}"
    return ""


def _unreachable(why: str) -> str:
    """The line about a database that does not answer: which one, and what to do."""
    told = settings()
    ask = "is it running, is LIANDONG_DATABASE_URL right?" if told.database_url else "may it be written, is there room?"
    return f"the database cannot be reached: {why}; it is {database_shown(told)}: {ask}"
