"""The board as a projection: what a run of events leaves of its tables, written at once.

Of a deadline its last event in the run is what counts, of a case who had a part in it last: as `board` does one by one.
"""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from services.oversight import accountability, board, keeping_accountability, keeping_ledgers, store_board, turns
from services.oversight.store import BOARD, PARTIES, PRIVATE
from services.oversight.store_accountability import LEADS
from services.oversight.store_supervision import DISPUTED
from shared import law
from shared.bus.projecting import Projection, one_by_one
from shared.contracts.envelope import Event
from shared.deadlines.model import STARTED

_OF_THE_LAW = frozenset(law.HANDLERS)                   # what sharing tells of law and register is of no case
PLANS = frozenset({"collab", "joint"})                  # whose drafts no overseer knows of
CHAPTERS = PLANS | {"transfer", "sharing"}              # whose events say who has a part in a case
_DEADLINES, _BEGINS = frozenset(board.DEADLINE_EVENTS), f"deadline_{STARTED}"
_APART = frozenset(accountability.CHAPTER.events)       # of matters that their parties alone know of


def take(tx: Connection, source: str, events: Sequence[Event]) -> None:
    """What the board keeps of these events of a source."""
    told: dict[str, Event] = {}
    begun: set[str] = set()
    parties: dict[str, frozenset[str]] = {}
    private: dict[str, bool] = {}
    for event in events:
        if event.name in _DEADLINES:
            deadline = event.data["deadline"]
            if event.name == _BEGINS and deadline not in told:
                begun.add(deadline)
            told[deadline] = event
        elif source in CHAPTERS and event.subject and not (source == "sharing" and event.name in _OF_THE_LAW):
            if agencies := board.parties_of(event):
                parties[event.subject] = agencies
            if source in PLANS and "state" in event.data:
                private[event.subject] = board.is_private(event)
        elif source == "oversight" and event.name in _APART:
            parties[event.subject], private[event.subject] = keeping_accountability.parties_of(event), True
    rows = {name: store_board.board_row(source, event.data) for name, event in told.items()}
    new = [row for name, row in rows.items() if name in begun]
    store_board.keep_deadlines(tx, new, [row for name, row in rows.items() if name not in begun])
    store_board.keep_parties(tx, parties)
    store_board.keep_private(tx, private)


PROJECTION = Projection((BOARD, PARTIES, PRIVATE), take)
_LEFT = dict.fromkeys(_DEADLINES, lambda _, __: None)     # of a deadline: its state is no case's
DISPUTES = Projection((DISPUTED,), one_by_one({"transfer": {**_LEFT, "*": board.dispute_told}}))
LEADING = Projection((LEADS,), one_by_one({name: {**_LEFT, "*": keeping_accountability.lead_told} for name in PLANS}))
# All that may be made anew. The evidence of breaches is not: it names the epoch in which each was heard.
PROJECTIONS = (PROJECTION, DISPUTES, LEADING, turns.PROJECTION, keeping_ledgers.PROJECTION)
