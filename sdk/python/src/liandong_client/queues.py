"""The agency's queue on RabbitMQ: news within a moment, and what it lacks from the feeds. Needs the extra `queue`."""

import contextlib
import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

import amqp
from amqp.exceptions import AccessRefused, AMQPError, NotFound

from liandong_client.errors import Unreachable
from liandong_client.events import Event, event_of
from liandong_client.feed import Reader
from liandong_client.inbox import Handler, Inbox
from liandong_client.transport import Retries

log = logging.getLogger("liandong_client")

PREFETCH = 100          # messages the broker sends ahead; they are handled in one transaction
HEARTBEAT = 30          # seconds
CONNECT = 10.0          # seconds
SOCKET = 60.0           # seconds after which a socket that takes nothing is given up
POLL = 0.5              # seconds between two looks whether to stop
LEVEL = 300.0           # seconds between two looks at the feeds: the last message of a source may be what is missing

BROKEN = (AMQPError, OSError)


class QueueReader:
    """Reads `agency.<code>`: each event once, in the order of its source, whatever the broker drops or sends twice.

    `url`: `amqp://user:password@host/vhost` or `amqps://…`; a function that gives it is asked at each connection, so a
    rotated password needs no restart. `feeds` reads what is missing, and keeps the place: one that asks for the same
    types as the queue's subscription. A message is acknowledged after its effect is committed. Reads only: the queue is
    made, limited and removed by Liandong.
    """

    def __init__(self, url: str | Callable[[], str], code: str, feeds: Reader, *, prefetch: int = PREFETCH,
                 prefix: str = "", tls: Mapping[str, Any] | None = None, level: float = LEVEL) -> None:
        self.queue, self._feeds, self._prefetch = f"{prefix}agency.{code}", feeds, prefetch
        self._url: Callable[[], str] = url if callable(url) else lambda: url
        self._tls, self._every = dict(tls or {}), level
        self._arrived: list[amqp.Message] = []
        self._retries = Retries()
        self.ready = False          # it consumes
        self.idle = False           # and there was nothing to read when it looked last

    def run(self, handler: Handler, *, stopping: Callable[[], bool] = lambda: False) -> None:
        """Hands each new event to the handler until `stopping`, over every loss of the broker and of the connection.

        Raises what the handler raises (its message comes again), NewEpoch (then `feeds.reconcile`), Unreachable where
        the broker knows no such user or queue, Refused by the feed.
        """
        inbox, failures = Inbox(self._feeds.store, handler), 0
        while not stopping():
            try:
                self._session(inbox, stopping)
                return
            except (AccessRefused, NotFound) as refused:
                raise Unreachable(f"{self.queue}: {refused}") from refused
            except BROKEN as lost:
                failures = 1 if self.ready else failures + 1
                log.warning("%s: %s: %s", self.queue, type(lost).__name__, lost)
                _pause(self._retries.delay(min(failures, 10), random.random()), stopping)
            finally:
                self.ready = self.idle = False

    def _session(self, inbox: Inbox, stopping: Callable[[], bool]) -> None:
        """One connection's life."""
        with self._consuming() as (connection, channel):
            self._level(inbox)
            self.ready, levelled = True, time.monotonic()
            while not stopping():
                batch = self._gather(connection)
                self.idle = not batch
                if batch:
                    self._feeds.take(inbox, [event for message in batch if (event := _event(message))])
                    channel.basic_ack(batch[-1].delivery_tag, multiple=True)
                if time.monotonic() - levelled > self._every:
                    self._level(inbox)
                    levelled = time.monotonic()
                connection.heartbeat_tick()

    @contextmanager
    def _consuming(self) -> Iterator[tuple[amqp.Connection, amqp.Channel]]:
        parts = urlsplit(self._url())
        host = parts.hostname or "localhost"
        secure = parts.scheme == "amqps"
        connection = amqp.Connection(
            f"{host}:{parts.port or (5671 if secure else 5672)}", unquote(parts.username or ""),
            unquote(parts.password or ""), virtual_host=unquote(parts.path[1:]) or "/", login_method="PLAIN",
            ssl={"server_hostname": host, **self._tls} if secure else False, heartbeat=HEARTBEAT,
            connect_timeout=CONNECT, read_timeout=SOCKET, write_timeout=SOCKET,
            client_properties={"connection_name": f"liandong-client {self.queue}"})
        self._arrived.clear()
        try:
            connection.connect()
            channel = connection.channel()
            channel.queue_declare(self.queue, passive=True)         # its user may not make one
            channel.basic_qos(0, self._prefetch, False)
            channel.basic_consume(self.queue, callback=self._arrived.append)
            yield connection, channel
        finally:
            for close in (connection.close, connection.collect):
                with contextlib.suppress(*BROKEN, AttributeError):
                    close()

    def _gather(self, connection: amqp.Connection) -> list[amqp.Message]:
        """Waits for a message, then takes what else is there already."""
        seconds = POLL
        with contextlib.suppress(TimeoutError):
            while len(self._arrived) < self._prefetch:
                connection.drain_events(timeout=seconds)
                seconds = 0
        batch, self._arrived[:] = list(self._arrived), []
        return batch

    def _level(self, inbox: Inbox) -> None:
        """What the queue never got. Where the feeds can't be reached, the next gap asks again."""
        try:
            for source in self._feeds.sources:
                self._feeds.fill(inbox, source)
        except Unreachable as lost:
            log.warning("%s: %s", self.queue, lost)


def _event(message: amqp.Message) -> Event | None:
    """The event of a message; None for what is none, which the feed has in full."""
    told = message.headers or {}
    try:
        return event_of(message.body, epoch=str(told["epoch"]), position=int(told["position"]), prev=int(told["prev"]))
    except (KeyError, TypeError, ValueError) as wrong:
        log.error("a message that is no event: %s", wrong)
        return None


def _pause(seconds: float, stopping: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while not stopping() and (left := end - time.monotonic()) > 0:
        time.sleep(min(left, POLL))
