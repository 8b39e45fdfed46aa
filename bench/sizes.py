"""How much the bench measures: enough for figures that hold, or the least that runs every row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """The number of rounds, the length of a round that is bounded by time, and the amount of data of each subject."""

    rounds: int = 3
    seconds: int = 1                  # of a round; 0: a few operations each, however long they take
    clients: tuple[int, ...] = (1, 8, 32)
    cases: int = 480
    entries: int = 10_000             # published, followed, and read from the feed
    samples: int = 200                # latencies a round
    commits_per_second: int = 50      # while latency is measured
    deadlines: int = 100_000
    long_rounds: int = 2              # rounds of what takes long: due deadlines, a rebuild
    first_starts: int = 3
    starts: int = 3
    sample_city: bool = True          # a first start plays the cases of the sample city; False: it has no cases
    plan_acts: int = 15               # of each kind a round
    board_deadlines: int = 1_000_000
    rebuild_entries: int = 1_000_000
    records: int = 1_000_000          # on PostgreSQL
    records_sqlite: int = 100_000


SMALL = Sizes(rounds=1, seconds=0, clients=(2,), cases=6, entries=60, samples=5, commits_per_second=50, deadlines=20,
              long_rounds=1, first_starts=1, starts=1, sample_city=False, plan_acts=1, board_deadlines=1_500,
              rebuild_entries=100, records=300, records_sqlite=60)
