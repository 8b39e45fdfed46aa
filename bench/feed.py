"""A feed read to its end page by page, beside COPY of the same rows."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import psycopg
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.acts import announce
from bench.news import BATCH, like
from bench.place import Environment, transfer_office
from bench.sizes import Sizes
from bench.table import Row, alternate
from services.transfer import api
from shared.access.gate import audience_of
from shared.access.tokens import DESK, Claims, TokenKeys
from shared.acts.office import Office

READER, OTHER = "zfj", "scj"
PAGE = 1000
COPY = ("COPY (SELECT j.position, j.body FROM {0}.journal_audience a JOIN {0}.journal j USING (position) "
        "WHERE a.agency = '{1}' AND a.position > {2} AND a.position <= {3} AND j.position > {2} AND j.position <= {3} "
        "ORDER BY a.position) TO STDOUT")


def rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """Pages of at most 1,000 items and one megabyte as NDJSON, from a request's bytes to its answer's, without the
    network."""
    with transfer_office(env, "feed") as office, psycopg.connect(env.plain, autocommit=True) as plain:
        fill_journal(office, sizes.entries)
        token, app = reader_token(office), api.make(office)
        ranges: list[tuple[int, int]] = []       # the positions of each page, for COPY

        def get(after: str) -> tuple[bytes, str, bool]:
            headers = {"Authorization": f"Bearer {token}", "Accept": "application/x-ndjson"}
            environ = EnvironBuilder("/api/transfer/feed", query_string={"after": after, "limit": str(PAGE)},
                                     headers=list(headers.items())).get_environ()
            body, status, answer = run_wsgi_app(app, environ, buffered=True)
            assert status.startswith("200"), status
            return b"".join(body), answer["Feed-Next"], answer["Feed-More"] == "true"

        def measured() -> float:
            ranges.clear()
            after, more, count, position = "", True, 0, 0
            began = time.perf_counter()
            while more:
                text, after, more = get(after)
                count += text.count(b"\n")
                ranges.append((position, int(after.rpartition(".")[2])))
                position = ranges[-1][1]
            return count / (time.perf_counter() - began)

        def baseline() -> float:
            count, began = 0, time.perf_counter()
            for after, until in ranges:
                with plain.cursor().copy(COPY.format("feed", READER, after, until)) as copy:
                    count += sum(bytes(block).count(b"\n") for block in copy)
            return count / (time.perf_counter() - began)

        measured()
        yield Row("feed, a page of NDJSON", 1, *alternate(measured, baseline, sizes.rounds), "entries/s",
                  "COPY of the same rows", 0.3)


def fill_journal(office: Office, count: int) -> None:
    """Appends `count` entries for the reader and as many for another agency, in turn: nobody in a city sees all."""
    case = announce(office)
    with office.db.read() as tx:
        models = itertools.cycle(office.journal.of_stream(tx, case))
    audiences = itertools.cycle((frozenset({READER}), frozenset({OTHER})))
    for done in range(0, 2 * count, BATCH):
        with office.db.write() as tx:
            office.journal.append(tx, [replace(like(office, next(models)), audience=next(audiences))
                                       for _ in range(min(BATCH, 2 * count - done))])
    with office.db.write() as tx:
        tx.exec_driver_sql("ANALYZE journal, journal_audience")


def reader_token(office: Office) -> str:
    """A token of the reader, for ten minutes."""
    now = office.clock.now()
    claims = Claims(DESK, "reader", now, now + timedelta(minutes=10), "reader-1", READER, 1, "某某", signed_in_at=now)
    keys = TokenKeys(office.settings.keys, office.settings.jwks, DESK)
    return keys.issue(claims, audience_of(office.settings))
