"""The journal entries of changes: one way for the acts that cause them and for the ticker that time causes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from shared.deadlines.model import NOTED, Change
from shared.journal.model import NewEntry
from shared.kernel.clock import day_of
from shared.kernel.ids import new_id

Told = Mapping[str, tuple[frozenset[str], int]]      # case -> the agencies that are told, and the case's revision
NOBODY: tuple[frozenset[str], int] = (frozenset(), 0)


def entries_of(changes: Iterable[Change], told: Told, now: datetime, cause: NewEntry | None = None) -> list[NewEntry]:
    """One entry `deadline_<kind>` a change, in order. The bound agency is always told of its own deadline.

    `cause`: the act's own entry, which lends its actor; without one the suite itself is who acts. A deadline leaves
    the case's row as it is, so an entry carries no state hash and the revision the case has anyway. What is only
    noted is told to nobody.
    """
    return [_entry(change, *told.get(change.deadline.case, NOBODY), now, cause) for change in changes
            if change.kind != NOTED]


def _entry(change: Change, told: frozenset[str], revision: int, now: datetime, cause: NewEntry | None) -> NewEntry:
    bound = change.deadline.bound
    return NewEntry(
        id=new_id(now), type=f"deadline_{change.kind}", stream=change.deadline.case,
        occurred_on=change.on or day_of(now), data=change.data, audience=told | {bound} if bound else told,
        revision=revision, actor=cause.actor if cause else "suite", on_behalf_of=cause.on_behalf_of if cause else "",
        agency=cause.agency if cause else "", causation=cause.id if cause else "")
