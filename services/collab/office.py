"""What the rooms below need to know of chapter 2: how its plans are kept, and whose news it follows."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.engine import Connection

from services.collab.commands import NoteFilingReturn
from services.collab.domain import CHAPTER
from services.collab.store import PLANS, TABLES
from services.collab.usecases import HOOKS
from shared.access import appointments
from shared.acts.hearing import unless_moved_on
from shared.acts.office import Handler, Office, Spec
from shared.acts.request import Request
from shared.contracts.envelope import Event
from shared.law import handlers as law
from shared.plans.following import own_news, transfers_news
from shared.plans.keeping import plans_kept


def filing_news(office: Office) -> Mapping[str, Handler]:
    """13: justice returned the filing of a report, so the report is due again."""
    acts = office.acts["plans"]

    def filing_returned(tx: Connection, event: Event) -> None:
        if event.data["chapter"] == "collab":
            day = date.fromisoformat(event.data["occurred_on"])
            command = NoteFilingReturn(event.subject, day, event.data["report"])
            request = Request(event.data["case"], happened_on=day, causation=event.id)
            unless_moved_on(acts, tx, "note-filing-return", command, request)

    return {"filing_returned": filing_returned}


# Sharing tells the law, the desk who may act, oversight that a filing came back, transfer that a finding was handed on,
# its own journal that time ran out.
FOLLOWS = {"sharing": lambda _: law.HANDLERS, "desk": lambda _: appointments.HANDLERS, "oversight": filing_news,
           "transfer": transfers_news, "collab": own_news}
SPEC = Spec("collab", "协同执法", (plans_kept(CHAPTER, PLANS, HOOKS),), TABLES, FOLLOWS)
