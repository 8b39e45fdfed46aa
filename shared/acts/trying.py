"""What the suite does by itself, thing by thing: one that fails waits its turn again and holds up no other."""

import logging
import time
from collections.abc import Callable, Hashable

from shared.acts.request import STILL_RUNNING
from shared.db.database import database_gone
from shared.kernel.errors import Refused
from shared.telemetry.metrics import STEP_FAILURES

log = logging.getLogger(__name__)

AGAIN = 60.0             # seconds until what failed is tried again


def moved_on(refused: Refused) -> bool:
    """Whether the case does not allow the act any more: what was owed is owed no more. Where another act was only
    faster, this one is still owed."""
    return refused.status == 409 and refused.refusals[0].code != STILL_RUNNING.code


class Trying:
    """Which things failed in this process, each until it is tried again."""

    def __init__(self, service: str, what: str) -> None:
        self._service, self._what = service, what
        self._until: dict[Hashable, float] = {}
        self._counted = STEP_FAILURES.labels(service, what)        # told from the start: a rise from nothing is seen

    def do(self, thing: Hashable, act: Callable[[], int]) -> int:
        """What the act answers; 0 where the thing waits, where it failed, where its case moved on (409).

        Raises what the database raises where it is gone: then nothing of all can be done."""
        if self.waits(thing):
            return 0
        try:
            return act()
        except Refused as refused:
            if not moved_on(refused):
                self.failed(thing, refused)
        except Exception as failed:
            if database_gone(failed):
                raise
            self.failed(thing, failed)
        return 0

    def waits(self, thing: Hashable) -> bool:
        """Whether it failed not long ago."""
        return self._until.get(thing, 0.0) > time.monotonic()

    def failed(self, thing: Hashable, why: Exception) -> None:
        """It is told and counted; a person looks at what fails again and again."""
        self._until[thing] = time.monotonic() + AGAIN
        self._counted.inc()
        log.error("%s %s %s: %s: %s", self._service, self._what, thing, type(why).__name__, why)

    def left(self) -> float | None:
        """Seconds until the first of them is tried again; None where nothing failed."""
        now = time.monotonic()
        self._until = {thing: until for thing, until in self._until.items() if until > now}
        return min(self._until.values(), default=now) - now if self._until else None
