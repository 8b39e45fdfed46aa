"""一企一档: everything that concerns one organisation, as far as the viewer may see: records, and pointers to cases.

A pointer says that a case is there, where, since when, and who is in it; the case's own service tells the rest by its
own rules. Whoever is or was in a case gets one, justice and the government office all; of a plan who has left it by
what it named until then, and of a draft nobody but who was asked about it. Of queries and tips whoever sees whom they
are about gets one.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection
from stdnum.cn import uscc

from services.sharing.archive import repository
from services.sharing.archive.access import Look, says_why
from services.sharing.archive.domain import ORGANISATION
from services.sharing.archive.pages import NEWEST, heads
from services.sharing.archive.search import Archive
from services.sharing.archive.store import of_respondent
from services.sharing.dossiers import own_cases
from services.sharing.dossiers import plan_store as plans
from services.sharing.dossiers import store as cases
from shared.acts import whom
from shared.acts.model import Viewer
from shared.acts.office import Handler, Office
from shared.acts.store import sees_all
from shared.contracts.envelope import Event
from shared.contracts.personal import ERASED_WORD
from shared.journal.model import ERASED
from shared.kernel.errors import Refused
from shared.kernel.page_limits import BAD_AFTER, fits

MOST_NAMED = 500                  # records of which the names and codes of an organisation are taken
MOST_OF_RECORDS = 700_000         # bytes of a page: with the cases it is no megabyte
ADDRESSES = {"transfer": "/api/transfer/cases", "collab": "/api/collab/plans", "joint": "/api/joint/plans"}
IN_IT = ("agency", "sender", "receiver", "former", "successor")      # what an event calls an agency that is in its case


class Place(NamedTuple):
    """Where a page ends: below which record the next begins, and after which case. At the end of one of them nothing is
    below 0, or after the first day."""

    record: int = NEWEST
    case: cases.At = cases.BEGIN

    def told(self) -> str:
        return f"{self.record} {self.case.on.isoformat()} {self.case.case}"

    @staticmethod
    def of(text: str) -> "Place":
        """Raises Refused (400) for what no page has told."""
        if not text:
            return Place()
        try:
            record, on, case = text.split(" ")
            if not (record.isascii() and record.isdigit() and len(record) < 20 and len(case) < 40):
                raise ValueError(text)
            return Place(int(record), cases.At(date.fromisoformat(on), case))
        except ValueError:
            raise Refused(BAD_AFTER) from None


END = Place(0, cases.At(date.min, ""))


def dossier(archive: Archive, viewer: Viewer, organisation: str, look: Look, limit: int,
            after: str = "") -> dict[str, Any]:
    """What is known of the organisation of this exact name or 统一社会信用代码: a page of `limit` records and as many cases.
    Raises Refused."""
    place = Place.of(after)
    with archive.db.read() as tx:
        snapshot = archive.law.snapshot(tx)
        own, today = archive.admitted(snapshot, viewer)
        says_why(look, snapshot.current(today), today)
        names, titles = _names(archive, tx, organisation)
        keys = [key for name in names for key in whom.respondent_keys(name, archive.vault)]
        rows = of_respondent(tx, keys, ORGANISATION, limit + 1, place.record)
        everything = sees_all(viewer, snapshot.register)
        found = [*cases.concerns(tx, keys, None if everything else own.agencies, limit + 1, place.case),
                 *plans.naming(tx, keys, viewer.agency, limit + 1, place.case, oversees=everything),
                 *own_cases.about(tx, archive.office, keys, viewer, snapshot.register, limit + 1, place.case)]
        found.sort(key=lambda each: (each["opened_on"], each["case"]), reverse=True)
        others = [each for each in found[:limit] if "service" in each]
        parties = {**cases.agencies_of(tx, [each for each in others if "plan" not in each]),
                   **plans.agencies_of(tx, [each for each in others if "plan" in each], viewer.agency)}
    told = heads(rows[:limit], own)
    shown = fits(told, MOST_OF_RECORDS)
    archive.note(viewer, look, "dossier", rows[:shown], own)
    return {
        "organisation": {"asked": organisation, "names": sorted(
            titles | {row["organisation"] for row in rows[:shown]})},
        "records": told[:shown],
        "cases": [case for each in found[:limit] if (case := _pointer(archive.office, each, parties, viewer))],
        "next": _next(rows, shown, found, limit),
    }


def _next(rows: Sequence[Mapping[str, Any]], shown: int, found: Sequence[Mapping[str, Any]], limit: int) -> str:
    """Where the page ends that shows so many of the records and `limit` cases, empty at the end of both."""
    record = rows[shown - 1]["nr"] if len(rows) > shown else END.record
    last = found[limit - 1] if len(found) > limit else None
    place = Place(record, cases.At(last["opened_on"], last["case"]) if last else END.case)
    return "" if place == END else place.told()


def _names(archive: Archive, tx: Connection, asked: str) -> tuple[list[str], set[str]]:
    """Every name and code that the records know the organisation by: a case may be kept under its code where the name
    is asked for, and the other way round; and of these the names."""
    names, titles = {asked}, set()
    keys = whom.respondent_keys(asked, archive.vault)
    for row in of_respondent(tx, keys, ORGANISATION, MOST_NAMED, NEWEST):
        names |= set(repository.opened(archive.vault, row).values()) - {ERASED_WORD}
        titles.add(row["organisation"])
    if uscc.is_valid(asked):
        names.add(uscc.compact(asked))
    return sorted(names), titles


def _pointer(office: Office, case: Mapping[str, Any], parties: Mapping[tuple[str, str], list[str]],
             viewer: Viewer) -> dict[str, Any] | None:
    told = {"case": case["case"], "opened_on": case["opened_on"].isoformat()}
    if "path" in case:
        own = own_cases.pointer(office, case["path"], case["case"], viewer)
        return own and told | own
    where = ADDRESSES.get(case["service"], f"/api/{case['service']}")
    return told | {"service": case["service"], "agencies": parties.get((case["service"], case["case"]), []),
                   "address": f"{where}/{case['case']}"}


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
