"""What a service does on hearing of the law from `sharing`. Projections: the same event again changes nothing."""

from collections.abc import Callable, Mapping

from sqlalchemy.engine import Connection

from shared.contracts.envelope import Event
from shared.contracts.register import Agency
from shared.law import holds, tables
from shared.rulebook.loader import load
from shared.rulebook.model import Basis


def rulebook_published(tx: Connection, event: Event) -> None:
    """Raises RulebookErrors for a text that this release cannot read: the event is parked, the old law stays."""
    rulebook = load(event.data["text"])
    tables.put_rulebook(tx, rulebook.version, rulebook.id, event.data["text"], event.time)


def calendar_published(tx: Connection, event: Event) -> None:
    tables.put_year(tx, event.data["year"], event.data["file"], event.time)


def agency_registered(tx: Connection, event: Event) -> None:
    tables.put_agency(tx, Agency.from_dict(event.data["registered"]))


def agency_dissolved(tx: Connection, event: Event) -> None:
    """What the agency had in this service's cases is handed over afterwards, a case a transaction."""
    agency_registered(tx, event)
    said = event.data
    tables.put_dissolution(tx, event.id, said["registered"]["code"], said["document"], event.time)


def basis_set(tx: Connection, event: Event) -> None:
    tables.put_basis(tx, event.data["rulebook"], Basis.from_dict(event.data["basis"]))


HANDLERS: Mapping[str, Callable[[Connection, Event], None]] = {
    "rulebook_published": rulebook_published,
    "calendar_published": calendar_published,
    "agency_registered": agency_registered,
    "agency_changed": agency_registered,       # it tells the agency whole, as it now is
    "dissolution_ordered": agency_registered,  # with the last day to come: from the day after it acts no more
    "dissolution_revoked": agency_registered,
    "agency_dissolved": agency_dissolved,
    "basis_set": basis_set,
    **holds.HANDLERS,
}
