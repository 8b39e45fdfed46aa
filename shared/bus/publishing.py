"""The relay's publisher: pipelined confirms, in order, to the siblings' exchange and to agencies' queues.

The siblings' copies are the relay's duty: what of them is refused, returned or not confirmed fails the step. An
agency's copy is a favour (the feed is its record): where its queue does not take it, it is counted and given up, the
queue is left alone for a while, and the next `prev` tells the gap.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

import amqp
from amqp.exceptions import NotFound

from shared.bus.amqp import close, connect
from shared.bus.copies import Copy
from shared.bus.topology import Names, declare_source
from shared.contracts.envelope import CONTENT_TYPE, type_of
from shared.journal.model import ForRelay
from shared.law.queues import LENGTH
from shared.telemetry.metrics import (
    AGENCY_PUBLISHED,
    AGENCY_QUEUE_FULL,
    AGENCY_QUEUE_LIMIT,
    AGENCY_QUEUE_MESSAGES,
    PUBLISHED,
)

log = logging.getLogger(__name__)

CONFIRM_SECONDS = 30.0  # without any confirm for so long, the channel is given up
COPY_SECONDS = 5.0      # without any confirm for so long, what agencies' queues still owe is given up
AWAY_SECONDS = 60.0     # for so long a queue that is not there or takes nothing is left alone
LOOK_SECONDS = 15.0     # between two looks at how full agencies' queues are
FULL = "full"
RESULTS = ("confirmed", "refused", "returned", "unconfirmed")       # each told from the start, with 0


class PublishFailed(Exception):
    """The broker refused, returned or did not confirm an entry in time. It is published again on a new channel."""


class Taken(NamedTuple):
    """A copy that the broker has for an agency. Position 0: it was sent again."""

    agency: str
    subscription: str
    position: int


class Publisher:
    """A channel in confirm mode for one source. Entries go out in order; `confirmed` is the last position up to which
    the broker has all of them. After any failure it is closed and another one made."""

    def __init__(self, url: str, names: Names, source: str, consumers: Collection[str], after: int) -> None:
        self.names, self.source, self._consumers = names, source, tuple(consumers)
        self._pending: dict[int, int] = {}        # delivery tag -> position, in order; 0: of what is sent again
        self._copies: dict[int, Taken] = {}       # of these, those for agencies: what is taken by their confirm
        self._returned: set[tuple[str, int]] = set()
        self._how: dict[str, str] = {}            # agency -> what its queue lacks; empty: it takes what it is sent
        self.taken: list[Taken] = []              # copies the broker has confirmed, until the relay has noted them
        self.changed: dict[str, str] = {}         # what of `_how` is new, until the relay has told the agency
        self._away: dict[str, float] = {}         # agency -> until when its queue is left alone
        self._full: dict[str, bool] = {}          # agencies sent to: whether their queues were full at the last look
        self._tag, self._last, self._looked = 0, after, time.monotonic()
        self._failed: tuple[int, str] | None = None
        self._published = {result: PUBLISHED.labels(source, result) for result in RESULTS}
        self._connection = connect(url, f"liandong {source} relay")
        try:
            # py-amqp would look for a notice of blocking before each message: a read that costs more than the message
            self._connection.client_properties["capabilities"]["connection.blocked"] = False
            self._channel = self._connection.channel()
            declare_source(self._channel, names, source, self._consumers)
            self._channel.confirm_select()
            self._channel.events["basic_ack"].add(self._on_ack)
            self._channel.events["basic_nack"].add(self._on_nack)
            self._channel.events["basic_return"].add(self._on_return)
        except BaseException:
            self.close()
            raise

    @property
    def outstanding(self) -> int:
        """How many messages wait for their confirm."""
        return len(self._pending)

    @property
    def confirmed(self) -> int:
        """The position up to which everything is confirmed or given up, without a hole."""
        first = next((position for position in self._pending.values() if position), self._last + 1)
        return min(first, self._failed[0] if self._failed else first) - 1

    def publish(self, entry: ForRelay, copies: Sequence[Copy] = ()) -> None:
        """Sends an entry to the siblings, and to the agencies whose copies are given. Raises BROKER_ERRORS."""
        self._send(entry, self.names.exchange(self.source), f"{self.source}.{entry.type}", {}, bool(self._consumers))
        for copy in copies:
            self.copy(entry, copy)
        self._last = entry.position

    def copy(self, entry: ForRelay, copy: Copy) -> None:
        """Sends an entry to an agency's queue, unless that is left alone now. Raises BROKER_ERRORS."""
        if self._away.get(copy.agency, 0.0) > time.monotonic():
            return
        self._full.setdefault(copy.agency, False)
        position = 0 if copy.replayed else entry.position
        self._copies[self._tag + 1] = Taken(copy.agency, copy.subscription, position)
        self._send(entry, "", self.names.agency(copy.agency), copy.headers(), True, position)

    def _send(self, entry: ForRelay, exchange: str, key: str, more: dict[str, Any], mandatory: bool,
              position: int | None = None) -> None:
        message = amqp.Message(
            entry.body, content_type=CONTENT_TYPE, content_encoding="utf-8", delivery_mode=2, message_id=entry.id,
            type=type_of(self.source, entry.type),
            application_headers={"epoch": entry.epoch, "position": entry.position, **more})
        self._tag += 1
        self._pending[self._tag] = entry.position if position is None else position
        self._channel.basic_publish(message, exchange, key, mandatory=mandatory)

    def settle(self, outstanding: int) -> None:
        """Reads confirms until at most so many are lacking. Raises PublishFailed, BROKER_ERRORS."""
        heard = time.monotonic()
        while len(self._pending) > outstanding and self._failed is None:
            before = len(self._pending)
            patience = COPY_SECONDS if self._copies else CONFIRM_SECONDS
            try:
                self._connection.drain_events(timeout=max(0.01, heard + patience - time.monotonic()))
            except TimeoutError as late:
                if self._give_up_copies():
                    continue
                self._published["unconfirmed"].inc(len(self._pending))
                raise PublishFailed(f"{self.source} {self.confirmed + 1}: no confirm in {CONFIRM_SECONDS} s") from late
            if len(self._pending) < before:
                heard = time.monotonic()
        if self._failed is not None:
            raise PublishFailed(f"{self.source} {self._failed[0]} {self._failed[1]}")

    def look(self) -> None:
        """Looks, now and then, how full the queues are that it sends to: a full one is told. Raises BROKER_ERRORS."""
        if time.monotonic() < self._looked + LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        for agency, was_full in self._full.items():
            with contextlib.suppress(NotFound), self._connection.channel() as aside:
                count = aside.queue_declare(self.names.agency(agency), passive=True).message_count
                AGENCY_QUEUE_MESSAGES.labels(agency).set(count)
                AGENCY_QUEUE_LIMIT.labels(agency).set(LENGTH)
                AGENCY_QUEUE_FULL.labels(agency).set(count >= LENGTH)
                self._full[agency] = count >= LENGTH
                if count >= LENGTH or self._how.get(agency) == FULL:
                    self._is(agency, FULL if count >= LENGTH else "")
                if count >= LENGTH and not was_full:
                    log.warning("%s is full: %d messages, its oldest go first", self.names.agency(agency), count)

    def beat(self) -> None:
        """Keeps an idle connection alive, and notices a dead one. Raises BROKER_ERRORS."""
        with contextlib.suppress(TimeoutError):
            self._connection.drain_events(timeout=0)
        self._connection.heartbeat_tick()

    def close(self) -> None:
        """Gives the connection up."""
        close(self._connection)

    def _give_up_copies(self) -> int:
        """What agencies' queues owe is owed no more. How many there were."""
        owed = list(self._copies.items())
        for tag, copy in owed:
            self._leave(copy.agency, "unconfirmed")
            self._pending.pop(tag, None)
        self._copies.clear()
        return len(owed)

    def _leave(self, agency: str, result: str) -> None:
        """An agency's queue did not take a message: it is left alone for a while."""
        AGENCY_PUBLISHED.labels(self.source, agency, result).inc()
        if self._away.get(agency, 0.0) <= time.monotonic():
            log.warning("%s: %s; nothing is sent there for %d s", self.names.agency(agency), result, AWAY_SECONDS)
        self._away[agency] = time.monotonic() + AWAY_SECONDS
        self._is(agency, result)

    def _is(self, agency: str, how: str) -> None:
        if self._how.get(agency) != how:
            self._how[agency] = self.changed[agency] = how

    def _took(self, copy: Taken) -> None:
        """An agency's queue has a message; one that came back is confirmed too, and taken by none."""
        if (copy.agency, copy.position) in self._returned:
            self._returned.discard((copy.agency, copy.position))
            return
        AGENCY_PUBLISHED.labels(self.source, copy.agency, "confirmed").inc()
        if self._how.get(copy.agency) != FULL and self._away.get(copy.agency, 0.0) <= time.monotonic():
            self._is(copy.agency, "")           # else it is the confirm of a message from before
        if copy.position:
            self.taken.append(copy)

    def _on_ack(self, tag: int, multiple: bool) -> None:
        self._settled(tag, multiple, lambda position: self._published["confirmed"].inc(), self._took)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        self._settled(tag, multiple, lambda position: self._fail(position, "was refused by the broker", "refused"),
                      lambda copy: self._leave(copy.agency, "refused"))

    def _on_return(self, error: Exception, exchange: str, key: str, message: amqp.Message) -> None:
        """It had no queue; its confirm comes all the same."""
        if not exchange:
            agency, headers = key.removeprefix(self.names.agency("")), message.headers
            self._returned.add((agency, 0 if headers.get("replayed") else int(headers["position"])))
            self._leave(agency, "returned")
        else:
            self._fail(int(message.headers["position"]), f"came back: {error}", "returned")

    def _fail(self, position: int, why: str, result: str) -> None:
        self._published[result].inc()
        if self._failed is None or position < self._failed[0]:
            self._failed = (position, why)

    def _settled(self, tag: int, multiple: bool, own: Callable[[int], object],
                 of_agency: Callable[[Taken], object]) -> None:
        """Each message that the broker has decided on, once."""
        tags = [tag]
        if multiple:
            tags = []
            for pending in self._pending:
                if pending > tag:
                    break
                tags.append(pending)
        for each in tags:
            position = self._pending.pop(each, None)
            if (copy := self._copies.pop(each, None)) is not None:
                of_agency(copy)
            elif position is not None:
                own(position)
