"""第二十八条 案源共享: what sharing does on the news of plans and transfers: findings that may become tips, and what
becomes of a transfer that began from a tip."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.engine import Connection

from services.sharing.tips import store
from services.sharing.tips.commands import NoteTransfer
from services.sharing.tips.domain.case import GONE
from shared.acts.findings import FINDING
from shared.acts.hearing import unless_moved_on
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.contracts.envelope import Event

OWN = "own"                       # the remit of a finding that is its finder's own case
# What is told of a transfer after its notice: how far it is.
TURNS = ("accepted", "refused", "closed", "reopened", "ended", "ruled_ended", "withdrawn", "criminal_closed")
NOTHING_TO_NOTE = frozenset({404, 409})


def plans_news(_: Office) -> Mapping[str, Handler]:
    """10: what is found in an action and is not in the finder's own remit is handed on: as a tip where nobody says
    whose it is. It is the finder's officer who shares it: what goes out is approved by a person."""
    def found(tx: Connection, event: Event) -> None:
        said = event.data
        if said["remit"] != OWN:
            ref = f"{event.source}/{event.subject}/{said['finding']['item']}"
            store.put_finding(tx, ref, store.Made(said["agency"], said["to"], said["cause"]))

    def settled(tx: Connection, event: Event) -> None:
        store.drop_finding(tx, f"{event.source}/{event.subject}/{event.data['finding']['item']}")

    return {"finding_recorded": found, "finding_to_hand_on": found, "finding_settled": settled}


def transfers_news(office: Office) -> Mapping[str, Handler]:
    """28, 22: a transfer began from a tip, and what became of it; one that hands on a finding leaves no tip to make."""
    acts = office.acts["tips"]

    def note(tx: Connection, event: Event, tip: str) -> None:
        said = event.data
        command = NoteTransfer(event.subject, said["sender"], said["state"], date.fromisoformat(said["occurred_on"]))
        unless_moved_on(acts, tx, "note-transfer", command, Request(tip, causation=event.id), NOTHING_TO_NOTE)

    def announced(tx: Connection, event: Event) -> None:
        kind, ref = event.data.get("origin_kind"), event.data.get("origin_ref", "")
        if kind == FINDING:
            store.hand_on(tx, ref, event.subject)
        elif kind and ref:
            store.put_transfer(tx, event.subject, ref)
            note(tx, event, ref)

    def turned(tx: Connection, event: Event) -> None:
        if event.data["state"] in GONE:
            store.take_back(tx, event.subject)
        if tip := store.tip_of(tx, event.subject):
            note(tx, event, tip)

    return {"announced": announced, **dict.fromkeys(TURNS, turned)}
