"""Which deadlines on the board are excused: an explanation of the delay was accepted (29), and none was let pass anew
since. The one place that says so, for the board, the SLA figures and whatever counts lateness without excuse."""

import sqlalchemy as sa

from services.oversight.store import BOARD
from services.oversight.supervision.store import BREACHES, SUPERVISED

EXCUSED, WITHDRAWN = "excused", "withdrawn"
TITLE = "逾期（延误说明已采纳）"


def excused() -> sa.ColumnElement[bool]:
    """Of a row of the board, as SQL."""
    row, breach, board = SUPERVISED.c, BREACHES.c, BOARD.c
    again = sa.exists().where(breach.service == row.service, breach.deadline == row.deadline,
                              breach.generation > row.generation).correlate(SUPERVISED)
    return sa.exists().where(row.service == board.service, row.deadline == board.deadline, row.excused,
                             ~again).correlate(BOARD)


def withdrawn() -> sa.ColumnElement[bool]:
    """Whether a breach of it was heard of that a correction undid, of a row of the board, as SQL."""
    breach, board = BREACHES.c, BOARD.c
    return sa.exists().where(breach.service == board.service, breach.deadline == board.deadline,
                             breach.withdrawn_by != "").correlate(BOARD)
