"""Followers and epochs at the command line: who is stopped and why, and a person's decision how it goes on.

Both decisions are entries of the service's own journal, with who answers for them; the words stay in the detail.
"""

from liandong.errors import SuiteError
from liandong.offices import Echo, answering, office_of
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.bus import cursors, parking
from shared.bus.cursors import Cursor, CursorMoved
from shared.bus.feeds import LocalFeed
from shared.bus.follower import holds
from shared.journal import epochs
from shared.journal.model import Head, NewEntry
from shared.kernel.clock import day_of
from shared.kernel.ids import new_id
from shared.kernel.settings import Settings

SETTLED = "follower_settled"


def how_far(row: Cursor, head: Head, settings: Settings) -> str:
    """Where a consumer stands: level, so many behind, at an epoch that it goes over from, or stopped and why."""
    if row.epoch in ("", head.epoch):
        return "level" if row.position == head.position else f"{head.position - row.position} behind"
    with office_of(row.source, settings) as source:
        if holds(LocalFeed(source), row):
            return f"goes over to epoch {head.epoch} when it looks next"
    return (
        f"stopped: epoch {head.epoch} does not hold what was handled at {row.position} of epoch {row.epoch}; "
        f"`liandong follower settle {row.consumer} {row.source}` says where it goes on"
    )


def settle(consumer: str, source: str, at: int, appointment: str, reason: str, settings: Settings, echo: Echo) -> None:
    """Lets a consumer that stopped at an unknown epoch go on after position `at` of the source's present journal.

    What it did on news that the source no longer has is not undone. Raises SuiteError where there is nothing to settle.
    """
    by = answering(appointment, settings)
    _given(reason)
    with office_of(consumer, settings, opens=True) as office, office_of(source, settings) as told:
        if source not in office.spec.follows:
            raise SuiteError(f"{consumer} does not follow {source}")
        head, last_id = _entry_at(told, at)
        with office.db.read() as tx:
            row = cursors.read(tx, consumer, source)
            waiting = [each for each in parking.listed(tx) if each.source == source and each.position > at]
        if row.epoch in ("", head.epoch) or holds(LocalFeed(told), row):
            raise SuiteError(f"{consumer} is not stopped at {source}: there is nothing to settle")
        if waiting:
            raise SuiteError(f"{consumer} has {len(waiting)} parked of {source} after {at}: retry or drop them first")
        try:
            with office.db.write() as tx:
                cursors.lock(tx, row)
                cursors.settle(tx, consumer, source, head.epoch, at, last_id)
                office.journal.append(tx, [_settled(office, by, reason, row, head, at)])
        except CursorMoved as moved:
            raise SuiteError(str(moved)) from moved
        office.wake.ring()
    echo(f"{consumer} follows {source} from {at} of epoch {head.epoch} on")


def open_epoch(name: str, why: str, appointment: str, settings: Settings, echo: Echo) -> None:
    """Opens an epoch by hand, after a restore that cannot be seen from inside. Raises SuiteError without a reason."""
    by = answering(appointment, settings)
    _given(why)
    with office_of(name, settings, opens=True) as office:
        head = epochs.new_epoch(office.db, office.journal, why, actor=by.appointment, agency=by.agency)
        office.wake.ring()
    echo(f"{name}: epoch {head.epoch} begins at {head.position}")


def _entry_at(source: Office, at: int) -> tuple[Head, str]:
    """The source's head, and the id of its entry at a position."""
    with source.db.read() as tx:
        head = source.journal.head(tx)
        found = source.journal.feed(tx, at - 1, 1) if at else []
    if not 0 <= at <= head.position:
        raise SuiteError(f"{source.name}'s journal ends at {head.position}: there is no {at}")
    return head, found[0].id if found else ""


def _settled(office: Office, by: Viewer, reason: str, row: Cursor, head: Head, at: int) -> NewEntry:
    now = office.clock.now()
    return NewEntry(
        id=new_id(now),
        type=SETTLED,
        stream="",
        occurred_on=day_of(now),
        actor=by.appointment,
        agency=by.agency,
        data={
            "source": row.source,
            "from": {"epoch": row.epoch, "position": row.position},
            "to": {"epoch": head.epoch, "position": at},
        },
        detail={"reason": reason, "person": by.person},
    )


def _given(reason: str) -> None:
    if not reason.strip():
        raise SuiteError("a reason is needed")
