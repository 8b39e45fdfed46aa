"""一企一档: everything that concerns one organisation, as far as the viewer may see: records, and pointers to cases.

A pointer says that a case is there, where, since when, and who is in it; the case's own service tells the rest by its
own rules. Whoever is or was in a case gets one, justice and the government office all.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection
from stdnum.cn import uscc

from services.sharing import keeping_records as keeping
from services.sharing import store_dossiers as cases
from services.sharing.archive import Archive, head
from services.sharing.looking import Look, says_why
from services.sharing.records import ORGANISATION
from services.sharing.store_records import of_respondent
from shared.acts import whom
from shared.acts.model import Viewer
from shared.acts.office import Handler, Office
from shared.acts.store import sees_all
from shared.contracts.envelope import Event
from shared.contracts.personal import ERASED_WORD
from shared.journal.model import ERASED

MOST = 500                        # records, and cases, of one dossier
ADDRESSES = {"transfer": "/api/transfer/cases", "collab": "/api/collab/plans", "joint": "/api/joint/plans"}
IN_IT = ("agency", "sender", "receiver", "former", "successor")      # what an event calls an agency that is in its case


def dossier(archive: Archive, viewer: Viewer, organisation: str, look: Look) -> dict[str, Any]:
    """What is known of the organisation of this exact name or 统一社会信用代码. Raises Refused."""
    with archive.db.read() as tx:
        own, snapshot, today = archive.admitted(tx, viewer)
        says_why(look, snapshot.current(today), today)
        names = _names(archive, tx, organisation)
        keys = [key for name in names for key in whom.respondent_keys(name, archive.vault)]
        rows = _records(tx, keys)
        seen_by = None if sees_all(viewer, snapshot.register) else own.agencies
        found = cases.concerns(tx, keys, seen_by, MOST)
        parties = cases.agencies_of(tx, found)
    archive.note(viewer, look, "dossier", rows, own)
    return {
        "organisation": {"asked": organisation, "names": sorted({row["organisation"] for row in rows})},
        "records": [head(row, own, ()) for row in rows],
        "cases": [_pointer(case, parties) for case in found],
    }


def _names(archive: Archive, tx: Connection, asked: str) -> list[str]:
    """Every name and code that the records know the organisation by: a case may be kept under its code where the name
    is asked for, and the other way round."""
    names = {asked}
    for row in _records(tx, whom.respondent_keys(asked, archive.vault)):
        names |= set(keeping.opened(archive.vault, row).values()) - {ERASED_WORD}
    if uscc.is_valid(asked):
        names.add(uscc.compact(asked))
    return sorted(names)


def _records(tx: Connection, keys: Collection[str]) -> list[Mapping[str, Any]]:
    return of_respondent(tx, keys, ORGANISATION, MOST)


def _pointer(case: Mapping[str, Any], parties: Mapping[tuple[str, str], list[str]]) -> dict[str, Any]:
    where = ADDRESSES.get(case["service"], f"/api/{case['service']}")
    return {"service": case["service"], "case": case["case"], "opened_on": case["opened_on"].isoformat(),
            "agencies": parties.get((case["service"], case["case"]), []), "address": f"{where}/{case['case']}"}


def concerning(office: Office, service: str, handlers: Mapping[str, Handler]) -> Mapping[str, Handler]:
    """The handlers of another service's news; besides, whom a case is about is noted of each event that tells it."""
    def note(tx: Connection, event: Event) -> None:
        if event.name == ERASED:                         # its persons are nobody's to look up any more
            cases.forget(tx, service, event.subject)
        if key := event.data.get("respondent_key"):
            on = date.fromisoformat(event.data["occurred_on"])
            cases.note(tx, service, event.subject, key, on, {str(event.data.get(name, "")) for name in IN_IT})

    def both(handler: Handler) -> Handler:
        def handle(tx: Connection, event: Event) -> None:
            note(tx, event)
            handler(tx, event)
        return handle

    return {"*": note, **{name: both(handler) for name, handler in handlers.items()}}
