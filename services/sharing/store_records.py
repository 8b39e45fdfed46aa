"""The tables of archive records and all their SQL: versions, what finds their words, and who looked.

`record` has a row a version, numbered in the order of delivery (`nr`). `record_words` has what is indexed of the current
ones, by the same number: on PostgreSQL a tsvector without positions under a GIN index, on SQLite FTS5 without content.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.engine import Connection

from services.sharing.record_words import Searched, asked, mark
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
    sa.Column("organisation", sa.String(200), nullable=False),   # the respondent's name, where it is no natural person's
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
WORDS = {
    "sqlite": ("CREATE VIRTUAL TABLE record_words USING fts5 (words, content='', detail=none, columnsize=0, "
               "tokenize='ascii')",),
    "postgresql": (
        "CREATE TABLE record_words (nr BIGINT NOT NULL PRIMARY KEY, words TSVECTOR NOT NULL)",
        "ALTER TABLE record_words SET (toast_tuple_target = 128)",
        "CREATE INDEX record_words_by_word ON record_words USING gin (words)",
    ),
}
for _dialect, _statements in WORDS.items():
    for _statement in _statements:
        _ddl = sa.DDL(_statement).execute_if(dialect=_dialect)      # type: ignore[no-untyped-call]
        sa.event.listen(RECORD, "after_create", _ddl)

_LEAN = tuple(column for column in RECORD.c if column.name not in ("content_key",))
_NUMBERED = sa.table("record_words", sa.column("nr", sa.BigInteger), sa.column("rowid", sa.BigInteger),
                     sa.column("words"), sa.column("record_words"))


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
    words = [{"nr": row["nr"], "words": indexed(row)} for row in rows]
    if tx.dialect.name == "sqlite":
        tx.execute(sa.text("INSERT INTO record_words (rowid, words) VALUES (:nr, :words)"), words)
    else:
        tx.execute(sa.text("INSERT INTO record_words (nr, words) VALUES (:nr, CAST(:words AS tsvector))"), words)


def _forget(tx: Connection, numbers: Collection[int]) -> None:
    """Takes versions out of what is searched."""
    for nr in numbers:
        if tx.dialect.name == "sqlite":
            row = tx.execute(sa.select(RECORD).where(RECORD.c.nr == nr)).mappings().one()
            tx.execute(sa.text("INSERT INTO record_words (record_words, rowid, words) VALUES ('delete', :nr, :words)"),
                       {"nr": nr, "words": indexed(dict(row))})
        else:
            tx.execute(sa.text("DELETE FROM record_words WHERE nr = :nr"), {"nr": nr})
        tx.execute(RECORD.update().where(RECORD.c.nr == nr).values(current=False))


def searched(row: Mapping[str, Any]) -> Searched:
    """A row's texts as a search reads them."""
    title, text = (tuple((begin, end) for begin, end in spans) for spans in json.loads(row["hidden"] or "[[], []]"))
    return Searched(row["title"], row["text"], row["number"], row["organisation"], (title, text))


def indexed(row: Mapping[str, Any]) -> str:
    """What is indexed of a row: the pairs of its texts, and marks of whose it is and of what."""
    marks = {mark("a", row["agency"]), mark("c", row["category"]), mark("u", row["cause"])}
    return " ".join(sorted(searched(row).indexed() | marks | ({mark("o")} if row["access"] == OPEN else set())))


# finding them

@dataclass(frozen=True, slots=True)
class Asking:
    """What a search asks for. `own`: the agencies whose records the viewer may read whatever their access."""

    words: tuple[str, ...] = ()
    agency: str = ""
    category: str = ""
    cause: str = ""
    since: date | None = None
    until: date | None = None
    respondents: tuple[str, ...] = ()             # keys of a name or a number
    own: frozenset[str] = frozenset()


def candidates(tx: Connection, asking: Asking, before: int, most: int) -> list[Mapping[str, Any]]:
    """The newest current versions below the number `before` that may be what is asked for: their words are still to be
    held against the true texts."""
    query = sa.select(*_LEAN).where(RECORD.c.current).order_by(RECORD.c.nr.desc()).limit(sa.bindparam("most", most))
    clause = _clause(asking, tx.dialect.name == "sqlite")
    if clause and tx.dialect.name == "sqlite":
        words = _NUMBERED.c
        query = query.join(_NUMBERED, RECORD.c.nr == words.rowid).where(
            words.record_words.op("MATCH")(clause), words.rowid < before).order_by(None).order_by(words.rowid.desc())
    elif clause:
        words = _NUMBERED.c
        query = query.join(_NUMBERED, RECORD.c.nr == words.nr).where(
            words.words.op("@@")(sa.cast(sa.bindparam("words", clause, sa.Text), TSQUERY)), words.nr < before,
        ).order_by(None).order_by(words.nr.desc())
    else:
        query = query.where(RECORD.c.nr < before)
    if asking.respondents:
        query = query.where(among(tx, RECORD.c.respondent_key, asking.respondents)
                            | among(tx, RECORD.c.respondent_name_key, asking.respondents))
    if asking.since:
        query = query.where(RECORD.c.occurred_on >= asking.since)
    if asking.until:
        query = query.where(RECORD.c.occurred_on <= asking.until)
    return [dict(row) for row in tx.execute(query).mappings()]


def _clause(asking: Asking, sqlite: bool) -> str:
    """What the index is asked, in its own language; empty where nothing of it is in the index."""
    and_, or_, begins = (" AND ", " OR ", "*") if sqlite else (" & ", " | ", ":*")
    wanted: list[str] = []
    for word in asking.words:
        wanted += [each if len(each) == 8 else each + begins for each in asked(word)]
    wanted += [mark(kind, value) for kind, value in
               (("a", asking.agency), ("c", asking.category), ("u", asking.cause)) if value]
    if asking.words and asking.agency not in asking.own:        # the words of what is given on request only hide there
        wanted.append(f"({or_.join([mark('o'), *(mark('a', own) for own in sorted(asking.own))])})")
    return and_.join(dict.fromkeys(wanted))


def version_of(tx: Connection, record: str, version: int = 0) -> Mapping[str, Any] | None:
    """A record's version, the current one for 0; None where there is none such."""
    which = RECORD.c.version == version if version else RECORD.c.current
    row = tx.execute(sa.select(*_LEAN).where(RECORD.c.id == record, which)).mappings().first()
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

