"""一企一档: what sharing hears of plans: whom one names, who is in it, and from when on it is known to who oversees it."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.engine import Connection

from services.sharing.dossiers import plan_store as store
from services.sharing.tips import handlers
from shared.acts.office import Handler, Office
from shared.acts.succession import EVENTS as SUCCESSIONS
from shared.bus.projecting import Projection, keeping
from shared.contracts.envelope import Event
from shared.journal.model import ERASED
from shared.plans.concerned import GONE, KEYS
from shared.plans.states import PRIVATE

SOURCES = ("collab", "joint")


def take(tx: Connection, _: str, events: Sequence[Event]) -> None:
    """Notes of each event whom the plan names and who is in it now."""
    for event in events:
        note(tx, event)


PROJECTION = Projection((store.PLAN, store.NAMED, store.MEMBER), take)


def plans_news(office: Office) -> Mapping[str, Handler]:
    """What it hears of plans: whom each concerns, and what was found that may be a tip."""
    return keeping((PROJECTION,), handlers.plans_news(office))


def note(tx: Connection, event: Event) -> None:
    """Notes of an event whom the plan names and who is in it now. One that goes to who has left tells no list of these:
    nothing of it has changed."""
    if event.name == ERASED:                             # its persons are nobody's to look up any more
        store.forget(tx, event.source, event.subject)
    said = event.data
    if "lead" not in said or "participants" not in said:
        return
    service, case, at = event.source, event.subject, event.position
    store.heard(tx, service, case, date.fromisoformat(said["occurred_on"]),
                overseen=said.get("state", "") not in {"", *PRIVATE})
    _members(tx, event)
    store.named(tx, service, case, said.get(KEYS, ()), said.get(GONE, ()), at)


def _members(tx: Connection, event: Event) -> None:
    said, service, case, at = event.data, event.source, event.subject, event.position
    rows = store.members(tx, service, case)
    now = {agency for agency in (said["lead"], *said["participants"]) if agency}
    related = {said["related"]} if said.get("related") else set[str]()
    stays = {name for name, row in rows.items() if row["related"] and row["until"] is None}
    if event.name in SUCCESSIONS:
        stays -= {said["former"]}
        if said["successor"] and said["former"] in rows and rows[said["former"]]["related"]:
            related.add(said["successor"])
    for agency in sorted(now | related):
        row = rows.get(agency)
        if row is None or row["until"] is not None or (agency in related and not row["related"]):
            store.enter(tx, service, case, agency, at, there=row is not None, related=agency in related)
    for agency, row in sorted(rows.items()):
        if row["until"] is None and agency not in now | related | stays:
            store.leave(tx, service, case, agency, at)
