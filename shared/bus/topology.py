"""What the broker holds: an exchange a source, a quorum queue a (consumer, source), a quorum queue an agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from amqp import Channel

from shared.law.queues import LENGTH

# One worker of a consumer is active, so order holds; a crash never drops a message, the follower parks it instead.
OF_CONSUMER = {"x-queue-type": "quorum", "x-single-active-consumer": True, "x-delivery-limit": -1}
# The feed is the full record: an agency that does not read loses its oldest copies and harms nobody.
OF_AGENCY = {"x-queue-type": "quorum", "x-delivery-limit": -1, "x-max-length": LENGTH, "x-overflow": "drop-head"}


@dataclass(frozen=True, slots=True)
class Names:
    """What exchanges and queues are called. A prefix keeps several suites apart in one vhost."""

    prefix: str = ""

    def exchange(self, source: str) -> str:
        return f"{self.prefix}{source}.events"

    def queue(self, consumer: str, source: str) -> str:
        return f"{self.prefix}{consumer}.from-{source}"

    def agency(self, code: str) -> str:
        """The queue of an agency: what its broker user may read."""
        return f"{self.prefix}agency.{code}"


def declare_source(channel: Channel, names: Names, source: str, consumers: Iterable[str]) -> None:
    """The source's exchange and the queues of all who follow it: before anything is published, or it would be lost to
    those whose queue is not bound yet."""
    channel.exchange_declare(names.exchange(source), "topic", durable=True, auto_delete=False)
    for consumer in consumers:
        _declare(channel, names.queue(consumer, source), OF_CONSUMER)
        channel.queue_bind(names.queue(consumer, source), names.exchange(source), f"{source}.#")


def declare_agency(channel: Channel, names: Names, code: str) -> None:
    """The queue of an agency; it is written to through the default exchange."""
    _declare(channel, names.agency(code), OF_AGENCY)


def _declare(channel: Channel, queue: str, arguments: dict[str, Any]) -> None:
    channel.queue_declare(queue, durable=True, auto_delete=False, arguments=arguments)
