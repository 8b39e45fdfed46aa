"""An agency's system catches up with a backlog: the client kit over HTTP into SQLite, beside a program that gets the
same rows by COPY and writes each in the same transactions."""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from liandong_client import Client, Event, Login, Reader, SqliteStore
from liandong_client.feed import BATCH
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from bench.feed import COPY, READER, fill_journal, reader_token
from bench.place import Environment, transfer_office
from bench.sizes import Sizes
from bench.table import Row, alternate
from services.transfer import api
from shared.acts.office import Office

TABLE = "CREATE TABLE work (id TEXT PRIMARY KEY, says TEXT)"
INSERT = "INSERT INTO work VALUES (?, ?)"


def rows(env: Environment, sizes: Sizes) -> Iterator[Row]:
    """Events a second, from the first request to the last commit. 10,000 in a minute are 167 a second."""
    number = itertools.count()
    with (transfer_office(env, "backlog") as office, psycopg.connect(env.plain, autocommit=True) as plain,
          serving(office) as url):
        fill_journal(office, sizes.entries)
        with office.db.read() as tx:
            head = office.journal.head(tx).position

        def new_store() -> SqliteStore:
            store = SqliteStore(env.folder / f"backlog-{next(number)}.sqlite")
            store.connection.execute(TABLE)
            return store

        def measured() -> float:
            store, began = new_store(), time.perf_counter()

            def handle(event: Event) -> None:
                store.connection.execute(INSERT, (event.id, event.key))

            count = Reader(Client(url, Login(api_key="bench")), "transfer", store).run(handle, follow=False)
            seconds = time.perf_counter() - began
            store.close()
            return count / seconds

        def baseline() -> float:
            store, count, began = new_store(), 0, time.perf_counter()
            with plain.cursor().copy(COPY.format("backlog", READER, 0, head)) as copy:
                for batch in _batches(copy.rows()):
                    with store.transaction():
                        for _, body in batch:
                            event = json.loads(str(body))
                            store.connection.execute(INSERT, (event["id"], event["type"]))
                            count += 1
            seconds = time.perf_counter() - began
            store.close()
            return count / seconds

        yield Row("backlog into an agency's SQLite, by the client kit", 1,
                  *alternate(measured, baseline, sizes.rounds), "events/s", "COPY and an INSERT each", None)


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Logs nothing."""


@contextmanager
def serving(office: Office) -> Iterator[str]:
    """The service over HTTP in threads of this process, with a desk that signs everyone in as the reader; its URL."""
    app, token = api.make(office), reader_token(office)

    @Request.application
    def desk(request: Request) -> Response:
        return Response(json.dumps({"token": token, "expires_at": ""}), content_type="application/json")

    def route(environ: Any, start: Any) -> Any:
        return (desk if environ["PATH_INFO"].startswith("/api/desk/") else app)(environ, start)

    server = make_server("127.0.0.1", 0, route, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
