"""A step called again and again in a managed green thread: when it asks to be, when a bell rings, and at a slow poll.

A step that fails is logged, counted and tried again after a growing pause; it never takes its service down: a database
or a broker that is away for a night is back in the morning.
"""

import logging
import time
from collections.abc import Callable

from eventlet.event import Event

from shared.bus.blocking import run_blocking, wait_for
from shared.bus.pauses import pause_after
from shared.telemetry.metrics import STEP_FAILURES
from shared.wake import Bell

log = logging.getLogger(__name__)

POLL = 5.0              # seconds: the slow poll behind every bell

Step = Callable[[], float | None]     # blocks; returns the seconds until it wants to be called again, None: when rung


class Loop:
    """`least`: seconds between two steps, however often the bell rings. `last` is one more step after the stop."""

    def __init__(self, service: str, name: str, step: Step, *, poll: float = POLL, least: float = 0.0,
                 last: Callable[[], object] | None = None) -> None:
        self.service, self.name, self._step = service, name, step
        self._poll, self._least, self._last = poll, least, last
        self.bell = Bell()
        self.stopping = False
        self._done = Event()
        self._counted = STEP_FAILURES.labels(service, name)        # told from the start: a rise from nothing is seen

    def run(self) -> None:
        """What the managed thread runs."""
        failures = 0
        try:
            while not self.stopping:
                began = time.monotonic()
                try:
                    seconds = run_blocking(self._step)
                    failures = 0
                except Exception as failed:
                    failures += 1
                    self._failed(failed)
                    self._rest(pause_after(failures))
                    continue
                if not self.stopping and seconds != 0:
                    wait_for(self.bell, min(self._poll, self._poll if seconds is None else seconds))
                    self._rest(self._least - (time.monotonic() - began))
            self._finish()
        finally:
            self.bell.close()
            self._done.send(None)

    def stop(self) -> None:
        """Returns when the step in flight and the last one are done."""
        self.stopping = True
        self.bell.ring()
        self._done.wait()

    def kill(self) -> None:
        """No more steps; does not wait."""
        self.stopping = True
        self.bell.ring()

    def _rest(self, seconds: float) -> None:
        """Waits whatever rings, but for the stop."""
        end = time.monotonic() + seconds
        while not self.stopping and (left := end - time.monotonic()) > 0:
            wait_for(self.bell, left)

    def _finish(self) -> None:
        if self._last is not None:
            try:
                run_blocking(self._last)
            except Exception as failed:
                self._failed(failed)

    def _failed(self, failed: Exception) -> None:
        self._counted.inc()
        log.error("%s %s: %s: %s", self.service, self.name, type(failed).__name__, failed)
