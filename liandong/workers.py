"""Running Nameko services: one service in a worker of its own, or all of them in the embedded process.

Importing this imports eventlet and Nameko: a worker patches before, the embedded process never does.
"""

import importlib
from collections.abc import Callable, Mapping

import eventlet
import eventlet.wsgi

from liandong import memory
from liandong.addresses import cannot_listen
from liandong.places import SERVICES, place_of
from liandong.suite import ready_office, spec_of
from shared.acts.office import Office
from shared.bus.amqp import close, connect
from shared.bus.entrypoints import Running
from shared.bus.runner import Http, Runner
from shared.bus.service import Service
from shared.http.app import database_check
from shared.http.front import front
from shared.http.health import Check
from shared.kernel.clock import SystemClock
from shared.kernel.settings import AMQP, Settings


def work(name: str, settings: Settings, port: int | None, echo: Callable[[str], None]) -> None:
    """Runs one service's worker until it is told to stop; health and metrics on `port`.

    Raises SuiteError for a database of another release, or a port in use.
    """
    office = ready_office(name, settings, SystemClock())
    try:
        running = running_of({name: office}, settings)
        memory.settled()
        runner(running, Health(running, office, port) if port else None).run(
            ready=lambda: echo(_greeting(office, settings, port))
        )
    finally:
        office.close()


def _greeting(office: Office, settings: Settings, port: int | None) -> str:
    """One line: what it follows and how, where it tells how it is, where its data are."""
    follows = ", ".join(office.spec.follows) or "nobody"
    health = f"health and metrics at http://{settings.host}:{port}" if port else "no port for health and metrics"
    return f"{office.name} worker: follows {follows} ({settings.news}), {health}, on {place_of(settings)}"


class Health:
    """/healthz, /readyz and /metrics of a worker, served by green threads of the patched process. It is ready while it
    has its database and its broker, and is at every queue that it follows."""

    def __init__(self, running: Running, office: Office, port: int) -> None:
        settings = running.settings
        checks: dict[str, Check] = {"database": database_check(office)}
        if settings.news == AMQP:
            checks["consumers"] = running.all_consume
            checks["broker"] = lambda: close(connect(settings.amqp_url, f"{office.name} readyz"))
        self._app = front({}, checks, {})
        try:
            self._socket = eventlet.listen((settings.host, port), reuse_port=False)
        except OSError as failed:
            raise cannot_listen(settings.host, port, failed, "--port") from failed

    def start(self) -> None:
        """Serves from now on; returns at once."""
        self._server = eventlet.spawn(eventlet.wsgi.server, self._socket, self._app, log_output=False)

    def stop(self) -> None:
        """Gives the port back."""
        self._server.kill()
        self._socket.close()


def running_of(offices: Mapping[str, Office], settings: Settings) -> Running:
    """What a process of these offices runs. Raises SettingsError where a source is followed that cannot be read."""
    running = Running(settings, offices, consumers())
    for office in offices.values():
        for source in office.spec.follows:
            running.feed(office, source)
    return running


def runner(running: Running, http: Http | None = None) -> Runner:
    """The runner of its offices' services, with an HTTP server beside them where one is given."""
    return Runner([service_of(name) for name in running.offices], running, http)


def service_of(name: str) -> type[Service]:
    """The Nameko service class of a service."""
    service: type[Service] = getattr(importlib.import_module(f"services.{name}.service"), name.capitalize())
    return service


def consumers() -> dict[str, tuple[str, ...]]:
    """Who follows each source, in the whole suite: a relay declares their queues before it publishes."""
    following: dict[str, tuple[str, ...]] = dict.fromkeys(SERVICES, ())
    for name in SERVICES:
        for source in spec_of(name).follows:
            following[source] = (*following[source], name)
    return following
