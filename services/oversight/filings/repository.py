"""What oversight does on the news of others, and what a filing's acts look up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.oversight import store
from services.oversight.filings.domain import (
    CHAPTER,
    CLOSING_REPORT,
    COLLAB_REPORT,
    DECLINE,
    NUMBER_USED,
    Filing,
    ReceiveFiling,
    RegisterFiling,
)
from services.oversight.task_reports import repository
from shared.acts.codes import AGENCIES, IDS, SERVICES
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import THE_SUITE, Context
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.acts.store import Row
from shared.contracts.envelope import Event
from shared.db.database import one_at_a_time
from shared.kernel.errors import Refused


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


FILING_FILTERS = {"kind": Filter("备案种类", "filing_kinds"), "service": Filter("服务", SERVICES),
                  "case": Filter("所属案件", IDS), "filed_by": Filter("报备机关", AGENCIES),
                  "filing_number": Filter("备案号")}
FILINGS = Keeping(CHAPTER, store.FILINGS, store.filing_columns, {"register": number_is_free}, {}, summary,
                  FILING_FILTERS, named=("filed_by",))


@dataclass(frozen=True, slots=True)
class Delivered:
    """What an event delivers to justice for filing, and the facts in which it says by whom and which of the case's it
    is."""

    kind: str                           # coded in filing_kinds
    filed_by: str
    report: str


# By source and event. A report whose closing report is still to follow (13) is not complete and opens none.
DELIVERED: Mapping[str, Mapping[str, Delivered]] = {
    "transfer": {"closure_reported": Delivered(CLOSING_REPORT, "receiver", "report")},
    "collab": {"participation_declined": Delivered(DECLINE, "declined", "decline"),
               "reported": Delivered(COLLAB_REPORT, "lead", "report"),
               "closing_report_added": Delivered(COLLAB_REPORT, "lead", "report")},
}


def opens_filing(office: Office, delivered: Delivered) -> Handler:
    """12, 13, 25: what an agency files is delivered in the act that its event tells of; here it becomes a filing,
    once."""
    def opens(tx: Connection, event: Event) -> None:
        said = event.data
        command = ReceiveFiling(delivered.kind, event.source, event.subject, said[delivered.report], said["number"],
                                said[delivered.filed_by], date.fromisoformat(said["occurred_on"]))
        request = Request(happened_on=command.filed_on, causation=event.id)
        office.acts["filings"].do_in(tx, "receive", command, THE_SUITE, request)

    return opens


def news_of(office: Office, source: str) -> Mapping[str, Handler]:
    """Of a chapter: what is filed becomes filings, what is reported on tasks is with both offices."""
    filings = {event: opens_filing(office, delivered) for event, delivered in DELIVERED.get(source, {}).items()}
    return {**filings, **repository.news_of(office, source)}
