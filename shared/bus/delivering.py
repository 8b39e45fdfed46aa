"""The entrypoint of what calls agencies' webhooks: it reads what they were told of every service, and is woken by all.

    @delivering     returns what makes a deliverer, of the feeds by service and of what asks for another step
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar, cast

from shared.acts.office import Office
from shared.bus.agency_feeds import AgencyFeed, HttpAgencyFeed, LocalAgencyFeed
from shared.bus.blocking import run_blocking
from shared.bus.entrypoints import Looping, Running, running_in
from shared.wake import Wake

M = TypeVar("M", bound=Callable[..., Any])

log = logging.getLogger(__name__)


class Deliverer(Protocol):
    """Calls what is to be called: a step sets it off, `close` waits for its end."""

    def step(self) -> float | None: ...

    def close(self) -> None: ...


Make = Callable[[Mapping[str, AgencyFeed], Callable[[], None]], Deliverer]


def agency_feeds(running: Running, office: Office) -> dict[str, AgencyFeed]:
    """How an office reads what agencies were told of every service of the suite. One whose address is not known is left
    out, which is said."""
    feeds: dict[str, AgencyFeed] = {}
    for source in running.consumers or running.offices:
        if source in running.offices:
            feeds[source] = LocalAgencyFeed(running.offices[source])
        elif source in running.settings.feed_urls:
            feeds[source] = HttpAgencyFeed(running.settings.feed_urls[source], source, office.access.service_token)
        else:
            log.warning("LIANDONG_FEED_URLS: webhooks carry nothing of %s, so its URL is needed", source)
    return feeds


class Delivering(Looping):
    """Calls agencies' webhooks, after the commits of every service: those of this process ring, those of others by
    NOTIFY where they share its server."""

    def setup(self) -> None:
        super().setup()
        running, self._hearing = running_in(self.container), list[Wake]()
        feeds, make = agency_feeds(running, self.office), cast(Make, run_blocking(self.method()))
        deliverer = make(feeds, lambda: loop.bell.ring())
        loop = self.add("webhooks", deliverer.step, last=deliverer.close)
        for source in feeds:
            office = running.offices.get(source)
            wake = office.wake if office else Wake(self.office.db, source, source)
            wake.add(loop.bell.ring)
            if office is None and not self.office.db.sqlite:
                wake.hear()
                self._hearing.append(wake)

    def stop(self) -> None:
        super().stop()
        for wake in self._hearing:
            run_blocking(wake.close)


def delivering(method: M) -> M:
    """The method returns what makes a deliverer."""
    return cast(M, Delivering.decorator(method))
