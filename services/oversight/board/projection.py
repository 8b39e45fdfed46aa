"""The board as a projection: what a run of events leaves of its tables, written at once.

Of a deadline its last event in the run is what counts, of a case who had a part in it last: so a run leaves what its
events would leave one by one.
"""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy.engine import Connection

from services.oversight.accountability import domain
from services.oversight.accountability import repository as accountability_repository
from services.oversight.accountability.store import LEADS
from services.oversight.board import deadlines, writing
from services.oversight.ledgers import repository as ledgers_repository
from services.oversight.scorecards import store
from services.oversight.store import BOARD, PARTIES, PRIVATE
from services.oversight.supervision.store import DISPUTED
from shared import law
from shared.bus.projecting import Projection
from shared.contracts.envelope import Event
from shared.deadlines.model import STARTED

_OF_THE_LAW = frozenset(law.HANDLERS)                   # what sharing tells of law and register is of no case
PLANS = frozenset({"collab", "joint"})                  # whose drafts no overseer knows of
CHAPTERS = PLANS | {"transfer", "sharing"}              # whose events say who has a part in a case
_DEADLINES, _BEGINS = frozenset(deadlines.DEADLINE_EVENTS), f"deadline_{STARTED}"
_APART = frozenset(domain.CHAPTER.events)       # of matters that their parties alone know of


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
            if agencies := deadlines.parties_of(event):
                parties[event.subject] = agencies
            if source in PLANS and "state" in event.data:
                private[event.subject] = deadlines.is_private(event)
        elif source == "oversight" and event.name in _APART:
            parties[event.subject], private[event.subject] = accountability_repository.parties_of(event), True
    rows = {name: writing.board_row(source, event.data) for name, event in told.items()}
    new = [row for name, row in rows.items() if name in begun]
    writing.keep_deadlines(tx, new, [row for name, row in rows.items() if name not in begun])
    writing.keep_parties(tx, parties)
    writing.keep_marks(tx, PRIVATE, private)


def take_disputes(tx: Connection, source: str, events: Sequence[Event]) -> None:
    """Which transfers are disputed now (24)."""
    if source == "transfer":
        writing.keep_marks(tx, DISPUTED, {
            event.subject: event.data["state"] == deadlines.DISPUTED for event in _of_cases(events, "state")})


def take_leads(tx: Connection, source: str, events: Sequence[Event]) -> None:
    """Who leads which plan now."""
    if source in PLANS:
        writing.keep_leads(tx, source, {event.subject: event.data["lead"] for event in _of_cases(events, "lead")})


def _of_cases(events: Iterable[Event], fact: str) -> Iterator[Event]:
    """Those of a case that tell a fact of it: a deadline's tells its own."""
    return (event for event in events if event.subject and event.data.get(fact) and event.name not in _DEADLINES)


PROJECTION = Projection((BOARD, PARTIES, PRIVATE), take)
DISPUTES = Projection((DISPUTED,), take_disputes)
LEADING = Projection((LEADS,), take_leads)
# All that may be made anew. The evidence of breaches is not: it names the epoch in which each was heard.
PROJECTIONS = (PROJECTION, DISPUTES, LEADING, store.PROJECTION, ledgers_repository.PROJECTION)
