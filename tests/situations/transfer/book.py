"""第四章 案件移送 as its situations play it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from services.transfer import afterwards, corrections, criminal, disputes, receiving, scene, sending
from services.transfer.case import Transfer
from services.transfer.commands import ReissueLetter
from services.transfer.domain import CHAPTER
from services.transfer.refusals import REFUSALS, WARNINGS
from services.transfer.schemas import SCHEMAS
from services.transfer.turns import Presume
from shared.acts import heirs, succession
from shared.acts.corrections import Original
from shared.acts.filings import NoteFilingReturn
from shared.acts.model import Act
from tests.situations import succeeding
from tests.situations.book import Book, Step
from tests.situations.transfer.builders import BUILDERS, PATHS


def actor(act: Act, case: Transfer | None) -> str:
    """The sender where it may, else the receiver; the ruler or the referrer for theirs; who did not ask states its
    view; closing papers are the receiver's."""
    if case is None:
        return "zjj"
    if own := act.by & {"ruler", "referrer"}:
        absent = {"ruler": "sfj", "referrer": case.sender}[min(own)]
        return next((party.agency for party in case.parties if party.part in own and party.until is None), absent)
    if act.name == "state-view" and case.contests:
        return ({case.sender, case.receiver} - {case.contests[-1].by}).pop()
    if act.name == "add-material" and case.closed_on:
        return case.receiver
    return case.sender if "sender" in act.by else case.receiver


def filing_return(case: Transfer | None, day: date, looked_up: Step) -> NoteFilingReturn:
    return NoteFilingReturn("f-1", day, looked_up.get("report", case.reports_made if case else 0))


def presumption(case: Transfer | None, day: date, looked_up: Step) -> Presume:
    return Presume(deadline="d-1")


def letter_replaced(command: ReissueLetter, done: Sequence[Original]) -> Any:
    letters = [each for each in done if each.act in ("issue-letter", "reissue-letter")]
    return replace(command, replaces=letters[-1] if letters else None)


TRANSFER = Book(
    chapter=CHAPTER,
    schemas=SCHEMAS,
    builders=BUILDERS,
    paths=PATHS,
    refusals=(*REFUSALS, *succeeding.REFUSALS),
    warnings=(*WARNINGS, *heirs.WARNINGS),
    modules=(sending, receiving, scene, afterwards, disputes, criminal, corrections, succession),
    actor=succeeding.by_justice(actor),
    correctable=corrections.ROWS,
    by_suite={"note-filing-return": filing_return, "presume-reception": presumption,
              "undo-presumption": presumption, "succeed": succeeding.ended(lambda case: case.receiver)},
    impossible=succeeding.IMPOSSIBLE,
    looked_up={"reissue-letter": letter_replaced},
    uploads=frozenset({"add-material"}),
    views={"推定接收": lambda case: case.leg.presumed_on},
)
