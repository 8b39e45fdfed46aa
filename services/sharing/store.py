"""The tables of the register, rulebooks, calendars and bases: their cases. What they say lies in shared/law."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.agencies import Registration
from services.sharing.domain import BasisSet, CalendarYear, Publication
from shared.acts.store import case_tables
from shared.vault import Vault

TABLES = sa.MetaData()

AGENCIES = case_tables(
    "agency", TABLES,
    sa.Column("code", sa.String(40), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("line", sa.String(40), nullable=False),
    sa.Column("standing", sa.String(40), nullable=False),
)
RULEBOOKS = case_tables(
    "rulebook", TABLES,
    sa.Column("rulebook_id", sa.String(80), nullable=False),
    sa.Column("version", sa.String(80), nullable=False),
)
CALENDARS = case_tables("calendar", TABLES, sa.Column("year", sa.Integer, nullable=False))
BASES = case_tables("basis", TABLES, sa.Column("document", sa.String(200), nullable=False))

AGENCY_FILTERS = frozenset({"code", "name", "kind", "line", "standing"})


def agency_columns(case: Registration, _: Vault) -> Mapping[str, Any]:
    agency = case.agency
    return {"code": agency.code, "name": agency.name, "kind": agency.kind, "line": agency.line, "standing": agency.standing}


def rulebook_columns(case: Publication, _: Vault) -> Mapping[str, Any]:
    return {"rulebook_id": case.rulebook, "version": case.version}


def calendar_columns(case: CalendarYear, _: Vault) -> Mapping[str, Any]:
    return {"year": case.year}


def basis_columns(case: BasisSet, _: Vault) -> Mapping[str, Any]:
    return {"document": case.basis.document}


def one_at_a_time(tx: Connection) -> None:
    """The acts on the common things follow one another, until the transaction ends; SQLite's file lock does that anyway.

    Names, signs and standings are unique over all agencies, which no lock on one of them can hold.
    """
    if tx.dialect.name != "sqlite":
        tx.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended('sharing.common', 0))"))


def case_of_agency(tx: Connection, code: str) -> str | None:
    """The case id of an agency of the register; None where there is none of that code."""
    case = AGENCIES.case.c
    found: str | None = tx.execute(sa.select(case.id).where(case.code == code)).scalar()
    return found
