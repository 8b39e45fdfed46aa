"""What is kept here of others' news and of nothing else: it may be made anew from the feeds at any time.

A projection writes into its own tables only, and what it wrote of an event it writes again the same: so the tables made
of a feed are the same whoever made them, and however much of it was taken at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.acts.office import Handler
from shared.contracts.envelope import Event


@dataclass(frozen=True, slots=True)
class Projection:
    """Tables, and what becomes of them by events of one source, in their order. `take` is given runs of any length."""

    tables: tuple[sa.Table, ...]
    take: Callable[[Connection, str, Sequence[Event]], None]


def keeping(projections: Sequence[Projection], handlers: Mapping[str, Handler]) -> Mapping[str, Handler]:
    """Handlers of a source's events ("*": every other) that keep the projections of what an event tells, and then do
    what `handlers` do."""
    def kept(handler: Handler | None) -> Handler:
        def hears(tx: Connection, event: Event) -> None:
            for projection in projections:
                projection.take(tx, event.source, (event,))
            if handler:
                handler(tx, event)

        return hears

    return {"*": kept(None), **{name: kept(handler) for name, handler in handlers.items()}}
