"""What the rooms below need to know of chapter 4: how its cases are kept, and whose news it follows."""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.transfer import store, usecases
from services.transfer.case import Transfer
from services.transfer.commands import NoteFilingReturn
from services.transfer.domain import CHAPTER
from services.transfer.turns import Presume
from shared.access import appointments
from shared.acts.keeping import Keeping
from shared.acts.model import THE_SUITE
from shared.acts.office import Handler, Office, Spec
from shared.acts.request import Request
from shared.contracts.envelope import Event
from shared.deadlines import store as deadlines
from shared.deadlines.model import OPEN
from shared.errors import Refused
from shared.law import handlers as law

log = logging.getLogger(__name__)
RECEIPT = "transfer.receipt"        # the clock whose end presumes reception


def summary(case: Transfer) -> Mapping[str, Any]:
    """What a list shows of a case, as seen."""
    leg = case.leg
    return {"sender": case.sender, "receiver": leg.receiver, "cause": case.matter.cause,
            "respondent": case.matter.respondent.name.value, "letter_number": leg.letter.number if leg.letter else ""}


def filing_news(office: Office) -> Mapping[str, Handler]:
    """25: justice returned the filing of a closing report, so the report is due again."""
    def filing_returned(tx: Connection, event: Event) -> None:
        if event.data["chapter"] == "transfer":
            day = date.fromisoformat(event.data["occurred_on"])
            command = NoteFilingReturn(event.subject, day, event.data["report"])
            request = Request(case_id=event.data["case"], happened_on=day, causation=event.id)
            _unless_moved_on(office, tx, "note-filing-return", command, request)

    return {"filing_returned": filing_returned}


def own_news(office: Office) -> Mapping[str, Handler]:
    """23: nobody signed for a letter in time, so reception is presumed: the service learns it from its own journal."""
    def deadline_breached(tx: Connection, event: Event) -> None:
        said = event.data
        if said["clock"] != RECEIPT or not _stands(tx, event.subject, said["deadline"]):
            return
        request = Request(event.subject, happened_on=date.fromisoformat(said["started_on"]), causation=event.id)
        _unless_moved_on(office, tx, "presume-reception", Presume(said["deadline"]), request)

    def deadline_corrected(tx: Connection, event: Event) -> None:
        """A date put right: what was presumed by the wrong one is undone, and presumed anew where the breach stands."""
        said = event.data
        on, stands = date.fromisoformat(said["started_on"]), _stands(tx, event.subject, said["deadline"])
        if said["clock"] != RECEIPT or (stands and _presumed_on(office, tx, event.subject) == on):
            return
        request, presumption = Request(event.subject, happened_on=on, causation=event.id), Presume(said["deadline"])
        _unless_moved_on(office, tx, "undo-presumption", presumption, request)
        if stands:
            _unless_moved_on(office, tx, "presume-reception", presumption, request)

    return {"deadline_breached": deadline_breached, "deadline_corrected": deadline_corrected}


def _presumed_on(office: Office, tx: Connection, case_id: str) -> date | None:
    """The day from which reception is presumed; None where it is not."""
    kept = office.acts["cases"].store
    row = kept.get(tx, case_id)
    return kept.shut_case_of(row).leg.presumed_on if row else None


def _unless_moved_on(office: Office, tx: Connection, act: str, command: Any, request: Request) -> None:
    """Does what the news calls for; a case that has moved on since (reopened, signed for) needs it no more."""
    try:
        office.acts["cases"].do_in(tx, act, command, THE_SUITE, request)
    except Refused as refused:
        if refused.status != 409:
            raise
        log.info("%s does nothing to case %s: %s", act, request.case_id, refused)


def _stands(tx: Connection, case_id: str, deadline_id: str) -> bool:
    """Whether the breach still stands: what has been met, paused or begun anew since presumes nothing."""
    live = deadlines.load_open(tx, case_id)
    return any(each.id == deadline_id and each.state == OPEN and each.breached for each in live)


# Sharing tells the law, the desk who may act, oversight that a filing came back, its own journal that time ran out.
FOLLOWS = {"sharing": lambda _: law.HANDLERS, "desk": lambda _: appointments.HANDLERS, "oversight": filing_news,
           "transfer": own_news}
CASES = Keeping(
    CHAPTER,
    store.CASES,
    store.columns,
    usecases.PREPARE,
    usecases.SAVED,
    summary,
    conditions={"text": store.words_match, "respondent": store.respondent_is},
    filters=frozenset({"letter_number", "cause", "sender", "receiver"}),
    tells=frozenset({"respondent_key"}),
    look_up=usecases.LOOK_UP,
)
SPEC = Spec("transfer", "案件移送", (CASES,), store.TABLES, FOLLOWS)
