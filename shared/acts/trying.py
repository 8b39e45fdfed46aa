"""What the suite does by itself, thing by thing: one that fails waits its turn again and holds up no other."""

import logging
import time
from collections.abc import Hashable

from shared.metrics import STEP_FAILURES

log = logging.getLogger(__name__)

AGAIN = 60.0             # seconds until what failed is tried again


class Trying:
    """Which things failed in this process, each until it is tried again."""

    def __init__(self, service: str, what: str) -> None:
        self._service, self._what = service, what
        self._until: dict[Hashable, float] = {}

    def waits(self, thing: Hashable) -> bool:
        """Whether it failed not long ago."""
        return self._until.get(thing, 0.0) > time.monotonic()

    def failed(self, thing: Hashable, why: Exception) -> None:
        """It is told and counted; a person looks at what fails again and again."""
        self._until[thing] = time.monotonic() + AGAIN
        STEP_FAILURES.labels(self._service, self._what).inc()
        log.error("%s %s %s: %s: %s", self._service, self._what, thing, type(why).__name__, why)

    def left(self) -> float | None:
        """Seconds until the first of them is tried again; None where nothing failed."""
        now = time.monotonic()
        self._until = {thing: until for thing, until in self._until.items() if until > now}
        return min(self._until.values(), default=now) - now if self._until else None
