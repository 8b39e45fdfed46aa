"""What oversight does on the news of others, and what a filing's acts look up."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.oversight import board, store
from services.oversight.domain import CHAPTER, CLOSING_REPORT, NUMBER_USED, Filing, ReceiveFiling, RegisterFiling
from shared.acts.keeping import Keeping, Means
from shared.acts.model import THE_SUITE, Context
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.acts.store import Row
from shared.contracts.envelope import Event
from shared.db import one_at_a_time
from shared.errors import Refused


def number_is_free(
    tx: Connection, _: Means, __: Row | None, ___: Any, command: RegisterFiling, ____: Context
) -> RegisterFiling:
    """A filing number is used once."""
    one_at_a_time(tx, "oversight.filing_number")
    if store.number_used(tx, command.number):
        raise Refused(NUMBER_USED.filled(number=command.number))
    return command


def summary(case: Filing) -> Mapping[str, Any]:
    """What a list shows of a filing."""
    received, registered = case.received, case.registered
    return {"kind": received.kind, "service": received.service, "case": received.case, "report": received.report,
            "number": received.number, "filed_by": received.filed_by, "filed_on": received.filed_on.isoformat(),
            "filing_number": registered.number if registered else ""}


FILINGS = Keeping(CHAPTER, store.FILINGS, store.filing_columns, {"register": number_is_free}, {}, summary,
                  store.FILING_FILTERS)


def opens_filing(office: Office) -> Callable[[Connection, Event], None]:
    """25: a closing report is delivered to justice in the act that reports it; here it becomes a filing, once."""
    def closure_reported(tx: Connection, event: Event) -> None:
        board.parts_told(tx, event)
        command = ReceiveFiling(CLOSING_REPORT, event.source, event.subject, event.data["report"], event.data["number"],
                                event.data["receiver"], date.fromisoformat(event.data["occurred_on"]))
        request = Request(happened_on=command.filed_on, causation=event.id)
        office.acts["filings"].do_in(tx, "receive", command, THE_SUITE, request)

    return closure_reported


def transfer_news(office: Office) -> Mapping[str, Handler]:
    """Of chapter 4: every deadline onto the board, closing reports as filings, and who has a part in each case."""
    return {**dict.fromkeys(board.DEADLINE_EVENTS, board.deadline_told), "closure_reported": opens_filing(office),
            "*": board.parts_told}
