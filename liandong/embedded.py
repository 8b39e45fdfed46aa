"""`make up`: everything in one process. Not monkey-patched: the hub in the main thread, HTTP in native threads.

On SQLite, or where LIANDONG_DATABASE_URL is set on that PostgreSQL, as every other command reads it there: which of
both is the first thing it says.
"""

import os
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from liandong import logs, memory, traces
from liandong.addresses import cannot_listen, try_listening
from liandong.errors import SuiteError
from liandong.places import home_of, place_of
from shared.kernel.settings import EMBEDDED, Settings

if TYPE_CHECKING:
    from liandong.suite import Suite

ACCEPT_QUEUE = 128


def run(settings: Settings) -> None:
    """Runs until it is told to stop. Raises SuiteError: a port in use, a data folder that can't be written or is in
    use. That is told first: the imports stand behind it."""
    memory.keep_small()
    settings = replace(settings, news=EMBEDDED)  # whatever else is set for a city's processes
    logs.configure(settings)
    traces.configure(settings)
    with home_of(settings):
        _keys_there(settings)
        http = Http(settings)
        try:
            from liandong.seed import seed_city

            print(f"Data: {place_of(settings)}", flush=True)  # before anything is written there
            seed_city(settings, True, lambda line: print(line, flush=True))
            _serve(settings, http)
        finally:
            http.close()


def _keys_there(settings: Settings) -> None:
    """Raises SuiteError where data have lost their keys: with new ones what is encrypted would be unreadable."""
    if (settings.home / "data").exists() and not any(settings.keys.glob("*.key")):
        raise SuiteError(f"the keys of {settings.home / 'data'} are not in {settings.keys}: put them back")


def _serve(settings: Settings, http: "Http") -> None:
    # nothing is patched here, so nobody would look names up by eventlet's own resolver: 130 modules less at each start
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    from liandong.suite import Suite
    from liandong.workers import runner, running_of
    from services.oversight.sla import collector
    from shared.kernel.clock import SystemClock

    suite = Suite(settings, SystemClock())
    try:
        suite.prepare()
        collector.export(suite.offices["oversight"])
        http.serve(suite)
        memory.settled()
        runner(running_of(suite.offices, settings), http).run(ready=lambda: _greet(settings))
    finally:
        suite.close()


class Http:
    """cheroot in native threads. The port is taken at once, so that a busy one is told before anything is set up."""

    def __init__(self, settings: Settings) -> None:
        try_listening(settings.host, settings.port)  # cheroot's own error hides which setting is to blame
        from cheroot.wsgi import Server

        self._server = Server(
            (settings.host, settings.port),
            _not_yet,
            numthreads=settings.http_threads,
            request_queue_size=ACCEPT_QUEUE,
            timeout=30,
            shutdown_timeout=10,
            server_name="liandong",
        )
        self._server.max_request_body_size = settings.file_limit + settings.body_limit
        self._server.max_request_header_size = 65_536
        try:
            self._server.prepare()
        except OSError as failed:
            raise cannot_listen(settings.host, settings.port, failed) from failed

    def serve(self, suite: "Suite") -> None:
        """Answers for this suite from now on."""
        self._server.wsgi_app = suite.wsgi()

    def start(self) -> None:
        """Serves in threads of its own; returns at once."""
        self._thread = threading.Thread(target=self._server.serve, name="http", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finishes what is in flight; who waits for news is answered now."""
        from shared.http.waiting import PLACES

        PLACES.end()
        self._server.stop()
        self._thread.join()

    def close(self) -> None:
        """Gives the port back, whatever happened."""
        self._server.stop()


def _not_yet(environ, start_response):  # type: ignore[no-untyped-def]
    start_response("503 Service Unavailable", [("Content-Type", "text/plain"), ("Retry-After", "1")])
    return [b"starting\n"]


def _greet(settings: Settings) -> None:
    from liandong.seed import sample_accounts

    print(f"Liandong is up: http://{settings.host}:{settings.port}, on {place_of(settings)}", flush=True)
    if accounts := sample_accounts(settings):
        print(f"Sample accounts (login, password):\n{accounts}", end="", flush=True)
    print("Ctrl-C stops it.", flush=True)
