"""The relay without a broker."""

from collections.abc import Sequence
from typing import cast

import pytest

from shared.bus import relay
from shared.bus.copies import Copy
from shared.bus.publishing import Publisher, Taken
from shared.bus.relay import Relay
from shared.journal import carrying, sent
from shared.journal.model import ForRelay
from shared.law import queues, subscriptions
from shared.law.subscriptions import Subscribed
from tests.bus.newsroom import Source


class Printer:
    """A publisher whose broker confirms at once; at each message somebody commits another entry."""

    def __init__(self, source: Source, after: int) -> None:
        self.source, self.confirmed = source, after
        self.taken: list[Taken] = []
        self.changed: dict[str, str] = {}

    def publish(self, entry: ForRelay, copies: Sequence[Copy]) -> None:
        assert entry.position < 100, "the step does not end"
        self.confirmed = entry.position
        self.source.tell("announced")

    def settle(self, outstanding: int) -> None:
        pass

    def look(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_a_step_ends_however_fast_others_commit(source: Source) -> None:
    source.tell(*["announced"] * 4)
    made = Relay(source.db, source.journal, lambda after: cast(Publisher, Printer(source, after)))
    assert (made.step(), made.step()) == (5, 5)
    made.close()


def test_a_long_backlog_is_published_in_several_steps(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "STEP", 3)
    source.tell(*["announced"] * 4)
    made = Relay(source.db, source.journal, lambda after: cast(Publisher, Printer(source, after)))
    assert [made.step() for _ in range(4)] == [3, 3, 3, 3]
    made.close()


class Slow:
    """A publisher whose broker confirms all but the last message, and that one when it is waited for; of the copies
    those that are for no agency of `refusing`."""

    def __init__(self, after: int, *refusing: str) -> None:
        self.confirmed = self.sent = after
        self.refusing = refusing
        self.changed = dict.fromkeys(refusing, "refused")
        self.taken: list[Taken] = []
        self.owed: list[Taken] = []

    def publish(self, entry: ForRelay, copies: Sequence[Copy]) -> None:
        self.confirmed, self.sent = self.sent, entry.position
        self.taken += self.owed
        self.owed = [Taken(each.agency, each.subscription, entry.position) for each in copies
                     if each.agency not in self.refusing]

    def settle(self, outstanding: int) -> None:
        if not outstanding:
            self.confirmed, self.taken, self.owed = self.sent, self.taken + self.owed, []

    def look(self) -> None:
        pass

    def beat(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_what_the_broker_took_for_an_agency_is_told_to_it_as_sent_once(source: Source) -> None:
    with source.db.write() as tx:
        subscriptions.put(tx, Subscribed("s-1", "zfj", "queue", (), "active"))
    source.tell("announced", "announced", audience=["zfj"])
    source.tell("announced", audience=["scj"])
    source.tell("announced", audience=["scj", "zfj"])
    made = Relay(source.db, source.journal, lambda after: cast(Publisher, Slow(after)))
    assert made.step()
    made.close()
    with source.db.read() as tx:
        rows = sorted(sent.listed(tx, "zfj", sent.QUEUE, 10), key=lambda row: row.first)
        assert sent.listed(tx, "scj", sent.QUEUE, 10) == [], "it has no queue"
    head = source.head()
    assert [(row.first, row.last, row.count) for row in rows] == [(head - 3, head - 2, 2), (head, head, 1)]
    assert {(row.reader, row.answer) for row in rows} == {("s-1", "confirmed")}


def test_what_a_queue_did_not_take_is_no_sent_and_its_agency_hears_by_its_feed_that_it_fails_and_works_again(
        source: Source) -> None:
    with source.db.write() as tx:
        subscriptions.put(tx, Subscribed("s-1", "zfj", "queue", (), "active"))
    source.tell("announced", "announced", audience=["zfj"])
    fakes = [Slow(0, "zfj")]
    made = Relay(source.db, source.journal, lambda after: cast(Publisher, fakes[-1]))
    made.step()
    with source.db.read() as tx:
        assert sent.listed(tx, "zfj", sent.QUEUE, 10) == [] and queues.of_agency(tx, "zfj").position == 0
        assert [(each["state"], each["why"]) for each in carrying.states(tx, "zfj")] == [("failing", "refused")]
        last = source.journal.feed(tx, 0, 100, "zfj")[-1]
    assert last.type == "delivery_failing"
    made.step()
    assert source.head() == last.position, "told once"
    fakes[0].changed["zfj"] = ""
    made.step()
    with source.db.read() as tx:
        assert source.journal.feed(tx, 0, 100, "zfj")[-1].type == "delivery_resumed"
    made.close()
