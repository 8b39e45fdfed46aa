"""The legs of a probe's way, each told in metrics by whoever ends it: seconds since it was written, and when."""

from collections.abc import Iterable
from datetime import datetime

from shared.contracts.envelope import Event
from shared.journal.model import PROBE
from shared.telemetry.metrics import PROBE_REACHED, PROBE_SECONDS

WRITTEN, PUBLISHED, HANDLED, CANARY = "written", "published", "handled", "canary"


class Leg:
    """One leg of a service's probes; `consumer`: who of those that follow the service handled it. It is told from the
    start: 0, never, until a probe has come so far since this process began."""

    def __init__(self, service: str, leg: str, consumer: str = "") -> None:
        self._names = (service, leg, consumer)
        self._reached = PROBE_REACHED.labels(*self._names)

    def reached(self, recorded_at: datetime, now: datetime) -> None:
        """A probe of then has come so far."""
        PROBE_SECONDS.labels(*self._names).set(max(0.0, (now - recorded_at).total_seconds()))
        self._reached.set(now.timestamp())

    def reached_by(self, events: Iterable[Event | None], now: datetime) -> None:
        """All these have come so far, whatever of them is a probe."""
        for event in events:
            if event is not None and event.name == PROBE:
                self.reached(event.time, now)
