"""What a service's relay knows of agencies' queues: how far each was sent, where a pause began, what is sent again.

Positions are those of this service's own journal. `replay` only asks: the relay sends, in its turn.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import SHARED
from shared.journal.tables import journal, journal_audience
from shared.kernel.errors import Refusal, Refused
from shared.law import subscriptions
from shared.law.subscriptions import ACTIVE, QUEUE, Subscribed

LENGTH = 100_000        # messages that an agency's queue holds; the oldest go first

NO_QUEUE = Refusal("NO_ACTIVE_QUEUE", "本机关没有推送中的消息队列订阅，可以从事件流（feed）读取。",
                   "Your agency has no active subscription of a queue; it may read the feed.", "internal", 409)
REPLAY_AFTER_END = Refusal("REPLAY_AFTER_END", "本服务的事件到 {last} 为止，没有更后的。",
                           "The last position of this service is {last}.", "internal", 422, "position")
REPLAY_TOO_LONG = Refusal("REPLAY_TOO_LONG", "自 {first} 起有 {count} 条，超过消息队列的容量 {most} 条，应当从事件流（feed）读取。",
                          "From {first} on there are {count}, more than the {most} that a queue holds: read the feed.",
                          "internal", 422, "position")

agency_queue = sa.Table(
    "agency_queue", SHARED,
    sa.Column("agency", sa.String(40), primary_key=True),
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),          # the last one sent to it; 0: none yet
    sa.Column("held_at", sa.BigInteger),                           # up to where it was sent when it was paused
    sa.Column("replay_after", sa.BigInteger),                      # what it is sent again: after this
    sa.Column("replay_until", sa.BigInteger),                      # up to and with this
)


@dataclass(frozen=True, slots=True)
class Queue:
    """A row of the table."""

    agency: str
    epoch: str = ""
    position: int = 0
    held_at: int | None = None
    replay_after: int | None = None
    replay_until: int | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """What is going to be sent again: `count` entries after one position up to and with another."""

    agency: str
    after: int
    until: int
    count: int


def replay(tx: Connection, service: str, agency: str, after: int, until: int) -> Replay:
    """Asks that an agency's queue is sent again what this service told it after a position, `until` (the head of its
    journal) at most, as far as its subscription wants it. The relay sends it soon, each message marked `replayed`.

    `tx` writes in the service's own database. Asked twice, the earlier position holds. Raises Refused: 409 without an
    active subscription of a queue, 422 for a position beyond the journal's, and for more than a queue holds.
    """
    wanted = next((each for each in subscriptions.of_agency(tx, agency, QUEUE) if each.state == ACTIVE), None)
    if wanted is None:
        raise Refused(NO_QUEUE)
    if after > until:
        raise Refused(REPLAY_AFTER_END.filled(last=until))
    row = of_agency(tx, agency)
    after = after if row.replay_after is None else min(after, row.replay_after)
    found = count(tx, service, wanted, after, until)
    if found > LENGTH:
        raise Refused(REPLAY_TOO_LONG.filled(first=after + 1, count=found, most=LENGTH))
    put(tx, Queue(agency, row.epoch, row.position, row.held_at, after, until))
    return Replay(agency, after, until, found)


def of_agency(tx: Connection, agency: str) -> Queue:
    """The agency's row; an empty one where nothing was sent yet."""
    found = tx.execute(sa.select(agency_queue).where(agency_queue.c.agency == agency)).first()
    return Queue(*found) if found else Queue(agency)


def every(tx: Connection) -> dict[str, Queue]:
    """The rows by agency."""
    return {row.agency: Queue(*row) for row in tx.execute(sa.select(agency_queue).order_by(agency_queue.c.agency))}


def drop(tx: Connection, agency: str) -> None:
    """Forgets the agency's row: its subscription has ended."""
    tx.execute(agency_queue.delete().where(agency_queue.c.agency == agency))


def put(tx: Connection, row: Queue) -> None:
    """Keeps a row in place of the agency's."""
    tx.execute(agency_queue.delete().where(agency_queue.c.agency == row.agency))
    tx.execute(agency_queue.insert(), {name: getattr(row, name) for name in Queue.__dataclass_fields__})


def sent(tx: Connection, epoch: str, last: dict[str, int]) -> None:
    """Notes how far agencies were sent: agency -> position. What else stands in the rows stays."""
    for agency, position in sorted(last.items()):
        changed = tx.execute(agency_queue.update().where(agency_queue.c.agency == agency)
                             .values(epoch=epoch, position=position))
        if not changed.rowcount:
            put(tx, Queue(agency, epoch, position))


def replayed(tx: Connection, asked: Queue, to: int) -> None:
    """What was asked for was sent up to a position. Where an earlier one was asked for meanwhile, that is done next."""
    row = agency_queue.c
    done = asked.replay_until is not None and to >= asked.replay_until
    tx.execute(agency_queue.update().where(
        row.agency == asked.agency, row.replay_after == asked.replay_after, row.replay_until == asked.replay_until,
    ).values(replay_after=None if done else to, replay_until=None if done else asked.replay_until))


def told_of(service: str, wanted: Subscribed, after: int, until: int) -> sa.Select[int]:
    """The positions of what a subscription holds of this service, after one position up to and with another."""
    told = journal_audience.c
    chosen = sa.select(told.position).where(told.agency == wanted.agency, told.position > after, told.position <= until)
    if not wanted.types:
        return chosen
    return chosen.join_from(journal_audience, journal, journal.c.position == told.position).where(
        journal.c.type.in_(own_types(service, wanted)))


def own_types(service: str, wanted: Subscribed) -> list[str]:
    """The types it chose of this service, as announced."""
    return sorted(name for source, _, name in (each.partition(".") for each in wanted.types) if source == service)


def count(tx: Connection, service: str, wanted: Subscribed, after: int, until: int) -> int:
    """How many there are of them; of more than a queue holds one more than that."""
    some = told_of(service, wanted, after, until).limit(LENGTH + 1).subquery()
    return tx.scalar(sa.select(sa.func.count()).select_from(some)) or 0
