"""The city's way on one host: an API and a worker process for each service, on PostgreSQL and RabbitMQ (or feeds).

For trying it out and for small cities; a larger one runs the same commands under its own supervisor or containers.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

import requests

from liandong.addresses import try_listening
from liandong.errors import SuiteError
from liandong.processes import Echo, migrate_all
from liandong.seed import sample_accounts, seed_city
from liandong.suite import PORTS, home_of, place_of
from shared.settings import EMBEDDED, Settings

START_SECONDS = 60.0
STOP_SECONDS = 40.0
LAST_PORT = 65_535
PR_SET_PDEATHSIG = 1  # sys/prctl.h


def run(settings: Settings, environ: Mapping[str, str], echo: Echo) -> None:
    """Migrates, founds the city where it is new, starts all processes and waits; stops all when one ends, or a signal.

    They listen on the ports of suite.PORTS. Raises SuiteError.
    """
    if not settings.database_url or settings.news == EMBEDDED:
        raise SuiteError(
            "set LIANDONG_DATABASE_URL and LIANDONG_AMQP_URL, or LIANDONG_NEWS=feed where there is no RabbitMQ; "
            "`liandong up` runs without both"
        )
    urls = {
        kind: {name: f"http://{settings.host}:{settings.port + after}" for name, after in ports.items()}
        for kind, ports in PORTS.items()
    }
    told = {
        **environ,
        "LIANDONG_FEED_URLS": ",".join(f"{name}={url}" for name, url in urls["api"].items()),
        "WEB_CONCURRENCY": "1",
        "LIANDONG_HOME": str(settings.home),
    }
    with home_of(settings):
        _free(settings)
        echo(f"Data: {place_of(settings)}")
        migrate_all((), settings, echo)
        seed_city(settings, True, echo)
        processes: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for kind in PORTS:  # workers read the APIs' feeds: these first
                processes |= {f"{kind} {name}": _start(kind, name, url, told) for name, url in urls[kind].items()}
                _wait_answers({f"{kind} {name}": url for name, url in urls[kind].items()}, processes)
            _greet(urls, settings, echo)
            _wait(processes, echo)
        finally:
            _stop(processes)


def _free(settings: Settings) -> None:
    """Raises SuiteError for ports that there are not, and for one that another process has: its answer could be taken
    for that of one started here."""
    ports = [settings.port + after for each in PORTS.values() for after in each.values()]
    if max(ports) > LAST_PORT:
        most = LAST_PORT - (max(ports) - settings.port)
        raise SuiteError(f"LIANDONG_PORT {settings.port} leaves no ports for the city's processes: {most} at most")
    for port in ports:
        try_listening(settings.host, port)


def _start(kind: str, name: str, url: str, environ: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    command = (sys.executable, "-m", "liandong.cli", kind, name, "--port", url.rpartition(":")[2])
    return subprocess.Popen(  # what each says at its start is told once, for all of them
        command,
        env=dict(environ),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_end_with_this_process,
    )


def _end_with_this_process() -> None:
    """Run in the new process: on Linux it is told to stop when this one is killed, so that nothing is left behind."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_answers(urls: Mapping[str, str], processes: Mapping[str, "subprocess.Popen[bytes]"]) -> None:
    """Until each of them answers. Not until it is ready: a broker that is away holds up news and nothing else."""
    until = time.monotonic() + START_SECONDS
    for name, url in urls.items():
        while not _answers(url):
            ended = _ended(processes)
            if ended or time.monotonic() > until:
                raise SuiteError(f"{ended or name} did not start; what it printed above says why")
            time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=2).ok
    except requests.RequestException:
        return False


def _ended(processes: Mapping[str, "subprocess.Popen[bytes]"]) -> str:
    return next((name for name, process in processes.items() if process.poll() is not None), "")


def _greet(urls: Mapping[str, Mapping[str, str]], settings: Settings, echo: Echo) -> None:
    echo("Liandong is up:")
    for name, url in urls["api"].items():
        echo(f"  {name:<10} {url}/api/{name}/   worker: {urls['worker'][name]}/metrics")
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
