"""RabbitMQ: a publisher with pipelined confirms, and a consumer that hands batches to a follower.

Both stand on py-amqp, connected by kombu (which reads the URL and does TLS). kombu's ConsumerMixin hands over one
message at a time and acknowledges each, so batches could not be one transaction. Nothing here sleeps: whoever
calls says how a pause is made, so it runs in native threads and in a patched worker alike.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

import amqp
import kombu.connection
from amqp.exceptions import AMQPError
from sqlalchemy.exc import SQLAlchemyError

from shared.bus.deliveries import PAGE, Delivery
from shared.bus.feeds import FeedUnreachable
from shared.bus.follower import Follower, GapOpen, UnknownEpoch
from shared.bus.pauses import pause_after
from shared.bus.topology import Names, declare_agency, declare_source
from shared.contracts.envelope import CONTENT_TYPE, type_of
from shared.journal.model import ForRelay
from shared.metrics import PUBLISHED

log = logging.getLogger(__name__)

HEARTBEAT = 30          # seconds
SOCKET_SECONDS = 30.0   # no read or write of a socket may hang longer: a broker short of memory stops reading
CONNECT_SECONDS = 5.0
CONFIRM_SECONDS = 30.0  # without any confirm for so long, the channel is given up
POLL_SECONDS = 0.5      # how long a consumer waits for messages before it looks whether it shall stop
RETRY_SECONDS = 5.0     # how often it looks for parked events that are due
LEVEL_SECONDS = 60.0    # how often it asks the feed for what the queue never got
STOPPED_PAUSE = 60.0    # at an unknown epoch: until a person has decided

BROKER_ERRORS = (AMQPError, OSError)


class PublishFailed(Exception):
    """The broker refused, returned or did not confirm an entry in time. It is published again on a new channel."""


def connect(url: str, name: str) -> amqp.Connection:
    """An open connection, named for the broker's administrators. Raises BROKER_ERRORS."""
    asked = kombu.connection.Connection(url, heartbeat=HEARTBEAT, connect_timeout=CONNECT_SECONDS, login_method="PLAIN",
                             transport_options={"client_properties": {"connection_name": name}})
    connection: amqp.Connection = asked.transport.establish_connection()
    connection.transport.sock.settimeout(SOCKET_SECONDS)
    return connection


def close(connection: amqp.Connection) -> None:
    """Closes a connection in whatever state it is."""
    with contextlib.suppress(*BROKER_ERRORS, AttributeError):    # py-amqp's own, where the socket is gone already
        connection.close()
    with contextlib.suppress(*BROKER_ERRORS, AttributeError):
        connection.collect()


class Publisher:
    """A channel in confirm mode for one source. Entries go out in order; `confirmed` is the last position up to which
    the broker has all of them. After any failure it is closed and another one made."""

    def __init__(self, url: str, names: Names, source: str, consumers: Collection[str], after: int, *,
                 agencies: bool = False) -> None:
        self.names, self.source, self._consumers, self._agencies = names, source, tuple(consumers), agencies
        self._known_agencies: set[str] = set()
        self._pending: dict[int, int] = {}        # delivery tag -> position, in order
        self._tag, self._last = 0, after
        self._failed: tuple[int, str] | None = None
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
        """The position up to which everything is confirmed, without a hole."""
        confirmed = next(iter(self._pending.values()), self._last + 1) - 1
        return min(confirmed, self._failed[0] - 1) if self._failed else confirmed

    def publish(self, entry: ForRelay) -> None:
        """Sends an entry to the siblings, and to each agency told. Raises BROKER_ERRORS."""
        self._send(entry, self.names.exchange(self.source), f"{self.source}.{entry.type}", {}, bool(self._consumers))
        for agency, prev in entry.told if self._agencies else ():
            if agency not in self._known_agencies:
                declare_agency(self._channel, self.names, agency)
                self._known_agencies.add(agency)
            self._send(entry, "", self.names.agency(agency), {"prev": prev}, True)
        self._last = entry.position

    def _send(self, entry: ForRelay, exchange: str, key: str, more: dict[str, Any], mandatory: bool) -> None:
        message = amqp.Message(
            entry.body, content_type=CONTENT_TYPE, content_encoding="utf-8", delivery_mode=2, message_id=entry.id,
            type=type_of(self.source, entry.type),
            application_headers={"epoch": entry.epoch, "position": entry.position, **more})
        self._tag += 1
        self._pending[self._tag] = entry.position
        self._channel.basic_publish(message, exchange, key, mandatory=mandatory)

    def settle(self, outstanding: int) -> None:
        """Reads confirms until at most so many are lacking. Raises PublishFailed, BROKER_ERRORS."""
        deadline = time.monotonic() + CONFIRM_SECONDS
        while len(self._pending) > outstanding and self._failed is None:
            before = len(self._pending)
            try:
                self._connection.drain_events(timeout=max(0.01, deadline - time.monotonic()))
            except TimeoutError as late:
                PUBLISHED.labels(self.source, "unconfirmed").inc(len(self._pending))
                raise PublishFailed(f"{self.source} {self.confirmed + 1}: no confirm in {CONFIRM_SECONDS} s") from late
            if len(self._pending) < before:
                deadline = time.monotonic() + CONFIRM_SECONDS
        if self._failed is not None:
            raise PublishFailed(f"{self.source} {self._failed[0]} {self._failed[1]}")

    def beat(self) -> None:
        """Keeps an idle connection alive, and notices a dead one. Raises BROKER_ERRORS."""
        with contextlib.suppress(TimeoutError):
            self._connection.drain_events(timeout=0)
        self._connection.heartbeat_tick()

    def close(self) -> None:
        """Gives the connection up."""
        close(self._connection)

    def _on_ack(self, tag: int, multiple: bool) -> None:
        PUBLISHED.labels(self.source, "confirmed").inc(len(self._settled(tag, multiple)))

    def _on_nack(self, tag: int, multiple: bool) -> None:
        for position in self._settled(tag, multiple):
            self._fail(position, "was refused by the broker", "refused")

    def _on_return(self, error: Exception, exchange: str, key: str, message: amqp.Message) -> None:
        """It had no queue; its confirm comes all the same."""
        self._fail(int(message.headers["position"]), f"came back: {error}", "returned")

    def _fail(self, position: int, why: str, result: str) -> None:
        PUBLISHED.labels(self.source, result).inc()
        if self._failed is None or position < self._failed[0]:
            self._failed = (position, why)

    def _settled(self, tag: int, multiple: bool) -> list[int]:
        if not multiple:
            return [self._pending.pop(tag)] if tag in self._pending else []
        tags = []
        for pending in self._pending:
            if pending > tag:
                break
            tags.append(pending)
        return [self._pending.pop(pending) for pending in tags]


class Consumer:
    """Feeds a follower from its queue: batches, acknowledged after their commit."""

    def __init__(self, url: str, names: Names, follower: Follower, prefetch: int = PAGE) -> None:
        self._url, self._names, self._follower, self._prefetch = url, names, follower, prefetch
        self.queue = names.queue(follower.consumer, follower.source)
        self._arrived: list[amqp.Message] = []
        self._survived = 0       # sessions that this process has outlived: what they gave back was no crash
        self.ready = False       # it consumes; for /readyz and for whoever must know

    def run(self, stopping: Callable[[], bool], pause: Callable[[float], object]) -> None:
        """Consumes until `stopping`, over every loss of broker, queue, feed and database; `pause(seconds)` waits, and
        returns early when it shall stop. In the end what was delivered is handled and acknowledged, then it closes."""
        failures = 0
        while not stopping():
            try:
                self._session(stopping)
            except (*BROKER_ERRORS, GapOpen, UnknownEpoch, SQLAlchemyError) as failed:
                failures = 0 if self.ready else failures + 1
                self.ready = False
                log.warning("%s: %s: %s", self.queue, type(failed).__name__, failed)
                pause(STOPPED_PAUSE if isinstance(failed, UnknownEpoch) else pause_after(failures))

    def _session(self, stopping: Callable[[], bool]) -> None:
        """One connection's life. First the queue is there and consumed, then the feed is asked for what it never got;
        the queue comes first, as only it knows which event has ended its consumer how often."""
        with self._consuming() as (connection, channel, tag):
            if self._gather(connection):
                self._handle(channel)
            self._level()
            self.ready = True
            levelled = retried = time.monotonic()
            while not stopping():
                if self._gather(connection):
                    self._handle(channel)
                    levelled = time.monotonic()
                if time.monotonic() - retried > RETRY_SECONDS:
                    self._follower.retry()
                    retried = time.monotonic()
                if time.monotonic() - levelled > LEVEL_SECONDS:
                    self._level()
                    levelled = time.monotonic()
                connection.heartbeat_tick()
            channel.basic_cancel(tag)
            self._handle(channel)
            self.ready = False

    @contextmanager
    def _consuming(self) -> Iterator[tuple[amqp.Connection, amqp.Channel, str]]:
        connection = connect(self._url, f"liandong {self.queue}")
        try:
            channel = connection.channel()
            self._arrived.clear()
            declare_source(channel, self._names, self._follower.source, (self._follower.consumer,))
            channel.basic_qos(0, self._prefetch, False)
            # without an on_cancel of its own py-amqp raises ConsumerCancelled where the queue is deleted
            tag: str = channel.basic_consume(self.queue, callback=self._arrived.append)
            yield connection, channel, tag
        finally:
            self._survived += 1
            close(connection)

    def _gather(self, connection: amqp.Connection) -> bool:
        """Waits for a message, then takes what else is there already."""
        seconds = POLL_SECONDS
        with contextlib.suppress(TimeoutError):
            while len(self._arrived) < self._prefetch:
                connection.drain_events(timeout=seconds)
                seconds = 0
        return bool(self._arrived)

    def _handle(self, channel: amqp.Channel) -> None:
        """Handles what has arrived, then acknowledges all of it."""
        batch, self._arrived[:] = list(self._arrived), []
        if not batch:
            return
        deliveries = [delivery for message in batch if (delivery := delivery_of(message, self._survived))]
        self._follower.handle(deliveries)
        if len(deliveries) < len(batch):
            log.error("%s: %s messages without position; the feed is asked", self.queue, len(batch) - len(deliveries))
            self._level()
        channel.basic_ack(batch[-1].delivery_tag, multiple=True)

    def _level(self) -> None:
        """Takes from the feed what the queue never got. Where the feed can't be reached, the next gap asks again."""
        try:
            while self._follower.catch_up():
                pass
        except FeedUnreachable as failed:
            log.warning("%s: %s", self.queue, failed)


def delivery_of(message: amqp.Message, survived: int) -> Delivery | None:
    """The delivery of a message; None where its headers do not say where it stands. A text that is no UTF-8 is kept
    with its bad bytes replaced: it can't be read, and says so. The broker counts every time it came back, also from a
    consumer that lives and only lacked its database: so many of this process, `survived`, are no crashes."""
    headers = message.headers or {}
    position, epoch, crashes = headers.get("position"), headers.get("epoch"), headers.get("x-delivery-count", 0)
    if not isinstance(position, int) or position < 1 or not isinstance(epoch, str):
        return None
    body = message.body.decode(errors="replace") if isinstance(message.body, bytes) else str(message.body)
    return Delivery(epoch, position, body, max(0, crashes - survived) if isinstance(crashes, int) else 0)
