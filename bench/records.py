"""A search among a million archive records: its first page beside a plain scan of the same, and beside pgbench with the
very statements that one such search sends.

The records are the sample city's, made by its generator, and loaded by COPY with the index that a delivery writes. They
go with the schema. On SQLite a tenth of them: that it works, and how long a page takes.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import psycopg
import sqlalchemy as sa

from bench.place import Place, office_of, opened
from bench.sizes import Sizes
from bench.statements import Script, Sent, own_ids, recorded, script
from bench.table import Row, alternated
from liandong.sample_records import samples
from services.sharing.archive import repository as keeping
from services.sharing.archive import store as store
from services.sharing.archive.access import Look
from services.sharing.archive.search import Archive, Wanted
from services.sharing.office import SPEC
from shared.acts import whom
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.contracts.register import Agency
from shared.db.database import Database, microseconds, sqlite_url
from shared.journal import ddl
from shared.kernel.clock import SystemClock
from shared.kernel.ids import new_id
from shared.tables import SHARED
from tests.situations.city import SINCE

HOLDERS = ("zonghe", "shichang", "jiaotong", "shuili", "haiyang", "shengtai", "yingji")
AGENCIES = tuple(Agency(code, code, "statutory", "city", SINCE) for code in (*HOLDERS, "zhujian"))
VIEWER = Viewer("zhujian", Rank.OFFICER, "bench", "bench", "某某")
LOOK = Look("case", "办理案件", "bench")
PAGE = 50
LEAST = 3                         # pages a round
WORDS = ("盲道", "休渔", "处罚", "𬭎海")      # seldom and often; the last has a rare character
SCAN, SCAN_AIM = "a sequential scan with LIKE, not parallel", 100.0
PGBENCH, PGBENCH_AIM = "pgbench, the search's statements one by one", 0.5
IN_TRIPS = "pgbench, the same round trips"
_LIKE = sa.text("""
    SELECT nr, id, title FROM record WHERE current AND (access = 'open' OR agency = :agency)
    AND (title LIKE :words OR text LIKE :words OR number LIKE :words OR organisation LIKE :words)
    ORDER BY nr DESC LIMIT :page""")


def rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """For each word the first page against a scan and against pgbench; then SQLite, which has no aim."""
    with office_of(at, SPEC, "records", AGENCIES, SystemClock()) as office:
        loaded(at, office, sizes.records)
        for word in WORDS:
            found = search(office, word)
            yield from _rows(at, office, word, len(found["items"]), sizes)
    yield from _on_sqlite(at, sizes)


def _rows(at: Place, office: Office, word: str, found: int, sizes: Sizes) -> Iterator[Row]:
    what = f"search of {sizes.records:,} records: {word} ({found} on the first page)"

    yield Row(what, 1, *_beside_a_scan(office, word, sizes), "pages/s", SCAN, SCAN_AIM)
    sent = recorded(office.db.engine, lambda: search(office, word))
    one_by_one, trips = (_beside_pgbench(at, office, word, sent, sizes, trips=trips) for trips in (False, True))
    yield Row(what, 1, *one_by_one, "pages/s", PGBENCH, PGBENCH_AIM)
    yield Row(what, 1, *trips, "pages/s", IN_TRIPS, None)


def _beside_a_scan(office: Office, word: str, sizes: Sizes) -> tuple[list[float], list[float]]:
    def scan() -> float:
        return 1 / _seconds(lambda: scanned(office, word), 1)

    return alternated(lambda: _pages(office, word, sizes), scan, sizes.rounds)


def _beside_pgbench(at: Place, office: Office, word: str, sent: list[Sent], sizes: Sizes, *,
                    trips: bool) -> tuple[list[float], list[float]]:
    plain = Script(script(sent, own_ids(sent), trips=trips), at.folder / "search.sql", at.plain, office.db.schema)
    return alternated(lambda: _pages(office, word, sizes), lambda: plain.rate(1, sizes.seconds), sizes.rounds)


def _pages(office: Office, word: str, sizes: Sizes) -> float:
    """First pages a second, one after the other, for as long as a round of pgbench."""
    search(office, word)
    began, count = time.perf_counter(), 0
    while count < LEAST or time.perf_counter() - began < sizes.seconds:
        search(office, word)
        count += 1
    return count / (time.perf_counter() - began)


def search(office: Office, word: str) -> dict[str, Any]:
    """The first page, as the route asks for it."""
    return Archive(office).search(VIEWER, Wanted(text=word), LOOK, PAGE)


def scanned(office: Office, word: str) -> list[Any]:
    """The same by reading every record."""
    with office.db.read() as tx:
        if not office.db.sqlite:
            for plan in ("indexscan", "indexonlyscan", "bitmapscan"):
                tx.exec_driver_sql(f"SET LOCAL enable_{plan} = off")
            tx.exec_driver_sql("SET LOCAL max_parallel_workers_per_gather = 0")
        return list(tx.execute(_LIKE, {"words": f"%{word}%", "agency": VIEWER.agency, "page": PAGE}))


def _seconds(work: Callable[[], object], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - began) / times


def loaded(at: Place, office: Office, count: int) -> None:
    """So many records, as deliveries would have left them, by COPY; the words' index is made when they are there."""
    with _connection(at, office) as tables, _connection(at, office) as words:
        words.execute("DROP INDEX record_words_by_word")
        names = ", ".join(f'"{column.name}"' for column in store.RECORD.c)
        with (tables.cursor().copy(f"COPY record ({names}) FROM STDIN") as into_tables,
              words.cursor().copy("COPY record_words (nr, words) FROM STDIN") as into_words):
            for row in made(office, count):
                into_tables.write_row(tuple(row.values()))
                into_words.write_row((row["nr"], store.sliced(row)))
        words.execute("SET maintenance_work_mem = '256MB'")
        words.execute(store.WORDS["postgresql"][-1])
    with office.db.dedicated() as connection:
        for table in ("record", "record_words"):
            connection.exec_driver_sql(f"VACUUM ANALYZE {table}")
        connection.exec_driver_sql("CHECKPOINT")


def _connection(at: Place, office: Office) -> "psycopg.Connection[Any]":
    return psycopg.connect(at.plain, options=f"-c search_path={office.db.schema}")


def made(office: Office, count: int) -> Iterator[dict[str, Any]]:
    """The rows, in the order of the table's columns. Respondents are not sealed: nothing here opens them."""
    now = office.clock.now()
    firms: dict[str, str] = {}
    for nr, sample in enumerate(samples(count), 1):
        said = sample.record
        name, person = said.get("respondent", ""), said.get("respondent_kind") == "person"
        if name and name not in firms and len(firms) < 100_000:
            firms[name] = whom.respondent_key(name, office.vault)
        hidden = keeping.hidden((said["title"], said["text"]), (name,)) if person else ""
        yield {
            "nr": nr, "id": new_id(now), "version": 1, "current": True, "agency": sample.agency,
            "external_id": said["id"],
            "content_key": "", "category": said["category"], "kind": said.get("kind", ""), "cause": said["cause"],
            "penalty_item": "", "number": said.get("number", ""),
            "occurred_on": date.fromisoformat(said["occurred_on"]),
            "access": said["access"], "retention": "", "title": said["title"], "text": said["text"], "hidden": hidden,
            "respondent_kind": said.get("respondent_kind", ""), "organisation": "" if person else name,
            "respondent": "", "respondent_key": firms.get(name, ""), "respondent_name_key": firms.get(name, ""),
            "digest": "", "delivery": "", "recorded_at": microseconds(now),
        }


# SQLite

def _on_sqlite(at: Place, sizes: Sizes) -> Iterator[Row]:
    """The first page on SQLite, beside a scan of the same."""
    home = at.folder / "records-sqlite"
    home.mkdir()
    db = Database(sqlite_url(home / "records.sqlite"))
    try:
        with db.write() as tx:
            for tables in (SHARED, SPEC.tables):
                tables.create_all(tx)
            ddl.install(tx)
        office = opened(SPEC, home, AGENCIES, SystemClock(), db)
        with db.write() as tx:
            for batch in _batches(made(office, sizes.records_sqlite)):
                store.insert(tx, [{**row, "recorded_at": office.clock.now()} for row in batch], (),
                             [store.words_of(row, office.db.sqlite) for row in batch])
        for word in WORDS[:2]:
            what = f"SQLite, {sizes.records_sqlite:,} records: {word}"
            yield Row(what, 1, *_beside_a_scan(office, word, sizes), "pages/s", SCAN, None)
    finally:
        db.dispose()


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(itertools.islice(rows, 10_000)):
        yield batch
