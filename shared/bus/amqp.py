"""RabbitMQ: connections, and a consumer that hands batches to a follower. The publisher stands in `publishing.py`.

Both stand on py-amqp. kombu's ConsumerMixin hands over one message at a time and acknowledges each, so batches could
not be one transaction. Nothing here sleeps: whoever calls says how a pause is made, so it runs in native threads and in
a patched worker alike.
"""

import contextlib
import logging
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

import amqp
from amqp.exceptions import AMQPError
from sqlalchemy.exc import SQLAlchemyError

from shared.bus.deliveries import PAGE, Delivery
from shared.bus.feeds import FeedUnreachable
from shared.bus.follower import Follower, GapOpen, UnknownEpoch
from shared.bus.pauses import pause_after
from shared.bus.topology import Names, declare_source
from shared.kernel.settings import authority

log = logging.getLogger(__name__)

HEARTBEAT = 30          # seconds
SOCKET_SECONDS = 30.0   # no read or write of a socket may hang longer: a broker short of memory stops reading
CONNECT_SECONDS = 5.0
POLL_SECONDS = 0.5      # how long a consumer waits for messages before it looks whether it shall stop
RETRY_SECONDS = 5.0     # how often it looks for parked events that are due
LEVEL_SECONDS = 60.0    # how often it asks the feed for what the queue never got
STOPPED_PAUSE = 60.0    # at an unknown epoch: until a person has decided

BROKER_ERRORS = (AMQPError, OSError)


class Untrusted(ConnectionError):
    """There is no TLS with the broker: its certificate is not that of the host asked for, or signed by nobody trusted,
    or it speaks another protocol. Nothing was said to it, no password either."""


def connect(url: str, name: str) -> amqp.Connection:
    """An open connection, named for the broker's administrators. Raises BROKER_ERRORS, of which Untrusted is one."""
    at = urlsplit(url)
    host, secure = at.hostname or "localhost", at.scheme == "amqps"
    at_port = f"{f'[{host}]' if ':' in host else host}:{at.port or (5671 if secure else 5672)}"
    connection = amqp.Connection(
        at_port, unquote(at.username or "guest"),
        unquote(at.password or "guest"), virtual_host=unquote(at.path[1:]) or "/", login_method="PLAIN",
        ssl=_tls(host, url) if secure else False, heartbeat=HEARTBEAT, connect_timeout=CONNECT_SECONDS,
        client_properties={"connection_name": name})
    try:
        connection.connect()
    except ssl.SSLError as untrusted:
        why = getattr(untrusted, "verify_message", "") or untrusted.reason or str(untrusted)
        raise Untrusted(f"the broker at {host} is not trusted: {why}") from untrusted
    connection.transport.sock.settimeout(SOCKET_SECONDS)
    return connection


def _tls(host: str, url: str) -> dict[str, Any]:
    """What py-amqp makes its context of. It compares no name where it is given none."""
    return {"server_hostname": host, "cert_reqs": ssl.CERT_REQUIRED, "ca_certs": authority(url),
            "tls_minimum_version": ssl.TLSVersion.TLSv1_2}


def close(connection: amqp.Connection) -> None:
    """Closes a connection in whatever state it is."""
    with contextlib.suppress(*BROKER_ERRORS, AttributeError):    # py-amqp's own, where the socket is gone already
        connection.close()
    with contextlib.suppress(*BROKER_ERRORS, AttributeError):
        connection.collect()


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
