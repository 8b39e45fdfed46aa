"""Calling agencies' webhooks: who is called next and by which thread. In one process at a time.

A step, after each commit of any service: 1. takes back the webhooks whose turn has ended; 2. looks which services have
news; 3. gives each webhook that has something to be sent, or an address to be tried, a thread for a turn. In a turn one
webhook is called, one call after the other (`turn.py`).

There are so many threads. An agency's webhooks have a quarter of them at most, so its slow ones delay only itself.
Those that failed last or are slow have half of them at most, whoever's they are, so many slow agencies delay only each
other. Nobody is known to be slow before it was: where more than that half turn out to be while they are called, the
others get as many threads beside them, until those calls have ended; so there are half as many again at most.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.sharing.subscriptions.domain import ENDED, STATES, WAITING
from services.sharing.webhooks import store
from services.sharing.webhooks.calls import Caller
from services.sharing.webhooks.store import Webhook
from services.sharing.webhooks.turn import SLOW, Left, Turns
from shared.acts.office import Office
from shared.bus.agency_feeds import AgencyFeed
from shared.bus.feeds import FeedUnreachable
from shared.bus.lease import Lease
from shared.bus.trying import cause_of
from shared.contracts.feed import Mark
from shared.telemetry.metrics import WEBHOOK_ACTIVE, WEBHOOK_FAILING, WEBHOOKS

log = logging.getLogger(__name__)

THREADS = 8
AGAIN = 5.0             # seconds until a feed that can't be read is asked again
STOP_SECONDS = 12.0     # a call in flight has ten


@dataclass
class _Known:
    """What this process knows of a webhook: since which of its turns, and which services may have something for it."""

    turn: int
    behind: set[str] = field(default_factory=set)
    set_off: float = 0.0            # when last; by the monotonic clock
    slow: bool = False              # a call of its last turn was


class Deliverer:
    """The webhooks of a city. `feeds`: how each service's feed is read; `ring`: asks for another step."""

    def __init__(self, office: Office, feeds: Mapping[str, AgencyFeed], ring: Callable[[], None],
                 caller: Caller | None = None, threads: int = THREADS, slow: float = SLOW) -> None:
        self._office, self._feeds, self._ring, self._threads, self._slow = office, feeds, ring, threads, slow
        self._lease = Lease(office.db, "webhooks")
        self._turns = Turns(office, feeds, caller or Caller(office.settings.webhook_hosts), slow=slow)
        self._known: dict[str, _Known] = {}
        self._heads: dict[str, Mark] = {}
        self._counted: frozenset[str] = frozenset()     # agencies whose failing is told
        self._flying: dict[str, Webhook] = {}   # as they were when they were set off
        self._running: set[threading.Thread] = set()
        self._ended: queue.SimpleQueue[tuple[str, Left]] = queue.SimpleQueue()

    def step(self) -> float | None:
        """Sets off what can be; the seconds until the next step, None: when something is committed.

        Where another process has the lease, nothing. Raises what the database raises."""
        if not self._lease.held():
            self._tell_nothing()
            self._known.clear()
            return None
        WEBHOOK_ACTIVE.set(1)
        self._take_back()
        with self._office.db.read() as tx:
            hooks = store.at_work(tx)
            counted = store.counted(tx)
        now = self._office.clock.now()
        self._count(hooks, counted, now)
        unread = self._look(hooks)
        waits = [AGAIN] if unread else []
        for hook in sorted(hooks, key=lambda each: self._known[each.id].set_off):     # who waits longest comes first
            if hook.id in self._flying or not self._wants(hook):
                continue
            if hook.next_try is not None and hook.next_try > now:
                waits.append((hook.next_try - now).total_seconds())
            elif self._free(hook):
                self._set_off(hook)
            else:
                waits.append(self._slow)        # until then it may have turned out that calls in flight are slow
        return min(waits, default=None)

    def close(self) -> None:
        """Lets the calls in flight end, and another process go on."""
        self._turns.close()
        for thread in tuple(self._running):
            thread.join(STOP_SECONDS)
        self._lease.release()
        self._tell_nothing()

    def idle(self) -> bool:
        """Whether no call is in flight and none is wanted, as far as the last step knew."""
        return not self._flying and self._ended.empty() and not any(each.behind for each in self._known.values())

    def _take_back(self) -> None:
        while not self._ended.empty():
            id, left = self._ended.get()
            self._flying.pop(id, None)
            if id in self._known:
                known = self._known[id]
                known.behind |= left.behind
                known.slow = known.slow if left.slow is None else left.slow

    def _look(self, hooks: list[Webhook]) -> bool:
        """Which services have news since the last look, for whom they may be; whether one could not be asked."""
        unread = False
        moved: set[str] = set()
        for source, feed in self._feeds.items():
            try:
                head = feed.head()
            except FeedUnreachable as failed:
                log.warning("webhooks: %s", failed)
                unread = True
                continue
            if self._heads.get(source) != head:
                self._heads[source] = head
                moved.add(source)
        for hook in hooks:
            known = self._known.get(hook.id)
            if known is None or known.turn != hook.turn:
                self._known[hook.id] = _Known(
                    hook.turn, set(self._feeds), *((known.set_off, known.slow) if known else ()))
            else:
                known.behind |= moved
        for id in self._known.keys() - {hook.id for hook in hooks}:
            del self._known[id]
        return unread

    def _wants(self, hook: Webhook) -> bool:
        return hook.state == WAITING or bool(self._known[hook.id].behind)

    def _free(self, hook: Webhook) -> bool:
        """Whether it may have a thread now. What its agency may not have stays free also where nobody wants it yet: who
        comes next must not wait until a slow call has ended."""
        flying, half = self._flying.values(), max(1, self._threads // 2)
        if sum(each.agency == hook.agency for each in flying) >= max(1, self._threads // 4):
            return False
        holding_up = sum(map(self._holds_up, flying))
        if self._holds_up(hook):
            return holding_up < half and len(flying) < self._threads
        return (len(flying) < self._threads + half
                and len(flying) - holding_up < max(1, self._threads - min(holding_up, half)))

    def _holds_up(self, hook: Webhook) -> bool:
        """Whether it failed last, was slow last, or a call to it is slow by now."""
        known = self._known.get(hook.id)
        return hook.failures > 0 or (known is not None and known.slow) or self._turns.is_slow(hook.id)

    def _set_off(self, hook: Webhook) -> None:
        known = self._known[hook.id]
        known.set_off = time.monotonic()
        behind, known.behind = known.behind, set()
        self._flying[hook.id] = hook
        thread = threading.Thread(target=self._run, args=(hook.id, behind), name=f"webhook {hook.id}", daemon=True)
        self._running = {each for each in self._running if each.is_alive()} | {thread}
        thread.start()

    def _run(self, id: str, behind: set[str]) -> None:
        left = Left(behind)
        try:
            left = self._turns.run(id, behind)
        except Exception as failed:     # the database is away, or a fault of this house: neither is the receiver's
            log.error("webhooks: %s: %s", id, cause_of(failed), exc_info=failed)
            self._turns.stopping.wait(AGAIN)
        finally:
            self._ended.put((id, left))
            self._ring()

    def _count(self, hooks: list[Webhook], counted: Mapping[str, int], now: datetime) -> None:
        for state in STATES.keys() - {ENDED}:
            WEBHOOKS.labels(state).set(counted.get(state, 0))
        since: dict[str, float] = dict.fromkeys({hook.agency for hook in hooks}, 0.0)
        for hook in hooks:
            if hook.failing_since is not None:
                since[hook.agency] = max(since[hook.agency], (now - hook.failing_since).total_seconds())
        for agency in self._counted - since.keys():
            WEBHOOK_FAILING.remove(agency)
        for agency, seconds in since.items():
            WEBHOOK_FAILING.labels(agency).set(seconds)
        self._counted = frozenset(since)

    def _tell_nothing(self) -> None:
        """Whoever has the lease tells how the webhooks are; what this process told before would stand for ever."""
        WEBHOOK_ACTIVE.set(0)
        WEBHOOKS.clear()
        WEBHOOK_FAILING.clear()
        self._counted = frozenset()
