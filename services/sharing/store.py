"""The tables of the register, rulebooks, calendars and bases: their cases. What they say lies in shared/law."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.sharing.domain import BasisSet, CalendarYear, Publication
from services.sharing.register.agencies import Registration
from shared.acts.store import case_tables
from shared.crypto.vault import Vault

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


def agency_columns(case: Registration, _: Vault) -> Mapping[str, Any]:
    agency = case.agency
    return {
        "code": agency.code,
        "name": agency.name,
        "kind": agency.kind,
        "line": agency.line,
        "standing": agency.standing,
    }


def rulebook_columns(case: Publication, _: Vault) -> Mapping[str, Any]:
    return {"rulebook_id": case.rulebook, "version": case.version}


def calendar_columns(case: CalendarYear, _: Vault) -> Mapping[str, Any]:
    return {"year": case.year}


def basis_columns(case: BasisSet, _: Vault) -> Mapping[str, Any]:
    return {"document": case.basis.document}
