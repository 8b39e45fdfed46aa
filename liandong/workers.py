"""Running Nameko services: one service in a worker of its own, or all of them in the embedded process.

Importing this imports eventlet and Nameko: a worker patches before, the embedded process never does.
"""

import importlib
from collections.abc import Mapping

from liandong.suite import SERVICES, ready_office, spec_of
from shared.acts.office import Office
from shared.bus.entrypoints import Running
from shared.bus.runner import Http, Runner
from shared.bus.service import Service
from shared.clock import SystemClock
from shared.settings import Settings


def work(name: str, settings: Settings) -> None:
    """Runs one service's worker until it is told to stop. Raises SuiteError for a database of another release."""
    office = ready_office(name, settings, SystemClock())
    try:
        runner({name: office}, settings).run()
    finally:
        office.close()


def runner(offices: Mapping[str, Office], settings: Settings, http: Http | None = None) -> Runner:
    """The runner of these offices' services, with an HTTP server beside them where one is given."""
    return Runner([service_of(name) for name in offices], Running(settings, offices, consumers()), http)


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


