"""What clocks were judged otherwise, and why: a breach undone by a 补录 or a 更正, one made late. For justice and 市政府办公室.

The list is the journal's own: nothing is kept twice, and what is told here was told to one of the two, so that nobody
learns by it of a draft. The reason an officer gave is private to the case, so the list stands in the service that keeps
the case.
"""

from typing import Any

from sqlalchemy.engine import Connection

from shared.acts.keeping import Means
from shared.acts.model import Viewer
from shared.acts.originals import reasons
from shared.acts.reading import Page
from shared.acts.signed import reads_signature
from shared.acts.store import sees_all
from shared.contracts.envelope import stamp
from shared.contracts.register import GOVERNMENT_OFFICE, JUSTICE, Register
from shared.journal.model import Entry
from shared.kernel.errors import Refusal, Refused
from shared.kernel.page_limits import BAD_AFTER

FOR_OVERSEERS = Refusal("FOR_OVERSEERS", "更正和补录情况表由司法行政部门和市政府办公室查看。",
                        "This list is for justice and the government office.", "29", 403)


def page(means: Means, viewer: Viewer, limit: int, after: str = "") -> Page:
    """A page of deadlines judged otherwise, newest first. Raises Refused (403, 400)."""
    if after and not (after.isascii() and after.isdigit() and len(after) < 19):
        raise Refused(BAD_AFTER)
    with means.db.read() as tx:
        register = means.law.snapshot(tx).register
        if not sees_all(viewer, register):
            raise Refused(FOR_OVERSEERS)
        overseers = register.standing_agencies(JUSTICE, GOVERNMENT_OFFICE)
        found = means.journal.judged_anew(tx, overseers, int(after or 0), limit + 1)
        items = tuple(_item(tx, means, entry, viewer, register) for entry in found[:limit])
    return Page(items, str(found[limit - 1].position) if len(found) > limit else "")


def _item(tx: Connection, means: Means, entry: Entry, viewer: Viewer, register: Register) -> dict[str, Any]:
    """`by`: the event that did it: an act entered late, a correction; a calendar or rulebook has none. `withdrawn`: the
    generation whose breach stands no more; None where none was undone."""
    data = entry.data
    cause = means.journal.entry(tx, entry.causation) if entry.causation else None
    return {
        "case": entry.stream,
        "deadline": data["deadline"],
        "clock": data["clock"],
        "bound": data["bound"],
        "statutory": data["statutory"],
        "says": data["says"],
        "why": data["why"],
        "was": data["was"],
        "due_on": data["due_on"],
        "met_on": data["met_on"],
        "late": data["late"],
        "state": data["state"],
        "withdrawn": data["withdrawn"].get("generation") if data.get("withdrawn") else None,
        "recorded_at": stamp(entry.recorded_at),
        "entry": entry.id,
        "by": None
        if cause is None
        else {
            "entry": cause.id,
            "event": cause.type,
            "agency": cause.agency,
            "occurred_on": cause.occurred_on.isoformat(),
            **reasons(tx, means.journal, cause, reads_signature(viewer.agency, cause.agency, register)),
        },
    }
