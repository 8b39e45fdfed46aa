"""What goes to an agency's queue, on a real broker: the chosen types, `prev`, pauses, replays, and that no queue harms
another."""

import pytest

from shared.bus import publishing
from shared.bus.amqp import connect
from shared.journal import carrying, sent
from shared.kernel.errors import Refused
from shared.law import queues
from shared.law.subscriptions import ENDED, PAUSED
from tests.agencies.queues import Reader, declare, got, places, subscribe
from tests.bus.conftest import Broker
from tests.bus.newsroom import Source, until
from tests.figures import figure


def test_an_agency_gets_what_it_was_told_with_the_position_before_it(broker: Broker, source: Source) -> None:
    declare(broker, "zjj", "cgj")
    subscribe(source, "zjj")
    subscribe(source, "cgj")
    source.tell("announced", audience=("zjj", "cgj"))
    source.tell("measure_recorded", audience=("zjj",))
    source.tell("accepted", audience=("zjj", "cgj"))
    broker.relay(source, "oversight").step()
    messages = got(broker, "cgj")
    assert places(messages) == [(2, 0), (4, 2)]
    assert places(got(broker, "zjj")) == [(2, 0), (3, 2), (4, 3)]
    assert {message.headers["subscription"] for message in messages} == {"s-cgj"}
    assert all(message.properties["delivery_mode"] == 2 for message in messages)


def test_who_has_no_active_subscription_of_a_queue_gets_nothing(broker: Broker, source: Source) -> None:
    declare(broker, "zjj", "cgj", "jtj")
    subscribe(source, "cgj", state=PAUSED)
    subscribe(source, "jtj", "collab.announced")
    source.tell("announced", audience=("zjj", "cgj", "jtj"))
    broker.relay(source).step()
    assert [got(broker, agency) for agency in ("zjj", "cgj", "jtj")] == [[], [], []]


def test_what_is_filtered_out_is_in_no_prev_and_a_choice_of_more_is_told_as_a_gap(
        broker: Broker, source: Source) -> None:
    declare(broker, "zjj")
    subscribe(source, "zjj", "transfer.announced", "transfer.closed")
    reader, relay = Reader(source, "zjj"), broker.relay(source)
    source.tell("announced", "accepted", "closed", "accepted", audience=("zjj",))      # 2 3 4 5
    relay.step()
    messages = got(broker, "zjj")
    assert places(messages) == [(2, 0), (4, 2)]
    reader.read(messages)
    assert reader.gaps == 0, "a filtered entry looks like no loss"
    subscribe(source, "zjj", "transfer.announced", "transfer.accepted")
    source.tell("announced", audience=("zjj",))                                         # 6
    relay.step()
    messages = got(broker, "zjj")
    assert places(messages) == [(6, 5)]
    reader.read(messages)
    assert reader.gaps == 1 and reader.handled == [2, 4, 5, 6]
    subscribe(source, "zjj", "transfer.closed")
    source.tell("closed", audience=("zjj",))                                            # 7
    relay.close()
    broker.relay(source).step()                                 # another process remembers nothing
    messages = got(broker, "zjj")
    assert places(messages) == [(7, 4)]
    reader.read(messages)
    assert reader.gaps == 1, "a choice of fewer is no gap"


def test_a_full_queue_drops_its_oldest_blocks_nobody_and_the_feed_fills_the_gap(
        broker: Broker, source: Source) -> None:
    with connect(broker.url, "test") as connection, connection.channel() as channel:
        channel.queue_declare(broker.names.agency("zjj"), durable=True, auto_delete=False, arguments={
            "x-queue-type": "quorum", "x-delivery-limit": -1, "x-max-length": 20, "x-overflow": "drop-head"})
    declare(broker, "cgj")
    subscribe(source, "zjj")
    subscribe(source, "cgj")
    relay, reader = broker.relay(source, "oversight"), Reader(source, "zjj")
    source.tell("announced", audience=("zjj",))
    relay.step()
    reader.read(got(broker, "zjj"))
    source.tell(*["announced"] * 100, audience=("zjj", "cgj"))
    assert relay.step() == 100
    assert len(got(broker, "cgj")) == 100
    kept = got(broker, "zjj")
    assert places(kept)[-1] == (102, 101) and len(kept) <= 25, "the newest stay"
    reader.read(kept)
    assert reader.gaps == 1 and reader.handled == list(range(2, 103))


def test_a_queue_that_is_not_provisioned_holds_up_nobody_and_its_first_message_tells_the_gap(
        broker: Broker, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    declare(broker, "cgj")
    subscribe(source, "zjj")
    subscribe(source, "cgj")
    relay, reader = broker.relay(source, "oversight"), Reader(source, "zjj")
    source.tell(*["announced"] * 3, audience=("zjj", "cgj"))
    assert relay.step() == 4 and len(got(broker, "cgj")) == 3
    assert told_of(source, "zjj") == ([], [("failing", "returned")])
    assert told_of(source, "cgj") == ([(2, 4)], [])
    declare(broker, "zjj")
    source.tell("announced", audience=("zjj",))
    assert relay.step() == 2, "and that its queue fails, told once"
    assert got(broker, "zjj") == [], "it is left alone for a while"
    relay.close()
    source.tell("announced", audience=("zjj",))
    broker.relay(source, "oversight").step()
    reader.read(got(broker, "zjj"))
    assert reader.gaps == 1 and reader.handled == [2, 3, 4, 5, 6, 7]
    assert told_of(source, "zjj") == ([(7, 7)], [("resumed", "")])


def test_a_queue_that_refuses_holds_up_nobody(broker: Broker, source: Source) -> None:
    with connect(broker.url, "test") as connection, connection.channel() as channel:
        channel.queue_declare(broker.names.agency("zjj"), durable=True, auto_delete=False, arguments={
            "x-max-length": 1, "x-overflow": "reject-publish"})
    declare(broker, "cgj")
    subscribe(source, "zjj")
    subscribe(source, "cgj")
    source.tell(*["announced"] * 5, audience=("zjj", "cgj"))
    assert broker.relay(source, "oversight").step() == 6
    assert len(got(broker, "cgj")) == 5
    assert told_of(source, "zjj")[1] == [("failing", "refused")]


def test_a_queue_that_never_confirms_holds_up_nobody_for_long(
        broker: Broker, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that has lost the majority of its members."""
    declare(broker, "zjj", "cgj")
    subscribe(source, "zjj")
    monkeypatch.setattr(publishing, "COPY_SECONDS", 0.2)
    monkeypatch.setattr(publishing.Publisher, "_on_ack", _deaf_to_copies(publishing.Publisher._on_ack))
    source.tell(*["announced"] * 5, audience=("zjj",))
    relay = broker.relay(source, "oversight")
    assert relay.step() == 6
    source.tell("announced", audience=("zjj",))
    assert relay.step() == 2
    assert told_of(source, "zjj") == ([], [("failing", "unconfirmed")])


def told_of(source: Source, agency: str) -> tuple[list[tuple[int, int]], list[tuple[str, str]]]:
    """What an agency is told of its queue: what it was sent, first and last, and how the queue is."""
    with source.db.read() as tx:
        handed = sorted((row.first, row.last) for row in sent.listed(tx, agency, sent.QUEUE, 100))
        return handed, [(str(each["state"]), str(each["why"])) for each in carrying.states(tx, agency)]


def _deaf_to_copies(heard):     # type: ignore[no-untyped-def]
    def on_ack(publisher: publishing.Publisher, tag: int, multiple: bool) -> None:
        for each in range(1, tag + 1) if multiple else (tag,):
            if each not in publisher._copies:
                heard(publisher, each, False)
    return on_ack


def test_a_pause_stops_the_queue_and_resuming_sends_what_came_between(broker: Broker, source: Source) -> None:
    declare(broker, "zjj")
    subscribe(source, "zjj")
    relay, reader = broker.relay(source), Reader(source, "zjj")
    source.tell("announced", audience=("zjj",))
    relay.step()
    subscribe(source, "zjj", state=PAUSED)
    relay.step()
    source.tell(*["announced"] * 3, audience=("zjj",))
    relay.step()
    reader.read(got(broker, "zjj"))
    assert reader.handled == [2]
    subscribe(source, "zjj")
    relay.step()
    messages = got(broker, "zjj")
    assert places(messages) == [(3, 2), (4, 3), (5, 4)] and all(each.headers["replayed"] for each in messages)
    source.tell("announced", audience=("zjj",))
    relay.step()
    reader.read([*messages, *got(broker, "zjj")])
    assert reader.gaps == 0 and reader.handled == [2, 3, 4, 5, 6]
    relay.step()
    assert got(broker, "zjj") == [], "once is enough"


def test_a_pause_with_more_than_the_queue_holds_is_told_as_a_gap(
        broker: Broker, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "LENGTH", 2)
    declare(broker, "zjj")
    subscribe(source, "zjj", state=PAUSED)
    relay, reader = broker.relay(source), Reader(source, "zjj")
    relay.step()
    source.tell(*["announced"] * 3, audience=("zjj",))
    relay.step()
    subscribe(source, "zjj")
    source.tell("announced", audience=("zjj",))
    relay.step()
    reader.read(got(broker, "zjj"))
    assert reader.gaps == 1 and reader.handled == [2, 3, 4, 5]


def test_what_is_asked_for_again_comes_again_as_chosen_and_marked(broker: Broker, source: Source) -> None:
    declare(broker, "zjj")
    subscribe(source, "zjj", "transfer.announced")
    relay = broker.relay(source)
    source.tell("announced", "accepted", "announced", "announced", audience=("zjj",))
    relay.step()
    got(broker, "zjj")
    with source.db.write() as tx:
        asked = queues.replay(tx, "transfer", "zjj", 2, source.head())
    assert (asked.after, asked.until, asked.count) == (2, 5, 2)
    assert relay.step() == 2
    messages = got(broker, "zjj")
    assert places(messages) == [(4, 2), (5, 4)] and all(each.headers["replayed"] for each in messages)


def test_a_replay_needs_an_active_queue_a_position_that_is_there_and_room(
        source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    source.tell(*["announced"] * 3, audience=("zjj",))
    subscribe(source, "cgj", state=PAUSED)

    def refused(agency: str, after: int) -> str:
        with pytest.raises(Refused) as told, source.db.write() as tx:
            queues.replay(tx, "transfer", agency, after, source.head())
        return told.value.refusals[0].code

    assert refused("zjj", 0) == refused("cgj", 0) == "NO_ACTIVE_QUEUE"
    subscribe(source, "zjj")
    assert refused("zjj", 5) == "REPLAY_AFTER_END"
    monkeypatch.setattr(queues, "LENGTH", 2)
    assert refused("zjj", 0) == "REPLAY_TOO_LONG"


def test_an_ended_subscription_leaves_nothing_behind(broker: Broker, source: Source) -> None:
    declare(broker, "zjj")
    subscribe(source, "zjj")
    relay = broker.relay(source)
    source.tell("announced", audience=("zjj",))
    relay.step()
    subscribe(source, "zjj", state=ENDED)
    source.tell("announced", audience=("zjj",))
    relay.step()
    assert places(got(broker, "zjj")) == [(2, 0)]
    with source.db.read() as tx:
        assert queues.every(tx) == {}


def test_how_full_an_agencys_queue_is_and_what_it_holds_is_told(
        broker: Broker, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "LOOK_SECONDS", 0)
    monkeypatch.setattr(publishing, "LENGTH", 3)
    declare(broker, "zjj")
    subscribe(source, "zjj")
    relay = broker.relay(source, "oversight")

    def told() -> tuple[float, ...]:
        relay.step()
        names = ("messages", "limit_messages", "full")
        return tuple(figure(f"liandong_agency_queue_{name}", agency="zjj") for name in names)

    source.tell(*["announced"] * 2, audience=("zjj",))
    until(lambda: told() == (2, 3, 0))
    source.tell("accepted", audience=("zjj",))
    until(lambda: told() == (3, 3, 1))
