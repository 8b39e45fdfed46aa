"""The entrypoint of what writes a service's probes and looks for them as an agency's system would.

    @probing        returns the office whose way is probed; of several processes one writes each probe, and looks for it
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from shared.acts.office import Office
from shared.bus.agency_feeds import AgencyFeed, HttpAgencyFeed, LocalAgencyFeed
from shared.bus.blocking import run_blocking
from shared.bus.entrypoints import Looping, running_in
from shared.bus.legs import CANARY, WRITTEN, Leg
from shared.contracts.feed import Mark
from shared.journal import probe
from shared.journal.model import PROBE
from shared.journal.probe import Probe
from shared.kernel.settings import EMBEDDED, ON
from shared.telemetry.metrics import PROBE_ON

M = TypeVar("M", bound=Callable[..., Any])


class ProbeLacks(Exception):
    """The canary's feed does not have a probe that was written."""


class Prober:
    """Writes a probe when one is due, and reads it back from the canary's feed."""

    def __init__(self, office: Office, feed: AgencyFeed) -> None:
        self._office, self._feed, self._canary = office, feed, office.settings.canary
        self._written, self._seen = Leg(office.name, WRITTEN), Leg(office.name, CANARY)
        self._sought: Probe | None = None           # the last, until the canary has it

    def step(self) -> float:
        """A probe, if it is time; returns the seconds until the next. What keeps the canary from it keeps no probe from
        being written. Raises ProbeLacks, OldEpoch, FeedUnreachable, and the database's errors: it is looked for again
        until the next one is written."""
        office = self._office
        with office.db.read() as tx:
            left = probe.wait(tx, office.clock.now())
        if not left:
            self._sought, left = probe.write(office.db, office.journal, self._canary), probe.EVERY
            if self._sought is not None:
                self._written.reached(self._sought.recorded_at, office.clock.now())
                office.wake.ring()
        if self._sought is not None:
            self._seek(self._sought)
            self._sought = None
        return left.total_seconds()

    def _seek(self, sought: Probe) -> None:
        before = Mark(sought.epoch, sought.position - 1, sought.position - 1)
        told = self._feed.read(self._canary, (PROBE,), before, 1)
        if told.mark.position < sought.position or not told.items:
            raise ProbeLacks(f"{self._office.name} {sought.position} is not in the feed of {self._canary}")
        self._seen.reached(sought.recorded_at, self._office.clock.now())


class Probing(Looping):
    """Probes the way of the service's news, unless that is switched off. The canary's feed is read as agencies' systems
    reach it, from the API, where its address is known; in the embedded process as its API reads it."""

    def setup(self) -> None:
        super().setup()
        running = running_in(self.container)
        office = run_blocking(self.method())
        on = running.settings.probe == ON
        PROBE_ON.labels(office.name).set(on)
        if not on:
            return
        url = running.settings.feed_urls.get(office.name, "") if running.settings.news != EMBEDDED else ""
        feed = HttpAgencyFeed(url, office.name, office.access.service_token) if url else LocalAgencyFeed(office)
        self.add(self.method_name, Prober(office, feed).step)


def probing(method: M) -> M:
    """The method returns the office whose way is probed."""
    return cast(M, Probing.decorator(method))
