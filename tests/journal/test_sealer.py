"""At least one checkpoint a minute when there is news, one an hour without."""

from datetime import timedelta

import pytest

from shared.journal import checkpoints
from shared.journal.checkpoints import Checkpoint, checkpoint_of, source_of
from shared.journal.hashing import GENESIS, chain_of
from shared.journal.model import PROBE
from shared.journal.sealer import JournalBroken, Sealer
from shared.kernel.clock import HandClock
from tests.journal.conftest import Making
from tests.journal.entries import entry, tampering

SOURCE = source_of("rongcheng", "transfer")


@pytest.fixture
def sealer(making: Making) -> Sealer:
    return Sealer(making.db, making.journal, making.vault, lambda tx: frozenset({"JUSTICE"}))


def kept(making: Making) -> list[Checkpoint]:
    with making.db.read() as tx:
        return checkpoints.after(tx, SOURCE, 0, 10_000)


def append(making: Making, **fields: str) -> None:
    with making.db.write() as tx:
        making.journal.append(tx, [entry(**fields)])


def test_a_checkpoint_signs_the_chain_and_tells_those_who_keep_it(making: Making, sealer: Sealer) -> None:
    append(making)
    assert sealer.step() == 60
    one, = kept(making)
    with making.db.read() as tx:
        digests = tx.exec_driver_sql("SELECT digest FROM journal ORDER BY position").scalars().all()
        told, = making.journal.feed(tx, 0, 10, "JUSTICE")
    assert one.chain == chain_of(chain_of(GENESIS, 1, digests[0]), 2, digests[1])
    assert one.to_position == 2
    assert one.signed_by(making.vault)
    assert told.type == "checkpoint"
    with making.db.read() as tx:
        data = making.journal.of_stream(tx, "")[-1].data
    assert checkpoint_of(data) == one


def test_news_is_sealed_within_a_minute_and_not_more_often(making: Making, sealer: Sealer, clock: HandClock) -> None:
    sealer.step()
    append(making)
    clock.advance(seconds=20)
    assert sealer.step() == 40
    clock.advance(seconds=40)
    assert sealer.step() == 60
    assert len(kept(making)) == 2


def test_checkpoints_and_probes_are_no_news(making: Making, sealer: Sealer, clock: HandClock) -> None:
    sealer.step()
    append(making, type=PROBE)
    for _ in range(59):
        clock.advance(minutes=1)
        assert sealer.step() == 60
    assert len(kept(making)) == 1
    clock.advance(minutes=1)
    sealer.step()
    assert len(kept(making)) == 2
    assert kept(making)[1].sealed_at - kept(making)[0].sealed_at == timedelta(hours=1)


def test_news_after_a_long_silence_waits_for_no_hour(making: Making, sealer: Sealer, clock: HandClock) -> None:
    sealer.step()
    clock.advance(minutes=30)
    append(making)
    sealer.step()
    assert len(kept(making)) == 2


def test_nothing_is_signed_over_a_hole(making: Making, sealer: Sealer, clock: HandClock) -> None:
    for number in range(3):
        append(making, case=str(number))
    with tampering(making.db) as tx:
        tx.exec_driver_sql("DELETE FROM journal WHERE position = 3")
    with pytest.raises(JournalBroken, match="position 3"):
        sealer.step()
    assert kept(making) == []
