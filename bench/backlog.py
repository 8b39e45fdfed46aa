"""A backlog caught up with by an agency's system: the client kit over HTTP into its own SQLite, beside a program that
has the very same rows by COPY and writes down each in the same transactions."""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from liandong_client import Client, Event, Login, Reader, SqliteStore
from liandong_client.feed import BATCH
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from bench.feed import COPY, READER, filled, token_of
from bench.place import Place, transfer
from bench.sizes import Sizes
from bench.table import Row, alternated
from services.transfer import api
from shared.acts.office import Office

WORK = "CREATE TABLE work (id TEXT PRIMARY KEY, says TEXT)"


def rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """Events a second, from the first request to the last commit. A minute for 10,000 is 167 a second."""
    number = itertools.count()
    with transfer(at, "backlog") as office, psycopg.connect(at.plain, autocommit=True) as bare, served(office) as url:
        filled(office, sizes.entries)
        with office.db.read() as tx:
            head = office.journal.head(tx).position

        def fresh() -> SqliteStore:
            store = SqliteStore(Path(at.folder) / f"backlog-{next(number)}.sqlite")
            store.connection.execute(WORK)
            return store

        def measured() -> float:
            store, began = fresh(), time.perf_counter()

            def note(event: Event) -> None:
                store.connection.execute("INSERT INTO work VALUES (?, ?)", (event.id, event.key))

            count = Reader(Client(url, Login(api_key="bench")), "transfer", store).run(note, follow=False)
            took = time.perf_counter() - began
            store.close()
            return count / took

        def baseline() -> float:
            store, count, began = fresh(), 0, time.perf_counter()
            with bare.cursor().copy(COPY.format("backlog", READER, 0, head)) as copied:
                for some in _batched(copied.rows()):
                    with store.transaction():
                        for _, body in some:
                            event = json.loads(str(body))
                            store.connection.execute("INSERT INTO work VALUES (?, ?)", (event["id"], event["type"]))
                            count += 1
            took = time.perf_counter() - began
            store.close()
            return count / took

        yield Row("a backlog into an agency's SQLite, by the client kit", 1,
                  *alternated(measured, baseline, sizes.rounds), "events/s", "COPY and an INSERT each", None)


def _batched(every: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(itertools.islice(every, BATCH)):
        yield some


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def served(office: Office) -> Iterator[str]:
    """The service over HTTP in threads of this process; whoever signs in is the reader."""
    app, token = api.make(office), token_of(office)

    @Request.application
    def session(request: Request) -> Response:
        return Response(json.dumps({"token": token, "expires_at": ""}), content_type="application/json")

    def front(environ: Any, start: Any) -> Any:
        return (session if environ["PATH_INFO"].startswith("/api/desk/") else app)(environ, start)

    server = make_server("127.0.0.1", 0, front, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
