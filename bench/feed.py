"""A feed read to its end, a page after the other, beside COPY of the very rows that are on them."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import psycopg
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.acts import announce
from bench.news import BATCH, again
from bench.place import Place, transfer
from bench.sizes import Sizes
from bench.table import Row, alternated
from services.transfer import api
from shared.access.gate import audience_of
from shared.access.tokens import DESK, Claims, TokenKeys
from shared.acts.office import Office

READER, OTHER = "zfj", "scj"
PAGE = 1000
# each other entry is told to the reader, as in a city none is told everything
COPY = ("COPY (SELECT j.position, j.body FROM {0}.journal_audience a JOIN {0}.journal j USING (position) "
        "WHERE a.agency = '{1}' AND a.position > {2} AND a.position <= {3} AND j.position > {2} AND j.position <= {3} "
        "ORDER BY a.position) TO STDOUT")


def rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """Pages of at most 1,000 items and one megabyte as NDJSON, from a request's bytes to its answer's, without the
    network."""
    with transfer(at, "feeding") as office, psycopg.connect(at.plain, autocommit=True) as bare:
        filled(office, sizes.entries)
        token, app = token_of(office), api.make(office)
        pages: list[tuple[int, int]] = []       # what each page reached from and to, for COPY

        def ask(after: str) -> tuple[bytes, str, bool]:
            headers = {"Authorization": f"Bearer {token}", "Accept": "application/x-ndjson"}
            environ = EnvironBuilder("/api/transfer/feed", query_string={"after": after, "limit": str(PAGE)},
                                     headers=list(headers.items())).get_environ()
            told, status, found = run_wsgi_app(app, environ, buffered=True)
            assert status.startswith("200"), status
            return b"".join(told), found["Feed-Next"], found["Feed-More"] == "true"

        def measured() -> float:
            pages.clear()
            after, more, count, reached = "", True, 0, 0
            began = time.perf_counter()
            while more:
                text, after, more = ask(after)
                count += text.count(b"\n")
                pages.append((reached, int(after.rpartition(".")[2])))
                reached = pages[-1][1]
            return count / (time.perf_counter() - began)

        def baseline() -> float:
            count, began = 0, time.perf_counter()
            for after, until in pages:
                with bare.cursor().copy(COPY.format("feeding", READER, after, until)) as copied:
                    count += sum(bytes(block).count(b"\n") for block in copied)
            return count / (time.perf_counter() - began)

        measured()
        yield Row("feed, a page of NDJSON", 1, *alternated(measured, baseline, sizes.rounds), "entries/s",
                  "COPY of the same rows", 0.3)


def filled(office: Office, count: int) -> None:
    """So many entries for the reader, and as many for another, in turn."""
    case = announce(office)
    with office.db.read() as tx:
        like = itertools.cycle(office.journal.of_stream(tx, case))
    told = itertools.cycle((frozenset({READER}), frozenset({OTHER})))
    for done in range(0, 2 * count, BATCH):
        with office.db.write() as tx:
            office.journal.append(tx, [replace(again(office, next(like)), audience=next(told))
                                       for _ in range(min(BATCH, 2 * count - done))])
    with office.db.write() as tx:
        tx.exec_driver_sql("ANALYZE journal, journal_audience")


def token_of(office: Office) -> str:
    """The reader's, of ten minutes."""
    now = office.clock.now()
    claims = Claims(DESK, "reader", now, now + timedelta(minutes=10), "reader-1", READER, 1, "某某", signed_in_at=now)
    keys = TokenKeys(office.settings.keys, office.settings.jwks, DESK)
    return keys.issue(claims, audience_of(office.settings))
