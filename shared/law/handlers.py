"""What a service does on hearing of the law from `sharing`. Projections: the same event again changes nothing."""

from collections.abc import Callable, Mapping

from sqlalchemy.engine import Connection

from shared.contracts.envelope import Event
from shared.contracts.register import Agency
from shared.law import holds, subscriptions, tables
from shared.law.store import read
from shared.rulebook.model import Basis


def rulebook_published(tx: Connection, event: Event) -> None:
    """Raises RulebookErrors for a text that this release cannot read: the event is parked, the old law stays."""
    rulebook = read(event.data["text"])
    tables.put_rulebook(tx, rulebook.version, rulebook.id, event.data["text"], event.time)


def calendar_published(tx: Connection, event: Event) -> None:
    tables.put_years(tx, {event.data["year"]: event.data["file"]}, event.time)


def agency_registered(tx: Connection, event: Event) -> None:
    tables.put_agencies(tx, [Agency.from_dict(event.data["registered"])])


def agency_dissolved(tx: Connection, event: Event) -> None:
    """What the agency had in this service's cases is handed over afterwards, a case a transaction."""
    agency_registered(tx, event)
    said = event.data
    tables.put_dissolution(tx, event.id, said["registered"]["code"], said["document"], event.time)


def basis_set(tx: Connection, event: Event) -> None:
    tables.put_basis(tx, event.data["rulebook"], Basis.from_dict(event.data["basis"]))


AGENCY_EVENTS = frozenset({
    "agency_registered", "agency_changed", "entrustment_renewed", "entrustment_passed", "entrustment_ended",
    "dissolution_ordered", "dissolution_revoked", "agency_dissolved",
})      # each tells the agency whole, one that is to be dissolved with the last day on which it acts
HANDLERS: Mapping[str, Callable[[Connection, Event], None]] = {
    "rulebook_published": rulebook_published,
    "calendar_published": calendar_published,
    **dict.fromkeys(AGENCY_EVENTS, agency_registered),
    "agency_dissolved": agency_dissolved,
    "basis_set": basis_set,
    **holds.HANDLERS,
    **subscriptions.HANDLERS,
}
