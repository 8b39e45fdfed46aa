"""What the rooms below need to know of chapter 6: how its cases are kept, and whose news it follows."""

from services.oversight import board, store
from services.oversight.usecases import FILINGS, news_of
from shared import law
from shared.access import appointments
from shared.acts.office import Spec

_BOARD = dict.fromkeys(board.DEADLINE_EVENTS, board.deadline_told)


# Sharing tells the law, the desk who may act; every service tells its deadlines, this one's own among them; chapters 2
# to 5 tell who has a part in a case, chapters 2 to 4 what is filed.
FOLLOWS = {
    "sharing": lambda _: {**law.HANDLERS, **_BOARD, "*": board.parts_told},
    "desk": lambda _: {**appointments.HANDLERS, **_BOARD},
    "transfer": lambda office: news_of(office, "transfer", board.parts_told),
    "collab": lambda office: news_of(office, "collab", board.plan_told),
    "joint": lambda office: news_of(office, "joint", board.plan_told), "oversight": lambda _: _BOARD,
}
SPEC = Spec("oversight", "督查和责任追究", (FILINGS,), store.TABLES, FOLLOWS)
