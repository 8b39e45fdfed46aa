"""The city's way on one host: an API and a worker process for each service, on PostgreSQL and RabbitMQ.

For trying it out and for small cities; a larger one runs the same commands under its own supervisor or containers.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

import requests

from liandong.errors import SuiteError
from liandong.processes import Echo, migrate_all
from liandong.seed import sample_accounts, seed_city
from liandong.suite import SERVICES, home_of
from shared.settings import Settings

READY_SECONDS = 60.0
STOP_SECONDS = 40.0


def run(settings: Settings, environ: Mapping[str, str], echo: Echo) -> None:
    """Migrates, founds the city where it is new, starts all processes and waits; stops all when one ends or on a signal.

    The APIs listen on LIANDONG_PORT + 1 … + 4. Raises SuiteError.
    """
    if not settings.database_url or not settings.amqp_url:
        raise SuiteError("set LIANDONG_DATABASE_URL and LIANDONG_AMQP_URL: `liandong up` runs without them")
    urls = {name: f"http://{settings.host}:{settings.port + number}" for number, name in enumerate(SERVICES, 1)}
    told = {
        **environ,
        "LIANDONG_FEED_URLS": ",".join(f"{name}={url}" for name, url in urls.items()),
        "WEB_CONCURRENCY": "1",
        "LIANDONG_HOME": str(settings.home),
    }
    with home_of(settings):
        migrate_all((), settings, echo)
        seed_city(settings, True, echo)
        processes = {
            f"{kind} {name}": _start(kind, name, urls[name], told) for name in SERVICES for kind in ("api", "worker")
        }
        try:
            _wait_ready(urls, processes)
            _greet(urls, settings, echo)
            _wait(processes, echo)
        finally:
            _stop(processes)


def _start(kind: str, name: str, url: str, environ: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    port = ("--port", url.rpartition(":")[2]) if kind == "api" else ()
    return subprocess.Popen(
        (sys.executable, "-m", "liandong.cli", kind, name, *port), env=dict(environ), start_new_session=True
    )


def _wait_ready(urls: Mapping[str, str], processes: Mapping[str, "subprocess.Popen[bytes]"]) -> None:
    until = time.monotonic() + READY_SECONDS
    for name, url in urls.items():
        while not _ready(url):
            ended = _ended(processes)
            if ended or time.monotonic() > until:
                raise SuiteError(f"{ended or name} did not start; what it printed above says why")
            time.sleep(0.2)


def _ready(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=2).ok
    except requests.RequestException:
        return False


def _ended(processes: Mapping[str, "subprocess.Popen[bytes]"]) -> str:
    return next((name for name, process in processes.items() if process.poll() is not None), "")


def _greet(urls: Mapping[str, str], settings: Settings, echo: Echo) -> None:
    echo("Liandong is up:")
    for name, url in urls.items():
        echo(f"  {name:<10} {url}/api/{name}/")
    if accounts := sample_accounts(settings):
        echo(f"Sample accounts (login, password):\n{accounts.rstrip()}")
    echo("Ctrl-C stops it.")


def _wait(processes: Mapping[str, "subprocess.Popen[bytes]"], echo: Echo) -> None:
    """Until a signal comes or a process ends. Raises SuiteError for the latter."""
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda heard, _: told.append(heard))
    while not told:
        if ended := _ended(processes):
            raise SuiteError(f"{ended} ended by itself; the others are stopped")
        time.sleep(0.5)
    echo("stopping")


def _stop(processes: Mapping[str, "subprocess.Popen[bytes]"]) -> None:
    """Workers and APIs finish what is in flight; whoever takes too long is ended."""
    for process in processes.values():
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    for process in processes.values():
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
