"""What is made anew of what is there: an index, a board. Nothing that anyone did is changed by it."""

import click

from liandong.clearly import clearly, settings


@click.command()
def reindex() -> None:
    """Make the index of the archive's words anew from its records, where verify finds that it is not theirs."""
    from liandong.ops import reindex as anew

    clearly(lambda: anew(settings(), click.echo))


@click.command()
@click.argument("name")
def rebuild(name: str) -> None:
    """Make what service NAME keeps of others' news anew from their journals, while the old serves: the board of
    oversight, what the dossiers of sharing know of plans."""
    from liandong.rebuild import rebuild_service

    clearly(lambda: rebuild_service(name, settings(), click.echo))
