"""What an agency is told, by feed and by queue."""

import contextlib
from typing import Any

import amqp

from shared.bus.copies import Copy
from shared.bus.publishing import Publisher
from shared.bus.topology import Names, declare_agency
from shared.contracts.envelope import event_of
from shared.journal.model import ForRelay
from tests.liandong.people import Case, People
from tests.servers import connected


def case_with(people: People, *acts: str) -> Case:
    """A case of 住建局 for 综合执法局, after these acts."""
    case = people.opened()
    for act in acts:
        sent = people.act(case, act)
        assert sent.status == 200, sent.answer
    return case


def items(people: People, agency: str) -> list[dict[str, Any]]:
    """What an agency was told of transfers, as its feed gives it."""
    found: list[dict[str, Any]] = people.get("/api/transfer/feed", agency, limit="1000")["items"]
    return found


class Queue:
    """An agency's queue in this run's vhost, and messages as the relay sends them. The suite that the examples run
    against has no broker: whoever publishes says which items of the agency's feed its queue got."""

    def __init__(self, url: str, prefix: str, agency: str) -> None:
        self.url, self.prefix, self.agency, self.name = url, prefix, agency, Names(prefix).agency(agency)
        self._connection = connected(url)
        self._connection.connect()
        self._channel = self._connection.channel()
        declare_agency(self._channel, Names(prefix), agency)
        self._publisher = Publisher(url, Names(prefix), "transfer", (), 0)

    def publish(self, *items: dict[str, Any]) -> None:
        for item in items:
            event = event_of(item["body"])
            entry = ForRelay(item["epoch"], item["position"], event.id, event.name, event.subject, item["body"],
                             ((self.agency, item["prev"]),))
            self._publisher.publish(entry, (Copy(self.agency, item["prev"], "subscription"),))
        self._publisher.settle(0)

    @property
    def left(self) -> int:
        return int(self._channel.queue_declare(self.name, passive=True).message_count)

    def close(self) -> None:
        self._publisher.close()
        with contextlib.suppress(amqp.AMQPError):
            self._channel.queue_delete(self.name)
            self._channel.exchange_delete(Names(self.prefix).exchange("transfer"))
        self._connection.close()
