"""What the rooms below need to know of chapter 6: how its cases are kept, and whose news it follows."""

from collections.abc import Mapping

from services.oversight import board, store
from services.oversight.usecases import FILINGS, transfer_news
from shared import law
from shared.access import appointments
from shared.acts.office import Handler, Office, Spec

_BOARD = dict.fromkeys(board.DEADLINE_EVENTS, board.deadline_told)


def follows(office: Office) -> Mapping[str, Mapping[str, Handler]]:
    """Sharing tells the law, the desk who may act; every service tells its deadlines, this one's own among them."""
    return {
        "sharing": {**law.HANDLERS, **_BOARD}, "desk": {**appointments.HANDLERS, **_BOARD},
        "transfer": transfer_news(office), "oversight": _BOARD,
    }


SPEC = Spec("oversight", "督查和责任追究", (FILINGS,), store.TABLES, follows)
