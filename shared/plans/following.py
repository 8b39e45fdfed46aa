"""What a service of plans does on the news of others and its own: an action that nobody ended, a finding handed on."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.engine import Connection

from shared.acts.hearing import stands, unless_moved_on
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.contracts.envelope import Event
from shared.deadlines import store
from shared.law import handlers as law
from shared.plans.amending import REJECTED, RETURNED
from shared.plans.commands import NoteHandOn, PresumeEnd

# An officer types where a case comes from: what names no finding of this service, or not one of the sender's, says
# nothing to a plan.
NOTHING_TO_NOTE = frozenset({403, 404, 409, 422})


def own_news(office: Office) -> Mapping[str, Handler]:
    """Nobody ended an action whose time had run out: its end is presumed. Learnt from the service's own journal."""
    clock, acts = f"{office.name}.end_presumption", office.acts["plans"]

    def deadline_breached(tx: Connection, event: Event) -> None:
        said = event.data
        if said["clock"] == clock and stands(tx, event.subject, said["deadline"]):
            request = Request(event.subject, causation=event.id)
            unless_moved_on(acts, tx, "presume-end", PresumeEnd(said["deadline"]), request)

    def not_extended(tx: Connection, event: Event) -> None:
        """An extension that is not given lets the presumption go on, at once where its days are over."""
        for each in store.for_case(tx, event.subject):
            if each.clock == clock and each.live and each.breached:
                request = Request(event.subject, causation=event.id)
                unless_moved_on(acts, tx, "presume-end", PresumeEnd(each.id), request)

    return {"deadline_breached": deadline_breached, RETURNED: not_extended, REJECTED: not_extended}


def transfers_news(office: Office) -> Mapping[str, Handler]:
    """10, 22: a transfer was announced that began from a finding of a plan: the finding is handed on."""
    return {"announced": _handed_on(office, "transfer")}


def sharings_news(office: Office) -> Mapping[str, Handler]:
    """The law; and 10, 28: a finding of a plan was shared as a tip: it is handed on."""
    return {**law.HANDLERS, "tip_shared": _handed_on(office, "tip")}


def _handed_on(office: Office, kind: str) -> Handler:
    acts = office.acts["plans"]

    def noted(tx: Connection, event: Event) -> None:
        said = event.data
        service, _, rest = str(said.get("origin_ref", "")).partition("/")
        plan, _, finding = rest.partition("/")
        if said.get("origin_kind") != "finding" or service != office.name or not finding.isdigit():
            return
        command = NoteHandOn(int(finding), event.subject, said["agency"], date.fromisoformat(said["occurred_on"]),
                             said.get("receiver", ""), kind)
        unless_moved_on(acts, tx, "note-hand-on", command, Request(plan, causation=event.id), NOTHING_TO_NOTE)

    return noted
