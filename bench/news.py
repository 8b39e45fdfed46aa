"""News over RabbitMQ: the relay, the way from commit to follower, and following in batches, each against bare py-amqp.

The bare programs do what the suite's do to the broker: the same bodies and headers, persistent, to a quorum queue with
one active consumer; the fewest calls that py-amqp allows.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date

import amqp
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bench.acts import announce
from bench.place import Place, schema, transfer
from bench.sizes import Sizes
from bench.table import Row, alternated
from shared.acts.office import Office
from shared.bus import amqp as bus
from shared.bus.feeds import LocalFeed
from shared.bus.follower import Follower
from shared.bus.relay import WINDOW, Relay
from shared.bus.tables import follower_cursor, relay_cursor
from shared.bus.topology import Names, declare_source
from shared.contracts.envelope import CONTENT_TYPE, Event
from shared.db import Database
from shared.ids import new_id
from shared.journal.model import ForRelay, NewEntry
from shared.wake import Bell

SOURCE, CONSUMER = "transfer", "oversight"
BATCH = 500

NOTES = sa.MetaData()
heard = sa.Table("heard", NOTES, sa.Column("id", sa.Text, primary_key=True), sa.Column("position", sa.BigInteger))


@dataclass(frozen=True)
class Bare:
    """py-amqp alone, on an exchange and a queue of its own that are made as the suite's are."""

    at: Place
    names: Names

    @contextmanager
    def channel(self) -> Iterator[tuple[amqp.Connection, amqp.Channel]]:
        """An open channel with the queue declared."""
        connection = bus.connect(self.at.amqp, "bench")
        try:
            connection.client_properties["capabilities"]["connection.blocked"] = False
            channel = connection.channel()
            declare_source(channel, self.names, SOURCE, (CONSUMER,))
            yield connection, channel
        finally:
            bus.close(connection)

    def publish(self, channel: amqp.Channel, entry: ForRelay) -> None:
        """One persistent message with the headers that the relay gives it."""
        message = amqp.Message(entry.body, content_type=CONTENT_TYPE, content_encoding="utf-8", delivery_mode=2,
                               message_id=entry.id, application_headers={"epoch": entry.epoch, "position": entry.position})
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
                    connection.drain_events(timeout=30)
            while unconfirmed.lacking:
                connection.drain_events(timeout=30)
            return time.monotonic() - began

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


def _filled(office: Office, count: int) -> list[ForRelay]:
    """A journal of so many entries with the bodies of a real act, told to nobody but the siblings; as the relay reads them."""
    announce(office)
    with office.db.read() as tx:
        model = office.journal.of_stream(tx, office.journal.for_relay(tx, 1, 1)[0].subject)
    told = 0
    while told < count:
        with office.db.write() as tx:
            office.journal.append(tx, [_like(office, model[nth % len(model)]) for nth in range(min(BATCH, count - told))])
        told += BATCH
    with office.db.read() as tx:
        return office.journal.for_relay(tx, 0, 10 * count)


def _like(office: Office, entry: "object") -> NewEntry:
    return NewEntry(id=new_id(office.clock.now()), type=entry.type, stream=entry.stream, occurred_on=date(2025, 9, 29),
                    data={key: value for key, value in entry.data.items() if key != "occurred_on"}, revision=1)


# relay

def relay_rows(at: Place, sizes: Sizes) -> Iterator[Row]:
    """A journal that is there, published to its end."""
    with transfer(at, "relaying") as office, ExitStack() as leaving:
        entries = _filled(office, sizes.entries)
        bare = Bare(at, Names(f"{at.prefix}bare."))
        ours = Bare(at, Names(f"{at.prefix}relay."))
        relay = _relay(at, office, ours.names)
        leaving.callback(relay.close)

        def measured() -> float:
            with office.db.write() as tx:
                tx.execute(relay_cursor.delete())
            relay._drop()           # its publisher, which goes on from where it was
            began = time.monotonic()
            published = relay.step()
            seconds = time.monotonic() - began
            ours.empty()
            return published / seconds

        def baseline() -> float:
            seconds = bare.publish_all(entries)
            bare.empty()
            return len(entries) / seconds

        yield Row("relay", 1, *alternated(measured, baseline, sizes.rounds), "events/s", "py-amqp, pipelined confirms", 0.6)


def _relay(at: Place, office: Office, names: Names) -> Relay:
    def publisher(after: int) -> bus.Publisher:
        return bus.Publisher(at.amqp, names, SOURCE, (CONSUMER,), after)
    return Relay(office.db, office.journal, publisher)
