"""The first page of a search among a million archive records, beside a sequential scan of the same records and beside
pgbench with the statements of such a search.

The records come from the sample city's generator. COPY loads them, with the index that a delivery writes. SQLite has a
tenth of them.
"""

import itertools
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import sqlalchemy as sa

from bench.place import Environment, analyze, create_tables, new_office, open_office
from bench.sizes import Sizes
from bench.statements import Script, Sent, own_ids, recorded, script
from bench.table import Row, alternate
from liandong.sample_records import samples
from services.sharing.archive import repository, store
from services.sharing.archive.access import Look
from services.sharing.archive.search import Archive, Wanted
from services.sharing.office import SPEC
from shared.acts import whom
from shared.acts.model import Rank, Viewer
from shared.acts.office import Office
from shared.contracts.register import Agency
from shared.db.database import Database, microseconds, sqlite_url
from shared.kernel.clock import SystemClock
from shared.kernel.ids import new_id
from tests.situations.city import SINCE

HOLDERS = ("zonghe", "shichang", "jiaotong", "shuili", "haiyang", "shengtai", "yingji")
AGENCIES = tuple(Agency(code, code, "statutory", "city", SINCE) for code in (*HOLDERS, "zhujian"))
VIEWER = Viewer("zhujian", Rank.OFFICER, "bench", "bench", "某某")
LOOK = Look("case", "办理案件", "bench")
PAGE = 50
LEAST = 3                         # pages a round
WORDS = ("盲道", "休渔", "处罚", "𬭎海")      # some rare, some common; the last has a rare character
SCAN, SCAN_AIM = "a sequential scan with LIKE, not parallel", 100.0
PGBENCH, PGBENCH_AIM = "pgbench, the search's statements one by one", 0.5
ROUND_TRIPS = "pgbench, the same round trips"
_LIKE = sa.text("""
    SELECT nr, id, title FROM record WHERE current AND (access = 'open' OR agency = :agency)
    AND (title LIKE :words OR text LIKE :words OR number LIKE :words OR organisation LIKE :words)
    ORDER BY nr DESC LIMIT :page""")


def rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """For each word the first page against a scan and against pgbench; then SQLite, which has no aim."""
    with new_office(env, SPEC, "records", AGENCIES, SystemClock()) as office:
        _load(env, office, sizes.records)
        for word in WORDS:
            yield from _rows(env, office, word, sizes)
    yield from _sqlite_rows(env, sizes)


def _rows(env: Environment, office: Office, word: str, sizes: Sizes) -> Iterator[Row]:
    found = len(search(office, word)["items"])
    name = f"search of {sizes.records:,} records: {word} ({found} on the first page)"
    yield Row(name, 1, *_beside_scan(office, word, sizes), "pages/s", SCAN, SCAN_AIM)
    sent = recorded(office.db.engine, lambda: search(office, word))
    one_by_one, trips = (_beside_pgbench(env, office, word, sent, sizes, trips=trips) for trips in (False, True))
    yield Row(name, 1, *one_by_one, "pages/s", PGBENCH, PGBENCH_AIM)
    yield Row(name, 1, *trips, "pages/s", ROUND_TRIPS, None)


def _beside_scan(office: Office, word: str, sizes: Sizes) -> tuple[list[float], list[float]]:
    def scan() -> float:
        began = time.perf_counter()
        scan_records(office, word)
        return 1 / (time.perf_counter() - began)

    return alternate(lambda: _pages(office, word, sizes), scan, sizes.rounds)


def _beside_pgbench(env: Environment, office: Office, word: str, sent: list[Sent], sizes: Sizes, *,
                    trips: bool) -> tuple[list[float], list[float]]:
    pgbench = Script(script(sent, own_ids(sent), trips=trips), env.folder / "search.sql", env.plain, office.db.schema)
    return alternate(lambda: _pages(office, word, sizes), lambda: pgbench.rate(1, sizes.seconds), sizes.rounds)


def _pages(office: Office, word: str, sizes: Sizes) -> float:
    """First pages a second, one after the other, in a round as long as pgbench's."""
    search(office, word)
    began, count = time.perf_counter(), 0
    while count < LEAST or time.perf_counter() - began < sizes.seconds:
        search(office, word)
        count += 1
    return count / (time.perf_counter() - began)


def search(office: Office, word: str) -> dict[str, Any]:
    """The first page, as the route gets it."""
    return Archive(office).search(VIEWER, Wanted(text=word), LOOK, PAGE)


def scan_records(office: Office, word: str) -> list[Any]:
    """The rows of the same page, by a sequential scan."""
    with office.db.read() as tx:
        if not office.db.sqlite:
            for plan in ("indexscan", "indexonlyscan", "bitmapscan"):
                tx.exec_driver_sql(f"SET LOCAL enable_{plan} = off")
            tx.exec_driver_sql("SET LOCAL max_parallel_workers_per_gather = 0")
        return list(tx.execute(_LIKE, {"words": f"%{word}%", "agency": VIEWER.agency, "page": PAGE}))


def _load(env: Environment, office: Office, count: int) -> None:
    """Loads records as deliveries would have left them; builds the index of words afterwards."""
    with _connection(env, office) as tables, _connection(env, office) as words:
        words.execute("DROP INDEX record_words_by_word")
        names = ", ".join(f'"{column.name}"' for column in store.RECORD.c)
        with (tables.cursor().copy(f"COPY record ({names}) FROM STDIN") as records,
              words.cursor().copy("COPY record_words (nr, words) FROM STDIN") as word_rows):
            for row in _records(office, count):
                records.write_row(tuple(row.values()))
                word_rows.write_row((row["nr"], store.sliced(row)))
        words.execute("SET maintenance_work_mem = '256MB'")
        words.execute(store.WORDS["postgresql"][-1])
    analyze(office.db, "record", "record_words")


def _connection(env: Environment, office: Office) -> "psycopg.Connection[Any]":
    return psycopg.connect(env.plain, options=f"-c search_path={office.db.schema}")


def _records(office: Office, count: int) -> Iterator[dict[str, Any]]:
    """Rows of the table, in the order of its columns. Respondents are not sealed: the bench never opens them."""
    now = office.clock.now()
    firms: dict[str, str] = {}
    for nr, sample in enumerate(samples(count), 1):
        record = sample.record
        name, person = record.get("respondent", ""), record.get("respondent_kind") == "person"
        if name and name not in firms and len(firms) < 100_000:
            firms[name] = whom.respondent_key(name, office.vault)
        hidden = repository.hidden((record["title"], record["text"]), (name,)) if person else ""
        yield {
            "nr": nr, "id": new_id(now), "version": 1, "current": True, "agency": sample.agency,
            "external_id": record["id"],
            "content_key": "", "category": record["category"], "kind": record.get("kind", ""), "cause": record["cause"],
            "penalty_item": "", "number": record.get("number", ""),
            "occurred_on": date.fromisoformat(record["occurred_on"]),
            "access": record["access"], "retention": "", "title": record["title"], "text": record["text"],
            "hidden": hidden,
            "respondent_kind": record.get("respondent_kind", ""), "organisation": "" if person else name,
            "respondent": "", "respondent_key": firms.get(name, ""), "respondent_name_key": firms.get(name, ""),
            "digest": "", "delivery": "", "recorded_at": microseconds(now),
        }


# SQLite

def _sqlite_rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """The first page on SQLite, beside a scan."""
    home = env.folder / "records-sqlite"
    home.mkdir()
    db = Database(sqlite_url(home / "records.sqlite"))
    try:
        with db.write() as tx:
            create_tables(tx, SPEC.tables)
        office = open_office(SPEC, home, AGENCIES, SystemClock(), db)
        with db.write() as tx:
            for batch in _batches(_records(office, sizes.records_sqlite)):
                store.insert(tx, [{**row, "recorded_at": office.clock.now()} for row in batch], (),
                             [store.words_of(row, office.db.sqlite) for row in batch])
        for word in WORDS[:2]:
            name = f"SQLite, {sizes.records_sqlite:,} records: {word}"
            yield Row(name, 1, *_beside_scan(office, word, sizes), "pages/s", SCAN, None)
        office.close()
    finally:
        db.dispose()


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(itertools.islice(rows, 10_000)):
        yield batch
