"""The relay without a broker."""

from typing import cast

import pytest

from shared.bus import relay
from shared.bus.amqp import Publisher
from shared.bus.relay import Relay
from shared.journal.model import ForRelay
from tests.bus.newsroom import Source


class Printer:
    """A publisher whose broker confirms at once; at each message somebody commits another entry."""

    def __init__(self, source: Source, after: int) -> None:
        self.source, self.confirmed = source, after

    def publish(self, entry: ForRelay) -> None:
        assert entry.position < 100, "the step does not end"
        self.confirmed = entry.position
        self.source.tell("announced")

    def settle(self, outstanding: int) -> None:
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
