"""The city's way on one host: an API and a worker process for each service and the exporters, on PostgreSQL and
RabbitMQ (or feeds).

For trying it out and for small cities; a larger one runs the same commands under its own supervisor or containers.
"""

import signal
import time
from collections.abc import Mapping, Sequence

from liandong.addresses import try_listening
from liandong.errors import SuiteError
from liandong.mould import Mould, Run
from liandong.places import PORTS, home_of, place_of
from liandong.processes import Echo, import_api, import_worker, migrate_all
from shared.kernel.settings import EMBEDDED, Settings

START_SECONDS = 60.0
LAST_PORT = 65_535
SERVING, WORKING = ("api", "exporter"), ("worker",)  # what comes of each mould; workers read the APIs' feeds

Urls = Mapping[str, Mapping[str, str]]  # kind -> service -> where it answers


def run(settings: Settings, environ: Mapping[str, str], echo: Echo, command: Run) -> None:
    """Migrates, founds the city where it is new, starts all processes and waits; stops all when one ends, or a signal.

    They listen on the ports of places.PORTS. `command` does what the command line does with its words; each process
    does it with its own. Raises SuiteError.
    """
    if not settings.database_url or settings.news == EMBEDDED:
        raise SuiteError(
            "set LIANDONG_DATABASE_URL and LIANDONG_AMQP_URL, or LIANDONG_NEWS=feed where there is no RabbitMQ; "
            "`liandong up` runs without both"
        )
    _free(settings)
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
    moulds: list[Mould] = []
    try:
        # the workers' patches before it imports; that of the APIs has what this process imported, and nothing is open
        moulds.append(Mould("workers", import_worker, command, _commands(WORKING, urls), told))
        import liandong.seed  # noqa: F401

        moulds.insert(0, Mould("APIs", import_api, command, _commands(SERVING, urls), told, moulds))
        _live(settings, urls, moulds, echo)
    finally:
        _stop(moulds)


def _commands(kinds: Sequence[str], urls: Urls) -> list[Sequence[str]]:
    return [(kind, name, "--port", url.rpartition(":")[2]) for kind in kinds for name, url in urls[kind].items()]


def _live(settings: Settings, urls: Urls, moulds: Sequence[Mould], echo: Echo) -> None:
    from liandong.seed import seed_city

    with home_of(settings):
        echo(f"Data: {place_of(settings)}")
        migrate_all((), settings, echo)
        seed_city(settings, True, echo)
        for mould, kinds in zip(moulds, (SERVING, WORKING), strict=True):
            mould.cast()
            _wait_answers({f"{kind} {name}": url for kind in kinds for name, url in urls[kind].items()}, moulds)
        _greet(urls, settings, echo)
        _wait(moulds, echo)


def _free(settings: Settings) -> None:
    """Raises SuiteError for ports that there are not, and for one that another process has: its answer could be taken
    for that of one started here."""
    ports = [settings.port + after for each in PORTS.values() for after in each.values()]
    if max(ports) > LAST_PORT:
        most = LAST_PORT - (max(ports) - settings.port)
        raise SuiteError(f"LIANDONG_PORT {settings.port} leaves no ports for the city's processes: {most} at most")
    for port in ports:
        try_listening(settings.host, port)


def _wait_answers(urls: Mapping[str, str], moulds: Sequence[Mould]) -> None:
    """Until each of them answers. Not until it is ready: a broker that is away holds up news and nothing else."""
    until = time.monotonic() + START_SECONDS
    for name, url in urls.items():
        while not _answers(url):
            ended = _ended(moulds)
            if ended or time.monotonic() > until:
                raise SuiteError(f"{ended or name} did not start; what it printed above says why")
            time.sleep(0.1)


def _answers(url: str) -> bool:
    import requests

    try:
        return requests.get(f"{url}/healthz", timeout=2).ok
    except requests.RequestException:
        return False


def _ended(moulds: Sequence[Mould]) -> str:
    return next((ended for mould in moulds if (ended := mould.ended())), "")


def _greet(urls: Urls, settings: Settings, echo: Echo) -> None:
    from liandong.seed import sample_accounts

    echo("Liandong is up:")
    for name, url in urls["api"].items():
        echo(f"  {name:<10} {url}/api/{name}/   worker: {urls['worker'][name]}/metrics")
    for name, url in urls["exporter"].items():
        echo(f"  {name:<10} {url}/metrics")
    if accounts := sample_accounts(settings):
        echo(f"Sample accounts (login, password):\n{accounts.rstrip()}")
    echo("Ctrl-C stops it.")


def _wait(moulds: Sequence[Mould], echo: Echo) -> None:
    """Until a signal comes or a process ends. Raises SuiteError for the latter."""
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda heard, _: told.append(heard))
    while not told:
        if ended := _ended(moulds):
            raise SuiteError(f"{ended} ended by itself; the others are stopped")
        time.sleep(0.5)
    echo("stopping")


def _stop(moulds: Sequence[Mould]) -> None:
    """Workers, APIs and exporters finish what is in flight; whoever takes too long is ended. Workers first, for an API
    that is stopping keeps who reads its feed waiting."""
    for mould in reversed(moulds):
        mould.stop()
