"""Agencies' queues in the tests: subscribed as news of `sharing` would, declared, read as an agency's system would."""

from collections.abc import Sequence

import amqp

from shared.bus.amqp import connect
from shared.bus.topology import declare_agency
from shared.law import subscriptions
from shared.law.subscriptions import ACTIVE, QUEUE, Subscribed
from tests.bus.conftest import Broker
from tests.bus.newsroom import DEADLINE, Source


def subscribe(source: Source, agency: str, *types: str, state: str = ACTIVE) -> None:
    """The subscription of an agency's queue as it is from now on."""
    with source.db.write() as tx:
        subscriptions.put(tx, Subscribed(f"s-{agency}", agency, QUEUE, types, state))


def declare(broker: Broker, *agencies: str) -> None:
    with connect(broker.url, "test") as connection, connection.channel() as channel:
        for agency in agencies:
            declare_agency(channel, broker.names, agency)


def got(broker: Broker, agency: str) -> list[amqp.Message]:
    """Takes all that is in the agency's queue."""
    messages: list[amqp.Message] = []
    with connect(broker.url, "test") as connection, connection.channel() as channel:
        count = channel.queue_declare(broker.names.agency(agency), passive=True).message_count
        channel.basic_consume(broker.names.agency(agency), no_ack=True, callback=messages.append)
        while len(messages) < count:
            connection.drain_events(timeout=DEADLINE)
    return messages


def places(messages: Sequence[amqp.Message]) -> list[tuple[int, int]]:
    """(position, prev) of each."""
    return [(message.headers["position"], message.headers["prev"]) for message in messages]


class Reader:
    """What every agency's system does: one number for the source, and the feed where `prev` is beyond it."""

    def __init__(self, source: Source, agency: str) -> None:
        self.source, self.agency, self.at, self.gaps = source, agency, 0, 0
        self.handled: list[int] = []

    def read(self, messages: Sequence[amqp.Message]) -> None:
        for message in messages:
            position, prev = message.headers["position"], message.headers["prev"]
            if position <= self.at:
                continue
            if prev > self.at:
                self.gaps += 1
                with self.source.db.read() as tx:
                    found = self.source.journal.feed(tx, self.at, 10_000, self.agency)
                self.handled += [each.position for each in found if each.position < position]
            self.handled.append(position)
            self.at = position
