"""The tables of the catalogue and all their SQL."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.catalogue.domain import PUBLISHED, RECORDS, Entry, stale_days
from services.sharing.store import TABLES
from shared.acts.keeping import Means
from shared.acts.store import case_tables
from shared.crypto.vault import Vault
from shared.kernel.clock import day_of

CATALOGUE = case_tables(
    "catalogue", TABLES,
    sa.Column("agency", sa.String(40), nullable=False),
    sa.Column("category", sa.String(40), nullable=False),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("data_on", sa.Date, nullable=False),
    sa.Column("by_records", sa.Boolean, nullable=False),     # got from the archive records on the platform
    sa.Column("words", sa.Text, nullable=False),             # casefolded: what a search looks in
)
sa.Index("catalogue_by_agency", CATALOGUE.case.c.agency, CATALOGUE.case.c.category)


def columns(entry: Entry, _: Vault) -> Mapping[str, Any]:
    said = entry.content
    words = (said.title, said.description, said.interface, *(each.name for each in said.columns))
    return {"agency": entry.agency, "category": said.category, "title": said.title, "data_on": entry.data_on,
            "by_records": RECORDS in said.ways, "words": "\n".join(filter(None, words)).casefold()}


def words_match(_: Means, text: str) -> sa.ColumnElement[bool]:
    """Entries in whose title, description or columns every word of the text stands, of whatever length."""
    found = CATALOGUE.case.c.words
    return sa.and_(sa.true(), *(found.contains(word, autoescape=True) for word in text.casefold().split()))


def is_stale(means: Means, said: str) -> sa.ColumnElement[bool]:
    """Published entries whose data are too old as of now, or are not."""
    today = day_of(means.clock.now())
    entry, oldest = CATALOGUE.case.c, today - timedelta(days=stale_days(means.law.now().current(today)))
    return sa.and_(entry.state == PUBLISHED, entry.data_on < oldest if said == "true" else entry.data_on >= oldest)


def has_title(tx: Connection, agency: str, title: str, but: str) -> bool:
    """Whether the agency has published an entry of that title, besides the entry `but`."""
    entry = CATALOGUE.case.c
    return tx.execute(sa.select(entry.id).where(entry.agency == agency, entry.title == title, entry.id != but,
                                                entry.state == PUBLISHED).limit(1)).first() is not None


def published(tx: Connection) -> list[sa.Row[str, str, str, str, date]]:
    """Every published entry: its id, agency, category, title and the day of its data."""
    entry = CATALOGUE.case.c
    return list(tx.execute(sa.select(entry.id, entry.agency, entry.category, entry.title, entry.data_on).where(
        entry.state == PUBLISHED).order_by(entry.agency, entry.category, entry.id)).all())


def fed_by_records(tx: Connection, agency: str, category: str, before: date) -> list[str]:
    """The agency's published entries of the category that records on the platform feed, with data before a day."""
    entry = CATALOGUE.case.c
    return list(tx.execute(sa.select(entry.id).where(
        entry.agency == agency, entry.category == category, entry.by_records, entry.data_on < before,
        entry.state == PUBLISHED).order_by(entry.id)).scalars())
