"""The tables of archive records and all their SQL: versions, what finds their words, and who looked.

`record` has a row a version, numbered in the order of delivery (`nr`). `record_words` has what is indexed of the
current ones, by the same number: on SQLite FTS5 without content, on PostgreSQL a tsvector without positions under a
GIN index.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.record_words import Searched, digits, mark
from services.sharing.records import OPEN, Delivery
from services.sharing.store import TABLES
from shared.acts.store import case_tables
from shared.db import UtcInstant, among, one_at_a_time
from shared.vault import Vault

DELIVERIES = case_tables("delivery", TABLES, sa.Column("agency", sa.String(40), nullable=False))
sa.Index("delivery_by_agency", DELIVERIES.case.c.agency, DELIVERIES.case.c.id)
RECORD = sa.Table(
    "record", TABLES,
    sa.Column("nr", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(36), nullable=False),              # of the record, the same in all its versions
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("current", sa.Boolean, nullable=False),
    sa.Column("agency", sa.String(40), nullable=False),          # that delivered it
    sa.Column("external_id", sa.String(120), nullable=False),    # its own id for it
    sa.Column("content_key", sa.String(160), nullable=False),    # keyed: the same content again is known by it
    sa.Column("category", sa.String(80), nullable=False),
    sa.Column("kind", sa.String(80), nullable=False),
    sa.Column("cause", sa.String(80), nullable=False),
    sa.Column("penalty_item", sa.String(80), nullable=False),
    sa.Column("number", sa.String(80), nullable=False),
    sa.Column("occurred_on", sa.Date, nullable=False),
    sa.Column("access", sa.String(20), nullable=False),
    sa.Column("retention", sa.String(80), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("hidden", sa.Text, nullable=False),                # spans of title and text that no search may hit
    sa.Column("respondent_kind", sa.String(40), nullable=False),
    sa.Column("organisation", sa.String(200), nullable=False),   # the respondent's name, of no natural person
    sa.Column("respondent", sa.Text, nullable=False),            # name and number, sealed
    sa.Column("respondent_key", sa.String(160), nullable=False),
    sa.Column("respondent_name_key", sa.String(160), nullable=False),
    sa.Column("digest", sa.String(80), nullable=False),          # of the version, what is personal by its salted hash
    sa.Column("delivery", sa.String(36), nullable=False),
    sa.Column("recorded_at", UtcInstant, nullable=False),
    sa.UniqueConstraint("agency", "external_id", "version"),
    sa.UniqueConstraint("id", "version"),
    sa.Index("record_by_respondent", "respondent_key"),
    sa.Index("record_by_respondent_name", "respondent_name_key"),
    sa.Index("record_by_delivery", "delivery"),
)
ACCESS = sa.Table(
    "record_access", TABLES,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("holder", sa.String(40), nullable=False),
    sa.Column("at", UtcInstant, nullable=False),
    sa.Column("what", sa.String(20), nullable=False),            # search, open, dossier
    sa.Column("agency", sa.String(40), nullable=False),          # who looked
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("appointment", sa.String(36), nullable=False),
    sa.Column("records", sa.Text, nullable=False),               # ids that were shown
    sa.Column("purpose", sa.String(80), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),                # sealed: it may name anybody
    sa.Column("case", sa.String(120), nullable=False),
    sa.Index("record_access_by_holder", "holder", "id"),
)
SLICE = 4096                      # numbers of a slice; three digits name it, enough for 190 million records
WORDS = {
    "sqlite": ("CREATE VIRTUAL TABLE record_words USING fts5 (words, content='', detail=none, columnsize=0, "
               "tokenize='ascii')",),
    "postgresql": (
        "CREATE TABLE record_words (nr BIGINT NOT NULL PRIMARY KEY, words TSVECTOR NOT NULL)",
        "CREATE INDEX record_words_by_word ON record_words USING gin (words)",
    ),
}
for _dialect, _statements in WORDS.items():
    for _statement in _statements:
        _ddl = sa.DDL(_statement).execute_if(dialect=_dialect)      # type: ignore[no-untyped-call]
        sa.event.listen(RECORD, "after_create", _ddl)

_WHOLE = tuple(column for column in RECORD.c if column.name != "content_key")


def columns(case: Delivery, _: Vault) -> Mapping[str, Any]:
    return {"agency": case.agency}


# what is there already, and what comes in

@dataclass(frozen=True, slots=True)
class Known:
    """The current version of a record that its agency delivered before."""

    nr: int
    id: str
    version: int
    content_key: str


def known(tx: Connection, agency: str, external_ids: Collection[str]) -> dict[str, Known]:
    """Those of an agency's records that are there, by its own ids. Deliveries follow one another from here on."""
    one_at_a_time(tx, "sharing.records")
    if tx.dialect.name == "postgresql":          # ten thousand are sealed between two statements, maybe on a busy one
        tx.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '60s'")
    found: dict[str, Known] = {}
    ids = list(external_ids)
    for begin in range(0, len(ids), 5000):
        query = sa.select(RECORD.c.external_id, RECORD.c.nr, RECORD.c.id, RECORD.c.version, RECORD.c.content_key).where(
            RECORD.c.agency == agency, RECORD.c.current, among(tx, RECORD.c.external_id, ids[begin:begin + 5000]))
        found |= {row.external_id: Known(row.nr, row.id, row.version, row.content_key) for row in tx.execute(query)}
    return found


def last_number(tx: Connection) -> int:
    return tx.execute(sa.select(sa.func.max(RECORD.c.nr))).scalar() or 0


def insert(tx: Connection, rows: Sequence[Mapping[str, Any]], replaced: Collection[int]) -> None:
    """New versions, each with its words; the versions of the numbers in `replaced` are current no more."""
    if replaced:
        _forget(tx, replaced)
    if not rows:
        return
    tx.execute(RECORD.insert(), rows)
    if tx.dialect.name == "sqlite":
        words = [{"nr": row["nr"], "words": " ".join(sorted(indexed(row)))} for row in rows]
        tx.execute(sa.text("INSERT INTO record_words (rowid, words) VALUES (:nr, :words)"), words)
    else:
        words = [{"nr": row["nr"], "words": sliced(row)} for row in rows]
        tx.execute(sa.text("INSERT INTO record_words (nr, words) VALUES (:nr, CAST(:words AS tsvector))"), words)


def _forget(tx: Connection, numbers: Collection[int]) -> None:
    """Takes versions out of what is searched."""
    for nr in numbers:
        if tx.dialect.name == "sqlite":
            row = tx.execute(sa.select(RECORD).where(RECORD.c.nr == nr)).mappings().one()
            tx.execute(sa.text("INSERT INTO record_words (record_words, rowid, words) VALUES ('delete', :nr, :words)"),
                       {"nr": nr, "words": " ".join(sorted(indexed(dict(row))))})
        else:
            tx.execute(sa.text("DELETE FROM record_words WHERE nr = :nr"), {"nr": nr})
        tx.execute(RECORD.update().where(RECORD.c.nr == nr).values(current=False))


def searched(row: Mapping[str, Any]) -> Searched:
    """A row's texts as a search reads them."""
    texts = row["title"], row["text"], row["number"], row["organisation"]
    if not row["hidden"]:
        return Searched(*texts)
    title, text = (tuple((begin, end) for begin, end in spans) for spans in json.loads(row["hidden"]))
    return Searched(*texts, (title, text))


def indexed(row: Mapping[str, Any]) -> set[str]:
    """What is indexed of a row: the pairs of its texts, and marks of whose it is and of what."""
    marks = {mark("a", row["agency"]), mark("c", row["category"]), mark("u", row["cause"])}
    return searched(row).indexed() | marks | ({mark("o")} if row["access"] == OPEN else set())


def sliced(row: Mapping[str, Any]) -> str:
    """The same as PostgreSQL's tsvector reads it, each within its slice."""
    prefix = digits(row["nr"] // SLICE, 3)
    return prefix + f" {prefix}".join(sorted(indexed(row)))


def rows(tx: Connection, query: sa.Select[Any], most: int) -> list[Mapping[str, Any]]:
    """The newest of a selection of versions."""
    return told_rows(tx.execute(query.order_by(RECORD.c.nr.desc()).limit(most)))


def told_rows(found: sa.CursorResult[Any]) -> list[Mapping[str, Any]]:
    """The rows as mappings."""
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def of_respondent(tx: Connection, keys: Collection[str], kind: str, most: int) -> list[Mapping[str, Any]]:
    """Current versions that concern a respondent of a kind, newest first, whole."""
    query = sa.select(*_WHOLE).where(
        RECORD.c.current, RECORD.c.respondent_kind == kind,
        among(tx, RECORD.c.respondent_key, keys) | among(tx, RECORD.c.respondent_name_key, keys))
    return rows(tx, query, most)


def version_of(tx: Connection, record: str, version: int = 0) -> Mapping[str, Any] | None:
    """A record's version, the current one for 0; None where there is none such."""
    which = RECORD.c.version == version if version else RECORD.c.current
    row = tx.execute(sa.select(*_WHOLE).where(RECORD.c.id == record, which)).mappings().first()
    return None if row is None else dict(row)


def versions(tx: Connection, record: str) -> list[dict[str, Any]]:
    """All versions of a record, the oldest first: when each came and by which delivery."""
    column = RECORD.c
    return [dict(row) for row in tx.execute(
        sa.select(column.version, column.delivery, column.recorded_at, column.digest, column.access)
        .where(column.id == record).order_by(column.version)).mappings()]


# who looked

def note(tx: Connection, accesses: Iterable[Mapping[str, Any]]) -> None:
    if rows := list(accesses):
        tx.execute(ACCESS.insert(), rows)


def accesses(tx: Connection, holders: Collection[str], limit: int, after: str = "") -> list[Mapping[str, Any]]:
    """Who looked at these agencies' records, newest first, after the entry `after`."""
    query = sa.select(ACCESS).where(among(tx, ACCESS.c.holder, holders)).order_by(ACCESS.c.id.desc()).limit(limit)
    if after:
        query = query.where(ACCESS.c.id < after)
    return [dict(row) for row in tx.execute(query).mappings()]

