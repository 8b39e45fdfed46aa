"""What metrics tell of the acts that are tried: how many by act and result, and how long they took by result."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter

from shared.kernel.errors import Refused
from shared.telemetry.metrics import ACT_SECONDS, ACTS

OK, REFUSED, CONFLICT, ERROR = RESULTS = ("ok", "refused", "conflict", "error")


class Told:
    """Tells of one service's acts. Series are looked up once: this stands in the way of every act."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._acts: dict[tuple[str, str], Counter] = {}
        self._seconds = {result: ACT_SECONDS.labels(service, result) for result in RESULTS}

    @contextmanager
    def __call__(self, act: str) -> Iterator[None]:
        """While an act is tried. What it raises says its result: `refused` by law, `conflict` with what another did
        (409, 412), any other exception is an `error`."""
        began, result = time.perf_counter(), ERROR
        try:
            yield
            result = OK
        except Refused as refused:
            result = CONFLICT if refused.status in (409, 412) else REFUSED
            raise
        finally:
            self._seconds[result].observe(time.perf_counter() - began)
            self._count(act, result)

    def _count(self, act: str, result: str) -> None:
        counter = self._acts.get((act, result))
        if counter is None:
            counter = self._acts[act, result] = ACTS.labels(self._service, act, result)
        counter.inc()
