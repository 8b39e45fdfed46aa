"""The tables of archive records and all their SQL: versions, what finds their words, and who looked.

`record` has a row a version, numbered in the order of delivery (`nr`). `record_words` has what is indexed of the
current ones, by the same number: on SQLite FTS5 without content, on PostgreSQL a tsvector without positions under a
GIN index.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.archive.domain import OPEN, Delivery
from services.sharing.archive.words import Searched, digits, mark
from services.sharing.store import TABLES
from shared.acts.store import case_tables
from shared.contracts.envelope import canonical
from shared.crypto.vault import Vault
from shared.db.database import UtcInstant, among, microseconds, one_at_a_time
from shared.db.pipelining import ran

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
ACCESS_DUE = sa.Table(
    "record_access_due", TABLES,                                 # looks that showed no natural person's record:
    sa.Column("access", sa.String(36), primary_key=True),        # the reason goes with the time of the access log
    sa.Column("at", UtcInstant, nullable=False),
    sa.Index("record_access_due_by_time", "at"),
)
SWEPT = 5000                      # reasons of looks that one round of housekeeping takes away at most
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

AT_ONCE = 500                     # of all current records, in memory at a time
_INDEXED = tuple(RECORD.c[name] for name in (
    "nr", "id", "agency", "external_id", "category", "cause", "number", "access", "title", "text", "hidden",
    "organisation"))
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


def take_turn(tx: Connection) -> None:
    """Deliveries follow one another from here on."""
    one_at_a_time(tx, "sharing.records")
    if tx.dialect.name == "postgresql":  # ten thousand may be sealed between two statements, on a busy machine
        tx.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '60s'")


def known(tx: Connection, agency: str, external_ids: Collection[str]) -> dict[str, Known]:
    """Those of an agency's records that are there, by its own ids."""
    found: dict[str, Known] = {}
    ids = list(external_ids)
    for begin in range(0, len(ids), 5000):
        query = sa.select(RECORD.c.external_id, RECORD.c.nr, RECORD.c.id, RECORD.c.version, RECORD.c.content_key).where(
            RECORD.c.agency == agency, RECORD.c.current, among(tx, RECORD.c.external_id, ids[begin:begin + 5000]))
        found |= {row.external_id: Known(row.nr, row.id, row.version, row.content_key) for row in tx.execute(query)}
    return found


def last_number(tx: Connection) -> int:
    return tx.execute(sa.select(sa.func.max(RECORD.c.nr))).scalar() or 0


def insert(tx: Connection, rows: Sequence[Mapping[str, Any]], replaced: Collection[int], words: Iterable[str]) -> None:
    """New versions, each with its `words`; the versions of the numbers in `replaced` are current no more."""
    if replaced:
        _forget(tx, replaced)
    if not rows:
        return
    tx.execute(RECORD.insert(), rows)
    _index(tx, rows, words)


def _index(tx: Connection, rows: Iterable[Mapping[str, Any]], words: Iterable[str]) -> None:
    told = [{"nr": row["nr"], "words": each} for row, each in zip(rows, words, strict=True)]
    if tx.dialect.name == "sqlite":
        tx.execute(sa.text("INSERT INTO record_words (rowid, words) VALUES (:nr, :words)"), told)
    else:
        tx.execute(sa.text("INSERT INTO record_words (nr, words) VALUES (:nr, CAST(:words AS tsvector))"), told)


def words_of(row: Mapping[str, Any], sqlite: bool) -> str:
    """What is indexed of a row, as the back end's index takes it."""
    return " ".join(sorted(indexed(row))) if sqlite else sliced(row)


def reindex(tx: Connection) -> int:
    """Makes the index of words anew from the current records; how many there are. Nothing comes in meanwhile."""
    one_at_a_time(tx, "sharing.records")
    empties = {"sqlite": "INSERT INTO record_words (record_words) VALUES ('delete-all')",
               "postgresql": "DELETE FROM record_words"}
    tx.exec_driver_sql(empties[tx.dialect.name])
    count = 0
    for found in pages(tx):
        _index(tx, found, [words_of(row, tx.dialect.name == "sqlite") for row in found])
        count += len(found)
    return count


def pages(tx: Connection) -> Iterator[list[dict[str, Any]]]:
    """What is indexed of the current records, in the order of their numbers, so many at a time."""
    query = sa.select(*_INDEXED).where(RECORD.c.current).order_by(RECORD.c.nr).limit(AT_ONCE)
    found = [dict(row) for row in tx.execute(query).mappings()]
    while found:
        yield found
        found = [dict(row) for row in tx.execute(query.where(RECORD.c.nr > found[-1]["nr"])).mappings()]


def _forget(tx: Connection, numbers: Collection[int]) -> None:
    """Takes versions out of what is searched, so many at a time: other writers wait meanwhile."""
    ordered = sorted(numbers)
    for some in (ordered[start:start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE)):
        if tx.dialect.name == "sqlite":
            found = [dict(row) for row in tx.execute(sa.select(*_INDEXED).where(RECORD.c.nr.in_(some))).mappings()]
            tx.execute(sa.text("INSERT INTO record_words (record_words, rowid, words) VALUES ('delete', :nr, :words)"),
                       [{"nr": row["nr"], "words": words_of(dict(row), True)} for row in found])
        else:
            tx.execute(sa.text("DELETE FROM record_words WHERE nr = ANY(:numbers)"), {"numbers": some})
        tx.execute(RECORD.update().where(RECORD.c.nr.in_(some)).values(current=False))


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
    return [dict(zip(names, row, strict=True)) for row in found.all()]


def of_respondent(tx: Connection, keys: Collection[str], kind: str, most: int,
                  before: int) -> list[Mapping[str, Any]]:
    """Current versions below the number `before` that concern a respondent of a kind, newest first, whole."""
    query = sa.select(*_WHOLE).where(
        RECORD.c.current, RECORD.c.respondent_kind == kind, RECORD.c.nr < before,
        among(tx, RECORD.c.respondent_key, keys) | among(tx, RECORD.c.respondent_name_key, keys))
    return rows(tx, query, most)


def version_of(tx: Connection, record: str, version: int = 0) -> Mapping[str, Any] | None:
    """A record's version, the current one for 0; None where there is none such."""
    which = RECORD.c.version == version if version else RECORD.c.current
    row = tx.execute(sa.select(*_WHOLE).where(RECORD.c.id == record, which)).mappings().first()
    return None if row is None else dict(row)


def current(tx: Connection, records: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """Those of these records that are there, as they are now, by their ids."""
    query = sa.select(*_WHOLE).where(RECORD.c.current, among(tx, RECORD.c.id, set(records)))
    return {row["id"]: row for row in told_rows(tx.execute(query))}


def versions(tx: Connection, record: str) -> list[dict[str, Any]]:
    """All versions of a record, the oldest first: when each came and by which delivery."""
    column = RECORD.c
    return [dict(row) for row in tx.execute(
        sa.select(column.version, column.delivery, column.recorded_at, column.digest, column.access)
        .where(column.id == record).order_by(column.version)).mappings()]


# who looked

_JSON = msgspec.json.Encoder()
_NOTE = sa.text("""
    WITH looks AS (SELECT * FROM json_populate_recordset(CAST(NULL AS record_access), CAST(:rows AS json))),
         noted AS (INSERT INTO record_access SELECT * FROM looks)
    INSERT INTO record_access_due (access, at)
    SELECT id, at FROM looks WHERE CAST(:due AS boolean) AND reason <> ''""")


def note(tx: Connection, accesses: Iterable[Mapping[str, Any]], *, of_persons: bool) -> None:
    """`of_persons`: a natural person's record is among what they show; else their reasons are kept as long as the
    access log. One statement on PostgreSQL."""
    rows = list(accesses)
    if tx.dialect.name == "postgresql":
        told = [{**row, "at": microseconds(row["at"])} for row in rows]
        ran(tx, _NOTE, rows=_JSON.encode(told).decode(), due=not of_persons)
        return
    if rows:
        tx.execute(ACCESS.insert(), rows)
    if due := [{"access": row["id"], "at": row["at"]} for row in rows if row["reason"] and not of_persons]:
        tx.execute(ACCESS_DUE.insert(), due)


def accesses(tx: Connection, holders: Collection[str], limit: int, after: str = "") -> list[Mapping[str, Any]]:
    """Who looked at these agencies' records, newest first, after the entry `after`."""
    query = sa.select(ACCESS).where(among(tx, ACCESS.c.holder, holders)).order_by(ACCESS.c.id.desc()).limit(limit)
    if after:
        query = query.where(ACCESS.c.id < after)
    return [dict(row) for row in tx.execute(query).mappings()]


def forget_reasons(tx: Connection, record: str) -> None:
    """Why anybody looked at a record whose person is erased: of the words the salted hash is left."""
    shown = ACCESS.c.records.contains(f'"{record}"', autoescape=True)
    _unsay(tx, sa.select(ACCESS.c.id, ACCESS.c.reason).where(shown, ACCESS.c.reason != ""))


def sweep_reasons(tx: Connection, before: datetime) -> int:
    """The same for looks before the instant that showed no natural person's record, so many at a time; how many."""
    ripe = list(tx.execute(sa.select(ACCESS_DUE.c.access).where(ACCESS_DUE.c.at < before)
                           .order_by(ACCESS_DUE.c.at).limit(SWEPT)).scalars())
    if ripe:
        _unsay(tx, sa.select(ACCESS.c.id, ACCESS.c.reason).where(among(tx, ACCESS.c.id, ripe)))
        tx.execute(ACCESS_DUE.delete().where(among(tx, ACCESS_DUE.c.access, ripe)))
    return len(ripe)


def _unsay(tx: Connection, query: sa.Select[tuple[str, str]]) -> None:
    for row in tx.execute(query).all():
        left = {name: value for name, value in json.loads(row.reason).items() if name not in ("cipher", "salt")}
        tx.execute(ACCESS.update().where(ACCESS.c.id == row.id).values(reason=canonical(left)))
