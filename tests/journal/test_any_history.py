"""Whatever is done to a journal in whatever order, it verifies, its readers miss nothing, and the file kept agrees."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.journal import checkpoints
from shared.journal.checkpoints import source_of
from shared.journal.epochs import new_epoch, open_epoch
from shared.journal.erasure import erase
from shared.journal.sealer import Sealer
from shared.journal.verify import verify
from shared.kernel.clock import HandClock
from tests.journal.conftest import Making
from tests.journal.entries import entry

SOURCE = source_of("rongcheng", "transfer")
STEPS = st.lists(st.sampled_from(("append", "batch", "roll back", "erase", "look", "seal", "restart", "restore")),
                 max_size=12)


class Undone(Exception):
    pass


class Playing:
    """Does the steps and remembers what must be there after them."""

    def __init__(self, making: Making, clock: HandClock) -> None:
        self.making, self.clock, self.cases = making, clock, 0
        self.sealer = Sealer(making.db, making.journal, making.vault)
        with making.db.read() as tx:
            self.start = making.journal.head(tx).position
        self.kept: list[int] = []
        self.with_detail: list[int] = []

    def do(self, step: str) -> None:
        getattr(self, step.replace(" ", "_"))()

    def append(self, count: int = 1) -> None:
        with self.making.db.write() as tx:
            done = self.making.journal.append(tx, [entry(f"case-{number % 3}", "A") for number in range(count)])
        self.kept += range(done.first, done.last + 1)
        self.with_detail += range(done.first, done.last + 1)

    def batch(self) -> None:
        self.append(4)

    def roll_back(self) -> None:
        try:
            with self.making.db.write() as tx:
                self.making.journal.append(tx, [entry("lost", "A")])
                raise Undone
        except Undone:
            pass

    def erase(self) -> None:
        if self.with_detail:
            with self.making.db.write() as tx:
                erase(tx, self.making.journal, [self.with_detail.pop(0)], reason="保存期限届满", actor="apt-9")

    def look(self) -> None:
        self.clock.advance(seconds=self.sealer.step())

    def seal(self) -> None:
        self.sealer.seal()

    def restart(self) -> None:
        open_epoch(self.making.db, self.making.journal)

    def restore(self) -> None:
        new_epoch(self.making.db, self.making.journal, "restored")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_history_verifies_and_is_read_whole(making: Making, clock: HandClock, outside: Path,
                                                steps: list[str]) -> None:
    playing = Playing(making, clock)
    for step in steps:
        playing.do(step)
    with making.db.read() as tx, outside.open("w") as out:
        checkpoints.export(tx, SOURCE, out)
        read = [one.position for one in making.journal.feed(tx, playing.start, 1000, "A")]
        head = making.journal.head(tx).position
        assert [one.position for one in making.journal.feed(tx, 0, 10_000)] == list(range(1, head + 1))
    assert read == playing.kept
    report = verify(making.db, making.journal, making.vault, against=outside)
    assert report.ok, report.en
    assert report.entries == head
