"""一企一档: pointers to the cases of other services that concern a respondent, as their events tell, and all their SQL."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.store import TABLES
from shared.db.database import among

CONCERN = sa.Table(
    "concern", TABLES,
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("respondent_key", sa.String(200), nullable=False),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Index("concern_by_respondent", "respondent_key"),
)
CONCERN_PARTY = sa.Table(
    "concern_party", TABLES,
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("agency", sa.String(40), primary_key=True),
)


def note(tx: Connection, service: str, case: str, respondent_key: str, on: date, agencies: Iterable[str]) -> None:
    """A case concerns a respondent, whom a later event may set right; who is in it once, was in it for ever."""
    concern, party = CONCERN.c, CONCERN_PARTY.c
    this = (concern.service == service) & (concern.case == case)
    found = tx.execute(sa.select(concern.respondent_key).where(this)).scalar()
    if found is None:
        tx.execute(CONCERN.insert(), {
            "service": service, "case": case, "respondent_key": respondent_key, "opened_on": on})
    elif found != respondent_key:
        tx.execute(CONCERN.update().where(this).values(respondent_key=respondent_key))
    there = set(tx.execute(sa.select(party.agency).where(party.service == service, party.case == case)).scalars())
    if new := sorted({agency for agency in agencies if agency} - there):
        tx.execute(CONCERN_PARTY.insert(), [{"service": service, "case": case, "agency": agency} for agency in new])


def forget(tx: Connection, service: str, case: str) -> None:
    """A case concerns nobody any more: what it held of persons was erased."""
    for table in (CONCERN, CONCERN_PARTY):
        tx.execute(table.delete().where(table.c.service == service, table.c.case == case))


class At(NamedTuple):
    """A case's place among those of a dossier: the latest first."""

    on: date
    case: str

    def later(self, on: sa.ColumnElement[date], case: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
        """What comes after the place."""
        return (on < self.on) | ((on == self.on) & (case < self.case))


BEGIN = At(date.max, "")


def concerns(tx: Connection, keys: Collection[str], parties: Collection[str] | None, most: int,
             after: At = BEGIN) -> list[dict[str, Any]]:
    """The cases of these respondents after a place, newest first; only those that one of `parties` is or was in (None:
    all)."""
    concern, party = CONCERN.c, CONCERN_PARTY.c
    query = sa.select(concern.service, concern.case, concern.opened_on).where(
        among(tx, concern.respondent_key, keys), after.later(concern.opened_on, concern.case))
    if parties is not None:
        query = query.where(sa.exists().where(party.service == concern.service, party.case == concern.case,
                                              among(tx, party.agency, parties)))
    rows = tx.execute(query.order_by(concern.opened_on.desc(), concern.case.desc()).limit(most)).mappings()
    return [dict(row) for row in rows]


def agencies_of(tx: Connection, cases: Collection[Mapping[str, Any]]) -> dict[tuple[str, str], list[str]]:
    """Who is or was in each of these cases."""
    party = CONCERN_PARTY.c
    told: dict[tuple[str, str], list[str]] = {}
    ids = [case["case"] for case in cases]
    for row in tx.execute(sa.select(CONCERN_PARTY).where(among(tx, party.case, ids)).order_by(party.agency)):
        told.setdefault((row.service, row.case), []).append(row.agency)
    return told
