"""What was sent to agencies, when, and what their systems answered: each carrier notes here what it handed over.

A feed notes a page that it gave; the reader's going on from there is its answer. A queue notes what the broker took, a
webhook what it posted and the status it got. These are facts about carrying, outside the chain, kept as long as the
access log; what was told at all is the journal's.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.db.database import SHARED, UtcInstant
from shared.journal.tables import Id
from shared.kernel.ids import new_id

FEED, QUEUE, WEBHOOK = CARRIERS = ("feed", "queue", "webhook")
WENT_ON = "went_on"              # a feed's reader asked for what comes after

_OPEN = sa.text("answered_at IS NULL")
sent = sa.Table(
    "sent", SHARED,
    sa.Column("id", Id, primary_key=True),
    sa.Column("agency", sa.String(40), nullable=False),
    sa.Column("carrier", sa.String(20), nullable=False),
    sa.Column("reader", sa.String(80), nullable=False),        # appointment, client or subscription
    sa.Column("epoch", sa.Text, nullable=False),
    sa.Column("first", sa.BigInteger, nullable=False),
    sa.Column("last", sa.BigInteger, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("sent_at", UtcInstant, nullable=False),
    sa.Column("answer", sa.String(200), nullable=False),       # went_on, confirmed, "204", what failed; empty: none yet
    sa.Column("answered_at", UtcInstant),
    sa.Index("sent_by_agency", "agency", "id"),
    sa.Index("sent_at_all", "sent_at"),
)
sa.Index("sent_open", sent.c.agency, sent.c.carrier, sent.c.reader, sent.c.last, postgresql_where=_OPEN,
         sqlite_where=_OPEN)

_THOSE = (sent.c.agency == sa.bindparam("of"), sent.c.carrier == sa.bindparam("by"),
          sent.c.reader == sa.bindparam("to"), sent.c.epoch == sa.bindparam("in"),
          sent.c.last <= sa.bindparam("up_to"), sent.c.answered_at.is_(None))
_UNANSWERED = sa.select(sent.c.id).where(*_THOSE).limit(1)
_ANSWER = sent.update().where(*_THOSE).values(answer=sa.bindparam("said"), answered_at=sa.bindparam("said_at"))


@dataclass(frozen=True, slots=True)
class Sent:
    """One handing over: `count` entries, the first and the last of them, to a reader of the agency."""

    agency: str
    carrier: str
    reader: str
    epoch: str
    first: int
    last: int
    count: int
    sent_at: datetime
    answer: str = ""
    answered_at: datetime | None = None
    id: str = ""


def note(tx: Connection, *handed: Sent) -> None:
    """Keeps what was handed over."""
    for each in handed:
        tx.execute(sent.insert(), {**asdict(each), "id": each.id or new_id(each.sent_at)})


@dataclass(frozen=True, slots=True)
class UpTo:
    """All that one carrier handed over to a reader, up to a position of an epoch."""

    agency: str
    carrier: str
    reader: str
    epoch: str
    position: int


def unanswered(tx: Connection, those: UpTo) -> bool:
    """Whether any of those has no answer yet."""
    return tx.execute(_UNANSWERED, _those(those)).first() is not None


def answered(tx: Connection, those: UpTo, answer: str, now: datetime) -> None:
    """The answer to those of them that have none yet."""
    tx.execute(_ANSWER, {**_those(those), "said": answer[:200], "said_at": now})


def listed(tx: Connection, agency: str, carrier: str, limit: int, before: str = "") -> Sequence[Sent]:
    """At most `limit` of what was sent to the agency (by one carrier; empty: by all), newest first, before an id."""
    chosen = sa.select(sent).where(sent.c.agency == agency)
    if carrier:
        chosen = chosen.where(sent.c.carrier == carrier)
    if before:
        chosen = chosen.where(sent.c.id < before)
    return [Sent(**row._mapping) for row in tx.execute(chosen.order_by(sent.c.id.desc()).limit(limit))]


def sweep(tx: Connection, before: datetime) -> None:
    """Forgets what was sent before."""
    tx.execute(sent.delete().where(sent.c.sent_at < before))


def _those(those: UpTo) -> dict[str, Any]:
    return {"of": those.agency, "by": those.carrier, "to": those.reader, "in": those.epoch, "up_to": those.position}
