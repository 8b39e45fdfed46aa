"""What the rooms below need to know of chapter 4: how its cases are kept, and whose news it follows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.transfer import store, usecases
from services.transfer.case import Transfer
from services.transfer.commands import NoteFilingReturn
from services.transfer.domain import CHAPTER
from shared.access import appointments
from shared.acts.model import THE_SUITE
from shared.acts.office import Handler, Office, Spec
from shared.acts.perform import Keeping
from shared.acts.request import Request
from shared.contracts.envelope import Event
from shared.law import handlers as law


def summary(case: Transfer) -> Mapping[str, Any]:
    """What a list shows of a case, as seen."""
    leg = case.leg
    return {"sender": case.sender, "receiver": leg.receiver, "cause": case.matter.cause,
            "respondent": case.matter.respondent.name.value, "letter_number": leg.letter.number if leg.letter else ""}


def filing_news(office: Office) -> Mapping[str, Handler]:
    """25: justice returned the filing of a closing report, so the report is due again."""
    def filing_returned(tx: Connection, event: Event) -> None:
        if event.data["chapter"] == "transfer":
            command = NoteFilingReturn(filing=event.subject, returned_on=date.fromisoformat(event.data["occurred_on"]))
            office.acts["cases"].do_in(tx, "note-filing-return", command, THE_SUITE, Request(
                case_id=event.data["case"], happened_on=command.returned_on, causation=event.id))

    return {"filing_returned": filing_returned}


# Sharing tells the law, the desk who may act, oversight that a filing came back.
FOLLOWS = {"sharing": lambda _: law.HANDLERS, "desk": lambda _: appointments.HANDLERS, "oversight": filing_news}
CASES = Keeping(CHAPTER, store.CASES, store.columns, usecases.PREPARE, usecases.SAVED, summary,
                conditions={"text": store.words_match, "respondent": store.respondent_is},
                filters=frozenset({"letter_number", "cause", "sender", "receiver"}), tells=frozenset({"respondent_key"}))
SPEC = Spec("transfer", "案件移送", (CASES,), store.TABLES, FOLLOWS)
