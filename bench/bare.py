"""py-amqp alone: what news costs without a suite around it.

It does to the broker what the suite does: the same bodies and headers, persistent, to a quorum queue with one active
consumer, confirms in flight, acknowledgements by the batch; with the fewest calls that py-amqp allows.
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
class Bare:
    """py-amqp alone, on an exchange and a queue of its own that are made as the suite's are."""

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
        """One persistent message with the headers that the relay gives it."""
        message = amqp.Message(
            entry.body, content_type=CONTENT_TYPE, content_encoding="utf-8", delivery_mode=2, message_id=entry.id,
            application_headers={"epoch": entry.epoch, "position": entry.position})
        channel.basic_publish(message, self.names.exchange(SOURCE), f"{SOURCE}.{entry.type}")

    def publish_all(self, entries: Sequence[ForRelay]) -> float:
        """Publishes with confirms in flight, as many as the relay allows itself; seconds until the last confirm."""
        with self.channel() as (connection, channel):
            unconfirmed = _Confirms(channel)
            began = time.monotonic()
            for entry in entries:
                self.publish(channel, entry)
                unconfirmed.sent += 1
                while unconfirmed.lacking > WINDOW:
                    connection.drain_events(timeout=PATIENCE)
            while unconfirmed.lacking:
                connection.drain_events(timeout=PATIENCE)
            return time.monotonic() - began

    def publish_each(self, entries: Sequence[ForRelay], pace: float) -> dict[int, float]:
        """Publishes one every `pace` seconds and waits for its confirm; the instant at which each was sent."""
        sent = {}
        with self.channel() as (connection, channel):
            unconfirmed = _Confirms(channel)
            for entry, _ in zip(entries, paced(pace), strict=False):
                sent[entry.position] = time.monotonic()
                self.publish(channel, entry)
                unconfirmed.sent += 1
                while unconfirmed.lacking:
                    connection.drain_events(timeout=PATIENCE)
        return sent

    def consume(self, count: int, ready: Callable[[], object] = lambda: None) -> dict[int, float]:
        """Consumes so many, acknowledging them by the batch or when no more are there; the instant of each arrival."""
        arrived: dict[int, float] = {}
        with self.channel() as (connection, channel):
            last: list[int] = []

            def take(message: amqp.Message) -> None:
                arrived[message.headers["position"]] = time.monotonic()
                last.append(message.delivery_tag)

            channel.basic_qos(0, PAGE, False)
            channel.basic_consume(self.names.queue(CONSUMER, SOURCE), callback=take)
            ready()
            while len(arrived) < count:
                try:
                    connection.drain_events(timeout=0 if last else PATIENCE)
                    more = len(last) < PAGE
                except TimeoutError:
                    more = False
                if last and not more:
                    channel.basic_ack(last[-1], multiple=True)
                    last.clear()
            if last:
                channel.basic_ack(last[-1], multiple=True)
        return arrived

    def empty(self) -> None:
        """Takes everything out of the queue."""
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
    def lacking(self) -> int:
        return self.sent - self.last



def paced(seconds: float) -> Iterator[None]:
    """Yields once every so many seconds, on the beat whatever is done in between."""
    beat = time.monotonic()
    while True:
        time.sleep(max(0.0, beat - time.monotonic()))
        beat += seconds
        yield
