"""The Nameko entrypoints of a service: news in, deadlines, seals, news out. With `runner.py` all that knows Nameko.

They decorate a method of the service class and say when it works; the method says what:

    @following      returns the handlers by source and event
    @ticking        a step: fires what is due, returns the seconds until the next
    @sealing        a step, in one process of the service
    @housekeeping   a step, in one process of the service
    @relaying       returns the journal that is published; works only where news goes over RabbitMQ
    @watching       returns the office whose figures are told
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from nameko.extensions import DependencyProvider, Entrypoint

from shared.acts.office import Office
from shared.bus import ends
from shared.bus.amqp import Consumer
from shared.bus.blocking import run_blocking
from shared.bus.feeds import Feed, HttpFeed, LocalFeed
from shared.bus.follower import Follower
from shared.bus.lease import Lease
from shared.bus.loops import Loop, Step
from shared.bus.publishing import Publisher
from shared.bus.relay import Relay
from shared.bus.topology import Names
from shared.bus.watching import EVERY, Watch
from shared.kernel.settings import AMQP, EMBEDDED, Settings, SettingsError
from shared.telemetry.metrics import JOURNAL_HEAD

M = TypeVar("M", bound=Callable[..., Any])

CONFIG_KEY = "liandong"
HTTP_POLL = 1.0         # seconds between two looks at a feed elsewhere
TICKER_LEAST = 0.2      # seconds: deadlines need no look after each of many commits


class NotConsuming(RuntimeError):
    """These queues have no consumer of this process now; their news waits."""


@dataclass(frozen=True)
class Running:
    """What a process runs: its offices, and who follows whom in the whole suite (the relay declares their queues)."""

    settings: Settings
    offices: Mapping[str, Office]
    consumers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)      # source -> its consumers
    consuming: list[Consumer] = field(default_factory=list)                     # those of this process on the broker

    def feed(self, office: Office, source: str) -> Feed:
        """How an office reads a source's feed: what it follows, or, on RabbitMQ, what fills its gaps. Its own it reads
        itself, wherever the others run.

        Raises SettingsError where nothing says how.
        """
        if source == office.name:
            return LocalFeed(office)
        if self.settings.news == EMBEDDED:
            if source not in self.offices:
                raise SettingsError(f"LIANDONG_NEWS: {office.name} follows {source}, which does not run here")
            return LocalFeed(self.offices[source])
        if source not in self.settings.feed_urls:
            raise SettingsError(f"LIANDONG_FEED_URLS: {office.name} follows {source}, so its URL is needed")
        return HttpFeed(self.settings.feed_urls[source], source, office.access.service_token)


    def all_consume(self) -> None:
        """Raises NotConsuming where a consumer of this process is not at its queue, standing by or at work."""
        if waiting := [consumer.queue for consumer in self.consuming if not consumer.ready]:
            raise NotConsuming(", ".join(waiting))


def running_in(container: Any) -> Running:
    """What the runner gave this container."""
    running: Running = container.config[CONFIG_KEY]
    return running


class OfficeProvider(DependencyProvider):
    """Gives a service its office."""

    def start(self) -> None:
        self.get_dependency(None).wake.hear()

    def get_dependency(self, worker_ctx: object) -> Office:
        return running_in(self.container).offices[self.container.service_name]


class Looping(Entrypoint):
    """An entrypoint that works in loops of its own."""

    def setup(self) -> None:
        self.loops: list[Loop] = []
        self.started = False
        self.office: Office = running_in(self.container).offices[self.container.service_name]

    def start(self) -> None:
        self.started = True
        for loop in self.loops:
            self.container.spawn_managed_thread(loop.run, f"{self.container.service_name} {loop.name}")

    def stop(self) -> None:
        self.kill()             # all of them hear of it first
        for loop in self.loops if self.started else ():
            loop.stop()

    def kill(self) -> None:
        for loop in self.loops:
            loop.kill()

    def method(self) -> Callable[[], Any]:
        """The decorated method, of a service instance that has its dependencies."""
        service = self.container.service_cls()
        for provider in self.container.dependencies:
            setattr(service, provider.attr_name, provider.get_dependency(None))
        bound: Callable[[], Any] = getattr(service, self.method_name)
        return bound

    def add(self, name: str, step: Step, *, rung_by: Office | None = None, **more: Any) -> Loop:
        """One more loop, woken by the commits of an office."""
        loop = Loop(self.container.service_name, name, step, **more)
        if rung_by is not None:
            rung_by.wake.add(loop.bell.ring)
        self.loops.append(loop)
        return loop


class Following(Looping):
    """Follows every source that the method has handlers for, each in a loop of its own."""

    def setup(self) -> None:
        super().setup()
        running = running_in(self.container)
        for source, handlers in run_blocking(self.method()).items():
            self._follow(running, Follower(
                self.office.db, self.office.name, source, handlers, self.office.clock,
                running.feed(self.office, source), self.office.wake.ring))

    def _follow(self, running: Running, follower: Follower) -> None:
        name = f"follows {follower.source}"
        if running.settings.news == AMQP:
            consuming = Consuming(running.settings, follower)
            running.consuming.append(consuming.consumer)
            consuming.loop = self.add(name, consuming.step)
        elif running.settings.news == EMBEDDED:
            self.add(name, lambda: _one_page(follower), rung_by=running.offices[follower.source])
        else:
            self.add(name, lambda: _one_page(follower), poll=HTTP_POLL)


def _one_page(follower: Follower) -> float | None:
    return 0.0 if follower.step() else follower.next_retry()


class Consuming:
    """A consumer on the broker as the step of a loop: it returns when the loop is stopped."""

    def __init__(self, settings: Settings, follower: Follower) -> None:
        self.consumer = Consumer(settings.amqp_url, Names(settings.amqp_prefix), follower)
        self.loop: Loop | None = None

    def step(self) -> float | None:
        assert self.loop is not None
        bell = self.loop.bell
        self.consumer.run(self._stopping, bell.wait)
        return None

    def _stopping(self) -> bool:
        return self.loop is not None and self.loop.stopping


class Ticking(Looping):
    """Calls the method when it asks to be, and after commits, which may have brought a deadline or a law."""

    def setup(self) -> None:
        super().setup()
        self.add("ticker", self.method(), rung_by=self.office, least=TICKER_LEAST)


class Watching(Looping):
    """Tells the figures of the office that the method returns, in every process of the service."""

    def setup(self) -> None:
        super().setup()
        running, office = running_in(self.container), run_blocking(self.method())
        feeds = {source: running.feed(office, source) for source in office.spec.follows}
        watch = Watch(office, feeds, running.settings.news == AMQP)

        def step() -> None:
            ends.tell(office)
            watch.step()

        self.add("watch", step, poll=EVERY)


class InOneProcess(Looping):
    """Calls the method when it asks to be, in one process of the service."""

    def setup(self) -> None:
        super().setup()
        leased = Leased(self.office, self.method_name, self.method())
        self.add(self.method_name, leased.step, last=leased.lease.release)


class Leased:
    """A step of the one process that has the lease. The lease is asked for at each poll, the step only in its time."""

    def __init__(self, office: Office, name: str, step: Step) -> None:
        self.lease = Lease(office.db, name)
        self._office, self._step, self._due = office, step, 0.0

    def step(self) -> float | None:
        with self._office.db.read() as tx:
            JOURNAL_HEAD.labels(self._office.name).set(self._office.journal.head(tx).position)
        if not self.lease.held():
            self._due = 0.0             # whoever takes over does not know when it was done last
            return None
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + (self._step() or 0.0)
        return max(self._due - time.monotonic(), 0.0) or None


class Relaying(Looping):
    """Publishes the journal that the method returns, after each commit; on stop once more."""

    def setup(self) -> None:
        super().setup()
        running = running_in(self.container)
        if running.settings.news != AMQP:
            return
        journal, names = run_blocking(self.method()), Names(running.settings.amqp_prefix)
        consumers = running.consumers.get(self.office.name, ())

        def publisher(after: int) -> Publisher:
            return Publisher(running.settings.amqp_url, names, journal.service, consumers, after)

        relay = Relay(self.office.db, journal, publisher)

        def step() -> float | None:
            return 0.0 if relay.step() else None

        def last() -> None:
            try:
                relay.step()
            finally:
                relay.close()

        self.add("relay", step, rung_by=self.office, last=last)


def following(method: M) -> M:
    """Follows the sources that the method returns handlers for."""
    return cast(M, Following.decorator(method))


def ticking(method: M) -> M:
    """The method is a step; it is called when it asks to be and after commits."""
    return cast(M, Ticking.decorator(method))


def watching(method: M) -> M:
    """Tells the figures of the office that the method returns."""
    return cast(M, Watching.decorator(method))


def sealing(method: M) -> M:
    """The method is a step; one process of the service calls it, when it asks to be."""
    return cast(M, InOneProcess.decorator(method))


def housekeeping(method: M) -> M:
    """As `sealing`, for what is no longer needed."""
    return cast(M, InOneProcess.decorator(method))


def relaying(method: M) -> M:
    """Publishes the journal that the method returns."""
    return cast(M, Relaying.decorator(method))
