"""What agencies send one another and what comes back, by pair: letters, queries and filings; refused, to be
supplemented, returned. A projection of the chapters' events: facts for scorecards, of which nothing is ranked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.oversight import writing
from services.oversight.store import TABLES
from shared.bus.projecting import Projection
from shared.contracts.envelope import Event

SENT, REFUSED, SUPPLEMENT, RETURNED = "sent", "refused", "supplement", "returned"
TURNS = {SENT: "送出", REFUSED: "不予受理、拒绝", SUPPLEMENT: "补正", RETURNED: "退回补报"}
JUSTICE_ITSELF = ""                       # the receiver of a filing: whoever is justice

TURN = sa.Table(
    "board_turn", TABLES,
    sa.Column("event", sa.String(80), primary_key=True),
    sa.Column("service", sa.String(40), nullable=False),
    sa.Column("case", sa.String(36), nullable=False),
    sa.Column("turn", sa.String(20), nullable=False),
    sa.Column("sender", sa.String(40), nullable=False),              # who had sent it
    sa.Column("receiver", sa.String(40), nullable=False),            # to whom, and who turned it back
    sa.Column("happened_on", sa.Date, nullable=False),
    sa.Index("board_turn_by_day", "happened_on"),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What an event tells of a pair, and the facts in which it names the two."""

    turn: str
    sender: str
    receiver: str = ""                    # empty: justice


_LETTER, _QUERY = ("sender", "receiver"), ("asker", "holder")
TOLD: Mapping[str, Mapping[str, Turn]] = {
    "transfer": {"letter_issued": Turn(SENT, *_LETTER), "refused": Turn(REFUSED, *_LETTER),
                 "supplement_requested": Turn(SUPPLEMENT, *_LETTER)},
    "sharing": {**dict.fromkeys(("query_asked", "urgent_query_asked", "offline_query_asked",
                                 "urgent_offline_query_asked", "assistance_asked"), Turn(SENT, *_QUERY)),
                "query_refused": Turn(REFUSED, *_QUERY)},
    "oversight": {"filing_received": Turn(SENT, "filed_by"), "filing_returned": Turn(RETURNED, "filed_by")},
}


def take(tx: Connection, source: str, events: Sequence[Event]) -> None:
    """The events of a pair, each kept once; every other is left."""
    told = TOLD.get(source, {})
    writing.put_new(tx, TURN, [_row(event, told[event.name]) for event in events if event.name in told])


def _row(event: Event, turn: Turn) -> tuple[Any, ...]:
    said = event.data
    return (event.id, event.source, event.subject, turn.turn, said.get(turn.sender) or "",
            said.get(turn.receiver) or JUSTICE_ITSELF if turn.receiver else JUSTICE_ITSELF,
            said["occurred_on"])


PROJECTION = Projection((TURN,), take)
