"""一企一档: the queries and tips of this service that are about an organisation, as far as each shows the viewer whom."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.archive.domain import ORGANISATION
from services.sharing.dossiers.store import At
from services.sharing.queries.domain.case import Query
from services.sharing.queries.store import QUERIES
from services.sharing.tips.domain.case import Tip
from services.sharing.tips.store import TIPS
from shared.acts.model import Viewer
from shared.acts.office import Office
from shared.contracts.register import Register
from shared.db.database import among
from shared.kernel.errors import Refused


def about(tx: Connection, office: Office, keys: Collection[str], viewer: Viewer, register: Register,
          most: int, after: At) -> list[dict[str, Any]]:
    """The queries and tips about the organisation of these keys that the viewer may know of, after a place, newest
    first: path, case, opened_on."""
    queries, tips = QUERIES.case.c, TIPS.case.c
    found: list[dict[str, Any]] = []
    of_query = among(tx, queries.respondent_key, keys) | among(tx, queries.respondent_name_key, keys)
    for path, which in (("queries", of_query), ("tips", among(tx, tips.respondent_key, keys))):
        known = office.acts[path].store.select(viewer, register).where(which).subquery()
        rows = tx.execute(sa.select(known.c.id, known.c.opened_on)
                          .where(after.later(known.c.opened_on, known.c.id))
                          .order_by(known.c.opened_on.desc(), known.c.id.desc()).limit(most))
        found += [{"path": path, "case": row.id, "opened_on": row.opened_on} for row in rows]
    return found


def pointer(office: Office, path: str, id_: str, viewer: Viewer) -> dict[str, Any] | None:
    """What is told of one: who is in it. None of one whose respondent is hidden from the viewer: the dossier would name
    it."""
    try:
        seen: Query | Tip = office.reads[path].seen(id_, viewer)
    except Refused:
        return None
    whom = seen.asking.question.respondent if isinstance(seen, Query) else seen.said.respondent
    if whom.kind != ORGANISATION or not whom.name:
        return None
    agencies = (seen.asker, seen.holder) if isinstance(seen, Query) else (seen.sharer, seen.claimer)
    return {"service": "sharing", "agencies": sorted({agency for agency in agencies if agency}),
            "address": f"/api/sharing/{path}/{id_}"}
