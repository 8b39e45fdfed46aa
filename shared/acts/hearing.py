"""What the suite does on news: acts that a case may have outrun meanwhile, and deadlines that no longer stand."""

import logging
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from shared.acts.filings import NoteFilingReturn
from shared.acts.model import THE_SUITE
from shared.acts.perform import Acts
from shared.acts.request import Request
from shared.contracts.envelope import Event
from shared.deadlines import store as deadlines
from shared.deadlines.model import OPEN
from shared.kernel.errors import Refused

log = logging.getLogger(__name__)
CONFLICT = frozenset({409})


def unless_moved_on(acts: Acts, tx: Connection, act: str, command: Any, request: Request,
                    passed: frozenset[int] = CONFLICT) -> None:
    """Does what the news calls for; a case that has moved on since (reopened, signed for) needs it no more.

    `passed`: the statuses of refusals with which the news is done. Raises Refused for any other."""
    try:
        acts.do_in(tx, act, command, THE_SUITE, request)
    except Refused as refused:
        if refused.status not in passed:
            raise
        log.info("%s does nothing to case %s: %s", act, request.case_id, refused)


def filing_news(acts: Acts) -> Mapping[str, Callable[[Connection, Event], None]]:
    """13, 25: justice returned the filing of a report of the chapter, so the report is due again."""
    def filing_returned(tx: Connection, event: Event) -> None:
        if event.data["chapter"] == acts.chapter.service:
            day = date.fromisoformat(event.data["occurred_on"])
            command = NoteFilingReturn(event.subject, day, event.data["report"])
            request = Request(event.data["case"], happened_on=day, causation=event.id)
            unless_moved_on(acts, tx, "note-filing-return", command, request)

    return {"filing_returned": filing_returned}


def stands(tx: Connection, case_id: str, deadline_id: str) -> bool:
    """Whether a breach still stands: of what has been met, paused or begun anew since nothing is presumed."""
    live = deadlines.load_open(tx, case_id)
    return any(each.id == deadline_id and each.state == OPEN and each.breached for each in live)
