"""The processes of a city's deployment: one service's API, one service's worker, and the migration before both."""

import importlib
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from types import FrameType
from typing import Any

from liandong import logs, memory, traces
from liandong.addresses import try_listening
from liandong.places import SERVICES, known, needs_data, place_of
from shared.kernel.settings import Settings

Echo = Callable[[str], None]
TOGETHER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's: the folder in which processes count together


def gunicorn_of(name: str, settings: Settings, port: int | None, environ: Mapping[str, str]) -> dict[str, Any]:
    """gunicorn's settings: one process with threads, or as many as WEB_CONCURRENCY says."""
    return {
        "bind": f"{settings.host}:{port or settings.port}",
        "worker_class": "gthread",
        "threads": settings.http_threads,
        "workers": _workers(environ),
        "timeout": 60,
        "graceful_timeout": 30,
        "keepalive": 15,
        "worker_tmp_dir": _memory(),
        "control_socket_disable": True,
        "limit_request_field_size": 8190,
        "proc_name": f"liandong-{name}",
        "accesslog": None,
        "logger_class": logs.of_gunicorn(),
        "loglevel": settings.log_level if settings.log_level != "info" else "warning",
    }


def _workers(environ: Mapping[str, str]) -> int:
    return int(environ.get("WEB_CONCURRENCY", "1"))


def _memory() -> str | None:
    """A folder that is on no disk, where the system has one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@contextmanager
def told_together() -> Iterator[None]:
    """While it lasts the metrics of several processes behind one port are told together, whichever answers.

    To be entered before anything with a metric is imported: the library looks once, at its import, where to count.
    """
    if _workers(os.environ) < 2:
        yield
        return
    folder, own = tempfile.mkdtemp(prefix="liandong-metrics-", dir=_memory()), os.getpid()
    os.environ[TOGETHER] = folder
    try:
        yield
    finally:
        if os.getpid() == own:  # a process of gunicorn ends on this way too
            shutil.rmtree(folder, ignore_errors=True)


@told_together()
def serve_api(name: str, settings: Settings, port: int | None, echo: Echo) -> None:
    """One service's HTTP API. Raises SuiteError."""
    def app() -> Any:
        from liandong.suite import app_of, ready_office
        from shared.kernel.clock import SystemClock

        return app_of(ready_office(name, settings, SystemClock()))

    options = gunicorn_of(known(name), settings, port, os.environ)
    greeting = f"{name}: http://{options['bind']}/api/{name}/, on {place_of(settings)}"
    _serve(name, settings, port, options, lambda: echo(greeting), app)


def serve_exporter(name: str, settings: Settings, port: int | None, echo: Echo) -> None:
    """/metrics of the SLA's figures, which no other process of a city tells. It only reads oversight's board: where
    there are two, both tell the same. Raises SuiteError."""
    def app() -> Any:
        from liandong.suite import ready_office
        from services.oversight.sla import collector
        from shared.http.app import database_check
        from shared.http.front import front
        from shared.kernel.clock import SystemClock

        office = ready_office("oversight", settings, SystemClock(), opens=False)
        collector.export(office)
        return front({}, {"database": database_check(office)}, {})

    options = gunicorn_of(f"exporter-{name}", settings, port, {})       # of one process, whatever APIs have
    greeting = f"{name} exporter: http://{options['bind']}/metrics, on {place_of(settings)}"
    _serve("oversight", settings, port, options, lambda: echo(greeting), app)


def _serve(name: str, settings: Settings, port: int | None, options: Mapping[str, Any], greet: Callable[[], None],
           app: Callable[[], Any]) -> None:
    """gunicorn in front of an app on a service's data: a process of it opens an office of its own after the fork. What
    can't be is told before, not by each of them, and what is seen at once before everything is imported."""
    needs_data(settings)
    try_listening(settings.host, port or settings.port, "--port" if port else "LIANDONG_PORT")
    from gunicorn.app.base import BaseApplication

    from liandong.suite import ready_office
    from shared.kernel.clock import SystemClock

    ready_office(name, settings, SystemClock(), opens=False).close()
    memory.keep_small()
    logs.configure(settings)
    traces.configure(settings)

    class Served(BaseApplication):
        def load_config(self) -> None:
            for key, value in options.items():
                if value is not None and key in self.cfg.settings:
                    self.cfg.set(key, value)
            self.cfg.set("when_ready", lambda _: greet())
            self.cfg.set("post_worker_init", lambda _: begins())
            if TOGETHER in os.environ:
                self.cfg.set("child_exit", ended)

        def load(self) -> Any:
            return app()

    Served().run()


def ended(_: Any, worker: Any) -> None:
    """Of a process of gunicorn that is gone: what it counted stays, how it was does not."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def begins() -> None:
    """In each process of gunicorn, when it has its app."""
    memory.settled()
    waiting_ends()


def waiting_ends() -> None:
    """Told to stop, a process of gunicorn answers at once who waits for news, and then does as gunicorn does."""
    from shared.http.waiting import PLACES

    stop = signal.getsignal(signal.SIGTERM)

    def stopping(number: int, frame: FrameType | None) -> None:
        PLACES.end()
        if callable(stop):
            stop(number, frame)

    signal.signal(signal.SIGTERM, stopping)


def import_api() -> None:
    """What every API needs, imported before it is known which."""
    import gunicorn.app.base
    import gunicorn.workers.gthread  # noqa: F401

    _import("office", "api")


def import_worker() -> None:
    """What every worker needs, in a process that is patched for it."""
    from shared.bus.patching import patch

    patch()
    import kombu.transport.pyamqp  # noqa: F401

    import liandong.workers  # noqa: F401

    _import("office", "service")


def _import(*rooms: str) -> None:
    for name, room in product(SERVICES, rooms):
        importlib.import_module(f"services.{name}.{room}")


def run_worker(name: str, settings: Settings, port: int | None, echo: Echo) -> None:
    """One service's Nameko worker, monkey-patched: news in, deadlines, relay, seals."""
    known(name)
    needs_data(settings)
    if port:
        try_listening(settings.host, port, "--port")
    from shared.bus.patching import patch

    patch()
    from liandong.workers import work

    logs.configure(settings)
    traces.configure(settings)
    work(name, settings, port, echo)


def migrate_all(names: tuple[str, ...], settings: Settings, echo: Echo) -> None:
    """Brings each service's database to this release's schema, and opens its journal's epoch."""
    from liandong.suite import spec_of
    from shared.acts.office import database_of
    from shared.migrate import migrate

    for name in names or SERVICES:
        database = database_of(spec_of(name).name, settings)
        try:
            done = migrate(database, name)
            echo(f"{name}: {', '.join(done) or 'nothing to do'}")
        finally:
            database.dispose()
