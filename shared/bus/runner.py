"""Runs Nameko services in this process until it is told to stop, and stops them in the order in which nothing is lost.

Consumers first (what is in flight ends and is acknowledged), then HTTP, then the rest, so that the relays publish what
the last acts committed.
"""

import logging
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol

import eventlet
from nameko.runners import ServiceRunner

from shared.bus.blocking import run_blocking, wait_for
from shared.bus.entrypoints import CONFIG_KEY, Following, Running
from shared.bus.hub import beat
from shared.wake import Bell

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Http(Protocol):
    """A server of WSGI apps with threads of its own. Both methods block until it listens, and until it is quiet."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Runner:
    """The services of a process. `start` and `stop` are called from a green thread, the main one as a rule."""

    def __init__(self, services: Iterable[type], running: Running, http: Http | None = None) -> None:
        self._runner = ServiceRunner({CONFIG_KEY: running})
        for service in services:
            self._runner.add_service(service)
        self._http = http
        self._told = Bell()

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Starts all, calls `ready`, waits for a signal, stops all. A second signal ends the process at once.

        Raises what ended one of the services, after stopping the others.
        """
        with _rung_by_signals(self._told):
            self.start()
            ready()
            wait_for(self._told, None)
            self.stop()

    def start(self) -> None:
        """Returns when every service follows and HTTP listens. Raises what hinders them, after stopping again."""
        try:
            self._runner.start()
            if self._http is not None:
                run_blocking(self._http.start)
        except BaseException:
            self._runner.kill()
            raise
        self._watch = eventlet.spawn(self._wait)
        self._beat = eventlet.spawn(beat)

    def stop(self) -> None:
        """In order: followers, HTTP, everything else. Raises what ended a service before."""
        followers = [entrypoint for container in self._runner.containers for entrypoint in container.entrypoints
                     if isinstance(entrypoint, Following)]
        for waiting in [eventlet.spawn(follower.stop) for follower in followers]:
            waiting.wait()
        if self._http is not None:
            run_blocking(self._http.stop)
        self._runner.stop()
        self._beat.kill()
        self._watch.wait()

    def _wait(self) -> None:
        """A dead managed thread kills only its own service: this notices it."""
        try:
            self._runner.wait()
        finally:
            self._told.ring()


@contextmanager
def _rung_by_signals(bell: Bell) -> Iterator[None]:
    """While it lasts SIGINT and SIGTERM ring a bell: an idle hub would not notice them until its next timer. A second
    signal does what it does by itself: end the process."""
    def heard(number: int, frame: FrameType | None) -> None:
        log.info("stopping (%s)", signal.Signals(number).name)
        for each in SIGNALS:
            signal.signal(each, signal.SIG_DFL)

    before = {number: signal.signal(number, heard) for number in SIGNALS}
    wakeup = signal.set_wakeup_fd(bell.wakeup_fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
