"""py-amqp alone: what news costs without the suite.

It does to the broker what the suite does: the same bodies and headers, persistent, to a quorum queue with one active
consumer, confirms in flight, acknowledgements by the batch; with as few calls as py-amqp allows.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import amqp

from shared.bus import amqp as bus
from shared.bus.deliveries import PAGE
from shared.bus.relay import WINDOW
from shared.bus.topology import Names, declare_source
from shared.contracts.envelope import CONTENT_TYPE
from shared.journal.model import ForRelay

SOURCE, CONSUMER = "transfer", "oversight"
PATIENCE = 30.0         # seconds without an answer of the broker


@dataclass(frozen=True)
class BareClient:
    """py-amqp alone, on an exchange and a queue of its own that are declared as the suite's are."""

    url: str
    names: Names

    @contextmanager
    def channel(self) -> Iterator[tuple[amqp.Connection, amqp.Channel]]:
        """An open channel with the queue declared."""
        connection = bus.connect(self.url, "bench")
        try:
            connection.client_properties["capabilities"]["connection.blocked"] = False
            channel = connection.channel()
            declare_source(channel, self.names, SOURCE, (CONSUMER,))
            yield connection, channel
        finally:
            bus.close(connection)

    def publish(self, channel: amqp.Channel, entry: ForRelay) -> None:
        """Publishes one persistent message with the relay's headers."""
        message = amqp.Message(
            entry.body, content_type=CONTENT_TYPE, content_encoding="utf-8", delivery_mode=2, message_id=entry.id,
            application_headers={"epoch": entry.epoch, "position": entry.position})
        channel.basic_publish(message, self.names.exchange(SOURCE), f"{SOURCE}.{entry.type}")

    def publish_all(self, entries: Sequence[ForRelay]) -> float:
        """Publishes with as many confirms in flight as the relay allows; the seconds until the last confirm."""
        with self.channel() as (connection, channel):
            confirms = _Confirms(channel)
            began = time.monotonic()
            for entry in entries:
                self.publish(channel, entry)
                confirms.sent += 1
                while confirms.missing > WINDOW:
                    connection.drain_events(timeout=PATIENCE)
            while confirms.missing:
                connection.drain_events(timeout=PATIENCE)
            return time.monotonic() - began

    def publish_each(self, entries: Sequence[ForRelay], interval: float) -> dict[int, float]:
        """Publishes one every `interval` seconds and waits for its confirm; when each position was sent."""
        sent = {}
        with self.channel() as (connection, channel):
            confirms = _Confirms(channel)
            for entry, _ in zip(entries, ticks(interval), strict=False):
                sent[entry.position] = time.monotonic()
                self.publish(channel, entry)
                confirms.sent += 1
                while confirms.missing:
                    connection.drain_events(timeout=PATIENCE)
        return sent

    def consume(self, count: int, ready: Callable[[], object] = lambda: None) -> dict[int, float]:
        """Consumes `count` messages; when each position arrived. Acknowledges a full batch, or when no more wait."""
        arrived: dict[int, float] = {}
        with self.channel() as (connection, channel):
            tags: list[int] = []        # not acknowledged yet

            def take(message: amqp.Message) -> None:
                arrived[message.headers["position"]] = time.monotonic()
                tags.append(message.delivery_tag)

            channel.basic_qos(0, PAGE, False)
            channel.basic_consume(self.names.queue(CONSUMER, SOURCE), callback=take)
            ready()
            while len(arrived) < count:
                try:
                    connection.drain_events(timeout=0 if tags else PATIENCE)
                    more = len(tags) < PAGE
                except TimeoutError:
                    more = False
                if tags and not more:
                    channel.basic_ack(tags[-1], multiple=True)
                    tags.clear()
            if tags:
                channel.basic_ack(tags[-1], multiple=True)
        return arrived

    def purge(self) -> None:
        """Empties the queue."""
        with self.channel() as (_, channel):
            channel.queue_purge(self.names.queue(CONSUMER, SOURCE))


class _Confirms:
    def __init__(self, channel: amqp.Channel) -> None:
        self.sent = self.last = 0
        channel.confirm_select()
        channel.events["basic_ack"].add(self._acknowledged)

    def _acknowledged(self, tag: int, multiple: bool) -> None:
        self.last = max(self.last, tag)         # a quorum queue confirms in order

    @property
    def missing(self) -> int:
        return self.sent - self.last


def ticks(interval: float) -> Iterator[None]:
    """Yields every `interval` seconds, however long the caller takes in between."""
    due = time.monotonic()
    while True:
        time.sleep(max(0.0, due - time.monotonic()))
        due += interval
        yield
