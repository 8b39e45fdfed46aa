"""The law and the register as one service knows them: its own copy, fed by the events of `sharing`.

Every service answers from its own tables, so an act never waits for another service. `sharing` itself writes them in
the transaction of the act that publishes; all others through this room's handlers.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.contracts.envelope import canonical
from shared.contracts.register import Agency
from shared.db.database import SHARED, UtcInstant
from shared.db.pipelining import Trip
from shared.rulebook.model import Basis

RULEBOOKS = sa.Table(
    "law_rulebook", SHARED,
    sa.Column("version", sa.Text, primary_key=True),           # digest of the text
    sa.Column("rulebook", sa.Text, nullable=False),            # rongcheng-2021
    sa.Column("text", sa.Text, nullable=False),                # the file as published
    sa.Column("published_at", UtcInstant, nullable=False),
)
CALENDARS = sa.Table(
    "law_calendar", SHARED,
    sa.Column("year", sa.Integer, primary_key=True),
    sa.Column("doc", sa.Text, nullable=False),                 # canonical JSON of the year file
    sa.Column("published_at", UtcInstant, nullable=False),
)
AGENCIES = sa.Table(
    "law_agency", SHARED,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("doc", sa.Text, nullable=False),
)
BASES = sa.Table(
    "law_basis", SHARED,
    sa.Column("rulebook", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("doc", sa.Text, nullable=False),
)
DISSOLUTIONS = sa.Table(
    "law_dissolution", SHARED,                                 # what ended agencies left is handed over by these
    sa.Column("event", sa.Text, primary_key=True),             # id of agency_dissolved: the cause of what it brings
    sa.Column("former", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),            # 文号
    sa.Column("heard_at", UtcInstant, nullable=False),
)
VERSION = sa.Table(
    "law_version", SHARED,
    sa.Column("one", sa.Integer, primary_key=True),
    # A fresh value with every change, not a number: what a rolled-back transaction read may never look current.
    sa.Column("token", sa.Text, nullable=False),
)
TOKEN = sa.select(VERSION.c.token)
HOLDS = sa.select(VERSION.c.token == sa.bindparam("known_law"))       # whether that is still the token


def put_rulebook(tx: Connection, version: str, rulebook: str, text: str, at: datetime) -> None:
    """Keeps a version of a rulebook, as the one published last. The same version again changes nothing but its date."""
    others = sa.select(sa.func.max(RULEBOOKS.c.published_at, type_=UtcInstant)).where(RULEBOOKS.c.version != version)
    if (last := tx.execute(others).scalar()) is not None:
        at = max(at, last + timedelta(microseconds=1))      # two of one instant have an order too
    _put(tx, RULEBOOKS, {"version": version, "rulebook": rulebook, "text": text, "published_at": at})


def put_years(tx: Connection, docs: Mapping[int, Mapping[str, Any]], at: datetime) -> None:
    """Keeps the calendars of these years, each in place of what was known of it. `docs`: year files as plain data."""
    _put(tx, CALENDARS, *({"year": year, "doc": canonical(doc), "published_at": at} for year, doc in docs.items()))


def put_agencies(tx: Connection, agencies: Iterable[Agency]) -> None:
    """Keeps these agencies as they now are in the register."""
    _put(tx, AGENCIES, *({"code": agency.code, "doc": canonical(agency.to_dict())} for agency in agencies))


def put_dissolution(tx: Connection, event: str, former: str, document: str, at: datetime) -> None:
    """Keeps that an agency came to its end: what it had is to be handed over. The same event again changes nothing."""
    if tx.execute(sa.select(DISSOLUTIONS.c.event).where(DISSOLUTIONS.c.event == event)).first() is None:
        tx.execute(sa.insert(DISSOLUTIONS).values(event=event, former=former, document=document, heard_at=at))


def put_basis(tx: Connection, rulebook: str, basis: Basis) -> None:
    """Keeps what a rulebook rests on after its last day (33)."""
    _put(tx, BASES, {"rulebook": rulebook, "document": basis.document, "doc": canonical(basis.to_dict())})


def _put(tx: Connection, table: sa.Table, *rows: Mapping[str, Any]) -> None:
    """Each in place of the row of the same key."""
    if not rows:
        return
    key = [column.name for column in table.primary_key]
    at = [column == sa.bindparam(f"at_{column.name}") for column in table.primary_key]
    tx.execute(sa.delete(table).where(*at), [{f"at_{name}": row[name] for name in key} for row in rows])
    tx.execute(sa.insert(table), rows)
    token = uuid.uuid4().hex
    if not tx.execute(sa.update(VERSION).where(VERSION.c.one == 1).values(token=token)).rowcount:
        tx.execute(sa.insert(VERSION).values(one=1, token=token))


def token(tx: Connection) -> str:
    """Changes with every change of the law or the register; empty before the first."""
    return token_of(Trip(tx, binary=True).ask(TOKEN)())


def token_of(rows: Sequence[Sequence[str]]) -> str:
    """The same of what TOKEN was answered with."""
    return rows[0][0] if rows else ""


def rulebook_texts(tx: Connection) -> list[tuple[str, str]]:
    """(version, text) of every rulebook, the latest published last."""
    order = (RULEBOOKS.c.published_at, RULEBOOKS.c.version)
    return [(row.version, row.text) for row in tx.execute(sa.select(RULEBOOKS).order_by(*order))]


def last_published(tx: Connection) -> dict[str, datetime]:
    """When the last of a kind was published, `calendar` and `rulebook`; without what never was."""
    kinds = {"calendar": CALENDARS, "rulebook": RULEBOOKS}
    found = {kind: tx.execute(sa.select(sa.func.max(table.c.published_at, type_=UtcInstant))).scalar()
             for kind, table in kinds.items()}
    return {kind: at for kind, at in found.items() if at}


def year_docs(tx: Connection) -> list[Mapping[str, Any]]:
    """The year files as plain data, by year."""
    return [json.loads(row.doc) for row in tx.execute(sa.select(CALENDARS.c.doc).order_by(CALENDARS.c.year))]


def agencies(tx: Connection) -> list[Agency]:
    """Every agency that was ever registered, by code."""
    found = tx.execute(sa.select(AGENCIES.c.doc).order_by(AGENCIES.c.code))
    return [Agency.from_dict(json.loads(row.doc)) for row in found]


@dataclass(frozen=True, slots=True)
class Dissolution:
    """The end of an agency, as its event told it."""

    event: str
    former: str
    document: str


def dissolutions(tx: Connection) -> list[Dissolution]:
    """The ends of agencies heard of so far, in their order."""
    row = DISSOLUTIONS.c
    found = tx.execute(sa.select(row.event, row.former, row.document).order_by(row.heard_at, row.event))
    return [Dissolution(*each) for each in found]


def bases(tx: Connection) -> list[tuple[str, Basis]]:
    """(rulebook id, basis) of every basis set, by document."""
    rows = tx.execute(sa.select(BASES).order_by(BASES.c.rulebook, BASES.c.document))
    return [(row.rulebook, Basis.from_dict(json.loads(row.doc))) for row in rows]
