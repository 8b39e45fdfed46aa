"""What `liandong verify` recomputes of the index of words: of each current record exactly what its texts say, of no
other anything. A word that is missing there hides a record from a search; one too many tells what a search may not.

PostgreSQL compares the vectors itself, so many records at a time. FTS5 keeps no text: its vocabulary is read once,
term by term, and of each record the number of its terms and the sum of their hashes is kept, no more.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.sharing.archive import store
from shared.acts.keeping import Means
from shared.journal.findings import Finding

_OTHERWISE = sa.text("""
    SELECT asked.nr FROM unnest(CAST(:numbers AS bigint[]), CAST(:words AS text[])) AS asked (nr, words)
    LEFT JOIN record_words ON record_words.nr = asked.nr
    WHERE record_words.words IS DISTINCT FROM CAST(asked.words AS tsvector)""")
_OF_NO_RECORD = sa.text("""
    SELECT nr FROM record_words
    WHERE NOT EXISTS (SELECT 1 FROM record WHERE record.nr = record_words.nr AND record.current) ORDER BY nr""")
Sum = tuple[int, int]             # how many terms, the sum of their hashes


def findings(tx: Connection, _: Means) -> Iterator[Finding]:
    """What is wrong with the index, by the numbers of the records."""
    check = _on_sqlite if tx.dialect.name == "sqlite" else _on_postgresql
    yield from check(tx)


def _on_postgresql(tx: Connection) -> Iterator[Finding]:
    for rows in store.pages(tx):
        of = {row["nr"]: row for row in rows}
        asked = {"numbers": list(of), "words": [store.sliced(row) for row in of.values()]}
        for nr in sorted(tx.execute(_OTHERWISE, asked).scalars()):
            yield _otherwise(of[nr])
    yield from map(_of_no_record, tx.execute(_OF_NO_RECORD).scalars())


def _on_sqlite(tx: Connection) -> Iterator[Finding]:
    sums = _sums(tx)
    for rows in store.pages(tx):
        for row in rows:
            if sums.pop(row["nr"], (0, 0)) != _sum(store.indexed(row)):
                yield _otherwise(row)
    yield from map(_of_no_record, sorted(sums))


def _sums(tx: Connection) -> dict[int, Sum]:
    tx.exec_driver_sql("CREATE VIRTUAL TABLE temp.record_terms USING fts5vocab (main, record_words, instance)")
    try:
        sums: dict[int, Sum] = {}
        for term, nr in tx.exec_driver_sql("SELECT term, doc FROM temp.record_terms"):
            terms, total = sums.get(nr, (0, 0))
            sums[nr] = terms + 1, total + crc32(term.encode())
        return sums
    finally:
        tx.exec_driver_sql("DROP TABLE temp.record_terms")


def _sum(terms: Iterable[str]) -> Sum:
    hashes = [crc32(term.encode()) for term in terms]
    return len(hashes), sum(hashes)


def _otherwise(row: Mapping[str, Any]) -> Finding:
    which = row["agency"], row["external_id"], row["id"]
    return Finding("WORDS", "档案 {} {}（{}）的检索索引与其内容不符；可以用 liandong reindex 重建。".format(*which),
                   "the words by which record {} {} ({}) is found are not its own; `liandong reindex` makes them "
                   "anew".format(*which), 0, row["id"])


def _of_no_record(nr: int) -> Finding:
    return Finding("WORDS", f"检索索引中有不属于任何现行档案的内容（{nr}）；可以用 liandong reindex 重建。",
                   f"the index has words of no current record ({nr}); `liandong reindex` makes it anew", 0)
