"""What the rooms below need to know of chapter 6: how its cases are kept, and whose news it follows."""

from collections.abc import Callable, Mapping

from sqlalchemy.engine import Connection

from services.oversight import board, keeping_accountability, keeping_conferences, keeping_supervision, store, turns
from services.oversight.keeping_accountability import ACCOUNTABILITY
from services.oversight.keeping_conferences import CONFERENCES
from services.oversight.keeping_ledgers import ledgered
from services.oversight.keeping_supervision import SUPERVISION
from services.oversight.keeping_task_reports import TASK_REPORTS
from services.oversight.usecases import FILINGS, news_of
from shared import law
from shared.access import appointments
from shared.acts.office import Handler, Office, Spec
from shared.contracts.envelope import Event

_BOARD = dict.fromkeys(board.DEADLINE_EVENTS, board.deadline_told)
_PLANS_TOLD = keeping_accountability.leads_told(board.plan_told)
_OWN = {**_BOARD, **dict.fromkeys(turns.TOLD["oversight"], turns.turn_told)}


def _nothing(_: Connection, __: Event) -> None:
    """Of its own cases nothing else is kept here but the ledgers."""


def _of_a_case(tx: Connection, event: Event) -> None:
    """Who has a part in a case now, and what one agency turned back to another."""
    board.parts_told(tx, event)
    turns.turn_told(tx, event)


def _of_a_transfer(tx: Connection, event: Event) -> None:
    """The same of a transfer, and whether it is disputed."""
    board.transfer_told(tx, event)
    turns.turn_told(tx, event)


def laws_news(office: Office) -> Mapping[str, Handler]:
    """What it hears of sharing: the law, and that with it the first period of the conference begins."""
    law_s = {**law.HANDLERS, **_BOARD, "*": _of_a_case}
    first = {name: keeping_conferences.begins_with(office, law_s[name]) for name in keeping_conferences.FIRST}
    return {**law_s, **first}


def own_news(office: Office) -> Mapping[str, Handler]:
    """What it hears of itself: its deadlines are on the board, and each part of the chapter heeds the others."""
    return {**_OWN, **keeping_supervision.news_of(office), **keeping_conferences.own_news(office),
            **keeping_accountability.own_news()}


# Sharing tells the law, the desk who may act; every service tells its deadlines, this one's own among them; chapters 2
# to 5 tell who has a part in a case, chapters 2 to 4 what is filed, chapters 2 and 3
# how tasks are carried out, and so does the answer to a supervision. What happens in a case stands in the ledgers.
FOLLOWS: Mapping[str, Callable[[Office], Mapping[str, Handler]]] = {
    "sharing": lambda office: ledgered(laws_news(office)),
    "desk": lambda _: {**appointments.HANDLERS, **_BOARD},
    "transfer": lambda office: ledgered(news_of(office, "transfer", _of_a_transfer)),
    "collab": lambda office: ledgered(news_of(office, "collab", _PLANS_TOLD)),
    "joint": lambda office: ledgered(news_of(office, "joint", _PLANS_TOLD)),
    "oversight": lambda office: ledgered({"*": _nothing, **own_news(office)}),
}
SPEC = Spec("oversight", "督查和责任追究", (FILINGS, TASK_REPORTS, SUPERVISION, CONFERENCES, ACCOUNTABILITY), store.TABLES,
            FOLLOWS)
