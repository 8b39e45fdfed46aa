"""Metrics tell what a relay published, how far it is, and which process is at it; on a real broker."""

from collections import Counter

import pytest

from shared.bus.publishing import PublishFailed
from tests.bus.conftest import Broker
from tests.bus.newsroom import Source
from tests.bus.test_rabbitmq import on_channel
from tests.figures import figure


def told(name: str, **labels: str) -> int:
    return int(figure(f"liandong_{name}", service="transfer", **labels))


def published() -> Counter[str]:
    """Messages so far, by result."""
    return Counter({result: told("published_total", result=result) for result in ("confirmed", "returned")})


def test_each_message_is_counted_by_what_the_broker_did_with_it(broker: Broker, source: Source) -> None:
    relay, before = broker.relay(source, "oversight"), published()
    source.tell("announced")
    relay.step()
    assert published() - before == Counter(confirmed=2)
    assert (told("relay_position"), told("journal_head")) == (2, 2)
    on_channel(broker, lambda channel: channel.queue_delete(broker.names.queue("oversight", "transfer")))
    source.tell("accepted")
    with pytest.raises(PublishFailed):
        relay.step()
    assert (published() - before)["returned"] == 1 and told("relay_position") == 2
    relay.step()
    assert told("relay_position") == 3


def test_one_process_is_told_to_be_at_it(broker: Broker, source: Source) -> None:
    active, spare = broker.relay(source), broker.relay(source)
    active.step()
    assert told("relay_active") == 1
    spare.step()
    assert told("relay_active") == 0, "of the process that stands by"
    active.step()
    assert told("relay_active") == 1
    active.close()
    assert told("relay_active") == 0
